"""A group's terms on its own rooms: what is guaranteed from the cut-off on, what a cut costs, what rooms not taken cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import override

from guiju.bookings.models import Booking, BookingRooms, Change
from guiju.bookings.shapes import GuestLine, RoomLine
from guiju.bookings.stay import arrival_at, moment
from guiju.rates import queries as rates
from guiju.rates.settling import Cell, Cost, cut_cost, no_show_cost

CENT = Decimal("0.01")
COUNTED = ("guest", "extra")  # rooms that terms speak of: not the escorts', not those free of charge


def cut_off_ends_at(booking: Booking) -> datetime | None:
    """From this moment on the rooms are guaranteed: the end of the cut-off day; None without agreement."""
    on = rates.cut_off_on(booking.agreement, booking.arrival_on)
    return moment(booking, on + timedelta(days=1), time(0)) if on else None


def cells(rows: Iterable[BookingRooms]) -> list[Cell]:
    """Stored room lines night by night."""
    return [
        Cell(str(row.room_type_id), date.fromisoformat(night["night"]), row.rooms, Decimal(night["amount"]))
        for row in rows if row.use in COUNTED for night in row.nightly
    ]


def planned_cells(lines: Sequence[RoomLine], nightly: Sequence[Sequence[Any]]) -> list[Cell]:
    """Room lines as they would be priced, night by night."""
    return [
        Cell(str(line.room_type_id), date.fromisoformat(night["night"]), line.rooms, Decimal(night["amount"]))
        for line, nights in zip(lines, nightly, strict=True) if line.use in COUNTED for night in nights
    ]


def since_when(booking: Booking) -> datetime | None:
    """From when on fewer rooms may cost something: the cut-off, or the confirmation if that came later."""
    ends = cut_off_ends_at(booking)
    if ends is None or booking.confirmed_at is None:
        return None
    return max(ends, booking.confirmed_at)


def guaranteed_rows(booking: Booking, since: datetime) -> list[BookingRooms]:
    """The room lines that stood at that moment: what is rewritten is marked, so the first to go afterwards stood then."""
    rows = list(BookingRooms.objects.of(booking.hotel_id).filter(booking=booking).order_by("id"))
    gone = min((row.removed_at for row in rows if row.removed_at is not None and row.removed_at > since), default=None)
    return [row for row in rows if row.removed_at == gone]


def cost_of_cut(booking: Booking, wanted: Sequence[Cell], *, now: datetime, moved: timedelta = timedelta(0)) -> Cost:
    """What having only `wanted` rooms costs by the agreement's terms, less what earlier cuts were charged already.

    `moved`: by how many days the wanted nights lie later than the booked ones; they are compared night for night of the stay.
    """
    terms = rates.group_terms(booking.agreement)
    since = since_when(booking)
    past = since is not None and now >= since and booking.state != Booking.State.TENTATIVE
    stood = cells(guaranteed_rows(booking, since)) if past and since is not None else []
    back = [Cell(cell.kind, cell.night - moved, cell.rooms, cell.amount) for cell in wanted]
    hours = (arrival_at(booking) - now).total_seconds() / 3600
    cost = cut_cost(terms, stood, back, past_cut_off=past, hours_left=hours)
    laid = charged_for_cuts(booking, since) if past else Decimal(0)
    return Cost(cost.amount - laid, cost.code, cost.short, cost.free, cost.percent, cost.nights, cost.number)


def charged_for_cuts(booking: Booking, since: datetime | None = None) -> Decimal:
    """What cuts were charged so far."""
    rows = Change.objects.of(booking.hotel_id).filter(booking=booking, what="change")
    rows = rows.filter(at__gte=since) if since else rows
    return (rows.aggregate(all=Sum("charge"))["all"] or Decimal(0)).quantize(CENT)


def cost_of_no_show(booking: Booking, rows: Iterable[BookingRooms], came: int) -> Cost:
    """What rooms not taken cost: by the agreement's terms; without one a guaranteed booking pays the first night."""
    terms = rates.group_terms(booking.agreement) if booking.kind == Booking.Kind.GROUP or booking.guarantee else None
    return no_show_cost(terms, cells(rows), came, guaranteed=bool(booking.guarantee))


def without(all_cells: list[Cell], kind: str, fewer: int) -> list[Cell]:
    """The same nights with so many rooms of a type fewer in each."""
    left: dict[Any, int] = {}
    out = []
    for cell in all_cells:
        take = min(left.setdefault(cell.night, fewer), cell.rooms) if cell.kind == kind else 0
        if take:
            left[cell.night] -= take
        out.append(Cell(cell.kind, cell.night, cell.rooms - take, cell.amount))
    return out


def in_both(cost: Cost) -> tuple[str, str]:
    """Why it costs so much, in both languages: kept with the booking, whoever made it."""
    both = []
    for lang in ("zh-hans", "en"):
        with override(lang):
            both.append(rates.cost_said(cost)[:300])
    return both[0], both[1]


def rooms_named(guests: Sequence[GuestLine], beds: int) -> int:
    """How many rooms the names fill: those with one mark share a room, the others by the beds of a room."""
    marks = {guest.share for guest in guests if guest.share}
    alone = sum(not guest.share for guest in guests)
    return len(marks) + -(-alone // max(beds, 1))
