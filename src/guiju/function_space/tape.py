"""The diary of one day: hours across, halls down, functions with their set-up and clearing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from guiju.function_space.models import QUARTER, Function, Hall
from guiju.function_space.queries.space import Halls
from guiju.function_space.rows import Group, groups_of, runs
from guiju.function_space.spans import Span

OPENS, CLOSES = 8, 22  # hours shown at least
PER_HOUR = 60 // QUARTER


@dataclass(slots=True)
class Bar:
    """One bar, set-up strip or clash on the tape, placed by its classes."""

    css: str
    function: Function | None = None
    minutes: int = 0
    kind: str = "bk"  # bk: a function; su: set-up; tu: clearing; no: what was tried; clash: where it meets another


@dataclass(slots=True)
class Cell:
    """An empty hour: a click begins an option there."""

    css: str
    hall: Hall
    from_at: datetime


@dataclass(slots=True)
class Head:
    """A row's name and how much of the shown hours is taken."""

    hall: Hall
    used: int


@dataclass(slots=True)
class Lane:
    """One group of rows with its bars."""

    heads: list[Head]
    bars: list[Bar]
    cells: list[Cell]
    css: str
    trying: bool = False


@dataclass(slots=True)
class Tape:
    """Everything the day shows."""

    on: date
    hours: list[tuple[str, str]]
    css: str
    lanes: list[Lane]
    used: int = 0  # share of the hall hours taken
    service: int = 0  # of it set-up and clearing
    functions: list[Function] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trying:
    """A function that somebody would like to place: where it fits, or what it meets."""

    hall: Hall
    span: Span
    clash: Sequence[Function] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The hours shown, in the hotel's time."""

    from_at: datetime
    hours: int

    @property
    def until_at(self) -> datetime:
        """The end of the last hour."""
        return self.from_at + timedelta(hours=self.hours)

    def place(self, from_at: datetime, until_at: datetime) -> tuple[int, int] | None:
        """First column (from 1) and how many; None when nothing of it is shown."""
        first, last = max(from_at, self.from_at), min(until_at, self.until_at)
        if last <= first:
            return None
        start = int((first - self.from_at).total_seconds()) // 60 // QUARTER
        return start + 1, max(1, int((last - first).total_seconds()) // 60 // QUARTER)

    def css(self, from_at: datetime, until_at: datetime) -> str:
        """The classes of a place in time; empty when nothing of it is shown."""
        found = self.place(from_at, until_at)
        return f"q{found[0]} w{found[1]}" if found else ""


def day_of(on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The local day as moments."""
    return datetime.combine(on, time(0), zone), datetime.combine(on + timedelta(days=1), time(0), zone)


def tape(halls: Halls, functions: Iterable[Function], on: date, *, zone: ZoneInfo, now: datetime, trying: Trying | None = None,
         selected: UUID | None = None) -> Tape:
    """The tape of a day from what stands on it; no query."""
    first, last = day_of(on, zone)
    standing = [row for row in functions if row.taken_from_at < last and row.taken_until_at > first]
    window = _window(standing, first, last, trying)
    begins = [(window.from_at + timedelta(hours=n)).astimezone(zone) for n in range(window.hours)]
    hours = [(f"{hour:%H:%M}", f"q{n * PER_HOUR + 1} w{PER_HOUR}") for n, hour in enumerate(begins)]
    found = Tape(on, hours, f"h{window.hours}", [], functions=standing)
    taken = service = whole = 0
    for group in groups_of(halls):
        lane = _lane(group, halls, standing, window, now=now, trying=trying, selected=selected)
        found.lanes.append(lane)
        for row in group.rows:
            mine = [function for function in standing if row.section in halls.sections[function.hall_id]]
            used, about = _minutes(mine, window)
            lane.heads.append(Head(row.hall, round(100 * used / (window.hours * 60))))
            if not any(function.state == Function.State.OUT_OF_ORDER for function in mine):
                taken, service, whole = taken + used, service + about, whole + window.hours * 60
    found.used, found.service = (round(100 * taken / whole), round(100 * service / whole)) if whole else (0, 0)
    return found


def _window(standing: Sequence[Function], first: datetime, last: datetime, trying: Trying | None) -> Window:
    """From eight to ten in the evening, wider where something stands outside."""
    starts, ends = [first + timedelta(hours=OPENS)], [first + timedelta(hours=CLOSES)]
    for row in standing:
        if row.state != Function.State.OUT_OF_ORDER:  # a repair that runs round the clock widens nothing
            starts.append(max(row.taken_from_at, first))
            ends.append(min(row.taken_until_at, last))
    if trying:
        starts.append(max(trying.span.taken_from_at, first))
        ends.append(min(trying.span.taken_until_at, last))
    begin = first + timedelta(hours=int((min(starts) - first).total_seconds() // 3600))
    hours = -(-int((max(ends) - begin).total_seconds()) // 3600)
    return Window(begin, min(max(hours, 1), 24))


def _lane(group: Group, halls: Halls, standing: Sequence[Function], window: Window, *, now: datetime, trying: Trying | None,
          selected: UUID | None) -> Lane:
    sections = {row.section: row.place for row in group.rows}
    lane = Lane([], [], [], f"g{len(group.rows)}")
    for function in standing:
        places = [sections[section] for section in halls.sections[function.hall_id] if section in sections]
        for first, many in runs(places):
            lane.bars += _bars(function, window, f"ra{first} rz{many}", now, selected)
    lane.cells = [cell for row in group.rows for cell in _cells(row.hall, row.section, row.place, halls, standing, window, now)]
    if trying and halls.sections[trying.hall.pk] & set(sections):
        lane.trying, lane.css = True, f"g{len(group.rows)} tr"
        lane.bars += _tried(trying, window, len(group.rows) + 1)
    return lane


def _bars(function: Function, window: Window, rows: str, now: datetime, selected: UUID | None) -> list[Bar]:
    found = []
    before = window.css(function.taken_from_at, function.from_at)
    if before:
        found.append(Bar(f"{before} {rows}", function, function.setup_minutes, "su"))
    place = window.css(function.from_at, function.until_at)
    if place:
        chosen = " sel" if function.pk == selected else ""
        found.append(Bar(f"{look(function, now)} {place} {rows}{chosen}", function))
    after = window.css(function.until_at, function.taken_until_at)
    if after:
        found.append(Bar(f"{after} {rows}", function, function.turn_minutes, "tu"))
    return found


def look(function: Function, now: datetime) -> str:
    """The bar's class: firm, held, act (lapses today), late (its time has passed), ooo."""
    if function.state == Function.State.OUT_OF_ORDER:
        return "ooo"
    if function.state == Function.State.DEFINITE:
        return "firm"
    until = function.option_until_at
    if until is None or until - now > timedelta(hours=24):
        return "held"
    return "held late" if until <= now else "held act"


def _tried(trying: Trying, window: Window, row: int) -> list[Bar]:
    span = trying.span
    place = window.css(span.from_at, span.until_at)
    if not place:
        return []
    if not trying.clash:
        return [Bar(f"new {place} ra{row}", kind="new")]
    found = [Bar(f"no {place} ra{row}", kind="no")]
    for function in trying.clash:
        meets = window.css(max(span.taken_from_at, function.taken_from_at), min(span.taken_until_at, function.taken_until_at))
        if meets:
            found.append(Bar(f"{meets} ra{row}", function, kind="clash"))
    return found


def _cells(hall: Hall, section: UUID, place: int, halls: Halls, standing: Sequence[Function], window: Window, now: datetime) -> list[Cell]:
    """The hours of a row in which nothing stands and that are not over."""
    mine = [function for function in standing if section in halls.sections[function.hall_id]]
    found = []
    for hour in range(window.hours):
        start = window.from_at + timedelta(hours=hour)
        end = start + timedelta(hours=1)
        if end > now and not any(function.taken_from_at < end and function.taken_until_at > start for function in mine):
            found.append(Cell(f"q{hour * PER_HOUR + 1} w{PER_HOUR} ra{place}", hall, start))
    return found


def _minutes(mine: Iterable[Function], window: Window) -> tuple[int, int]:
    """Minutes taken within the shown hours, and of them set-up and clearing."""
    whole = inside = 0
    for function in mine:
        taken = window.place(function.taken_from_at, function.taken_until_at)
        itself = window.place(function.from_at, function.until_at)
        whole += taken[1] * QUARTER if taken else 0
        inside += itself[1] * QUARTER if itself else 0
    return whole, max(0, whole - inside)
