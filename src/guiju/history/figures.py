"""Totals of the imported history: by month of arrival, segment or channel. Nights and revenue are of those who stayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When

from guiju.history.models import Batch, Figure, PastBooking
from guiju.history.sums import money
from guiju.house.models import Hotel

Status = PastBooking.Status
BY = {"month": "month_on", "segment": "segment", "channel": "channel"}


def in_force(hotel: Hotel, past_hotel: str = "") -> QuerySet[Figure]:
    """Figures of the batches that are applied; of one hotel of the files, or of all."""
    rows = Figure.objects.of(hotel.pk).filter(batch__state=Batch.State.APPLIED)
    return rows.filter(past_hotel=past_hotel) if past_hotel else rows


def when(field: str, *statuses: str) -> Sum:
    """The sum of a field over the bookings that ended so."""
    return Sum(Case(When(Q(status__in=statuses), then=F(field)), default=Value(0), output_field=IntegerField()))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of totals."""

    hotel: str
    key: Any  # the month, segment or channel
    bookings: int
    grouped: int
    cancelled: int
    no_show: int
    stayed: int
    room_nights: int
    revenue: Decimal

    @property
    def booked(self) -> int:
        """Still to come when the file was made."""
        return self.bookings - self.cancelled - self.no_show - self.stayed

    @property
    def month(self) -> str:
        """The month as 2026-11."""
        return f"{self.key:%Y-%m}" if isinstance(self.key, date) else ""

    @property
    def average(self) -> Decimal | None:
        """Revenue a room night."""
        return (self.revenue / self.room_nights).quantize(Decimal("0.01")) if self.room_nights else None

    @property
    def cancelled_rate(self) -> Decimal | None:
        """Cancelled of all bookings, in percent."""
        return percent(self.cancelled, self.bookings)

    @property
    def no_show_rate(self) -> Decimal | None:
        """No-shows of those not cancelled, in percent."""
        return percent(self.no_show, self.bookings - self.cancelled)


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """A share in percent with one decimal; nothing of nothing has none."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1")) if whole else None


def totals(hotel: Hotel, by: str = "month", *, rows: QuerySet[Figure] | None = None, together: bool = False) -> list[Line]:
    """Totals a hotel of the files and month (or segment, or channel), in order; `together`: the hotels are one."""
    key = BY[by]
    names = (key,) if together else ("past_hotel", key)
    found = (in_force(hotel) if rows is None else rows).order_by(*names).values(*names).annotate(
        many=Sum("bookings"),
        in_groups=Sum("grouped"),
        cancelled=when("bookings", Status.CANCELLED),
        no_show=when("bookings", Status.NO_SHOW),
        stayed=when("bookings", Status.STAYED),
        nights=when("room_nights", Status.STAYED),
        earned=when("revenue", Status.STAYED),
    )
    return [
        Line(
            hotel=row.get("past_hotel", ""), key=row[key], bookings=row["many"], grouped=row["in_groups"], cancelled=row["cancelled"],
            no_show=row["no_show"], stayed=row["stayed"], room_nights=row["nights"], revenue=money(row["earned"]),
        )
        for row in found
    ]


def reported(line: Line, by: str) -> dict[str, Any]:
    """A line as `guiju report history` and the API say it."""
    key = {"arrival_month": line.month} if by == "month" else {by: line.key}
    return {
        "hotel": line.hotel,
        **key,
        "bookings": line.bookings,
        "cancelled": line.cancelled,
        "no_show": line.no_show,
        "stayed": line.stayed,
        "room_nights": line.room_nights,
        "room_revenue": float(line.revenue),
    }
