from django.urls import path

from guiju.events.views import departments, editing, listing, menus, reading, steps

app_name = "events"
urlpatterns = [
    path("events/", listing.events, name="list"),
    path("events/new", editing.new, name="new"),
    path("events/mine/", departments.mine, name="mine"),
    path("events/menus/", menus.menus, name="menus"),
    path("events/menus/new", menus.new, name="menu_new"),
    path("events/menus/<uuid:pk>/", menus.menu, name="menu"),
    path("events/functions/<uuid:pk>/", editing.function, name="function"),
    path("events/lines/<uuid:pk>/", editing.line, name="line"),
    path("events/<uuid:pk>/", reading.event, name="event"),
    path("events/<uuid:pk>/order/", reading.order, name="order"),
    path("events/<uuid:pk>/money/", reading.money, name="money"),
    path("events/<uuid:pk>/file/", reading.file, name="file"),
    path("events/<uuid:pk>/side/", reading.side, name="side"),
    path("events/<uuid:pk>/change", editing.change, name="change"),
    path("events/<uuid:pk>/functions/new", editing.function_new, name="function_new"),
    path("events/<uuid:pk>/lines/new", editing.line_new, name="line_new"),
    path("events/<uuid:pk>/cancel", editing.cancel, name="cancel"),
    path("events/<uuid:pk>/do/<slug:what>", steps.do, name="do"),
]
