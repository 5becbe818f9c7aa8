"""Counting duties themselves, day by day: the one recipe for what is kept, for what is not kept yet, and for the proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from guiju.compliance.figures import Figure
from guiju.duties.models import Duty
from guiju.rulebook import status

COUNTED = ("timed", "cadence", "notice", "check")
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
SHIFT = 2  # days by which two time zones may differ


class Owner(NamedTuple):
    """Whose a duty is, who did it, and which posts alone may know of it (empty: everybody)."""

    department: str
    post: str
    person: UUID | None
    met_by: UUID | None
    visible_to: tuple[str, ...]


class Line(NamedTuple):
    """The columns of a duty that counting needs."""

    clause: str
    starts_at: datetime
    due_at: datetime
    missed_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    waived_at: datetime | None
    owner_department: str
    owner_post: str
    owner_person_id: UUID | None
    met_by_id: UUID | None
    visible_to: list[str]


@dataclass(slots=True)
class Counted:
    """The duties of a local day by owner and clause, and for how long these counts hold."""

    owners: dict[Owner, dict[str, Figure]] = field(default_factory=dict)
    since_at: datetime | None = None
    until_at: datetime | None = None

    def take(self, line: Line, at: datetime) -> None:
        """Count one duty as it stands at a moment."""
        owner = Owner(
            line.owner_department, line.owner_post, line.owner_person_id, line.met_by_id, tuple(sorted(line.visible_to or ())),
        )
        clauses = self.owners.setdefault(owner, {})
        figure = clauses.get(line.clause)
        if figure is None:
            figure = clauses[line.clause] = Figure(line.clause)
        figure.count(status(line, at).value, line.starts_at, line.due_at, line.met_at)
        self._hold(line, at)

    def _hold(self, line: Line, at: datetime) -> None:
        """Narrow the time for which the counts hold by the moments at which this duty stands otherwise."""
        over = [line.waived_at, line.met_at, line.ended_at]
        run_out = [moment + TICK for moment in (line.due_at, line.missed_at) if moment is not None]
        past = [moment for moment in (*over, *run_out) if moment is not None and moment <= at]
        if past:
            latest = max(past)
            self.since_at = latest if self.since_at is None else max(self.since_at, latest)
        coming = [line.waived_at]
        if line.met_at is None or line.met_at > at:
            coming.append(line.met_at)
            if line.ended_at is None or line.ended_at > at:
                coming += [line.ended_at, *run_out]
        if line.waived_at is not None and line.waived_at <= at:
            coming = []
        ahead = [moment for moment in coming if moment is not None and moment > at]
        if ahead:
            first = min(ahead)
            self.until_at = first if self.until_at is None else min(self.until_at, first)

    def totals(self) -> dict[str, dict[str, Figure]]:
        """By department and clause, of all duties that everybody may know of."""
        found: dict[str, dict[str, Figure]] = {}
        for owner, clauses in self.owners.items():
            if not owner.visible_to:
                here = found.setdefault(owner.department, {})
                for clause, figure in clauses.items():
                    here.setdefault(clause, Figure(clause)).add(figure)
        return found


def lines(rows: QuerySet[Duty]) -> Iterable[Line]:
    """Duties as counting reads them."""
    return (Line._make(row) for row in rows.order_by().values_list(*Line._fields).iterator(chunk_size=5000))


def count(found: Iterable[Line], zone: ZoneInfo, at: Callable[[date], datetime]) -> dict[date, Counted]:
    """Duties by the local day they are due, each day as it stands at its moment."""
    days: dict[date, Counted] = {}
    moments: dict[date, datetime] = {}
    for line in found:
        on = line.due_at.astimezone(zone).date()
        if on not in days:
            days[on], moments[on] = Counted(), at(on)
        days[on].take(line, moments[on])
    return days


def midnight(on: date, zone: ZoneInfo) -> datetime:
    """The moment a local day begins."""
    return datetime.combine(on, time(), zone)


def due_between(hotel_id: UUID, first: date, last: date, zone: ZoneInfo) -> QuerySet[Duty]:
    """The duties that count, due on the local days [first, last)."""
    return Duty.objects.of(hotel_id).filter(due_at__gte=midnight(first, zone), due_at__lt=midnight(last, zone), kind__in=COUNTED)


def local_days(on: date, zone: ZoneInfo) -> list[date]:
    """The local days that share time with a day of UTC."""
    first = datetime.combine(on, time(), UTC).astimezone(zone).date()
    last = (datetime.combine(on + DAY, time(), UTC) - TICK).astimezone(zone).date()
    return [first + DAY * step for step in range((last - first).days + 1)]


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as half-open stretches, oldest first."""
    found: list[tuple[date, date]] = []
    for on in sorted(set(days)):
        if found and found[-1][1] == on:
            found[-1] = (found[-1][0], on + DAY)
        else:
            found.append((on, on + DAY))
    return found


def shown(figures: dict[str, Figure]) -> dict[str, Any]:
    """Figures by clause as JSON, clauses in order."""
    return {clause: figures[clause].as_kept() for clause in sorted(figures)}


def shown_by_department(totals: dict[str, dict[str, Figure]]) -> dict[str, Any]:
    """The same of each department."""
    return {department: shown(totals[department]) for department in sorted(totals)}


def around(days: Iterable[date]) -> set[date]:
    """Days and their neighbours: to which the duties of a day counted in another zone may belong."""
    return {on + DAY * step for on in days for step in range(-SHIFT, SHIFT + 1)}
