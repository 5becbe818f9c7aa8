"""What is asked on the compliance pages, read from their address: a preset or two days, and whose duties."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from guiju.compliance.asking import LONGEST_DAYS, Ask, period
from guiju.house.facts import DEPARTMENTS, POSTS

PRESETS = ("week", "month", "quarter")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(slots=True)
class Asked:
    """The question, the preset it came by ("own" for two days), and what was wrong beside its field."""

    ask: Ask
    period: str
    errors: dict[str, list[str]] = field(default_factory=dict)


def read(given: QueryDict, today: date) -> Asked:
    """The question of an address; what cannot be read is named and leaves this month, everybody."""
    errors: dict[str, list[str]] = {}
    name = given.get("period", "month")
    name = name if name in PRESETS else "month"
    first, last = period(name, today)
    if given.get("from") or given.get("until"):
        days = {place: _day(given.get(place, ""), place, errors) for place in ("from", "until")}
        began, ended = days["from"], days["until"]
        if began and ended and ended < began:
            errors["until"] = [_("The last day lies before the first.")]
        elif began and ended and (ended - began).days >= LONGEST_DAYS:
            errors["until"] = [_("Ask for ten years at most.")]
        elif began and ended:
            first, last, name = began, ended + timedelta(days=1), "own"
    return Asked(
        Ask(
            first, last, _one_of(given, "department", DEPARTMENTS, errors), _one_of(given, "post", POSTS, errors), _person(given, errors),
            given.get("clause", "")[:60],
        ), name, errors,
    )


def _day(text: str, place: str, errors: dict[str, list[str]]) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError
    except ValueError:
        errors[place] = [_("Give a day, as 2026-11-24.")]
        return None
    return found


def _one_of(given: QueryDict, place: str, known: Collection[str], errors: dict[str, list[str]]) -> str:
    text = given.get(place, "")
    if text and text not in known:
        errors[place] = [_("Choose one of the list.")]
        return ""
    return text


def _person(given: QueryDict, errors: dict[str, list[str]]) -> UUID | None:
    text = given.get("person", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        errors["person"] = [_("Choose one of the list.")]
        return None


def replace_clause(ask: Ask) -> Ask:
    """The same of all clauses: on the page a clause is only opened, not asked for alone."""
    return replace(ask, clause="")
