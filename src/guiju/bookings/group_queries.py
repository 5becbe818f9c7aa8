"""What a group's own page and its agency's history read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiju.bookings.actions.liaising import PRE_ARRIVAL, checked_items
from guiju.bookings.models import Booking, Change, Guest, Opinion
from guiju.bookings.words import PRE_ARRIVAL_NAMES
from guiju.shelf.memory import once_a_page

LATEST = 100  # bookings of a client that its page looks at
PAST = (Booking.State.ARRIVED, Booking.State.DEPARTED, Booking.State.NO_SHOW, Booking.State.CANCELLED)


def with_names(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """Bookings, each with how many names its rooming list has and what its cuts were charged."""
    names = Guest.objects.filter(booking=OuterRef("pk"), removed_at__isnull=True).order_by().values("booking")
    cuts = Change.objects.filter(booking=OuterRef("pk"), what="change").order_by().values("booking")
    return rows.annotate(
        names=Coalesce(Subquery(names.annotate(all=Count("id")).values("all")), 0), cuts=Subquery(cuts.annotate(all=Sum("charge")).values("all")),
    )


def because(outcome: Any) -> str:
    """Why its charge is what it is, in the reader's language."""
    return str(outcome.because_en if (get_language() or "").startswith("en") else outcome.because_zh)


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A group of the day and which items of its pre-arrival check are done."""

    booking: Booking
    done: tuple[str, ...]

    @property
    def left(self) -> tuple[str, ...]:
        """The items still to be gone through."""
        return tuple(item for item in PRE_ARRIVAL if item not in self.done)

    @property
    def left_said(self) -> list[str]:
        """The same in words."""
        return [str(PRE_ARRIVAL_NAMES[item]) for item in self.left]

    @property
    def first(self) -> bool:
        """Whether it goes before the others: an important group, or one in which the agents travel."""
        return self.booking.is_important or bool(self.booking.details.get("agents"))


def to_check(hotel_id: UUID, on: date) -> list[ToCheck]:
    """The confirmed groups arriving on a day with their checks, important and agents' groups first: one query."""
    rows = Booking.objects.of(hotel_id).filter(kind=Booking.Kind.GROUP, arrival_on=on, state=Booking.State.CONFIRMED)
    found = [ToCheck(row, tuple(checked_items(row))) for row in with_names(rows.select_related("client", "liaison"))]
    return sorted(found, key=lambda one: (not one.first, one.booking.arrival_time or time(14), one.booking.number))


def check_columns() -> list[Any]:
    """The columns of the checks as a table that goes out."""
    return [
        (_("Number"), lambda one: one.booking.number), (_("Group or guest"), lambda one: one.booking.name),
        (_("Arrival time"), lambda one: one.booking.arrival_time),
        (_("Liaison"), lambda one: one.booking.liaison.name if one.booking.liaison else ""),
        (_("First"), lambda one: _("yes") if one.first else ""), (_("Names"), lambda one: one.booking.names),
        (_("Persons"), lambda one: one.booking.persons), (_("Still to check"), lambda one: "；".join(one.left_said)),
    ]


@dataclass(frozen=True, slots=True)
class Past:
    """A group of an agency that is over: what it booked, took and paid for, and what it said."""

    booking: Booking
    rooms_booked: int | None
    rooms_used: int | None
    meals_booked: int | None
    meals_eaten: int | None
    charge: Decimal
    opinions: Sequence[str]

    @property
    def said(self) -> str:
        """Its opinions in one line."""
        return "；".join(self.opinions)


@dataclass(frozen=True, slots=True)
class Record:
    """An agency's groups taken together."""

    groups: int
    no_shows: int
    cancelled: int
    rooms_booked: int
    rooms_used: int
    charge: Decimal

    @property
    def taken(self) -> int | None:
        """How many of a hundred booked rooms its groups took."""
        return round(100 * self.rooms_used / self.rooms_booked) if self.rooms_booked else None


def past_groups(hotel_id: UUID, client_id: UUID, before: date, most: int = 200) -> list[Past]:
    """An agency's groups that came, did not come or were cancelled, latest first, each with what it said: two queries."""
    said = Prefetch("opinions", Opinion.objects.order_by("at", "id"))
    return [_past(row, [one.text for one in row.opinions.all()]) for row in _over(hotel_id, client_id, before).prefetch_related(said)[:most]]


@once_a_page
def latest_of(hotel_id: UUID, client_id: UUID) -> list[Booking]:
    """A client's latest bookings, each with its outcome and the last thing it said: one query for both panels of the client's page."""
    said = Opinion.objects.filter(booking=OuterRef("pk")).order_by("-at", "-id").values("text")[:1]
    rows = Booking.objects.of(hotel_id).filter(client_id=client_id).select_related("outcome").annotate(last_said=Subquery(said))
    return list(rows.order_by("-arrival_on", "-id")[:LATEST])


def past_among(rows: Sequence[Booking], before: date) -> list[Past]:
    """The groups among these bookings that are over."""
    over = [row for row in rows if row.kind == Booking.Kind.GROUP and row.state in PAST and row.arrival_on <= before]
    return [_past(row, [row.last_said] if row.last_said else []) for row in over]  # type: ignore[attr-defined]  # annotated by latest_of


def _over(hotel_id: UUID, client_id: UUID, before: date) -> QuerySet[Booking]:
    rows = Booking.objects.of(hotel_id).filter(client_id=client_id, kind=Booking.Kind.GROUP, state__in=PAST, arrival_on__lte=before)
    return rows.select_related("outcome").order_by("-arrival_on", "-id")  # type: ignore[no-any-return]  # HotelRow's query set is not generic


def _past(row: Booking, said: Sequence[str]) -> Past:
    told = getattr(row, "outcome", None)
    return Past(
        row, told.rooms_booked if told else None, told.rooms_used if told else None, told.meals_booked if told else None,
        told.meals_eaten if told else None, told.charged if told else row.cancel_charge, said,
    )


def record_of(groups: Sequence[Past]) -> Record:
    """The groups taken together."""
    counted = [one for one in groups if one.rooms_used is not None]
    return Record(
        len(groups), sum(one.booking.state == Booking.State.NO_SHOW for one in groups),
        sum(one.booking.state == Booking.State.CANCELLED for one in groups), sum(one.rooms_booked or 0 for one in counted),
        sum(one.rooms_used or 0 for one in counted), sum((one.charge for one in groups), Decimal(0)),
    )


def past_columns() -> list[Any]:
    """The columns of the history as a table that goes out."""
    return [
        (_("Number"), lambda one: one.booking.number), (_("Group or guest"), lambda one: one.booking.name),
        (_("Arrival"), lambda one: one.booking.arrival_on), (_("Departure"), lambda one: one.booking.departure_on),
        (_("Persons"), lambda one: one.booking.persons), (_("State"), lambda one: one.booking.get_state_display()),
        (_("Rooms booked"), "rooms_booked"), (_("Rooms taken"), "rooms_used"), (_("Covers booked"), "meals_booked"),
        (_("Covers eaten"), "meals_eaten"), (_("Charged"), "charge"), (_("Opinions"), "said"),
    ]
