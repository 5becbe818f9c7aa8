"""What the VIP verbs share: moving a plan from one state to another, and acting for the house."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal
from guiju.vip.models import VipPlan

State = VipPlan.State
OPEN = (State.DRAFT, State.ASKED)
FIRM = (State.APPROVED, State.ARRIVED)


def move(plan: VipPlan, *, when: tuple[str, ...], **changes: Any) -> None:
    """Write `changes` if the plan is in one of the states `when`, whoever else is at it. Raises Refusal "wrong_state"."""
    if not VipPlan.objects.of(plan.hotel_id).filter(pk=plan.pk, state__in=when).update(version=F("version") + 1, **changes):
        plan.refresh_from_db()
        raise Refusal(
            _("%(number)s is “%(state)s”; this step does not fit.") % {"number": plan.number, "state": plan.get_state_display()},
            code="wrong_state", state=plan.state,
        )
    plan.refresh_from_db()


def for_the_house(by: Actor) -> Actor:
    """The same person, when his step has a consequence that his posts do not have as a step of its own."""
    return replace(by, everything=True)
