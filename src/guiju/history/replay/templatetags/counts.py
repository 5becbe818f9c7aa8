"""How large numbers are written: 33,825."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def many(number: float | None) -> str:
    """A count with its thousands apart."""
    return "—" if number is None else f"{number:,}"
