"""A change is written into an approved plan: duties move with it, the paper follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.duties.gates import gate
from guiju.house.models import Hotel
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal
from guiju.vip.actions.distributing import send_out
from guiju.vip.actions.planning import line_of, write_meals
from guiju.vip.actions.steps import FIRM
from guiju.vip.checking import at_of, check_days
from guiju.vip.models import VipChange, VipMeal, VipPlan
from guiju.vip.shapes import MealLine, told
from guiju.vip.stay import attrs_of, meal_attrs, meals_of, set_moments


def make(plan: VipPlan, change: VipChange, *, approved: bool, by: Actor, now: datetime) -> None:
    """Write an asked or urgent change into an approved plan: duties move with it, the paper follows.

    Raises GateRefused for an ordinary change without approval (vip.plan-approved).
    """
    hotel = Hotel.objects.get(pk=plan.hotel_id)
    urgent = change.is_emergency
    attrs = attrs_of(plan, meals_of(plan), now, hotel.zone, emergency=urgent)
    gate(hotel.pk, "vip.change", plan.subject, attrs=attrs, needs={"change_approved": approved}, now=now)
    new = told(change.new)
    values = {name: value for name, value in new.items() if name != "meals"}
    for name, value in values.items():
        setattr(plan, name, value)
    check_days(plan)
    set_moments(plan, hotel.zone)
    rows = VipPlan.objects.of(hotel.pk).filter(pk=plan.pk, state__in=FIRM)
    if not rows.update(version=F("version") + 1, arrival_at=plan.arrival_at, departure_at=plan.departure_at, **values):
        raise Refusal(_("A plan that is over does not change."), code="wrong_state")
    plan.refresh_from_db()
    if "meals" in new:
        rewrite_meals(plan, new["meals"], hotel, firm=True, now=now)
    VipChange.objects.filter(pk=change.pk).update(made_at=now)
    change.made_at = now
    note("vip.changed", plan, fields=list(change.fields), **attrs_of(plan, meals_of(plan), now, hotel.zone, emergency=urgent))
    send_out(plan, hotel, by=by, now=now)


def rewrite_meals(plan: VipPlan, lines: Sequence[MealLine], hotel: Hotel, *, firm: bool, now: datetime) -> None:
    """Bring the meals in line: one that only moves stays the same meal, so that what is done for it stays done."""
    left = meals_of(plan)
    for same in (_exact, _same_day, _same_kind):
        pending, lines = list(lines), []
        for line in pending:
            row = next((meal for meal in left if same(line_of(meal, hotel.zone), line)), None)
            if row is None:
                lines = [*lines, line]
                continue
            left.remove(row)
            if not _exact(line_of(row, hotel.zone), line):
                _rewrite(row, line, plan, hotel, firm)
    for meal in left:
        VipMeal.objects.filter(pk=meal.pk).update(removed_at=now)
        if firm:
            note("vip_meal.dropped", meal, plan)
    for meal in write_meals(plan, lines, hotel.zone):
        if firm:
            note("vip_meal.planned", meal, plan, **meal_attrs(plan, meal))


def _exact(old: MealLine, new: MealLine) -> bool:
    return old == new


def _same_day(old: MealLine, new: MealLine) -> bool:
    return (old.meal, old.on) == (new.meal, new.on)


def _same_kind(old: MealLine, new: MealLine) -> bool:
    return old.meal == new.meal


def _rewrite(row: VipMeal, line: MealLine, plan: VipPlan, hotel: Hotel, firm: bool) -> None:
    row.at, row.place, row.persons = at_of(line, hotel.zone), line.place.strip(), line.persons
    row.standard, row.diet, row.host = line.standard.strip(), line.diet.strip(), line.host.strip()
    row.save(update_fields=["at", "place", "persons", "standard", "diet", "host"])
    if firm:
        note("vip_meal.changed", row, plan, **meal_attrs(plan, row))
