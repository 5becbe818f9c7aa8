from django.urls import path

from guiju.clients.views import credit, files

app_name = "clients"
urlpatterns = [
    path("clients/", files.listing, name="list"),
    path("clients/new", files.new, name="new"),
    path("clients/table", files.table, name="table"),
    path("clients/<uuid:pk>", files.client, name="client"),
    path("clients/<uuid:pk>/edit", files.edit, name="edit"),
    path("clients/<uuid:pk>/merge", files.merge, name="merge"),
    path("clients/<uuid:pk>/contact", files.contact, name="contact"),
    path("clients/<uuid:pk>/contact/<uuid:contact_pk>", files.contact, name="contact_edit"),
    path("clients/<uuid:pk>/credit", credit.credit, name="credit"),
    path("clients/<uuid:pk>/overdue", credit.overdue, name="overdue"),
    path("clients/<uuid:pk>/chase", credit.chase, name="chase"),
    path("clients/credit/<uuid:pk>/decide", credit.decide, name="decide_credit"),
]
