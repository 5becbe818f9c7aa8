"""The VIP comes, stays and leaves; what he likes and how it went is kept; or he does not come."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.approvals import queries as approvals
from guiju.approvals.actions.asking import drop
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers import actions as papers
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid
from guiju.vip.actions.guests import checked
from guiju.vip.actions.steps import OPEN, State, for_the_house, move
from guiju.vip.models import VipGuest, VipPlan
from guiju.vip.paper import paper_of
from guiju.vip.stay import attrs_of, meals_of

LONG_AGO = timedelta(days=2)


@verb("vip.receive")
def arrive(plan: VipPlan, *, at: datetime | None = None, room: str = "", by: Actor, now: datetime) -> VipPlan:
    """The VIP is here: from this moment the half hour for floor, registration and luggage runs.

    `at` is when he really came, if it is noted later. Raises Invalid for a moment to come or long past.
    """
    moment = at or now
    if moment > now or moment < now - LONG_AGO:
        raise Invalid(errors={"at": [_("When did the guest arrive? Not in the future, at most two days ago.")]})
    if len(room.strip()) > 20:
        raise Invalid(errors={"room": [_("At most %(n)s characters.") % {"n": 20}]})
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    changes: dict[str, Any] = {"room": room.strip()} if room.strip() else {}
    move(plan, when=(State.APPROVED,), state=State.ARRIVED, arrived_at=moment, **changes)
    note("vip.arrived", plan, at=moment, room=plan.room or None, **attrs_of(plan, meals_of(plan), now, hotel.zone))
    return plan


@verb("vip.receive")
def depart(plan: VipPlan, *, at: datetime | None = None, by: Actor, now: datetime) -> VipPlan:
    """The VIP has left and was seen off."""
    moment = at or now
    if moment > now or (plan.arrived_at and moment < plan.arrived_at):
        raise Invalid(errors={"at": [_("When did the guest leave? After the arrival, and not in the future.")]})
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    move(plan, when=(State.ARRIVED,), state=State.DEPARTED, departed_at=moment)
    note("vip.departed", plan, at=moment, **attrs_of(plan, meals_of(plan), now, hotel.zone))
    return plan


@verb("vip.edit")
def keep_history(
    plan: VipPlan, *, summary: str, opinions: str = "", diet: str = "", preferences: str = "", cost: Decimal | None = None, by: Actor, now: datetime
) -> VipPlan:
    """Write down how it went and what the guest likes; the next plan starts from it (vip.history).

    Raises Invalid without a summary.
    """
    if not summary.strip():
        raise Invalid(errors={"summary": [_("How did it go?")]})
    for name, text in (("summary", summary), ("opinions", opinions)):
        if len(text) > 4000:
            raise Invalid(errors={name: [_("At most %(n)s characters.") % {"n": 4000}]})
    given = checked({"diet": diet or plan.guest.diet, "preferences": preferences or plan.guest.preferences})
    move(
        plan, when=(State.ARRIVED, State.DEPARTED), summary=summary.strip(), opinions=opinions.strip(), cost=cost, kept_at=now,
    )
    guest = VipGuest.objects.get(pk=plan.guest_id)
    guest.save_from(guest.version, **given)
    note("vip.history_kept", plan, preferences=bool(given["preferences"]), opinions=bool(opinions.strip()))
    return plan


@verb("vip.edit")
def cancel(plan: VipPlan, *, reason: str, by: Actor, now: datetime) -> VipPlan:
    """He does not come: what was to be done falls away, the paper is void. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Why does the guest not come?")]})
    move(plan, when=(*OPEN, State.APPROVED), state=State.CANCELLED, cancelled_reason=reason.strip()[:200])
    for row in approvals.of_about(plan.hotel_id, plan.subject):
        if row.state == "waiting":
            drop(row, reason=reason.strip(), now=now)
    paper = paper_of(plan)
    if paper is not None:
        papers.void(paper, reason="cancelled", by=for_the_house(by), now=now)
    for meal in meals_of(plan):
        note("vip_meal.dropped", meal, plan)
    note("vip.cancelled", plan, reason=reason.strip()[:200])
    return plan
