from django.urls import path

from guiju.vip import views

app_name = "vip"
urlpatterns = [
    path("vip/", views.listing, name="list"),
    path("vip/new", views.new, name="new"),
    path("vip/<uuid:pk>/", views.plan, name="plan"),
    path("vip/<uuid:pk>/side", views.side, name="side"),
    path("vip/<uuid:pk>/out", views.out, name="out"),
    path("vip/<uuid:pk>/change", views.change, name="change"),
    path("vip/<uuid:pk>/letter", views.letter, name="letter"),
    path("vip/<uuid:pk>/do/<slug:what>", views.do, name="do"),
    path("vip/guests/<uuid:pk>/", views.guest, name="guest"),
    path("vip/guests/<uuid:pk>/note", views.note, name="note"),
]
