"""Duties and the standard for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Query, Router, Schema

from guiju.api.clients import person_named
from guiju.api.doors import reads, row_or_missing, writes
from guiju.api.people import Username
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, Given
from guiju.duties import actions, editions, queries
from guiju.duties.models import Duty
from guiju.house.asking import Asked
from guiju.notices.actions import see_bell
from guiju.notices.queries import bell as bell_lines

router = Router(tags=["duties"])
Word = Annotated[str, Field(max_length=80)]


class DutyOut(Schema):
    """What is owed, by whom, until when, and because of what."""

    id: UUID
    clause: str
    rule: str
    status: str
    owner: str
    owner_post: str
    owner_department: str
    owner_person: UUID | None
    subject: list[str]
    opens_at: datetime
    due_at: datetime
    met_at: datetime | None
    because: list[list[str]]


class WaiveIn(Given):
    """Why."""

    reason: str = Field(min_length=2, max_length=300)


class HandOverIn(Given):
    """To whom a duty goes, and why."""

    to: Username
    reason: str = Field(min_length=2, max_length=300)


class GateIn(Given):
    """Which step may pass which clause, for what, and why; the refusal of the step names all but the reason."""

    verb: Word
    clause: Word
    rule: Word
    need: Word = ""
    subject: list[Word] = Field(min_length=2, max_length=2)
    reason: str = Field(min_length=2, max_length=300)


class NoticeOut(Schema):
    """A line of the bell."""

    text: str
    url: str
    at: datetime
    fresh: bool


class ClauseOut(Schema):
    """A clause of the standard in force."""

    id: str
    kind: str
    source: str
    zh: str
    en: str


def as_out(duty: Duty) -> dict[str, Any]:
    """A duty with its status as programs see it."""
    return {
        "id": str(duty.pk), "clause": duty.clause, "rule": duty.rule, "status": str(getattr(duty, "status", "")),
        "owner": duty.owner, "owner_post": duty.owner_post, "owner_department": duty.owner_department,
        "owner_person": str(duty.owner_person_id) if duty.owner_person_id else None,
        "subject": [duty.subject_kind, duty.subject_id], "opens_at": duty.opens_at.isoformat(),
        "due_at": duty.due_at.isoformat(), "met_at": duty.met_at.isoformat() if duty.met_at else None,
        "because": duty.because,
    }


def _duty(request: Asked, pk: UUID) -> Duty:
    actor = request.actor
    rows = queries.visible(Duty.objects.of(actor.hotel_id).filter(pk=pk), actor)
    return row_or_missing(queries.with_status(rows, request.now).first())


@router.get("/duties", response={200: list[DutyOut], **PROBLEMS})
@reads("duties.view")
def mine(request: Asked, limit: int = Query(100, ge=1, le=500)) -> Any:
    """What I owe, most urgent first: the first hundred, or as many as asked for."""
    return [as_out(duty) for duty in queries.my_open(request.actor, request.now, limit)]


@router.get("/duties/{uuid:pk}", response={200: DutyOut, **PROBLEMS})
@reads("duties.view")
def read(request: Asked, pk: UUID) -> Any:
    """One duty."""
    return as_out(_duty(request, pk))


@router.post("/duties/{uuid:pk}/waive", response={200: DutyOut, **PROBLEMS})
@writes("duties.waive")
def waive(request: Asked, pk: UUID, data: WaiveIn) -> Any:
    """Excuse a duty, with a reason, by a post the clause entitles."""
    actions.waive(_duty(request, pk), reason=data.reason, by=request.actor, now=request.now)
    return as_out(_duty(request, pk))


@router.post("/duties/{uuid:pk}/reassign", response={200: DutyOut, **PROBLEMS})
@writes("duties.reassign")
def reassign(request: Asked, pk: UUID, data: HandOverIn) -> Any:
    """Give a duty to another person, with a reason."""
    to = person_named(request, data.to, "to")  # type: ignore[arg-type]
    actions.reassign(_duty(request, pk), to=to.pk, reason=data.reason, by=request.actor, now=request.now)
    return as_out(_duty(request, pk))


@router.post("/gates/waive", response={200: Done, **PROBLEMS})
@writes("duties.view")
def waive_gate(request: Asked, data: GateIn) -> Any:
    """Let one step pass a clause for one subject, with a reason, by a post the clause entitles."""
    actions.waive_gate(
        request.hotel, verb_name=data.verb, clause=data.clause, rule=data.rule, need=data.need,
        subject=(data.subject[0], data.subject[1]), reason=data.reason, by=request.actor, now=request.now,
    )
    return DONE


@router.get("/bell", response={200: list[NoticeOut], **PROBLEMS})
@reads("notices.view")
def bell(request: Asked) -> Any:
    """What was told to me, my posts and my department, newest first."""
    lines = bell_lines(request.actor, request.now)
    return [{"text": str(one["text"]), "url": one["url"], "at": one["at"], "fresh": bool(one["fresh"])} for one in lines]


@router.post("/bell/seen", response={200: Done, **PROBLEMS})
@writes("notices.view")
def bell_seen(request: Asked) -> Any:
    """I have looked at all of it."""
    see_bell(request.actor, now=request.now)
    return DONE


@router.get("/standard", response={200: list[ClauseOut], **PROBLEMS})
@reads("standard.view")
def standard(request: Asked) -> Any:
    """The clauses in force."""
    edition = editions.in_force(request.hotel.pk, request.now)
    clauses = edition.standard.clauses.values() if edition else ()
    return [
        {"id": one.id, "kind": one.kind, "source": one.source, "zh": one.text["zh"], "en": one.text["en"]} for one in clauses
    ]
