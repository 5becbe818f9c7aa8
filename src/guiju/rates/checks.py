"""Checks that rack rates and agreement rates share: amounts, breakfasts, weekdays."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

MOST = Decimal(10) ** 8


def weekdays_of(given: str) -> str:
    """Weekdays as they are kept: each once, in order, Monday = 0; nothing for anything else."""
    days = set(given)
    return "".join(sorted(days)) if days and days <= set("0123456") else ""


def amount_errors(amount: Decimal, breakfasts: int, *, free: bool = False) -> dict[str, list[str]]:
    """What is wrong with a rate: it must be more than zero (an escort's room may be free)."""
    errors: dict[str, list[str]] = {}
    if amount < 0 or (amount == 0 and not free) or amount >= MOST:
        errors["amount"] = [_("The amount must be more than zero.")]
    elif amount != amount.quantize(Decimal("0.01")):
        errors["amount"] = [_("At most two decimals.")]
    if not 0 <= breakfasts <= 10:
        errors["breakfasts"] = [_("Between 0 and 10 breakfasts.")]
    return errors
