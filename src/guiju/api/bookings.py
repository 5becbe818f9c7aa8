"""Bookings for programs: list, read, draft, hold, confirm, change, cancel, arrivals, papers."""

from __future__ import annotations

from datetime import date, datetime
from datetime import time as Clock
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Moment
from guiju.bookings import actions
from guiju.bookings.lines import escort_shapes, guest_shapes, meal_shapes, room_shapes
from guiju.bookings.models import Booking
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine, plain
from guiju.clients.models import Client
from guiju.house.models import Person
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

router = Router(tags=["bookings"])
Count = Field(ge=1, le=2000)


class RoomIn(Schema):
    """Rooms of a type (its code) from one night until another, half-open."""

    room_type: str
    from_on: date
    until_on: date
    rooms: int = Count
    use: Literal["guest", "escort", "free", "working"] = "guest"


class MealIn(Schema):
    """One meal of a group."""

    on: date
    meal: Literal["breakfast", "lunch", "dinner"]
    persons: int = Field(ge=0, le=5000)
    time: Clock | None = None
    place: str = Field("", max_length=60)
    escorts: int = Field(0, ge=0, le=500)
    standard: str = Field("", max_length=40)
    diet: str = Field("", max_length=120)


class GuestIn(Schema):
    """A line of the rooming list; the room type by its code."""

    name: str = Field(max_length=80)
    gender: Literal["", "m", "f"] = ""
    nationality: str = Field("", max_length=40)
    room_type: str = Field("", max_length=20)
    share: str = Field("", max_length=10)
    room_number: str = Field("", max_length=12)
    remarks: str = Field("", max_length=120)


class EscortIn(Schema):
    """Leader, guide or driver."""

    role: Literal["leader", "national_guide", "local_guide", "driver"]
    name: str = Field(min_length=1, max_length=60)
    phone: str = Field("", max_length=40)


Payer = Literal["client", "guest"]
Payers = dict[Literal["rooms", "meals", "escorts", "incidentals"], Payer]


class BookingIn(Schema):
    """What a booking is drafted from."""

    kind: Literal["fit_cash", "on_account", "group"]
    name: str = Field(max_length=120)
    client: UUID | None = None
    arrival_on: date
    departure_on: date
    arrival_time: Clock | None = None
    persons: int = Field(ge=1, le=5000)
    rooms: list[RoomIn] = Field(max_length=200)
    meals: list[MealIn] = Field([], max_length=300)
    guests: list[GuestIn] = Field([], max_length=2000)
    escort_people: list[EscortIn] = Field([], max_length=120)
    escorts: int = Field(0, ge=0, le=500)
    requests: str = Field("", max_length=2000)
    tour_code: str = Field("", max_length=40)
    nationality: str = Field("", max_length=40)
    arrival_by: str = Field("", max_length=60)
    departure_time: Clock | None = None
    departure_by: str = Field("", max_length=60)
    payer_split: Payers = {}
    rate_confidential: bool = False
    payment: Literal["", "cash", "on_account", "transfer", "voucher", "prepaid"] = ""


class ChangeIn(Schema):
    """A change: the version it starts from, the fields that are to be different, and who told us."""

    version: int | None = None
    arrival_on: date | None = None
    departure_on: date | None = None
    arrival_time: Clock | None = None
    name: str | None = Field(None, min_length=1, max_length=120)
    persons: int | None = Field(None, ge=1, le=5000)
    escorts: int | None = Field(None, ge=0, le=500)
    rooms: list[RoomIn] | None = Field(None, max_length=200)
    meals: list[MealIn] | None = Field(None, max_length=300)
    guests: list[GuestIn] | None = Field(None, max_length=2000)
    escort_people: list[EscortIn] | None = Field(None, max_length=120)
    requests: str | None = Field(None, max_length=2000)
    tour_code: str | None = Field(None, max_length=40)
    nationality: str | None = Field(None, max_length=40)
    arrival_by: str | None = Field(None, max_length=60)
    departure_time: Clock | None = None
    departure_by: str | None = Field(None, max_length=60)
    payment: Literal["cash", "on_account", "transfer", "voucher", "prepaid"] | None = None
    payer_split: Payers | None = None
    rate_confidential: bool | None = None
    reason: str = Field("", max_length=200)
    told_by: str = Field("", max_length=80)
    told_how: Literal["", "fax", "mail", "phone", "letter", "wechat", "front_desk", "system"] = ""


