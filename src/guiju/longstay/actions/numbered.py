"""The numbered rooms that are let for months."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay import queries
from guiju.longstay.models import Apartment, NightTaken
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

MOST_RENT = Decimal(10_000_000)


def _clean(hotel_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    kind = values.get("room_type")
    if isinstance(kind, RoomType) and (kind.hotel_id != hotel_id or kind.closed_at is not None):
        errors["room_type"] = [_("This room type is not sold here.")]
    if "number" in values and not values["number"].strip():
        errors["number"] = [_("Which room is it?")]
    if "rent" in values and not 0 < values["rent"] < MOST_RENT:
        errors["rent"] = [_("A rent above zero, please.")]
    if errors:
        raise Invalid(errors=errors)
    return {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}


@verb("longstay.setup")
def add_room(hotel: Hotel, *, by: Actor, now: datetime, **values: Any) -> Apartment:
    """Put a numbered room on the list of those let for months. Raises Invalid for a number that is on it."""
    clean = _clean(hotel.pk, values)
    try:
        with transaction.atomic():
            row: Apartment = Apartment.objects.create(hotel=hotel, **clean)
    except IntegrityError:
        raise Invalid(errors={"number": [_("This room is on the list already.")]}) from None
    note("longstay_room.set", row, number=row.number, unit=row.unit, rent=row.rent)
    return row


@verb("longstay.setup")
def edit_room(room: Apartment, *, version: int, by: Actor, now: datetime, **values: Any) -> Apartment:
    """Change what is known of a room. Raises Invalid, Conflict after another save."""
    clean = _clean(room.hotel_id, values)
    if "room_type" in clean and clean["room_type"].pk != room.room_type_id:
        _free(room, now, _("It is taken: its room type stays until the guest has left."))
    try:
        with transaction.atomic():
            room.save_from(version, **clean)
    except IntegrityError:
        raise Invalid(errors={"number": [_("This room is on the list already.")]}) from None
    note("longstay_room.set", room, number=room.number, unit=room.unit, rent=room.rent)
    return room


def _free(room: Apartment, now: datetime, text: str) -> None:
    today = queries.today_of(room.hotel_id, now)
    if NightTaken.objects.of(room.hotel_id).filter(apartment=room, night__gte=today).exists():
        raise Refusal(text, code="taken")


@verb("longstay.setup")
def close_room(room: Apartment, *, by: Actor, now: datetime) -> Apartment:
    """Take a room off the list. Raises Refusal while a contract has it."""
    _free(room, now, _("A contract has this room: it cannot be taken off the list."))
    if Apartment.objects.filter(pk=room.pk, closed_at__isnull=True).update(closed_at=now):
        note("longstay_room.closed", room, number=room.number)
    room.refresh_from_db()
    return room


@verb("longstay.setup")
def reopen_room(room: Apartment, *, by: Actor, now: datetime) -> Apartment:
    """Put a room back on the list."""
    if Apartment.objects.filter(pk=room.pk, closed_at__isnull=False).update(closed_at=None):
        note("longstay_room.set", room, number=room.number, unit=room.unit, rent=room.rent)
    room.refresh_from_db()
    return room
