"""Reading bookings: the list by keyset, one booking with everything on its page, the arrivals of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from guiju.bookings.models import Booking, Change, Difference, ServiceLine
from guiju.logbook.models import EntrySubject
from guiju.shelf.words import vocabulary

PAGE = 50
OPEN_STATES = (Booking.State.TENTATIVE, Booking.State.CONFIRMED)


@dataclass(slots=True)
class Listing:
    """A page of bookings and where the next one begins."""

    rows: list[Booking]
    next_after: str


def filtered(hotel_id: UUID, wanted: Mapping[str, str]) -> QuerySet[Booking]:
    """Bookings that fit the filters of the address: state, kind, q, from, until."""
    rows = Booking.objects.of(hotel_id)
    if wanted.get("state") in Booking.State.values:
        rows = rows.filter(state=wanted["state"])
    if wanted.get("kind") in Booking.Kind.values:
        rows = rows.filter(kind=wanted["kind"])
    text = (wanted.get("q") or "").strip()[:60]
    if text:
        rows = rows.filter(
            Q(number__icontains=text) | Q(name__icontains=text) | Q(tour_code__icontains=text) | Q(client__name__icontains=text)
        )
    for name, look_up in (("from", "arrival_on__gte"), ("until", "arrival_on__lte")):
        day = _day(wanted.get(name))
        if day:
            rows = rows.filter(**{look_up: day})
    return rows


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def page_of(rows: QuerySet[Booking], after: str) -> Listing:
    """Fifty in order of arrival, after the one named by "arrival:id": flat however many there are."""
    day, _sep, pk = after.partition(":")
    start = _day(day)
    if start:
        try:
            rows = rows.filter(Q(arrival_on__gt=start) | Q(arrival_on=start, id__gt=UUID(pk)))
        except ValueError:
            rows = rows.filter(arrival_on__gte=start)
    found = list(rows.select_related("client", "seller").order_by("arrival_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Listing(found[:PAGE], f"{last.arrival_on.isoformat()}:{last.pk}" if last else "")


def arriving(hotel_id: UUID, on: date) -> list[Booking]:
    """Everybody expected, here or missing on a day, with cash and hold-until (booking.form-cash-fit)."""
    states = (Booking.State.CONFIRMED, Booking.State.ARRIVED, Booking.State.NO_SHOW, Booking.State.TENTATIVE)
    rows = Booking.objects.of(hotel_id).filter(arrival_on=on, state__in=states)
    return list(rows.select_related("client").prefetch_related("rooms__room_type").order_by("arrival_time", "name", "id"))


def leaving(hotel_id: UUID, on: date) -> list[Booking]:
    """Everybody who is here and leaves on this day or should have."""
    rows = Booking.objects.of(hotel_id).filter(departure_on__lte=on, state=Booking.State.ARRIVED)
    return list(rows.select_related("client").order_by("departure_on", "name", "id"))


def changes_of(booking: Booking) -> list[Change]:
    """Its changes, latest first."""
    return list(Change.objects.of(booking.hotel_id).filter(booking=booking).order_by("-at"))


def differences_of(booking: Booking) -> list[Difference]:
    """What did not agree on the arrival day, open ones first."""
    return list(Difference.objects.of(booking.hotel_id).filter(booking=booking).order_by("resolved_at", "found_at"))


def history(booking: Booking, english: bool, most: int = 60) -> list[dict[str, Any]]:
    """What the logbook says of it, latest first: one query."""
    kind, pk = booking.subject
    words = vocabulary().kinds
    rows = (
        EntrySubject.objects.filter(hotel_id=booking.hotel_id, kind=kind, subject_id=pk)
        .order_by("-entry__seq").values_list("entry__kind", "entry__at", "entry__by_id", "entry__seq")[:most]
    )
    found: list[tuple[str, datetime, UUID | None, int]] = list(rows)
    return [
        {"what": (words[fact].en if english else words[fact].zh) if fact in words else fact, "at": at, "by": by, "seq": seq}
        for fact, at, by, seq in found
    ]


def _waiting(hotel_id: UUID, departments: Sequence[str]) -> QuerySet[ServiceLine]:
    states = (*OPEN_STATES, Booking.State.ARRIVED)
    return ServiceLine.objects.of(hotel_id).filter(
        department__in=departments, confirmed_at__isnull=True, dropped_at__isnull=True, booking__state__in=states
    )


def needed_at(hotel_id: UUID, departments: Sequence[str]) -> list[datetime | None]:
    """When what these departments have still to arrange is needed: for counting."""
    return list(_waiting(hotel_id, departments).values_list("at", flat=True)[:500])


def to_arrange(hotel_id: UUID, departments: Sequence[str], most: int = 200) -> list[ServiceLine]:
    """What is ordered with these departments and not arranged yet, soonest needed first."""
    rows = _waiting(hotel_id, departments)
    return list(rows.select_related("booking").order_by(F("at").asc(nulls_last=True), "booking__arrival_on", "ordered_at", "id")[:most])


def arranged_lately(hotel_id: UUID, departments: Sequence[str], most: int = 12) -> list[ServiceLine]:
    """What these departments arranged last."""
    rows = ServiceLine.objects.of(hotel_id).filter(department__in=departments, confirmed_at__isnull=False, dropped_at__isnull=True)
    return list(rows.select_related("booking").order_by("-confirmed_at", "-id")[:most])


def open_differences(hotel_id: UUID, abouts: Sequence[str]) -> list[Difference]:
    """Differences found on the arrival day that nobody has settled yet."""
    if not abouts:
        return []
    states = (*OPEN_STATES, Booking.State.ARRIVED)
    rows = Difference.objects.of(hotel_id).filter(about__in=abouts, resolved_at__isnull=True, booking__state__in=states)
    return list(rows.select_related("booking__hotel").order_by("found_at", "id")[:100])
