"""A booking's lines in force, read back as the shapes they were given in."""

from __future__ import annotations

from uuid import UUID

from guiju.bookings.models import Booking, BookingRooms, Escort, Guest, Meal
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine
from guiju.rooms.models import RoomType


def types_of(hotel_id: UUID) -> dict[UUID, RoomType]:
    """The room types this hotel sells, by key: one query for all lines."""
    return {row.pk: row for row in RoomType.objects.of(hotel_id).filter(closed_at__isnull=True)}


def all_types(hotel_id: UUID) -> dict[UUID, RoomType]:
    """Every room type there ever was, by key: for bookings that have rooms of a type no longer sold."""
    return {row.pk: row for row in RoomType.objects.of(hotel_id)}


def room_shapes(booking: Booking) -> list[RoomLine]:
    """The room lines in force, as values."""
    rows = BookingRooms.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).order_by("id")
    return [
        RoomLine(row.room_type_id, row.from_on, row.until_on, row.rooms, row.use, row.extra_beds, row.breakfasts)
        for row in rows
    ]


def meal_shapes(booking: Booking) -> list[MealLine]:
    """The meals in force, as values, in order of day and time."""
    rows = Meal.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).order_by("id")
    return [
        MealLine(
            on=row.on, meal=row.meal, persons=row.persons, time=row.time, place=row.place, escorts=row.escorts,
            standard=row.standard, per=row.per, style=row.style, diet=row.diet,
        )
        for row in rows
    ]


def guest_shapes(booking: Booking) -> list[GuestLine]:
    """The rooming list in force, as values."""
    rows = Guest.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).order_by("order")
    return [
        GuestLine(row.name, row.gender, row.nationality, row.room_type_id, row.share, row.room_number, row.remarks)
        for row in rows
    ]


def escort_shapes(booking: Booking) -> list[EscortLine]:
    """The escorts in force, as values."""
    rows = Escort.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).order_by("id")
    return [EscortLine(row.role, row.name, row.phone) for row in rows]
