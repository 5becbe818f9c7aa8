"""How many people a post needs: its duties, first due first done, by N people who each take so many minutes for one.

The clock of the count is the post's own working time: minutes outside it do not pass. A duty can be begun when it comes to
the desk; it is in time if it is finished by its due moment. No chance is in it: the same duties give the same answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush, heapreplace

from guiju.history.replay.counting import DAY, FOREVER, ORIGIN
from guiju.rulebook import Calendar

Job = tuple[int, int, int]  # comes, due, minutes it takes: in working minutes of its post


@dataclass(frozen=True, slots=True)
class Needed:
    """The answer for one post."""

    jobs: int
    impossible: int  # late whoever and however many they were: due before they could be done in working time
    goal: float
    people: int  # enough for the goal among those that can be in time
    people_for_all: int
    late_with_one: int


class WorkingTime:
    """Wall-clock minutes of a department as minutes of its working time."""

    def __init__(self, calendar: Calendar, department: str, first: date, last: date) -> None:
        spans: list[list[int]] = []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            for begins, ends in calendar.spans(department, date.fromordinal(ordinal)):
                one, two = _minute(calendar, begins), _minute(calendar, ends)
                if spans and one <= spans[-1][1]:
                    spans[-1][1] = max(spans[-1][1], two)
                else:
                    spans.append([one, two])
        self._begins = [one for one, _ in spans]
        self._spans = spans
        self._gone = [0]
        for one, two in spans:
            self._gone.append(self._gone[-1] + two - one)
        self._known: dict[int, int] = {}

    def at(self, minute: int) -> int:
        """How many working minutes have gone by."""
        found = self._known.get(minute)
        if found is None:
            place = bisect_right(self._begins, minute) - 1
            if place < 0:
                found = 0
            else:
                one, two = self._spans[place]
                found = self._gone[place] + min(minute, two) - one
            self._known[minute] = found
        return found


def _minute(calendar: Calendar, at: object) -> int:
    local = calendar.local(at).replace(tzinfo=None) - ORIGIN  # type: ignore[arg-type]
    return local.days * DAY + local.seconds // 60


def late(jobs: Sequence[Job], people: int) -> int:
    """How many of the duties are finished after their due moment by so many people; `jobs` in the order they come."""
    free = [0] * people
    heapify(free)
    waiting: list[tuple[int, int]] = []  # (due, minutes)
    at = count = place = 0
    of = len(jobs)
    while place < of or waiting:
        at = max(at, free[0])  # who was idle begins when the work has come, not before
        if not waiting and at < jobs[place][0]:
            at = jobs[place][0]
        while place < of and jobs[place][0] <= at:
            heappush(waiting, jobs[place][1:])
            place += 1
        due, takes = heappop(waiting)
        heapreplace(free, at + takes)
        count += at + takes > due
    return count


def needed(jobs: Sequence[Job], goal: float) -> Needed:
    """The fewest people with whom so great a part is in time, and with whom all are that can be."""
    jobs = sorted(jobs)
    impossible = sum(comes + takes > due for comes, due, takes in jobs)
    possible = len(jobs) - impossible
    known: dict[int, int] = {}

    def more(people: int) -> int:
        if people not in known:
            known[people] = late(jobs, people) - impossible
        return known[people]

    allowed = int(possible * (1 - goal) + 1e-9)
    return Needed(
        len(jobs), impossible, goal, _fewest(more, allowed), _fewest(more, 0), more(1) + impossible if jobs else 0,
    )


def _fewest(more: object, allowed: int) -> int:
    """By doubling, then halving. With more people no duty waits longer, save where a long one overtakes by chance of order."""
    high = 1
    while more(high) > allowed and high < 4096:  # type: ignore[operator]
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if more(middle) > allowed:  # type: ignore[operator]
            low = middle
        else:
            high = middle
    return high


def jobs_of(starts: Sequence[int], dues: Sequence[int], takes: int, time: WorkingTime) -> list[Job]:
    """Duties of a rule as jobs in working minutes; what takes nobody's time is no job."""
    if not takes:
        return []
    at = time.at
    return [(at(start), at(due) if due != FOREVER else FOREVER, takes) for start, due in zip(starts, dues, strict=True)]
