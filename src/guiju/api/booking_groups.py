"""A group's dates, terms and outcome for programs; its steps before it comes, while it is here, when it leaves; an agency's past groups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from guiju.api.booking_shapes import BookingMore, booking_of, step_of, whole
from guiju.api.doors import reads, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given
from guiju.bookings import actions, group_queries
from guiju.bookings.group_terms import cells, charged_for_cuts, cost_of_cut, cut_off_ends_at, without
from guiju.bookings.models import Booking, Guest, Outcome
from guiju.bookings.stay import group_dates, lines_of
from guiju.clients.models import Client
from guiju.house.asking import Asked
from guiju.rates import queries as rates
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

router = Router(tags=["bookings"])
How = Literal["mail", "phone", "fax", "wechat", "letter"]
Words = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(max_length=80)]
Code = Annotated[str, Field(max_length=20)]


class ReconfirmIn(Given):
    """What agency or escort said some days before arrival."""

    outcome: Literal["as_agreed", "changed", "no_answer"]
    spoke_with: Name = ""
    how: How = "phone"
    text: Annotated[str, Field(max_length=300)] = ""


class ReconfirmOut(Schema):
    """A reconfirmation."""

    id: UUID
    outcome: str
    spoke_with: str
    at: datetime


class NamesChaseIn(Given):
    """How the names are asked for; by mail a letter is written and sent."""

    how: How = "mail"
    text: Words = ""


class NamesChaseOut(Schema):
    """The letter that went into the outbox, if one was written."""

    letter: UUID | None
    to: str


class CutOffIn(Given):
    """How many rooms of a type (its code) go back into sale; 0 keeps all."""

    release: int = Field(0, ge=0, le=2000)
    room_type: Code = ""
    reason: Annotated[str, Field(min_length=1, max_length=200)]


class AddRoomsIn(Given):
    """Further rooms on arrival, of a type by its code; `paper`: the agency's paper for them is here."""

    room_type: Code
    rooms: int = Field(ge=1, le=200)
    paper: bool = False
    told_by: Annotated[str, Field(min_length=1, max_length=80)]


class LuggageIn(Given):
    """Pieces brought down; if they are not as many as went up, why."""

    pieces: int = Field(ge=0, le=5000)
    text: Words = ""


class BillIn(Given):
    """With whom the bill was gone through."""

    with_whom: Annotated[str, Field(min_length=1, max_length=80)]
    text: Words = ""


class SettleIn(Given):
    """What the group took; `waive`: charge nothing, because."""

    rooms_used: int = Field(ge=0, le=2000)
    meals_eaten: int | None = Field(None, ge=0, le=100_000)
    waive: Words = ""


class OutcomeOut(Schema):
    """What a group took of what it booked and what it pays for the rest."""

    rooms_booked: int
    rooms_used: int
    meals_booked: int
    meals_eaten: int | None
    cut_charge: str
    no_show_charge: str
    charged: str
    waived: str
    because: str


class GroupOut(Schema):
    """A group's dates, names, terms and outcome."""

    rooming_list_on: date | None
    cut_off_on: date | None
    cut_off_over: bool
    names: int
    persons: int
    charged_for_cuts: str
    terms: dict[str, int] | None
    outcome: OutcomeOut | None
    opinions: list[str]


class CostOut(Schema):
    """What fewer rooms would cost, and why."""

    amount: str
    because: str
    short: int
    free: int


class PastOut(Schema):
    """A group that is over."""

    id: UUID
    number: str
    name: str
    state: str
    arrival_on: date
    rooms_booked: int | None
    rooms_used: int | None
    meals_booked: int | None
    meals_eaten: int | None
    charged: str
    opinions: list[str]


def _outcome(row: Outcome) -> dict[str, Any]:
    return {
        "rooms_booked": row.rooms_booked, "rooms_used": row.rooms_used, "meals_booked": row.meals_booked, "meals_eaten": row.meals_eaten,
        "cut_charge": str(row.cut_charge), "no_show_charge": str(row.no_show_charge), "charged": str(row.charged), "waived": row.waived,
        "because": group_queries.because(row),
    }


def _type_of(booking: Booking, code: str) -> RoomType:
    found = RoomType.objects.of(booking.hotel_id).filter(code=code).first()
    if found is None:
        raise Invalid(errors={"room_type": ["unknown room type"]})
    return found


@router.get("/past-groups", response={200: list[PastOut], **PROBLEMS})
@reads("bookings.view")
def past_groups(request: Asked, client: UUID, limit: int = Query(50, ge=1, le=200)) -> Any:
    """An agency's groups that are over, latest first."""
    row = Client.objects.pick(request.actor.hotel_id, client)
    groups = group_queries.past_groups(row.hotel_id, row.pk, timezone.localtime(request.now).date(), limit)
    return [
        {
            "id": str(one.booking.pk), "number": one.booking.number, "name": one.booking.name, "state": one.booking.state,
            "arrival_on": one.booking.arrival_on.isoformat(), "rooms_booked": one.rooms_booked, "rooms_used": one.rooms_used,
            "meals_booked": one.meals_booked, "meals_eaten": one.meals_eaten, "charged": str(one.charge),
            "opinions": list(one.opinions),
        }
        for one in groups
    ]


