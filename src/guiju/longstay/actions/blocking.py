"""The room of a contract: its numbered room night by night, and a room of its type in the inventory, through the one door.

A numbered room cannot have two contracts in one night: the database refuses the second row, whoever was first. All nights are
written in one order, so that two who want the same room wait for each other and never block each other for good.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.longstay.models import LongStay, NightTaken
from guiju.rooms import actions as inventory
from guiju.rooms.lines import nights_between
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal


def take_room(stay: LongStay, from_on: date, until_on: date, *, about: tuple[str, str], by: Actor, now: datetime) -> None:
    """Take the numbered room and one of its type for [from, until), both or neither.

    Raises Refusal "room_taken" naming who has it, NoRoom when the type is sold out on some nights.
    """
    room = stay.apartment
    assert room is not None
    take_nights(stay, from_on, until_on)
    lines = [inventory.Line(room.room_type, from_on, until_on, 1)]
    inventory.hold(stay.hotel, about=about, label=f"{room.number} {stay.guest}", lines=lines, until_at=None, by=by, now=now)


def take_nights(stay: LongStay, from_on: date, until_on: date) -> None:
    """Write the nights of the numbered room. Raises Refusal "room_taken"."""
    room = stay.apartment
    assert room is not None
    rows = [NightTaken(hotel_id=stay.hotel_id, apartment=room, night=night, longstay=stay) for night in nights_between(from_on, until_on)]
    try:
        with transaction.atomic():
            NightTaken.objects.bulk_create(rows, batch_size=400)
    except IntegrityError:
        taken = NightTaken.objects.of(stay.hotel_id).filter(apartment=room, night__gte=from_on, night__lt=until_on).select_related("longstay")
        other = taken.order_by("night").first()
        if other is None:  # it came free in between: the same step may be taken again
            raise Refusal(_("Room %(room)s was taken just now. Please try again.") % {"room": room.number}, code="room_taken") from None
        text = _("Room %(room)s is taken by contract %(number)s from %(from)s on.")
        values = {"room": room.number, "number": other.longstay.number, "from": other.night.isoformat()}
        raise Refusal(text % values, code="room_taken", number=other.longstay.number, night=other.night.isoformat()) from None


def firm(stay: LongStay, *, about: tuple[str, str], by: Actor, now: datetime) -> None:
    """What was held for the contract is sold to it."""
    block = inventory.block_of(stay.hotel_id, about)
    if block is not None:
        inventory.sell(block, by=by, now=now)


def give_back(stay: LongStay, from_on: date, *, about: tuple[str, str], by: Actor, now: datetime) -> None:
    """Free the numbered room from a day on, and with it the room of its type."""
    NightTaken.objects.of(stay.hotel_id).filter(longstay=stay, night__gte=from_on).delete()
    block = inventory.block_of(stay.hotel_id, about)
    if block is None or block.state == "released" or block.last_night < from_on:
        return
    if block.first_night >= from_on:
        inventory.release(block, by=by, now=now)
        return
    assert stay.apartment is not None
    inventory.change(block, [inventory.Line(stay.apartment.room_type, block.first_night, from_on, 1)], by=by, now=now)
