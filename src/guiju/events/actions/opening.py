"""An event begins: written down from an enquiry, a call or last year's file; its card changed; lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.bookings.models import Booking
from guiju.clients.models import Client
from guiju.events.actions.steps import BEFORE, Errors, changed, client_of, complain, enquiry_of, for_the_house, move, need_open, refresh_times
from guiju.events.models import Event, EventFunction, EventLine
from guiju.events.shape import attrs_of, functions_of, lines_of
from guiju.function_space import actions as halls
from guiju.house.models import Hotel, Person
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

SERIES = "EV"
MOST_SERVICE = Decimal(30)
FURTHEST = timedelta(days=1100)
# What stands on an event's card beside kind, name and day: text by its longest length.
TEXTS = {
    "organiser": 120, "contact": 80, "phone": 40, "occasion": 200, "requests": 2000, "banquet_host": 80, "security": 200, "parking": 200,
    "luggage": 200, "flowers": 200, "staff_meals": 120, "driver_meals": 120, "payment": 120, "signers": 120,
}
CARD = (*TEXTS, "name", "kind", "on", "lang", "client", "booking", "seller", "service_percent")


@verb("events.edit")
def open_event(
    hotel: Hotel, *, card: Mapping[str, Any], enquiry_id: UUID | None = None, again_of: Event | None = None, by: Actor, now: datetime
) -> Event:
    """Write an event down: `card` has name, kind and on (its day), and what else is known of it (CARD). Raises Invalid at the field.

    The seller is whoever writes it, unless the card names another.
    """
    today = now.astimezone(ZoneInfo(hotel.zone)).date()
    values = _clean(hotel.pk, card, today, whole=True)
    values.setdefault("seller_id", by.person_id)
    event = Event(
        hotel=hotel, number=next_number(hotel.pk, SERIES, now=now, zone=hotel.zone), enquiry_id=enquiry_id, again_of=again_of, created_at=now,
            **values
    )
    event.save(force_insert=True)
    note("event.opened", event, enquiry_of(event), client_of(event), **attrs_of(event, now))
    return event


@verb("events.edit")
def change_event(event: Event, *, version: int, card: Mapping[str, Any], by: Actor, now: datetime) -> Event:
    """Change what stands on its card; departments whose fields changed sign again. Raises Conflict, Invalid, Refusal once it is over."""
    need_open(event)
    values = _clean(event.hotel_id, card, None, whole=False)
    if "on" in values and event.starts_at is not None:
        values.pop("on")  # with functions, their times say the day
    before = {key: getattr(event, key) for key in values}
    event.save_from(version, **values)
    fields = [key.removesuffix("_id") for key, value in values.items() if before[key] != value]
    if fields:
        changed(event, fields, by=by, now=now)
    return event


def _clean(hotel_id: UUID, card: Mapping[str, Any], today: date | None, *, whole: bool) -> dict[str, Any]:
    """The card's values as the row keeps them. Raises Invalid naming each field."""
    errors: Errors = {}
    values: dict[str,
        Any] = {key: " ".join(str(card[key] or "").split()) if key != "requests" else str(card[key] or "").strip() for key in TEXTS if key in card}
    for key, most in TEXTS.items():
        if len(values.get(key, "")) > most:
            errors[key] = [_("At most %(most)s characters.") % {"most": most}]
    if whole or "name" in card:
        values["name"] = " ".join(str(card.get("name") or "").split())
        if not 1 <= len(values["name"]) <= 120:
            errors["name"] = [_("What is the event called? At most 120 characters.")]
    if whole or "kind" in card:
        values["kind"] = card.get("kind")
        if values["kind"] not in Event.Kind.values:
            errors["kind"] = [_("Which kind of event?")]
    if whole or "on" in card:
        values["on"] = card.get("on")
        _check_day(values["on"], today, errors)
    if "lang" in card:
        values["lang"] = card["lang"] if card["lang"] in ("zh-hans", "en") else "zh-hans"
    if card.get("service_percent") is not None:
        values["service_percent"] = Decimal(str(card["service_percent"]))
        if not 0 <= values["service_percent"] <= MOST_SERVICE:
            errors["service_percent"] = [_("Between 0 and 30.")]
    for key, model in (("client", Client), ("booking", Booking)):
        if key in card:
            row = card[key]
            values[f"{key}_id"] = row.pk if row is not None else None
            if row is not None and (not isinstance(row, model) or row.hotel_id != hotel_id):
                errors[key] = [_("This is not of this hotel.")]
    if card.get("seller") is not None:
        values["seller_id"] = card["seller"].pk
        if not Person.objects.filter(pk=card["seller"].pk, is_active=True, appointments__hotel_id=hotel_id).exists():
            errors["seller"] = [_("This person does not work here.")]
    complain(errors)
    return values


