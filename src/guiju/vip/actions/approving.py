"""The plan before the manager and the general manager: asking, what follows a yes, going ahead in an emergency."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.approvals import chains
from guiju.approvals.actions import ask
from guiju.approvals.models import Approval
from guiju.duties.gates import gate
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.vip.actions.distributing import send_out
from guiju.vip.actions.making import make
from guiju.vip.actions.steps import FIRM, OPEN, State, for_the_house, move
from guiju.vip.models import VipChange, VipPlan
from guiju.vip.stay import attrs_of, is_complete, meal_attrs, meals_of

PLAN, CHANGE = "vip_plan", "vip_change"
SENT_BACK = N_("Not approved afterwards: %(title)s. Put it right and ask again.")


@verb("vip.edit")
def ask_approval(plan: VipPlan, *, by: Actor, now: datetime) -> Approval:
    """Put the plan before those who approve its grade.

    Raises GateRefused while the arrival time or the transport is not known (vip.arrival-known) or a meal is not complete (vip.meals).
    """
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    meals = meals_of(plan)
    attrs = attrs_of(plan, meals, now, hotel.zone)
    needs = {"arrival_known": bool(plan.arrival_at and plan.arrival_by), "meals_fixed": all(is_complete(meal) for meal in meals)}
    gate(hotel.pk, "vip.ask_approval", plan.subject, attrs=attrs, needs=needs, now=now)
    move(plan, when=OPEN, state=State.ASKED)
    return _ask(plan, hotel, PLAN, "", attrs, afterwards=False, by=by, now=now)


@verb("vip.edit")
def go_ahead(plan: VipPlan, *, reason: str, by: Actor, now: datetime) -> Approval:
    """In an emergency: the plan holds at once, approval is asked for afterwards and owed within the clause's time.

    Raises Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why it cannot wait for approval.")]})
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    move(plan, when=OPEN, state=State.APPROVED, approved_at=now, is_provisional=True)
    _begin(plan, hotel, emergency=True, now=now)
    approval = _ask(plan, hotel, PLAN, reason.strip(), attrs_of(plan, meals_of(plan), now, hotel.zone), afterwards=True, by=by, now=now)
    send_out(plan, hotel, by=by, now=now)
    return approval


@verb("vip.edit")
def ask_afterwards(plan: VipPlan, *, by: Actor, now: datetime) -> Approval:
    """Ask again for the approval that an emergency still owes. Raises Refusal when none is owed."""
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    attrs = attrs_of(plan, meals_of(plan), now, hotel.zone)
    if plan.is_provisional:
        return _ask(plan, hotel, PLAN, "", attrs, afterwards=True, by=by, now=now)
    change = plan.changes.filter(is_emergency=True, refused_at__isnull=False).order_by("-at").first()
    if change is None:
        raise Refusal(_("No approval is owed afterwards."), code="not_owed")
    VipChange.objects.filter(pk=change.pk).update(refused_at=None)
    return ask_change(plan, change, by=by, now=now)


def ask_change(plan: VipPlan, change: VipChange, *, by: Actor, now: datetime) -> Approval:
    """Ask for approval of a change, or afterwards for one made in an emergency; an older question gives way."""
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    attrs = attrs_of(plan, meals_of(plan), now, hotel.zone)
    approval = _ask(plan, hotel, CHANGE, change.reason, attrs, afterwards=change.is_emergency, by=by, now=now)
    if not change.is_emergency:  # what was asked before and not decided is not wanted any more
        plan.changes.filter(made_at__isnull=True, refused_at__isnull=True, is_emergency=False).exclude(pk=change.pk).update(refused_at=now)
    VipChange.objects.filter(pk=change.pk).update(approval_id=approval.pk)
    change.approval_id = approval.pk
    return approval


def _ask(plan: VipPlan, hotel: Hotel, kind: str, text: str, attrs: dict[str, Any], *, afterwards: bool, by: Actor, now: datetime) -> Approval:
    steps = chains.steps_for(hotel.pk, "vip.approve", attrs, now)
    title = f"{plan.number} {plan.guest.name} {plan.grade}"
    found: Approval = ask(
        hotel, kind=kind, about=plan.subject, title=title, text=text, steps=steps, afterwards=afterwards, by=for_the_house(by), now=now
    )
    return found


def _begin(plan: VipPlan, hotel: Hotel, *, emergency: bool, now: datetime) -> None:
    """The plan holds: what is to be done for it opens."""
    meals = meals_of(plan)
    note("vip.approved", plan, **{**attrs_of(plan, meals, now, hotel.zone), "emergency": emergency})
    for meal in meals:
        note("vip_meal.planned", meal, plan, **meal_attrs(plan, meal))


def plan_decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on a plan: approved it goes out; sent back it is a draft again."""
    plan: VipPlan = VipPlan.objects.select_related("guest", "keeper").get(pk=about_id, hotel_id=approval.hotel_id)
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    if approval.is_afterwards:
        if accepted:
            VipPlan.objects.filter(pk=plan.pk).update(is_provisional=False)
        else:
            _tell_owed(plan, approval, now)
        return
    if not accepted:
        VipPlan.objects.filter(pk=plan.pk, state=State.ASKED).update(state=State.DRAFT)
        return
    move(plan, when=(State.ASKED,), state=State.APPROVED, approved_at=now)
    _begin(plan, hotel, emergency=False, now=now)
    send_out(plan, hotel, by=by, now=now)


def change_decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on a change: approved it is made; one made in an emergency stands either way, refused it stays owed."""
    change = VipChange.objects.of(approval.hotel_id).select_related("plan__guest", "plan__keeper").filter(approval_id=approval.pk).first()
    if change is None:
        return
    if not accepted:
        VipChange.objects.filter(pk=change.pk).update(refused_at=now)
        if change.is_emergency:
            _tell_owed(change.plan, approval, now)
    elif change.made_at is None and change.plan.state in FIRM:
        make(change.plan, change, approved=True, by=by, now=now)


def _tell_owed(plan: VipPlan, approval: Approval, now: datetime) -> None:
    """Approval afterwards was refused: what was done stands, the keeper puts it right and asks again."""
    tell(
        plan.hotel_id, person_id=plan.keeper_id, key=f"vip:{approval.pk}:refused", text=SENT_BACK, values={"title": approval.title},
        url=reverse("vip:plan", args=[plan.pk]), urgency="late", about=plan.subject, now=now,
    )
