from django.urls import URLPattern

app_name = "function_space"
urlpatterns: list[URLPattern] = []
