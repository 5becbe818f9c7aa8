"""What must be true of a plan's fields before they are written; each complaint stands at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.shelf.errors import Invalid
from guiju.vip.models import VipPlan
from guiju.vip.shapes import FIELDS, LISTS, MEALS, NUMBERS, MealLine

Errors = dict[str, list[str]]
LONGEST = 366
MOST_SPACES = 50
MOST_MEALS = 60


def checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are kept: trimmed texts, numbers, dates. Raises Invalid naming each that is wrong."""
    errors: Errors = {name: [_("This cannot be changed here.")] for name in fields if name not in FIELDS}
    found: dict[str, Any] = {}
    for name in (one for one in FIELDS if one in fields):
        value = fields[name]
        kind = VipPlan._meta.get_field(name)
        if name in LISTS:
            found[name] = [str(one).strip()[:60] for one in value or () if str(one).strip()][:30]
        elif name in NUMBERS:
            found[name] = int(value or 0)
            if not 0 <= found[name] <= (MOST_SPACES if name == "spaces" else 5000):
                errors[name] = [_("This number is not possible.")]
        elif name in ("arrival_on", "departure_on", "arrival_time", "departure_time"):
            found[name] = value or None
        else:
            found[name] = str(value or "").strip()
            most = getattr(kind, "max_length", None) or 4000
            if len(found[name]) > most:
                errors[name] = [_("At most %(n)s characters.") % {"n": most}]
    choices = {"grade": VipPlan.Grade.values, "register": VipPlan.Register.values}
    for name, allowed in choices.items():
        if name in found and found[name] not in allowed:
            errors[name] = [_("Choose one of the list.")]
    for name in ("arrival_on", "departure_on"):
        if name in found and not isinstance(found[name], date):
            errors[name] = [_("Which day?")]
    if errors:
        raise Invalid(errors=errors)
    return found


def check_days(plan: VipPlan) -> None:
    """Raise Invalid unless the departure follows the arrival."""
    if plan.departure_on < plan.arrival_on or (plan.departure_on - plan.arrival_on).days > LONGEST:
        raise Invalid(errors={"departure_on": [_("The departure follows the arrival.")]})
    if plan.departure_on == plan.arrival_on and plan.arrival_time and plan.departure_time and plan.departure_time <= plan.arrival_time:
        raise Invalid(errors={"departure_time": [_("The departure follows the arrival.")]})


def check_meals(meals: Sequence[MealLine], plan: VipPlan) -> None:
    """Raise Invalid naming each meal that is wrong: outside the stay, no such meal, nobody eats, twice the same."""
    errors: Errors = {}
    seen: set[tuple[date, time, str]] = set()
    for number, meal in enumerate(meals[:MOST_MEALS], start=1):
        place = f"meals {number}"
        if meal.meal not in MEALS:
            errors.setdefault(place, []).append(_("Which meal?"))
        if not plan.arrival_on <= meal.on <= plan.departure_on:
            errors.setdefault(place, []).append(_("This day is outside the stay."))
        if not 1 <= meal.persons <= 5000:
            errors.setdefault(place, []).append(_("How many eat?"))
        for name, most in (("place", 60), ("standard", 60), ("diet", 200), ("host", 60)):
            if len(getattr(meal, name)) > most:
                errors.setdefault(place, []).append(_("At most %(n)s characters.") % {"n": most})
        if (meal.on, meal.time, meal.meal) in seen:
            errors.setdefault(place, []).append(_("This meal stands here twice."))
        seen.add((meal.on, meal.time, meal.meal))
    if len(meals) > MOST_MEALS:
        errors["meals"] = [_("At most %(n)s meals.") % {"n": MOST_MEALS}]
    if errors:
        raise Invalid(errors=errors)


def at_of(meal: MealLine, zone: str) -> datetime:
    """The moment of a meal."""
    return datetime.combine(meal.on, meal.time, ZoneInfo(zone))


def moved_meals(meals: Sequence[MealLine], plan: VipPlan, wanted: VipPlan) -> list[MealLine]:
    """The meals of a stay whose days change: all move with a whole stay that moves; else only those that would fall outside it."""
    by = wanted.arrival_on - plan.arrival_on
    whole = by == wanted.departure_on - plan.departure_on
    return [meal if not whole and wanted.arrival_on <= meal.on <= wanted.departure_on else replace(meal, on=meal.on + by) for meal in meals]
