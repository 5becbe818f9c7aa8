"""A day on which every room has something to say: all of it stands on the sheet, on one page, for few questions to the database."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.briefing.gathering import sheet
from guiju.events import actions as events
from guiju.longstay import actions as longstay
from tests.bookings.scene import Room
from tests.briefing.test_day_sheet import a_day, plain, text_of
from tests.cast import TODAY
from tests.events.wardrobe import definite
from tests.longstay.scene import House
from tests.vip.scene import Stage as Vips
from tests.visitors.conftest import Room as Reception

pytestmark = pytest.mark.django_db


def everything(room: Room) -> None:
    """Groups, a wedding with its hall, a VIP, visitors and a birthday on the same day."""
    cast = room.cast
    a_day(room)
    plain(room, "今天的团", TODAY, kind="group", persons=30, arrival_time=time(15))
    event = definite(cast, TODAY)
    events.agree_deposit(event, label="首期", amount=Decimal(30000), due_on=TODAY, **room.by("lin"))
    events.agree_deposit(event, label="尾款", amount=Decimal(60000), due_on=TODAY + timedelta(days=1), **room.by("lin"))
    plan = Vips(cast).approved()
    assert plan.arrival_on == TODAY
    house = House(room.scene, {})
    house.rooms["1206"] = longstay.add_room(
        cast.hotel, number="1206", floor=12, room_type=room.scene.king, unit="apartment", rent=Decimal(18600), **house.step("shen", "08:30")
    )
    before = TODAY - timedelta(days=1)
    house.in_force("1206", before, from_on=before, until_on=date(2027, 12, 1), birthday=date(1979, 11, 24))
    reception = Reception(cast, room.clock)
    at = cast.at("15:00")
    visit = reception.approved(arrival_at=at)
    assert visit.arrival_at == at


@pytest.mark.parametrize("who", ["shen", "lu", "fang", "can"])
def test_all_of_it_for_at_most_twelve_questions(room: Room, who: str) -> None:
    everything(room)
    browser = room.browser(who)
    browser.get("/help/")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/briefing/").content.decode()
    assert len(asked) <= 12, [one["sql"].partition("FROM")[2][:60] for one in asked]
    for words in ("今天的团", "陈林婚宴" if who != "fang" else ""):
        assert words in page
    assert len(text_of(browser.get("/briefing/paper/").content)) > 100


def test_every_room_that_has_something_stands_there(room: Room) -> None:
    everything(room)
    found: dict[str, Any] = {part.key: part for part in sheet(room.cast.actor("shen"), TODAY).parts}
    assert {key for key, part in found.items() if part.lines} >= {"on_duty", "arrivals", "vip", "functions", "events", "longstay", "visits"}
    assert ["30,000" in line.note for line in found["events"].lines] == [False, True]  # its order is not out; one deposit is due
    assert "小野健" in found["longstay"].lines[0].what
