"""Arrivals as the PMS tells them, for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import Field, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given
from guiju.bookings.actions.arriving import Told, take_arrivals
from guiju.house.asking import Asked

router = Router(tags=["bookings"])


class ArrivalIn(Given):
    """A booking by its number, and what became of it."""

    number: Annotated[str, Field(min_length=1, max_length=20)]
    what: Literal["arrived", "no_show", "departed"]


class ArrivalsIn(Given):
    """Several bookings: all of them or none."""

    rows: Annotated[list[ArrivalIn], Field(min_length=1, max_length=5000)]


class ArrivalsOut(Schema):
    """How many marks were new, and the outcome of each row: done or already."""

    new: int
    outcomes: list[str]


def _marked(request: Asked, data: ArrivalsIn) -> dict[str, Any]:
    rows = [Told(number, one.number.upper(), one.what) for number, one in enumerate(data.rows, 1)]
    new = take_arrivals(request.hotel, rows=rows, **step_of(request))
    return {"new": new, "outcomes": [told.outcome for told in rows]}


@router.post("/arrivals", response={200: ArrivalsOut, **PROBLEMS})
@writes("bookings.arrivals")
def arrivals(request: Asked, data: ArrivalsIn) -> Any:
    """Mark arrived, no-show and departed bookings; the same list again changes nothing."""
    return _marked(request, data)


@router.post("/arrivals/check", response={200: ArrivalsOut, **PROBLEMS})
@reads("bookings.arrivals")
def check(request: Asked, data: ArrivalsIn) -> Any:
    """What the list would do; nothing is written."""
    with transaction.atomic():  # the very step, taken back
        found = _marked(request, data)
        transaction.set_rollback(True)
    return found
