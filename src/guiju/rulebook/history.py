"""The facts of one subject in their order, and what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from guiju.rulebook.calendar import Calendar
from guiju.rulebook.clauses import Fact, Trigger


def _place(fact: Fact) -> tuple[datetime, int]:
    return fact.at, fact.seq


def _whole(fact: Fact) -> tuple[Any, ...]:
    attrs = repr(sorted((name, repr(value)) for name, value in fact.attrs.items()))
    return fact.at, fact.seq, fact.kind, fact.subjects, fact.by or "", attrs


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """By moment, then as written, then by content. A fact given twice counts once."""
    found = sorted(facts, key=_place)
    if any(_place(left) == _place(right) for left, right in pairwise(found)):
        found = sorted(found, key=_whole)
        found = [fact for n, fact in enumerate(found) if n == 0 or _whole(fact) != _whole(found[n - 1])]
    return found


class History:
    """One subject's facts, indexed by kind; attributes as of each fact."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = ordered(facts)
        self.by_kind: dict[str, list[int]] = {}
        for index, fact in enumerate(self.facts):
            self.by_kind.setdefault(fact.kind, []).append(index)
        self._lines: dict[str, list[tuple[int, Any]]] = {}

    def line(self, attr: str) -> list[tuple[int, Any]]:
        """Every fact that carries an attribute, with its value."""
        if attr not in self._lines:
            self._lines[attr] = [
                (n, fact.attrs[attr]) for n, fact in enumerate(self.facts) if attr in fact.attrs
            ]
        return self._lines[attr]

    def as_of(self, attr: str, index: int, *, given: bool = False) -> Any:
        """The newest value up to a fact; with `given`, the newest that is not empty."""
        value = None
        for n, found in self.line(attr):
            if n > index:
                break
            if not given or found not in (None, ""):
                value = found
        return value

    def fits(self, trigger: Trigger, index: int) -> bool:
        """Whether a fact is one the trigger speaks of and its attributes fit."""
        fact = self.facts[index]
        own = trigger.own.get(fact.kind)
        if own is None:
            return False
        for name, test in trigger.where:
            if name in fact.attrs:
                value = fact.attrs[name]
            else:
                value = None if name in own else self.as_of(name, index)
            if not test(value):
                return False
        return True

    def on_day(self, trigger: Trigger, index: int, calendar: Calendar) -> bool:
        """Whether the local day of a fact is of the sort that the trigger asks for."""
        if trigger.days == "any":
            return True
        day = calendar.local(self.facts[index].at).date()
        if trigger.days == "workday":
            return calendar.is_workday("hotel", day)
        if trigger.days == "weekend":
            return day.weekday() >= 5 and day not in calendar.makeup
        return (day in calendar.holidays) is (trigger.days == "holiday")

    def candidates(self, kinds: Iterable[str], start: int = 0) -> Iterator[int]:
        """Indexes of facts of these kinds, in order."""
        found = sorted({n for kind in kinds for n in self.by_kind.get(kind, ()) if n >= start})
        yield from found


def moment_of(value: Any, calendar: Calendar) -> datetime | None:
    """An attribute as a moment: a date is its first moment at the hotel; a moment without zone is local."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
        if value.tzinfo is None:
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            return calendar.moment(value.date(), seconds)
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else moment_of(value.isoformat(), calendar)
    return calendar.moment(value, 0) if isinstance(value, date) else None


def day_of(value: Any, calendar: Calendar) -> date | None:
    """An attribute as a local day."""
    moment = moment_of(value, calendar)
    return calendar.local(moment).date() if moment else None


def text_of(value: Any) -> str:
    """An attribute as the name of an occurrence."""
    return value.isoformat() if isinstance(value, date) else str(value)


def pauses(
    history: History, start: Trigger | None, stop: Trigger | None, opened: int, last: int
) -> list[tuple[datetime, datetime | None]]:
    """Spans in which the clock stands still; the last may have no end yet."""
    out: list[tuple[datetime, datetime | None]] = []
    if start is None or stop is None:
        return out
    since: datetime | None = None
    for index in history.candidates({*start.own, *stop.own}, opened + 1):
        if index > last:
            break
        if since is None and history.fits(start, index):
            since = history.facts[index].at
        elif since is not None and history.fits(stop, index):
            out.append((since, history.facts[index].at))
            since = None
    if since is not None:
        out.append((since, None))
    return out
