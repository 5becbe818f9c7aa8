"""A past booking as programs read it: small, frozen, without the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """One room of a past booking (`rooms` of them, where the file says how many)."""

    hotel: str  # as the file names it
    row: int  # of the file, its heading being row 1
    booked_on: date
    arrival_on: date
    departure_on: date
    nights: int
    rooms: int
    adults: int
    children: int
    babies: int
    room_type: str
    segment: str
    channel: str
    agent: str
    company: str
    customer_type: str
    meal: str
    country: str
    rate: Decimal  # a room and night
    deposit: str
    status: str  # stayed | cancelled | no_show | booked (still to come when the file was made)
    status_on: date | None
    group: int | None  # the rows of one group have it in common
    repeated: bool
    flags: frozenset[str]
