from django.urls import path

from guiju.checklists import views

app_name = "checklists"
urlpatterns = [
    path("checklists/", views.mine, name="mine"),
    path("checklists/items/<uuid:pk>/", views.item, name="item"),
    path("checklists/ticks/<uuid:pk>/undo", views.undo, name="undo"),
    path("checklists/ticks/<uuid:pk>/photo", views.photo, name="photo"),
]
