"""What clauses ask to be written down about VIPs, as this room keeps it (kind "record")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guiju.shelf.registry import Record, RecordKind
from guiju.vip.models import VipMeal, VipPlan
from guiju.vip.words import FIELD_NAMES, GUEST_NAMES

GONE = (VipPlan.State.CANCELLED,)


def _plan(plan: VipPlan) -> Record:
    return Record(plan.subject, {
        "departed": plan.state == VipPlan.State.DEPARTED, "diet": plan.guest.diet or None, "preferences": plan.guest.preferences or None,
        "summary": plan.summary or None, "grade": plan.grade,
    }, plan.keeper_id, plan.state in GONE)


def _plans(hotel_id: UUID, first: date, until: date) -> QuerySet[VipPlan]:
    return VipPlan.objects.of(hotel_id).filter(arrival_on__gte=first, arrival_on__lt=until)


def plans(hotel_id: UUID, first: date, until: date) -> Iterator[Record]:
    """The plans whose guest arrives in a period."""
    return (_plan(row) for row in _plans(hotel_id, first, until).select_related("guest").order_by("arrival_on", "id"))


def one_plan(hotel_id: UUID, pk: str) -> Record | None:
    """One plan."""
    row = VipPlan.objects.of(hotel_id).filter(pk=pk).select_related("guest").first()
    return _plan(row) if row is not None else None


def _meal(meal: VipMeal) -> Record:
    return Record(meal.subject, {
        "place": meal.place or None, "time": f"{timezone.localtime(meal.at):%H:%M}", "persons": meal.persons or None,
        "standard": meal.standard or None, "diet": meal.diet or None,
    }, meal.plan.keeper_id, meal.removed_at is not None or meal.plan.state in GONE)


def _meals(hotel_id: UUID, first: date, until: date) -> QuerySet[VipMeal]:
    return VipMeal.objects.of(hotel_id).filter(plan__arrival_on__gte=first, plan__arrival_on__lt=until)


def meals(hotel_id: UUID, first: date, until: date) -> Iterator[Record]:
    """The meals of plans whose guest arrives in a period."""
    return (_meal(row) for row in _meals(hotel_id, first, until).select_related("plan").order_by("at", "id"))


def one_meal(hotel_id: UUID, pk: str) -> Record | None:
    """One meal."""
    row = VipMeal.objects.of(hotel_id).filter(pk=pk).select_related("plan").first()
    return _meal(row) if row is not None else None


WORDS: dict[str, Any] = {"diet": GUEST_NAMES["diet"], "preferences": GUEST_NAMES["preferences"], "summary": FIELD_NAMES["summary"]}
MEAL_WORDS: dict[str, Any] = {name: FIELD_NAMES[name] for name in ("place", "time", "persons", "standard", "diet")}
KINDS = {
    "vip": RecordKind(plans, one_plan, WORDS, _("VIP plans"), _plans),
    "vip_meal": RecordKind(meals, one_meal, MEAL_WORDS, _("Meals of VIPs"), _meals),
}
