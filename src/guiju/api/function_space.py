"""Function space for programs: the diary, functions and their steps, halls out of order, who waits."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from ninja import Field, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.halls import Code, Minutes, Persons, hall_named
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day, Given, Moment, WhyIn
from guiju.function_space import actions
from guiju.function_space.models import Function, HallWaiting, Style
from guiju.function_space.queries import fits, free, halls_of, standing, waiting_list
from guiju.function_space.queries.space import Offer
from guiju.function_space.refusing import offered
from guiju.function_space.spans import Span, checked
from guiju.house.asking import Asked
from guiju.shelf.errors import Invalid

router = Router(tags=["function space"])
LONGEST = 100


class FunctionOut(Schema):
    """A hall taken; send `version` back with a move or change."""

    id: UUID
    version: int
    hall: str
    label: str
    about: list[str]
    state: str
    from_at: str
    until_at: str
    taken_from_at: str
    taken_until_at: str
    setup_minutes: int
    turn_minutes: int
    option_until_at: str | None
    persons: int | None
    style: str
    remarks: str
    over_at: str | None
    over_reason: str


class OfferOut(Schema):
    """A hall that is free for a time."""

    hall: str
    hall_name: str
    from_at: str
    until_at: str


class SpaceIn(Given):
    """A hall and a time, in quarters of an hour."""

    hall: Code
    from_at: Moment
    until_at: Moment


class FunctionIn(SpaceIn):
    """A function: an option until `option_until_at`, definite without it. Set-up and clearing are the hall's unless given."""

    label: str = Field(min_length=1, max_length=120)
    option_until_at: Moment | None = None
    persons: Persons | None = None
    style: Style | Literal[""] = ""
    setup_minutes: Minutes | None = None
    turn_minutes: Minutes | None = None
    remarks: str = Field("", max_length=300)


class MoveIn(Given):
    """Another hall, time, set-up or clearing; what is not given stays."""

    hall: Code | None = None
    from_at: Moment | None = None
    until_at: Moment | None = None
    setup_minutes: Minutes | None = None
    turn_minutes: Minutes | None = None
    version: int | None = None


class FunctionChange(Given):
    """What is said about a function beside its hall and time; what is not given stays."""

    label: str | None = Field(None, min_length=1, max_length=120)
    persons: Persons | None = None
    style: Style | Literal[""] | None = None
    remarks: str | None = Field(None, max_length=300)
    version: int | None = None


class UntilIn(Given):
    """Until when the option runs."""

    option_until_at: Moment


class RepairIn(SpaceIn):
    """A hall that nobody can have, and why."""

    reason: str = Field(min_length=1, max_length=120)


class HallWaitIn(SpaceIn):
    """Who waits for which hall."""

    label: str = Field(min_length=1, max_length=120)
    persons: Persons | None = None
    setup_minutes: Minutes | None = None
    turn_minutes: Minutes | None = None


class HallWaitingOut(Schema):
    """Somebody who waits for a hall."""

    id: UUID
    label: str
    about: list[str]
    hall: str
    from_at: str
    until_at: str
    persons: int | None
    told_at: str | None
    closed_reason: str


class TakeIn(Given):
    """As an option until a moment, or definite."""

    option_until_at: Moment | None = None


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _out(row: Function, hall: str) -> dict[str, Any]:
    moments = ("from_at", "until_at", "taken_from_at", "taken_until_at", "option_until_at", "over_at")
    plain = ("version", "label", "state", "setup_minutes", "turn_minutes", "persons", "style", "remarks", "over_reason")
    return {
        "id": str(row.pk), "hall": hall, "about": [row.about_kind, row.about_id], **{name: getattr(row, name) for name in plain},
        **{name: _said(getattr(row, name)) for name in moments},
    }


def _one(row: Function) -> dict[str, Any]:
    return _out(row, row.hall.code)


def _function(request: Asked, pk: UUID) -> Function:
    row: Function = Function.objects.select_related("hall", "hotel").pick(request.actor.hotel_id, pk)
    return row


def _taken(request: Asked, data: SpaceIn) -> dict[str, Any]:
    """What was sent, its hall named and its moments whole."""
    given = data.dict()
    if given.get("style"):
        given["style"] = str(Style(given["style"]))
    return {**given, "hall": hall_named(request, data.hall)}


@router.get("", response={200: list[FunctionOut], **PROBLEMS})
@reads("function_space.view")
def listing(request: Asked, from_on: Day, until_on: Day, hall: Annotated[str, Field(max_length=12)] = "") -> Any:
    """What stands in [from_on, until_on), the earliest first; set-up and clearing counted in."""
    if not 0 < (until_on - from_on).days <= LONGEST:
        raise Invalid(errors={"until_on": [f"between 1 and {LONGEST} days"]})
    zone, halls = ZoneInfo(request.hotel.zone), halls_of(request.actor.hotel_id)
    wanted = [halls.by_id[hall_named(request, hall).pk].pk] if hall else None
    first, last = (datetime.combine(on, time(0), zone) for on in (from_on, until_on))
    return [_out(row, halls.by_id[row.hall_id].code) for row in standing(request.actor.hotel_id, first, last, wanted)]


