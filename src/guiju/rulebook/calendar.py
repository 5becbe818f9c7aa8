"""The house calendar: who works when, public holidays, make-up working days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from guiju.rulebook.spans import clock

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD = 400  # days searched for working time before a calendar counts as empty
NEVER = datetime(2999, 12, 31, tzinfo=UTC)  # due while the clock stands still

Hours = Mapping[str, Mapping[str, Sequence[Sequence[str]]]]
zone_of = lru_cache(maxsize=64)(ZoneInfo)


@dataclass(frozen=True)
class Calendar:
    """One revision of the calendar, in force from `from_at`."""

    from_at: datetime
    zone: str
    hours: Hours
    holidays: Mapping[date, str] = field(default_factory=dict)
    makeup: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    _spans: dict[tuple[str, date], tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def local(self, moment: datetime) -> datetime:
        """The moment as the hotel's clocks show it."""
        return moment.astimezone(zone_of(self.zone))

    def moment(self, day: date, seconds: int) -> datetime:
        """So many seconds by the clock after the midnight that begins a local day, in UTC."""
        if seconds >= 86400:
            day, seconds = day + timedelta(days=1), seconds - 86400
        at = datetime(day.year, day.month, day.day, seconds // 3600, seconds % 3600 // 60, seconds % 60)
        return at.replace(tzinfo=zone_of(self.zone)).astimezone(UTC)

    def published(self, year: int) -> bool:
        """Whether the public holidays of a year are known; if not, dates in it are provisional."""
        return year in self.years

    def hours_of(self, department: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """A department's hours; the hotel's, else those of sales, where it has none of its own."""
        for name in (department, "hotel", "sales"):
            if name in self.hours:
                return self.hours[name]
        return next(iter(self.hours.values()), {})

    def spans(self, department: str, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Working time of a department on a local day, as half-open spans in UTC."""
        key = (department, day)
        if key not in self._spans:
            self._spans[key] = self._spans_of(self.hours_of(department), day)
        return self._spans[key]

    def _spans_of(self, hours: Mapping[str, Any], day: date) -> tuple[tuple[datetime, datetime], ...]:
        if day in self.makeup:
            wanted = hours.get("mon", ())
        elif day in self.holidays:
            wanted = hours["holiday"] if "holiday" in hours else hours.get("sun", ())
        else:
            wanted = hours.get(DAYS[day.weekday()], ())
        out = []
        for begins, ends in wanted:
            first, last = clock(begins), clock(ends)
            following = day if last > first else day + timedelta(days=1)
            out.append((self.moment(day, first), self.moment(following, last)))
        return tuple(sorted(out))

    def is_workday(self, department: str, day: date) -> bool:
        """Whether the department works at all on a day."""
        return bool(self.spans(department, day))

    def workday_after(self, department: str, day: date, count: int) -> date:
        """The `count`-th working day after (or, negative, before) a day."""
        step = 1 if count > 0 else -1
        left, found = abs(count), day
        for _ in range(LOOK_AHEAD + 3 * left):
            if not left:
                return found
            found += timedelta(days=step)
            left -= self.is_workday(department, found)
        return day + timedelta(days=count)

    def shifted(self, day: date, holiday: str) -> date:
        """A day moved off public holidays and rest days as the clause says."""
        if holiday == "same" or self.is_workday("hotel", day):
            return day
        return self.workday_after("hotel", day, 1 if holiday == "next-workday" else -1)

    def add(self, department: str | None, moment: datetime, seconds: float) -> datetime:
        """The moment when so much working time has gone by (None: round the clock)."""
        left = timedelta(seconds=seconds)
        if department is None:
            return moment + left
        day = self.local(moment).date() - timedelta(days=1)
        for _ in range(LOOK_AHEAD):
            for begins, ends in self.spans(department, day):
                begins = max(begins, moment)
                if begins < ends:
                    if left <= ends - begins:
                        return begins + left
                    left -= ends - begins
            day += timedelta(days=1)
        return moment + timedelta(seconds=seconds)

    def next_open(self, department: str | None, moment: datetime) -> datetime:
        """The moment itself in working time, else the next start of it."""
        return self.add(department, moment, 0)

    def worked(self, department: str | None, since: datetime, until: datetime) -> float:
        """Seconds of working time between two moments."""
        if until <= since:
            return 0.0
        if department is None:
            return (until - since).total_seconds()
        total, day, last = timedelta(), self.local(since).date() - timedelta(days=1), self.local(until).date()
        while day <= last:
            for begins, ends in self.spans(department, day):
                begins, ends = max(begins, since), min(ends, until)
                if begins < ends:
                    total += ends - begins
            day += timedelta(days=1)
        return total.total_seconds()


class Calendars:
    """All revisions of a hotel's calendar, oldest first."""

    def __init__(self, revisions: Sequence[Calendar]) -> None:
        if not revisions:
            raise ValueError("a hotel has at least one revision of its calendar")
        self.revisions = tuple(sorted(revisions, key=lambda revision: revision.from_at))
        self._starts = [revision.from_at for revision in self.revisions]

    def at(self, moment: datetime) -> Calendar:
        """The revision in force at a moment; before the first, the first."""
        return self.revisions[max(0, bisect_right(self._starts, moment) - 1)]

    def after(self, moment: datetime) -> tuple[Calendar, ...]:
        """Later revisions, in order."""
        return self.revisions[bisect_right(self._starts, moment) :]
