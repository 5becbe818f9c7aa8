from django.apps import AppConfig


class LogbookConfig(AppConfig):
    name = "guiju.logbook"
    label = "logbook"
