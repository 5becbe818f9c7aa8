"""One row: what its words, numbers and days mean; what is kept and flagged; what is wrong with it, field by field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guiju.history import groups
from guiju.history.reading import RowReader, Wrong, date_order, day_of, money_of, said, text_of

HEADS = ["hotel", "booked", "arrival", "departure", "rate", "status", "cancelled_on", "adults", "children", "agent", "rooms"]
GOOD = ["Seaview", "2025-01-02", "2025-03-01", "2025-03-03", "388.50", "Check-Out", "", "2", "0", "NULL", "1"]
MAPPING = {
    "hotel": "hotel", "booked_on": "booked", "arrival_on": "arrival", "departure_on": "departure", "rate": "rate", "status": "status",
    "cancelled_on": "cancelled_on", "adults": "adults", "children": "children", "agent": "agent", "rooms": "rooms",
}


def read(options: dict[str, Any] | None = None, **changes: str) -> tuple[dict[str, Any], dict[str, str]]:
    cells = [changes.get(head, cell) for head, cell in zip(HEADS, GOOD, strict=True)]
    values, errors = RowReader(HEADS, MAPPING, options or {}).read(cells)
    return values, {key: said(error) for key, error in errors.items()}


def test_a_plain_row() -> None:
    values, errors = read()
    assert errors == {}
    assert (values["past_hotel"], values["nights"], values["rooms"], values["rate"]) == ("Seaview", 2, 1, Decimal("388.5000"))
    assert (values["status"], values["agent"], values["flags"], values["adults"]) == ("stayed", "", "", 2)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"departure": "2025-03-01"}, "zero_nights"), ({"adults": "0"}, "no_guests"), ({"rate": "-6.38"}, "negative_rate"),
        ({"children": "NA"}, "children_unknown"), ({"booked": "2025-03-02"}, "booked_late"), ({"status": "Canceled"}, "cancelled_unknown"),
        ({"status": "取消", "cancelled_on": "2024-12-31"}, "cancelled_early"),
    ],
)
def test_odd_rows_are_kept_and_flagged(changes: dict[str, str], flag: str) -> None:
    values, errors = read(**changes)
    assert errors == {} and values["flags"].split() == [flag]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hotel": ""}, "hotel"), ({"hotel": "x" * 81}, "hotel"), ({"arrival": "2025-02-30"}, "arrival_on"), ({"arrival": "soon"}, "arrival_on"),
        ({"arrival": ""}, "arrival_on"), ({"departure": "2025-02-27"}, "departure_on"), ({"departure": "2031-03-01"}, "departure_on"),
        ({"booked": "0025-01-02"}, "booked_on"), ({"rate": "cheap"}, "rate"), ({"rate": ""}, "rate"), ({"rate": "1.23456"}, "rate"),
        ({"rate": "99999999"}, "rate"), ({"rate": "nan"}, "rate"), ({"rate": "1e99"}, "rate"), ({"status": "zzz"}, "status"), ({"status": ""}, "status"),
        ({"adults": "two"}, "adults"), ({"adults": "-1"}, "adults"), ({"children": "1.5"}, "children"), ({"agent": "y" * 81}, "agent"),
        ({"rooms": "0"}, "rooms"), ({"status": "Canceled", "cancelled_on": "2025-13-01"}, "status_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes: dict[str, str], field: str) -> None:
    values, errors = read(**changes)
    assert list(errors) == [field] and values == {} and errors[field]


def test_several_things_wrong_are_all_said() -> None:
    assert set(read(rate="x", arrival="y", status="z")[1]) == {"rate", "arrival_on", "status"}


def test_a_value_beyond_the_headings_is_no_row() -> None:
    assert RowReader(HEADS, MAPPING, {}).read([*GOOD, "", "x"])[1]
    assert not RowReader(HEADS, MAPPING, {}).read([*GOOD, "", " "])[1]


def test_a_booking_still_to_come_is_no_stay() -> None:
    assert read(status="已确认")[0]["status"] == "booked"


def test_words_of_the_house_for_the_status() -> None:
    assert read(status="Gast da")[1]
    assert read({"words": {"stayed": "Gast da, war da"}}, status="gast DA")[0]["status"] == "stayed"


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.50", "1234.5"), ("1.234,50", "1234.5"), ("98,5", "98.5"), ("¥ 388", "388"), ("-6.38", "-6.38"), ("98.69999999999999", "98.7"), ("0", "0")],
)
def test_amounts_as_they_are_written(text: str, amount: str) -> None:
    assert money_of(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2025-3-1", "ymd", date(2025, 3, 1)), ("2025/03/01", "ymd", date(2025, 3, 1)), ("2025年3月1日", "ymd", date(2025, 3, 1)),
        ("20250301", "ymd", date(2025, 3, 1)), ("2025-03-01 14:30:00", "ymd", date(2025, 3, 1)), ("2025-03-01T00:00:00Z", "ymd", date(2025, 3, 1)),
        ("1/3/2025", "dmy", date(2025, 3, 1)), ("3/1/2025", "mdy", date(2025, 3, 1)), ("1 Mar 2025", "ymd", date(2025, 3, 1)), ("45717", "ymd", date(2025, 3, 1)),
    ],
)
def test_days_as_they_are_written(text: str, order: str, day: date) -> None:
    assert day_of(text, order) == day


def test_the_order_of_day_and_month_is_told_by_a_part_above_twelve() -> None:
    assert date_order(["3/4/2025", "13/4/2025"]) == "dmy"
    assert date_order(["3/4/2025", "4/13/2025"]) == "mdy"
    assert date_order(["2025-03-04"]) == "ymd"


def test_nothing_is_said_in_many_ways() -> None:
    assert {text_of(cell) for cell in (None, "", " NULL ", "NA", "n/a", "-", "无")} == {""}
    with pytest.raises(Wrong):
        day_of("NULL", "ymd")


def test_the_rooms_of_a_group_are_alike_whatever_their_type_rate_guests_and_status() -> None:
    one = read()[0]["likeness"]
    assert read(rate="100", status="Canceled", cancelled_on="2025-02-01", adults="1")[0]["likeness"] == one
    assert len({one, read(agent="9")[0]["likeness"], read(booked="2025-01-03")[0]["likeness"], read(departure="2025-03-04")[0]["likeness"]}) == 4
    assert groups.enough(5, "团队") and not groups.enough(4, "团队")
    assert groups.enough(5, "Offline TA/TO") and not groups.enough(9, "Online TA") and groups.enough(10, "Online TA")
