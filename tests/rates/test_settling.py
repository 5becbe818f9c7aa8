"""What a group pays for rooms cut or not taken: by its agreement's terms, to the room and the hour."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.rates.settling import Cell, Cost, GroupTerms, cut_cost, no_show_cost

FIRST = date(2026, 12, 6)
TERMS = GroupTerms("A26-0001", cut_off_days=7, cut_rooms=5, cut_rooms_large=10, cut_notice_hours=24, short_percent=100, no_show_percent=80, no_show_nights=1)


def rooms(many: int, nights: int = 2, amount: int = 300, kind: str = "TWN") -> list[Cell]:
    return [Cell(kind, FIRST + timedelta(days=n), many, Decimal(amount)) for n in range(nights)]


def cut(guaranteed: int, wanted: int, *, past: bool = True, hours: float = 48, terms: GroupTerms | None = TERMS) -> Cost:
    return cut_cost(terms, rooms(guaranteed), rooms(wanted), past_cut_off=past, hours_left=hours)


@pytest.mark.parametrize(
    "guaranteed, wanted, past, hours, amount, code",
    [
        (20, 4, False, 900, 0, "before_cut_off"),  # nothing is guaranteed yet
        (20, 15, True, 48, 0, "within_allowance"),  # five fewer
        (20, 14, True, 48, 600, "beyond_allowance"),  # the sixth pays its two nights
        (20, 14, True, 24, 600, "beyond_allowance"),  # told 24 hours before: still in time
        (20, 14, True, 23.9, 3600, "late"),  # too late: all six pay
        (51, 41, True, 48, 0, "within_allowance"),  # more than fifty rooms: ten fewer are free
        (50, 40, True, 48, 3000, "beyond_allowance"),  # fifty are not more than fifty
        (20, 20, True, 48, 0, "not_fewer"),
        (20, 24, True, 2, 0, "not_fewer"),  # more rooms are paid as they are
    ],
)
def test_a_cut_costs_what_the_terms_say(guaranteed: int, wanted: int, past: bool, hours: float, amount: int, code: str) -> None:
    cost = cut(guaranteed, wanted, past=past, hours=hours)
    assert (cost.amount, cost.code) == (amount, code)


def test_without_agreement_nothing_is_charged() -> None:
    assert cut(20, 1, hours=1, terms=None).is_free


def test_another_type_in_the_same_night_makes_up_for_one() -> None:
    wanted = [*rooms(10), *rooms(4, amount=400, kind="KNG")]
    cost = cut_cost(TERMS, rooms(20), wanted, past_cut_off=True, hours_left=48)
    assert (cost.short, cost.amount) == (6, Decimal(600))


def test_the_allowance_is_counted_on_the_dearest_rooms() -> None:
    stood = [*rooms(6, nights=1), *rooms(2, nights=1, amount=900, kind="STE")]
    cost = cut_cost(TERMS, stood, [], past_cut_off=True, hours_left=48)
    assert (cost.short, cost.free, cost.amount) == (8, 5, Decimal(900))  # three twins pay; both suites and three twins are free


def test_rooms_not_taken_pay_their_share_of_the_first_nights() -> None:
    assert no_show_cost(TERMS, rooms(10), 7).amount == Decimal(3 * 300 * 80) / 100
    assert no_show_cost(TERMS, rooms(10), 10).code == "all_came"
    assert no_show_cost(TERMS, rooms(10), 12).amount == 0
    whole = GroupTerms("A", 7, 5, 10, 24, 100, 100, 0)
    assert no_show_cost(whole, rooms(10, nights=3), 0).amount == 10 * 3 * 300
    assert no_show_cost(None, rooms(10), 0).amount == 0
    assert no_show_cost(None, rooms(10), 0, guaranteed=True).amount == 10 * 300


@given(st.integers(1, 80), st.integers(0, 90), st.floats(0, 300), st.integers(0, 100))
def test_never_more_than_what_was_guaranteed_and_never_less_than_nothing(guaranteed: int, wanted: int, hours: float, percent: int) -> None:
    terms = GroupTerms("A", 7, 5, 10, 24, percent, percent, 1)
    cost = cut(guaranteed, wanted, hours=hours, terms=terms)
    assert 0 <= cost.amount <= guaranteed * 2 * 300
    assert cost.amount <= cut(guaranteed, max(wanted - 1, 0), hours=hours, terms=terms).amount  # a deeper cut never costs less
