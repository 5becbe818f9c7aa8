"""What the past does not tell and the replay has to assume: hours of the day, paces, who books on account.

A booking history has dates and no clock times. Every assumption stands here, is written into each result, and can be set.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

Curve = tuple[tuple[int, int], ...]  # (hour of the day, weight)

REQUESTS: Curve = ((8, 6), (9, 12), (10, 14), (11, 11), (12, 6), (13, 7), (14, 12), (15, 11), (16, 9), (17, 7), (18, 3), (19, 2))
ARRIVALS: Curve = ((12, 4), (13, 8), (14, 18), (15, 20), (16, 16), (17, 12), (18, 9), (19, 6), (20, 4), (21, 3))
DEPARTURES: Curve = ((7, 8), (8, 16), (9, 20), (10, 22), (11, 28), (12, 6))
STEP = 5  # minutes: no moment is made up finer than this


class BadProfile(ValueError):
    """What is wrong with a profile, by its key."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{key}: {text}" for key, text in errors.items()))


@dataclass(frozen=True, slots=True)
class Profile:
    """The assumptions of a replay; the defaults are what a city hotel in China would find usual."""

    requests: Curve = REQUESTS  # when requests and cancellations of a day come in
    arrivals: Curve = ARRIVALS
    departures: Curve = DEPARTURES
    confirm_after: int = 20  # minutes of sales' working time from the request to the confirmation
    form_after: int = 30  # minutes of sales' working time from the confirmation to the form
    notice_after: int = 5  # minutes from a cancellation to its change notice
    hold_until: str = "18:00"  # on the arrival day, for individuals without agreement
    no_show_at: str = "23:00"
    account_segments: tuple[str, ...] = (
        "Corporate", "Offline TA/TO", "Groups", "Aviation", "Complementary", "商务", "协议", "公司", "团队", "旅行社", "会议", "政府", "免费",
    )
    group_segments: tuple[str, ...] = ()  # a single row of such a segment counts as a group too
    no_guarantee: tuple[str, ...] = ("", "No Deposit", "none", "无", "无担保")
    meal_plans: tuple[str, ...] = ("HB", "FB")  # boards with meals beyond breakfast
    holidays: bool = True  # the published public holidays and make-up days of the years of the past

    def among(self, segment: str, words: tuple[str, ...]) -> bool:
        """Whether a segment is one of these; a Chinese word also where it is part of the name (协议 in 协议公司)."""
        return segment in words or any(word in segment for word in words if word and not word.isascii())

    def told(self) -> dict[str, Any]:
        """As plain values, for the result."""
        return asdict(self)


def profile_from(told: Mapping[str, Any]) -> Profile:
    """A profile from a table of keys; what is not given keeps its default. Raises BadProfile."""
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    known = {one.name: one for one in fields(Profile)}
    for key, value in told.items():
        if key not in known:
            errors[key] = f"unknown; known are {', '.join(known)}"
            continue
        try:
            values[key] = _read(key, value)
        except (ValueError, TypeError, OverflowError) as error:
            errors[key] = str(error)
    if errors:
        raise BadProfile(errors)
    return Profile(**values)


def profile_of_toml(text: str) -> Profile:
    """A profile from its TOML text. Raises BadProfile."""
    try:
        return profile_from(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadProfile({"profile": f"not TOML: {error}"}) from error


def _read(key: str, value: Any) -> Any:
    if key in ("requests", "arrivals", "departures"):
        return _curve(value)
    if key in ("confirm_after", "form_after", "notice_after"):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000:
            raise ValueError("whole minutes, 0 to 10000")
        return value
    if key in ("hold_until", "no_show_at"):
        seconds_of(str(value))
        return str(value)
    if key == "holidays":
        if not isinstance(value, bool):
            raise ValueError("true or false")
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError("a list of words")
    return tuple(value)


def _curve(value: Any) -> Curve:
    """{"9" = 12, "10" = 14} or [[9, 12], [10, 14]]."""
    pairs = value.items() if isinstance(value, Mapping) else value
    found = tuple(sorted((int(hour), int(weight)) for hour, weight in pairs))
    if not found or any(not 0 <= hour <= 23 or not 0 <= weight <= 1_000_000 for hour, weight in found) or not any(weight for _, weight in found):
        raise ValueError("hours 0 to 23 with weights of 0 to 1000000, one of them above 0")
    if len({hour for hour, _ in found}) < len(found):
        raise ValueError("an hour stands twice")
    return found


def seconds_of(text: str) -> int:
    """Seconds after midnight of "18:00". Raises ValueError."""
    from guiju.rulebook.spans import clock

    return clock(text)


@dataclass(slots=True)
class Spread:
    """Spreads the bookings of one day, in their order, over its hours: the k-th of n falls where so much of the curve's weight has gone by."""

    curve: Curve
    _starts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        whole = float(sum(weight for _, weight in self.curve))
        gone = 0.0
        for _, weight in self.curve:
            self._starts.append(gone / whole)
            gone += weight
        self._starts.append(1.0)

    def minute(self, place: int, of: int) -> int:
        """The minute of the day of the `place`-th (from 0) of `of`, to five minutes."""
        part = (place + 0.5) / of
        for number, (hour, _weight) in enumerate(self.curve):
            first, last = self._starts[number], self._starts[number + 1]
            if part < last:
                return hour * 60 + int((part - first) / (last - first) * 60) // STEP * STEP
        return self.curve[-1][0] * 60 + 60 - STEP
