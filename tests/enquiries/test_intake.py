"""Messages through the real door: what comes of each, on real input and on broken ones."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import parse
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.enquiries.actions import note_call, take_in
from guiju.enquiries.actions.intake import ota_reply
from guiju.enquiries.models import Enquiry, Message
from guiju.logbook.models import Entry
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid
from tests.enquiries.scene import Scene

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
HAVE = DATA.exists()
if os.environ.get("GUIJU_MUST_DATA") == "1":
    assert HAVE, "the shared data folder is missing, and GUIJU_MUST_DATA is set"
needs_data = pytest.mark.skipif(not HAVE, reason="the shared data folder is not beside this checkout")
FAX = "订房单位：东岬港务集团有限公司\n联系人：赵晴\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n用房：标准双人间 2 间\n付款方式：挂账\n"


def take(scene: Scene, data: bytes, name: str = "fax.txt", **more: Any) -> list[dict[str, Any]]:
    by = the_clock(scene.cast.hotel.pk, via="cli")
    return take_in(scene.cast.hotel, data=data, filename=name, by=by, now=scene.now, **more)


def test_a_fax_of_an_agreement_client(scene: Scene) -> None:
    (found,) = take(scene, FAX.encode(), channel="fax", sender="0591 5550")
    row = Enquiry.objects.get(number=found["enquiry"])
    assert (found["status"], found["unsure"]) == ("accepted", [])
    assert (row.arrival_on, row.departure_on, row.rooms) == (date(2026, 12, 6), date(2026, 12, 8), {"TWN": 2})
    assert row.client == scene.client and row.agreement == scene.agreement
    fact = Entry.objects.get(kind="enquiry.received")
    assert fact.attrs["agreement"] is True and fact.attrs["written"] is True


def test_an_unknown_client_is_unsure(scene: Scene) -> None:
    (found,) = take(scene, "订房单位：无名商行\n12月6日至8日 标准双人间1间".encode())
    assert "client" in found["unsure"]
    assert Enquiry.objects.get(number=found["enquiry"]).agreement is None


def test_a_mail_in_gbk_is_read(scene: Scene) -> None:
    body = FAX.replace("赵晴", "赵玥").encode("gb18030")
    mail = (
        b"From: zhao@dongjia.example\nTo: s@h.example\nSubject: booking\nMessage-ID: <a1@x>\n"
        b"Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
        + body
    )
    (found,) = take(scene, mail, "m.eml")
    row = Enquiry.objects.get(number=found["enquiry"])
    assert (row.contact_name, row.channel, row.reply_to) == ("赵玥", "mail", "zhao@dongjia.example")
    (again,) = take(scene, mail, "m.eml")
    assert again["status"] == "duplicate" and Enquiry.objects.count() == 1


def test_a_broken_file_leaves_no_enquiry(scene: Scene) -> None:
    (found,) = take(scene, b"%PDF-1.4 nothing", "fax.pdf")
    message = Message.objects.get()
    assert found["status"] == "refused" and found["error"] and Enquiry.objects.count() == 0
    assert message.refused_code == "broken" and message.file.quarantined
    assert message.file.drop_after_at == scene.now + timedelta(days=30)
    assert Entry.objects.filter(kind="message.refused").count() == 1


def test_a_call_is_noted_and_not_written(scene: Scene) -> None:
    row = note_call(
        scene.cast.hotel,
        caller="139",
        words="要安静的房",
        values={"client": "东岬港务集团有限公司", "arrival": "2026-12-06", "departure": "2026-12-08", "rooms": "标准双人间 2"},
        **scene.at("10:00"),
    )
    assert row.rooms == {"TWN": 2} and row.client == scene.client
    assert Entry.objects.get(kind="enquiry.received").attrs["written"] is False
    with pytest.raises(Invalid):
        note_call(scene.cast.hotel, caller="", words="", values={}, **scene.at("10:00"))


def test_pages_take_in_and_keep_what_was_typed(scene: Scene) -> None:
    browser = scene.cast.sign_in("lin")
    answer = browser.post("/enquiries/intake/", {"text": FAX, "channel": "fax", "sender": "0591"})
    assert answer.status_code == 302 and Enquiry.objects.count() == 1
    nothing = browser.post("/enquiries/intake/", {"text": ""})
    assert nothing.status_code == 422
    bad = browser.post("/enquiries/intake/", {"files": SimpleUploadedFile("x.pdf", b"%PDF-1.4 no"), "text": FAX + "x"})
    assert bad.status_code == 422 and "订房单位" in bad.content.decode() and Enquiry.objects.count() == 1
    wrong = browser.post("/enquiries/phone/", {"client": "甲", "arrival": "2026-02-30", "words": "留房"})
    assert wrong.status_code == 422 and "留房" in wrong.content.decode()
    assert scene.cast.sign_in("chen").post("/enquiries/intake/", {"text": FAX}).status_code == 403


def _expected(path: Path) -> list[dict[str, Any]]:
    """What a message says, read independently and plainly."""
    root = parse(path).getroot()
    local = lambda node: node.tag.rpartition("}")[2]  # noqa: E731
    if local(root) not in ("OTA_ResRetrieveRS", "OTA_HotelResNotifRQ"):
        return []
    rows = []
    for one in root.iter():
        if local(one) != "HotelReservation":
            continue
        nodes = {local(child): child for child in reversed(list(one.iter()))}
        counts = [int(child.get("Count")) for child in one.iter() if local(child) == "GuestCount"]
        customer = next((child for child in one.iter() if local(child) == "Customer"), None)
        names = [child.text.strip() for child in (customer if customer is not None else one).iter() if local(child) in ("GivenName", "Surname")]
        rows.append(
            {
                "status": one.get("ResStatus"),
                "id": nodes["UniqueID"].get("ID"),
                "span": nodes.get("TimeSpan"),
                "room": nodes.get("RoomType"),
                "name": " ".join(names),
                "persons": sum(counts),
                "window": nodes.get("StartDateWindow"),
            }
        )
    return rows


@needs_data
def test_every_opentravel_message_of_the_real_input(scene: Scene) -> None:
    files = sorted((DATA / "ota_xml").rglob("*.xml"))
    assert len(files) > 100
    bookings = 0
    for place, path in enumerate(files):
        expected, raw = _expected(path), path.read_bytes()
        outcomes = take(scene, raw, path.name, sender=f"partner-{place}")
        if not expected:
            harmless = re.search(rb"<(?:\w+:)?(?:OTA_PingRQ|OTA_ReadRQ|OTA_ResRetrieveRS)\b", raw) and not re.search(rb"<(?:Error|InvalidElement)\b", raw)
            assert [one["status"] for one in outcomes] == ["empty" if harmless else "refused"], path.name
            continue
        assert [one["status"] for one in outcomes] == ["accepted"] * len(expected), path.name
        for one, wanted in zip(outcomes, expected, strict=True):
            bookings += 1
            row = Enquiry.objects.select_related("message").get(number=one["enquiry"])
            assert row.message.unique_id == wanted["id"]
            if wanted["status"] == "Cancelled":
                assert one["kind"] == "cancellation" and row.form == "cancellation"
                continue
            assert one["kind"] == {"Reserved": "reservation", "Requested": "request"}[wanted["status"]]
            if wanted["span"].get("Start"):
                assert row.arrival_on == date.fromisoformat(wanted["span"].get("Start"))
                assert row.departure_on == date.fromisoformat(wanted["span"].get("End"))
            else:
                assert "arrival" in one["unsure"]
                assert wanted["window"].get("EarliestDate") == one["arrival"]
            assert (one["guests"], one["persons"]) == (wanted["name"], wanted["persons"])
            assert one["rooms"] == {wanted["room"].get("RoomTypeCode"): 1} and "rooms" in one["unsure"]
        before = Enquiry.objects.count()
        again = take(scene, raw.replace(b"<?xml", b"<?xml", 1) + b"\n<!-- sent again -->", path.name, sender=f"partner-{place}")
        assert {one["status"] for one in again} == {"duplicate"} and Enquiry.objects.count() == before, path.name
    assert bookings >= 15


@needs_data
def test_changed_content_is_a_modification_and_an_unknown_cancellation_is_shown(scene: Scene) -> None:
    folder = DATA / "ota_xml" / "alpinebits_hgv_mit" / "v_2018_10"
    raw = (folder / "GuestRequests-OTA_ResRetrieveRS-reservation.xml").read_bytes()
    take(scene, raw, "a.xml", sender="p")
    changed = re.sub(rb'End="[^"]*"', b'End="2012-01-14"', raw)
    (found,) = take(scene, changed, "a.xml", sender="p")
    assert found["kind"] == "modification" and found["departure"] == "2012-01-14"
    (gone,) = take(scene, (folder / "GuestRequests-OTA_ResRetrieveRS-cancellation.xml").read_bytes(), "c.xml", sender="p")
    assert gone["status"] == "accepted" and Enquiry.objects.get(number=gone["enquiry"]).state == "open"


@needs_data
def test_the_answer_is_in_the_protocols_form(scene: Scene) -> None:
    raw = next((DATA / "ota_xml" / "alpinebits_noi_cc0").rglob("*HotelResNotifRQ-reservation-push.xml")).read_bytes()
    by = scene.actor()
    xml, status = ota_reply(scene.cast.hotel, raw, by=by, now=scene.now)
    assert status == 200 and b"OTA_HotelResNotifRS" in xml and b"<Success/>" in xml
    xml, _status = ota_reply(scene.cast.hotel, b"<OTA_HotelResNotifRQ><HotelReservations/></OTA_HotelResNotifRQ>", by=by, now=scene.now)
    assert b"<Error " in xml and b"<Success" not in xml


BOOKINGS = (
    ("李慕白", "2026年12月5日", "2026年12月6日", 1, 2, "标双"),
    ("陈冬", "2026年12月31日", "2027年1月2日", 2, 1, "大床"),
    ("欧阳晓", "2027年2月28日", "2027年3月1日", 1, 5, "标准双床房"),
    ("Ana Sol", "2026年12月12日", "2026年12月15日", 3, 3, "标间"),
    ("赵一", "2026年12月9日", "2026年12月10日", 1, 10, "标双"),
)


@needs_data
@pytest.mark.parametrize("booking", BOOKINGS, ids=lambda booking: booking[0])
def test_the_real_chinese_form_filled_in(scene: Scene, booking: tuple[str, str, str, int, int, str]) -> None:
    """Every point right or marked unsure, never silently wrong."""
    name, arrives, leaves, nights, rooms, kind = booking
    form = (DATA / "cn_booking_forms" / "onetwo_reservation_form.tpl").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<style.*?</style>|<!--.*?-->", " ", form)).replace("&nbsp;", " ")
    head, _sep, _changes = words.partition("变更：")
    tail = words[words.index("结 算 价") :]
    filled = re.sub(r"张三", name, head).replace("2012年7月5日", arrives).replace("2012年7月6日", leaves)
    filled = re.sub(r"共1\s*晚", f"共{nights} 晚", filled)
    filled = re.sub(r"入住数量：\s*2", f"入住数量：   {rooms}", filled).replace("标双", kind)
    filled = filled.replace("{r_company}", "听涛饭店").replace("{s_date}", "2026年11月24日") + tail
    (found,) = take(scene, filled.encode(), "form.txt", channel="fax")
    code = "KNG" if kind == "大床" else "TWN"
    cn = lambda words_: date(*map(int, re.findall(r"\d+", words_))).isoformat()  # noqa: E731
    for point, right in (("arrival", cn(arrives)), ("departure", cn(leaves)), ("rooms", {code: rooms}), ("guests", name)):
        assert found[point] == right or point in found["unsure"], (point, found[point])
    assert found["arrival"] == cn(arrives) and found["departure"] == cn(leaves)
