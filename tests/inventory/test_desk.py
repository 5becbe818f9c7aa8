"""Sell limits, what others sell, the waiting list and room types, through their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.house.models import Hotel
from guiju.rooms import actions, queries
from guiju.rooms.models import Block, RoomNight, RoomType, SellLimit, Waiting
from guiju.shelf.errors import NotAllowed
from tests.cast import Cast
from tests.inventory.wardrobe import day, hold, room_types


@pytest.fixture
def types(cast: Cast) -> dict[str, RoomType]:
    return room_types(cast)


def limit(room_type: RoomType, rooms: int) -> dict[str, Any]:
    return {
        "room_type": room_type.code, "from_on": day(0), "until_on": day(2), "limit": rooms, "reason": "会展期间",
    }


def test_more_rooms_than_there_are_need_a_signature(cast: Cast, types: dict[str, RoomType]) -> None:
    with pytest.raises(NotAllowed):
        actions.set_sell_limit(
            types["TWN"], from_on=day(0), until_on=day(1), limit=11, reason="试", by=cast.actor("fu"), now=cast.at("10:00")
        )
    desk, manager = cast.sign_in("fu"), cast.sign_in("shen")
    assert desk.post("/rooms/limits", limit(types["TWN"], 11)).status_code == 403
    assert desk.post("/rooms/limits", limit(types["TWN"], 9)).status_code == 302
    assert cast.sign_in("lin").post("/rooms/limits", limit(types["TWN"], 9)).status_code == 403
    assert manager.post("/rooms/limits", limit(types["TWN"], 12)).status_code == 302
    assert set(RoomNight.objects.values_list("sell_limit", flat=True)) == {12}
    assert SellLimit.objects.count() == 2
    assert "+2" in manager.get("/rooms/limits").content.decode()


def test_a_limit_below_what_is_taken_names_the_nights(cast: Cast, types: dict[str, RoomType]) -> None:
    hold(cast, types["TWN"], 6, 1, 2)
    answer = cast.sign_in("shen").post("/rooms/limits", limit(types["TWN"], 5))
    assert answer.status_code == 422 and "11月25日" in answer.content.decode()
    assert not SellLimit.objects.exists()


ELSEWHERE = {"source": "pms", "reference": "P-1", "room_type": "KNG", "rooms": 3, "label": "散客"}


def test_what_others_sell_replaces_itself_and_comes_back(cast: Cast, types: dict[str, RoomType]) -> None:
    browser = cast.sign_in("fang")
    given = {**ELSEWHERE, "from_on": day(0), "until_on": day(2)}
    assert browser.post("/rooms/elsewhere", given).status_code == 302
    assert browser.post("/rooms/elsewhere", {**given, "rooms": 2}).status_code == 302
    assert Block.objects.get().rooms == 2
    answer = browser.post("/rooms/elsewhere", {**given, "reference": "P-2"})
    assert answer.status_code == 409 and Block.objects.count() == 1
    assert browser.get("/rooms/elsewhere").content.decode().count("P-1") >= 1
    assert browser.post("/rooms/elsewhere", {"back": Block.objects.get().pk}).status_code == 302
    assert queries.availability(cast.hotel.pk, day(0), day(1)).rows[1].nights[0].left == 4
    assert queries.verify(cast.hotel.pk) == []
    assert cast.sign_in("lin").get("/rooms/elsewhere").status_code == 403


def upload(cast: Cast, url: str, text: str, who: str = "fu") -> Any:
    return cast.sign_in(who).post(url, {"file": SimpleUploadedFile("list.csv", text.encode(), "text/csv")})


def test_a_table_of_what_others_sold_is_taken_whole(cast: Cast, types: dict[str, RoomType]) -> None:
    head = "source,reference,label,room_type,from_on,until_on,rooms\n"
    good = head + f"pms,P-1,散客,TWN,{day(0)},{day(2)},3\npms,P-1,散客,大床间,{day(0)},,1\nOTA,O-1,,KNG,{day(1)},,2\n"
    bad = good + f"fax,P-9,,TWN,{day(0)},,1\npms,P-8,,XXX,{day(0)},,1\npms,P-7,,TWN,soon,,many\n"
    answer = upload(cast, "/rooms/elsewhere/table", bad)
    text = answer.content.decode()
    assert answer.status_code == 422 and not Block.objects.exists()
    assert all(f"{n}" in text for n in (5, 6, 7)) and "XXX" in text
    assert upload(cast, "/rooms/elsewhere/table", good).status_code == 302
    assert sorted(Block.objects.values_list("about_id", "rooms")) == [("ota:O-1", 2), ("pms:P-1", 4)]
    assert upload(cast, "/rooms/elsewhere/table", good).status_code == 302  # the same list again changes nothing
    assert queries.verify(cast.hotel.pk) == []
    too_many = head + f"pms,P-2,,KNG,{day(0)},,4\n"
    assert upload(cast, "/rooms/elsewhere/table", too_many).status_code == 409
    back = head + "pms,P-1,,,,,0\n"
    assert upload(cast, "/rooms/elsewhere/table", back).status_code == 302
    assert Block.objects.get(about_id="pms:P-1").state == Block.State.RELEASED


def test_the_export_of_what_others_sold_can_be_read_in_again(cast: Cast, types: dict[str, RoomType]) -> None:
    actions.sold_elsewhere(
        cast.hotel, source="ota", reference="O-1", lines=[actions.Line(types["TWN"], day(0), day(3), 2)],
        by=cast.actor("fu"), now=cast.at("10:00"),
    )
    sheet = b"".join(cast.sign_in("shen").get("/rooms/elsewhere?export=csv").streaming_content)
    assert upload(cast, "/rooms/elsewhere/table", sheet.decode("utf-8-sig")).status_code == 302
    assert Block.objects.count() == 1 and queries.verify(cast.hotel.pk) == []


def test_the_waiting_list(cast: Cast, types: dict[str, RoomType]) -> None:
    block = hold(cast, types["KNG"], 4, 0, 2)
    browser = cast.sign_in("lin")
    given = {"what": "add", "label": "砚桥律所", "room_type": "KNG", "from_on": day(0), "until_on": day(1), "rooms": 2}
    assert browser.post("/rooms/waiting", {**given, "label": ""}).status_code == 422
    assert browser.post("/rooms/waiting", given).status_code == 302
    entry = Waiting.objects.get()
    assert queries.could_have(cast.hotel.pk, queries.waiting_list(cast.hotel.pk)) == []
    actions.release(block, by=cast.actor("lin"), now=cast.at("10:00"))
    assert [row.pk for row in queries.could_have(cast.hotel.pk, queries.waiting_list(cast.hotel.pk))] == [entry.pk]
    assert browser.post("/rooms/waiting", {"what": "close", "entry": entry.pk}).status_code == 422
    assert browser.post("/rooms/waiting", {"what": "close", "entry": entry.pk, "reason": "已订"}).status_code == 302
    assert "已订" in browser.get("/rooms/waiting?closed=1").content.decode()
    assert cast.sign_in("fang").post("/rooms/waiting", given).status_code == 403


def test_room_types_come_from_a_page_or_a_table(cast: Cast, types: dict[str, RoomType]) -> None:
    browser = cast.sign_in("shen")
    given = {"code": "STE", "name": "套房", "physical": 6, "beds": 1, "order": 50, "words": "套间、suite"}
    assert browser.post("/rooms/types/new", {**given, "code": "TWN"}).status_code == 422
    assert browser.post("/rooms/types/new", given).status_code == 302
    row = RoomType.objects.get(code="STE")
    assert row.words == ["套间", "suite"]
    url = f"/rooms/types/{row.pk}"
    assert browser.post(url, {**given, "physical": 7, "version": 1}).status_code == 302
    assert browser.post(url, {**given, "physical": 8, "version": 1}).status_code == 409
    assert browser.post(url, {"what": "close", "version": 2}).status_code == 302
    row.refresh_from_db()
    assert row.closed_at is not None and row.physical == 7
    table = "code,name,physical,beds\nFAM,家庭房,5,3\nTWN,标准双人间,many,2\n"
    answer = upload(cast, "/rooms/types/table", table, "shen")
    assert answer.status_code == 422 and not RoomType.objects.filter(code="FAM").exists()
    assert upload(cast, "/rooms/types/table", table.replace("many", "12"), "shen").status_code == 302
    assert RoomType.objects.get(code="TWN").physical == 12


def test_lists_are_read_in_few_queries(
    cast: Cast, types: dict[str, RoomType], django_assert_max_num_queries: Any
) -> None:
    hold(cast, types["TWN"], 6, 1, 3)
    browser = cast.sign_in("shen")
    for path in ("/rooms/limits", "/rooms/elsewhere", "/rooms/waiting", "/rooms/types", f"/rooms/?from={day(0)}"):
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200, path


def test_another_hotels_rows_are_missing(cast: Cast, types: dict[str, RoomType]) -> None:
    other = Hotel.objects.create(code="other", name="别处", zone="Asia/Shanghai", created_at=cast.at("08:00"))
    RoomType.objects.filter(pk=types["KNG"].pk).update(hotel=other)
    browser = cast.sign_in("shen")
    assert browser.get(f"/rooms/types/{types['KNG'].pk}").status_code == 404
    assert "大床间" not in browser.get("/rooms/types").content.decode()
