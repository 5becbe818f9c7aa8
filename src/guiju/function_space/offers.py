"""What function space shows on other rooms' pages and does at its time: titles, search, today's functions, a lapsing option."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from guiju.function_space.models import Function, Hall, HallWaiting
from guiju.shelf.actor import Actor


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
    rows = Function.objects.of(hotel_id).filter(pk__in=keys_of(ids)).select_related("hall", "hotel")
    return {str(row.pk): f"{row.hall.code} {row.from_at.astimezone(ZoneInfo(row.hotel.zone)):%Y-%m-%d}" for row in rows}


def waiting_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Waiting entry id -> its hall and day, without anybody's name."""
    rows: Any = HallWaiting.objects.of(hotel_id).filter(pk__in=keys_of(ids)).select_related("hall", "hotel")
    return {str(row.pk): f"{row.hall.code} {row.from_at.astimezone(ZoneInfo(row.hotel.zone)):%Y-%m-%d}" for row in rows}


def find(actor: Actor, text: str, limit: int) -> Iterable[tuple[str, str, str, str]]:
    """Functions by what they are for, those to come first."""
    rows = Function.objects.of(actor.hotel_id).filter(label__icontains=text).exclude(state=Function.State.OUT_OF_ORDER)
    for row in rows.select_related("hall").order_by("over_at", "-from_at")[:limit]:
        when = timezone.localtime(row.from_at)
        yield row.label, f"{row.hall.shown} {when:%Y-%m-%d %H:%M}", f"/functions/{row.pk}/", "diary"


def day_sheet(hotel_id: UUID, on: date, actor: Actor) -> Iterable[dict[str, Any]]:
    """The functions of a day for the morning briefing, the earliest first."""
    zone = timezone.get_current_timezone()  # the hotel's: the page or the command has made it so
    first, last = datetime.combine(on, time(0), zone), datetime.combine(on + timedelta(days=1), time(0), zone)
    rows = Function.objects.of(hotel_id).filter(over_at__isnull=True, until_at__gt=first, from_at__lt=last).select_related("hall")
    for row in rows.order_by("from_at", "id"):
        note = [row.get_state_display() if row.state != Function.State.DEFINITE else "", row.get_style_display() if row.style else "", row.remarks]
        yield {
            "at": row.from_at, "what": row.label, "where": row.hall.shown, "persons": row.persons,
            "note": ", ".join(str(part) for part in note if part), "url": f"/functions/{row.pk}/",
        }
