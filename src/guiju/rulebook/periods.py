"""What comes back: local periods of a cadence (RFC 5545) and anniversaries by either calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from dateutil.rrule import rrulestr

PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")
WITHIN = {"INTERVAL": 100, "BYMONTHDAY": 31, "BYMONTH": 12, "BYSETPOS": 366}
DAY_PARTS = ("BYDAY", "BYMONTHDAY", "BYSETPOS")


def parts_of(every: str) -> dict[str, str]:
    """The parts of a recurrence rule. Raises ValueError for what is not taken."""
    parts = {}
    for piece in every.split(";"):
        name, _, value = piece.partition("=")
        if name not in PARTS or not value:
            raise ValueError(f"not a part of a recurrence that is taken here: {piece!r}")
        parts[name] = value
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY")
    for name, most in WITHIN.items():
        for piece in parts[name].split(",") if name in parts else ():
            if not re.fullmatch(r"[+-]?\d{1,3}", piece) or not 1 <= abs(int(piece)) <= most:
                raise ValueError(f"{name} lies between 1 and {most}, not at {piece!r}")
    rrulestr(every, dtstart=datetime(2026, 1, 1))
    return parts


@lru_cache(maxsize=256)
def shape(every: str) -> tuple[str, bool]:
    """(frequency, whether it names days)."""
    parts = parts_of(every)
    return parts["FREQ"], any(name in parts for name in DAY_PARTS) or parts["FREQ"] == "DAILY"


def period_of(freq: str, day: date) -> tuple[date, date, str]:
    """[first, next first) of the local period of a day, and its name."""
    if freq == "DAILY":
        return day, day + timedelta(days=1), day.isoformat()
    if freq == "WEEKLY":
        first = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return first, first + timedelta(days=7), f"{year}-W{week:02}"
    if freq == "MONTHLY":
        first = day.replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1), f"{day:%Y-%m}"
    return date(day.year, 1, 1), date(day.year + 1, 1, 1), str(day.year)


def occurrences(every: str, since: date, until: date) -> Iterator[tuple[str, date, date, date]]:
    """(name, first day of the period, first day of the next, day named) from the period of `since` on."""
    freq, _ = shape(every)
    begin, _, _ = period_of(freq, since)
    rule = rrulestr(every, dtstart=datetime(begin.year, begin.month, begin.day))
    seen: dict[str, int] = {}
    for found in rule:
        day = found.date()
        first, following, name = period_of(freq, day)
        if first > until:
            return
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}/{seen[name]}"), first, following, day


def anniversary(born: date, year: int, *, lunar: bool) -> date:
    """The day of a year on which something comes round.

    29 February falls on the 28th in other years. By the lunar calendar a leap month counts as the plain month
    of that number, and a 30th in a month of 29 days falls on the 29th; the year is the lunar year that
    begins in `year`.
    """
    if lunar:
        month, day = lunar_day(born)
        return from_lunar(year, month, day)
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


@lru_cache(maxsize=256)
def _lunar_year(year: int) -> tuple[date, tuple[tuple[int, bool, int], ...]]:
    """New year's day and (month, leap, length) of each month of a lunar year."""
    from cnlunar import config  # the published tables of 1901 to 2099

    tables: Any = config
    place = year - tables.START_YEAR
    if not 0 <= place < len(tables.lunarMonthData):
        raise ValueError(f"the lunar year {year} is outside the tables")
    code, new_year = tables.lunarMonthData[place], tables.lunarNewYearList[place]
    leap = code >> 13 & 0xF
    months = []
    for month in range(1, 13):
        months.append((month, False, 30 if code & 1 << (month - 1) else 29))
        if month == leap:
            months.append((month, True, 30 if code & 1 << 12 else 29))
    return date(year, new_year >> 5 & 0x3, new_year & 0x1F), tuple(months)


def lunar_day(day: date) -> tuple[int, int]:
    """(month, day) of a date in the lunar calendar; a leap month counts as the plain one."""
    first, months = _lunar_year(day.year)
    if day < first:
        first, months = _lunar_year(day.year - 1)
    left = (day - first).days
    for month, _, length in months:
        if left < length:
            return month, left + 1
        left -= length
    raise ValueError(f"{day} is outside the lunar tables")


def from_lunar(year: int, month: int, day: int) -> date:
    """The date of a lunar day in the lunar year that begins in `year`."""
    at, months = _lunar_year(year)
    for number, leap, length in months:
        if number == month and not leap:
            return at + timedelta(days=min(day, length) - 1)
        at += timedelta(days=length)
    raise ValueError(f"no lunar month {month}")
