"""The manager's word on a group: what it cannot decide on is refused in words, on the page and for programs."""

from __future__ import annotations

from guiju.bookings.models import Booking
from tests.bookings.scene import Room
from tests.bookings.test_programs import program


def bare(room: Room) -> Booking:
    """A group whose rooms are not known yet."""
    row = room.group()
    row.rooms.all().delete()
    return row


def test_a_group_without_rooms_is_not_accepted(room: Room) -> None:
    row = bare(room)
    answer = program(room, "shen")("post", f"/{row.pk}/decide", {"accept": True, "rates": {}, "terms": "预付"})
    assert answer.status_code == 422 and answer.json()["errors"]["rooms"]
    page = room.browser("shen").post(f"/bookings/{row.pk}/do/decide/", {"terms": "预付", "accept": "yes"})
    assert page.status_code == 422
    row.refresh_from_db()
    assert row.decision == {}


def test_a_group_without_rooms_can_be_declined(room: Room) -> None:
    row = bare(room)
    answer = program(room, "shen")("post", f"/{row.pk}/decide", {"accept": False, "rates": {}, "terms": "没有房"})
    assert answer.status_code == 200, answer.content
    row.refresh_from_db()
    assert row.decision["accept"] is False
