from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "guiju.duties"
    label = "duties"
