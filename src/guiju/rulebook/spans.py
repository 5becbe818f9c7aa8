"""Lengths of time as a clause writes them: "30m", "2 workdays", "-1d 12:00", "75%"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

UNITS = {
    "m": "m",
    "min": "m",
    "minute": "m",
    "minutes": "m",
    "h": "h",
    "hour": "h",
    "hours": "h",
    "d": "d",
    "day": "d",
    "days": "d",
    "w": "w",
    "week": "w",
    "weeks": "w",
    "month": "month",
    "months": "month",
    "y": "year",
    "year": "year",
    "years": "year",
    "workday": "workday",
    "workdays": "workday",
}
LONGEST = 10_000  # of any unit
_LENGTH = re.compile(r"(\d+)\s*([a-z]+)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Duration:
    """Hours and minutes, or days and months, or working days."""

    seconds: int = 0
    days: int = 0
    months: int = 0
    workdays: int = 0

    def after(self, moment: datetime) -> datetime:
        """The same clock time so much later (working days are the calendar's business)."""
        if self.months:
            moment = moment + relativedelta(months=self.months)
        return moment + timedelta(days=self.days, seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Offset:
    """So much before or after a moment; with a clock time, that time on the day reached."""

    length: Duration = Duration()
    back: bool = False
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the time that a duty has, or a distance from its due moment."""

    part: float | None = None
    offset: Offset = Offset()


def duration(text: str) -> Duration:
    """Read "30m", "3d", "2 months", "2 workdays". Raises ValueError."""
    found = _LENGTH.fullmatch(text.strip())
    unit = UNITS.get(found[2]) if found else None
    if not found or not unit:
        raise ValueError(f"not a length of time: {text!r}")
    number = int(found[1])
    if number > LONGEST:
        raise ValueError(f"too long: {text!r}")
    if unit in ("m", "h"):
        return Duration(seconds=number * (60 if unit == "m" else 3600))
    if unit in ("d", "w"):
        return Duration(days=number * (1 if unit == "d" else 7))
    if unit == "workday":
        return Duration(workdays=number)
    return Duration(months=number * (1 if unit == "month" else 12))


def clock(text: str) -> int:
    """Read "18:00" as seconds after midnight; "24:00" is the end of the day. Raises ValueError."""
    found = _CLOCK.fullmatch(text.strip())
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 if found else -1
    if not found or int(found[2]) > 59 or seconds > 86400:
        raise ValueError(f"not a time of day: {text!r}")
    return seconds


def offset(text: str) -> Offset:
    """Read "-1h", "+30m", "0m", "-1d 12:00", "12:00". Raises ValueError."""
    length, at = text.strip(), None
    if ":" in length:
        length, _, last = length.rpartition(" ")
        at = clock(last)
    if not length:
        return Offset(clock=at)
    back = length.startswith("-")
    how_long = duration(length.lstrip("+-"))
    if how_long.workdays:
        raise ValueError("working days cannot be an offset")
    return Offset(how_long, back, at)


def share(text: str) -> Share:
    """Read "75%", "-30m", "+1h". Raises ValueError."""
    if text.endswith("%"):
        try:
            return Share(part=float(text[:-1]) / 100)
        except ValueError:
            raise ValueError(f"not a share: {text!r}") from None
    return Share(offset=offset(text))
