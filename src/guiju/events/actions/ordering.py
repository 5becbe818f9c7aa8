"""The event order: signed by the general manager where the standard asks for it, then out to the departments."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.approvals import actions as approvals
from guiju.approvals import queries as chains
from guiju.approvals.models import Approval
from guiju.events.actions.steps import for_the_house, fresh, need_open
from guiju.events.models import Event
from guiju.events.shape import functions_of, size_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note, writing
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal

KIND = "event_order"
VERB = "event_order.issue"


def steps_of(event: Event, now: datetime) -> tuple[Any, ...]:
    """Who signs the order before it goes out, by the standard in force; nobody for a small event."""
    found: tuple[Any, ...] = chains.steps_for(event.hotel_id, VERB, size_of(event, now), now)
    return found


@verb("events.edit")
def ask_gm(event: Event, *, text: str = "", by: Actor, now: datetime) -> Approval:
    """Put the order before the general manager (event.order). Raises Refusal where nobody has to sign it first, or it is signed."""
    need_open(event, (Event.State.DEFINITE,))
    event = fresh(event)
    if event.gm_signed_at is not None:
        raise Refusal(_("The general manager has signed it."), code="signed")
    steps = steps_of(event, now)
    if not steps:
        raise Refusal(_("An event of this size needs no signature before its order goes out."), code="no_steps")
    rows = functions_of(event)
    counts = "; ".join(f"{row.name} {row.persons}" for row in rows)
    approval: Approval = approvals.ask(
        event.hotel, kind=KIND, about=event.subject, title=f"{event.number} {event.name}"[:160], text=(text.strip() or counts)[:2000], steps=steps,
        by=for_the_house(by), now=now,
    )
    return approval


def decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """What follows the general manager's word (registered in shelf.registry.approval_kinds)."""
    with writing(approval.hotel_id, by=by, now=now):
        event = Event.objects.of(approval.hotel_id).filter(pk=UUID(about_id)).first()
        if event is None:
            return
        if accepted:
            Event.objects.of(event.hotel_id).filter(pk=event.pk).update(gm_signed_at=now)
        note("event.gm_signed", event, accept=accepted)


@verb("papers.issue")
def issue_order(event: Event, *, by: Actor, now: datetime) -> Any:
    """Issue the event order to the departments (event.order); again it is the same paper. Raises GateRefused, Refusal before it is definite."""
    from guiju.events.papers import issue

    need_open(event, (Event.State.DEFINITE,))
    return issue(fresh(event), by=by, now=now)
