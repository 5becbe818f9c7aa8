"""Pace, pick-up and mix equal a count of the rows themselves, on random histories and on days around every event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from guiju.history import drawing, mix, pace
from guiju.history.figures import totals
from guiju.history.models import Batch
from guiju.history.queries import past_bookings
from guiju.history.shapes import Past
from guiju.history.sums import LEADS, band, money, units
from tests.cast import Cast
from tests.history.conftest import table

SEGMENTS, CHANNELS, HOTELS = ("散客", "商务", "团队"), ("直订", "官网", "旅行社"), ("听涛饭店", "望海楼")


def random_rows(seed: int, many: int = 300) -> list[str]:
    """Rows of every kind: zero nights, negative rates, cancelled before booked, cancelled on no known day."""
    dice, rows = Random(seed), []
    for _ in range(many):
        arrival = date(2024, 1, 1) + timedelta(days=dice.randrange(500))
        booked = arrival - timedelta(days=dice.choice((0, 0, 1, 5, 20, 70, 200, 400, -1)))
        status = dice.choice(("离店", "离店", "离店", "取消", "取消", "未到"))
        left = "" if status != "取消" or dice.random() < 0.1 else str(booked + timedelta(days=dice.randrange(-2, 90)))
        rows.append(",".join(map(str, (
            dice.choice(HOTELS), booked, arrival, arrival + timedelta(days=dice.randrange(0, 9)), dice.choice((1, 1, 2)), dice.randrange(0, 3), 0, "标准",
            dice.choice(SEGMENTS), dice.choice(CHANNELS), "", f"{dice.randrange(-100, 90000) / 100:.2f}", status, left,
        ))))
    return rows


def books(rows: list[Past], at: date, month: date) -> pace.Amount:
    """What the definition says: made by that day, not cancelled by then."""
    found = [
        row for row in rows
        if row.arrival_on.replace(day=1) == month and row.booked_on <= at
        and not (row.status == "cancelled" and max(row.status_on or row.arrival_on, row.booked_on) <= at)
    ]
    nights = [row.nights * row.rooms for row in found]
    return pace.Amount(len(found), sum(nights), sum((row.rate * many for row, many in zip(found, nights, strict=True)), Decimal(0)))


@pytest.mark.parametrize("seed", [1, 2])
def test_on_the_books_on_any_day_equals_a_count_of_the_rows(cast: Cast, applied: Callable[..., Batch], seed: int) -> None:
    applied(table(random_rows(seed)))
    rows = list(past_bookings(cast.hotel))
    assert len(rows) == 300
    dice = Random(seed)
    days = [date(2024, 1, 1) + timedelta(days=dice.randrange(600)) for _ in range(12)]
    found = pace.on_the_books(cast.hotel, days)
    for month, amounts in found.items():
        for day, amount in amounts.items():
            assert amount == books(rows, day, month), (month, day)
    at = days[0]
    for line in pace.pace(cast.hotel, at):
        assert line.now == books(rows, at, line.month_on)
        assert line.week == line.now.less(books(rows, at - timedelta(days=7), line.month_on))
        assert line.month == line.now.less(books(rows, at - timedelta(days=30), line.month_on))
        if line.before:
            assert line.before == books(rows, pace.year_before(at), pace.later(line.month_on, -12))
    month = date(2024, 6, 1)
    curve = pace.curve(cast.hotel, month, date(2024, 6, 20), "room_nights")
    assert curve.this[-1][0] == 19
    for day, amount in curve.this[::9]:
        assert amount == books(rows, month + timedelta(days=day), month).room_nights, day


def test_the_mix_equals_a_count_of_the_rows(cast: Cast, applied: Callable[..., Batch]) -> None:
    applied(table(random_rows(3)))
    rows = [row for row in past_bookings(cast.hotel) if date(2024, 3, 1) <= row.arrival_on <= date(2024, 12, 31)]
    found = mix.mix(cast.hotel, date(2024, 3, 1), date(2024, 12, 1))
    assert found.whole and found.whole.bookings == len(rows)
    for line in found.segments:
        mine = [row for row in rows if row.segment == line.key]
        stayed = [row for row in mine if row.status == "stayed"]
        assert (line.bookings, line.stayed, line.grouped) == (len(mine), len(stayed), sum(row.group is not None for row in mine))
        assert line.revenue == sum((row.rate * row.nights * row.rooms for row in stayed), Decimal(0))
    assert sum(line.bookings for line in found.channels) == sum(one.bookings for one in found.leads) == len(rows)
    for one in found.leads:
        inside = [row for row in rows if band((row.arrival_on - row.booked_on).days) == one.first]
        assert (one.bookings, one.cancelled, one.no_show) == (
            len(inside), sum(row.status == "cancelled" for row in inside), sum(row.status == "no_show" for row in inside)
        )


def test_two_files_add_up_and_one_undone_leaves_the_other(cast: Cast, applied: Callable[..., Batch]) -> None:
    from guiju.history import actions

    applied(table(random_rows(4, 50)), "one.csv")
    before = totals(cast.hotel)
    second = applied(table(random_rows(5, 60)), "two.csv")
    assert sum(line.bookings for line in totals(cast.hotel)) == 110 == len(list(past_bookings(cast.hotel)))
    assert len(list(past_bookings(cast.hotel, second))) == 60
    actions.undo_batch(second, by=cast.actor("shen"), now=cast.at("11:00"))
    assert totals(cast.hotel) == before


def test_a_lead_time_belongs_to_one_band() -> None:
    assert [band(days) for days in (-3, 0, 1, 2, 3, 6, 7, 364, 365, 900)] == [0, 0, 1, 1, 3, 3, 7, 180, 365, 365]
    assert list(LEADS) == sorted(LEADS)


def test_money_is_exact_in_units() -> None:
    assert money(units(Decimal("-6.38"))) == Decimal("-6.38") and str(money(units(Decimal("388.5")))) == "388.50"
    assert money(units(Decimal("98.1234"))) == Decimal("98.1234") and money(None) == 0


def test_the_same_day_a_year_before() -> None:
    assert pace.year_before(date(2024, 2, 29)) == date(2023, 2, 28) and pace.year_before(date(2025, 3, 1)) == date(2024, 3, 1)
    assert pace.later(date(2024, 11, 1), 3) == date(2025, 2, 1) and pace.later(date(2024, 1, 1), -1) == date(2023, 12, 1)


@pytest.mark.parametrize("most", [0, 1, 3, 7, 23, 99, 1234, 1_000_000, 7.5e8])
def test_every_bar_stays_on_its_chart(most: float) -> None:
    chart: Any = drawing.columns(["a", "b"], [int(most), 0], [Decimal(100), Decimal(0)])
    assert all(float(bar["y"]) >= drawing.TOP - 1 and float(bar["h"]) >= 0 for bar in chart.bars)
    assert 1 < len(chart.ticks) <= 5 and all(0 <= float(y) <= chart.high for y, _text in chart.ticks)
