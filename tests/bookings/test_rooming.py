"""The rooming list: pasted, sent as xlsx or csv, looked at, saved; never over a newer one, never half."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.bookings import actions
from guiju.bookings.models import Booking
from guiju.bookings.shapes import GuestLine
from tests.bookings.scene import Room

PASTED = "姓名\t性别\t国籍\t房型\t同住\t房号\t备注\n黎曼\t男\t新加坡\t标准双人间\tA\t801\t素食\n周敏\tF\t中国\tTWN\tA\t801\t"


def kept(row: Booking) -> list[tuple[Any, ...]]:
    """The list in force."""
    guests = row.guests.filter(removed_at__isnull=True).order_by("order").select_related("room_type")
    return [(one.name, one.gender, one.nationality, one.room_type.code if one.room_type else "", one.share, one.room_number, one.remarks) for one in guests]


def posted(row: Booking, **more: Any) -> dict[str, Any]:
    """What the page posts."""
    return {"version": str(row.version), "lines": PASTED, **more}


WANTED = [("黎曼", "m", "新加坡", "TWN", "A", "801", "素食"), ("周敏", "f", "中国", "TWN", "A", "801", "")]


def test_a_pasted_list_keeps_every_column(room: Room) -> None:
    row = room.group()
    assert room.browser().post(room.url(row, "rooming/"), posted(row)).status_code == 302
    assert kept(row) == WANTED
    page = room.browser().get(room.url(row, "people/")).content.decode()
    assert "新加坡" in page and "801" in page
    again = room.browser().get(room.url(row, "rooming/"))
    row.refresh_from_db()
    assert room.browser().post(room.url(row, "rooming/"), {"version": str(row.version), "lines": again.context["words"]}).status_code == 302
    assert kept(row) == WANTED  # what the page shows is what it takes


def test_a_list_without_headings_goes_by_the_columns_shown(room: Room) -> None:
    row = room.group()
    assert room.browser().post(room.url(row, "rooming/"), posted(row, lines="黎曼，男，新加坡，TWN，A，801，素食\n周敏")).status_code == 302
    assert kept(row)[0] == WANTED[0] and kept(row)[1][0] == "周敏"


def test_a_stale_list_does_not_overwrite_a_newer_one(room: Room) -> None:
    row = room.group()
    stale = posted(row)
    actions.change(row, version=row.version, fields={"guests": [GuestLine("新人一", share="B")]}, **room.by())
    answer = room.browser().post(room.url(row, "rooming/"), stale)
    page = answer.content.decode()
    assert answer.status_code == 409 and "新人一" in page and "黎曼" in page
    assert [one[0] for one in kept(row)] == ["新人一"]
    row.refresh_from_db()
    assert room.browser().post(room.url(row, "rooming/"), stale | {"version": str(row.version)}).status_code == 302
    assert kept(row) == WANTED
    assert room.browser().post(room.url(row, "rooming/"), stale | {"version": ""}).status_code == 422


def test_wrong_rows_are_named_and_the_input_stays(room: Room) -> None:
    row = room.group()
    lines = "姓名\t性别\t房型\n黎曼\t男\tTWN\n\t女\tTWN\n周敏\t不明\t总统房"
    answer = room.browser().post(room.url(row, "rooming/"), posted(row, lines=lines))
    page = answer.content.decode()
    assert answer.status_code == 422 and kept(row) == []
    assert {item["number"]: len(item["errors"]) for item in answer.context["seen"]} == {2: 0, 3: 1, 4: 2}
    assert "总统房" in page and "不明" in page and "黎曼" in page
    assert room.browser().post(room.url(row, "rooming/"), posted(row, lines=" \n ")).status_code == 422


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "a.csv"), ("utf-8-sig", "b.csv"), ("gbk", "c.csv"), ("utf-16", "d.txt")])
def test_a_csv_is_read_in_every_usual_encoding_and_looked_at_first(room: Room, encoding: str, name: str) -> None:
    row = room.group()
    file = SimpleUploadedFile(name, PASTED.replace("\t", ",").encode(encoding))
    look = room.browser().post(room.url(row, "rooming/"), posted(row, lines="", file=file))
    assert look.status_code == 200 and kept(row) == [] and "黎曼" in look.content.decode()
    saved = room.browser().post(room.url(row, "rooming/"), posted(row, lines=look.context["words"]))
    assert saved.status_code == 302 and kept(row) == WANTED


def test_the_template_goes_out_filled_in_and_comes_back_as_xlsx(room: Room) -> None:
    row = room.group()
    browser = room.browser()
    for kind in ("xlsx", "csv"):
        empty = b"".join(browser.get(room.url(row, f"rooming/?template={kind}")).streaming_content)
        assert empty.startswith(b"PK" if kind == "xlsx" else b"\xef\xbb\xbf")
    browser.post(room.url(row, "rooming/"), posted(row))
    sheet = b"".join(browser.get(room.url(row, "rooming/?template=xlsx")).streaming_content)
    row.refresh_from_db()
    actions.change(row, version=row.version, fields={"guests": []}, **room.by())
    row.refresh_from_db()
    look = browser.post(room.url(row, "rooming/"), posted(row, lines="", file=SimpleUploadedFile("list.xlsx", sheet)))
    assert look.status_code == 200, look.content.decode()[:2000]
    assert browser.post(room.url(row, "rooming/"), posted(row, lines=look.context["words"])).status_code == 302
    assert kept(row) == WANTED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", "没有,列名\n一,二".encode(), b"\x00\x01\x02\x03\x04\x05" * 50])
def test_files_that_are_no_list_are_refused_in_words(room: Room, data: bytes) -> None:
    row = room.group()
    answer = room.browser().post(room.url(row, "rooming/"), posted(row, lines="", file=SimpleUploadedFile("list.xlsx", data)))
    assert answer.status_code == 422 and answer.context["reading"].problem and kept(row) == []


def test_a_look_writes_nothing_and_says_what_is_odd(room: Room) -> None:
    row = room.group()
    answer = room.browser().post(room.url(row, "rooming/"), posted(row, lines="黎曼,男,,,A\n周敏,女,,,B", look="1"))
    assert answer.status_code == 200 and kept(row) == [] and len(answer.context["remarks"]) == 2


def test_a_list_of_a_closed_booking_is_refused(room: Room) -> None:
    row = room.group()
    actions.cancel(row, reason="不来了", told_by="赵晴", told_how="fax", **room.by())
    assert room.browser().post(room.url(row, "rooming/"), posted(row)).status_code == 409
    assert kept(row) == []