@router.get("/{uuid:pk}/group", response={200: GroupOut, **PROBLEMS})
@reads("bookings.view")
def group(request: Asked, pk: UUID) -> Any:
    """A group's dates, names, terms and outcome."""
    booking = booking_of(request, pk)
    dates, ends, terms = group_dates(booking), cut_off_ends_at(booking), rates.group_terms(booking.agreement)
    outcome = Outcome.objects.of(booking.hotel_id).filter(booking=booking).first()
    return {
        "rooming_list_on": dates.get("rooming_list_on"), "cut_off_on": dates.get("cut_off_on"),
        "cut_off_over": ends is not None and request.now >= ends,
        "names": Guest.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).count(), "persons": booking.persons,
        "charged_for_cuts": str(charged_for_cuts(booking)),
        "terms": {name: getattr(terms, name) for name in TERMS} if terms else None, "outcome": _outcome(outcome) if outcome else None,
        "opinions": list(booking.opinions.order_by("at", "id").values_list("text", flat=True)),
    }


TERMS = ("cut_off_days", "cut_rooms", "cut_rooms_large", "cut_notice_hours", "short_percent", "no_show_percent", "no_show_nights")


@router.get("/{uuid:pk}/cut-cost", response={200: CostOut, **PROBLEMS})
@reads("bookings.view")
def cut_cost(request: Asked, pk: UUID, room_type: str = Query(max_length=20), fewer: int = Query(ge=1, le=500)) -> Any:
    """What so many rooms fewer of a type in each night would cost now; nothing is changed."""
    booking = booking_of(request, pk)
    kind = _type_of(booking, room_type)
    cost = cost_of_cut(booking, without(cells(lines_of(booking)), str(kind.pk), fewer), now=request.now)
    return {"amount": str(cost.amount), "because": rates.cost_said(cost), "short": cost.short, "free": cost.free}


@router.post("/{uuid:pk}/reconfirm", response={201: ReconfirmOut, **PROBLEMS})
@writes("bookings.liaise", 201)
def reconfirm(request: Asked, pk: UUID, data: ReconfirmIn) -> Any:
    """The group was gone through once more with agency or escort."""
    row = actions.reconfirm(booking_of(request, pk), **data.dict(), **step_of(request))
    return {"id": str(row.pk), "outcome": row.outcome, "spoke_with": row.spoke_with, "at": row.at.isoformat()}


@router.post("/{uuid:pk}/chase-names", response={200: NamesChaseOut, **PROBLEMS})
@writes("bookings.liaise")
def chase_names(request: Asked, pk: UUID, data: NamesChaseIn) -> Any:
    """Ask for the rooming list: a letter, or a call that is noted."""
    letter = actions.chase_names(booking_of(request, pk), **data.dict(), **step_of(request))
    return {"letter": str(letter.pk) if letter else None, "to": letter.to if letter else ""}


@router.post("/{uuid:pk}/cut-off", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def cut_off(request: Asked, pk: UUID, data: CutOffIn) -> Any:
    """Decide on rooms without names: keep them, or let some go."""
    booking = booking_of(request, pk)
    kind = _type_of(booking, data.room_type) if data.release else None
    actions.decide_cut_off(booking, room_type=kind, release=data.release, reason=data.reason, **step_of(request))
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/add-rooms", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def add_rooms(request: Asked, pk: UUID, data: AddRoomsIn) -> Any:
    """Further rooms on arrival at the agreed terms; 409 names the nights that are short."""
    booking = booking_of(request, pk)
    actions.add_rooms(
        booking, room_type=_type_of(booking, data.room_type), rooms=data.rooms, paper=data.paper, told_by=data.told_by, **step_of(request)
    )
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/luggage-down", response={200: BookingMore, **PROBLEMS})
@writes("bookings.service")
def luggage_down(request: Asked, pk: UUID, data: LuggageIn) -> Any:
    """The luggage is down and counted."""
    actions.luggage_down(booking_of(request, pk), pieces=data.pieces, text=data.text, **step_of(request))
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/bill", response={200: BookingMore, **PROBLEMS})
@writes("bookings.liaise")
def bill(request: Asked, pk: UUID, data: BillIn) -> Any:
    """The bill was gone through with the leader or escort."""
    actions.agree_bill(booking_of(request, pk), with_whom=data.with_whom, text=data.text, **step_of(request))
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/settle", response={200: OutcomeOut, **PROBLEMS})
@writes("bookings.edit")
def settle(request: Asked, pk: UUID, data: SettleIn) -> Any:
    """What the group took; rooms not taken are charged by its agreement's terms."""
    return _outcome(
        actions.settle(booking_of(request, pk), rooms_used=data.rooms_used, meals_eaten=data.meals_eaten, waive=data.waive, **step_of(request))
    )
