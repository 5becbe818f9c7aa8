"""Calendar feeds for programs: make, change and end one's own address; the administrator ends anybody's."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, Given
from guiju.feeds import actions, tokens
from guiju.feeds.models import Feed
from guiju.house.asking import Asked
from guiju.shelf.errors import Missing

router = Router(tags=["me"])
of_people = Router(tags=["house"])


class FeedOut(Schema):
    """My calendar feed: what it holds and when it was fetched; its address only in the answer that made it."""

    open: bool
    parts: list[str]
    alarm_minutes: int
    lang: str
    created_at: datetime | None
    last_used_at: datetime | None
    address: str | None = None


class FeedIn(Given):
    """What my feed holds, how many minutes before a duty it rings (0: not at all), in which language."""

    parts: Annotated[list[Literal["duties", "arrivals"]], Field(max_length=10)]
    alarm_minutes: Literal[0, 5, 15, 30, 60, 120] = 15
    lang: Literal["zh-hans", "en"] = "zh-hans"


def _out(row: Feed | None, address: str | None = None) -> dict[str, Any]:
    found = actions.words(row)
    return {**found, "address": address} | {
        name: found[name].isoformat() if found[name] else None for name in ("created_at", "last_used_at")
    }


def _mine(request: Asked) -> Feed:
    row = actions.of_person(request.hotel.pk, request.person.pk)
    if row is None:
        raise Missing("no such feed")
    return row


@router.get("/calendar", response={200: FeedOut, **PROBLEMS})
@reads("feeds.own")
def my_calendar(request: Asked) -> Any:
    """My calendar feed."""
    return _out(actions.of_person(request.hotel.pk, request.person.pk))


@router.post("/calendar", response={201: FeedOut, **PROBLEMS})
@writes("feeds.own", 201, secret="address")
def open_calendar(request: Asked) -> Any:
    """Make my feed's address, or a new one: given once; the old one is dead at once."""
    row, text = actions.open_feed(request.hotel, **step_of(request))
    return _out(row, tokens.address(text))


@router.patch("/calendar", response={200: FeedOut, **PROBLEMS})
@writes("feeds.own")
def change_calendar_feed(request: Asked, data: FeedIn) -> Any:
    """What my feed holds."""
    return _out(actions.change_feed(_mine(request), **data.dict(), **step_of(request)))


@router.post("/calendar/end", response={200: Done, **PROBLEMS})
@writes("feeds.own")
def end_calendar(request: Asked) -> Any:
    """My feed's address is dead at once."""
    actions.end_feed(_mine(request), **step_of(request))
    return DONE


@of_people.post("/people/{uuid:pk}/end-calendar", response={200: Done, **PROBLEMS})
@writes("house.people")
def end_calendar_of(request: Asked, pk: UUID) -> Any:
    """End somebody's calendar address, after a lost phone for example."""
    row = Feed.objects.of(request.hotel.pk).select_related("hotel", "person").filter(person_id=pk, ended_at__isnull=True).first()
    if row is None:
        raise Missing("no such feed")
    actions.end_feed_of(row, **step_of(request))
    return DONE
