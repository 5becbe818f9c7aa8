from django.urls import path

from guiju.enquiries.views import heard, intake

urlpatterns = [
    path("intake/", intake.take_in_page, name="intake"),
    path("phone/", intake.phone, name="phone"),
    path("heard/<uuid:pk>/seen", heard.seen, name="seen"),
    path("heard/<uuid:pk>/split", heard.split, name="split"),
    path("heard/<uuid:pk>/original", heard.original, name="heard_original"),
    path("heard/<uuid:pk>/attachments/<int:order>", heard.attachment, name="heard_attachment"),
]
