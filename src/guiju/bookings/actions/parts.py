"""Writing the parts of a booking: rooms, meals, rooming list, escorts. Nothing is deleted; old lines are marked removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from guiju.bookings.models import Booking, BookingRooms, Escort, Guest, Meal
from guiju.bookings.pricing import Price
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine
from guiju.rooms.models import RoomType
from guiju.shelf.ids import uuid7
from guiju.shelf.models import HotelRow

R = TypeVar("R", bound=HotelRow)


def _in_order(rows: list[R]) -> list[R]:
    """Keys that keep the order given: those made within one millisecond would not."""
    for row, key in zip(rows, sorted(uuid7() for _row in rows), strict=True):
        row.pk = key
    return rows


def write_rooms(booking: Booking, lines: Sequence[RoomLine], price: Price, types: Mapping[UUID, RoomType]) -> list[BookingRooms]:
    """The room lines with the rate of each night."""
    rows = [
        BookingRooms(
            hotel_id=booking.hotel_id, booking=booking, room_type=types[line.room_type_id], from_on=line.from_on,
            until_on=line.until_on, rooms=line.rooms, use=line.use, extra_beds=line.extra_beds,
            breakfasts=line.breakfasts or price.breakfasts[order], nightly=price.nightly[order],
        )
        for order, line in enumerate(lines)
    ]
    return BookingRooms.objects.bulk_create(_in_order(rows))


def write_meals(booking: Booking, meals: Sequence[MealLine], price: Price) -> None:
    """The meals with their looked-up price."""
    rows = [
        Meal(
            hotel_id=booking.hotel_id, booking=booking, on=line.on, meal=line.meal, time=line.time, place=line.place,
            persons=line.persons, escorts=line.escorts, standard=line.standard, per=cost.per, style=line.style,
            diet=line.diet, amount=cost.amount, escort_amount=cost.escort_amount, total=cost.total,
        )
        for line, cost in zip(meals, price.meals, strict=True)
    ]
    Meal.objects.bulk_create(_in_order(rows))


def write_guests(booking: Booking, guests: Sequence[GuestLine]) -> None:
    """The rooming list, in the order given."""
    Guest.objects.bulk_create(
        Guest(
            hotel_id=booking.hotel_id, booking=booking, order=order, name=guest.name.strip(), gender=guest.gender,
            nationality=guest.nationality, room_type_id=guest.room_type_id, share=guest.share,
            room_number=guest.room_number, remarks=guest.remarks,
        )
        for order, guest in enumerate(guests, start=1)
    )


def write_escorts(booking: Booking, escorts: Sequence[EscortLine]) -> None:
    """Leader, guides and drivers."""
    rows = [
        Escort(hotel_id=booking.hotel_id, booking=booking, role=one.role, name=one.name.strip(), phone=one.phone.strip())
        for one in escorts
    ]
    Escort.objects.bulk_create(_in_order(rows))


def remove(booking: Booking, *, rooms: bool = False, meals: bool = False, guests: bool = False,
           escorts: bool = False, now: datetime) -> None:
    """Mark the present lines of these parts as removed."""
    chosen = ((rooms, BookingRooms), (meals, Meal), (guests, Guest), (escorts, Escort))
    for wanted, model in chosen:
        if wanted:
            model.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).update(removed_at=now)
