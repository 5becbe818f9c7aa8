"""Who comes, how and how early: segments, channels, lead time, and what is cancelled or does not show up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from guiju.history.figures import Line, in_force, percent, totals, when
from guiju.history.models import Figure, PastBooking
from guiju.history.sums import LEADS
from guiju.house.models import Hotel

Status = PastBooking.Status


@dataclass(frozen=True, slots=True)
class Lead:
    """Bookings made so many days ahead (`until`: none, so many or more)."""

    first: int
    until: int | None
    bookings: int
    cancelled: int
    no_show: int
    share: Decimal | None

    @property
    def cancelled_rate(self) -> Decimal | None:
        """Cancelled of all bookings, in percent."""
        return percent(self.cancelled, self.bookings)

    @property
    def no_show_rate(self) -> Decimal | None:
        """No-shows of those not cancelled, in percent."""
        return percent(self.no_show, self.bookings - self.cancelled)


@dataclass(frozen=True, slots=True)
class Mix:
    """A period of arrivals, cut five ways."""

    whole: Line | None
    segments: list[Line]
    channels: list[Line]
    months: list[Line]
    leads: list[Lead]


def period(hotel: Hotel, first: date, last: date, past_hotel: str = "") -> QuerySet[Figure]:
    """The figures of arrivals from one month to another, both included."""
    return in_force(hotel, past_hotel).filter(month_on__gte=first, month_on__lte=last)


def mix(hotel: Hotel, first: date, last: date, past_hotel: str = "") -> Mix:
    """The mix of a period of arrivals. Four queries."""
    rows = period(hotel, first, last, past_hotel)
    months = totals(hotel, "month", rows=rows, together=True)
    return Mix(
        together(months),
        by_size(totals(hotel, "segment", rows=rows, together=True)),
        by_size(totals(hotel, "channel", rows=rows, together=True)),
        months,
        leads(rows),
    )


def by_size(lines: list[Line]) -> list[Line]:
    """The largest first."""
    return sorted(lines, key=lambda line: (-line.bookings, str(line.key)))


def together(lines: list[Line]) -> Line | None:
    """All lines as one."""
    if not lines:
        return None
    names = ("bookings", "grouped", "cancelled", "no_show", "stayed", "room_nights", "revenue")
    return Line(hotel="", key="", **{name: sum((getattr(line, name) for line in lines), type(getattr(lines[0], name))(0)) for name in names})


def leads(rows: QuerySet[Figure]) -> list[Lead]:
    """How early bookings were made. One query."""
    found = {
        row["lead"]: row
        for row in rows.order_by().values("lead").annotate(
            many=Sum("bookings"), cancelled=when("bookings", Status.CANCELLED), no_show=when("bookings", Status.NO_SHOW)
        )
    }
    whole = sum(row["many"] for row in found.values())
    return [
        Lead(
            band, LEADS[place + 1] - 1 if place + 1 < len(LEADS) else None,
            row["many"], row["cancelled"], row["no_show"], percent(row["many"], whole),
        )
        for place, band in enumerate(LEADS)
        if (row := found.get(band, {"many": 0, "cancelled": 0, "no_show": 0}))
    ]
