from django.urls import path

from guiju.feeds import views

app_name = "feeds"
urlpatterns = [
    path("me/calendar/", views.mine, name="mine"),
    path("house/calendars/<uuid:pk>/end/", views.end_of, name="end_of"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
]
