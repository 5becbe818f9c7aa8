from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "guiju.rooms"
    label = "rooms"
