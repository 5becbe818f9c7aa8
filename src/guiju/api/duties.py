"""Duties and the standard for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from guiju.api.doors import reads, row_or_missing, writes
from guiju.api.problems import PROBLEMS
from guiju.duties import actions, editions, queries
from guiju.duties.models import Duty

router = Router(tags=["duties"])


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


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=2, max_length=300)


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


def _duty(request: HttpRequest, pk: UUID) -> Duty:
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.visible(Duty.objects.of(actor.hotel_id).filter(pk=pk), actor)
    return row_or_missing(queries.with_status(rows, request.now).first())  # type: ignore[attr-defined]


@router.get("/duties", response={200: list[DutyOut], **PROBLEMS})
@reads("duties.view")
def mine(request: HttpRequest) -> Any:
    """What I owe, most urgent first."""
    return [as_out(duty) for duty in queries.my_open(request.actor, request.now)]  # type: ignore[attr-defined]


@router.get("/duties/{uuid:pk}", response={200: DutyOut, **PROBLEMS})
@reads("duties.view")
def read(request: HttpRequest, pk: UUID) -> Any:
    """One duty."""
    return as_out(_duty(request, pk))


@router.post("/duties/{uuid:pk}/waive", response={200: DutyOut, **PROBLEMS})
@writes("duties.waive")
def waive(request: HttpRequest, pk: UUID, data: ReasonIn) -> Any:
    """Excuse a duty, with a reason, by a post the clause entitles."""
    actions.waive(_duty(request, pk), reason=data.reason, by=request.actor, now=request.now)  # type: ignore[attr-defined]
    return as_out(_duty(request, pk))


@router.get("/standard", response={200: list[ClauseOut], **PROBLEMS})
@reads("standard.view")
def standard(request: HttpRequest) -> Any:
    """The clauses in force."""
    edition = editions.in_force(request.hotel.pk, request.now)  # type: ignore[attr-defined]
    clauses = edition.standard.clauses.values() if edition else ()
    return [
        {"id": one.id, "kind": one.kind, "source": one.source, "zh": one.text["zh"], "en": one.text["en"]} for one in clauses
    ]
