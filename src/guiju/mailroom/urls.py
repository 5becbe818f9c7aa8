from django.urls import path

from guiju.mailroom import views

app_name = "mailroom"
urlpatterns = [
    path("house/mail/", views.mailboxes, name="mailboxes"),
    path("house/mail/new", views.new, name="new"),
    path("house/mail/<uuid:pk>/", views.mailbox, name="mailbox"),
    path("house/mail/<uuid:pk>/try", views.try_it, name="try"),
]
