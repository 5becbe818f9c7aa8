"""What the VIP room shows elsewhere: titles, search, the day sheet, whose plan it is, what its papers and records are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.shelf.actor import Actor
from guiju.vip import queries
from guiju.vip.models import VipGuest, VipMeal, VipPlan
from guiju.vip.words import MEAL_NAMES


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Plan id -> (number, guest, grade; page): one query."""
    rows = VipPlan.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number", "guest__name", "grade")
    return {str(pk): (f"{number} {name} {grade}", reverse("vip:plan", args=[pk])) for pk, number, name, grade in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Plan id -> its number and grade, without anybody's name."""
    rows = VipPlan.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number", "grade")
    return {str(pk): f"{number} {grade}" for pk, number, grade in rows}


def meal_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Meal id -> (number, guest, meal and time; page of its plan)."""
    rows = VipMeal.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "plan__number", "plan__guest__name", "meal", "at", "plan_id")
    return {
        str(pk): (f"{number} {name} {MEAL_NAMES.get(meal, meal)} {timezone.localtime(at):%H:%M}", reverse("vip:plan", args=[plan]))
        for pk, number, name, meal, at, plan in rows
    }


def meal_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Meal id -> number of the plan and meal, without anybody's name."""
    rows = VipMeal.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "plan__number", "meal")
    return {str(pk): f"{number} {MEAL_NAMES.get(meal, meal)}" for pk, number, meal in rows}


def guest_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Guest id -> (name, page of his file)."""
    rows = VipGuest.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "name")
    return {str(pk): (name, reverse("vip:guest", args=[pk])) for pk, name in rows}


def keepers(hotel_id: UUID, ids: Iterable[str]) -> Mapping[str, UUID | None]:
    """Whose plan it is: he may tick for another department, with a reason."""
    return {str(pk): person for pk, person in VipPlan.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "keeper_id")}


def meal_keepers(hotel_id: UUID, ids: Iterable[str]) -> Mapping[str, UUID | None]:
    """Whose plan the meal belongs to."""
    return {str(pk): person for pk, person in VipMeal.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "plan__keeper_id")}


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Plans by name or number: all of them for whoever makes them, a department those that were sent to it."""
    rows = queries.listed(actor, which="all", text=text, today=timezone.localdate())[:limit]
    return [
        (f"{row.number} {row.guest.name} {row.grade}", row.get_state_display(), reverse("vip:plan", args=[row.pk]), "vip") for row in rows
    ]


def on_the_day(hotel_id: UUID, on: date, actor: Actor) -> list[dict[str, Any]]:
    """The VIPs of a day for the morning briefing: arriving, in house, leaving; only those this person may see."""
    lines = []
    for plan in queries.of_day(actor, on):
        arriving = plan.arrival_on == on
        leaving = plan.departure_on == on and not arriving
        said = _("arrives") if arriving else _("leaves") if leaving else _("in house")
        lines.append({
            "at": plan.arrival_at if arriving else plan.departure_at if leaving else None,
            "what": f"{plan.guest.name} {plan.grade} {said}", "where": plan.room, "persons": plan.party + 1,
            "note": f"{plan.arrival_by} {plan.greeters}".strip() if arriving else plan.departure_by if leaving else "",
            "url": reverse("vip:plan", args=[plan.pk]),
        })
    return lines
