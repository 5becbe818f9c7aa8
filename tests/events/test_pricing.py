"""Sums to the cent: hand-made figures, and rules that hold for all of them."""

from __future__ import annotations

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from guiju.events.pricing import CHARGED, ESTIMATED, GUARANTEED, Count, Line, cancellation, total

WEDDING = [
    Line("menu", "table", D("3888"), tables=Count(30, 32, 31)),
    Line("drinks", "person", D("58"), persons=Count(300, 320, 335)),
    Line("equipment", "piece", D("1500"), D(2), D(1)),
    Line("extra", "piece", D("333.33"), D(3)),
]
numbers = st.integers(0, 5000)
counts = st.builds(Count, numbers, st.none() | numbers, st.none() | numbers)
money = st.decimals(0, 100000, places=2)
lines = st.builds(Line, st.sampled_from(["menu", "drinks", "extra"]), st.sampled_from(["table", "person", "piece"]), money, money, st.none() | money, counts, counts)


def test_a_wedding_by_hand() -> None:
    """30 tables estimated, 32 guaranteed, 31 came; 300, 320, 335 persons; two screens offered, one used; three cars."""
    assert total(WEDDING, ESTIMATED).net == D("116640") + D("17400") + D("3000") + D("999.99")
    assert total(WEDDING, GUARANTEED).net == D("124416") + D("18560") + D("3000") + D("999.99")
    assert total(WEDDING, CHARGED).net == D("124416") + D("19430") + D("1500") + D("999.99")
    with_service = total(WEDDING, CHARGED, D(15))
    assert with_service.service == D("21951.90") and with_service.total == D("168297.89")
    assert with_service.parts["menu"] == D("124416")


def test_halves_go_upward() -> None:
    assert total([Line("extra", "piece", D("0.01"), D("0.5"))], ESTIMATED).total == D("0.01")
    assert cancellation(D("33.33"), D(50)) == D("16.67")


@given(st.lists(lines, max_size=12), st.decimals(0, 30, places=1))
def test_nothing_is_lost_or_negative(all_lines: list[Line], percent: D) -> None:
    for level in (ESTIMATED, GUARANTEED, CHARGED):
        found = total(all_lines, level, percent)
        assert sum(found.parts.values(), D(0)) == found.net >= 0 and found.total >= found.net
        assert found.total == found.total.quantize(D("0.01"))


@given(counts)
def test_fewer_than_guaranteed_pays_the_guaranteed_ones(count: Count) -> None:
    assert count.at(CHARGED) >= count.at(GUARANTEED)
    assert count.actual is None or count.at(CHARGED) >= count.actual
    assert count.at(CHARGED) in (count.expected, count.guaranteed, count.actual)
