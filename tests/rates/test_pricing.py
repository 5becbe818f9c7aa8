"""Pricing on plain values: whatever the seasons and lines, each night is priced once, and rightly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.rates import pricing
from guiju.rates.pricing import ALL_WEEKDAYS, RateLine, SeasonSpan, Tariff, Terms

DAYS = st.dates(date(2027, 12, 1), date(2028, 4, 1))  # with a leap day
KINDS = ("low", "shoulder", "high")


def year_of(cuts: list[date]) -> list[SeasonSpan]:
    """Seasons without gaps from before to after all days, cut at these days."""
    edges = [date(2027, 1, 1), *sorted(set(cuts)), date(2029, 1, 1)]
    spans = enumerate(pairwise(edges))
    return [SeasonSpan(KINDS[n % 3], str(n), a, b) for n, (a, b) in spans]


RACK = [RateLine("twin", "rack", kind, ALL_WEEKDAYS, Decimal(400 + 100 * n)) for n, kind in enumerate(KINDS)]


@given(cuts=st.lists(DAYS, max_size=6), arrival=DAYS, length=st.integers(1, 60))
def test_every_night_is_priced_once_by_its_own_season(cuts: list[date], arrival: date, length: int) -> None:
    seasons = year_of(cuts)
    tariff = Tariff((), RACK, seasons, {})
    nights = pricing.nights_of(arrival, arrival + timedelta(days=length))
    priced = [tariff.price("twin", "fit", night) for night in nights]
    assert [one.night for one in priced] == nights
    assert len(nights) == length and nights[-1] == arrival + timedelta(days=length - 1)
    for one in priced:
        (season,) = [span for span in seasons if span.from_on <= one.night < span.until_on]
        assert one.amount == 400 + 100 * KINDS.index(season.kind)


@given(
    start=DAYS,
    length=st.integers(0, 40),
    night=DAYS,
    void=st.sets(DAYS, max_size=30),
    holidays=st.booleans(),
    ended_after=st.none() | st.integers(0, 40),
)
def test_the_agreement_holds_on_its_days_and_no_others(
    start: date, length: int, night: date, void: set[date], holidays: bool, ended_after: int | None
) -> None:
    last = start + timedelta(days=length)
    ended = None if ended_after is None else start + timedelta(days=ended_after)
    line = RateLine("twin", "fit", "any", ALL_WEEKDAYS, Decimal(300))
    terms = Terms("1", "A", start, last, ended, holidays, (line,))
    tariff = Tariff((terms,), RACK, year_of([]), dict.fromkeys(void, "x"))
    one = tariff.price("twin", "fit", night)
    holds = start <= night <= last and (ended is None or night < ended)
    assert (one.source == "agreement") == (holds and not (holidays and night in void))
    assert one.amount == (300 if one.source == "agreement" else 400)
    assert (one.void_reason is not None) == (holds and holidays and night in void)


def test_the_leap_day_is_a_night() -> None:
    seasons = [
        SeasonSpan("low", "淡", date(2028, 2, 1), date(2028, 2, 29)),
        SeasonSpan("high", "旺", date(2028, 2, 29), date(2028, 3, 1)),
    ]
    tariff = Tariff((), RACK, seasons, {})
    nights = pricing.nights_of(date(2028, 2, 28), date(2028, 3, 1))
    assert [int(tariff.price("twin", "fit", night).amount) for night in nights] == [400, 600]
    with pytest.raises(pricing.NoRate):
        tariff.price("twin", "fit", date(2028, 3, 1))


@given(persons=st.integers(0, 5000), per=st.integers(0, 50), cap=st.integers(0, 20))
def test_free_beds_never_more_than_cap_and_never_for_less(persons: int, per: int, cap: int) -> None:
    beds = pricing.free_beds(persons, per, cap)
    assert 0 <= beds <= cap
    if per:
        assert beds * per <= persons
        assert beds == cap or (beds + 1) * per > persons
    else:
        assert beds == 0


@given(st.lists(st.tuples(DAYS, st.integers(1, 40)), max_size=8))
def test_coverage_finds_each_uncovered_night_and_each_double_one(spans: list[tuple[date, int]]) -> None:
    seasons = [SeasonSpan("low", "x", day, day + timedelta(days=length)) for day, length in spans]
    start, end = date(2027, 12, 1), date(2028, 4, 1)
    found = pricing.coverage(seasons, start, end)
    for night in pricing.nights_of(start, end):
        times = sum(season.holds(night) for season in seasons)
        assert any(a <= night < b for a, b in found.gaps) == (times == 0)
        assert any(a <= night < b for a, b in found.overlaps) == (times > 1)


LINES = st.builds(
    RateLine,
    st.sampled_from(["twin", "king"]),
    st.sampled_from(["fit", "group"]),
    st.sampled_from(["any", "high"]),
    st.sets(st.sampled_from("0123456"), min_size=1).map(lambda days: "".join(sorted(days))),
    st.just(Decimal(1)),
)


@given(st.lists(LINES, max_size=5))
def test_lines_without_clash_price_a_night_in_one_way(lines: list[RateLine]) -> None:
    if pricing.clash(lines):
        return
    for kind in ("high", "low"):
        for weekday in range(7):
            fitting = [line for line in lines if line.fits("twin", "fit", kind, weekday)]
            own = [line for line in fitting if line.season_kind == kind]
            assert len(own) <= 1
