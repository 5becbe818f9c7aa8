"""Approvals for programs: what waits for whom, deciding, taking back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, WhyIn
from guiju.approvals import actions, queries
from guiju.approvals.models import Approval
from guiju.house.asking import Asked

router = Router(tags=["approvals"])


class ApprovalAnswerIn(Given):
    """Yes, or sent back with a reason."""

    accept: bool
    reason: Annotated[str, Field(max_length=300)] = ""


class ChainStepOut(Schema):
    """One step: whose, and what he said (null: nothing yet)."""

    key: str
    post: str
    accepted: bool | None
    decided_at: datetime | None
    decided_by: str
    decided_for: str
    words: str


class ApprovalOut(Schema):
    """One asking: state waiting, given, refused, withdrawn or replaced; `may_decide`: it is this person's turn."""

    id: UUID
    kind: str
    about_kind: str
    about_id: str
    title: str
    text: str
    afterwards: bool
    state: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    reason: str
    may_decide: bool
    steps: list[ChainStepOut]


def approvals_out(request: Asked, rows: list[Approval]) -> list[dict[str, Any]]:
    """Approvals as programs read them."""
    lines = queries.lines(request.actor, rows, request.now)
    return [_one(line) for line in lines]


def _one(line: queries.Line) -> dict[str, Any]:
    row = line.row
    plain = ("kind", "about_kind", "about_id", "title", "text", "state", "reason")
    return {
        **{name: getattr(row, name) for name in plain}, "id": str(row.pk), "afterwards": row.is_afterwards, "asked_by": line.asker,
        "asked_at": row.asked_at.isoformat(), "ended_at": row.ended_at.isoformat() if row.ended_at else None, "may_decide": line.may_decide,
        "steps": [
            {
                "key": link.key, "post": link.post_key, "accepted": link.accepted, "decided_at": link.at.isoformat() if link.at else None,
                "decided_by": link.who, "decided_for": link.for_whom, "words": link.words,
            }
            for link in line.links
        ],
    }


@router.get("", response={200: list[ApprovalOut], **PROBLEMS})
@reads("approvals.view")
def listed(
    request: Asked, show: Literal["waiting", "asked", "decided"] = Query("waiting"), limit: int = Query(50, ge=1, le=200)
) -> Any:
    """What waits for this person's word (oldest first), what he asked, or what was decided (newest first)."""
    rows = {
        "waiting": lambda: queries.waiting_for(request.actor, request.now), "asked": lambda: queries.asked_by(request.actor),
        "decided": lambda: queries.decided(request.actor),
    }[show]()
    return approvals_out(request, list(rows[:limit]))


@router.get("/{uuid:pk}", response={200: ApprovalOut, **PROBLEMS})
@reads("approvals.view")
def read(request: Asked, pk: UUID) -> Any:
    """One approval with its chain."""
    return approvals_out(request, [queries.pick(request.actor, pk, request.now)])[0]


@router.post("/{uuid:pk}/decide", response={200: ApprovalOut, **PROBLEMS})
@writes("approvals.decide")
def decide(request: Asked, pk: UUID, data: ApprovalAnswerIn) -> Any:
    """Say yes to the step whose turn it is, or send the whole back."""
    row = actions.decide(queries.pick(request.actor, pk, request.now), accept=data.accept, reason=data.reason, **step_of(request))
    return approvals_out(request, [row])[0]


@router.post("/{uuid:pk}/withdraw", response={200: ApprovalOut, **PROBLEMS})
@writes("approvals.ask")
def withdraw(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """Take one's own question back."""
    return approvals_out(request, [actions.withdraw(queries.pick(request.actor, pk, request.now), reason=data.reason, **step_of(request))])[0]
