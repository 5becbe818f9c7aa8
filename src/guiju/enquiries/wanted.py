"""What an enquiry asks for, as the shapes that rooms and bookings take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from guiju.bookings.models import Booking
from guiju.bookings.shapes import MEALS, MealLine, RoomLine
from guiju.enquiries.incoming_ota import most_at_once
from guiju.enquiries.models import Enquiry
from guiju.rooms.lines import Line
from guiju.rooms.models import RoomType

GROUPS = frozenset({"group", "series"})


def room_lines(enquiry: Enquiry, types: Iterable[RoomType]) -> list[RoomLine]:
    """The rooms asked for, those for drivers and escorts as such; none while dates or rooms are open."""
    if not (enquiry.arrival_on and enquiry.departure_on and enquiry.departure_on > enquiry.arrival_on):
        return []
    by_code = {kind.code: kind for kind in types}
    apart = _apart(enquiry, by_code)
    if apart:
        return apart
    numbers = {
        code: int(number)
        for code, number in enquiry.rooms.items()
        if code in by_code and str(number).isdecimal()
    }
    escorts = _escort_rooms(enquiry, by_code)
    for code, number in escorts.items():
        numbers.setdefault(code, number)
    return [
        RoomLine(
            by_code[code].pk,
            enquiry.arrival_on,
            enquiry.departure_on,
            number,
            "escort" if by_code[code].is_escort or code in escorts else "guest",
        )
        for code, number in numbers.items()
        if number
    ]


def _apart(enquiry: Enquiry, types: Mapping[str, RoomType]) -> list[RoomLine]:
    """Room stays with different dates, line by line, as long as nobody corrected dates or rooms to something else."""
    rows = (enquiry.fields.get("stays") or {}).get("value")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) and row.get("type") in types for row in rows):
        return []
    try:
        lines = [
            RoomLine(
                types[row["type"]].pk,
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]),
                int(row["rooms"]),
                "escort" if types[row["type"]].is_escort else "guest",
            )
            for row in rows
        ]
    except ValueError:
        return []
    spans = min(line.from_on for line in lines), max(line.until_on for line in lines)
    same = spans == (enquiry.arrival_on, enquiry.departure_on) and most_at_once(rows) == enquiry.rooms
    return lines if same and all(line.until_on > line.from_on for line in lines) else []


def _escort_rooms(enquiry: Enquiry, types: Mapping[str, RoomType]) -> dict[str, int]:
    value = (enquiry.fields.get("escort_rooms") or {}).get("value")
    if isinstance(value, Mapping):
        return {code: int(number) for code, number in value.items() if code in types}
    number = int(value) if str(value or "").isdecimal() else 0
    code = next((kind.code for kind in types.values() if kind.is_escort), None)
    return {code: number} if code and number else {}


def unknown_types(enquiry: Enquiry, types: Iterable[RoomType]) -> list[str]:
    """Room words that no room type of this hotel answers to."""
    known = {kind.code for kind in types}
    return [code for code in enquiry.rooms if code not in known]


def meal_lines(enquiry: Enquiry) -> list[MealLine]:
    """The meals that were read day by day; those written only as a sentence go to the requests."""
    value = (enquiry.fields.get("meals") or {}).get("value")
    if not isinstance(value, list):
        return []
    found = (_meal(item, enquiry) for item in value if isinstance(item, Mapping))
    return [meal for meal in found if meal is not None]


def _meal(item: Mapping[str, Any], enquiry: Enquiry) -> MealLine | None:
    try:
        on = date.fromisoformat(str(item.get("on") or item.get("date") or ""))
    except ValueError:
        return None
    meal = str(item.get("meal") or "")
    if meal not in MEALS:
        return None
    standard = item.get("standard")
    return MealLine(
        on=on,
        meal=meal,
        persons=int(item.get("persons") or enquiry.persons or 1),
        standard=str(standard or ""),
        escorts=int(item.get("escorts") or 0),
    )


def inventory(lines: Iterable[RoomLine], types: Iterable[RoomType]) -> list[Line]:
    """Room lines as the inventory takes them."""
    by_key: dict[UUID, RoomType] = {kind.pk: kind for kind in types}
    return [Line(by_key[line.room_type_id], line.from_on, line.until_on, line.rooms) for line in lines]


def booking_kind(enquiry: Enquiry) -> str:
    """Group, on account, or FIT paying cash: what kind of booking this request becomes."""
    if enquiry.kind in GROUPS:
        return str(Booking.Kind.GROUP)
    payment = str((enquiry.fields.get("payment") or {}).get("value") or "")
    wants_cash = payment in ("cash", "fit_cash") or "现付" in payment or "cash" in payment.lower()
    if enquiry.client is not None and enquiry.client.on_account and not wants_cash:
        return str(Booking.Kind.ON_ACCOUNT)
    return str(Booking.Kind.FIT_CASH)


def needs_decision(enquiry: Enquiry) -> bool:
    """A group without agreement waits for the manager's word with rate and terms (booking.group-escalate)."""
    return enquiry.kind in GROUPS and enquiry.agreement_id is None and not enquiry.decision.get("accept")
