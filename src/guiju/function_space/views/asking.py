"""What the pages of this room share: the day that is asked for, forms of a verb, a hall that is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from guiju.clients.forms import complain
from guiju.function_space.queries.space import Halls, standing
from guiju.function_space.refusing import HallTaken
from guiju.function_space.spans import Span
from guiju.function_space.tape import Tape, Trying, day_of, tape
from guiju.house.asking import Asked
from guiju.shelf.errors import Invalid

R = TypeVar("R")
FAR = timedelta(days=1100)
FIELDS = {"from_at": "from_time", "until_at": "until_time", "option_until_at": "option_until"}  # a verb's word -> the page's field


def today(request: Asked) -> date:
    """The day of the request in hotel time."""
    return timezone.localtime(request.now).date()


def zone_of(request: Asked) -> ZoneInfo:
    """The hotel's time zone."""
    return ZoneInfo(request.hotel.zone)


def day_asked(request: Asked) -> date:
    """The day in the address, or today; never further than the diary goes."""
    on = today(request)
    try:
        said = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return on
    return min(max(said, on - FAR), on + FAR)


def carried(form: forms.Form, step: Callable[[dict[str, Any]], R]) -> R | None:
    """Run the step with the form's values; None when something is wrong with them, said beside the fields."""
    if not form.is_valid():
        return None
    try:
        return step(dict(form.cleaned_data))
    except Invalid as wrong:
        complain(form, Invalid(errors={FIELDS.get(name, name): texts for name, texts in wrong.errors.items()}))
        return None


def tape_of(request: Asked, halls: Halls, on: date, *, trying: Trying | None = None, selected: Any = None) -> Tape:
    """The tape of one day: one query."""
    first, last = day_of(on, zone_of(request))
    found = standing(request.hotel.pk, first, last)
    return tape(halls, found, on, zone=zone_of(request), now=request.now, trying=trying, selected=selected)


def refusal(taken: HallTaken, zone: ZoneInfo) -> dict[str, Any]:
    """A hall that is taken, as the page shows it: what is in the way, until when, what else is free."""
    clash = [{"function": row, "hall": taken.names[row.hall_id]} for row in taken.clash]
    offers = [
        {"hall": offer.hall, "span": offer.span, "same_time": offer.same_time, "fields": fields_of(offer.hall.code, offer.span, zone)}
        for offer in taken.free
    ]
    return {"hall": taken.hall, "span": taken.span, "clash": clash, "offers": offers, "clauses": taken.clauses}


def fields_of(code: str, span: Span, zone: ZoneInfo) -> list[tuple[str, str]]:
    """An offer as the fields of the form it goes back into."""
    first, last = span.from_at.astimezone(zone), span.until_at.astimezone(zone)
    ends = last.date().isoformat() if last.date() != first.date() else ""
    return [("hall", code), ("on", first.date().isoformat()), ("from_time", f"{first:%H:%M}"), ("until_time", f"{last:%H:%M}"), ("last_on", ends)]
