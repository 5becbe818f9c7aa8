from django.urls import path

from guiju.visitors.views import editing, listing, reading, steps

app_name = "visitors"
urlpatterns = [
    path("visitors/", listing.visits, name="list"),
    path("visitors/views", listing.save_view, name="save_view"),
    path("visitors/views/<uuid:pk>/drop", listing.drop_view, name="drop_view"),
    path("visitors/new", editing.new, name="new"),
    path("visitors/<uuid:pk>/", reading.visit, name="visit"),
    path("visitors/<uuid:pk>/side", reading.side, name="side"),
    path("visitors/<uuid:pk>/change", editing.change, name="change"),
    path("visitors/<uuid:pk>/papers", steps.attach, name="attach"),
    path("visitors/<uuid:pk>/do/<str:what>", steps.do, name="do"),
    path("visitors/papers/<uuid:pk>", reading.paper_file, name="file"),
    path("visitors/papers/<uuid:pk>/detach", steps.detach, name="detach"),
    path("visitors/changes/<uuid:pk>/ask", steps.ask_again, name="ask_again"),
]
