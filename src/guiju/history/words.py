"""How the history room says things on pages."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guiju.shelf.wording import MONTHS

STATUS_LABELS = {"stayed": _("stayed"), "cancelled": _("cancelled"), "no_show": _("no-show"), "booked": _("still to come")}
DATE_ORDER_WORDS = {
    "ymd": _("year first (2025-04-03)"), "dmy": _("day first (3/4/2025 is 3 April)"), "mdy": _("month first (3/4/2025 is 4 March)"),
}
MEASURE_WORDS = {"room_nights": _("Room nights"), "revenue": _("Room revenue"), "bookings": _("Bookings")}


def month(on: date) -> str:
    """2026年11月 | Nov 2026"""
    return f"{gettext(MONTHS[on.month - 1])} {on.year}" if str(get_language()).startswith("en") else f"{on.year}年{on.month}月"


def short_month(on: date) -> str:
    """11月 | Nov; January with its year."""
    if str(get_language()).startswith("en"):
        return gettext(MONTHS[on.month - 1]) if on.month > 1 else f"{gettext(MONTHS[0])} {on.year % 100:02}"
    return f"{on.month}月" if on.month > 1 else f"{on.year}年1月"


def lead(first: int, until: int | None) -> str:
    """当天 | on the day; 31–60"""
    if first == 0 and until == 0:
        return gettext("same day")
    if until is None:
        return gettext("%(days)s and more") % {"days": first}
    return f"{first}–{until}" if until != first else str(first)
