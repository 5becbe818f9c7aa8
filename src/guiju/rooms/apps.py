from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoomsConfig(AppConfig):
    name = "guiju.rooms"
    label = "rooms"

    def ready(self) -> None:
        from guiju.rooms.queries import titles
        from guiju.rooms.views import matrix
        from guiju.shelf import registry

        registry.subjects["room_type"] = registry.SubjectKind("room_type", titles.type_titles)
        registry.subjects["waiting"] = registry.SubjectKind("waiting", titles.waiting_titles)
        rooms = pgettext_lazy("navigation", "Rooms")
        registry.navigation.append(registry.NavItem("orders", 50, rooms, "matrix", "rooms:matrix", "rooms.view", key="r"))
        registry.panels.append(registry.Panel("today", "rooms/_seven.html", matrix.seven_nights, "rooms.view", 10))
        registry.steps += [
            registry.Step(_("Sign a sell limit"), "pen", "rooms:limits", "rooms.sell_limit", words="xssx gxssx"),
            registry.Step(_("Enter what others sold"), "bed", "rooms:elsewhere", "rooms.elsewhere", words="tcsf"),
        ]
