from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "guiju.enquiries"
    label = "enquiries"
