from django.urls import path

from guiju.history.replay import views

app_name = "replay"
urlpatterns = [
    path("history/replay/", views.listing, name="list"),
    path("history/replay/<uuid:pk>/", views.replay, name="replay"),
    path("history/replay/<uuid:pk>/stop", views.stop, name="stop"),
]
