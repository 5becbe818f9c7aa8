"""The small drawings of compliance as numbers for SVG attributes: bars by result, twelve weeks, days, a dot an instance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiju.compliance.figures import Figure

BAR = 112
DOTS_WIDE, DOTS_BASE, DOT, MOST_HIGH = 376, 108, 8, 12
BINS = 15  # dots stand in columns of a fifteenth of the limit


def bar(figure: Figure, width: int = BAR) -> list[tuple[str, str, str]]:
    """(fill, x, width) of what was on time, late, missed, waived; each visible however small."""
    counts = (("ok", figure.met), ("lt", figure.met_late + figure.late), ("un", figure.missed), ("fr", figure.waived))
    whole, x, found = sum(number for _fill, number in counts), 0.0, []
    for fill, number in counts:
        if number:
            long = min(max(width * number / whole, 5.0 if fill != "ok" else 0.0), width - x)
            found.append((fill, f"{x:.1f}", f"{max(long - 1, 1):.1f}"))
            x += long
    return found


@dataclass(slots=True)
class Trend:
    """Twelve weeks of a clause's rate: the line, its last point, where the line of 95 % lies."""

    points: str
    x: str
    y: str
    aim: str


def trend(rates: list[float | None], width: int = 68, height: int = 16) -> Trend | None:
    """The line through the weeks that had anything due; none when fewer than two had."""
    known = [(place, rate) for place, rate in enumerate(rates) if rate is not None]
    if len(known) < 2:
        return None

    def at(place: int, rate: float) -> tuple[str, str]:
        return f"{place * (width - 6) / (len(rates) - 1) + 2:.1f}", f"{height - 2 - (max(rate, 50.0) - 50) / 50 * (height - 4):.1f}"

    drawn = [at(place, rate) for place, rate in known]
    return Trend(" ".join(f"{x},{y}" for x, y in drawn), *drawn[-1], at(0, 95)[1])


def columns(days: list[date], counts: list[tuple[int, int]], width: int = 372, height: int = 46) -> list[dict[str, Any]]:
    """A column a day: all that was due, hatched what was late; every other day has its number."""
    step, most = width / max(len(days), 1), max((due for due, _late in counts), default=0) or 1
    thick = min(15.0, step * 0.62)
    found = []
    for place, (on, (due, late)) in enumerate(zip(days, counts, strict=True)):
        tall, hatched = due / most * (height - 6), late / most * (height - 6)
        found.append({
            "x": f"{place * step + (step - thick) / 2:.1f}", "w": f"{thick:.1f}", "y": f"{height - tall:.1f}", "h": f"{tall:.1f}",
            "late_y": f"{height - hatched:.1f}", "late_h": f"{hatched:.1f}", "late": late, "due": due,
            "mid": f"{place * step + step / 2:.1f}", "label": str(on.day) if place % (2 if len(days) < 20 else 5) == 0 else "",
        })
    return found


@dataclass(slots=True)
class Dots:
    """How long each instance took against the limit."""

    dots: list[tuple[str, str]] = field(default_factory=list)
    over: list[tuple[str, str]] = field(default_factory=list)
    limit: str = ""
    median: str = ""
    ticks: list[tuple[str, float]] = field(default_factory=list)  # (x, minutes)


def dots(used: Counter[int], limit: float | None, middle: float | None) -> Dots | None:
    """A dot for each instance in its column (for very many, for so many); those over the limit are squares, the longest at the edge."""
    if not used or not limit:
        return None
    far = 1.5 * limit

    def x(value: float) -> float:
        return 6 + min(value, far) * (DOTS_WIDE - 12) / far

    found = Dots(limit=f"{x(limit):.1f}", median=f"{x(middle):.1f}" if middle is not None else "")
    within, over = _columns(used, limit)
    most = max((within[column] + over[column] for column in {*within, *over}), default=1)
    each = max(1, -(-most // MOST_HIGH))  # one dot stands for so many
    for column in sorted({*within, *over}):
        place = f"{x((column + 0.5) * limit / BINS):.1f}"
        drawn = -(-within[column] // each)
        for step in range(drawn + -(-over[column] // each)):
            (found.dots if step < drawn else found.over).append((place, f"{DOTS_BASE - 6 - step * DOT:.1f}"))
    found.ticks = [(f"{x(limit * part):.1f}", limit * part) for part in (0, 1 / 3, 2 / 3, 4 / 3)]
    return found


def _columns(used: Counter[int], limit: float) -> tuple[Counter[int], Counter[int]]:
    """How many stand in each column: within the limit, over it."""
    within: Counter[int] = Counter()
    over: Counter[int] = Counter()
    for value, number in used.items():
        column = min(int(value / limit * BINS), int(1.5 * BINS))
        (over if value > limit else within)[column] += number
    return within, over
