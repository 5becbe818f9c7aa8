"""All addresses: each room brings its own."""

from django.urls import include, path
from django.urls.resolvers import RoutePattern

from guiju.config.later import Later

urlpatterns = [
    # loaded with the first request of a program (or by wsgi, shortly after the start)
    Later(RoutePattern("api/v1/"), "guiju.api.urls", app_name="ninja", namespace="api"),
    path("", include("guiju.house.urls")),
    path("", include("guiju.desk.urls")),
    path("", include("guiju.enquiries.urls")),
    path("", include("guiju.mailroom.urls")),
    path("", include("guiju.history.urls")),
    path("", include("guiju.bookings.urls")),
    path("", include("guiju.papers.urls")),
    path("", include("guiju.rooms.urls")),
    path("", include("guiju.rates.urls")),
    path("", include("guiju.clients.urls")),
    path("", include("guiju.editions.urls")),
    path("", include("guiju.duties.urls")),
    path("", include("guiju.compliance.urls")),
    path("", include("guiju.notices.urls")),
    path("", include("guiju.history.replay.urls")),
    path("", include("guiju.feeds.urls")),
    path("", include("guiju.approvals.urls")),
    path("", include("guiju.checklists.urls")),
    path("", include("guiju.artwork.urls")),
    path("", include("guiju.function_space.urls")),
    path("", include("guiju.vip.urls")),
    path("", include("guiju.visitors.urls")),
    path("", include("guiju.longstay.urls")),
    path("", include("guiju.events.urls")),
    path("", include("guiju.briefing.urls")),
]
handler400 = "guiju.desk.refusals.unreadable"
handler403 = "guiju.desk.refusals.forbidden"
handler404 = "guiju.desk.refusals.not_found"
handler500 = "guiju.desk.refusals.broken"
