"""A hall that is taken: what is in the way, until when, and what else is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guiju.function_space.models import Function, Hall
from guiju.function_space.queries.space import Halls, Offer
from guiju.function_space.spans import Span
from guiju.shelf.errors import Refusal

CLAUSE = "event.function-space"
SHOWN = 4


class HallTaken(Refusal):
    """The hall is not free: `clash` are the functions in the way, `free` what could be had instead, `clauses` what forbids it."""

    code = "hall_taken"

    def __init__(self, hall: Hall, span: Span, clash: Sequence[Function], free: Sequence[Offer], halls: Halls, *, zone: ZoneInfo,
                 clauses: Sequence[str] = (CLAUSE,)) -> None:
        self.hall, self.span, self.clash, self.free, self.clauses = hall, span, list(clash), list(free), list(clauses)
        self.names = {row.hall_id: halls.by_id[row.hall_id].shown for row in self.clash}
        super().__init__(
            self._text(zone), clauses=self.clauses,
            clash=[in_the_way(row, halls.by_id[row.hall_id]) for row in self.clash], free=[offered(offer) for offer in self.free],
        )

    def _text(self, zone: ZoneInfo) -> str:
        when = {"hall": self.hall.shown, "when": say_span(self.span.from_at, self.span.until_at, zone)}
        if not self.clash:  # it came free in between: the same request may be sent again
            return _("Somebody else was faster with %(hall)s, %(when)s; please try again.") % when
        shown = [
            _("%(what)s has %(hall)s %(when)s (with set-up and clearing %(taken)s)") % {
                "what": row.label, "hall": self.names[row.hall_id], "when": say_span(row.from_at, row.until_at, zone),
                "taken": say_span(row.taken_from_at, row.taken_until_at, zone),
            }
            for row in self.clash[:SHOWN]
        ]
        text = _("%(hall)s is not free %(when)s: %(list)s.") % {**when, "list": _("; ").join(shown)}
        if not self.free:
            return text
        others = [_("%(hall)s %(when)s") % {"hall": o.hall.shown, "when": say_span(o.span.from_at, o.span.until_at, zone)} for o in self.free]
        return text + " " + _("Free instead: %(list)s.") % {"list": _("; ").join(others)}


def in_the_way(row: Function, hall: Hall) -> dict[str, Any]:
    """A clash as programs read it."""
    return {
        "function": str(row.pk), "label": row.label, "hall": hall.code, "hall_name": hall.shown, "state": row.state,
        "from_at": row.from_at.isoformat(), "until_at": row.until_at.isoformat(),
        "taken_from_at": row.taken_from_at.isoformat(), "taken_until_at": row.taken_until_at.isoformat(),
    }


def offered(offer: Offer) -> dict[str, Any]:
    """An offer as programs read it."""
    return {
        "hall": offer.hall.code, "hall_name": offer.hall.shown,
        "from_at": offer.span.from_at.isoformat(), "until_at": offer.span.until_at.isoformat(),
    }


def say_span(from_at: datetime, until_at: datetime, zone: ZoneInfo) -> str:
    """"17 Oct 13:30–16:30", with the day of the end where it is another."""
    first, last = from_at.astimezone(zone), until_at.astimezone(zone)
    day = date_format(first, "MONTH_DAY_FORMAT")
    end = f"{last:%H:%M}" if last.date() == first.date() else f"{date_format(last, 'MONTH_DAY_FORMAT')} {last:%H:%M}"
    return f"{day} {first:%H:%M}–{end}"
