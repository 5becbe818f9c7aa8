from django.urls import URLPattern

app_name = "longstay"
urlpatterns: list[URLPattern] = []
