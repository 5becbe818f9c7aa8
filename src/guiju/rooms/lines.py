"""What somebody wants: rooms of a type from one night until another, and what that means night by night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

Cell = tuple[UUID, date]  # (room type, night)
MOST_NIGHTS = 731
MOST_ROOMS = 9999


@dataclass(frozen=True, slots=True)
class Line:
    """So many rooms of a type for the nights from `from_on` up to, and not including, `until_on` (the
    departure)."""

    room_type: RoomType
    from_on: date
    until_on: date
    rooms: int


def nights_between(from_on: date, until_on: date) -> list[date]:
    """The nights of a stay, ascending; the day of departure is none."""
    return [from_on + timedelta(days=day) for day in range((until_on - from_on).days)]


def cells_of(hotel_id: UUID, lines: Iterable[Line]) -> dict[Cell, int]:
    """Rooms wanted per (room type id, night), in the one fixed order (type, then night) in which nights
    are taken.

    Lines of the same type add up. Raises Invalid for an empty or backward stay, no rooms, another hotel's
    type.
    """
    wanted: dict[Cell, int] = {}
    for number, line in enumerate(lines, 1):
        _check(hotel_id, number, line)
        for night in nights_between(line.from_on, line.until_on):
            cell = (line.room_type.pk, night)
            wanted[cell] = wanted.get(cell, 0) + line.rooms
    if not wanted:
        raise Invalid(errors={"lines": [_("Say which rooms for which nights.")]})
    return dict(sorted(wanted.items(), key=in_order))


def in_order(item: tuple[Cell, object]) -> tuple[str, date]:
    """The order in which everybody takes nights, so that two who want the same never block each other."""
    (room_type, night), _what = item
    return (str(room_type), night)


def _check(hotel_id: UUID, number: int, line: Line) -> None:
    where = f"lines.{number}"
    if line.room_type.hotel_id != hotel_id:
        raise Invalid(errors={where: [_("There is no such room type.")]})
    if line.room_type.closed_at is not None:
        raise Invalid(errors={where: [_("%(type)s is no longer sold.") % {"type": line.room_type.shown}]})
    if line.until_on <= line.from_on:
        raise Invalid(errors={where: [_("The departure must be after the arrival.")]})
    if (line.until_on - line.from_on).days > MOST_NIGHTS:
        raise Invalid(errors={where: [_("At most %(nights)s nights at once.") % {"nights": MOST_NIGHTS}]})
    if not 1 <= line.rooms <= MOST_ROOMS:
        raise Invalid(
            errors={where: [_("The number of rooms must be between 1 and %(most)s.") % {"most": MOST_ROOMS}]}
        )


def say_night(night: date) -> str:
    """A night as the reader writes it: 11月24日, November 24."""
    return date_format(night, "MONTH_DAY_FORMAT")


def say_nights(nights: Iterable[date], most: int = 6) -> str:
    """Several nights in one line; the seventh and later as a number."""
    listed = sorted(set(nights))
    text = _(", ").join(say_night(night) for night in listed[:most])
    if len(listed) > most:
        text += _(" and %(more)s more") % {"more": len(listed) - most}
    return text
