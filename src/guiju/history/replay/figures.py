"""The figures of one hotel's replay: per clause, per post, by hour and weekday, the peaks, and the people needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Any

from guiju.history.replay.counting import DAY, FOREVER, Cell, Key, moment
from guiju.history.replay.staffing import Job, WorkingTime, jobs_of, needed
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.rulebook import Calendar

SATURDAY = 5  # the day from which minutes are counted


@dataclass(frozen=True, slots=True)
class Handling:
    """How many minutes of work a duty takes: one number for all, others for a clause or one of its rules."""

    minutes: int = 5
    by_clause: Mapping[str, int] = field(default_factory=dict)
    goal: float = 0.95

    def of(self, clause: str, rule: str) -> int:
        return self.by_clause.get(f"{clause}/{rule}", self.by_clause.get(clause, self.minutes))


def department_of(post: str) -> str:
    """The department whose hours a post keeps; roles such as the handler are people of sales."""
    if post in POSTS:
        return str(POSTS[post][0])
    return post if post in DEPARTMENTS else "sales"


def figures_of(cells: Mapping[Key, Cell], calendar: Calendar, handling: Handling, first: date, last: date) -> dict[str, Any]:
    """Everything said of one hotel, as plain values."""
    times: dict[str, WorkingTime] = {}

    def time_of(department: str) -> WorkingTime:
        if department not in times:
            times[department] = WorkingTime(calendar, department, first - timedelta(days=7), last + timedelta(days=30))
        return times[department]

    by_post: dict[str, list[tuple[Key, Cell]]] = {}
    for key, cell in sorted(cells.items()):
        by_post.setdefault(key[2], []).append((key, cell))
    jobs = {
        post: [
            job for (clause, rule, _), cell in found
            for job in jobs_of(cell.starts, cell.dues, handling.of(clause, rule), time_of(department_of(post)))
        ]
        for post, found in by_post.items()
    }
    pools: dict[str, list[str]] = {}
    for post in by_post:
        pools.setdefault(department_of(post), []).append(post)
    return {
        **_totals(cells.values()),
        "peak": peaks(list(cells.values())),
        "clauses": _clauses(cells),
        "posts": [_post(post, found, jobs[post], handling) for post, found in by_post.items()],
        "departments": [
            _department(name, posts, [pair for post in posts for pair in by_post[post]], [job for post in posts for job in jobs[post]], handling)
            for name, posts in sorted(pools.items())
        ],
    }


def _totals(cells: Iterable[Cell]) -> dict[str, Any]:
    cells = list(cells)
    came = sum(len(cell.starts) for cell in cells)
    late, in_time = sum(cell.late for cell in cells), sum(cell.in_time for cell in cells)
    return {
        "opened": sum(cell.opened for cell in cells), "fell_away": sum(cell.fell_away for cell in cells), "came": came,
        "late": {"shown": late, "in_time": in_time, "no_evidence": came - late - in_time},
    }


def _clauses(cells: Mapping[Key, Cell]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, list[tuple[str, Cell]]]] = {}
    for (clause, rule, post), cell in sorted(cells.items()):
        found.setdefault(clause, {}).setdefault(rule, []).append((post, cell))
    out = []
    for clause, rules in found.items():
        mine = [cell for pairs in rules.values() for _, cell in pairs]
        out.append({
            "clause": clause, **_totals(mine), "usual_minutes": _usual(mine), "peak": peaks(mine), "posts": dict(sorted(_by_post(rules).items())),
            "rules": [{"rule": rule, **_totals([cell for _, cell in pairs])} for rule, pairs in rules.items()],
        })
    return out


def _usual(cells: Sequence[Cell]) -> int | None:
    """The minutes between coming to the desk and being due that stand in the middle."""
    found = [due - start for cell in cells for start, due in zip(cell.starts, cell.dues, strict=True) if due != FOREVER]
    return max(0, round(median(found))) if found else None


def _by_post(rules: Mapping[str, list[tuple[str, Cell]]]) -> dict[str, int]:
    count: dict[str, int] = {}
    for pairs in rules.values():
        for post, cell in pairs:
            count[post] = count.get(post, 0) + len(cell.starts)
    return count


def _post(post: str, found: Sequence[tuple[Key, Cell]], jobs: Sequence[Job], handling: Handling) -> dict[str, Any]:
    cells = [cell for _, cell in found]
    return {"post": post, "department": department_of(post), **_totals(cells), **_load(found, handling), "people": _people(jobs, handling)}


def _department(
    name: str, posts: Sequence[str], found: Sequence[tuple[Key, Cell]], jobs: Sequence[Job], handling: Handling
) -> dict[str, Any]:
    cells = [cell for _, cell in found]
    return {"department": name, "posts": list(posts), **_totals(cells), **_load(found, handling), "people": _people(jobs, handling)}


def _people(jobs: Sequence[Job], handling: Handling) -> dict[str, Any]:
    found = needed(jobs, handling.goal)
    return {
        "for_goal": found.people, "for_all": found.people_for_all, "goal": found.goal, "jobs": found.jobs,
        "impossible": found.impossible, "late_with_one": found.late_with_one,
    }


def _load(found: Sequence[tuple[Key, Cell]], handling: Handling) -> dict[str, Any]:
    """When the work comes: by weekday and hour of the day, the busiest hours, the peaks."""
    count: Counter[int] = Counter()
    minutes: Counter[int] = Counter()
    for (clause, rule, _), cell in found:
        by_hour = Counter([start // 60 for start in cell.starts])
        count.update(by_hour)
        takes = handling.of(clause, rule)
        for hour, many in by_hour.items():
            minutes[hour] += many * takes
    week = [[0] * 24 for _ in range(7)]
    for hour, many in count.items():
        week[(hour // 24 + SATURDAY) % 7][hour % 24] += many
    days: Counter[int] = Counter()
    for hour, many in minutes.items():
        days[hour // 24] += many
    return {
        "by_weekday_and_hour": week, "by_hour": [sum(day[hour] for day in week) for hour in range(24)], "by_weekday": [sum(day) for day in week],
        "busy_hour_people": _busy(minutes), "busiest_day_hours": round(max(days.values(), default=0) / 60, 1),
        "peak": peaks([cell for _, cell in found]),
    }


def _busy(minutes: Mapping[int, int]) -> list[int]:
    """For each hour of the day: people at work if what comes in that hour is done in it, on 19 of 20 days that have any."""
    by_hour: list[list[int]] = [[] for _ in range(24)]
    for hour, many in minutes.items():
        by_hour[hour % 24].append(many)
    return [ceil(sorted(found)[ceil(len(found) * 0.95) - 1] / 60) if found else 0 for found in by_hour]


def peaks(cells: Sequence[Cell]) -> dict[str, Any]:
    """Most open at once, most that came in one hour and in one day, each with its date."""
    starts = sorted(start for cell in cells for start in cell.starts)
    closes = sorted(close for cell in cells for close in cell.closes)
    most = at = gone = 0
    for number, start in enumerate(starts, 1):
        while closes[gone] < start:
            gone += 1
        if number - gone > most:
            most, at = number - gone, start
    hour = Counter([start // 60 for start in starts])
    day = Counter([start // DAY for start in starts])
    return {"open_at_once": {"duties": most, "at": _at(at) if most else None}, "in_an_hour": _most(hour, 60), "in_a_day": _most(day, DAY)}


def _most(count: Counter[int], minutes: int) -> dict[str, Any]:
    if not count:
        return {"duties": 0, "at": None}
    place, many = min(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return {"duties": many, "at": _at(place * minutes)}


def _at(minute: int) -> str:
    return moment(minute).isoformat(timespec="minutes")
