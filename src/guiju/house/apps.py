from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "guiju.house"
    label = "house"
