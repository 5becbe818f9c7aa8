from django.urls import path

from guiju.bookings.views import editing, listing, reading, steps

app_name = "bookings"
urlpatterns = [
    path("bookings/", listing.bookings, name="list"),
    path("bookings/new/", editing.new, name="new"),
    path("bookings/<uuid:pk>/", reading.booking, name="booking"),
    path("bookings/<uuid:pk>/change/", editing.change, name="change"),
    path("bookings/<uuid:pk>/cancel/", editing.cancel, name="cancel"),
    path("bookings/<uuid:pk>/rooming/", editing.rooming, name="rooming"),
    path("bookings/<uuid:pk>/do/<slug:what>/", steps.do, name="do"),
    path("arrivals/", listing.arrivals, name="arrivals"),
    path("services/<uuid:pk>/<slug:what>/", steps.service, name="service"),
    path("differences/<uuid:pk>/resolve/", steps.resolve, name="resolve"),
]
