"""What clauses ask to be written down, as this room keeps it: bookings, service lines, the duty roster's days (kind "record")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy

from guiju.bookings.models import Booking, BookingRooms, Guest, Meal, ServiceLine
from guiju.bookings.offers import keys_of
from guiju.bookings.words import FIELD_NAMES
from guiju.house.models import RosterEntry
from guiju.shelf.registry import Record, RecordKind

GONE = (Booking.State.CANCELLED, Booking.State.LAPSED, Booking.State.NO_SHOW)  # of these nothing is asked any more
COMING = (Booking.State.CONFIRMED, Booking.State.ARRIVED, Booking.State.DEPARTED)
READ = (
    "pk", "kind", "state", "name", "tour_code", "nationality", "persons", "escorts", "arrival_on", "arrival_time", "arrival_by", "departure_on",
    "departure_time", "departure_by", "payment", "payer_split", "collection", "requests", "is_important", "guarantee", "client_id", "contact_id",
    "agreement_id", "liaison_id", "seller_id", "hold_until_at", "written_at", "rooms_booked", "meals_ordered", "guests_named",
)
BOOKING_WORDS: dict[str, Any] = {
    **FIELD_NAMES, "client": gettext_lazy("Client"), "contact": gettext_lazy("Booked by"), "hold_until": gettext_lazy("Hold until"),
    "liaison": gettext_lazy("Liaison"), "written": gettext_lazy("Written request"),
}
SERVICE_WORDS: dict[str, Any] = {
    "service": gettext_lazy("Kind of service"), "department": gettext_lazy("Department"), "text": gettext_lazy("What exactly is wanted"),
    "needed_at": gettext_lazy("When it is needed"),
}
ROSTER_WORDS: dict[str, Any] = {"duty_person": gettext_lazy("Duty person")}


def with_lines(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """Bookings, each with whether rooms, meals and names stand in it: asked in the same query."""
    lines = BookingRooms.objects.filter(booking=OuterRef("pk"), removed_at__isnull=True).order_by().values("booking")
    return rows.annotate(
        rooms_booked=Subquery(lines.annotate(all=Sum("rooms")).values("all")),
        meals_ordered=Exists(Meal.objects.filter(booking=OuterRef("pk"), removed_at__isnull=True)),
        guests_named=Exists(Guest.objects.filter(booking=OuterRef("pk"), removed_at__isnull=True)),
    )


def shown(booking: Booking) -> Record:
    """The record of a booking that was read through `with_lines`."""
    return _booking({name: getattr(booking, name) for name in READ})


def _booking(row: Mapping[str, Any]) -> Record:
    here = row["state"] in (Booking.State.ARRIVED, Booking.State.DEPARTED)  # the guest has the room: it is held for him no longer
    same = (
        "kind", "name", "tour_code", "nationality", "persons", "escorts", "arrival_on", "arrival_time", "arrival_by", "departure_on",
        "departure_time", "departure_by", "payment", "requests",
    )
    return Record(("booking", str(row["pk"])), {
        **{name: row[name] for name in same},
        "client": row["client_id"], "contact": row["contact_id"], "liaison": row["liaison_id"], "hold_until": row["hold_until_at"],
        "rooms": row["rooms_booked"] or None, "meals": row["meals_ordered"] or None, "guests": row["guests_named"] or None,
        "payer_split": row["payer_split"] or None, "agreement": row["agreement_id"] is not None, "guaranteed": here or bool(row["guarantee"]),
        "important": row["is_important"], "collection": bool(row["collection"]), "written": row["written_at"],
    }, row["seller_id"], row["state"] in GONE, row["arrival_on"])


def _arriving(hotel_id: UUID, from_on: date, until_on: date) -> QuerySet[Booking]:
    return Booking.objects.of(hotel_id).filter(arrival_on__gte=from_on, arrival_on__lt=until_on).exclude(state__in=GONE)


def _bookings(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    """The bookings arriving in [from, until): one query."""
    rows = with_lines(_arriving(hotel_id, from_on, until_on))
    yield from map(_booking, rows.order_by("arrival_on", "id").values(*READ).iterator(chunk_size=2000))


def _one_booking(hotel_id: UUID, key: str) -> Record | None:
    row = with_lines(Booking.objects.of(hotel_id).filter(pk__in=keys_of([key]))).values(*READ).first()
    return _booking(row) if row else None


SERVICE_READ = ("pk", "service", "department", "text", "at", "dropped_at", "booking__seller_id", "booking__state", "booking__arrival_on")


def _service(row: Mapping[str, Any]) -> Record:
    return Record(("service_line", str(row["pk"])), {
        "service": row["service"], "department": row["department"], "text": row["text"].strip(), "needed_at": row["at"],
        "dropped": row["dropped_at"] is not None,
    }, row["booking__seller_id"], row["booking__state"] in GONE, row["booking__arrival_on"])


def _ordered(hotel_id: UUID, from_on: date, until_on: date) -> QuerySet[ServiceLine]:
    return ServiceLine.objects.of(hotel_id).filter(booking__arrival_on__gte=from_on, booking__arrival_on__lt=until_on)


def _services(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    """What was ordered for the stays arriving in [from, until): one query."""
    rows = _ordered(hotel_id, from_on, until_on)
    yield from map(_service, rows.order_by("booking__arrival_on", "ordered_at", "id").values(*SERVICE_READ).iterator(chunk_size=2000))


def _one_service(hotel_id: UUID, key: str) -> Record | None:
    row = ServiceLine.objects.of(hotel_id).filter(pk__in=keys_of([key])).values(*SERVICE_READ).first()
    return _service(row) if row else None


def _days(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    """Each day of [from, until) with the groups that arrive and the duty person of sales: two queries."""
    within = Q(arrival_on__gte=from_on, arrival_on__lt=until_on)
    groups = Booking.objects.of(hotel_id).filter(within, kind=Booking.Kind.GROUP, state__in=COMING)
    arrivals = dict(groups.order_by().values_list("arrival_on").annotate(many=Count("id")))
    roster = RosterEntry.objects.of(hotel_id).filter(department="sales", is_duty=True, on__gte=from_on, on__lt=until_on)
    on_duty = dict(roster.values_list("on", "person__name"))
    for ordinal in range(from_on.toordinal(), until_on.toordinal()):
        day = date.fromordinal(ordinal)
        yield Record(
            ("roster_day", f"sales:{day.isoformat()}"), {"on": day, "arrivals": arrivals.get(day, 0), "duty_person": on_duty.get(day)}, on=day,
        )


def _one_day(hotel_id: UUID, key: str) -> Record | None:
    department, _sep, text = key.partition(":")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return next(_days(hotel_id, day, day + timedelta(days=1))) if department == "sales" else None


KINDS = {
    "booking": RecordKind(_bookings, _one_booking, BOOKING_WORDS, gettext_lazy("Bookings"), _arriving),
    "service_line": RecordKind(_services, _one_service, SERVICE_WORDS, gettext_lazy("Service lines"), _ordered),
    "roster_day": RecordKind(_days, _one_day, ROSTER_WORDS, gettext_lazy("Days of the roster")),
}
