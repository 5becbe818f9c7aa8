"""How a request and what was read from it are said on pages: days and room types by name, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.enquiries.models import Enquiry
from guiju.enquiries.points import DATES, Point
from guiju.rooms.models import RoomType
from guiju.shelf import wording

MADE = re.compile(r"^[\d?– -]*(?:\w+ × \d+,? ?)*$")  # a summary that intake made of dates and codes: said anew here
EACH = re.compile(r"([^\s,×]+) × (\d+)")
# Words that are kept as keys (payment, kind of message).
WORDS = {
    "cash": N_("settled at the hotel"), "on_account": N_("on account"), "transfer": N_("by transfer"), "voucher": N_("voucher"),
    "prepaid": N_("prepaid"), "request": N_("a request"), "modification": N_("a modification"), "cancellation": N_("a cancellation"),
}


def rooms(wanted: Mapping[str, object], types: Iterable[RoomType]) -> str:
    """标双 11 间、大床 2 间 | Twin × 11, King × 2"""
    names = {kind.code: kind.short for kind in types}
    return _(", ").join(_("{type} × {rooms}").format(type=names.get(code, code), rooms=number) for code, number in wanted.items())


def summary(enquiry: Enquiry, types: Iterable[RoomType], today: date) -> str:
    """What is asked for in one line: the stay, the rooms, and the request it follows."""
    wanted, _arrow, follows = enquiry.summary.partition("→")
    if wanted.strip() and not MADE.match(wanted.strip()):
        return enquiry.summary
    stay = wording.stay(enquiry.arrival_on, enquiry.departure_on, today)
    said = " ".join(part for part in (stay, rooms(enquiry.rooms, types)) if part)
    return f"{said} → {follows.strip()}" if follows.strip() else said


def point(found: Point, types: Iterable[RoomType], today: date) -> str:
    """A point as a person reads it: 11月28日 周六 instead of 2026-11-28, the type's name instead of its code."""
    if found.name in DATES or found.name in ("arrival_on", "departure_on"):
        try:
            return wording.day(date.fromisoformat(found.raw), today)
        except ValueError:
            return found.text
    if found.name in ("rooms", "escort_rooms"):
        names = {kind.code: kind.shown for kind in types}
        return EACH.sub(lambda match: f"{names.get(match[1], match[1])} × {match[2]}", found.text)
    return _(WORDS[found.raw]) if found.raw in WORDS else found.text
