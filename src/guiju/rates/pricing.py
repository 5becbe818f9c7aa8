"""How one night gets its price, on plain values: seasons, weekdays, void days, agreements, the rack.

No database here, so that every edge (season edges, leap day, Sunday to Monday) can be tried by the thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

ANY_SEASON = "any"
ALL_WEEKDAYS = "0123456"  # Monday = 0


@dataclass(frozen=True, slots=True)
class SeasonSpan:
    """A season's nights, half-open [from_on, until_on)."""

    kind: str
    name: str
    from_on: date
    until_on: date

    def holds(self, night: date) -> bool:
        """Whether this night is in the season."""
        return self.from_on <= night < self.until_on


@dataclass(frozen=True, slots=True)
class RateLine:
    """An amount for a room type, use, kind of season and weekdays ("any" and "0123456" hold always)."""

    room_type_id: str
    use: str
    season_kind: str
    weekdays: str
    amount: Decimal
    breakfasts: int = 0

    def fits(self, room_type_id: str, use: str, season_kind: str | None, weekday: int) -> bool:
        """Whether this line prices such a night."""
        return (
            self.room_type_id == room_type_id and self.use == use and self.season_kind in (ANY_SEASON, season_kind) and str(weekday) in self.weekdays
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement as pricing sees it: in force [from_on, until_on], both included, before `ended_on`."""

    id: str
    number: str
    from_on: date
    until_on: date
    ended_on: date | None
    void_on_holidays: bool
    lines: tuple[RateLine, ...]

    def in_force(self, on: date) -> bool:
        """Whether the agreement holds on this day."""
        return self.from_on <= on <= self.until_on and (self.ended_on is None or on < self.ended_on)


Source = Literal["agreement", "rack", "rack_void", "rack_not_listed", "rack_no_agreement"]


@dataclass(frozen=True, slots=True)
class Priced:
    """One night's price and its source; `terms` was in force, also where it did not price the night."""

    night: date
    amount: Decimal
    breakfasts: int
    source: Source
    season: SeasonSpan | None
    terms: Terms | None
    void_reason: str | None


class NoRate(LookupError):
    """Nothing says what this night costs."""

    def __init__(self, night: date, season: SeasonSpan | None) -> None:
        super().__init__(f"no rate for {night}")
        self.night = night
        self.season = season


@dataclass(frozen=True, slots=True)
class Tariff:
    """What prices a client's nights: agreements (newest first), rack lines, seasons, void days."""

    agreements: Sequence[Terms]
    rack: Sequence[RateLine]
    seasons: Sequence[SeasonSpan]
    void_days: Mapping[date, str]

    def season_of(self, night: date) -> SeasonSpan | None:
        """The season this night is in, if any."""
        return next((season for season in self.seasons if season.holds(night)), None)

    def terms_of(self, night: date) -> Terms | None:
        """The agreement in force on this night."""
        return next((terms for terms in self.agreements if terms.in_force(night)), None)

    def price(self, room_type_id: str, use: str, night: date) -> Priced:
        """The price of one night; raises NoRate, never answers zero for want of a rate."""
        season, terms = self.season_of(night), self.terms_of(night)
        void = self.void_days.get(night) if terms and terms.void_on_holidays else None
        if terms and void is None:
            line = _closest(terms.lines, room_type_id, use, season, night)
            if line:
                return Priced(night, line.amount, line.breakfasts, "agreement", season, terms, None)
        line = _closest(self.rack, room_type_id, "rack", season, night)
        if line is None:
            raise NoRate(night, season)
        source: Source = "rack_void" if void else "rack_not_listed" if terms else "rack_no_agreement"
        return Priced(night, line.amount, line.breakfasts, source, season, terms, void)


def _closest(lines: Iterable[RateLine], room_type_id: str, use: str, season: SeasonSpan | None, night: date) -> RateLine | None:
    """The line that says most about the night: its own season before "any", fewer weekdays before more."""
    kind = season.kind if season else None
    fitting = [line for line in lines if line.fits(room_type_id, use, kind, night.weekday())]
    return min(fitting, key=lambda line: (line.season_kind == ANY_SEASON, len(line.weekdays)), default=None)


def clash(lines: Sequence[RateLine]) -> tuple[RateLine, RateLine] | None:
    """Two lines that would both price the same night with equal right, if there are any."""
    for place, one in enumerate(lines):
        for other in lines[place + 1 :]:
            same = _nights_priced(one) == _nights_priced(other)
            if same and set(one.weekdays) & set(other.weekdays):
                return one, other
    return None


def _nights_priced(line: RateLine) -> tuple[str, str, str]:
    return line.room_type_id, line.use, line.season_kind


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a year's seasons leave open and where they lie on each other; half-open ranges."""

    gaps: tuple[tuple[date, date], ...]
    overlaps: tuple[tuple[date, date], ...]


def coverage(seasons: Iterable[SeasonSpan], from_on: date, until_on: date) -> Coverage:
    """Gaps and overlaps of the seasons within [from_on, until_on)."""
    spans = sorted((max(s.from_on, from_on), min(s.until_on, until_on)) for s in seasons if s.until_on > from_on and s.from_on < until_on)
    gaps: list[tuple[date, date]] = []
    overlaps: list[tuple[date, date]] = []
    reached = from_on
    for start, end in spans:
        if start > reached:
            gaps.append((reached, start))
        elif start < reached and reached > from_on:
            overlaps.append((start, min(end, reached)))
        reached = max(reached, end)
    if reached < until_on:
        gaps.append((reached, until_on))
    return Coverage(tuple(gaps), tuple(overlaps))


def nights_of(arrival_on: date, departure_on: date) -> list[date]:
    """The nights of a stay, half-open [arrival, departure)."""
    return [arrival_on + timedelta(days=n) for n in range((departure_on - arrival_on).days)]


def free_beds(paying_persons: int, per: int, cap: int) -> int:
    """One free bed per `per` paying persons, at most `cap`: 33 of 16 give 2. Escorts do not pay."""
    return 0 if per <= 0 else min(cap, max(paying_persons, 0) // per)


def cancellation_percent(days_left: int, free_days: int, steps: Sequence[tuple[int, Decimal]]) -> Decimal:
    """The share of the first night that a cancellation costs, `days_left` days before arrival.

    `steps` are (days before arrival, percent): the one closest to the day counts for it. Without any step a
    late cancellation costs the first night.
    """
    if days_left >= free_days:
        return Decimal(0)
    if not steps:
        return Decimal(100)
    reached = [step for step in steps if step[0] >= days_left]
    return min(reached)[1] if reached else Decimal(0)
