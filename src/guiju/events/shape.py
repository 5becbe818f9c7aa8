"""An event as numbers: its functions and lines in order, how many come, what it costs, what its facts carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Sum

from guiju import rulebook
from guiju.bookings.models import BookingRooms
from guiju.duties.editions import editions_of
from guiju.events import pricing
from guiju.events.models import Event, EventFunction, EventLine

CLAUSE = "event.order"


def zone_of(event: Event) -> ZoneInfo:
    """The zone of its hotel."""
    return ZoneInfo(event.hotel.zone)


def local(event: Event, at: datetime) -> datetime:
    """A moment on the hotel's clock."""
    return at.astimezone(zone_of(event))


def today_of(event: Event, now: datetime) -> date:
    """The hotel's day."""
    return local(event, now).date()


FUNCTIONS = Prefetch(
    "functions", EventFunction.objects.filter(removed_at__isnull=True).select_related("hall", "diary").order_by("from_at", "id"),
    to_attr="live_functions"
)
LINES = Prefetch(
    "lines", EventLine.objects.filter(removed_at__isnull=True).select_related("function", "menu").order_by("id"), to_attr="live_lines"
)
PART_ORDER = {part: place for place, part in enumerate(EventLine.Part.values)}


def functions_of(event: Event) -> list[EventFunction]:
    """Its functions in order of time; those read with the event, else one query."""
    found = getattr(event, "live_functions", None)
    if found is None:
        rows = EventFunction.objects.of(event.hotel_id).filter(event=event, removed_at__isnull=True)
        found = list(rows.select_related("hall", "diary").order_by("from_at", "id"))
    return list(found)


def lines_of(event: Event) -> list[EventLine]:
    """Its lines: hall, menus, drinks, equipment, extras, each in the order they were written."""
    found = getattr(event, "live_lines", None)
    if found is None:
        rows = EventLine.objects.of(event.hotel_id).filter(event=event, removed_at__isnull=True)
        found = list(rows.select_related("function", "menu").order_by("id"))
    return sorted(found, key=lambda line: PART_ORDER[line.part])


def priced(event: Event, lines: Iterable[EventLine] | None = None) -> list[pricing.Line]:
    """Its lines as the sums want them."""
    functions = {row.pk: row for row in functions_of(event)}
    return [_priced(line, functions.get(line.function_id) if line.function_id else None) for line in (lines_of(event) if lines is None else lines)]


def _priced(line: EventLine, function: EventFunction | None) -> pricing.Line:
    persons = tables = pricing.Count(0)
    if function is not None:
        persons = pricing.Count(function.expected_persons, function.guaranteed_persons, function.actual_persons)
        tables = pricing.Count(function.expected_tables, function.guaranteed_tables, function.actual_tables)
    return pricing.Line(line.part, line.basis, line.price, line.quantity, line.actual_quantity, persons, tables)


def sums(event: Event) -> dict[str, pricing.Sum]:
    """Estimated, guaranteed and charged."""
    lines = priced(event)
    return {level: pricing.total(lines, level, event.service_percent) for level in pricing.LEVELS}


def working_total(event: Event) -> Decimal:
    """What it comes to by what is known now: guaranteed once it is, estimated before."""
    return sums(event)[pricing.GUARANTEED].total


def rooms_of(event: Event) -> int:
    """How many guest rooms its linked booking has."""
    if event.booking_id is None:
        return 0
    rows = BookingRooms.objects.of(event.hotel_id).filter(booking=event.booking_id, removed_at__isnull=True)
    return int(rows.aggregate(all=Sum("rooms"))["all"] or 0)


def days_ahead(event: Event, now: datetime) -> int:
    """Whole days of the calendar until its day."""
    return (event.on - today_of(event, now)).days


def attrs_of(event: Event, now: datetime) -> dict[str, Any]:
    """What every fact about it carries."""
    functions = functions_of(event)
    return {
        "kind": event.kind, "seller": str(event.seller_id) if event.seller_id else None, "persons": _most(row.persons for row in functions),
        "tables": _most(row.tables for row in functions), "rooms": rooms_of(event), "arrival_at": event.starts_at, "ends_at": event.ends_at,
        "days_ahead": days_ahead(event, now), "again_on": event.again_on,
    }


def _most(numbers: Iterable[int]) -> int:
    return max(numbers, default=0)


def size_of(event: Event, now: datetime) -> dict[str, Any]:
    """What the gates about it look at; whether it is large says the standard's table (event.order/large)."""
    attrs = attrs_of(event, now)
    size: dict[str, Any] = {key: attrs[key] for key in ("kind", "persons", "tables", "rooms", "days_ahead")}
    row = rulebook.look_up(editions_of(event.hotel_id), CLAUSE, "large", size, now)
    return {**size, "large": bool(row and row.get("large"))}


def cancel_percent(event: Event, now: datetime) -> Decimal:
    """What share of the total cancelling now costs, by the standard's table (event.order/cancellation); nothing before it is definite."""
    if event.state != Event.State.DEFINITE:
        return Decimal(0)
    row = rulebook.look_up(editions_of(event.hotel_id), CLAUSE, "cancellation", {"days_ahead": days_ahead(event, now)}, now)
    return Decimal(str(row["percent"])) if row and "percent" in row else Decimal(0)


def halls_held(functions: Sequence[EventFunction]) -> bool:
    """Whether every function that has a hall stands in the diary."""
    return all(row.diary is not None and row.diary.standing for row in functions if row.hall_id)
