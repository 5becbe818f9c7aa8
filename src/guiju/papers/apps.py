from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "guiju.papers"
    label = "papers"
