"""The PMS's arrivals file: a dry run, errors by row, all or nothing; the same file again changes nothing."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.test import Client as Browser

from guiju.bookings import actions
from guiju.bookings.models import Booking
from guiju.bookings.shapes import RoomLine
from guiju.logbook.models import Entry
from tests.api.scene import Stage
from tests.cast import TODAY

HEAD = ("预订号", "姓名", "状态")


@pytest.fixture
def three(api: Stage) -> list[Booking]:
    """Three cash bookings that arrive today, confirmed."""
    scene, made = api.scene, []
    for name in ("甲", "乙", "丙"):
        stay = [RoomLine(scene.twin.pk, TODAY, TODAY + timedelta(days=2), 1)]
        row = actions.draft_booking(
            api.cast.hotel, kind="fit_cash", name=name, client=scene.client, arrival_on=TODAY, departure_on=TODAY + timedelta(days=2),
            persons=1, rooms=stay, by=api.cast.actor("lin"), now=api.cast.at("09:30"),
        )
        actions.attach_written(row, paper="传真夹 11 号", by=api.cast.actor("lin"), now=api.cast.at("09:31"))
        row.refresh_from_db()
        row = actions.place_hold(row, until_at=None, by=api.cast.actor("lin"), now=api.cast.at("09:31"))
        made.append(actions.confirm(row, by=api.cast.actor("lin"), now=api.cast.at("09:32")))
    return made


def xlsx(*rows: tuple[Any, ...]) -> io.BytesIO:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate((HEAD, *rows)):
        sheet.write_row(place, 0, row)
    book.close()
    file.seek(0)
    file.name = "arrivals.xlsx"
    return file


def text(encoding: str, *rows: tuple[str, ...]) -> io.BytesIO:
    file = io.BytesIO("\n".join(",".join(row) for row in (HEAD, *rows)).encode(encoding))
    file.name = "arrivals.csv"
    return file


def states(rows: list[Booking]) -> list[str]:
    return list(Booking.objects.filter(pk__in=[row.pk for row in rows]).order_by("number").values_list("state", flat=True))


def send(browser: Browser, file: io.BytesIO) -> Any:
    return browser.post("/arrivals/file/", {"file": file})


def test_first_what_would_happen_then_all_of_it(api: Stage, three: list[Booking]) -> None:
    desk = api.cast.sign_in("fang")
    a, b, c = (row.number for row in three)
    entries = Entry.objects.count()
    page = send(desk, xlsx((a, "甲", "已到店"), (b, "乙", "No-show"), (c, "丙", "预抵")))
    assert page.status_code == 200 and page.context["new"] == 2 and page.context["total"] == 2
    assert states(three) == ["confirmed"] * 3 and Entry.objects.count() == entries  # a dry run writes nothing
    kept = re.search(r'name="read" value="([^"]+)"', page.content.decode())[1]
    assert desk.post("/arrivals/file/", {"read": kept}).status_code == 302
    assert states(three) == ["arrived", "no_show", "confirmed"]
    entries = Entry.objects.count()
    again = send(desk, text("gb18030", (a, "甲", "到店"), (b, "乙", "未到")))
    assert again.context["new"] == 0
    kept = re.search(r'name="read" value="([^"]+)"', again.content.decode())[1]
    assert desk.post("/arrivals/file/", {"read": kept}).status_code == 302
    assert Entry.objects.count() == entries
    left = send(desk, text("utf-8-sig", (a, "甲", "离店")))
    desk.post("/arrivals/file/", {"read": re.search(r'name="read" value="([^"]+)"', left.content.decode())[1]})
    assert states(three)[0] == "departed"
    assert send(desk, xlsx((a, "甲", "arrived"))).context["new"] == 0  # the morning's file once more


def test_wrong_rows_are_named_and_nothing_is_taken(api: Stage, three: list[Booking]) -> None:
    desk = api.cast.sign_in("fang")
    a = three[0].number
    page = send(desk, xlsx((a, "甲", "arrived"), ("B99-1", "", "arrived"), (a, "", "gone fishing"), ("", "", "arrived"), (a, "", "no-show")))
    assert page.status_code == 422 and page.context["bad"] == 4 and not page.context["read"]
    assert [told.row for told in page.context["rows"]] == [3, 4, 5, 6]
    assert states(three) == ["confirmed"] * 3
    bad = io.BytesIO("预订号\nB1".encode())
    bad.name = "x.csv"
    assert "状态" in send(desk, bad).content.decode()
    assert desk.post("/arrivals/file/", {"read": "forged"}).status_code == 422
    assert desk.post("/arrivals/file/", {}).status_code == 422
    assert api.cast.sign_in("chen").get("/arrivals/file/").status_code == 403


def test_a_program_sends_the_same_list(api: Stage, three: list[Booking]) -> None:
    rows = {"rows": [{"number": row.number, "what": "arrived"} for row in three]}
    assert api.send("fang", "POST", "/bookings/arrivals/check", rows).json() == {"new": 3, "outcomes": ["done"] * 3}
    assert states(three) == ["confirmed"] * 3
    assert api.send("fang", "POST", "/bookings/arrivals", rows).json()["new"] == 3
    assert api.send("fang", "POST", "/bookings/arrivals", rows).json() == {"new": 0, "outcomes": ["already"] * 3}
    answer = api.send("fang", "POST", "/bookings/arrivals", {"rows": [*rows["rows"], {"number": "B0", "what": "departed"}]})
    assert answer.status_code == 422 and len(answer.json()["errors"]) == 1


def test_the_day_s_list_is_there_to_print_and_as_a_file(api: Stage, three: list[Booking]) -> None:
    desk, clerk = api.cast.sign_in("fang"), api.cast.sign_in("shen")
    page = desk.get("/arrivals/").content.decode()
    assert all(row.number in page for row in three) and "/arrivals/file/" in page
    sheet = b"".join(clerk.get("/arrivals/?export=csv").streaming_content).decode("utf-8-sig")
    assert all(row.number in sheet for row in three)
