from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "guiju.bookings"
    label = "bookings"