def _check_day(on: Any, today: date | None, errors: Errors) -> None:
    if not isinstance(on, date):
        errors["on"] = [_("On which day?")]
    elif today is not None and on < today:
        errors["on"] = [_("This day has passed.")]
    elif today is not None and on > today + FURTHEST:
        errors["on"] = [_("This day is too far away. Is the year right?")]


@verb("events.edit")
def lose_event(event: Event, *, reason: str, by: Actor, now: datetime) -> Event:
    """It will not be held here: the client chose otherwise before it was definite. Halls go back. Raises Invalid without a reason."""
    reason = _reason(reason)
    move(event, when=BEFORE, state=Event.State.LOST, cancelled_reason=reason, closed_at=now)
    give_halls_back(event, reason=reason, by=by, now=now)
    note("event.lost", event, reason=reason)
    return event


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not 2 <= len(text) <= 200:
        raise Invalid(errors={"reason": [_("Say why, in at most 200 characters.")]})
    return text


def give_halls_back(event: Event, *, reason: str, by: Actor, now: datetime) -> None:
    """Every hall it still has is free again (inside a verb)."""
    for row in functions_of(event):
        if row.diary is not None and row.diary.standing:
            halls.release(row.diary, reason=reason[:200], by=for_the_house(by), now=now)


@verb("events.edit")
def repeat_event(event: Event, *, on: date, by: Actor, now: datetime) -> Event:
    """Open the same event again for another day: functions, offer and wishes as last time, at today's menu prices, halls not held yet."""
    errors: Errors = {}
    _check_day(on, now.astimezone(ZoneInfo(event.hotel.zone)).date(), errors)
    complain(errors)
    known: Event | None = Event.objects.of(event.hotel_id).filter(again_of=event, on=on).exclude(state__in=("cancelled", "lost")).first()
    if known is not None:
        return known
    if event.state in BEFORE:
        raise Refusal(_("It has not been held yet."), code="wrong_state", state=event.state)
    same = ("organiser", "contact", "phone", "occasion", "requests", "banquet_host", "security", "parking", "luggage", "flowers", "staff_meals",
        "driver_meals", "payment", "signers")
    card = {**{key: getattr(event, key) for key in same}, "name": event.name, "kind": event.kind, "on": on, "lang": event.lang,
        "client": event.client,
            "service_percent": event.service_percent}
    if event.seller is not None and event.seller.is_active:
        card["seller"] = event.seller
    again = open_event(event.hotel, card=card, again_of=event, by=by, now=now)
    _copy_plan(event, again, on - event.on)
    note("event.repeated", event, number=again.number)
    return again


def _copy_plan(event: Event, again: Event, shift: timedelta) -> None:
    copies: dict[UUID, EventFunction] = {}
    for row in functions_of(event):
        copies[row.pk] = EventFunction.objects.create(
            hotel_id=again.hotel_id, event=again, name=row.name, from_at=row.from_at + shift, until_at=row.until_at + shift,
            hall=row.hall if row.hall is not None and row.hall.closed_at is None else None, setup_minutes=row.setup_minutes,
            turn_minutes=row.turn_minutes, setup=row.setup, decoration=row.decoration, spare_tables=row.spare_tables,
            expected_persons=row.actual_persons if row.actual_persons is not None else row.persons,
            expected_tables=row.actual_tables if row.actual_tables is not None else row.tables,
        )
    for line in lines_of(event):
        menu = line.menu if line.menu is not None and line.menu.is_active else None
        EventLine.objects.create(
            hotel_id=again.hotel_id, event=again, function=copies.get(line.function_id) if line.function_id else None, part=line.part,
            menu=menu, text=line.text, text_en=line.text_en, details=line.details, department=line.department, basis=line.basis,
            quantity=line.quantity, price=menu.price if menu else line.price,
        )
    refresh_times(again)