@router.get("/free", response={200: list[OfferOut], **PROBLEMS})
@reads("function_space.view")
def free_halls(request: Asked, from_at: Moment, until_at: Moment, persons: Annotated[int, Field(ge=0, le=99999)] = 0,
               style: Style | Literal[""] = "") -> Any:
    """The halls that are free for a time with their own set-up and clearing, and take so many persons."""
    halls = halls_of(request.actor.hotel_id)
    checked(Span(from_at, until_at))
    around = timedelta(days=1)  # set-up and clearing add at most a day; what matters is looked at hall by hall
    taken = standing(request.actor.hotel_id, from_at - around, until_at + around)
    spans = {hall.pk: Span(from_at, until_at, hall.setup_minutes, hall.turn_minutes) for hall in halls.open}
    return [
        offered(Offer(hall, spans[hall.pk], True))
        for hall in halls.open
        if fits(hall, persons or None, str(style)) and free(halls, taken, hall.pk, spans[hall.pk])
    ]


@router.post("", response={201: FunctionOut, **PROBLEMS})
@writes("function_space.hold", 201)
def hold(request: Asked, data: FunctionIn) -> Any:
    """Take a hall. 409 "hall_taken" names what is in the way (`clash`) and what else is free (`free`) (event.function-space)."""
    return _one(actions.hold(request.hotel, **_taken(request, data), **step_of(request)))


@router.post("/repairs", response={201: FunctionOut, **PROBLEMS})
@writes("function_space.maintain", 201)
def repair(request: Asked, data: RepairIn) -> Any:
    """Put a hall out of order for a while."""
    return _one(actions.put_out_of_order(request.hotel, **_taken(request, data), **step_of(request)))


@router.get("/waiting", response={200: list[HallWaitingOut], **PROBLEMS})
@reads("function_space.view")
def waiting(request: Asked, closed: bool = False) -> Any:
    """Who wants a hall that is taken, longest first."""
    return [_waiting(row) for row in waiting_list(request.actor.hotel_id, closed=closed)]


@router.post("/waiting", response={201: HallWaitingOut, **PROBLEMS})
@writes("function_space.hold", 201)
def wait_for(request: Asked, data: HallWaitIn) -> Any:
    """Put somebody on the waiting list for a hall."""
    return _waiting(actions.wait_for(request.hotel, **_taken(request, data), **step_of(request)))


@router.post("/waiting/{uuid:pk}/take", response={201: FunctionOut, **PROBLEMS})
@writes("function_space.hold", 201)
def take(request: Asked, pk: UUID, data: TakeIn) -> Any:
    """Take the hall for whoever waits, and close the entry."""
    return _one(actions.take_waited_for(_entry(request, pk), option_until_at=data.option_until_at, **step_of(request)))


@router.post("/waiting/{uuid:pk}/close", response={200: HallWaitingOut, **PROBLEMS})
@writes("function_space.hold")
def close_waiting(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """Take somebody off the list, with what became of it."""
    return _waiting(actions.close_waiting(_entry(request, pk), reason=data.reason, **step_of(request)))


def _entry(request: Asked, pk: UUID) -> HallWaiting:
    row: HallWaiting = HallWaiting.objects.select_related("hall", "hotel").pick(request.actor.hotel_id, pk)
    return row


def _waiting(row: HallWaiting) -> dict[str, Any]:
    return {
        "id": str(row.pk), "label": row.label, "about": [row.about_kind, row.about_id], "hall": row.hall.code, "persons": row.persons,
        "from_at": _said(row.from_at), "until_at": _said(row.until_at), "told_at": _said(row.told_at), "closed_reason": row.closed_reason,
    }


@router.get("/{uuid:pk}", response={200: FunctionOut, **PROBLEMS})
@reads("function_space.view")
def read(request: Asked, pk: UUID) -> Any:
    """One function."""
    return _one(_function(request, pk))


@router.patch("/{uuid:pk}", response={200: FunctionOut, **PROBLEMS})
@writes("function_space.hold")
def change(request: Asked, pk: UUID, data: FunctionChange) -> Any:
    """Another name, number of persons, set-up style or remark."""
    values = data.dict(exclude_unset=True, exclude={"version"})
    if values.get("style"):
        values["style"] = str(Style(values["style"]))
    wanted = {name: value for name, value in values.items() if value is not None or name == "persons"}
    return _one(actions.change(_function(request, pk), version=data.version, **wanted, **step_of(request)))


@router.post("/{uuid:pk}/confirm", response={200: FunctionOut, **PROBLEMS})
@writes("function_space.hold")
def confirm(request: Asked, pk: UUID) -> Any:
    """An option becomes definite."""
    return _one(actions.confirm(_function(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/extend", response={200: FunctionOut, **PROBLEMS})
@writes("function_space.hold")
def extend(request: Asked, pk: UUID, data: UntilIn) -> Any:
    """Keep an option until another moment."""
    return _one(actions.extend_option(_function(request, pk), option_until_at=data.option_until_at, **step_of(request)))


@router.post("/{uuid:pk}/move", response={200: FunctionOut, **PROBLEMS})
@writes("function_space.hold")
def move(request: Asked, pk: UUID, data: MoveIn) -> Any:
    """Another hall or time, whole or not at all."""
    given = data.dict()
    hall = hall_named(request, given.pop("hall")) if data.hall else given.pop("hall")
    return _one(actions.move(_function(request, pk), hall=hall, **given, **step_of(request)))


@router.post("/{uuid:pk}/release", response={200: FunctionOut, **PROBLEMS})
@writes("function_space.hold")
def release(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """Give the hall back, with the reason; who waits for it is told."""
    return _one(actions.release(_function(request, pk), reason=data.reason, **step_of(request)))


@router.post("/{uuid:pk}/back", response={200: FunctionOut, **PROBLEMS})
@writes("function_space.maintain")
def back(request: Asked, pk: UUID) -> Any:
    """A hall out of order is in order again."""
    return _one(actions.put_back_in_order(_function(request, pk), **step_of(request)))
