"""An event's file as clauses ask for it (kind "record"): what must be written down about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.bookings.offers import keys_of
from guiju.events.models import Event, EventLine
from guiju.events.shape import FUNCTIONS, LINES, functions_of, lines_of
from guiju.shelf.registry import Record, RecordKind

GONE = (Event.State.CANCELLED, Event.State.LOST)
WORDS: dict[str, Any] = {
    "on": _("Day"), "cost": _("What it came to"), "scale": _("Scale: tables or halls"), "persons": _("How many came"), "menu": _("Menu"),
    "occasion": _("Occasion"), "requests": _("Special requests"), "client": _("Client"), "opinions": _("The client's opinion"),
    "problems": _("Problems"), "bill_number": _("Bill number"), "photos": _("Photos"),
}


def _read(rows: QuerySet[Event]) -> QuerySet[Event]:
    return rows.select_related("hotel").prefetch_related(FUNCTIONS, LINES, "enclosures")


def shown(event: Event) -> Record:
    """The record of one event, read with its functions, lines and enclosures."""
    functions = functions_of(event)
    menus = [line.text for line in lines_of(event) if line.part == EventLine.Part.MENU]
    came = [row.actual_persons for row in functions if row.actual_persons is not None]
    scale = sum(row.actual_tables or row.tables for row in functions) or len([row for row in functions if row.hall_id])
    photos = sum(1 for one in event.enclosures.all() if one.what == "photo")
    catered = bool(menus) or any(line.part == EventLine.Part.DRINKS for line in lines_of(event))
    return Record(event.subject, {
        "state": event.state, "kind": event.kind, "on": event.on, "cost": event.bill_total, "scale": scale or None,
        "persons": max(came, default=None),
        "menu": ", ".join(menus) or (None if catered else "–"), "occasion": event.occasion, "requests": event.requests,
        "client": event.client_id or event.organiser or event.contact or None, "opinions": event.opinions, "problems": event.problems,
        "bill_number": event.bill_number, "photos": photos or None,
    }, event.seller_id, event.state in GONE)


def _rows(hotel_id: UUID, from_on: date, until_on: date) -> QuerySet[Event]:
    """The events of [from, until)."""
    return Event.objects.of(hotel_id).filter(on__gte=from_on, on__lt=until_on).exclude(state__in=GONE)


def _of_period(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    yield from map(shown, _read(_rows(hotel_id, from_on, until_on)).order_by("on", "id"))


def _one(hotel_id: UUID, key: str) -> Record | None:
    row = _read(Event.objects.of(hotel_id).filter(pk__in=keys_of([key]))).first()
    return shown(row) if row else None


KINDS = {"event": RecordKind(_of_period, _one, WORDS, _("Event files"), _rows)}
