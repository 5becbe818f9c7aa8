"""The diary of a week, a month and a year: days or months across, halls down."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guiju.function_space.models import Function, Hall
from guiju.function_space.queries.space import Halls
from guiju.function_space.rows import Row, groups_of
from guiju.function_space.spans import LONGEST_TAKEN
from guiju.function_space.tape import look
from guiju.shelf import wording

State = Function.State
PARTS = (
    (time(0), pgettext_lazy("part of a day", "morning")), (time(12), pgettext_lazy("part of a day", "afternoon")),
    (time(17, 30), pgettext_lazy("part of a day", "evening")),
)
WEIGHT = {State.OPTION.value: 1, State.OUT_OF_ORDER.value: 2, State.DEFINITE.value: 3}
SAYS = {
    0: gettext_lazy("free"), 1: pgettext_lazy("function", "option"), 2: pgettext_lazy("function", "out of order"),
    3: pgettext_lazy("function", "definite"),
}


@dataclass(slots=True)
class Line:
    """A function in a cell of the week, as it is written there."""

    url: str
    css: str
    text: str
    note: str  # the hall it really has, where it is a part of a larger one; what it is beside definite


@dataclass(slots=True)
class WeekCell:
    """One hall on one day; `book` says what a click on its plus does."""

    on: date
    book: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class MonthCell:
    """One hall on one day, in three parts: 0 free, 1 option, 2 out of order, 3 definite."""

    on: date
    css: str
    says: str

    @property
    def taken(self) -> bool:
        """Whether the evening is not free."""
        return not self.css.endswith("0")


def week(halls: Halls, functions: Iterable[Function], days: list[date], *, zone: ZoneInfo, now: datetime) -> list[tuple[Row, list[WeekCell]]]:
    """Row by row what stands on each day; a combined hall stands in each of its parts."""
    rows = [row for group in groups_of(halls) for row in group.rows]
    said = {day: wording.day(day, now.astimezone(zone).date(), weekday=False) for day in days}
    book = _("Book %(hall)s on %(day)s")
    cells = {(row.section, day): WeekCell(day, book % {"hall": row.hall.shown, "day": said[day]}) for row in rows for day in days}
    states = {state: str(label) if state != State.DEFINITE else "" for state, label in State.choices}
    for function in functions:
        first, last = function.from_at.astimezone(zone), function.until_at.astimezone(zone)
        sections = halls.sections[function.hall_id]
        name = halls.by_id[function.hall_id].shown if len(sections) > 1 else ""
        line = Line(
            f"/functions/{function.pk}/", look(function, now), f"{first:%H:%M} {function.label}",
            ", ".join(part for part in (name, states[function.state]) if part),
        )
        for day in days:
            begins, ends = datetime.combine(day, time(0), zone), datetime.combine(day + timedelta(days=1), time(0), zone)
            if first < ends and last > begins:
                for section in sections:
                    if (section, day) in cells:
                        cells[(section, day)].lines.append(line)
    return [(row, [cells[(row.section, day)] for day in days]) for row in rows]


def month(hotel_id: UUID, halls: Halls, days: list[date], *, zone: ZoneInfo) -> list[tuple[Row, list[MonthCell]]]:
    """Row by row morning, afternoon and evening of each day: one query, read as bare values."""
    bounds = _bounds(days, zone)
    rows = [row for group in groups_of(halls) for row in group.rows]
    height: dict[UUID, list[int]] = {row.section: [0] * (len(bounds) - 1) for row in rows}
    stamps = [bound.timestamp() for bound in bounds]
    for hall, state, from_at, until_at in _bare(hotel_id, bounds[0], bounds[-1]):
        weight = WEIGHT[state]
        first, last = _place(stamps, from_at.timestamp(), until_at.timestamp(), len(days))
        for section in halls.sections.get(hall, ()):
            parts = height.get(section)
            if parts is not None:
                for part in range(first, last):
                    parts[part] = max(parts[part], weight)
    words = {key: str(word) for key, word in SAYS.items()}
    names = [str(name) for _from, name in PARTS]
    made: dict[tuple[int, ...], tuple[str, str]] = {}
    found = []
    for row in rows:
        cells = []
        for number, day in enumerate(days):
            three = tuple(height[row.section][3 * number : 3 * number + 3])
            if three not in made:
                says = ", ".join(f"{name} {words[value]}" for name, value in zip(names, three, strict=True))
                made[three] = (f"m{three[0]}{three[1]}{three[2]}", says)
            cells.append(MonthCell(day, *made[three]))
        found.append((row, cells))
    return found


def _bounds(days: list[date], zone: ZoneInfo) -> list[datetime]:
    """The beginnings of all parts of these days, and the end of the last."""
    found = [datetime.combine(day, start, zone) for day in days for start, _name in PARTS]
    return [*found, datetime.combine(days[-1] + timedelta(days=1), time(0), zone)]


def _bare(hotel_id: UUID, first: datetime, last: datetime) -> Iterable[tuple[UUID, str, datetime, datetime]]:
    rows = Function.objects.of(hotel_id).filter(over_at__isnull=True, taken_until_at__gt=first, taken_from_at__lt=last)
    rows = rows.filter(taken_until_at__lt=last + LONGEST_TAKEN)
    return rows.values_list("hall_id", "state", "taken_from_at", "taken_until_at")


def _place(stamps: list[float], first: float, last: float, days: int) -> tuple[int, int]:
    """The parts (from, until) that a time touches, by bisection."""
    return max(0, bisect_right(stamps, first) - 1), min(3 * days, bisect_left(stamps, last))


@dataclass(slots=True)
class YearCell:
    """One hall in one month: how many functions, and how dark the cell is (0 to 4)."""

    first: date
    functions: int
    css: str


def year(hotel_id: UUID, halls: Halls, number: int, *, zone: ZoneInfo) -> tuple[list[date], list[tuple[Hall, list[YearCell]]]]:
    """Hall by hall how many functions begin in each month: one query that the database counts."""
    months = [date(number, n, 1) for n in range(1, 13)]
    ends = [datetime.combine(first, time(0), zone) for first in [*months, date(number + 1, 1, 1)]]
    counted: dict[str, Any] = {
        f"m{n}": Count("pk", filter=Q(from_at__gte=ends[n - 1], from_at__lt=ends[n])) for n in range(1, 13)
    }
    rows = Function.objects.of(hotel_id).filter(over_at__isnull=True, from_at__gte=ends[0], from_at__lt=ends[-1])
    rows = rows.filter(taken_until_at__gt=ends[0], taken_until_at__lt=ends[-1] + LONGEST_TAKEN)  # the index of the diary
    counts = rows.exclude(state=State.OUT_OF_ORDER).values("hall_id").annotate(**counted)
    by_hall: Mapping[UUID, Mapping[str, Any]] = defaultdict(dict, {row["hall_id"]: row for row in counts})
    most = max((row[f"m{n}"] for row in by_hall.values() for n in range(1, 13)), default=0)
    return months, [
        (hall, [YearCell(first, many := by_hall[hall.pk].get(f"m{first.month}", 0), f"d{_shade(many, most)}") for first in months])
        for hall in halls.open
    ]


def _shade(many: int, most: int) -> int:
    return 0 if not many else max(1, min(4, -(-4 * many // most)))