class CancelIn(Schema):
    """A cancellation."""

    version: int | None = None
    reason: str = Field(max_length=200)
    told_by: str = Field(max_length=80)
    told_how: Literal["fax", "mail", "phone", "letter", "wechat", "front_desk", "system"]


class HoldIn(Schema):
    """Until when the rooms are held; the usual time when left out."""

    until_at: Moment | None = None


class WordIn(Schema):
    """A word that goes with a step: how it is guaranteed, why it is important."""

    text: str = Field(min_length=1, max_length=200)


class LiaisonIn(Schema):
    """Who looks after the group."""

    username: str = Field(max_length=60)


class DecisionIn(Schema):
    """The manager's word on a group without agreement: rates by room type code, terms."""

    accept: bool
    rates: dict[str, Decimal] = {}
    terms: str = Field("", max_length=500)


class BookingOut(Schema):
    """A booking; send `version` back with a change."""

    id: UUID
    number: str
    version: int
    kind: str
    state: str
    name: str
    client: UUID | None
    arrival_on: date
    departure_on: date
    persons: int
    total: str
    free_beds: int
    hold_until_at: datetime | None
    guarantee: str
    important: bool
    written: bool


class BookingMore(BookingOut):
    """A booking with its lines."""

    rooms: list[dict[str, Any]]
    meals: list[dict[str, Any]]
    guests: list[dict[str, Any]]
    escort_people: list[dict[str, Any]]


def brief(row: Booking) -> dict[str, Any]:
    """A booking as programs see it in lists."""
    return {
        "id": str(row.pk), "number": row.number, "version": row.version, "kind": row.kind, "state": row.state,
        "name": row.name, "client": str(row.client_id) if row.client_id else None,
        "arrival_on": row.arrival_on.isoformat(), "departure_on": row.departure_on.isoformat(), "persons": row.persons,
        "total": str(row.total), "free_beds": row.free_beds,
        "hold_until_at": row.hold_until_at.isoformat() if row.hold_until_at else None, "guarantee": row.guarantee,
        "important": row.is_important, "written": row.written_at is not None,
    }


def whole(row: Booking) -> dict[str, Any]:
    """A booking with its lines; room types by code."""
    codes = dict(RoomType.objects.of(row.hotel_id).values_list("pk", "code"))
    rooms = [{**plain(line), "room_type": codes.get(line.room_type_id)} for line in room_shapes(row)]
    guests = [{**plain(line), "room_type": codes.get(line.room_type_id, "")} for line in guest_shapes(row)]
    for line in (*rooms, *guests):
        line.pop("room_type_id", None)
    return {
        **brief(row), "rooms": rooms, "meals": [plain(line) for line in meal_shapes(row)], "guests": guests,
        "escort_people": [plain(line) for line in escort_shapes(row)],
    }


def booking_of(request: HttpRequest, pk: UUID) -> Booking:
    hotel_id = request.actor.hotel_id  # type: ignore[attr-defined]
    return Booking.objects.select_related("hotel", "client", "agreement").pick(hotel_id, pk)


