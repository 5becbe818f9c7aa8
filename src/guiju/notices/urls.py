from django.urls import path

from guiju.notices import views

app_name = "notices"
urlpatterns = [path("bell/", views.bell, name="bell")]
