from django.apps import AppConfig


class RatesConfig(AppConfig):
    name = "guiju.rates"
    label = "rates"
