from django.urls import path

from guiju.compliance import views

app_name = "compliance"
urlpatterns = [
    path("compliance/", views.compliance, name="page"),
    path("compliance/list/", views.listed, name="list"),
    path("compliance/records/", views.written, name="records"),
    path("compliance/gates/", views.gates, name="gates"),
    path("compliance/coverage/", views.covered, name="coverage"),
    path("compliance/print/", views.printed, name="print"),
]
