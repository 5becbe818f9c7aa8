"""Changing a plan. A draft changes at once; an approved plan only by approval, or in an emergency with approval afterwards (vip.plan-approved)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.approvals import queries as approvals
from guiju.approvals.actions.asking import drop
from guiju.duties.gates import verdict
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, Refusal
from guiju.vip.actions.approving import ask_change
from guiju.vip.actions.making import make, rewrite_meals
from guiju.vip.actions.planning import line_of
from guiju.vip.actions.steps import FIRM, OPEN, State
from guiju.vip.checking import check_days, check_meals, checked, moved_meals
from guiju.vip.models import VipChange, VipPlan
from guiju.vip.shapes import MealLine, plain
from guiju.vip.stay import attrs_of, meals_of, set_moments


@verb("vip.edit")
def change_plan(
    plan: VipPlan, *, version: int, fields: Mapping[str, Any], meals: Sequence[MealLine] | None = None, reason: str = "",
    emergency: bool = False, by: Actor, now: datetime,
) -> VipChange | None:
    """Change a plan: a draft at once; an approved one by asking, or at once in an emergency, with the reason.

    None when it was a draft or nothing changed; else the change, `made_at` when it stands. Raises Invalid at the fields,
    Conflict when somebody saved it meanwhile.
    """
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    if plan.state not in (*OPEN, *FIRM):
        raise Refusal(_("A plan that is over does not change."), code="wrong_state", state=plan.state)
    old, new = think(plan, fields, meals, hotel.zone)
    if not new:
        return None
    if plan.state in OPEN:
        _redraft(plan, version, new, hotel, by, now)
        return None
    if not reason.strip():
        raise Invalid(errors={"reason": [_("The plan is approved: say why it changes.")]})
    if version != plan.version:
        raise Conflict("somebody saved this before you", mine=plain(new), theirs=plain(old), version=plan.version)
    change: VipChange = VipChange.objects.create(
        hotel=hotel, plan=plan, fields=sorted(new), old=plain(old), new=plain(new), reason=reason.strip()[:200], is_emergency=emergency, at=now,
        by_id=by.person_id,
    )
    attrs = {**_attrs(plan, hotel, now), "emergency": emergency}
    free = verdict(hotel.pk, "vip.change", plan.subject, attrs=attrs, needs={"change_approved": False}, now=now)
    if emergency or free.allowed:
        make(plan, change, approved=False, by=by, now=now)
    if not change.made_at or emergency:
        ask_change(plan, change, by=by, now=now)
    if not change.made_at:
        note("vip.change_asked", plan, fields=sorted(new))
    return change


def think(
    plan: VipPlan, fields: Mapping[str, Any], meals: Sequence[MealLine] | None, zone: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """(old, new) of what would be different, checked; meals move with the stay unless they are given."""
    values = checked(fields)
    wanted = copy(plan)
    for name, value in values.items():
        setattr(wanted, name, value)
    check_days(wanted)
    present = [line_of(meal, zone) for meal in meals_of(plan)]
    given = list(meals) if meals is not None else moved_meals(present, plan, wanted)
    check_meals(given, wanted)
    changed = {name: value for name, value in values.items() if getattr(plan, name) != value}
    old: dict[str, Any] = {name: getattr(plan, name) for name in changed}
    new: dict[str, Any] = dict(changed)
    if sorted(given, key=_order) != sorted(present, key=_order):
        old["meals"], new["meals"] = present, given
    return old, new


def _order(meal: MealLine) -> tuple[Any, ...]:
    return (meal.on, meal.time, meal.meal, meal.place, meal.persons, meal.standard, meal.diet, meal.host)


def _attrs(plan: VipPlan, hotel: Hotel, now: datetime) -> dict[str, Any]:
    return attrs_of(plan, meals_of(plan), now, hotel.zone)


def _redraft(plan: VipPlan, version: int, new: Mapping[str, Any], hotel: Hotel, by: Actor, now: datetime) -> None:
    """A draft changes at once; one that waits for approval goes back to draft, and is asked for again."""
    values = {name: value for name, value in new.items() if name != "meals"}
    for name, value in values.items():
        setattr(plan, name, value)
    set_moments(plan, hotel.zone)
    if plan.state == State.ASKED:
        for row in approvals.of_about(hotel.pk, plan.subject):
            if row.kind == "vip_plan" and row.state == "waiting":
                drop(row, reason=_("The plan was changed."), now=now)
    plan.save_from(version, **values, arrival_at=plan.arrival_at, departure_at=plan.departure_at, state=State.DRAFT)
    if "meals" in new:
        rewrite_meals(plan, new["meals"], hotel, firm=False, now=now)
    note("vip.redrafted", plan, fields=sorted(new), **_attrs(plan, hotel, now))
