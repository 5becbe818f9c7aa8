from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "guiju.desk"
    label = "desk"
