"""All addresses: each room brings its own."""

from django.urls import include, path

from guiju.api.surface import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("guiju.house.urls")),
    path("", include("guiju.desk.urls")),
    path("", include("guiju.enquiries.urls")),
    path("", include("guiju.bookings.urls")),
    path("", include("guiju.papers.urls")),
    path("", include("guiju.rooms.urls")),
    path("", include("guiju.rates.urls")),
    path("", include("guiju.clients.urls")),
    path("", include("guiju.duties.urls")),
    path("", include("guiju.notices.urls")),
]
handler404 = "guiju.desk.refusals.not_found"
handler500 = "guiju.desk.refusals.broken"
