"""Runs an edition over past bookings: told in portions to child processes, counted there, put together here.

The children need neither database nor web: the edition travels as its texts, the calendar as plain values.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

from guiju.history.replay.counting import PROOF, Cell, Key, Tally
from guiju.history.replay.figures import Handling, figures_of
from guiju.history.replay.profile import Profile
from guiju.history.replay.retelling import PastStay, Retelling, timed
from guiju.history.replay.swift import Swift
from guiju.rulebook import Calendar, Edition
from guiju.rulebook.loading import readable
from guiju.rulebook.vocabulary import Vocabulary

PORTION = 4000  # bookings that a child counts at a time
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Progress = Callable[[int, int], None]


class Stopped(Exception):
    """The replay was told to stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process needs to know."""

    texts: Mapping[str, str]
    vocabulary: Vocabulary
    calendar: Calendar
    profile: Profile
    handling: Handling
    first: date
    last: date


class Desk:
    """One process at work: the edition parsed, the rulebook's answers remembered."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        edition = Edition("replay", LONG_AGO, readable(plan.texts, plan.vocabulary)[0])
        self.retelling = Retelling(edition, plan.calendar, plan.profile)
        until = datetime.combine(plan.last, clock_time(), UTC)
        self.counter = Tally(plan.calendar, provable(edition))
        self.swift = Swift(edition, plan.calendar, plan.first, plan.last, until=until, count=self.counter.counted)

    def count(self, stays: Sequence[PastStay]) -> tuple[dict[Key, Cell], int, int]:
        """(what was counted, rules derived, rules answered from memory) of some bookings."""
        tally = Tally(self.plan.calendar)
        before = self._worked()
        for past in stays:
            for subject, facts in self.retelling.subjects(past):
                tally.add(self.swift.answers(subject, facts))
        after = self._worked()
        return tally.cells, after[0] - before[0], after[1] - before[1]

    def _worked(self) -> tuple[int, int]:
        memories = self.swift.memories.values()
        return sum(one.asked for one in memories), sum(one.kept for one in memories)


def provable(edition: Edition) -> frozenset[tuple[str, str]]:
    """Rules that only facts fulfil which a history can tell by the minute."""
    return frozenset(
        (clause.id, rule.name) for clause in edition.standard.clauses.values() for rule in clause.rules
        if rule.met and {kind for one in rule.met for kind in one.trigger.own} <= PROOF
    )


_desk: list[Desk] = []


def _sit_down(plan: Plan) -> None:
    parent = parent_process()
    if parent is not None:  # a worker that is killed leaves no children behind
        Thread(target=_leave_with, args=(parent,), daemon=True).start()
    _desk[:] = [Desk(plan)]


def _leave_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _count(hotel: str, stays: Sequence[PastStay]) -> tuple[str, dict[Key, Cell], int, int, int, int]:
    cells, asked, kept = _desk[0].count(stays)
    return hotel, cells, asked, kept, os.getpid(), most_memory()


def _figures(hotel: str, cells: Mapping[Key, Cell]) -> tuple[str, dict[str, Any], int, int]:
    plan = _desk[0].plan
    return hotel, figures_of(cells, plan.calendar, plan.handling, plan.first, plan.last), os.getpid(), most_memory()


def most_memory() -> int:
    """The most memory this process ever held, in KiB."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _processor_time() -> float:
    """Seconds that this process and the children it waited for have computed."""
    return sum(os.times()[:4])


def span_of(stays: Sequence[PastStay]) -> tuple[date, date]:
    """The first and the last day that can matter, with room for what comes before and after."""
    days = [day for past in stays for day in (past.booked_on, past.arrival_on, past.departure_on, past.status_on or past.arrival_on)]
    return min(days) - timedelta(days=40), max(days) + timedelta(days=60)


def run(
    by_hotel: Mapping[str, list[PastStay]], plan: Plan, *, processes: int = 2, progress: Progress = lambda done, of: None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """(figures by hotel, how long it took and how much memory). Raises Stopped."""
    began, worked = time.monotonic(), _processor_time()
    for stays in by_hotel.values():
        timed(stays, plan.profile)
    tallies = {hotel: Tally(plan.calendar) for hotel in by_hotel}
    portions = [(hotel, stays[at : at + PORTION]) for hotel, stays in by_hotel.items() for at in range(0, len(stays), PORTION)]
    whole = sum(map(len, by_hotel.values()))
    memory: dict[int, int] = {}
    done = asked = kept = 0
    if processes <= 1 or whole <= PORTION // 4:
        pool: Any = _Here()
        _sit_down(plan)
    else:
        pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_sit_down, initargs=(plan,))
    with pool:
        for size, (hotel, cells, more_asked, more_kept, pid, most) in _portioned(pool, portions, stop):
            tallies[hotel].take(cells)
            memory[pid], asked, kept, done = most, asked + more_asked, kept + more_kept, done + size
            progress(done, whole)
        counted = time.monotonic()
        found = {}
        for future in [pool.submit(_figures, hotel, tally.cells) for hotel, tally in tallies.items()]:
            hotel, figures, pid, most = future.result()
            found[hotel], memory[pid] = figures, most
    memory[os.getpid()] = most_memory()
    ended = time.monotonic()
    return found, {
        "seconds": round(ended - began, 2), "counting_seconds": round(counted - began, 2), "figures_seconds": round(ended - counted, 2),
        "processor_seconds": round(_processor_time() - worked, 2),
        "bookings": whole, "rules_derived": asked, "rules_from_memory": kept, "processes": len(memory),
        "peak_mb": round(sum(memory.values()) / 1024, 1),
    }


def _portioned(pool: Any, portions: Sequence[tuple[str, list[PastStay]]], stop: Callable[[], bool]) -> Iterator[tuple[int, Any]]:
    """Hand out portions, a few ahead of the children; each result as it comes."""
    left = iter(portions)
    running: dict[Future[Any], int] = {}

    def hand_out() -> None:
        for hotel, stays in left:
            running[pool.submit(_count, hotel, stays)] = len(stays)
            if len(running) >= 4:
                return

    hand_out()
    while running:
        if stop():
            for future in running:
                future.cancel()
            raise Stopped
        for future in wait(running, return_when=FIRST_COMPLETED, timeout=1).done:
            size = running.pop(future)
            yield size, future.result()
        hand_out()


class _Here:
    """The same in this process, for little work."""

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        _desk.clear()

    def submit(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*given))
        return future
