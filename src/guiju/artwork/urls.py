from django.urls import URLPattern

app_name = "artwork"
urlpatterns: list[URLPattern] = []
