from django.urls import path

from guiju.notices import views
from guiju.notices.views import robots

app_name = "notices"
urlpatterns = [
    path("bell/", views.bell, name="bell"),
    path("house/robots/", robots.robots, name="robots"),
    path("house/robots/new/", robots.robot_new, name="robot_new"),
    path("house/robots/<uuid:pk>/", robots.robot, name="robot"),
]
