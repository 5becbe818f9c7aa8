"""The sheet of a day: what stands on it and in which order, who reads what, one page of paper whatever the day, how little it asks."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdfium2 import PdfDocument

from guiju.artwork import actions as art
from guiju.bookings import actions
from guiju.bookings.models import Booking, BookingRooms, Difference, Meal
from guiju.bookings.shapes import RoomLine
from guiju.briefing.gathering import DaySheet, Line, Part, sheet
from guiju.briefing.printing import one_page, pages, shortened_to
from guiju.shelf import registry
from tests.bookings.scene import ARRIVAL, Room
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


def plain(room: Room, name: str, arrival: date = ARRIVAL, nights: int = 1, **more: Any) -> Booking:
    """A stay as a row, as the PMS or a long day leaves many."""
    given: dict[str, Any] = {"kind": "fit_cash", "state": "confirmed", "persons": 1, **more}
    row = Booking.objects.create(
        hotel=room.cast.hotel, number=f"X{Booking.objects.count():04d}", name=name, arrival_on=arrival, departure_on=arrival + timedelta(days=nights),
        created_at=room.now, **given,
    )
    BookingRooms.objects.create(
        hotel=room.cast.hotel, booking=row, room_type=room.twin, from_on=row.arrival_on, until_on=row.departure_on, rooms=max(1, row.persons // 2)
    )
    return row


def a_day(room: Room) -> Booking:
    """A group with meals that arrives, an important one, an individual; others stay and leave; a difference, a piece of artwork."""
    group = room.issued()
    plain(room, "魏岚", arrival_time=time(9))
    plain(room, "重要代表团", kind="group", persons=20, is_important=True, arrival_time=time(20))
    plain(room, "住着的团", ARRIVAL - timedelta(days=1), 3, kind="group", state="arrived", persons=30)
    plain(room, "住着的客", ARRIVAL - timedelta(days=1), 3, state="arrived")
    plain(room, "走的客", ARRIVAL - timedelta(days=2), 2, state="arrived")
    plain(room, "取消的客", state="cancelled")
    plain(room, "没留房的客", state="tentative")
    Difference.objects.create(hotel=room.cast.hotel, booking=group, about="meals", text="晚餐少两位", found_at=room.now, found_by_id=room.cast.people["lin"].pk)
    art.order(
        room.cast.hotel, about=group, what="welcome_board", text_zh="热烈欢迎", due_at=room.cast.at("15:00", ARRIVAL), **room.by("lin")
    )
    return group


def keys(found: DaySheet) -> dict[str, list[str]]:
    return {part.key: [line.what for line in part.lines] for part in found.parts}


def test_groups_come_first_important_ones_marked_and_nobody_who_does_not_come(room: Room) -> None:
    group = a_day(room)
    found = keys(sheet(room.cast.actor("shen"), ARRIVAL))
    assert found["arrivals"] == ["重要代表团", group.name, "魏岚"]
    assert found["departures"] == ["走的客"] and found["staying"][1:] == ["住着的团"] and "32" not in found["staying"][0]
    assert found["differences"] == ["晚餐少两位"] and len(found["artwork"]) == 1
    assert found["on_duty"] == ["林一舟"]
    page = room.browser("shen").get(f"/briefing/?on={ARRIVAL}").content.decode()
    assert page.index("重要代表团") < page.index(group.name) < page.index("魏岚") and "取消的客" not in page and "没留房的客" not in page
    arrivals = next(part for part in sheet(room.cast.actor("shen"), ARRIVAL).parts if part.key == "arrivals")
    assert (arrivals.lines[0].mark != "", arrivals.lines[2].mark, arrivals.count) == (True, "", 3)
    staying = next(part for part in sheet(room.cast.actor("shen"), ARRIVAL).parts if part.key == "staying")
    assert (staying.count, staying.persons) == (2, 31)


def test_each_post_reads_the_lines_it_may(room: Room) -> None:
    """F&B reads groups and meals, not who the individuals are; security the groups; the administrator nothing."""
    group = a_day(room)
    wanted = {
        "shen": {"arrivals", "departures", "staying", "meals", "differences", "artwork", "on_duty"},
        "lu": {"arrivals", "departures", "staying", "meals", "differences", "artwork", "on_duty"},
        "chen": {"arrivals", "departures", "staying", "meals", "differences", "artwork", "on_duty"},
        "an": {"arrivals", "departures", "staying", "artwork", "on_duty"},
    }
    for who, parts in wanted.items():
        assert parts <= set(keys(sheet(room.cast.actor(who), ARRIVAL))), who
    assert not {"meals", "differences"} & set(keys(sheet(room.cast.actor("an"), ARRIVAL)))
    for who in ("chen", "an"):
        page = room.browser(who).get(f"/briefing/?on={ARRIVAL}").content.decode()
        assert group.name in page and "魏岚" not in page and "走的客" not in page and "/bookings/" not in page and "热烈欢迎" not in page, who
    arrivals = next(part for part in sheet(room.cast.actor("an"), ARRIVAL).parts if part.key == "arrivals")
    assert arrivals.count == 3  # the individual is counted, not named
    for link in set(room.browser("fang").get(f"/briefing/?on={ARRIVAL}").content.decode().split('href="')[1:]):
        assert not link.startswith("/art/") or room.browser("fang").get(link.split('"')[0]).status_code == 200
    assert room.browser("guan").get("/briefing/").status_code == 403


def test_everything_present_asks_at_most_twelve_times(room: Room) -> None:
    a_day(room)
    for number in range(60):
        row = plain(room, f"客人{number}", persons=number % 4 + 1, kind="group" if number % 5 == 0 else "fit_cash")
        Meal.objects.create(hotel=room.cast.hotel, booking=row, on=ARRIVAL, meal="dinner", persons=2)
    for who in ("shen", "lu", "fang", "chen"):
        browser = room.browser(who)
        browser.get("/help/")
        for path in (f"/briefing/?on={ARRIVAL}", "/briefing/"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            assert len(asked) <= 12, (who, len(asked), " ".join("".join(re.findall(r"FROM .(\w+)", one["sql"])[:1]) for one in asked))


def text_of(pdf: bytes) -> str:
    with PdfDocument(io.BytesIO(pdf)) as document:
        assert len(document) == 1, f"{len(document)} pages"
        return "".join(document[0].get_textpage().get_text_range().split())


def test_a_quiet_day_is_one_page_with_all_of_it(room: Room) -> None:
    group = a_day(room)
    text = text_of(room.browser("shen").get(f"/briefing/paper/?on={ARRIVAL}").content)
    for words in (group.name, "重要代表团", "魏岚", "走的客", "晚餐少两位", "林一舟", "12月6日", "唐小满迎接"):  # nothing is cut off where there is room
        assert words in text, words


def full(room: Room, arrivals: int = 60, functions: int = 30) -> None:
    for number in range(arrivals):
        plain(room, f"第{number:02d}批客人来自很远的地方的代表团", kind="group" if number < 20 else "fit_cash", persons=12, arrival_time=time(number % 24))
    for number in range(40):
        plain(room, f"离店{number:02d}", ARRIVAL - timedelta(days=2), 2, state="arrived", persons=2)
    for row in Booking.objects.filter(kind="group"):
        for meal in ("lunch", "dinner"):
            Meal.objects.create(hotel=room.cast.hotel, booking=row, on=ARRIVAL, meal=meal, persons=12, place="一楼中餐厅", diet="两位素食")

    def rows(hotel_id: Any, on: date, actor: Any) -> Iterator[dict[str, Any]]:
        for number in range(functions):
            yield {"at": time(8 + number % 14), "what": f"第{number:02d}场会议", "where": "海晏厅", "persons": 300, "note": "课桌式", "url": ""}

    registry.day_sheet.append(registry.DaySheetPart("test_functions", "活动场次", 41, "briefing.view", rows))


@pytest.mark.parametrize(("arrivals", "functions"), [(60, 30), (140, 80)])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_full_day_is_still_one_page_and_says_what_it_leaves_out(room: Room, monkeypatch: pytest.MonkeyPatch, arrivals: int, functions: int, lang: str) -> None:
    monkeypatch.setattr(registry, "day_sheet", list(registry.day_sheet))
    full(room, arrivals, functions)
    browser = room.browser("shen")
    browser.cookies["guiju_lang"] = lang
    text = text_of(browser.get(f"/briefing/paper/?on={ARRIVAL}").content)
    assert ("另有" if lang == "zh-hans" else "more") in text and "第00批" in text and "第00场会议" in text
    assert str(arrivals) in text and str(functions) in text
    page = browser.get(f"/briefing/?on={ARRIVAL}").content.decode()
    assert f"第{arrivals - 1:02d}批" in page and f"第{functions - 1:02d}场会议" in page  # the screen leaves nothing out


def test_the_longest_parts_give_first_and_no_part_vanishes() -> None:
    parts = [Part("a", "A", [Line(None, "x")] * 50), Part("b", "B", [Line(None, "x")] * 20), Part("c", "C", [Line(None, "x")] * 3)]
    assert shortened_to(parts, 1000) == {"a": 50, "b": 20, "c": 3}
    assert shortened_to(parts, 49) == {"a": 20, "b": 20, "c": 3}
    assert shortened_to(parts, 10) == {"a": 6, "b": 6, "c": 3}


def test_text_that_would_break_the_layout_stays_one_line_and_is_no_markup(room: Room) -> None:
    """Long words, line ends and typst's own signs."""
    for number in range(30):
        plain(room, f"#pagebreak() *{number}* https://example.com/" + "a" * 60, requests="\n\n")
    made = one_page(sheet(room.cast.actor("shen"), ARRIVAL), hotel=room.cast.hotel, actor=room.cast.actor("shen"), now=room.now)
    assert pages(made) == 1 and "#pagebreak()" in text_of(made)


