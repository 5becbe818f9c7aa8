"""What the facts about a plan say: its moments on the hotel's clock, its grade, its parking; and the ladder of its grade."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guiju import rulebook
from guiju.duties.editions import editions_of
from guiju.vip.models import VipMeal, VipPlan

IMPORTANT = ("VVIP", "V1")


def moment(on: date, at: time | None, zone: str) -> datetime | None:
    """A day and a clock time in the hotel as a moment; nothing while the time is not known."""
    return datetime.combine(on, at, ZoneInfo(zone)) if at is not None else None


def set_moments(plan: VipPlan, zone: str) -> None:
    """Bring arrival_at and departure_at in line with day and time."""
    plan.arrival_at = moment(plan.arrival_on, plan.arrival_time, zone)
    plan.departure_at = moment(plan.departure_on, plan.departure_time, zone)


def meals_of(plan: VipPlan) -> list[VipMeal]:
    """The meals in force, by time."""
    return list(VipMeal.objects.of(plan.hotel_id).filter(plan=plan, removed_at__isnull=True).order_by("at", "id"))


def attrs_of(plan: VipPlan, meals: Iterable[VipMeal], now: datetime, zone: str, **more: Any) -> dict[str, Any]:
    """What every fact about a plan repeats (facts.PLAN)."""
    return {
        "grade": plan.grade, "arrival_at": plan.arrival_at, "arrival_by": bool(plan.arrival_by), "departure_at": plan.departure_at,
        "spaces": plan.parking, "secured": bool(plan.security), "meals": bool(list(meals)),
        "same_day_arrival": plan.arrival_on == now.astimezone(ZoneInfo(zone)).date(), "handler": str(plan.keeper_id),
        "important": plan.grade in IMPORTANT, "emergency": False, **more,
    }


def meal_attrs(plan: VipPlan, meal: VipMeal) -> dict[str, Any]:
    """What the facts about a meal say."""
    return {
        "meal": meal.meal, "meal_at": meal.at, "persons": meal.persons, "diet": bool(meal.diet), "grade": plan.grade, "handler": str(plan.keeper_id),
    }


def is_complete(meal: VipMeal) -> bool:
    """Whether place, time, number, standard and diet of a meal are written down (vip.meals)."""
    return bool(meal.place and meal.persons and meal.standard and meal.diet)


def ladder(hotel_id: UUID, grade: str, now: datetime) -> list[str]:
    """The amenities that the standard in force gives to a grade."""
    found = rulebook.look_up(editions_of(hotel_id), "vip.room-check", "ladder", {"grade": grade}, now) or {}
    return [str(code) for code in found.get("amenities", [])]


def greeting(hotel_id: UUID, grade: str, now: datetime) -> list[str]:
    """The posts that greet a grade by the standard in force."""
    found = rulebook.look_up(editions_of(hotel_id), "vip.greet", "who", {"grade": grade}, now) or {}
    return [str(post) for post in found.get("greeted_by", [])]
