"""Reading bookings: the list by keyset, one booking with everything on its page, the arrivals of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from guiju.bookings.models import Booking, Change, Difference, SavedView, Series, ServiceLine
from guiju.bookings.search import fitting
from guiju.logbook.models import EntrySubject
from guiju.shelf.actor import Actor
from guiju.shelf.words import vocabulary

PAGE = 50
LIST = "bookings"  # the name under which this list's views are saved
FILTERS = ("state", "kind", "seller", "when", "q", "from", "until")
WHEN = {"today": 0, "week": 6, "month": 30}  # arrivals from today so many days ahead
OPEN_STATES = (Booking.State.TENTATIVE, Booking.State.CONFIRMED)


@dataclass(slots=True)
class Listing:
    """A page of bookings and where the next one begins."""

    rows: list[Booking]
    next_after: str


def filters_in(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address, those that the list knows."""
    return {name: asked.get(name, "")[:60] for name in FILTERS}


def filtered(hotel_id: UUID, wanted: Mapping[str, str], *, person_id: UUID | None = None, today: date | None = None) -> QuerySet[Booking]:
    """Bookings that fit the filters of the address: state, kind, seller (me), when (from today), q, from, until."""
    rows = Booking.objects.of(hotel_id)
    if wanted.get("seller") == "me":
        rows = rows.filter(seller_id=person_id)
    ahead = WHEN.get(wanted.get("when") or "")
    if ahead is not None and today is not None:
        rows = rows.filter(arrival_on__gte=today, arrival_on__lte=today + timedelta(days=ahead))
    if wanted.get("state") in Booking.State.values:
        rows = rows.filter(state=wanted["state"])
    if wanted.get("kind") in Booking.Kind.values:
        rows = rows.filter(kind=wanted["kind"])
    text = (wanted.get("q") or "").strip()[:60]
    if text:
        rows = rows.filter(fitting(hotel_id, text))
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


def series_list(hotel_id: UUID, most: int = 100) -> list[Series]:
    """The series, latest first, each with how many dates it has and its first and last."""
    rows = Series.objects.of(hotel_id).select_related("client")
    counted = rows.annotate(dates=Count("bookings"), first_on=Min("bookings__arrival_on"), last_on=Max("bookings__arrival_on"))
    return list(counted.order_by("-created_at", "-id")[:most])


def stays_of(series: Series) -> list[Booking]:
    """All dates of a series in order, with their rooms."""
    rows = Booking.objects.of(series.hotel_id).filter(series=series)
    stays = list(rows.prefetch_related("rooms__room_type").order_by("arrival_on", "id"))
    for stay in stays:
        stay.rooms_text = rooms_text(stay)  # type: ignore[attr-defined]  # for the page
    return stays


def rooms_text(booking: Booking) -> str:
    """Its room lines in force in a few words (rooms and room types must be prefetched)."""
    lines = [line for line in booking.rooms.all() if line.removed_at is None]
    return ", ".join(f"{line.room_type.shown} × {line.rooms}" for line in lines)


def stay_columns() -> list[Any]:
    """The columns of a series as a table that goes out."""
    return [
        (_("Number"), "number"), (_("Group or guest"), "name"), (_("Arrival"), "arrival_on"), (_("Departure"), "departure_on"),
        (_("Rooms"), rooms_text), (_("Persons"), "persons"), (_("State"), lambda row: row.get_state_display()),
        (_("Hold until"), "hold_until_at"), (_("Total"), "total"),
    ]


def views_for(actor: Actor, page: str) -> list[SavedView]:
    """The saved views of a list: one's own, and those given to one's departments."""
    rows = SavedView.objects.of(actor.hotel_id).filter(page=page)
    return list(rows.filter(Q(person_id=actor.person_id) | Q(shared_with__in=[one for one in actor.departments if one])).order_by("name", "id"))
