"""Counts the duties of a replay: each as a few whole minutes of the hotel's wall clock, never as a row of its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from guiju.history.replay.swift import Answer
from guiju.rulebook import NEVER, Calendar, DerivedDuty

DAY = 1440
ORIGIN = datetime(2000, 1, 1)  # minutes are counted from here, by the wall clock
ASSUMED = frozenset({"paper.issued", "booking.confirmed"})  # facts the replay itself made: they prove nothing
PROOF = frozenset({"reply.sent"})  # told only where the file has the minute of the request and of the reply
RECEIVERS = ("receiver", "department")
FOREVER = 2**31 - 1

Key = tuple[str, str, str]  # clause, rule, post
Counted = tuple[Key, int, int, int, bool, int]  # start, due, close; fell away; what is shown: LATE, IN_TIME or NOTHING
LATE, NOTHING, IN_TIME = 1, 0, -1


@dataclass(slots=True)
class Cell:
    """The duties of one rule at one post. Minutes of those that came to the desk; the others only counted."""

    starts: array[int] = field(default_factory=lambda: array("i"))
    dues: array[int] = field(default_factory=lambda: array("i"))
    closes: array[int] = field(default_factory=lambda: array("i"))
    opened: int = 0
    fell_away: int = 0
    late: int = 0
    in_time: int = 0

    def take(self, other: Cell) -> None:
        """Add what another process counted."""
        self.starts.extend(other.starts)
        self.dues.extend(other.dues)
        self.closes.extend(other.closes)
        self.opened += other.opened
        self.fell_away += other.fell_away
        self.late += other.late
        self.in_time += other.in_time


class Tally:
    """What was counted, by clause, rule and post. `provable`: rules that nothing but a reply fulfils, so that a late one shows."""

    def __init__(self, calendar: Calendar, provable: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.calendar, self.provable = calendar, provable
        self.cells: dict[Key, Cell] = {}

    def add(self, found: Iterable[tuple[Answer, int]]) -> None:
        """Count the duties of one subject."""
        cells = self.cells
        for answer, days in found:
            by = days * DAY
            for key, start, due, close, fell_away, shown in answer.rows:
                cell = cells.get(key)
                if cell is None:
                    cell = cells[key] = Cell()
                cell.opened += 1
                if fell_away:
                    cell.fell_away += 1
                    continue
                cell.late += shown == LATE
                cell.in_time += shown == IN_TIME
                cell.starts.append(start + by)
                cell.dues.append(due + by if due != FOREVER else due)
                cell.closes.append(close + by)

    def counted(self, duty: DerivedDuty) -> Counted:
        """One duty in minutes. It stands from its start until it is due, or until the history itself closed it before."""
        post = (duty.owner_id or "sales") if duty.owner in RECEIVERS else duty.owner
        start = self.minute(duty.starts_at)
        due = FOREVER if duty.due_at == NEVER else self.minute(duty.due_at)
        closed = duty.met_at if duty.met_at and duty.because[-1][1] not in ASSUMED else duty.ended_at
        close = due if closed is None else min(due, self.minute(closed))
        fell_away = duty.ended_at is not None and duty.ended_at <= duty.starts_at
        return (duty.clause, duty.rule, post), start, due, max(start, close), fell_away, self._shown(duty, due)

    def _shown(self, duty: DerivedDuty, due: int) -> int:
        """What the history itself shows: late from the start by its dates, or a reply whose minute is told."""
        if due // DAY < self.minute(duty.opens_at) // DAY:
            return LATE
        if duty.met_at is None or duty.because[-1][1] not in PROOF:
            return NOTHING
        if duty.met_at <= duty.due_at:
            return IN_TIME
        return LATE if (duty.clause, duty.rule) in self.provable else NOTHING

    def minute(self, at: datetime) -> int:
        """A moment as minutes of the wall clock."""
        return (self.calendar.local(at).replace(tzinfo=None) - ORIGIN) // timedelta(minutes=1)

    def take(self, other: dict[Key, Cell]) -> None:
        """Add what another process counted."""
        for key, cell in other.items():
            mine = self.cells.get(key)
            if mine is None:
                self.cells[key] = cell
            else:
                mine.take(cell)


def moment(minute: int) -> datetime:
    """Wall-clock minutes as a naive local moment."""
    return ORIGIN + timedelta(minutes=minute)


