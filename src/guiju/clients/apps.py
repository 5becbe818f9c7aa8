from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "guiju.clients"
    label = "clients"
