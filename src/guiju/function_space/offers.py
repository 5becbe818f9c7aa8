"""What function space shows on other rooms' pages and does at its time: titles, search, today's functions, a lapsing option."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from guiju.function_space.models import Function, Hall, HallWaiting


def lapse(subject: tuple[str, str], *, hotel_id: UUID, late: bool, now: datetime) -> None:
    """The clock's effect function.lapse: the verb is loaded when it is needed, not at start."""
    from guiju.function_space.actions.lapsing import lapse_effect

    lapse_effect(subject, hotel_id=hotel_id, late=late, now=now)


def keys_of(ids: Iterable[str]) -> list[UUID]:
    """Those of the ids that can be rows at all."""
    found = []
    for text in ids:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue  # a subject another program named: it has no page here
    return found


def function_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Function id -> (what it is, page)."""
    rows = Function.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "label")
    return {str(pk): (label, f"/functions/{pk}/") for pk, label in rows}


def hall_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Hall id -> (name, page)."""
    rows = Hall.objects.of(hotel_id).filter(pk__in=keys_of(ids))
    return {str(row.pk): (row.shown, reverse("function_space:halls")) for row in rows}


def waiting_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Waiting entry id -> (who waits, page)."""
    rows = HallWaiting.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "label")
    return {str(pk): (label, reverse("function_space:waiting")) for pk, label in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Function id -> its hall and day, without anybody's name."""
    rows = Function.objects.of(hotel_id).filter(pk__in=keys_of(ids)).select_related("hall")
    return {str(row.pk): f"{row.hall.code} {row.from_at:%Y-%m-%d}" for row in rows}


def waiting_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Waiting entry id -> its hall and day, without anybody's name."""
    rows: Any = HallWaiting.objects.of(hotel_id).filter(pk__in=keys_of(ids)).select_related("hall")
    return {str(row.pk): f"{row.hall.code} {row.from_at:%Y-%m-%d}" for row in rows}
