"""Rooms for programs: what is left, who has them, what others sold, sell limits, the waiting list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Day, Done, Given, Rooms, WhyIn
from guiju.house.asking import Asked
from guiju.rooms import actions
from guiju.rooms.models import Block, RoomType, SellLimit, Waiting
from guiju.rooms.queries import waiting_list
from guiju.rooms.queries.availability import availability
from guiju.rooms.sheets import taken
from guiju.shelf.errors import Invalid
from guiju.shelf.ids import uuid7

router = Router(tags=["rooms"])
LONGEST = 400
Code = Annotated[str, Field(max_length=12)]


class NightOut(Schema):
    """One night of a room type."""

    night: date
    sell_limit: int
    sold: int
    held: int
    out_of_order: int
    left: int


class TypeOut(Schema):
    """A room type with its nights."""

    code: str
    name: str
    physical: int
    nights: list[NightOut]


class LineIn(Given):
    """Rooms of a type for nights, half-open."""

    room_type: Code
    from_on: Day
    until_on: Day
    rooms: int = Field(ge=0, le=9999)


class ElsewhereIn(Given):
    """What another seller sold, by his reference; the same reference again replaces it, no lines give it back."""

    source: Literal["walk_in", "pms", "ota", "out_of_order"]
    reference: str = Field(min_length=1, max_length=40)
    label: str = Field("", max_length=120)
    lines: list[LineIn] = Field([], max_length=100)


class ElsewhereAll(Given):
    """A whole list: all of it or nothing."""

    reports: list[ElsewhereIn] = Field(min_length=1, max_length=5000)


class TakenOut(Schema):
    """What others have now, a run of nights a line."""

    source: str
    reference: str
    label: str
    room_type: str
    from_on: date
    until_on: date
    rooms: int


class BlockOut(Schema):
    """Rooms somebody has: held until a moment, or sold."""

    id: UUID
    about: list[str]
    label: str
    state: str
    source: str
    hold_until_at: str | None
    first_night: date
    last_night: date
    rooms: int


class LimitIn(Given):
    """A signed sell limit for nights."""

    room_type: Code
    from_on: Day
    until_on: Day
    limit: int = Field(ge=0, le=9999)
    reason: str = Field(min_length=1, max_length=200)


class LimitOut(Schema):
    """A sell limit that was signed."""

    id: UUID
    room_type: str
    from_on: date
    until_on: date
    limit: int
    reason: str


class WaitingIn(Given):
    """Who waits for which rooms."""

    label: str = Field(min_length=1, max_length=120)
    room_type: Code
    from_on: Day
    until_on: Day
    rooms: Rooms


class WaitingOut(Schema):
    """Somebody who waits."""

    id: UUID
    about: list[str]
    label: str
    room_type: str
    from_on: date
    until_on: date
    rooms: int
    closed_reason: str


def types_of(request: Asked) -> dict[str, RoomType]:
    """The hotel's room types by code."""
    return {row.code: row for row in RoomType.objects.of(request.actor.hotel_id)}


def type_named(request: Asked, code: str) -> RoomType:
    """A room type by code. Raises Invalid at the field."""
    row = types_of(request).get(code)
    if row is None:
        raise Invalid(errors={"room_type": ["unknown room type"]})
    return row


def _reports(request: Asked, given: list[ElsewhereIn]) -> list[actions.Report]:
    types = types_of(request)
    errors = {
        f"reports.{number}.lines.{place}": ["unknown room type"]
        for number, report in enumerate(given, 1) for place, line in enumerate(report.lines, 1) if line.room_type not in types
    }
    if errors:
        raise Invalid(errors=errors)
    return [
        actions.Report(
            report.source, report.reference,
            [actions.Line(types[line.room_type], line.from_on, line.until_on, line.rooms) for line in report.lines if line.rooms],
            report.label,
        )
        for report in given
    ]


@router.get("/availability", response={200: list[TypeOut], **PROBLEMS})
@reads("rooms.view")
def read(request: Asked, from_on: Day, until_on: Day) -> Any:
    """What is left, per room type and night of [from_on, until_on)."""
    if not 0 < (until_on - from_on).days <= LONGEST:
        raise Invalid(errors={"until_on": [f"between 1 and {LONGEST} nights"]})
    matrix = availability(request.actor.hotel_id, from_on, until_on)
    return [
        {
            "code": row.room_type.code, "name": row.room_type.name, "physical": row.room_type.physical,
            "nights": [
                {
                    "night": night.isoformat(), "sell_limit": cell.limit, "sold": cell.sold, "held": cell.held,
                    "out_of_order": cell.out_of_order, "left": cell.left,
                }
                for night, cell in zip(matrix.nights, row.nights, strict=True)
            ],
        }
        for row in matrix.rows
    ]


