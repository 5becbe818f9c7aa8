"""What is put into a booking, as values: the same shapes from a form, the API, an enquiry or a sheet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

USES = ("guest", "escort", "free", "working", "extra")
MEALS = ("breakfast", "lunch", "dinner")
ESCORT_ROLES = ("leader", "national_guide", "local_guide", "driver")


@dataclass(frozen=True, slots=True)
class RoomLine:
    """Rooms of one type from one night until another (half-open), for guests, escorts, free of charge, working rooms,
    or extra: taken on arrival at the rack rate."""

    room_type_id: UUID
    from_on: date
    until_on: date
    rooms: int
    use: str = "guest"
    extra_beds: int = 0
    breakfasts: int = 0


@dataclass(frozen=True, slots=True)
class MealLine:
    """One meal: day, which, time, place, guests and escorts eating, standard, diet."""

    on: date
    meal: str
    persons: int
    time: time | None = None
    place: str = ""
    escorts: int = 0
    standard: str = ""
    per: str = "head"
    style: str = ""
    diet: str = ""


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of the rooming list; guests with the same share mark sleep in one room."""

    name: str
    gender: str = ""
    nationality: str = ""
    room_type_id: UUID | None = None
    share: str = ""
    room_number: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class EscortLine:
    """Leader, national guide, local guide or driver."""

    role: str
    name: str = ""
    phone: str = ""


Line = RoomLine | MealLine | GuestLine | EscortLine
LINES: dict[str, type[Any]] = {"rooms": RoomLine, "meals": MealLine, "guests": GuestLine, "escort_people": EscortLine}


def plain(value: Any) -> Any:
    """A value as JSON keeps it: dates and times in ISO, money and keys as text, lines as objects."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, RoomLine | MealLine | GuestLine | EscortLine):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value
