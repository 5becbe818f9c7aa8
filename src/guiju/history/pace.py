"""Pace and pick-up: what was on the books for a month of arrival at the end of a day, against the same day a year before.

A booking counts from the day it was made until the day it was cancelled; rates and nights are those the file has of it in the end,
because a history file does not say what they were in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When

from guiju.history.figures import in_force, percent, when
from guiju.history.models import Batch, Movement, PastBooking
from guiju.history.sums import money
from guiju.house.models import Hotel

MEASURES = ("room_nights", "revenue", "bookings")
MONTHS_SHOWN = 12
WEEK, MONTH = 7, 30
CURVE_DAYS = 180


@dataclass(frozen=True, slots=True)
class Amount:
    """Bookings, room nights and revenue on the books."""

    bookings: int = 0
    room_nights: int = 0
    revenue: Decimal = Decimal(0)

    def of(self, measure: str) -> Decimal:
        """One of the three."""
        return Decimal(getattr(self, measure))

    def less(self, other: Amount) -> Amount:
        """What came since `other`."""
        return Amount(self.bookings - other.bookings, self.room_nights - other.room_nights, self.revenue - other.revenue)


NOTHING = Amount()


def year_before(on: date) -> date:
    """The same day a year before; of a 29 February the 28th."""
    return date(on.year - 1, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)


def month_of(on: date) -> date:
    """The first of its month."""
    return on.replace(day=1)


def later(month: date, many: int) -> date:
    """The month so many months on."""
    number = month.year * 12 + month.month - 1 + many
    return date(number // 12, number % 12 + 1, 1)


def months_from(first: date, many: int) -> list[date]:
    """So many months in a row."""
    return [later(first, place) for place in range(many)]


def moved(hotel: Hotel, past_hotel: str = "") -> QuerySet[Movement]:
    """The movements of the batches that are applied."""
    rows = Movement.objects.of(hotel.pk).filter(batch__state=Batch.State.APPLIED)
    return rows.filter(past_hotel=past_hotel) if past_hotel else rows


def on_the_books(
    hotel: Hotel, days: Sequence[date], *, months: Iterable[date] | None = None, past_hotel: str = ""
) -> dict[date, dict[date, Amount]]:
    """Month of arrival -> day -> what was on the books at the end of that day: one query, whatever the days.

    A month with nothing booked or cancelled by the last of the days is not among them.
    """
    last = max(days)
    rows = moved(hotel, past_hotel).filter(moved_on__lte=last)
    if months is not None:
        rows = rows.filter(month_on__in=list(months))
    sums: dict[str, Any] = {}
    for place, day in enumerate(days):
        for measure in MEASURES:
            until = Case(When(Q(moved_on__lte=day), then=F(measure)), default=Value(0), output_field=IntegerField())
            sums[f"d{place}_{measure}"] = Sum(measure) if day == last else Sum(until)
    found: dict[date, dict[date, Amount]] = {}
    for row in rows.order_by().values("month_on").annotate(**sums):
        amounts: dict[str, Any] = dict(row)
        found[row["month_on"]] = {
            day: Amount(amounts[f"d{place}_bookings"], amounts[f"d{place}_room_nights"], money(amounts[f"d{place}_revenue"]))
            for place, day in enumerate(days)
        }
    return found


@dataclass(frozen=True, slots=True)
class Pace:
    """A month of arrival: on the books now, what came in 7 and 30 days, the year before at the same time, and how that ended."""

    month_on: date
    now: Amount
    week: Amount
    month: Amount
    before: Amount | None  # same time last year; none where the history does not reach back so far
    ended: Amount | None  # who stayed last year

    def ahead(self, measure: str) -> Decimal | None:
        """How much more than at the same time last year, in percent."""
        if self.before is None or not self.before.of(measure):
            return None
        return percent(self.now.of(measure) - self.before.of(measure), self.before.of(measure))


def pace(hotel: Hotel, at: date, *, first: date | None = None, past_hotel: str = "") -> list[Pace]:
    """Twelve months of arrival from `first` (the month of `at`), as they stood at the end of that day. Three queries."""
    months = months_from(first or month_of(at), MONTHS_SHOWN)
    earlier = [later(month, -12) for month in months]
    back, ago, then = at - timedelta(days=WEEK), at - timedelta(days=MONTH), year_before(at)
    found = on_the_books(hotel, [at, back, ago], months=months, past_hotel=past_hotel)
    last_year = on_the_books(hotel, [then], months=earlier, past_hotel=past_hotel)
    ended = _ended(hotel, earlier, past_hotel)
    lines = []
    for month, before in zip(months, earlier, strict=True):
        here = found.get(month, {})
        now = here.get(at, NOTHING)
        lines.append(Pace(
            month, now, now.less(here.get(back, NOTHING)), now.less(here.get(ago, NOTHING)),
            last_year.get(before, {}).get(then, NOTHING) if before in ended else None, ended.get(before),
        ))
    return lines


def _ended(hotel: Hotel, months: list[date], past_hotel: str) -> dict[date, Amount]:
    """Who stayed in these months; a month of which the history knows nothing is not among them."""
    stayed = PastBooking.Status.STAYED
    rows = in_force(hotel, past_hotel).filter(month_on__in=months).order_by().values("month_on").annotate(
        many=when("bookings", stayed), nights=when("room_nights", stayed), earned=when("revenue", stayed)
    )
    return {row["month_on"]: Amount(row["many"], row["nights"], money(row["earned"])) for row in rows}


@dataclass(frozen=True, slots=True)
class Curve:
    """How a month filled: (days from its first day, amount) of this year up to the day looked at, and of the year before."""

    month_on: date
    this: list[tuple[int, Decimal]]
    last: list[tuple[int, Decimal]]

    def at(self, day: int, *, last: bool = False) -> Decimal | None:
        """What was on the books so many days from the month's first day; none for a day that has not come."""
        series = self.last if last else self.this
        known = [amount for place, amount in series if place <= day]
        return known[-1] if known and day <= series[-1][0] else None


