"""What every fact and gate about a booking says of it, and the moments its dates mean."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from guiju.bookings.models import Booking, BookingRooms, Meal

CHECK_IN = time(14, 0)  # when a booking says no hour: rooms are ready from then
CHECK_OUT = time(12, 0)
# What a page reads with the booking: its room lines and its meals in force, a query each.
ROOMS = Prefetch("rooms", BookingRooms.objects.filter(removed_at__isnull=True).select_related("room_type"))
MEALS = Prefetch("meal_plan", Meal.objects.filter(removed_at__isnull=True))


def zone_of(booking: Booking) -> ZoneInfo:
    """The hotel's time zone."""
    return ZoneInfo(booking.hotel.zone)


def moment(booking: Booking, on: date, clock: time) -> datetime:
    """A clock time of a day in the hotel's zone."""
    return datetime.combine(on, clock, zone_of(booking))


def arrival_at(booking: Booking) -> datetime:
    """When they come: the hour given, else the check-in hour."""
    return moment(booking, booking.arrival_on, booking.arrival_time or CHECK_IN)


def departure_at(booking: Booking) -> datetime:
    """When they leave: the hour given, else the check-out hour."""
    return moment(booking, booking.departure_on, booking.departure_time or CHECK_OUT)


def most_rooms(booking: Booking) -> int:
    """The most rooms in one night."""
    per_night: dict[date, int] = {}
    for line in lines_of(booking):
        for ordinal in range(line.from_on.toordinal(), line.until_on.toordinal()):
            night = date.fromordinal(ordinal)
            per_night[night] = per_night.get(night, 0) + line.rooms
    return max(per_night.values(), default=0)


def lines_of(booking: Booking) -> list[BookingRooms]:
    """The room lines in force, in order of type and first night."""
    return [line for line in _rooms(booking) if line.removed_at is None]


def _rooms(booking: Booking) -> list[BookingRooms]:
    cached = getattr(booking, "_prefetched_objects_cache", {}).get("rooms")
    if cached is not None:
        return sorted(cached, key=lambda line: (line.use != "guest", line.from_on, str(line.pk)))
    rows = BookingRooms.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True)
    return list(rows.select_related("room_type").order_by("use", "room_type__order", "from_on", "id"))


def meals_of(booking: Booking) -> list[Meal]:
    """The meals in force in order of day and time."""
    cached = getattr(booking, "_prefetched_objects_cache", {}).get("meal_plan")
    rows = cached if cached is not None else Meal.objects.of(booking.hotel_id).filter(booking=booking)
    present = [meal for meal in rows if meal.removed_at is None]
    return sorted(present, key=lambda meal: (meal.on, meal.time or time(0), str(meal.pk)))


def has_meals(booking: Booking) -> bool:
    """Whether meals are ordered (breakfast that belongs to the room rate is not a meal order)."""
    if "meal_plan" in getattr(booking, "_prefetched_objects_cache", {}):
        return bool(meals_of(booking))
    return Meal.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).exists()


def stay(booking: Booking, **more: Any) -> dict[str, Any]:
    """The attributes that every fact about a booking repeats (facts.STAY)."""
    return {
        "kind": booking.kind,
        "agreement": booking.agreement_id is not None,
        "important": booking.is_important,
        "agents": bool(booking.details.get("agents")),
        "meals": has_meals(booking),
        "collection": bool(booking.collection),
        "guaranteed": bool(booking.guarantee),
        "rooms": most_rooms(booking),
        "persons": booking.persons,
        "arrival_on": booking.arrival_on,
        "arrival_at": arrival_at(booking),
        "departure_on": booking.departure_on,
        "departure_at": departure_at(booking),
        "hold_until": booking.hold_until_at,
        "liaison": str(booking.liaison_id) if booking.liaison_id else None,
        "written": booking.written_at is not None,
        **group_dates(booking),
        **more,
    }


NAMES_DAYS = 7  # before arrival the rooming list is here, when no agreement says otherwise


def group_dates(booking: Booking) -> dict[str, Any]:
    """What a confirmed group is reminded by: days from its confirmation to arrival, the days of its rooming list and cut-off.

    A group confirmed late sends its names by the day after; a cut-off gone by at the confirmation is none.
    """
    if booking.kind != Booking.Kind.GROUP or booking.confirmed_at is None:
        return {}
    confirmed_on = booking.confirmed_at.astimezone(zone_of(booking)).date()
    agreement = booking.agreement
    names_on = booking.arrival_on - timedelta(days=agreement.rooming_list_days if agreement else NAMES_DAYS)
    cut_off_on = booking.arrival_on - timedelta(days=agreement.cut_off_days) if agreement else None
    return {
        "lead_days": (booking.arrival_on - confirmed_on).days,
        "rooming_list_on": min(max(names_on, confirmed_on + timedelta(days=1)), booking.arrival_on),
        "cut_off_on": cut_off_on if cut_off_on and cut_off_on > confirmed_on else None,
    }


def same_day_arrival(booking: Booking, now: datetime) -> bool:
    """Whether they come today, by the hotel's calendar."""
    return now.astimezone(zone_of(booking)).date() == booking.arrival_on
