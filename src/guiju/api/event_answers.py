"""Events as programs get them, and the rows that a card names."""

from __future__ import annotations

from typing import Any

from guiju.api.event_shapes import EventCard
from guiju.bookings.models import Booking
from guiju.clients.models import Client
from guiju.events import pricing
from guiju.events.models import Deposit, Event, EventFunction, EventLine, Menu
from guiju.events.shape import functions_of, lines_of, priced, sums
from guiju.house.asking import Asked
from guiju.house.models import Person
from guiju.shelf.errors import Invalid


def card_in(request: Asked, data: EventCard, *, skip: set[str]) -> dict[str, Any]:
    """The card with its rows; raises Invalid for one of another hotel."""
    card = {name: value for name, value in data.dict(exclude=skip, exclude_unset=True).items() if value is not None or name in ("client", "booking")}
    hotel_id = request.actor.hotel_id
    for name, rows in (("client", Client.objects.of(hotel_id)), ("booking", Booking.objects.of(hotel_id)), ("seller", Person.objects.all())):
        if card.get(name) is not None:
            card[name] = rows.filter(pk=card[name]).first()
            if card[name] is None:
                raise Invalid(errors={name: ["unknown"]})
    return card


def short(event: Event) -> dict[str, Any]:
    """An event as the list has it."""
    return {
        "id": str(event.pk), "version": event.version, "number": event.number, "name": event.name, "kind": event.kind, "state": event.state,
        "on": event.on.isoformat(), "client": event.client.name if event.client else event.organiser,
        "seller": event.seller.name if event.seller else "",
    }


def whole(request: Asked, event: Event) -> dict[str, Any]:
    """An event with everything this reader may see."""
    lines, prices = lines_of(event), request.actor.may("events.prices")
    found = sums(event)
    moments = {name: at.isoformat() if (at := getattr(event, name)) else None for name in ("starts_at", "ends_at", "guaranteed_at", "gm_signed_at")}
    return {
        **short(event), **moments, **{name: getattr(event, name) for name in ("organiser", "contact", "phone", "occasion", "requests",
            "archive_place")},
        "again_on": event.again_on.isoformat() if event.again_on else None,
        "functions": [function_out(row) for row in functions_of(event)],
        "lines": [line_out(line, one if prices else None) for line, one in zip(lines, priced(event, lines), strict=True)],
        "deposits": [deposit_out(row) for row in event.deposits.order_by("due_on", "id")] if prices else [],
        **{level: str(found[level].total) if prices else None for level in pricing.LEVELS},
    }


def function_out(row: EventFunction) -> dict[str, Any]:
    """A function."""
    diary = row.diary
    plain = ("name", "setup", "decoration", "expected_persons", "expected_tables", "guaranteed_persons", "guaranteed_tables", "spare_tables",
             "actual_persons", "actual_tables")
    held = diary.state if diary is not None and diary.standing else "free"
    return {
        "id": str(row.pk), **{name: getattr(row, name) for name in plain}, "from_at": row.from_at.isoformat(), "until_at": row.until_at.isoformat(),
        "hall": row.hall.name if row.hall else "", "hall_state": held if row.hall_id else "none",
    }


def line_out(row: EventLine, sum_: pricing.Line | None = None) -> dict[str, Any]:
    """A line; its price and amount for whoever may see them."""
    plain = ("part", "text", "text_en", "details", "department", "basis")
    return {
        "id": str(row.pk), **{name: getattr(row, name) for name in plain}, "function": str(row.function_id) if row.function_id else None,
        "quantity": str(row.quantity), "price": str(row.price) if sum_ else None, "amount": str(sum_.amount(pricing.GUARANTEED)) if sum_ else None,
    }


def deposit_out(row: Deposit) -> dict[str, Any]:
    """A deposit."""
    return {
        "id": str(row.pk), "label": row.label, "amount": str(row.amount), "due_on": row.due_on.isoformat(), "receipt": row.receipt,
        "received_on": row.received_on.isoformat() if row.received_on else None, "dropped": row.dropped_at is not None,
        "received_amount": str(row.received_amount) if row.received_amount is not None else None,
    }


def menu_out(row: Menu) -> dict[str, Any]:
    """A menu."""
    plain = ("version", "name", "name_en", "basis", "dishes", "dishes_en", "is_active")
    return {"id": str(row.pk), **{name: getattr(row, name) for name in plain}, "price": str(row.price)}
