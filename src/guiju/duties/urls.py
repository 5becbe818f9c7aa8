from django.urls import path

from guiju.duties import views

app_name = "duties"
urlpatterns = [
    path("today/", views.today_page, name="today"),
    path("duties/<uuid:pk>/", views.duty_page, name="duty"),
    path("duties/<uuid:pk>/waive/", views.waive, name="waive"),
    path("duties/<uuid:pk>/reassign/", views.reassign, name="reassign"),
    path("gates/waive/", views.waive_gate, name="waive_gate"),
    path("standard/", views.standard, name="standard"),
    path("standard/<str:clause_id>/", views.clause_page, name="clause"),
]
