"""Steps on the booking's page: what is wrong stands beside its field with 422, what was typed stays, nothing is half-written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.bookings import actions
from guiju.bookings.models import Booking, Difference, ServiceLine
from guiju.rates.models import Deviation
from tests.bookings.scene import ARRIVAL, Room

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def test_the_hold_says_until_when(room: Room) -> None:
    row = room.cash()
    url = room.url(row, "do/hold/")
    browser = room.browser("lin")
    assert 'name="until_at"' in browser.get(room.url(row)).content.decode()
    assert browser.post(url, {"until_at": "2026-12-06T16:30"}).status_code == 302
    row.refresh_from_db()
    assert row.hold_until_at == room.cast.at("16:30", ARRIVAL)


@pytest.mark.parametrize("typed", ["soon", "2026-11-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2062-12-06T18:00"])
def test_a_moment_out_of_reach_is_refused_beside_its_field(room: Room, typed: str) -> None:
    row = room.cash()
    answer = room.browser("lin").post(room.url(row, "do/hold/"), {"until_at": typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and answer.context["steps"]["hold"].errors["until_at"] and f'value="{typed}"' in page
    row.refresh_from_db()
    assert row.hold_until_at is None


def test_steps_answer_422_with_the_input_kept(room: Room) -> None:
    row = room.confirmed()
    browser = room.browser()
    for what, typed, field in (
        ("guarantee", {"how": ""}, "how"),
        ("important", {"reason": " "}, "reason"),
        ("ask-rate", {"room_type": "TWN", "amount": "little", "reason": "淡季促销"}, "amount"),
        ("ask-rate", {"room_type": "XXX", "amount": "200", "reason": "淡季促销"}, "room_type"),
        ("pre-arrival", {"rooms": "", "meals": " "}, "rooms"),
        ("see-off", {"opinions": ""}, "opinions"),
        ("luggage", {"leader_room": "", "pieces": "40"}, "leader_room"),
        ("order", {"service": "request", "department": "fnb", "text": "", "at": "2026-12-06T18:00"}, "text"),
        ("liaison", {"person": "nobody"}, "person"),
    ):
        answer = browser.post(room.url(row, f"do/{what}/"), typed)
        assert answer.status_code == 422, (what, answer.status_code)
        form = answer.context["steps"][what.replace("-", "_")]
        assert field in form.errors, (what, form.errors)
        page = answer.content.decode()
        for value in typed.values():
            assert not value.strip() or value in page, (what, value)
    row.refresh_from_db()
    assert (row.guarantee, row.is_important, row.liaison.username) == ("", False, "tang")
    assert not Deviation.objects.exists() and not ServiceLine.objects.exists()


def test_what_a_verb_refuses_stands_beside_the_field_too(room: Room) -> None:
    row = room.cash()
    actions.place_hold(row, **room.by("lin"))
    late = (ARRIVAL + timedelta(days=9)).isoformat() + "T10:00"
    answer = room.browser("lin").post(room.url(row, "do/extend/"), {"until_at": late})
    assert answer.status_code == 422 and answer.context["steps"]["extend"].errors["until_at"] and late in answer.content.decode()


def test_the_written_request_takes_a_photo(room: Room) -> None:
    row = room.group()
    url = room.url(row, "do/written/")
    browser = room.browser()
    bad = browser.post(url, {"file": SimpleUploadedFile("order.exe", b"MZ\x90\x00" * 30)})
    row.refresh_from_db()
    assert bad.status_code == 422 and bad.context["steps"]["written"].errors["file"] and row.written_at is None
    good = browser.post(url, {"file": SimpleUploadedFile("order.png", PNG)})
    row.refresh_from_db()
    assert good.status_code == 302 and row.written_at and row.written_file
    assert f"/files/{row.written_file_id}/" in browser.get(room.url(row)).content.decode()


def test_a_written_request_is_something_one_can_look_at(room: Room) -> None:
    """booking.written-basis: one tap is no paper; a file, or which paper it is and where it is kept."""
    row = room.group()
    empty = room.browser().post(room.url(row, "do/written/"), {"paper": "  "})
    row.refresh_from_db()
    assert empty.status_code == 422 and empty.context["steps"]["written"].errors["file"] and row.written_at is None
    assert room.browser().post(room.url(row, "do/written/"), {"paper": "传真夹 11 号"}).status_code == 302
    row.refresh_from_db()
    assert row.written_at and row.written_paper == "传真夹 11 号"
    assert "传真夹 11 号" in room.browser().get(room.url(row)).content.decode()


def test_a_difference_needs_its_resolution_beside_the_field(room: Room) -> None:
    row = room.confirmed(arrival=room.now.date())
    (one,) = actions.match_rooms(row, differences=["少一间"], **room.by())
    browser = room.browser()
    answer = browser.post(f"/differences/{one.pk}/resolve/", {"resolution": " "})
    assert answer.status_code == 422 and answer.context["differences"][0]["form"].errors["resolution"]
    assert browser.post(f"/differences/{one.pk}/resolve/", {"resolution": "补一间"}).status_code == 302
    assert Difference.objects.get().resolution == "补一间"


def test_there_are_buttons_for_price_no_show_and_dropping_a_line(room: Room) -> None:
    row = room.confirmed()
    line = actions.order_service(row, service="transfer", department="bell_desk", text="接机", **room.by())
    page = "".join(room.browser().get(room.url(row, tail)).content.decode() for tail in ("", "people/"))
    for what in (room.url(row, "do/price/"), room.url(row, "do/ask-rate/"), f"/services/{line.pk}/drop/"):
        assert f'action="{what}"' in page, what
    assert room.browser().post(f"/services/{line.pk}/drop/").status_code == 302
    assert room.browser().post(room.url(row, "do/price/")).status_code == 302
    line.refresh_from_db()
    assert line.dropped_at
    desk = room.browser("fang")
    assert "do/no-show/" not in desk.get(room.url(row)).content.decode()  # not before the arrival day
    room.at("20:00", ARRIVAL)
    assert "do/no-show/" in room.browser("fang").get(room.url(row)).content.decode()
    assert room.browser("fang").post(room.url(row, "do/no-show/")).status_code == 302
    assert Booking.objects.get(pk=row.pk).state == "no_show"


def test_every_form_of_the_page_is_for_those_who_may(room: Room) -> None:
    """No dead button: whoever sees a form of this page may send it."""
    row = room.confirmed()
    actions.order_service(row, service="transfer", department="bell_desk", text="接机", **room.by())
    for who, seen in (("fang", {"arrived", "check-rooms", "order", "luggage"}), ("ma", set()), ("lu", set()), ("cai", set())):
        room.at("12:00", ARRIVAL)
        page = "".join(room.browser(who).get(room.url(row, tail)).content.decode() for tail in ("", "people/"))
        for what in ("hold", "extend", "guarantee", "written", "price", "ask-rate", "liaison", "letter", "order", "luggage", "meet", "arrived", "check-rooms"):
            if what not in seen:
                assert f"/do/{what}/" not in page, (who, what)
        assert ("/do/arrived/" in page) == ("arrived" in seen)


def test_the_page_never_goes_elsewhere_after_a_step(room: Room) -> None:
    row = room.confirmed(arrival=room.now.date())
    answer = room.browser("fang").post(room.url(row, "do/arrived/"), {"next": "//elsewhere.example/arrivals/"})
    assert answer["Location"] == room.url(row)
