from django.urls import path

from guiju.artwork.views import listing, one

app_name = "artwork"
urlpatterns = [
    path("art/", listing.orders, name="list"),
    path("art/new/", listing.new, name="new"),
    path("art/<uuid:pk>/", one.order, name="order"),
    path("art/<uuid:pk>/change/", one.change, name="change"),
    path("art/<uuid:pk>/paper/", one.paper, name="paper"),
    path("art/<uuid:pk>/picture/<slug:which>/", one.picture, name="picture"),
    path("art/<uuid:pk>/do/<slug:what>/", one.do, name="do"),
]
