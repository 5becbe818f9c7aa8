"""Submitting a plan and what follows its approval (reception.grade-by-visitor, reception.important-plan)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.approvals import actions as approvals
from guiju.approvals.models import Approval, ApprovalStep
from guiju.approvals.queries import steps_for
from guiju.duties.gates import gate
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.visitors.actions.steps import KIND_PLAN, STATES, asked_attrs, move, plan_attrs, refuse_state
from guiju.visitors.models import Visit, VisitPaper
from guiju.visitors.words import scope_words


def missing(visit: Visit) -> list[str]:
    """What the plan form of an important visit still lacks, by field."""
    lacks = [name for name in ("host", "meeting_point") if not getattr(visit, name)]
    if not visit.guests.exists():
        lacks.append("guests")
    if not visit.programme.exists():
        lacks.append("programme")
    if not visit.parts.filter(removed_at__isnull=True).exists():
        lacks.append("parts")
    return lacks


def needs_of(visit: Visit) -> dict[str, bool]:
    """What clauses may ask for before a plan is submitted."""
    kinds = set(VisitPaper.objects.filter(visit=visit, removed_at__isnull=True).values_list("kind", flat=True))
    return {
        "reason_given": not visit.deviates or bool(visit.grade_reason), "papers_attached": bool(kinds),
        "instruction_attached": VisitPaper.Kind.INSTRUCTION in kinds, "plan_filled": not missing(visit),
    }


@verb("visitors.edit")
def submit(visit: Visit, *, by: Actor, now: datetime) -> Approval:
    """Submit the plan to whom the standard names for such a visit. Raises GateRefused by the clauses about it."""
    if visit.state != STATES.DRAWN:
        refuse_state(visit)
    attrs = asked_attrs(visit, by)
    gate(visit.hotel_id, "visit.submit", visit.subject, attrs=attrs, needs=needs_of(visit), now=now)
    move(visit, when=(STATES.DRAWN,), state=STATES.WAITING)
    note("visit.submitted", visit, **plan_attrs(visit), drawn_by_head=attrs["drawn_by_head"])
    return approvals.ask(
        visit.hotel, kind=KIND_PLAN, about=visit.subject, title=title_of(visit), text=text_of(visit),
        steps=steps_for(visit.hotel_id, "visit.approve", attrs, now), by=by, now=now,
    )


def title_of(visit: Visit) -> str:
    """What the approver reads first."""
    return f"{visit.number} {visit.organisation}"


def text_of(visit: Visit) -> str:
    """The plan in one line for the approver."""
    words = [
        str(visit.get_purpose_display()), str(visit.get_rank_display()), _("%(n)s persons") % {"n": visit.persons},
        str(visit.get_grade_display()), scope_words(visit.scope), visit.grade_reason,
    ]
    return " · ".join(word for word in words if word)


def plan_decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on a plan: approved it is locked; sent back it is open for drawing again."""
    visit = Visit.objects.of(approval.hotel_id).get(pk=about_id)
    if visit.state != STATES.WAITING:
        return
    if accepted:
        move(visit, when=(STATES.WAITING,), state=STATES.APPROVED, approved_at=now)
        note("visit.approved", visit)
    else:
        _reopen(visit)


def plan_withdrawn(about_id: str, *, approval: Approval, by: Actor, now: datetime) -> None:
    """The asker takes the plan back to work on it."""
    visit = Visit.objects.of(approval.hotel_id).get(pk=about_id)
    if visit.state == STATES.WAITING:
        _reopen(visit)


def _reopen(visit: Visit) -> None:
    move(visit, when=(STATES.WAITING,), state=STATES.DRAWN)
    note("visit.reopened", visit)


def approved_needs(visit: Visit) -> dict[str, bool]:
    """Whether the plan as it stands is approved, and whether by the general manager."""
    given = Approval.objects.of(visit.hotel_id).filter(
        kind=KIND_PLAN, about_kind=visit.subject[0], about_id=visit.subject[1], state=Approval.State.GIVEN
    )
    last = given.order_by("-ended_at").first() if visit.approved_at is not None else None
    by_gm = last is not None and ApprovalStep.objects.filter(approval=last, post="gm", accepted=True).exists()
    return {"approved": last is not None, "gm_approved": by_gm}


def waiting_approvals(visit: Visit) -> list[Approval]:
    """What was asked about the visit and is not decided yet."""
    rows: Any = Approval.objects.of(visit.hotel_id).filter(
        about_kind=visit.subject[0], about_id=visit.subject[1], state=Approval.State.WAITING
    )
    return list(rows)
