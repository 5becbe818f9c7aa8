"""The matrix says what the ledger says; the board draws it; its page is read in few queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.rooms import actions, queries
from guiju.rooms.board import board
from guiju.rooms.models import InventoryEntry, RoomType
from guiju.shelf.errors import NoRoom, Refusal
from tests.cast import TODAY, Cast
from tests.inventory.wardrobe import day, hold, room_types


@pytest.fixture
def types(cast: Cast) -> dict[str, RoomType]:
    return room_types(cast)


def shown(cast: Cast, **more: Any) -> Any:
    ends = cast.at("00:00", TODAY + timedelta(days=1))
    return board(cast.hotel.pk, TODAY, 14, now=cast.at("10:00"), day_ends=ends, holidays={}, types=queries.open_types(cast.hotel.pk), **more)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "sell", "release", "elsewhere", "order"]), st.integers(1, 5), st.integers(0, 5),
        st.integers(1, 3), st.sampled_from(["TWN", "KNG"]),
    ),
    min_size=1, max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_matrix_is_what_the_ledger_says(cast: Cast, types: dict[str, RoomType], steps: list[Any]) -> None:
    step_by = {"by": cast.actor("fu"), "now": cast.at("10:00")}
    for number, (what, rooms, first, length, code) in enumerate(steps):
        line = actions.Line(types[code], day(first), day(first + length), rooms)
        about = ("booking", f"r{number}")
        try:
            if what == "release":
                block = actions.block_of(cast.hotel.pk, ("booking", f"r{number - 1}"))
                if block:
                    actions.release(block, **step_by)
            elif what in ("elsewhere", "order"):
                source = "pms" if what == "elsewhere" else "out_of_order"
                actions.sold_elsewhere(cast.hotel, source=source, reference=f"x{number}", lines=[line], **step_by)
            else:
                block = actions.hold(cast.hotel, about=about, label="客", lines=[line], until_at=None, **step_by)
                if what == "sell":
                    actions.sell(block, **step_by)
        except (NoRoom, Refusal):
            continue
    matrix = queries.availability(cast.hotel.pk, day(0), day(9))
    for row in matrix.rows:
        for night, there in zip(matrix.nights, row.nights, strict=True):
            ledger = InventoryEntry.objects.filter(room_type=row.room_type, night=night)
            sums = [sum(getattr(entry, name) for entry in ledger) for name in ("sold", "held", "out_of_order")]
            assert [there.sold, there.held, there.out_of_order] == sums
            assert there.left == row.room_type.physical - sum(sums) >= 0
    assert queries.verify(cast.hotel.pk) == []


def test_the_board_marks_holds_and_draws_the_tape(cast: Cast, types: dict[str, RoomType]) -> None:
    hold(cast, types["TWN"], 6, 1, 3, until_at=cast.at("09:00"))
    hold(cast, types["TWN"], 2, 2, 4, until_at=cast.at("18:00"))
    hold(cast, types["KNG"], 4, 0, 1)
    found = shown(cast)
    twin = {row.code: cells for row, cells in found.rows}["TWN"]
    assert [cell.mark for cell in twin[:5]] == ["", "late", "late", "act", ""]
    assert [cell.there.left for cell in twin[:5]] == [10, 4, 2, 8, 10]
    assert (found.late, found.today) == (1, 1) and found.full == [(types["KNG"], day(0))]
    assert [(bar.css, bar.label_css) for bar in found.bars] == [("late gc4 gs4", "toend gc8")]  # from 5 rooms on


def test_trying_shows_before_and_after(cast: Cast, types: dict[str, RoomType]) -> None:
    hold(cast, types["TWN"], 6, 1, 3)
    found = shown(cast, trying=[actions.Line(types["TWN"], day(0), day(2), 5)])
    twin = found.rows[0][1]
    assert [cell.after for cell in twin[:3]] == [5, -1, None]
    assert found.short == [(types["TWN"], day(1), 4)]


@pytest.mark.parametrize("days", [7, 14, 31])
def test_the_page(cast: Cast, types: dict[str, RoomType], days: int, django_assert_max_num_queries: Any) -> None:
    hold(cast, types["TWN"], 6, 1, 3, until_at=cast.at("09:00"))
    browser = cast.sign_in("lin")
    url = f"/rooms/?days={days}&from={TODAY}&cell=TWN@{day(1)}"
    with django_assert_max_num_queries(14):
        page = browser.get(url)
    text = page.content.decode()
    assert page.status_code == 200 and "青岱生物" in text and "style=" not in text
    tried = browser.get(f"{url}&room_type=TWN&from_on={day(0)}&until_on={day(2)}&rooms=5").content.decode()
    assert "→" in tried
    assert browser.get(f"/rooms/?from={TODAY}&room_type=TWN&from_on={day(2)}&until_on={day(2)}&rooms=0").status_code == 200
    assert cast.sign_in("chen").get("/rooms/").status_code == 403
    sheet = cast.sign_in("shen").get(f"{url}&export=csv")
    assert len(b"".join(sheet.streaming_content).splitlines()) == 1 + 3 * days
    assert browser.get("/rooms/?from=nonsense&days=999&cell=x@y").status_code == 200


def test_the_panel_on_today(cast: Cast, types: dict[str, RoomType], rf: Any) -> None:
    from guiju.rooms.views.matrix import seven_nights

    hold(cast, types["KNG"], 4, 0, 1)
    request = rf.get("/today/")
    request.hotel, request.now = cast.hotel, cast.at("10:00")
    found = seven_nights(request, request)
    assert [night.left for night in found["seven"].rows[1].nights] == [0, 4, 4, 4, 4, 4, 4]
    assert isinstance(request.now, datetime)
