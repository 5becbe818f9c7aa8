from django.urls import path

from guiju.enquiries.views import intake

urlpatterns = [
    path("intake/", intake.take_in_page, name="intake"),
    path("phone/", intake.phone, name="phone"),
]
