"""Replays for programs: an edition or a draft run over the imported history, asked for, followed and read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.doors import reads, row_or_missing, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given
from guiju.history.models import Batch
from guiju.history.replay import actions, choosing, queries
from guiju.history.replay.models import Replay
from guiju.house.asking import Asked

router = Router(tags=["replays"])
Minutes = Annotated[int, Field(ge=0, le=480)]


class ReplayableOut(Schema):
    """A wording that can be replayed."""

    edition: str
    words: str
    in_force: bool


class ReplayIn(Given):
    """Which wording (as /replays/editions names it), beside the one in force or not, and how long a duty takes."""

    edition: Annotated[str, Field(max_length=120)]
    beside: bool = False
    minutes: Annotated[int, Field(ge=1, le=480)] = 5
    by_clause: Annotated[dict[str, Minutes], Field(max_length=300)] = {}
    goal: Annotated[float, Field(ge=0.5, le=1)] = 0.95
    profile: Annotated[dict[str, Any], Field(max_length=30, description="assumptions that differ from the usual ones")] = {}
    batch: UUID | None = None


class ReplayOut(Schema):
    """A replay and how far it is."""

    id: UUID
    edition: str
    words: str
    against: str
    state: str
    done: int
    total: int
    said: str
    asked_at: datetime
    ended_at: datetime | None


class ReplayWhole(ReplayOut):
    """The same with its figures; null until it is done."""

    result: dict[str, Any] | None


def _out(row: Replay) -> dict[str, Any]:
    told = ("edition", "against", "state", "done", "total", "said", "asked_at", "ended_at")
    return {"id": str(row.pk), "words": queries.in_words(row), **{name: getattr(row, name) for name in told}}


def _row(request: Asked, pk: UUID) -> Replay:
    row: Replay = row_or_missing(Replay.objects.of(request.hotel.pk).filter(pk=pk).first())
    return row


@router.get("/editions", response={200: list[ReplayableOut], **PROBLEMS})
@reads("history.replay")
def wordings(request: Asked) -> Any:
    """Editions and drafts that can be replayed."""
    in_force = choosing.in_force(request.hotel.pk, request.now)
    found = choosing.choices(request.hotel.pk, request.now)
    return [{"edition": source, "words": words, "in_force": source == in_force} for source, words in found]


@router.get("", response={200: list[ReplayOut], **PROBLEMS})
@reads("history.replay")
def listed(request: Asked) -> Any:
    """The last replays, newest first."""
    return [_out(row) for row in queries.newest(request.hotel.pk)]


@router.post("", response={201: ReplayOut, **PROBLEMS})
@writes("history.replay", 201)
def ask(request: Asked, data: ReplayIn) -> Any:
    """Ask for a replay of the imported history; the worker runs it."""
    given = data.dict()
    batch = given.pop("batch")
    found = row_or_missing(Batch.objects.of(request.hotel.pk).filter(pk=batch).first()) if batch else None
    return _out(actions.ask(request.hotel, **given, batch=found, **step_of(request)))


@router.get("/{uuid:pk}", response={200: ReplayWhole, **PROBLEMS})
@reads("history.replay")
def one(request: Asked, pk: UUID) -> Any:
    """One replay with its figures."""
    row = _row(request, pk)
    return {**_out(row), "result": row.result}


@router.post("/{uuid:pk}/stop", response={200: ReplayOut, **PROBLEMS})
@writes("history.replay")
def stop(request: Asked, pk: UUID) -> Any:
    """Stop a replay that waits or runs."""
    return _out(actions.stop(_row(request, pk), **step_of(request)))
