from django.urls import path

from guiju.briefing import views

app_name = "briefing"
urlpatterns = [
    path("briefing/", views.day, name="day"),
    path("briefing/paper/", views.paper, name="paper"),
]
