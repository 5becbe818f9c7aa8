"""Rooms for programs: what is left, what others sold, sell limits."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from guiju.api.doors import reads, writes
from guiju.api.problems import PROBLEMS
from guiju.rooms import actions
from guiju.rooms.models import RoomType
from guiju.rooms.queries.availability import availability
from guiju.shelf.errors import Invalid

router = Router(tags=["rooms"])
LONGEST = 400


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


class LineIn(Schema):
    """Rooms of a type for nights, half-open."""

    room_type: str
    from_on: date
    until_on: date
    rooms: int = Field(ge=0, le=2000)


class ElsewhereIn(Schema):
    """What another seller sold, by his reference; the same reference again replaces it, no lines give it back."""

    source: Literal["walk_in", "pms", "ota", "out_of_order"]
    reference: str = Field(min_length=1, max_length=60)
    label: str = Field("", max_length=120)
    lines: list[LineIn] = Field([], max_length=100)


class LimitIn(Schema):
    """A signed sell limit for nights."""

    room_type: str
    from_on: date
    until_on: date
    limit: int = Field(ge=0, le=5000)
    reason: str = Field(min_length=1, max_length=200)


class Done(Schema):
    """It is done."""

    done: bool = True


def _types(request: HttpRequest) -> dict[str, RoomType]:
    return {row.code: row for row in RoomType.objects.of(request.actor.hotel_id)}  # type: ignore[attr-defined]


@router.get("/availability", response={200: list[TypeOut], **PROBLEMS})
@reads("rooms.view")
def read(request: HttpRequest, from_on: date, until_on: date) -> Any:
    """What is left, per room type and night of [from_on, until_on)."""
    if not 0 < (until_on - from_on).days <= LONGEST:
        raise Invalid(errors={"until_on": [f"between 1 and {LONGEST} nights"]})
    matrix = availability(request.actor.hotel_id, from_on, until_on)  # type: ignore[attr-defined]
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


@router.post("/elsewhere", response={200: Done, **PROBLEMS})
@writes("rooms.elsewhere")
def elsewhere(request: HttpRequest, data: ElsewhereIn) -> Any:
    """Enter what others sold, through the same door as our own sales."""
    types = _types(request)
    unknown = {f"lines {n}": ["unknown room type"] for n, line in enumerate(data.lines, 1) if line.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    actions.sold_elsewhere(
        request.hotel, source=data.source, reference=data.reference, label=data.label,  # type: ignore[attr-defined]
        lines=[actions.Line(types[line.room_type], line.from_on, line.until_on, line.rooms) for line in data.lines if line.rooms],
        by=request.actor, now=request.now,  # type: ignore[attr-defined]
    )
    return {"done": True}


@router.post("/limits", response={200: Done, **PROBLEMS})
@writes("rooms.sell_limit")
def limits(request: HttpRequest, data: LimitIn) -> Any:
    """Sign a sell limit; more than there are rooms needs the right to oversell (booking.no-oversell)."""
    room_type = _types(request).get(data.room_type)
    if room_type is None:
        raise Invalid(errors={"room_type": ["unknown room type"]})
    actions.set_sell_limit(
        room_type, from_on=data.from_on, until_on=data.until_on, limit=data.limit, reason=data.reason,
        by=request.actor, now=request.now,  # type: ignore[attr-defined]
    )
    return {"done": True}
