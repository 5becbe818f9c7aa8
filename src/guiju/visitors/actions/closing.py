"""Receiving the visitors, reporting on it, calling a visit off."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.approvals.actions.asking import drop
from guiju.bookings.actions.steps import for_the_house
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.papers import actions as papers
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.visitors.actions.approving import waiting_approvals
from guiju.visitors.actions.confirming import paper_of
from guiju.visitors.actions.steps import LIVE, STATES, live_parts, move
from guiju.visitors.models import Visit, VisitChange

OFF = gettext_noop("The visit of %(who)s is called off.")
EARLY = timedelta(hours=2)  # visitors may come so much before their time
DEAREST = Decimal(10) ** 8


@verb("visitors.edit")
def receive(visit: Visit, *, by: Actor, now: datetime) -> Visit:
    """The visitors came and were received. Refusal before their time and before the visit is confirmed."""
    if visit.state == STATES.CONFIRMED and now < visit.arrival_at - EARLY:
        raise Refusal(_("They are expected later."), code="too_early")
    move(visit, when=(STATES.CONFIRMED,), state=STATES.RECEIVED, received_at=now)
    note("visit.received", visit)
    return visit


@verb("visitors.edit")
def report(
    visit: Visit, *, as_planned: bool, shown_text: str, opinions: str = "", differences: str = "", cost: Decimal | None = None, by: Actor,
    now: datetime,
) -> Visit:
    """How it went: what was shown, what they said, what it cost. Raises Invalid at the field."""
    errors: dict[str, list[str]] = {}
    texts = {"shown_text": shown_text.strip(), "opinions": opinions.strip(), "differences": differences.strip()}
    if not texts["shown_text"]:
        errors["shown_text"] = [_("Say what was shown.")]
    if not as_planned and not texts["differences"]:
        errors["differences"] = [_("Say what went otherwise.")]
    errors |= {name: [_("At most %(most)s characters.") % {"most": 2000}] for name, text in texts.items() if len(text) > 2000}
    if cost is not None and not 0 <= cost < DEAREST:
        errors["cost"] = [_("This amount cannot be right.")]
    if errors:
        raise Invalid(errors=errors)
    move(visit, when=(STATES.RECEIVED,), state=STATES.REPORTED, reported_at=now, as_planned=as_planned, cost=cost, **texts)
    note("visit.reported", visit, as_planned=as_planned, cost=cost)
    return visit


@verb("visitors.edit")
def call_off(visit: Visit, *, reason: str, by: Actor, now: datetime) -> Visit:
    """The visit does not take place: what was asked falls away, the plan is void, who takes part is told."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why.")]})
    if len(reason.strip()) > 300:
        raise Invalid(errors={"reason": [_("At most %(most)s characters.") % {"most": 300}]})
    move(visit, when=LIVE, state=STATES.CANCELLED, cancelled_at=now, cancel_reason=reason.strip())
    parts = live_parts(visit)
    note("visit.cancelled", visit, *parts, text=reason.strip(), reason=reason.strip())
    for approval in waiting_approvals(visit):
        if not approval.is_afterwards:  # what was done already is still to be approved
            drop(approval, reason=reason.strip(), now=now)
    visit.changes.filter(state=VisitChange.State.ASKED).update(state=VisitChange.State.DROPPED)
    paper = paper_of(visit)
    if paper is not None:
        papers.void(paper, reason=reason.strip(), by=for_the_house(by), now=now)
    for part in parts if visit.confirmed_at else ():
        tell(
            visit.hotel_id, person_id=part.person_id, key=f"visit-off:{part.pk}", text=OFF, values={"who": visit.organisation},
            url=reverse("visitors:visit", args=[visit.pk]), urgency="soon", about=visit.subject, chat=False, now=now,
        )
    return visit
