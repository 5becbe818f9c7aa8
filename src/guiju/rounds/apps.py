from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "guiju.rounds"
    label = "rounds"
