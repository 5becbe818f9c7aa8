"""What verbs are given: the fields of a plan, and a meal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

# Fields of a plan that its form writes, in the order of the form (F4). `guest` and meals stand beside them.
FIELDS = (
    "grade", "grade_reason", "purpose", "party", "party_names", "host", "host_contact", "booking_number", "arrival_on", "arrival_time",
    "arrival_by", "pickup", "departure_on", "departure_time", "departure_by", "room", "room_type", "party_rooms", "rate", "register",
    "amenities", "amenities_more", "greeters", "greet_at", "spaces", "plates", "luggage", "lift", "security", "signage", "photos", "programme",
    "payment", "remarks",
)
DATES, TIMES = ("arrival_on", "departure_on"), ("arrival_time", "departure_time")
NUMBERS, LISTS = ("party", "spaces"), ("amenities",)
# What of the last plan the next one of the same guest begins with (vip.history): not the days, not the rooms.
KEPT = (
    "grade", "grade_reason", "party", "party_names", "host", "host_contact", "arrival_by", "pickup", "departure_by", "room_type", "rate",
    "register", "amenities", "amenities_more", "greeters", "greet_at", "spaces", "plates", "luggage", "lift", "security", "signage", "photos",
    "payment", "remarks",
)
MEALS = ("breakfast", "lunch", "dinner", "banquet", "tea")
GUEST = ("name", "name_en", "gender", "position", "organisation", "nationality", "lang", "diet", "preferences")


@dataclass(frozen=True, slots=True)
class MealLine:
    """One meal as it is written down; times are on the hotel's clock."""

    on: date
    time: time
    meal: str = "dinner"
    place: str = ""
    persons: int = 1
    standard: str = ""
    diet: str = ""
    host: str = ""


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, MealLine):
        return {**asdict(value), "on": value.on.isoformat(), "time": value.time.isoformat()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values as the verbs take them again."""
    return {name: _told(name, value) for name, value in values.items()}


def _told(name: str, value: Any) -> Any:
    if name == "meals":
        return [meal_of(row) for row in value]
    if value and name in DATES:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if value and name in TIMES else value


def meal_of(row: Mapping[str, Any]) -> MealLine:
    """A meal from its plain form."""
    return MealLine(**{**row, "on": date.fromisoformat(row["on"]), "time": time.fromisoformat(row["time"])})