@router.get("/blocks", response={200: list[BlockOut], **PROBLEMS})
@reads("rooms.view")
def blocks(
    request: Asked, from_on: Day, until_on: Day, state: Literal["", "held", "sold"] = "", limit: int = Query(200, ge=1, le=1000)
) -> Any:
    """Who has rooms in any night of [from_on, until_on), the first to arrive on top."""
    rows = Block.objects.of(request.actor.hotel_id).exclude(state=Block.State.RELEASED)
    rows = rows.filter(last_night__gte=from_on, first_night__lt=until_on, **({"state": state} if state else {}))
    return [
        {
            "id": str(row.pk), "about": [row.about_kind, row.about_id], "label": row.label, "state": row.state,
            "source": row.source, "hold_until_at": row.hold_until_at.isoformat() if row.hold_until_at else None,
            "first_night": row.first_night.isoformat(), "last_night": row.last_night.isoformat(), "rooms": row.rooms,
        }
        for row in rows.order_by("first_night", "id")[:limit]
    ]


@router.get("/elsewhere", response={200: list[TakenOut], **PROBLEMS})
@reads("rooms.elsewhere")
def elsewhere_list(request: Asked, limit: int = Query(200, ge=1, le=2000)) -> Any:
    """What others have from today on."""
    rows = Block.objects.of(request.actor.hotel_id).filter(about_kind="elsewhere").exclude(state=Block.State.RELEASED)
    rows = rows.filter(last_night__gte=timezone.localtime(request.now).date()).order_by("first_night", "id")
    return list(taken(rows[:limit]))


@router.post("/elsewhere", response={200: Done, **PROBLEMS})
@writes("rooms.elsewhere")
def elsewhere(request: Asked, data: ElsewhereIn) -> Any:
    """Enter what others sold, through the same door as our own sales; no lines give it back."""
    report = _reports(request, [data])[0]
    actions.sold_elsewhere(
        request.hotel, source=report.source, reference=report.reference, label=report.label, lines=report.lines, **step_of(request)
    )
    return DONE


@router.post("/elsewhere/import", response={200: Done, **PROBLEMS})
@writes("rooms.elsewhere")
def elsewhere_all(request: Asked, data: ElsewhereAll) -> Any:
    """Enter a whole list, or nothing when a part of it does not go; `many` references were new or changed."""
    many = actions.sold_elsewhere_all(request.hotel, reports=_reports(request, data.reports), **step_of(request))
    return {"done": True, "many": many}


@router.get("/limits", response={200: list[LimitOut], **PROBLEMS})
@reads("rooms.view")
def limit_list(request: Asked, limit: int = Query(50, ge=1, le=500)) -> Any:
    """Signed sell limits, the newest first."""
    rows = SellLimit.objects.of(request.actor.hotel_id).select_related("room_type").order_by("-at", "-id")[:limit]
    return [
        {
            "id": str(row.pk), "room_type": row.room_type.code, "from_on": row.from_on.isoformat(),
            "until_on": row.until_on.isoformat(), "limit": row.limit, "reason": row.reason,
        }
        for row in rows
    ]


@router.post("/limits", response={200: Done, **PROBLEMS})
@writes("rooms.sell_limit")
def limits(request: Asked, data: LimitIn) -> Any:
    """Sign a sell limit; more than there are rooms needs the right to oversell (booking.no-oversell)."""
    row = type_named(request, data.room_type)
    actions.set_sell_limit(row, **data.dict(exclude={"room_type"}), **step_of(request))
    return DONE


def _waiting(row: Waiting) -> dict[str, Any]:
    return {
        "id": str(row.pk), "about": [row.about_kind, row.about_id], "label": row.label, "room_type": row.room_type.code,
        "from_on": row.from_on.isoformat(), "until_on": row.until_on.isoformat(), "rooms": row.rooms,
        "closed_reason": row.closed_reason,
    }


@router.get("/waiting", response={200: list[WaitingOut], **PROBLEMS})
@reads("rooms.view")
def waiting(request: Asked, closed: bool = False) -> Any:
    """Who wants rooms that are full, longest first."""
    return [_waiting(row) for row in waiting_list(request.actor.hotel_id, closed=closed)]


@router.post("/waiting", response={201: WaitingOut, **PROBLEMS})
@writes("bookings.hold", 201)
def wait_for(request: Asked, data: WaitingIn) -> Any:
    """Put somebody on the waiting list."""
    values = {**data.dict(), "room_type": type_named(request, data.room_type)}
    return _waiting(actions.wait_for(request.hotel, about=("waiting", str(uuid7())), **values, **step_of(request)))


@router.post("/waiting/{uuid:pk}/close", response={200: WaitingOut, **PROBLEMS})
@writes("bookings.hold")
def close_waiting(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """Take somebody off the list, with what became of it."""
    row = Waiting.objects.select_related("room_type").pick(request.actor.hotel_id, pk)
    return _waiting(actions.close_waiting(row, reason=data.reason, **step_of(request)))