def curve(hotel: Hotel, month: date, at: date, measure: str, *, past_hotel: str = "") -> Curve:
    """The booking curve of a month of arrival, day by day. One query."""
    before = later(month, -12)
    rows = moved(hotel, past_hotel).filter(month_on__in=[month, before], moved_on__lte=max(at, later(before, 1)))
    series: dict[date, dict[int, int]] = {month: {}, before: {}}
    for month_on, moved_on, many in rows.order_by("moved_on").values_list("month_on", "moved_on").annotate(many=Sum(measure)):
        day = max((moved_on - month_on).days, -CURVE_DAYS)
        series[month_on][day] = series[month_on].get(day, 0) + many
    end = (later(month, 1) - month).days
    return Curve(
        month,
        _filled(series[month], min(end, (at - month).days), measure),
        _filled(series[before], (later(before, 1) - before).days, measure),
    )


def _filled(moves: dict[int, int], until: int, measure: str) -> list[tuple[int, Decimal]]:
    """A running total for each day from 180 days before the month."""
    total, found = 0, []
    if not moves:
        return []
    for day in range(-CURVE_DAYS, until + 1):
        total += moves.get(day, 0)
        found.append((day, money(total) if measure == "revenue" else Decimal(total)))
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the history reaches: its hotels, first and last arrival, its rows."""

    hotels: list[str]
    first_on: date
    last_on: date
    rows: int


def reach(hotel: Hotel) -> Reach | None:
    """None while nothing is imported. One query."""
    batches = list(Batch.objects.of(hotel.pk).filter(state=Batch.State.APPLIED).only("past_hotels", "first_arrival_on", "last_arrival_on", "rows"))
    days = [(batch.first_arrival_on, batch.last_arrival_on) for batch in batches if batch.first_arrival_on and batch.last_arrival_on]
    if not days:
        return None
    return Reach(
        sorted({name for batch in batches for name in batch.past_hotels}),
        min(first for first, _last in days),
        max(last for _first, last in days),
        sum(batch.rows for batch in batches),
    )
