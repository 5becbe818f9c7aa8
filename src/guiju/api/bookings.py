"""Bookings for programs: list, read, draft, hold, confirm, change, cancel, arrivals, papers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router

from guiju.api.booking_shapes import (
    BookingIn,
    BookingMore,
    BookingOut,
    CancelIn,
    ChangeIn,
    DecisionIn,
    HoldIn,
    LiaisonIn,
    WordIn,
    WrittenIn,
    booking_of,
    brief,
    escorts_of,
    guests_of,
    meals_of,
    rooms_of,
    step_of,
    whole,
)
from guiju.api.doors import reads, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import unpacked
from guiju.bookings import actions
from guiju.bookings.models import Booking
from guiju.bookings.written import keep
from guiju.clients.models import Client, Contact
from guiju.house.asking import Asked
from guiju.house.models import Person
from guiju.shelf.errors import Invalid

router = Router(tags=["bookings"])


@router.get("", response={200: list[BookingOut], **PROBLEMS})
@reads("bookings.view")
def list_bookings(
    request: Asked, state: str = "", kind: str = "", arrival_from: date | None = None,
    arrival_until: date | None = None, after: UUID | None = None, limit: int = Query(50, ge=1, le=200),
) -> Any:
    """Bookings in order of arrival; `after` is the id of the last one seen."""
    rows = Booking.objects.of(request.actor.hotel_id)
    for name, value in (("state", state), ("kind", kind), ("arrival_on__gte", arrival_from), ("arrival_on__lt", arrival_until)):
        if value:
            rows = rows.filter(**{name: value})
    if after:
        last = booking_of(request, after)
        rows = rows.filter(arrival_on__gte=last.arrival_on).exclude(arrival_on=last.arrival_on, id__lte=last.pk)
    return [brief(row) for row in rows.order_by("arrival_on", "id")[:limit]]


def _contact(client: Client | None, pk: UUID | None) -> Contact | None:
    """Who of the client's people booked it."""
    if pk is None:
        return None
    found = Contact.objects.of(client.hotel_id).filter(client=client, pk=pk).first() if client else None
    if found is None:
        raise Invalid(errors={"contact": [_("Not one of the client's people.")]})
    return found


@router.post("", response={201: BookingMore, **PROBLEMS})
@writes("bookings.edit", 201)
def draft(request: Asked, data: BookingIn) -> Any:
    """Write a booking down; the rates are looked up, never given."""
    hotel = request.hotel
    client = Client.objects.pick(hotel.pk, data.client) if data.client else None
    row = actions.draft_booking(
        hotel, kind=data.kind, name=data.name, client=client, contact=_contact(client, data.contact),
        arrival_on=data.arrival_on, departure_on=data.departure_on,
        arrival_time=data.arrival_time, persons=data.persons, rooms=rooms_of(request, data.rooms), meals=meals_of(data.meals),
        guests=guests_of(request, data.guests), escort_people=escorts_of(data.escort_people), escorts=data.escorts, nationality=data.nationality,
        arrival_by=data.arrival_by, departure_time=data.departure_time, departure_by=data.departure_by, payer_split=dict(data.payer_split),
        rate_confidential=data.rate_confidential, requests=data.requests, tour_code=data.tour_code, payment=data.payment,
        details={"agents": True} if data.agents else {}, **step_of(request),
    )
    return whole(row)


@router.get("/{uuid:pk}", response={200: BookingMore, **PROBLEMS})
@reads("bookings.view")
def read(request: Asked, pk: UUID) -> Any:
    """One booking with its lines."""
    return whole(booking_of(request, pk))


