from django.urls import path

from guiju.bookings.views import arrivals_file, choosing, departments, editing, group, listing, reading, rooming, series, steps

app_name = "bookings"
urlpatterns = [
    path("bookings/", listing.bookings, name="list"),
    path("bookings/new/", editing.new, name="new"),
    path("bookings/clients/", choosing.client_hits, name="client_hits"),
    path("bookings/views/", listing.save_view, name="save_view"),
    path("bookings/views/<uuid:pk>/drop/", listing.drop_view, name="drop_view"),
    path("bookings/series/", series.all_series, name="all_series"),
    path("bookings/series/new/", series.new_series, name="new_series"),
    path("bookings/series/<uuid:pk>/", series.series, name="series"),
    path("bookings/groups/<uuid:pk>/", group.past_groups, name="past_groups"),
    path("bookings/<uuid:pk>/", reading.booking, name="booking"),
    path("bookings/<uuid:pk>/group/", group.group, name="group"),
    path("bookings/<uuid:pk>/people/", reading.people, name="people"),
    path("bookings/<uuid:pk>/side/", reading.side, name="side"),
    path("bookings/<uuid:pk>/history/", reading.history, name="history"),
    path("bookings/<uuid:pk>/change/", editing.change, name="change"),
    path("bookings/<uuid:pk>/cancel/", editing.cancel, name="cancel"),
    path("bookings/<uuid:pk>/rooming/", rooming.rooming_list, name="rooming"),
    path("bookings/<uuid:pk>/do/<slug:what>/", steps.do, name="do"),
    path("arrivals/", listing.arrivals, name="arrivals"),
    path("arrivals/checks/", group.checks, name="checks"),
    path("arrivals/file/", arrivals_file.arrivals_file, name="arrivals_file"),
    path("arrange/", departments.to_arrange, name="to_arrange"),
    path("services/<uuid:pk>/", departments.service_line, name="service_line"),
    path("services/<uuid:pk>/<slug:what>/", steps.service, name="service"),
    path("changes/<uuid:pk>/notice/", steps.notice, name="notice"),
    path("differences/<uuid:pk>/", departments.difference, name="difference"),
    path("differences/<uuid:pk>/resolve/", steps.resolve, name="resolve"),
]
