from django.urls import path

from guiju.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.listing, name="list"),
    path("approvals/<uuid:pk>", views.approval, name="approval"),
    path("approvals/<uuid:pk>/decide", views.decide, name="decide"),
    path("approvals/<uuid:pk>/withdraw", views.withdraw, name="withdraw"),
]
