"""Requests as clients write them: every point right, or marked unsure; never silently wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.reading import text

TODAY = date(2026, 11, 24)
WORDS = {
    "TWN": ["TWN", "标准双床房", "标准双人间", "标双", "标间", "双标", "twin"],
    "KNG": ["KNG", "高级大床房", "大床", "king"],
    "SUI": ["SUI", "行政套房", "套房", "suite"],
    "ESC": ["司陪房", "司陪"],
}


def read(words: str) -> dict[str, text.Field]:
    return text.read(words, WORDS, TODAY).fields


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("我司12月6日至8日需标准双人间2间", {"arrival": "2026-12-06", "departure": "2026-12-08", "rooms": {"TWN": 2}}),
        ("请留标双三间，12月1日入住，住两晚", {"arrival": "2026-12-01", "departure": "2026-12-03", "rooms": {"TWN": 3}}),
        (
            "抵店日期：2026-12-30\n离店日期：2027-01-02\n大床 1 间，标双 2 间\n人数：5 人",
            {"arrival": "2026-12-30", "departure": "2027-01-02", "rooms": {"KNG": 1, "TWN": 2}, "persons": 5},
        ),
        (
            "Arrival: 5 December 2026\nDeparture: 7 December 2026\n2 twin rooms, 1 king\nPersons: 4",
            {"arrival": "2026-12-05", "departure": "2026-12-07", "rooms": {"TWN": 2, "KNG": 1}, "persons": 4},
        ),
        ("明天入住，后天离店，套房1间", {"arrival": "2026-11-25", "departure": "2026-11-26", "rooms": {"SUI": 1}}),
        ("入住 1月3日 离店 1月5日 标间×4", {"arrival": "2027-01-03", "departure": "2027-01-05", "rooms": {"TWN": 4}}),
        ("团号：XF1204A\n人数：32人\n用房：标准双床房16间，司陪房1间", {"tour_code": "XF1204A", "persons": 32, "rooms": {"TWN": 16, "ESC": 1}}),
        ("付款方式：挂账", {"payment": "on_account"}),
        ("结算方式：□现付 与我司结", {"payment": "on_account"}),
        ("联系人：许经理\n电话：0592-555 1234", {"contact": "许经理", "phone": "0592-555 1234"}),
    ],
)
def test_points_are_read(words: str, wanted: dict[str, Any]) -> None:
    found = read(words)
    assert {name: found[name].value for name in wanted} == wanted
    assert all(found[name].sure for name in wanted)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("入住 2026年11月1日，离店 2026年11月3日", "arrival"),
        ("入住日期：12月8日 离店日期：12月6日", "departure"),
        ("arrival 5/12 departure 7/12", "arrival"),
        ("12月6日入住，12月8日离店，共3晚", "departure"),
        ("标双2间，另：标双3间", "rooms"),
        ("要 5 间房", "rooms"),
        ("入住 12月6日\n入住 12月9日", "arrival"),
        ("人数：3人\n共40人", "persons"),
    ],
)
def test_what_is_odd_is_unsure(words: str, name: str) -> None:
    assert read(words)[name].sure is False
    assert read(words)[name].why


def test_every_place_points_into_the_original() -> None:
    words = "订房单位：东岬机电\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n标双 2 间"
    for one in read(words).values():
        for start, end in one.places:
            assert 0 <= start < end <= len(words)
    assert "2026年12月6日" in words[slice(*read(words)["arrival"].places[0])]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(words: str) -> None:
    for one in read(words).values():
        assert one.value not in (None, "") or not one.sure


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["抵店：", "离店", "12月", "31", "30日", "2月", "2026年", "标双", "间", "至", "共", "晚", "人", "：", "/", "-", "\n", "２", "十", "团"]
        ),
        max_size=40,
    )
)
def test_any_mixture_of_the_trades_words_is_read(parts: list[str]) -> None:
    text.read("".join(parts), WORDS, TODAY)
