"""The charts as numbers for SVG attributes; every chart stands beside its table and prints in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from guiju.history.pace import CURVE_DAYS, Curve

WIDE, HIGH, LEFT, BOTTOM, TOP = 720, 216, 44, 22, 8
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(slots=True)
class Chart:
    """What every chart has: its size and the lines across with their figures."""

    wide: int = WIDE
    high: int = HIGH
    base: str = ""
    left: int = LEFT
    ticks: list[tuple[str, str]] = field(default_factory=list)  # (y, text)
    bars: list[dict[str, str]] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)  # (x, text)
    lines: list[tuple[str, str]] = field(default_factory=list)  # (css, points)
    marks: list[tuple[str, str, str]] = field(default_factory=list)  # (css, x, y)


def short(amount: Decimal | float) -> str:
    """12k, 1.5m: a figure at the edge of a chart."""
    value = float(amount)
    for size, sign in ((1_000_000, "m"), (1_000, "k")):
        if abs(value) >= size:
            return f"{value / size:.1f}".rstrip("0").rstrip(".") + sign
    return f"{value:.0f}"


def _scale(chart: Chart, most: float) -> float:
    """Draw the lines across for values up to `most`; points a unit."""
    most = max(most, 1.0)
    size = 10 ** (len(str(int(most / 4))) - 1)
    step = next((size * part for part in STEPS if size * part * 4 >= most), size * 10)
    tall = chart.high - BOTTOM - TOP
    unit = tall / max(step * 4, most)
    chart.base = f"{chart.high - BOTTOM}"
    heights = [(step * place, step * place * unit) for place in range(5)]
    chart.ticks = [(f"{chart.high - BOTTOM - up:.1f}", short(value)) for value, up in heights if up <= tall + 0.1]
    return unit


def pairs(names: Sequence[str], now: Sequence[Decimal], before: Sequence[Decimal | None], ended: Sequence[Decimal | None]) -> Chart:
    """A solid bar beside a hollow one for each name, and a stroke where last year ended."""
    chart = Chart()
    unit = _scale(chart, float(max([*now, *[value or Decimal(0) for value in (*before, *ended)]], default=Decimal(0))))
    step = (chart.wide - LEFT) / max(len(names), 1)
    thick = min(22.0, step * 0.34)
    base = chart.high - BOTTOM
    for place, name in enumerate(names):
        middle = LEFT + step * (place + 0.5)
        for css, value, x in (("ty", now[place], middle - thick - 1), ("ly", before[place], middle + 1)):
            if value:
                tall = max(float(value) * unit, 0.0)
                chart.bars.append({"css": css, "x": f"{x:.1f}", "y": f"{base - tall:.1f}", "w": f"{thick:.1f}", "h": f"{tall:.1f}"})
        if ended[place]:
            y = f"{base - float(ended[place] or 0) * unit:.1f}"
            chart.lines.append(("en", f"{middle:.1f},{y} {middle + thick + 2:.1f},{y}"))
        chart.labels.append((f"{middle:.1f}", name))
    return chart


def curves(found: Curve) -> Chart:
    """How a month filled, as two lines: this year solid, last year dotted."""
    chart = Chart()
    values = [float(amount) for series in (found.this, found.last) for _day, amount in series]
    unit = _scale(chart, max(values, default=0.0))
    base, long = chart.high - BOTTOM, CURVE_DAYS + 31

    def x(day: int) -> float:
        return LEFT + (day + CURVE_DAYS) / long * (chart.wide - LEFT - 8)

    for css, series in (("ly", found.last), ("ty", found.this)):
        if len(series) > 1:
            chart.lines.append((css, " ".join(f"{x(day):.1f},{base - float(amount) * unit:.1f}" for day, amount in series[::2] + series[-1:])))
    if found.this:
        day, amount = found.this[-1]
        chart.marks.append(("ty", f"{x(day):.1f}", f"{base - float(amount) * unit:.1f}"))
    chart.labels = [(f"{x(-day):.1f}", str(day)) for day in (180, 150, 120, 90, 60, 30, 0)]
    return chart


def columns(names: Sequence[str], values: Sequence[Decimal | int], rates: Sequence[Decimal | None] = ()) -> Chart:
    """A column a name; `rates` (percent) as a line over them."""
    chart = Chart(wide=WIDE, high=180)
    unit = _scale(chart, float(max(values, default=0)))
    step = (chart.wide - LEFT) / max(len(names), 1)
    thick = min(40.0, step * 0.6)
    base = chart.high - BOTTOM
    points = []
    for place, name in enumerate(names):
        middle, tall = LEFT + step * (place + 0.5), float(values[place]) * unit
        if values[place]:
            chart.bars.append({"css": "ty", "x": f"{middle - thick / 2:.1f}", "y": f"{base - tall:.1f}", "w": f"{thick:.1f}", "h": f"{tall:.1f}"})
        if rates and rates[place] is not None:
            points.append((f"{middle:.1f}", f"{base - float(rates[place] or 0) / 100 * (base - TOP):.1f}"))
        chart.labels.append((f"{middle:.1f}", name))
    if len(points) > 1:
        chart.lines.append(("rt", " ".join(f"{x},{y}" for x, y in points)))
    chart.marks = [("rt", x, y) for x, y in points]
    return chart


def shares(values: Sequence[int | Decimal]) -> list[str]:
    """Each value as a bar of at most 100, the largest the longest."""
    most = max([*values, 1])
    return [f"{max(float(value) / float(most) * 100, 0.6 if value else 0):.1f}" for value in values]


def beside(lines: Sequence[Any], bars: Sequence[str]) -> list[tuple[Any, str]]:
    """Lines of a table with their bars."""
    return list(zip(lines, bars, strict=True))
