"""What the verbs of a visit share: its attributes for clauses, moving from state to state, writing the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Refusal
from guiju.visitors.grading import by_table
from guiju.visitors.models import ProgrammeItem, Visit, VisitGuest, VisitPart
from guiju.visitors.shapes import PLAIN, Plan
from guiju.visitors.words import field_name, value_words

KIND_PLAN, KIND_CHANGE, KIND_EMERGENCY = "visit_plan", "visit_change", "visit_emergency"  # what is approved
HEAD = "pr_manager"  # heads the department that receives visitors
STATES = Visit.State
LOCKED = (STATES.APPROVED, STATES.CONFIRMED)  # only an approval, or an emergency, changes the plan
LIVE = (STATES.DRAWN, STATES.WAITING, *LOCKED)


def plan_attrs(visit: Visit) -> dict[str, Any]:
    """What the facts of a visit carry."""
    return {
        "visitor": visit.visitor, "rank": visit.rank, "purpose": visit.purpose, "grade": visit.grade, "important": visit.is_important,
        "instruction": visit.has_instruction, "persons": visit.persons, "arrival_at": visit.arrival_at, "until_at": visit.until_at,
        "deviates": visit.deviates, "handler": str(visit.handler_id),
    }


def asked_attrs(visit: Visit, by: Actor, *, emergency: bool = False) -> dict[str, Any]:
    """What the clauses about a step of the plan look at."""
    return {
        "important": visit.is_important, "instruction": visit.has_instruction, "deviates": visit.deviates, "grade": visit.grade,
        "drawn_by_head": HEAD in by.posts, "emergency": emergency,
    }


def move(visit: Visit, *, when: tuple[str, ...], **changes: Any) -> None:
    """Write `changes` if the visit is in one of the states `when`; Refusal "wrong_state" naming the one it is really in."""
    if not Visit.objects.of(visit.hotel_id).filter(pk=visit.pk, state__in=when).update(version=F("version") + 1, **changes):
        refuse_state(Visit.objects.get(pk=visit.pk))
    visit.refresh_from_db()


def refuse_state(visit: Visit) -> None:
    """Say in which state the visit is, so that this step cannot be taken."""
    raise Refusal(
        _("%(number)s: %(state)s; this step does not fit.") % {"number": visit.number, "state": visit.get_state_display()},
        code="wrong_state", state=visit.state,
    )


def check_version(visit: Visit, version: int, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Conflict with both values when somebody saved the plan since this version."""
    current = Visit.objects.values_list("version", flat=True).get(pk=visit.pk)
    if current != version:
        words = {name: (field_name(name), _said(name, mine[name]), _said(name, theirs[name])) for name in mine}
        raise Conflict(
            "somebody saved this before you", mine={name: str(value) for name, value in mine.items()},
            theirs={name: str(value) for name, value in theirs.items()}, version=current, words=words,
        )


def _said(name: str, value: Any) -> str:
    return "; ".join(value_words(name, value)) or "–"


def resolved(plan: Plan, hotel_id: UUID, now: datetime) -> tuple[Plan, dict[str, Any]]:
    """The plan with grade and scope as the table gives where nothing else was chosen, and what the table gives."""
    given = by_table(hotel_id, visitor=plan.visitor, rank=plan.rank, purpose=plan.purpose, now=now)
    trimmed: dict[str, Any] = {name: value.strip() for name in PLAIN if isinstance(value := getattr(plan, name), str)}
    plan = replace(plan, **trimmed)
    return replace(plan, grade=plan.grade or given["grade"], scope=plan.scope or tuple(given["scope"])), given


def plain_values(plan: Plan) -> dict[str, Any]:
    """The plan's own columns."""
    return {name: list(plan.scope) if name == "scope" else getattr(plan, name) for name in PLAIN}


def write_rows(visit: Visit, plan: Plan, names: list[str], *, now: datetime) -> None:
    """Guests, programme and participants as the plan has them, those among `names`."""
    if "guests" in names:
        visit.guests.all().delete()
        VisitGuest.objects.bulk_create(
            VisitGuest(hotel_id=visit.hotel_id, visit=visit, name=one.name.strip(), title=one.title.strip(), order=order)
            for order, one in enumerate(plan.guests)
        )
    if "programme" in names:
        visit.programme.all().delete()
        ProgrammeItem.objects.bulk_create(
            ProgrammeItem(hotel_id=visit.hotel_id, visit=visit, at=one.at, place=one.place.strip(), what=one.what.strip(), who=one.who.strip())
            for one in plan.programme
        )
    if "parts" in names:
        _write_parts(visit, plan, now)


def _write_parts(visit: Visit, plan: Plan, now: datetime) -> None:
    wanted = {one.person_id: one.role.strip() for one in plan.parts}
    for row in live_parts(visit):
        if row.person_id not in wanted:
            VisitPart.objects.filter(pk=row.pk).update(removed_at=now)
            note("visit.part_dropped", row, visit)
        elif wanted.pop(row.person_id) != row.role:
            role = next(one.role.strip() for one in plan.parts if one.person_id == row.person_id)
            VisitPart.objects.filter(pk=row.pk).update(role=role)
    VisitPart.objects.bulk_create(
        VisitPart(hotel_id=visit.hotel_id, visit=visit, person_id=person, role=role) for person, role in wanted.items()
    )


def live_parts(visit: Visit) -> list[VisitPart]:
    """Who of the house takes part now."""
    return list(VisitPart.objects.filter(visit=visit, removed_at__isnull=True).select_related("person").order_by("id"))
