from django.urls import path

from guiju.longstay.views import house, making, reading

app_name = "longstay"
urlpatterns = [
    path("longstay/", reading.listing, name="list"),
    path("longstay/new", making.new, name="new"),
    path("longstay/rooms", house.rooms, name="rooms"),
    path("longstay/rooms/new", house.room, name="room_new"),
    path("longstay/rooms/<uuid:pk>", house.room, name="room"),
    path("longstay/orders", house.orders, name="orders"),
    path("longstay/orders/<uuid:pk>/<slug:what>", house.order, name="order"),
    path("longstay/lists", house.lists, name="lists"),
    path("longstay/charges/<uuid:pk>/drop", reading.drop_charge, name="drop_charge"),
    path("longstay/recommend/<uuid:pk>", making.recommend, name="recommend"),
    path("longstay/notes/<uuid:pk>", house.watch, name="watch"),
    path("longstay/<uuid:pk>/", reading.stay, name="stay"),
    path("longstay/<uuid:pk>/rent", reading.rent, name="rent"),
    path("longstay/<uuid:pk>/side", reading.side, name="side"),
    path("longstay/<uuid:pk>/edit", making.edit, name="edit"),
    path("longstay/<uuid:pk>/note", house.watch_new, name="watch_new"),
    path("longstay/<uuid:pk>/do/<slug:what>", reading.do, name="do"),
]
