"""What came of duties: counts, rates, and how much of the time was used; figures add up and are kept as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guiju.rulebook import Status

RESULTS = ("met", "met_late", "missed", "late", "running", "waived", "superseded")
SPANS = ("used", "limits", "shares")
RUNNING = (Status.OPEN.value, Status.SOON.value, Status.PLANNED.value)
LATE = (Status.MET_LATE.value, Status.MISSED.value, Status.LATE.value)
Kept = dict[str, Any]  # a figure as JSON
Day = dict[str, list[Kept]]  # clause -> the figures that make up its day
ASKED = (Status.MET.value, *LATE)  # what counts in a rate: due by now and not waived
DONE = (Status.MET.value, Status.MET_LATE.value)


@dataclass(slots=True)
class Figure:
    """What one clause asked for in a period and what came of it.

    Of the duties that were done: `used` minutes -> how many, the minutes allowed (`limits`), and used ÷ allowed in percent (`shares`);
    all whole numbers, cut, so that sums of days and a recount agree to the last duty.
    """

    clause: str = ""
    met: int = 0
    met_late: int = 0
    missed: int = 0
    late: int = 0  # past due and still open
    running: int = 0
    waived: int = 0
    superseded: int = 0
    gates_waived: int = 0
    used: Counter[int] = field(default_factory=Counter)
    limits: Counter[int] = field(default_factory=Counter)
    shares: Counter[int] = field(default_factory=Counter)

    @property
    def due(self) -> int:
        """What had to be done by now: the base of the rate, waived ones included."""
        return self.met + self.met_late + self.missed + self.late + self.waived

    @property
    def asked(self) -> int:
        """due − waived."""
        return self.due - self.waived

    @property
    def not_on_time(self) -> int:
        """Late, done or not, and missed."""
        return self.met_late + self.late + self.missed

    @property
    def all(self) -> int:
        """Every duty of the period, also those running and no longer asked for."""
        return self.due + self.running + self.superseded

    @property
    def rate(self) -> float | None:
        """On time ÷ (due − waived), in percent; None when nothing was due. Cut to one decimal: 100 means all of them."""
        return (1000 * self.met // self.asked) / 10 if self.asked else None

    @property
    def median_minutes(self) -> float | None:
        return quantile(self.used, 5)

    @property
    def ninetieth_minutes(self) -> float | None:
        return quantile(self.used, 9)

    @property
    def limit_minutes(self) -> float | None:
        return quantile(self.limits, 5)

    @property
    def median_share(self) -> float | None:
        """Half of them took at most this much of their time, in percent."""
        return quantile(self.shares, 5)

    @property
    def ninetieth_share(self) -> float | None:
        return quantile(self.shares, 9)

    def count(self, status: str, starts_at: datetime, due_at: datetime, met_at: datetime | None) -> None:
        """Count one duty by its status."""
        name = "running" if status in RUNNING else status
        setattr(self, name, getattr(self, name) + 1)
        if status in DONE and met_at is not None:
            used = max(0, int((met_at - starts_at).total_seconds() // 60))
            limit = max(0, int((due_at - starts_at).total_seconds() // 60))
            self.used[used] += 1
            self.limits[limit] += 1
            if limit:
                self.shares[100 * used // limit] += 1

    def add(self, other: Figure) -> None:
        """Take another figure's duties into this one."""
        for name in RESULTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.gates_waived += other.gates_waived
        for name in SPANS:
            mine = getattr(self, name)
            for value, number in getattr(other, name).items():
                mine[value] += number

    def add_kept(self, kept: Kept, *, spans: bool = True) -> None:
        """The same from its JSON, with or without the times that were used."""
        for name, value in kept.items():
            if name in SPANS:
                if not spans:
                    continue
                mine = getattr(self, name)
                for place in range(0, len(value), 2):
                    mine[value[place]] += value[place + 1]
            else:
                setattr(self, name, getattr(self, name) + value)

    def as_kept(self) -> Kept:
        """As JSON: what is not zero; spans as value, number, value, number."""
        kept: Kept = {name: number for name in RESULTS if (number := getattr(self, name))}
        for name in SPANS:
            counted = getattr(self, name)
            if counted:
                kept[name] = [one for value in sorted(counted) for one in (value, counted[value])]
        return kept


def quantile(counted: Counter[int], tenths: int) -> float | None:
    """The value below which so many tenths lie, between neighbours in proportion (as statistics.quantiles, inclusive)."""
    whole = sum(counted.values())
    if not whole:
        return None
    place, part = divmod((whole - 1) * tenths, 10)
    low = high = None
    seen = 0
    for value in sorted(counted):
        seen += counted[value]
        if low is None and seen > place:
            low = value
        if seen > place + 1 or seen == whole:
            high = value if low is not None else None
        if high is not None:
            break
    assert low is not None
    assert high is not None
    return round((low * (10 - part) + high * part) / 10, 1)


def total(figures: Iterable[Figure]) -> Figure:
    """All of them together."""
    whole = Figure()
    for figure in figures:
        whole.add(figure)
    return whole


def by_clause(days: Iterable[Day], *, spans: bool = True) -> dict[str, Figure]:
    """Days together, clause by clause; without the times used where only the numbers are wanted."""
    found: dict[str, Figure] = {}
    for day in days:
        for clause, parts in day.items():
            figure = found.get(clause)
            if figure is None:
                figure = found[clause] = Figure(clause)
            for kept in parts:
                figure.add_kept(kept, spans=spans)
    return found


def whole(days: Iterable[Day]) -> Figure:
    """All clauses of these days together, without the times used."""
    found = Figure()
    for day in days:
        for parts in day.values():
            for kept in parts:
                found.add_kept(kept, spans=False)
    return found
