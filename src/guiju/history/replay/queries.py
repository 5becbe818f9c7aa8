"""Reading replays, for pages and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from guiju.history.replay.choosing import said
from guiju.history.replay.models import Replay
from guiju.house.models import Person

LISTED = 30
SHORT = ("result", "profile", "handling")


def newest(hotel_id: UUID, most: int = LISTED) -> list[Replay]:
    """The last replays, without their figures, each with the name of who asked."""
    rows = list(Replay.objects.of(hotel_id).defer(*SHORT).order_by("-asked_at", "-pk")[:most])
    names = dict(Person.objects.filter(pk__in={row.asked_by_id for row in rows if row.asked_by_id}).values_list("pk", "name"))
    for row in rows:
        row.asked_by, row.words = names.get(row.asked_by_id) if row.asked_by_id else "", in_words(row)  # type: ignore[attr-defined]
    return rows


def in_words(row: Replay) -> str:
    """What is run, in words."""
    return said(row.edition, row.edition_label)


def titles(hotel_id: UUID, ids: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Titles and addresses of replays."""
    rows = Replay.objects.of(hotel_id).filter(pk__in=list(ids)).only("pk", "edition", "edition_label")
    return {str(row.pk): (in_words(row), reverse("replay:replay", args=[row.pk])) for row in rows}


def hotel_of(result: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The figures of one past hotel; of the first where the name is unknown."""
    hotels: list[Mapping[str, Any]] = result["hotels"]
    return next((one for one in hotels if one["hotel"] == name), hotels[0])
