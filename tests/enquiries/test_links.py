"""Changes and cancellations written in words are linked by our number, or by a person; the intake command's lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.cli import parser
from guiju.enquiries import actions
from guiju.enquiries.models import Enquiry
from guiju.logbook.models import Entry
from tests.enquiries.scene import Scene
from tests.enquiries.test_intake import FAX, take
from tests.enquiries.test_ota_door import message, stay


def booked(scene: Scene) -> Any:
    (found,) = take(scene, FAX.encode(), channel="fax")
    return actions.book(Enquiry.objects.get(number=found["enquiry"]), **scene.at("10:02"))


def test_a_cancellation_in_words_that_names_our_number_is_linked(scene: Scene) -> None:
    booking = booked(scene)
    words = f"取消预订通知\n订房单位：东岬港务集团有限公司\n我司预订 {booking.number} 因行程变化取消，请予取消并回复。\n"
    (found,) = take(scene, words.encode(), channel="fax")
    row = Enquiry.objects.get(number=found["enquiry"])
    assert (found["kind"], row.form, row.about_booking) == ("cancellation", "cancellation", booking)
    page = scene.cast.sign_in("lin").get(f"/enquiries/{row.pk}").content.decode()
    assert booking.number in page and f"/bookings/{booking.pk}/cancel/" in page
    booking.refresh_from_db()
    assert booking.state == "tentative"


def test_one_that_names_nothing_is_linked_by_a_person(scene: Scene) -> None:
    booking = booked(scene)
    words = "取消预订通知\n订房单位：东岬港务集团有限公司\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n以上预订取消。\n"
    (found,) = take(scene, words.encode(), channel="fax")
    row = Enquiry.objects.get(number=found["enquiry"])
    assert row.form == "cancellation" and row.about_booking is None and row.about is None  # never by guess
    browser = scene.cast.sign_in("lin")
    assert booking.number in browser.get(f"/enquiries/{row.pk}").content.decode()  # offered
    wrong = browser.post(f"/enquiries/{row.pk}/about", {"about": "B99-0001"})
    assert wrong.status_code == 422 and 'value="B99-0001"' in wrong.content.decode()
    assert browser.post(f"/enquiries/{row.pk}/about", {"about": booking.number}).status_code == 302
    row.refresh_from_db()
    assert row.about_booking == booking and row.about is not None
    assert Entry.objects.get(kind="enquiry.linked").attrs["about"] == booking.number
    assert scene.cast.sign_in("chen").post(f"/enquiries/{row.pk}/about", {"about": booking.number}).status_code == 403


def test_the_commands_lines_have_the_promised_fields(scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"a.xml": message(stay(units=2)), "fax.txt": FAX.encode(), "bad.pdf": b"%PDF-1.4 no", "ping.xml": b"<OTA_PingRQ><EchoData>x</EchoData></OTA_PingRQ>"}
    files = [tmp_path / name for name in given]
    for file, data in zip(files, given.values(), strict=True):
        file.write_bytes(data)
    arguments = ["intake", *map(str, files), str(files[0]), str(tmp_path / "none.pdf"), str(tmp_path), "--json"]
    chosen = parser().parse_args(arguments)
    assert chosen.run(chosen) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == arguments[1:-1]
    assert [line["status"] for line in lines] == ["accepted", "accepted", "refused", "empty", "duplicate", "refused", "refused"]
    assert all(set(line) == {"file", "status", "kind", "enquiry", "client", "arrival", "departure", "rooms", "persons", "guests", "unsure", "error"} for line in lines)
    assert (lines[0]["kind"], lines[0]["arrival"], lines[0]["rooms"], lines[0]["persons"]) == ("reservation", "2026-12-06", {"TWN": 2}, 2)
    assert lines[4]["enquiry"] == lines[0]["enquiry"] and all(lines[place]["error"] for place in (2, 3, 5, 6))
    assert Enquiry.objects.count() == 2
    chosen = parser().parse_args(["intake", str(files[0]), "--json"])
    assert chosen.run(chosen) == 0
