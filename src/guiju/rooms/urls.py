from django.urls import path

from guiju.rooms.views import desk, matrix

app_name = "rooms"
urlpatterns = [
    path("rooms/", matrix.matrix, name="matrix"),
    path("rooms/limits", desk.limits, name="limits"),
    path("rooms/elsewhere", desk.elsewhere, name="elsewhere"),
    path("rooms/elsewhere/table", desk.elsewhere_table, name="elsewhere_table"),
    path("rooms/waiting", desk.waiting, name="waiting"),
    path("rooms/types", desk.types, name="types"),
    path("rooms/types/new", desk.room_type, name="type_new"),
    path("rooms/types/table", desk.types_table, name="types_table"),
    path("rooms/types/<uuid:pk>", desk.room_type, name="type"),
]
