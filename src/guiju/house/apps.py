from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseConfig(AppConfig):
    name = "guiju.house"
    label = "house"

    def ready(self) -> None:
        from guiju.shelf.registry import NavItem, SubjectKind, briefs, navigation, subjects

        subjects["person"] = SubjectKind("person", _people)
        subjects["roster_day"] = SubjectKind("roster_day", _days)
        briefs["roster_day"] = lambda hotel_id, ids: {pk: pk.rpartition(":")[2] for pk in ids}
        navigation += [
            NavItem("house", 10, _("Roster"), "clock", "house:roster", "house.roster"),
            NavItem("house", 20, _("Named receivers"), "pen", "house:receivers", "house.receivers"),
            NavItem("house", 30, _("People"), "user", "house:people", "house.people"),
            NavItem("house", 35, _("Working days"), "diary", "house:calendar", "house.roster"),
            NavItem("house", 38, _("Tablets"), "tablet", "house:tablets", "house.tablets"),
            NavItem("house", 40, _("Settings"), "settings", "house:settings", "house.settings"),
            NavItem("house", 50, _("Keys for programs"), "key", "house:tokens", "house.setup"),
        ]


def _people(hotel_id: Any, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    from django.urls import reverse

    from guiju.house.models import Person

    rows = Person.objects.filter(pk__in=list(ids), appointments__hotel_id=hotel_id).distinct().values_list("pk", "name")
    return {str(pk): (name, reverse("house:person", args=[pk])) for pk, name in rows}


def _days(hotel_id: Any, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    from django.urls import reverse

    return {pk: (pk.rpartition(":")[2], reverse("house:roster")) for pk in ids}