@router.patch("/{uuid:pk}", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def change(request: Asked, pk: UUID, data: ChangeIn) -> Any:
    """Change a booking; its papers and holders follow. 409 with both versions when somebody saved before."""
    row = booking_of(request, pk)
    told = ("version", "reason", "told_by", "told_how")
    fields = {key: value for key, value in data.dict(exclude_unset=True).items() if key not in told and value is not None}
    if (agents := fields.pop("agents", None)) is not None:
        fields["details"] = {**row.details, "agents": agents}
    if fields.pop("contact", None):
        fields["contact_id"] = _contact(row.client, data.contact).pk  # type: ignore[union-attr]
    if data.rooms is not None:
        fields["rooms"] = rooms_of(request, data.rooms)
    if data.meals is not None:
        fields["meals"] = meals_of(data.meals)
    if data.guests is not None:
        fields["guests"] = guests_of(request, data.guests)
    if data.escort_people is not None:
        fields["escort_people"] = escorts_of(data.escort_people)
    actions.change(
        row, version=version_of(request, data.version), fields=fields, reason=data.reason, told_by=data.told_by,
        told_how=data.told_how, **step_of(request),
    )
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/hold", response={200: BookingMore, **PROBLEMS})
@writes("bookings.hold")
def hold(request: Asked, pk: UUID, data: HoldIn) -> Any:
    """Hold the rooms."""
    return whole(actions.place_hold(booking_of(request, pk), until_at=data.until_at, **step_of(request)))


@router.post("/{uuid:pk}/guarantee", response={200: BookingMore, **PROBLEMS})
@writes("bookings.hold")
def guarantee(request: Asked, pk: UUID, data: WordIn) -> Any:
    """The client guarantees it: the hold no longer lapses."""
    return whole(actions.guarantee(booking_of(request, pk), how=data.text, **step_of(request)))


@router.post("/{uuid:pk}/written", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def written(request: Asked, pk: UUID, data: WrittenIn) -> Any:
    """The client's written request is here: as a file, or which paper it is and where it is kept (booking.written-basis)."""
    booking, file = booking_of(request, pk), None
    if data.file:
        file = keep(booking, unpacked("file", data.file), data.filename, now=request.now)
    return whole(actions.attach_written(booking, file=file, paper=data.paper, **step_of(request)))


@router.post("/{uuid:pk}/decide", response={200: BookingMore, **PROBLEMS})
@writes("enquiries.decide")
def decide(request: Asked, pk: UUID, data: DecisionIn) -> Any:
    """The manager's decision on a group without agreement."""
    row = actions.decide_group(
        booking_of(request, pk), accept=data.accept, rates=data.rates, terms=data.terms, **step_of(request)
    )
    return whole(row)


@router.post("/{uuid:pk}/confirm", response={200: BookingMore, **PROBLEMS})
@writes("bookings.confirm")
def confirm(request: Asked, pk: UUID) -> Any:
    """Confirm; a clause that forbids it is named in the problem."""
    return whole(actions.confirm(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/cancel", response={200: BookingMore, **PROBLEMS})
@writes("bookings.cancel")
def cancel(request: Asked, pk: UUID, data: CancelIn) -> Any:
    """Cancel; rooms and credit go back, holders of papers are told."""
    row = actions.cancel(
        booking_of(request, pk), reason=data.reason, told_by=data.told_by, told_how=data.told_how, version=data.version,
        **step_of(request),
    )
    return whole(row)


@router.post("/{uuid:pk}/liaison", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def liaison(request: Asked, pk: UUID, data: LiaisonIn) -> Any:
    """Name the liaison of a group."""
    person = Person.objects.filter(username=data.username, appointments__hotel=request.hotel).distinct().first()  # type: ignore[attr-defined,misc]
    if person is None:
        raise Invalid(errors={"username": [_("Nobody here signs in with this name.")]})
    return whole(actions.name_liaison(booking_of(request, pk), person=person, **step_of(request)))


@router.post("/{uuid:pk}/important", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def important(request: Asked, pk: UUID, data: WordIn) -> Any:
    """Mark a group as important, with the reason."""
    return whole(actions.mark_important(booking_of(request, pk), reason=data.text, **step_of(request)))


@router.post("/{uuid:pk}/arrived", response={200: BookingMore, **PROBLEMS})
@writes("bookings.arrivals")
def arrived(request: Asked, pk: UUID) -> Any:
    """They are here."""
    return whole(actions.mark_arrived(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/no-show", response={200: BookingMore, **PROBLEMS})
@writes("bookings.arrivals")
def no_show(request: Asked, pk: UUID) -> Any:
    """They did not come."""
    return whole(actions.mark_no_show(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/departed", response={200: BookingMore, **PROBLEMS})
@writes("bookings.arrivals")
def departed(request: Asked, pk: UUID) -> Any:
    """They have left."""
    return whole(actions.mark_departed(booking_of(request, pk), **step_of(request)))
