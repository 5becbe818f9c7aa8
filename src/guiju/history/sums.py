"""What a batch adds up to, computed once when it is applied: its groups, its totals a month, and what each day moved.

All of it can be counted again from the rows (tests do, with csv and Decimal alone).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from guiju.history import groups
from guiju.history.models import Batch, PastBooking

UNIT = Decimal("0.0001")  # money is summed in whole ten-thousandths: exact in every database
LEADS = (0, 1, 3, 7, 14, 30, 60, 90, 180, 365)  # a band begins at each number of days


def band(days: int) -> int:
    """The lead-time band of a booking made so many days ahead (made after arrival: as on the day)."""
    found = 0
    for first in LEADS:
        if days < first:
            break
        found = first
    return found


def units(amount: Decimal) -> int:
    """Money as whole ten-thousandths."""
    return int(amount.scaleb(4))


def money(amount: int | None) -> Decimal:
    """Whole ten-thousandths as money: with two decimals, more only where they are there."""
    exact = Decimal(amount or 0) * UNIT
    short = exact.quantize(Decimal("0.01"))
    return short if short == exact else exact.normalize()


def leaves_on(status: str, status_on: date | None, booked_on: date, arrival_on: date) -> date | None:
    """The day from which a booking is no longer on the books: its cancellation; where that day is unknown, the arrival."""
    if status != PastBooking.Status.CANCELLED:
        return None
    return max(status_on or arrival_on, booked_on)


@dataclass(slots=True)
class Sums:
    """The rows to be written for a batch."""

    groups: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    movements: list[dict[str, Any]] = field(default_factory=list)


READ = (
    "past_hotel", "arrival_on", "booked_on", "segment", "channel", "status", "status_on", "nights", "rooms", "rate", "likeness",
)


def sums_of(batch: Batch) -> Iterator[Sums | int]:
    """Counts all rows of the batch; yields how many it has seen now and then, and last the sums."""
    grouped = {row["likeness"]: row for row in _groups(batch)}
    figures: dict[tuple[Any, ...], list[int]] = {}
    movements: dict[tuple[Any, ...], list[int]] = {}
    rows = PastBooking.objects.of(batch.hotel_id).filter(batch=batch).values_list(*READ)
    for seen, row in enumerate(rows.iterator(2000), start=1):
        hotel, arrival, booked, segment, channel, status, status_on, nights, rooms, rate, likeness = row
        month, room_nights = arrival.replace(day=1), nights * rooms
        revenue = units(rate) * room_nights
        figure = figures.setdefault((hotel, month, segment, channel, status, band((arrival - booked).days)), [0, 0, 0, 0])
        figure[0] += 1
        figure[1] += likeness in grouped
        figure[2] += room_nights
        figure[3] += revenue
        for day, sign in ((booked, 1), (leaves_on(status, status_on, booked, arrival), -1)):
            if day is not None:
                movement = movements.setdefault((hotel, month, day, segment, channel), [0, 0, 0])
                movement[0] += sign
                movement[1] += sign * room_nights
                movement[2] += sign * revenue
        if seen % 5000 == 0:
            yield seen
    yield Sums(
        list(grouped.values()),
        [
            dict(zip(("past_hotel", "month_on", "segment", "channel", "status", "lead", "bookings", "grouped", "room_nights", "revenue"),
                     (*key, *sums), strict=True))
            for key, sums in figures.items()
        ],
        [
            dict(zip(("past_hotel", "month_on", "moved_on", "segment", "channel", "bookings", "room_nights", "revenue"),
                     (*key, *sums), strict=True))
            for key, sums in movements.items() if any(sums)
        ],
    )


def _groups(batch: Batch) -> Iterator[dict[str, Any]]:
    names = ("likeness", "past_hotel", "booked_on", "arrival_on", "nights", "segment", "agent", "company")
    rows = PastBooking.objects.of(batch.hotel_id).filter(batch=batch).values(*names).order_by()
    for row in rows.annotate(many=Sum("rooms")).filter(many__gte=groups.ROOMS):
        row["rooms"] = row.pop("many")
        if groups.enough(row["rooms"], row["segment"]):
            yield row
