"""A calendar that remembers what it was asked, so that an answer can be used again on days of the same sort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from guiju.rulebook.calendar import Calendar, zone_of

Spans = tuple[tuple[datetime, datetime], ...]
HOLIDAY, MAKEUP = "\0holiday", "\0makeup"


class _Asked(Mapping[date, str]):
    """Days of one sort; every question whether a day is among them is written down."""

    def __init__(self, name: str, days: Any, asked: dict[tuple[str, int], None]) -> None:
        self._name, self._days, self._asked = name, days, asked

    def __contains__(self, day: object) -> bool:
        if isinstance(day, date):
            self._asked[(self._name, day.toordinal())] = None
        return day in self._days

    def __getitem__(self, day: date) -> str:
        return str(self._days[day])

    def __iter__(self) -> Iterator[date]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)


@dataclass(frozen=True)
class Watched(Calendar):
    """The calendar itself, with a list of the days it was asked about."""

    real: Calendar = field(default=None, repr=False, compare=False)  # type: ignore[assignment]
    asked: dict[tuple[str, int], None] = field(default_factory=dict, repr=False, compare=False)

    def spans(self, department: str, day: date) -> Spans:
        self.asked[(department, day.toordinal())] = None
        return self.real.spans(department, day)


def watched(real: Calendar) -> Watched:
    """The calendar under watch."""
    asked: dict[tuple[str, int], None] = {}
    holidays, makeup = _Asked(HOLIDAY, real.holidays, asked), _Asked(MAKEUP, real.makeup, asked)
    return Watched(real.from_at, real.zone, real.hours, holidays, makeup, real.years, real=real, asked=asked)  # type: ignore[arg-type]


class Sorts:
    """The sort of each day for each question: days with equal working time, counted from their midnight, are of one sort."""

    def __init__(self, real: Calendar) -> None:
        self.real = real
        self._known: dict[tuple[str, int], int] = {}
        self._numbers: dict[Any, int] = {}

    def of(self, name: str, ordinal: int) -> int:
        """The number of the sort of a day."""
        found = self._known.get((name, ordinal))
        if found is None:
            found = self._known[(name, ordinal)] = self._numbers.setdefault(self._told(name, ordinal), len(self._numbers))
        return found

    def _told(self, name: str, ordinal: int) -> Any:
        day = date.fromordinal(ordinal)
        if name == HOLIDAY:
            return day in self.real.holidays
        if name == MAKEUP:
            return day in self.real.makeup
        midnight = self.real.moment(day, 0)
        return tuple((begins - midnight, ends - midnight) for begins, ends in self.real.spans(name, day))


def steady_offset(zone: str, first: date, last: date) -> timedelta | None:
    """The zone's one distance from UTC over a span of days; None where clocks are put forward or back in it."""
    there = zone_of(zone)
    found = {
        datetime(day.year, day.month, day.day, hour, tzinfo=UTC).astimezone(there).utcoffset()
        for ordinal in range(first.toordinal(), last.toordinal() + 1)
        for day in (date.fromordinal(ordinal),)
        for hour in (0, 6, 12, 18)
    }
    return found.pop() if len(found) == 1 else None
