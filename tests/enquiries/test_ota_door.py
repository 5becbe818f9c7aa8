"""OpenTravel messages through REST, as a channel sends them: each answered in its own form, taken once, nothing silently wrong."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client as Browser

from guiju.bookings.models import Booking
from guiju.duties.models import Duty
from guiju.enquiries import actions
from guiju.enquiries.models import Enquiry, Message
from guiju.house import tokens
from guiju.house.models import Hotel, Setting
from guiju.logbook.models import Entry
from tests.enquiries.scene import Scene
from tests.enquiries.test_intake import DATA, needs_data

NS = "http://www.opentravel.org/OTA/2003/05"
STAY = '<RoomStay>{types}<GuestCounts><GuestCount Count="{guests}"/></GuestCounts>{span}</RoomStay>'


def stay(code: str = "TWN", units: int = 1, start: str = "2026-12-06", end: str = "2026-12-08", guests: int = 2, span: str = "") -> str:
    types = f'<RoomTypes><RoomType RoomTypeCode="{code}" NumberOfUnits="{units}"/></RoomTypes>'
    return STAY.format(types=types, guests=guests, span=span or f'<TimeSpan Start="{start}" End="{end}"/>')


def message(
    *stays: str, unique: str = "A-1", type_: str = "14", status: str = "Reserved", root: str = "OTA_HotelResNotifRQ", head: str = 'Version="1.003"',
    hotel: str = "tingtao", info: str = "", comment: str = "", moment: str = "",
) -> bytes:  # fmt: skip
    place = f'<BasicPropertyInfo HotelCode="{hotel}"/>' if hotel else ""
    name = "<ResGuests><ResGuest><Profiles><ProfileInfo><Profile><Customer><PersonName><GivenName>晴</GivenName><Surname>赵</Surname></PersonName></Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests>"
    rooms = f"<RoomStays>{''.join(stays)}</RoomStays>" if stays else ""
    one = f'<HotelReservation ResStatus="{status}"{moment}><UniqueID Type="{type_}" ID="{unique}"/>{rooms}{name}<ResGlobalInfo>{info}{comment}{place}</ResGlobalInfo></HotelReservation>'
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{NS}" {head}><HotelReservations>{one}</HotelReservations></{root}>'.encode()


@pytest.fixture
def channel(scene: Scene) -> Any:
    """A channel with a token of its own: sends bytes, gets (status, root element, name of the answer)."""
    _row, secret = tokens.create(
        scene.cast.hotel, person=scene.cast.people["lin"], name="channel", scopes=["enquiries.intake"], by=scene.actor("lin"), now=scene.now
    )

    def send(data: bytes, kind: str = "application/xml") -> tuple[int, Any, str]:
        answer = Browser().post("/api/v1/enquiries/ota", data, content_type=kind, headers={"Authorization": f"Bearer {secret}"})
        root = ElementTree.fromstring(answer.content)
        return answer.status_code, root, root.tag.rpartition("}")[2]

    return send


def found(root: Any, name: str) -> list[Any]:
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == name]


def test_a_greeting_is_echoed(channel: Any) -> None:
    data = f'<OTA_PingRQ xmlns="{NS}" Version="8.000" EchoToken="t-1"><EchoData>{{"versions": ["2018-10"]}} &amp; 你好</EchoData></OTA_PingRQ>'
    status, root, name = channel(data.encode())
    assert (status, name, root.get("EchoToken")) == (200, "OTA_PingRS", "t-1")
    assert found(root, "EchoData")[0].text == '{"versions": ["2018-10"]} & 你好' and found(root, "Success")
    assert Message.objects.count() == 0


@needs_data
def test_alpinebits_greeting_is_told_what_is_done_here(channel: Any) -> None:
    raw = (DATA / "ota_xml" / "alpinebits_noi_cc0" / "v_2018_10" / "Handshake-OTA_PingRQ.xml").read_bytes()
    _status, root, name = channel(raw)
    (told,) = found(root, "Warning")
    assert name == "OTA_PingRS" and told.get("Status") == "ALPINEBITS_HANDSHAKE" and [one.tag.rpartition("}")[2] for one in root] == ["Success", "Warnings", "EchoData"]
    assert json.loads(told.text) == {"versions": [{"version": "2018-10", "actions": [{"action": "action_OTA_Ping"}]}]}
    assert json.loads(found(root, "EchoData")[0].text)["versions"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("<OTA_HotelInvCountNotifRQ Version='4'><Inventories/></OTA_HotelInvCountNotifRQ>", "OTA_HotelInvCountNotifRS"),
        ("<OTA_HotelAvailNotifRQ Version='1.002'/>", "OTA_HotelAvailNotifRS"),
        ("<OTA_HotelRatePlanNotifRQ Version='1.000'/>", "OTA_HotelRatePlanNotifRS"),
        ("<OTA_NobodyKnowsRQ/>", "OTA_NobodyKnowsRS"),
        ("<OTA_NotifReportRQ><Success/></OTA_NotifReportRQ>", "OTA_NotifReportRS"),
        ("<OTA_ReadRQ Version='1.001'><InvalidElement/><ReadRequests><HotelReadRequest/></ReadRequests></OTA_ReadRQ>", "OTA_ResRetrieveRS"),
        ("<OTA_ReadRQ Version='1.001'/>", "OTA_ResRetrieveRS"),
        ("<OTA_HotelResNotifRQ Version='1.0'><HotelReservations/></OTA_HotelResNotifRQ>", "OTA_HotelResNotifRS"),
        ("<OTA_HotelResNotifRQ Version='1.0' EchoToken='e9'><HotelReservations><unclosed>", "OTA_HotelResNotifRS"),
        ("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><OTA_HotelResRQ EchoToken='e9'>&e;</OTA_HotelResRQ>", "OTA_HotelResRS"),
        ("<OTA_HotelResModifyNotifRQ/>", "OTA_HotelResModifyNotifRS"),
        ("<OTA_CancelRQ><UniqueID Type='14'/></OTA_CancelRQ>", "OTA_CancelRS"),
        ("<OTA_ResRetrieveRS><Errors><Error Type='13' Code='392'>no</Error></Errors></OTA_ResRetrieveRS>", "OTA_NotifReportRQ"),
        ("<OTA_HotelResNotifRS><Success/></OTA_HotelResNotifRS>", "OTA_ErrorRS"),
    ],
)
def test_what_is_not_taken_gets_the_protocols_error_in_its_own_answer(channel: Any, data: str, name: str) -> None:
    status, root, got = channel(data.encode())
    assert (status, got) == (200, name)
    (error,) = found(root, "Error")
    assert error.get("Type") == "13" and error.get("Code", "").isdecimal() and error.text
    assert not found(root, "Success") and root.get("Version") and datetime.fromisoformat(root.get("TimeStamp"))
    assert root.get("EchoToken") == ("e9" if "e9" in data else None)
    assert Enquiry.objects.count() == 0 and Booking.objects.count() == 0 and Duty.objects.count() == 0
    assert Entry.objects.filter(kind="message.refused").count() == 1


@pytest.mark.parametrize("data", [b"", b"{}", "订房".encode(), b"<html><body>x</body></html>", b"<unknown/>", b"%PDF-1.4"])
def test_what_is_no_message_at_all_is_an_error_of_the_protocol_too(channel: Any, data: bytes) -> None:
    status, root, name = channel(data, "application/json")
    assert (status, name) == (400, "OTA_ErrorRS") and found(root, "Error") and Enquiry.objects.count() == 0


def test_a_form_as_alpinebits_sends_it(channel: Any) -> None:
    raw = message(stay(), head='Version="1.000"').decode()
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in (("action", "OTA_HotelResNotif:GuestRequests"), ("request", raw)))
    status, root, name = channel(f"{body}--b--\r\n".encode(), "multipart/form-data; boundary=b")
    assert (status, name) == (200, "OTA_HotelResNotifRS") and found(root, "Success") and Enquiry.objects.count() == 1
    for broken in (b"--y--", b"", b"--x--", b"--x\r\nContent-Disposition: form-data"):
        assert channel(broken, "multipart/form-data; boundary=x")[0] == 400


def test_a_read_request_is_told_that_nothing_waits(channel: Any) -> None:
    _status, root, name = channel(b"<OTA_ReadRQ Version='1.001'><ReadRequests><HotelReadRequest HotelCode='1'/></ReadRequests></OTA_ReadRQ>")
    assert name == "OTA_ResRetrieveRS" and found(root, "Success") and found(root, "ReservationsList") and not found(root, "Error")


def test_a_reservation_is_answered_with_its_id_our_number_and_its_echo_token(channel: Any, scene: Scene) -> None:
    _status, root, name = channel(message(stay(), head='Version="1.003" EchoToken="tok&quot;5"'))
    row = Enquiry.objects.get()
    (unique,) = found(root, "UniqueID")
    (ours,) = found(root, "HotelReservationID")
    assert name == "OTA_HotelResNotifRS" and root.get("EchoToken") == 'tok"5' and root.get("Version") == "1.003"
    assert (unique.get("Type"), unique.get("ID"), ours.get("ResID_Value")) == ("14", "A-1", row.number)
    again = channel(message(stay(), head='Version="1.003" EchoToken="another"'))[1]
    assert found(again, "HotelReservationID")[0].get("ResID_Value") == row.number and Enquiry.objects.count() == 1


def test_alpinebits_answers_bear_the_id_only(channel: Any) -> None:
    _status, root, _name = channel(message(stay(), head='Version="1.000"'))
    assert found(root, "UniqueID") and not found(root, "HotelReservationID") and root.get("EchoToken") is None


@pytest.mark.parametrize("root_name", ["OTA_HotelResRQ", "OTA_HotelResModifyNotifRQ", "OTA_HotelResModifyRQ"])
def test_further_messages_have_their_own_answers(channel: Any, root_name: str) -> None:
    _status, root, name = channel(message(stay(), root=root_name))
    assert name == root_name[:-2] + "RS" and found(root, "Success")
    assert Enquiry.objects.get().form == ("request" if root_name == "OTA_HotelResRQ" else "modification")
    assert root.get("ResResponseType") == (None if root_name == "OTA_HotelResModifyNotifRQ" else "Pending")


def test_a_cancellation_is_answered_by_type_15_and_linked(channel: Any, scene: Scene) -> None:
    channel(message(stay()))
    first = Enquiry.objects.get()
    _status, root, _name = channel(message(unique="A-1", type_="15", status="Cancelled"))
    assert [(one.get("Type"), one.get("ID")) for one in found(root, "UniqueID")] == [("15", "A-1")]
    row = Enquiry.objects.get(form="cancellation")
    assert row.about == first
    _status, root, name = channel(f'<OTA_CancelRQ xmlns="{NS}" Version="1.0"><UniqueID Type="14" ID="A-9"/></OTA_CancelRQ>'.encode())
    unknown = Enquiry.objects.get(message__unique_id="A-9")
    assert (name, root.get("Status")) == ("OTA_CancelRS", "Pending")  # a person cancels, no machine
    assert [(one.get("Type"), one.get("ID")) for one in found(root, "UniqueID")] == [("14", "A-9"), ("15", unknown.number)]
    assert unknown.about is None and unknown.about_booking is None and unknown.state == "open"
    page = scene.cast.sign_in("lin").get(f"/enquiries/{unknown.pk}").content.decode()
    assert "取消" in page


def test_two_stays_of_different_dates_are_not_one_sure_stay(channel: Any) -> None:
    channel(message(stay(units=2), stay(start="2026-12-08", end="2026-12-10", units=3), stay("KNG", start="2026-12-07", end="2026-12-09")))
    row = Enquiry.objects.get()
    assert (row.arrival_on, row.departure_on) == (date(2026, 12, 6), date(2026, 12, 10))
    assert row.rooms == {"TWN": 3, "KNG": 1}  # three at most in one night, not five
    assert {name for name, one in row.fields.items() if not one["sure"]} >= {"arrival", "departure", "rooms", "stays"}
    assert [(one["type"], one["from"], one["until"], one["rooms"]) for one in row.fields["stays"]["value"]] == [
        ("TWN", "2026-12-06", "2026-12-08", 2), ("TWN", "2026-12-08", "2026-12-10", 3), ("KNG", "2026-12-07", "2026-12-09", 1),
    ]  # fmt: skip


def test_checked_stays_are_booked_by_type_and_night(channel: Any, scene: Scene) -> None:
    channel(message(stay(units=2), stay(start="2026-12-08", end="2026-12-10", units=3)))
    row = Enquiry.objects.get()
    actions.set_client(row, client=scene.client, **scene.at("10:01"))
    row.refresh_from_db()
    actions.confirm_fields(row, names=[name for name, one in row.fields.items() if not one["sure"]], **scene.at("10:01"))
    row.refresh_from_db()
    booking = actions.book(row, **scene.at("10:02"))
    assert [(line.from_on.day, line.until_on.day, line.rooms) for line in booking.rooms.order_by("from_on")] == [(6, 8, 2), (8, 10, 3)]


def test_stays_of_the_same_dates_are_summed_and_sure(channel: Any) -> None:
    channel(message(stay(units=2), stay(units=1), stay("KNG")))
    row = Enquiry.objects.get()
    assert row.rooms == {"TWN": 3, "KNG": 1} and row.persons == 6
    assert all(row.fields[name]["sure"] for name in ("arrival", "departure", "rooms", "persons")) and "stays" not in row.fields


def test_dates_of_the_whole_that_disagree_are_unsure(channel: Any) -> None:
    channel(message(stay(), info='<TimeSpan Start="2026-12-06" End="2026-12-09"/>'))
    row = Enquiry.objects.get()
    assert row.fields["arrival"]["sure"] and not row.fields["departure"]["sure"]


@pytest.mark.parametrize(
    ("given", "unsure"),
    [
        ({"stays": [stay(start="2026-11-20", end="2026-11-22")]}, "arrival"),
        ({"stays": [stay(span='<TimeSpan Duration="P2N"><StartDateWindow EarliestDate="2026-12-01" LatestDate="2026-12-05"/></TimeSpan>')]}, "arrival"),
        ({"stays": [stay(span='<TimeSpan Start="2026-12-06" Duration="P999999N"/>')]}, "departure"),
        ({"stays": [stay(span='<TimeSpan Start="2026-12-06" Duration="P99999999999999999999N"/>')]}, "departure"),
        ({"stays": [stay(start="9999-12-30", end="9999-12-31")]}, "hotel"),
        ({"stays": [stay(start="2026-13-40")]}, "arrival"),
        ({"stays": [stay(end="2026-12-06")]}, "departure"),
        ({"stays": [stay(span=" ")]}, "arrival"),
        ({"stays": [stay("MOON")]}, "rooms"),
        ({"stays": [stay(units=0)]}, "rooms"),
        ({"stays": [stay(units=99999999)]}, "rooms"),
        ({"stays": [stay()], "hotel": ""}, "hotel"),
        ({"stays": [stay()], "hotel": "999"}, "hotel"),
        ({"stays": [stay()], "status": "Wishful"}, "kind"),
    ],
)
def test_what_is_odd_is_unsure_and_never_refused(channel: Any, given: dict[str, Any], unsure: str) -> None:
    given = {"hotel": "999", **given} if unsure == "hotel" else given
    status, root, _name = channel(message(*given.pop("stays"), **given))
    assert status == 200 and found(root, "Success"), ElementTree.tostring(root)
    row = Enquiry.objects.get()
    assert not row.fields[unsure]["sure"] and row.fields[unsure]["why"]


def test_a_hotel_code_is_ours_another_hotels_or_nobodys(channel: Any, scene: Scene) -> None:
    Setting.objects.create(hotel=scene.cast.hotel, key="ota.hotel_codes", value="123, TT-9")
    Hotel.objects.create(code="other", name="另一家", name_en="Other", zone="Asia/Shanghai", created_at=scene.now)
    for place, (code, sure) in enumerate((("TINGTAO", True), ("tt-9", True), ("123", True), ("124", False), ("other", False))):
        channel(message(stay(), unique=f"H-{place}", hotel=code))
        row = Enquiry.objects.get(message__unique_id=f"H-{place}")
        assert ("hotel" not in row.fields) is sure, code
        assert row.hotel == scene.cast.hotel
    assert "another hotel" in Enquiry.objects.get(message__unique_id="H-4").fields["hotel"]["why"] or "另一家" not in row.fields["hotel"]["why"]


def test_remarks_prefixes_and_white_space_make_no_other_message(channel: Any) -> None:
    raw = message(stay()).decode()
    channel(raw.encode())
    prefixed = re.sub(r"<(/?)(?=[A-Z])", r"<\1o:", raw).replace("xmlns=", "xmlns:o=")
    spaced = raw.replace("><", ">\n   <!-- seen -->  <").replace('ResStatus="Reserved"', 'ResStatus=" Reserved "')
    for same in (raw, prefixed, spaced, raw.replace('Version="1.003"', 'Version="1.003" TimeStamp="2026-11-24T10:00:00Z" EchoToken="x"')):
        _status, root, _name = channel(same.encode())
        assert found(root, "Success") and Enquiry.objects.count() == 1 and Message.objects.count() == 1
    channel(message(stay(), comment="<Comments><Comment><Text>加一张婴儿床</Text></Comment></Comments>"))
    assert Enquiry.objects.latest("message__turn").form == "modification"  # what the guest asks for is content


def test_content_that_comes_back_is_a_change_back(channel: Any) -> None:
    a, b = message(stay(units=1)), message(stay(units=2))
    for data in (a, b, b, a, a):
        channel(data)
    rows = list(Enquiry.objects.order_by("message__turn"))
    assert [(row.form, row.rooms["TWN"]) for row in rows] == [("request", 1), ("modification", 2), ("modification", 1)]
    assert rows[2].about == rows[1] and not rows[2].fields["kind"]["sure"]  # a person sees it: perhaps a late repeat


def test_a_late_repeat_is_known_by_its_token_or_its_moment(channel: Any) -> None:
    old = message(stay(units=1), head='Version="1.003" EchoToken="one" TimeStamp="2026-11-24T09:00:00+08:00"')
    new = message(stay(units=2), head='Version="1.003" EchoToken="two" TimeStamp="2026-11-24T09:05:00+08:00"')
    for data in (old, new, old):
        channel(data)
    assert Enquiry.objects.count() == 2
    by_moment = [
        message(stay(units=n), unique="M", moment=f' LastModifyDateTime="2026-11-24T09:0{n}:00+08:00"', head=f'Version="1.003" EchoToken="{n}{place}"')
        for place, n in enumerate((1, 2, 1))
    ]
    for data in by_moment:
        channel(data)
    assert Enquiry.objects.filter(message__unique_id="M").count() == 2
    later = message(stay(units=1), unique="M", moment=' LastModifyDateTime="2026-11-24T09:09:00+08:00"')
    channel(later)
    assert Enquiry.objects.filter(message__unique_id="M").latest("message__turn").rooms == {"TWN": 1}


def test_content_written_before_what_is_here_is_shown_as_such(channel: Any) -> None:
    channel(message(stay(units=2), moment=' LastModifyDateTime="2026-11-24T09:05:00+08:00"'))
    channel(message(stay(units=1), moment=' LastModifyDateTime="2026-11-24T09:00:00+08:00"'))
    row = Enquiry.objects.get(message__turn=1)
    assert row.form == "modification" and not row.fields["kind"]["sure"]


@pytest.mark.parametrize(("declared", "codec"), [("GB2312", "gb18030"), ("GBK", "gb18030"), ("gb18030", "gb18030"), ("Big5", "big5"), ("UTF-16", "utf-16"), ("UTF-16LE", "utf-16-le"), ("windows-1252", "cp1252")])
def test_encodings_of_real_senders_are_read(channel: Any, declared: str, codec: str) -> None:
    comment = "<Comments><Comment><Text>Zimmer für zwei</Text></Comment></Comments>" if codec == "cp1252" else "<Comments><Comment><Text>海景房</Text></Comment></Comments>"
    text = message(stay(), comment=comment).decode().replace("UTF-8", declared)
    if codec == "cp1252":
        text = text.replace("赵", "Zhao").replace("晴", "Qing")
    if codec == "big5":
        text = text.replace("赵", "趙")
    _status, root, _name = channel(text.encode(codec))
    assert found(root, "Success"), ElementTree.tostring(root)
    row = Enquiry.objects.select_related("message").get()
    assert row.message.text in ("海景房", "Zimmer für zwei") and row.fields["guests"]["value"] in ("晴 赵", "晴 趙", "Qing Zhao")


@needs_data
def test_alpinebits_cancellations_and_reservations_of_the_real_input_are_acknowledged(channel: Any) -> None:
    folder = DATA / "ota_xml" / "alpinebits_noi_cc0" / "v_2020_10"
    for file, type_ in (("reservation", "14"), ("cancellation", "15"), ("request-with-roomtype", "14")):
        _status, root, name = channel((folder / f"GuestRequests-OTA_ResRetrieveRS-{file}.xml").read_bytes())
        assert name == "OTA_NotifReportRQ" and [one.get("Type") for one in found(root, "UniqueID")] == [type_]
        assert root.get("Version") == "1.000" and found(root, "HotelNotifReport")


def test_a_booking_made_from_it_is_linked_and_the_change_opens_on_the_page(channel: Any, scene: Scene) -> None:
    channel(message(stay(units=2)))
    row = Enquiry.objects.get()
    actions.set_client(row, client=scene.client, **scene.at("10:01"))
    row.refresh_from_db()
    actions.confirm_fields(row, names=[name for name, one in row.fields.items() if not one["sure"]] or ["arrival"], **scene.at("10:01"))
    row.refresh_from_db()
    booking = actions.book(row, **scene.at("10:02"))
    channel(message(stay(units=3, end="2026-12-09")))
    change = Enquiry.objects.get(form="modification")
    assert (change.about, change.about_booking) == (row, booking)
    browser = scene.cast.sign_in("lin")
    page = browser.get(f"/enquiries/{change.pk}").content.decode()
    assert booking.number in page and f"/bookings/{booking.pk}/change/" in page and "2026-12-08" in page
    channel(message(unique="A-1", status="Cancelled"))
    cancel = Enquiry.objects.get(form="cancellation")
    assert (cancel.about, cancel.about_booking) == (change, booking)
    page = browser.get(f"/enquiries/{cancel.pk}").content.decode()
    assert f"/bookings/{booking.pk}/cancel/" in page
    assert Duty.objects.filter(subject_kind="enquiry", subject_id=str(cancel.pk)).exists()  # somebody must answer it
    booking.refresh_from_db()
    assert booking.state == "tentative"  # no machine cancels
    assert cancel.received_at - change.received_at < timedelta(minutes=1)
