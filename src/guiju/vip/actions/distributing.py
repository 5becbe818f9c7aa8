"""The plan goes out to the departments, which sign for it; the duty manager reads it (vip.plan-approved)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.papers.models import Paper
from guiju.shelf.actor import Actor
from guiju.shelf.errors import GateRefused, Refusal
from guiju.vip.actions.steps import FIRM, for_the_house
from guiju.vip.models import VipPlan
from guiju.vip.paper import paper_of, put_out
from guiju.vip.stay import attrs_of, meals_of

WAITS = N_("The plan of %(title)s is approved but not distributed: a department has nobody who may sign")
READ_IT = N_("VIP plan to read: %(title)s")


@verb("vip.edit")
def distribute(plan: VipPlan, *, by: Actor, now: datetime) -> Paper:
    """Issue the approved plan to the departments the standard names; again it is the same paper.

    Raises GateRefused before approval, or while a department has nobody who may sign for it.
    """
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    return _out(plan, hotel, by=by, now=now)


def _out(plan: VipPlan, hotel: Hotel, *, by: Actor, now: datetime) -> Paper:
    paper, went = put_out(plan, hotel, by=for_the_house(by), now=now)
    if went:
        paper.refresh_from_db()
        note("vip.distributed", plan, revision=paper.latest, **attrs_of(plan, meals_of(plan), now, hotel.zone))
        tell(
            plan.hotel_id, post="duty_manager", key=f"vip:{plan.pk}:{paper.latest}", text=READ_IT, values={"title": f"{plan.number} {plan.grade}"},
            url=reverse("vip:plan", args=[plan.pk]), urgency="soon", about=plan.subject, now=now,
        )
    return paper


def send_out(plan: VipPlan, hotel: Hotel, *, by: Actor, now: datetime) -> Paper | None:
    """Within another step: the plan goes out, or its keeper is told that it waits for a receiver."""
    try:
        return _out(plan, hotel, by=by, now=now)
    except GateRefused:
        tell(
            plan.hotel_id, person_id=plan.keeper_id, key=f"vip:{plan.pk}:waits", text=WAITS, values={"title": plan.number},
            url=reverse("vip:plan", args=[plan.pk]), urgency="late", about=plan.subject, now=now,
        )
        return None


@verb("vip.acknowledge")
def acknowledge(plan: VipPlan, *, by: Actor, now: datetime) -> None:
    """The duty manager has read the plan as it is out. Raises Refusal before it is."""
    paper = paper_of(plan)
    if paper is None or plan.state not in FIRM:
        raise Refusal(_("The plan is not out yet."), code="not_out")
    note("vip.acknowledged", plan, post="duty_manager", revision=paper.latest)
