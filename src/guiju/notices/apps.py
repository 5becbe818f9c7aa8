from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "guiju.notices"
    label = "notices"
