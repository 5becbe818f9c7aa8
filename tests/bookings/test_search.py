"""Bookings are found by part of a number, a name, a tour code or the client, the newest first, flat however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from guiju.bookings import actions, queries, search
from guiju.bookings.models import Booking, SearchRow
from tests.bookings.scene import ARRIVAL, Room


def found(room: Room, text: str) -> list[str]:
    rows = queries.filtered(room.cast.hotel.pk, {"q": text}, today=room.now.date())
    return sorted(row.name for row in rows)


def test_by_name_number_code_and_client(room: Room) -> None:
    first = room.group(name="金色年华1206团", tour_code="WL261206-B", rooms=2)
    second = room.cash(name="黎曼")
    for text, names in (
        ("年华", [first.name]), ("金色 1206", [first.name]), ("wl2612", [first.name]), ("06-B", [first.name]), (second.number, [second.name]),
        (second.number[-3:], [second.name] if first.number[-3:] != second.number[-3:] else [first.name, second.name]),
        ("黎", [second.name]), ("东岬", [first.name]), ("没有", []), ("%", []), ("年华 黎曼", []),
    ):
        assert found(room, text) == sorted(names), text


def test_a_new_name_is_found_and_the_old_one_is_not(room: Room) -> None:
    row = room.group(name="春山", rooms=2)
    actions.change(row, version=row.version, fields={"name": "秋水"}, **room.by())
    assert found(room, "秋水") == ["秋水"] and found(room, "春山") == []


def test_another_hotels_bookings_are_not_found(room: Room) -> None:
    row = room.group(name="春山", rooms=2)
    SearchRow.objects.filter(booking=row).update(hotel_id=row.client_id)
    assert search.matching(room.cast.hotel.pk, "春山") == []


def test_the_palette_finds_them_too(room: Room) -> None:
    from guiju.bookings.offers import find

    room.group(name="春山", rooms=2)
    room.group(name="春山二", rooms=2, arrival=ARRIVAL + timedelta(days=1))
    assert [title.split()[-1] for title, *_more in find(room.cast.actor("he"), "春山", 5)] == ["春山二", "春山"]


def test_indexing_anew_gives_the_same(room: Room) -> None:
    room.group(name="春山", tour_code="WL2612", rooms=2)
    before = list(SearchRow.objects.values_list("text", "tokens"))
    assert search.index_all(room.cast.hotel.pk) == Booking.objects.count() == len(before)
    assert list(SearchRow.objects.values_list("text", "tokens")) == before and found(room, "wl26") == ["春山"]


@pytest.mark.parametrize("text", ["'", '"', "AND", "NEAR(", "\\", "x" * 300, "年 华 金 色 一 二 三 四", "\0"])
def test_odd_words_find_nothing_and_break_nothing(room: Room, text: str) -> None:
    room.group(name="春山", rooms=2)
    assert found(room, text) in ([], ["春山"])


def test_the_index_is_used(room: Room) -> None:
    """On SQLite the full-text table leads; on PostgreSQL a GIN index stands there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT s.booking_id FROM bookings_search CROSS JOIN bookings_searchrow s ON s.id = bookings_search.rowid "
                "WHERE bookings_search MATCH '\"k123\"' ORDER BY bookings_search.rowid DESC LIMIT 5"
            )
            plan = " ".join(str(row) for row in cursor.fetchall())
            assert "VIRTUAL TABLE INDEX" in plan and "TEMP B-TREE" not in plan
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'bookings_search'")
            assert "gin" in cursor.fetchone()[0]