def _rooms(request: HttpRequest, lines: list[RoomIn]) -> list[RoomLine]:
    types = {row.code: row.pk for row in RoomType.objects.of(request.actor.hotel_id)}  # type: ignore[attr-defined]
    unknown = {f"rooms {n}": ["unknown room type"] for n, line in enumerate(lines, 1) if line.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    return [RoomLine(types[line.room_type], line.from_on, line.until_on, line.rooms, line.use) for line in lines]


def _guests(request: HttpRequest, rows: list[GuestIn]) -> list[GuestLine]:
    wanted = {one.room_type for one in rows if one.room_type}
    types = {row.code: row.pk for row in RoomType.objects.of(request.actor.hotel_id)} if wanted else {}  # type: ignore[attr-defined]
    unknown = {f"guests {n}": ["unknown room type"] for n, one in enumerate(rows, 1) if one.room_type and one.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    return [
        GuestLine(one.name, one.gender, one.nationality, types.get(one.room_type), one.share, one.room_number, one.remarks) for one in rows
    ]


def _escorts(rows: list[EscortIn]) -> list[EscortLine]:
    return [EscortLine(one.role, one.name, one.phone) for one in rows]


def _meals(lines: list[MealIn]) -> list[MealLine]:
    return [
        MealLine(line.on, line.meal, line.persons, line.time, line.place, line.escorts, line.standard, diet=line.diet)
        for line in lines
    ]


def step_of(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.actor, "now": request.now}  # type: ignore[attr-defined]


@router.get("", response={200: list[BookingOut], **PROBLEMS})
@reads("bookings.view")
def list_bookings(
    request: HttpRequest, state: str = "", kind: str = "", arrival_from: date | None = None,
    arrival_until: date | None = None, after: UUID | None = None, limit: int = Query(50, ge=1, le=200),
) -> Any:
    """Bookings in order of arrival; `after` is the id of the last one seen."""
    rows = Booking.objects.of(request.actor.hotel_id)  # type: ignore[attr-defined]
    for name, value in (("state", state), ("kind", kind), ("arrival_on__gte", arrival_from), ("arrival_on__lt", arrival_until)):
        if value:
            rows = rows.filter(**{name: value})
    if after:
        last = booking_of(request, after)
        rows = rows.filter(arrival_on__gte=last.arrival_on).exclude(arrival_on=last.arrival_on, id__lte=last.pk)
    return [brief(row) for row in rows.order_by("arrival_on", "id")[:limit]]


@router.post("", response={201: BookingMore, **PROBLEMS})
@writes("bookings.edit", 201)
def draft(request: HttpRequest, data: BookingIn) -> Any:
    """Write a booking down; the rates are looked up, never given."""
    hotel = request.hotel  # type: ignore[attr-defined]
    client = Client.objects.pick(hotel.pk, data.client) if data.client else None
    row = actions.draft_booking(
        hotel, kind=data.kind, name=data.name, client=client, arrival_on=data.arrival_on, departure_on=data.departure_on,
        arrival_time=data.arrival_time, persons=data.persons, rooms=_rooms(request, data.rooms), meals=_meals(data.meals),
        guests=_guests(request, data.guests), escort_people=_escorts(data.escort_people), escorts=data.escorts, nationality=data.nationality,
        arrival_by=data.arrival_by, departure_time=data.departure_time, departure_by=data.departure_by, payer_split=dict(data.payer_split),
        rate_confidential=data.rate_confidential, requests=data.requests, tour_code=data.tour_code, payment=data.payment, **step_of(request),
    )
    return whole(row)


@router.get("/{uuid:pk}", response={200: BookingMore, **PROBLEMS})
@reads("bookings.view")
def read(request: HttpRequest, pk: UUID) -> Any:
    """One booking with its lines."""
    return whole(booking_of(request, pk))


@router.patch("/{uuid:pk}", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def change(request: HttpRequest, pk: UUID, data: ChangeIn) -> Any:
    """Change a booking; its papers and holders follow. 409 with both versions when somebody saved before."""
    row = booking_of(request, pk)
    told = ("version", "reason", "told_by", "told_how")
    fields = {key: value for key, value in data.dict(exclude_unset=True).items() if key not in told and value is not None}
    if data.rooms is not None:
        fields["rooms"] = _rooms(request, data.rooms)
    if data.meals is not None:
        fields["meals"] = _meals(data.meals)
    if data.guests is not None:
        fields["guests"] = _guests(request, data.guests)
    if data.escort_people is not None:
        fields["escort_people"] = _escorts(data.escort_people)
    actions.change(
        row, version=version_of(request, data.version), fields=fields, reason=data.reason, told_by=data.told_by,
        told_how=data.told_how, **step_of(request),
    )
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/hold", response={200: BookingMore, **PROBLEMS})
@writes("bookings.hold")
def hold(request: HttpRequest, pk: UUID, data: HoldIn) -> Any:
    """Hold the rooms."""
    return whole(actions.place_hold(booking_of(request, pk), until_at=data.until_at, **step_of(request)))


@router.post("/{uuid:pk}/guarantee", response={200: BookingMore, **PROBLEMS})
@writes("bookings.hold")
def guarantee(request: HttpRequest, pk: UUID, data: WordIn) -> Any:
    """The client guarantees it: the hold no longer lapses."""
    return whole(actions.guarantee(booking_of(request, pk), how=data.text, **step_of(request)))


@router.post("/{uuid:pk}/written", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def written(request: HttpRequest, pk: UUID) -> Any:
    """The client's written request is here."""
    return whole(actions.attach_written(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/decide", response={200: BookingMore, **PROBLEMS})
@writes("enquiries.decide")
def decide(request: HttpRequest, pk: UUID, data: DecisionIn) -> Any:
    """The manager's decision on a group without agreement."""
    row = actions.decide_group(
        booking_of(request, pk), accept=data.accept, rates=data.rates, terms=data.terms, **step_of(request)
    )
    return whole(row)


@router.post("/{uuid:pk}/confirm", response={200: BookingMore, **PROBLEMS})
@writes("bookings.confirm")
def confirm(request: HttpRequest, pk: UUID) -> Any:
    """Confirm; a clause that forbids it is named in the problem."""
    return whole(actions.confirm(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/cancel", response={200: BookingMore, **PROBLEMS})
@writes("bookings.cancel")
def cancel(request: HttpRequest, pk: UUID, data: CancelIn) -> Any:
    """Cancel; rooms and credit go back, holders of papers are told."""
    row = actions.cancel(
        booking_of(request, pk), reason=data.reason, told_by=data.told_by, told_how=data.told_how, version=data.version,
        **step_of(request),
    )
    return whole(row)


@router.post("/{uuid:pk}/liaison", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def liaison(request: HttpRequest, pk: UUID, data: LiaisonIn) -> Any:
    """Name the liaison of a group."""
    person = Person.objects.filter(username=data.username, appointments__hotel=request.hotel).distinct().first()  # type: ignore[attr-defined,misc]
    if person is None:
        raise Invalid(errors={"username": ["nobody here signs in with this name"]})
    return whole(actions.name_liaison(booking_of(request, pk), person=person, **step_of(request)))


@router.post("/{uuid:pk}/important", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def important(request: HttpRequest, pk: UUID, data: WordIn) -> Any:
    """Mark a group as important, with the reason."""
    return whole(actions.mark_important(booking_of(request, pk), reason=data.text, **step_of(request)))


@router.post("/{uuid:pk}/arrived", response={200: BookingMore, **PROBLEMS})
@writes("bookings.arrivals")
def arrived(request: HttpRequest, pk: UUID) -> Any:
    """They are here."""
    return whole(actions.mark_arrived(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/no-show", response={200: BookingMore, **PROBLEMS})
@writes("bookings.arrivals")
def no_show(request: HttpRequest, pk: UUID) -> Any:
    """They did not come."""
    return whole(actions.mark_no_show(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/departed", response={200: BookingMore, **PROBLEMS})
@writes("bookings.arrivals")
def departed(request: HttpRequest, pk: UUID) -> Any:
    """They have left."""
    return whole(actions.mark_departed(booking_of(request, pk), **step_of(request)))