def test_the_day_before_the_day_after_and_todays_day(room: Room) -> None:
    browser = room.browser("shen")
    page = browser.get(f"/briefing/?on={ARRIVAL}").content.decode()
    assert f"?on={ARRIVAL - timedelta(days=1)}" in page and f"?on={ARRIVAL + timedelta(days=1)}" in page
    for odd in ("", "?on=nonsense", "?on=2026-13-45", "?on=0001-01-01", "?on=9999-12-31"):
        assert browser.get(f"/briefing/{odd}").context["on"] == TODAY


def test_it_goes_out_as_a_file(room: Room) -> None:
    a_day(room)
    csv = b"".join(room.browser("shen").get(f"/briefing/?on={ARRIVAL}&export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "重要代表团" in csv and "晚餐少两位" in csv
    assert room.browser("chen").get("/briefing/?export=csv").status_code == 403


def test_programs_and_the_terminal_read_the_same(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    from guiju.cli import main
    from guiju.house import tokens
    from guiju.shelf.actor import the_clock

    a_day(room)
    hotel = room.cast.hotel
    _row, key = tokens.create(hotel, person=room.cast.people["an"], name="t", by=the_clock(hotel.pk, via="cli"), now=room.cast.at("09:00"))
    answer = room.browser("an").get("/api/v1/briefing", {"on": ARRIVAL.isoformat()}, headers={"Authorization": f"Bearer {key}"})
    told = {part["key"]: part for part in answer.json()["parts"]}
    assert answer.json()["on"] == "2026-12-06" and "meals" not in told and told["arrivals"]["lines"][0]["what"] == "重要代表团"
    assert main(["briefing", "--on", ARRIVAL.isoformat(), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    arrivals = next(part for part in said["parts"] if part["key"] == "arrivals")
    assert (arrivals["count"], arrivals["lines"][2]["what"], arrivals["lines"][2]["at"]) == (3, "魏岚", "09:00")
    assert main(["briefing", "--on", "nonsense"]) == 1 and main(["briefing", "--on", ARRIVAL.isoformat()]) == 0
    assert "★" in capsys.readouterr().out


def test_rooms_that_change_during_the_stay_are_those_of_the_night(room: Room) -> None:
    """A line that ended before and one that begins later are not rooms of this day."""
    booking = room.group(arrival=ARRIVAL, nights=3, rooms=4)
    day = booking.arrival_on
    fresh = Booking.objects.get(pk=booking.pk)
    lines = [RoomLine(room.twin.pk, day, day + timedelta(days=2), 4), RoomLine(room.twin.pk, day + timedelta(days=2), day + timedelta(days=3), 2)]
    actions.change(fresh, version=fresh.version, fields={"rooms": lines}, told_by="赵晴", told_how="fax", **room.by())
    Booking.objects.filter(pk=booking.pk).update(state="confirmed")
    found = {offset: {part.key: part for part in sheet(room.cast.actor("shen"), day + timedelta(days=offset)).parts} for offset in (0, 2, 3)}
    assert "4" in found[0]["arrivals"].lines[0].where and "2" in found[2]["staying"].lines[0].what and "2" in found[3]["departures"].lines[0].where
