"""A booking as programs send and get it: its lines, its fields, and the shapes the verbs want."""

from __future__ import annotations

from datetime import date, datetime
from datetime import time as Clock
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.shapes import Given, Moment
from guiju.bookings.lines import escort_shapes, guest_shapes, meal_shapes, room_shapes
from guiju.bookings.models import Booking
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine, plain
from guiju.house.asking import Asked
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

Count = Field(ge=1, le=2000)


class RoomIn(Given):
    """Rooms of a type (its code) from one night until another, half-open."""

    room_type: str
    from_on: date
    until_on: date
    rooms: int = Count
    use: Literal["guest", "escort", "free", "working", "extra"] = "guest"


class MealIn(Given):
    """One meal of a group."""

    on: date
    meal: Literal["breakfast", "lunch", "dinner"]
    persons: int = Field(ge=0, le=5000)
    time: Clock | None = None
    place: str = Field("", max_length=60)
    escorts: int = Field(0, ge=0, le=500)
    standard: str = Field("", max_length=40)
    diet: str = Field("", max_length=120)


class GuestIn(Given):
    """A line of the rooming list; the room type by its code."""

    name: str = Field(max_length=80)
    gender: Literal["", "m", "f"] = ""
    nationality: str = Field("", max_length=40)
    room_type: str = Field("", max_length=20)
    share: str = Field("", max_length=10)
    room_number: str = Field("", max_length=12)
    remarks: str = Field("", max_length=120)


class EscortIn(Given):
    """Leader, guide or driver."""

    role: Literal["leader", "national_guide", "local_guide", "driver"]
    name: str = Field(min_length=1, max_length=60)
    phone: str = Field("", max_length=40)


Payer = Literal["client", "guest"]
Payers = dict[Literal["rooms", "meals", "escorts", "incidentals"], Payer]


class BookingIn(Given):
    """What a booking is drafted from."""

    kind: Literal["fit_cash", "on_account", "group"]
    name: str = Field(max_length=120)
    client: UUID | None = None
    contact: UUID | None = None  # who of the client's people booked it
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
    agents: bool = False  # the agents travel themselves: such groups are gone through first
    payment: Literal["", "cash", "on_account", "transfer", "voucher", "prepaid"] = ""


class ChangeIn(Given):
    """A change: the version it starts from, the fields that are to be different, and who told us."""

    version: int | None = None
    arrival_on: date | None = None
    departure_on: date | None = None
    arrival_time: Clock | None = None
    name: str | None = Field(None, min_length=1, max_length=120)
    contact: UUID | None = None
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
    agents: bool | None = None
    reason: str = Field("", max_length=200)
    told_by: str = Field("", max_length=80)
    told_how: Literal["", "fax", "mail", "phone", "letter", "wechat", "front_desk", "system"] = ""


class CancelIn(Given):
    """A cancellation."""

    version: int | None = None
    reason: str = Field(max_length=200)
    told_by: str = Field(max_length=80)
    told_how: Literal["fax", "mail", "phone", "letter", "wechat", "front_desk", "system"]


class HoldIn(Given):
    """Until when the rooms are held; the usual time when left out."""

    until_at: Moment | None = None


class WordIn(Given):
    """A word that goes with a step: how it is guaranteed, why it is important."""

    text: str = Field(min_length=1, max_length=200)


class WrittenIn(Given):
    """The client's request: a file in base64, or which paper it is and where it is kept; nothing where the enquiry was written."""

    file: str = Field("", max_length=34_000_000)
    filename: str = Field("request", max_length=200)
    paper: str = Field("", max_length=200)


class LiaisonIn(Given):
    """Who looks after the group."""

    username: str = Field(max_length=60)


class DecisionIn(Given):
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
    contact: UUID | None
    arrival_on: date
    departure_on: date
    persons: int
    total: str
    free_beds: int
    hold_until_at: datetime | None
    guarantee: str
    important: bool
    written: bool
    written_paper: str


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
        "name": row.name, "client": str(row.client_id) if row.client_id else None, "contact": str(row.contact_id) if row.contact_id else None,
        "arrival_on": row.arrival_on.isoformat(), "departure_on": row.departure_on.isoformat(), "persons": row.persons,
        "total": str(row.total), "free_beds": row.free_beds,
        "hold_until_at": row.hold_until_at.isoformat() if row.hold_until_at else None, "guarantee": row.guarantee,
        "important": row.is_important, "written": row.written_at is not None, "written_paper": row.written_paper,
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


def booking_of(request: Asked, pk: UUID) -> Booking:
    hotel_id = request.actor.hotel_id
    return Booking.objects.select_related("hotel", "client", "agreement").pick(hotel_id, pk)


def rooms_of(request: Asked, lines: list[RoomIn]) -> list[RoomLine]:
    types = {row.code: row.pk for row in RoomType.objects.of(request.actor.hotel_id)}
    unknown = {f"rooms {n}": ["unknown room type"] for n, line in enumerate(lines, 1) if line.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    return [RoomLine(types[line.room_type], line.from_on, line.until_on, line.rooms, line.use) for line in lines]


def guests_of(request: Asked, rows: list[GuestIn]) -> list[GuestLine]:
    wanted = {one.room_type for one in rows if one.room_type}
    types = {row.code: row.pk for row in RoomType.objects.of(request.actor.hotel_id)} if wanted else {}
    unknown = {f"guests {n}": ["unknown room type"] for n, one in enumerate(rows, 1) if one.room_type and one.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    return [
        GuestLine(one.name, one.gender, one.nationality, types.get(one.room_type), one.share, one.room_number, one.remarks) for one in rows
    ]


def escorts_of(rows: list[EscortIn]) -> list[EscortLine]:
    return [EscortLine(one.role, one.name, one.phone) for one in rows]


def meals_of(lines: list[MealIn]) -> list[MealLine]:
    return [
        MealLine(line.on, line.meal, line.persons, line.time, line.place, line.escorts, line.standard, diet=line.diet)
        for line in lines
    ]


def step_of(request: Asked) -> dict[str, Any]:
    return {"by": request.actor, "now": request.now}
