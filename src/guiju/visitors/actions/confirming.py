"""Confirming a visit: the plan goes out as a paper, and everybody who takes part is briefed (reception.protocol)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.bookings.actions.steps import for_the_house
from guiju.duties.gates import gate
from guiju.house.facts import POSTS
from guiju.house.models import Appointment
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.papers import actions as papers
from guiju.papers.models import Paper, Revision
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal
from guiju.visitors.actions.approving import approved_needs
from guiju.visitors.actions.steps import STATES, asked_attrs, live_parts, move, plan_attrs
from guiju.visitors.content import KIND, content_of, paper_attrs
from guiju.visitors.models import Visit, VisitPart

BRIEFING = gettext_noop("You take part in receiving %(who)s. Please read the rules and acknowledge.")
BRIEF = gettext_noop("You take part in a reception. Please read the rules and acknowledge.")


@verb("visitors.confirm")
def confirm(visit: Visit, *, by: Actor, now: datetime) -> Visit:
    """The visitors are told that they are welcome: the plan goes out to the departments and the briefing begins.

    Raises GateRefused while the plan is not approved as its grade asks.
    """
    visit.refresh_from_db()  # the approval came by another hand
    gate(visit.hotel_id, "visit.confirm", visit.subject, attrs=asked_attrs(visit, by), needs=approved_needs(visit), now=now)
    move(visit, when=(STATES.DRAWN, STATES.WAITING, STATES.APPROVED), state=STATES.CONFIRMED, confirmed_at=now)
    note("visit.confirmed", visit, **plan_attrs(visit))
    ask_briefing(visit, live_parts(visit), now=now)
    papers.issue(
        visit.hotel, kind=KIND, about=visit.subject, title=visit.organisation, content=content_of(visit), attrs=paper_attrs(visit, now),
        by=for_the_house(by), now=now,
    )
    return visit


def ask_briefing(visit: Visit, parts: Iterable[VisitPart], *, now: datetime) -> None:
    """Each participant owes his own acknowledgement, and is told so."""
    parts = [part for part in parts if part.asked_at is None]
    departments = _departments(visit, parts)
    for part in parts:
        VisitPart.objects.filter(pk=part.pk).update(asked_at=now)
        note(
            "visit.briefing_asked", part, visit, reader=str(part.person_id), department=departments.get(part.person_id),
            arrival_at=visit.arrival_at,
        )
        tell(
            visit.hotel_id, person_id=part.person_id, key=f"briefing:{part.pk}", text=BRIEFING, values={"who": visit.organisation}, brief=BRIEF,
            url=reverse("visitors:visit", args=[visit.pk]) + "#briefing", urgency="soon", about=visit.subject, chat=False, now=now,
        )


def _departments(visit: Visit, parts: Iterable[VisitPart]) -> dict[object, str]:
    people = [part.person_id for part in parts]
    rows = Appointment.objects.of(visit.hotel_id).filter(person_id__in=people, until_at__isnull=True).order_by("-post")
    return {person: POSTS[post][0] for person, post in rows.values_list("person_id", "post") if post in POSTS}


def paper_of(visit: Visit) -> Paper | None:
    """The plan as a paper, if it is out."""
    found: Paper | None = (
        Paper.objects.of(visit.hotel_id)
        .filter(kind=KIND, about_kind=visit.subject[0], about_id=visit.subject[1], voided_at__isnull=True)
        .first()
    )
    return found


def reissue(visit: Visit, *, by: Actor, now: datetime) -> Revision | None:
    """After a change: a new revision goes to those who hold the plan; only whose part changed sign again."""
    paper = paper_of(visit)
    if paper is None:
        return None
    return papers.revise(paper, content=content_of(visit), attrs=paper_attrs(visit, now), by=for_the_house(by), now=now)


@verb("visitors.take_part")
def acknowledge(visit: Visit, *, by: Actor, now: datetime) -> VisitPart:
    """I have read the rules for this reception and keep them; only for oneself. Again it is the same acknowledgement."""
    part = VisitPart.objects.of(visit.hotel_id).filter(visit=visit, person_id=by.person_id, removed_at__isnull=True).first()
    if part is None:
        raise Refusal(_("You do not take part in this reception."), code="not_taking_part")
    if part.asked_at is None:
        raise Refusal(_("The briefing begins when the visit is confirmed."), code="wrong_state")
    if VisitPart.objects.filter(pk=part.pk, briefed_at__isnull=True).update(briefed_at=now):
        note("visit.briefed", part, visit, reader=str(part.person_id))
    part.refresh_from_db()
    return part
