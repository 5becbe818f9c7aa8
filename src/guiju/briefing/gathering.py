"""The sheet of a day: what every room has to say about it, each line only for whoever may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.house.facts import DEPARTMENTS
from guiju.house.models import RosterEntry
from guiju.house.naming import department_name
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.memory import reading


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the day. `counts`: for how many things it stands; `summary`: it sums up; `mark`: important, a VIP's grade."""

    at: time | None
    what: str
    where: str = ""
    persons: int | None = None
    note: str = ""
    url: str = ""
    mark: str = ""
    counts: int = 1
    summary: bool = False

    @property
    def clock(self) -> str:
        """14:06, or nothing."""
        return f"{self.at:%H:%M}" if self.at else ""

    @property
    def rest(self) -> str:
        """Where and what else, in one piece."""
        return " · ".join(one for one in (self.where, self.note) if one)


@dataclass(slots=True)
class Part:
    """What one room has to say."""

    key: str
    label: str
    lines: list[Line] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things."""
        return sum(line.counts for line in self.lines)

    @property
    def persons(self) -> int:
        """How many people, nobody counted twice."""
        return sum(line.persons or 0 for line in self.lines if line.counts)


@dataclass(slots=True)
class DaySheet:
    """The whole sheet of one day as one person may read it."""

    on: date
    parts: list[Part]

    @property
    def filled(self) -> list[Part]:
        """The parts with something in them."""
        return [part for part in self.parts if part.lines]

    @property
    def empty(self) -> list[Part]:
        """The parts of which there is nothing on this day."""
        return [part for part in self.parts if not part.lines]


def sheet(actor: Actor, on: date) -> DaySheet:
    """The sheet of a day for this person: every part whose permission he has, in the order of the briefing."""
    with reading():  # what several parts ask for is asked once
        parts = [
            Part(part.key, str(part.label), [line_of(row) for row in part.rows(actor.hotel_id, on, actor)])
            for part in sorted(registry.day_sheet, key=lambda part: (part.order, part.key))
            if actor.may(part.permission)
        ]
    return DaySheet(on, parts)


def line_of(row: Mapping[str, Any]) -> Line:
    """A line as its room gave it; moments become the hotel's clock."""
    at = row.get("at")
    if isinstance(at, datetime):
        at = timezone.localtime(at).time()
    return Line(
        at, str(row["what"]), str(row.get("where") or ""), row.get("persons"), str(row.get("note") or ""), str(row.get("url") or ""),
        str(row.get("mark") or ""), int(row.get("counts", 1)), bool(row.get("summary")),
    )


def on_duty(hotel_id: UUID, on: date, actor: Actor) -> Iterator[dict[str, Any]]:
    """Who is the duty person of each department: one query."""
    rows = RosterEntry.objects.of(hotel_id).filter(on=on, is_duty=True).select_related("person").order_by("starts_at", "id")
    known = list(DEPARTMENTS)
    for row in sorted(rows, key=lambda row: known.index(row.department) if row.department in known else len(known)):
        until = timezone.localtime(row.ends_at)
        yield {
            "at": row.starts_at, "what": row.person.name, "where": department_name(row.department), "persons": None,
            "note": _("until %(at)s") % {"at": f"{until:%H:%M}"}, "url": "",
        }
