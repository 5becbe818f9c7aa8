"""Meals by standard, per head or per table: in an agreement, or the house's own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates.models import Agreement, MealKind, MealRate
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing


@verb("rates.edit")
def set_meal_rate(
    hotel: Hotel,
    *,
    meal: str,
    standard: str,
    amount: Decimal,
    escort_amount: Decimal = Decimal(0),
    per: str = "head",
    agreement: Agreement | None = None,
    by: Actor,
    now: datetime,
) -> MealRate:
    """Lay down what a meal of a standard costs; without an agreement it is the house's own price.

    The same meal and standard again replaces the price. Raises Invalid at the field.
    """
    _own(hotel, agreement)
    errors: dict[str, list[str]] = {}
    if meal not in MealKind.values:
        errors["meal"] = [_("Choose breakfast, lunch or dinner.")]
    if not standard.strip() or len(standard.strip()) > 40:
        errors["standard"] = [_("Name the standard, in at most 40 characters.")]
    if per not in ("head", "table"):
        errors["per"] = [_("Choose per head or per table.")]
    if not 0 < amount < Decimal(10) ** 8:
        errors["amount"] = [_("The amount must be more than zero.")]
    if not 0 <= escort_amount < Decimal(10) ** 8:
        errors["escort_amount"] = [_("The amount cannot be below zero.")]
    if errors:
        raise Invalid(errors=errors)
    key: dict[str, Any] = {"hotel": hotel, "agreement": agreement, "meal": meal, "standard": standard.strip()}
    was = MealRate.objects.filter(**key).values_list("amount", flat=True).first()
    row, _made = MealRate.objects.update_or_create(**key, defaults={"amount": amount, "escort_amount": escort_amount, "per": per})
    note(
        "meal_rate.set",
        agreement or hotel,
        meal=meal,
        standard=row.standard,
        amount=amount,
        escort_amount=escort_amount,
        per=per,
        was=was,
    )
    return row


@verb("rates.edit")
def remove_meal_rate(rate: MealRate, *, by: Actor, now: datetime) -> None:
    """Take a meal's price away; it cannot be ordered at this standard until another is laid down."""
    about = rate.agreement or ("hotel", str(rate.hotel_id))
    note("meal_rate.removed", about, meal=rate.meal, standard=rate.standard)
    rate.delete()


def _own(hotel: Hotel, agreement: Agreement | None) -> None:
    if agreement is not None and agreement.hotel_id != hotel.pk:
        raise Missing("no such agreement")
