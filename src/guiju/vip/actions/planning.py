"""A plan begins: from nothing, or from the last one of the same guest (vip.history)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guiju.house.models import Hotel, Person
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing
from guiju.vip.checking import at_of, check_days, check_meals, checked
from guiju.vip.models import VipGuest, VipMeal, VipPlan
from guiju.vip.shapes import KEPT, MealLine
from guiju.vip.stay import attrs_of, ladder, meals_of, set_moments

SERIES = "V"


def last_plan(guest: VipGuest) -> VipPlan | None:
    """The last plan of this guest that was not cancelled."""
    rows = VipPlan.objects.of(guest.hotel_id).filter(guest=guest).exclude(state=VipPlan.State.CANCELLED)
    found: VipPlan | None = rows.order_by("-arrival_on", "-id").first()
    return found


def from_last(guest: VipGuest) -> dict[str, Any]:
    """What the next plan of this guest begins with; empty for his first visit."""
    last = last_plan(guest)
    return {name: getattr(last, name) for name in KEPT} if last is not None else {}


@verb("vip.edit")
def draft_plan(
    hotel: Hotel, *, guest: VipGuest, fields: Mapping[str, Any], meals: Sequence[MealLine] = (), keeper: Person | None = None, by: Actor,
    now: datetime,
) -> VipPlan:
    """Draft a plan for a guest: what is not given comes from his last plan, the amenities from the ladder of his grade.

    Raises Invalid naming each field or meal that is wrong, Missing for another hotel's guest.
    """
    if guest.hotel_id != hotel.pk:
        raise Missing("no such guest")
    if keeper is None and by.person_id is None:
        raise Invalid(errors={"keeper": ["Who keeps the plan?"]})
    last = last_plan(guest)
    values = {**from_last(guest), **checked({"arrival_on": None, "departure_on": None, **fields})}
    values.setdefault("grade", VipPlan.Grade.V2)
    if "amenities" not in fields and (last is None or values["grade"] != last.grade):
        values["amenities"] = ladder(hotel.pk, values["grade"], now)
    plan = VipPlan(
        hotel=hotel, guest=guest, number="", keeper_id=keeper.pk if keeper else by.person_id, from_plan=last, created_at=now, **values
    )
    check_days(plan)
    check_meals(meals, plan)
    set_moments(plan, hotel.zone)
    plan.number = next_number(hotel.pk, SERIES, now=now, zone=hotel.zone)
    plan.save()
    write_meals(plan, meals, hotel.zone)
    note("vip.drafted", plan, **attrs_of(plan, meals_of(plan), now, hotel.zone))
    return plan


def write_meals(plan: VipPlan, meals: Sequence[MealLine], zone: str) -> list[VipMeal]:
    """Write meals that are new."""
    return VipMeal.objects.bulk_create(
        VipMeal(
            hotel_id=plan.hotel_id, plan=plan, meal=one.meal, at=at_of(one, zone), place=one.place.strip(), persons=one.persons,
            standard=one.standard.strip(), diet=one.diet.strip(), host=one.host.strip(),
        )
        for one in meals
    )


def line_of(meal: VipMeal, zone: str) -> MealLine:
    """A meal as it was written down."""
    local = meal.at.astimezone(ZoneInfo(zone))
    return MealLine(local.date(), local.time(), meal.meal, meal.place, meal.persons, meal.standard, meal.diet, meal.host)
