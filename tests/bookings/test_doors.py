"""Every page of the room: at most twelve queries and flat as rows grow; refused to the wrong post, missing for another hotel."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from guiju.bookings import actions
from guiju.bookings.models import Booking, Series
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine
from guiju.house.models import Hotel
from tests.bookings.scene import ARRIVAL, Room

MOST = 12
PAGES = ("", "side/", "people/", "history/", "change/", "cancel/", "rooming/", "group/")
LISTS = ("/bookings/", "/bookings/?all=1&q=年华", "/bookings/new/", "/bookings/clients/?client=东岬", "/arrivals/", "/arrivals/?on=2026-12-06", "/arrivals/checks/?on=2026-12-06", "/bookings/groups/of/", "/arrange/", "/bookings/series/", "/bookings/series/new/")


def queries(room: Room, who: str, url: str) -> list[str]:
    """The statements of one page, signed in before."""
    browser = room.browser(who)
    browser.get("/help/")
    with CaptureQueriesContext(connection) as caught:
        answer = browser.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


@pytest.mark.parametrize("who", ["he", "fang", "ma", "cai", "lu"])
def test_a_bookings_page_links_only_papers_that_open(room: Room, who: str) -> None:
    """Finance holds no copy of a schedule, the front desk none of a letter: their pages name the paper without a link."""
    row = room.issued()
    browser = room.browser(who)
    pages = "".join(browser.get(f"/bookings/{row.pk}/{part}").content.decode() for part in ("", "side/"))
    links = set(re.findall(r'href="(/papers/[0-9a-f-]{36}/)"', pages))
    assert bool(links) == (who != "cai")
    assert all(browser.get(link).status_code == 200 for link in links)


def grow(room: Room, row: Booking, times: int) -> None:
    """More of everything a booking has."""
    fresh = Booking.objects.get(pk=row.pk)
    day = row.arrival_on
    fields: dict[str, Any] = {
        "rooms": [RoomLine(room.twin.pk, day, day + timedelta(days=2), 1) for _n in range(times)],
        "meals": [MealLine(day + timedelta(days=n % 2), "dinner", 12, standard="80", place=f"厅{n}") for n in range(times)],
        "guests": [GuestLine(f"客人{n}", "m", "中国", room.twin.pk, str(n)) for n in range(times * 4)],
        "escort_people": [EscortLine("driver", f"司机{n}") for n in range(times)],
    }
    actions.change(fresh, version=fresh.version, fields=fields, told_by="赵晴", told_how="fax", **room.by())
    for number in range(times):
        actions.order_service(row, service="request", department="front_desk", text=f"花{number}", **room.by())
        fresh.refresh_from_db()
        actions.change(fresh, version=fresh.version, fields={"requests": f"要求{times}-{number}"}, told_by="赵晴", told_how="fax", **room.by())
    room.at("10:00", day)
    actions.match_rooms(fresh, differences=[f"少{number}间" for number in range(times)], **room.by())


@pytest.mark.parametrize("who", ["he", "shen"])
def test_a_booking_not_confirmed_yet_stays_within_twelve_queries(room: Room, who: str) -> None:
    row = room.group()
    assert len(many := queries(room, who, room.url(row))) <= MOST, "\n".join(sql[:180] for sql in many)
    actions.place_hold(row, **room.by())
    assert len(many := queries(room, who, room.url(row))) <= MOST, "\n".join(sql[:180] for sql in many)


@pytest.mark.parametrize("tail", PAGES)
def test_a_page_of_a_booking_stays_within_twelve_queries_and_flat(room: Room, tail: str) -> None:
    row = room.issued()
    grow(room, row, 2)
    few = queries(room, "he", room.url(row, tail))
    grow(room, row, 7)
    many = queries(room, "he", room.url(row, tail))
    assert len(many) <= MOST, "\n".join(sql[:180] for sql in many)
    assert len(many) <= len(few)


@pytest.mark.parametrize("url", LISTS)
def test_a_list_stays_within_twelve_queries_and_flat(room: Room, url: str) -> None:
    for number in range(3):
        row = room.group(name=f"年华{number}", rooms=1)
        actions.order_service(row, service="request", department="sales", text="花", **room.by())
        room.group(name=f"今日{number}", rooms=1, arrival=room.now.date())
    url = url.replace("of/", f"{room.scene.client.pk}/")
    few = queries(room, "he", url)
    for number in range(3, 16):
        row = room.group(name=f"年华{number}", rooms=1)
        actions.order_service(row, service="request", department="sales", text="花", **room.by())
        room.group(name=f"今日{number}", rooms=1, arrival=room.now.date())
    many = queries(room, "he", url)
    assert len(many) <= MOST, "\n".join(sql[:180] for sql in many)
    assert len(many) <= len(few)


def test_the_wrong_post_is_refused_on_every_page(room: Room) -> None:
    row = room.confirmed()
    line = actions.order_service(row, service="request", department="front_desk", text="花", **room.by())
    (one,) = actions.match_rooms(row, differences=["少一间"], **room.by())
    closed = {
        "chen": ["/bookings/", "/arrivals/", "/bookings/new/", "/bookings/clients/", *(room.url(row, tail) for tail in PAGES)],
        "an": ["/bookings/", "/arrivals/", "/arrange/", f"/services/{line.pk}/", room.url(row)],
        "fang": ["/bookings/new/", *(room.url(row, tail) for tail in ("change/", "cancel/", "rooming/"))],
        "guan": ["/bookings/", room.url(row), "/arrange/"],
    }
    for who, urls in closed.items():
        browser = room.browser(who)
        for url in urls:
            assert browser.get(url).status_code == 403, (who, url)
    for who, url in (
        ("chen", room.url(row, "do/confirm/")), ("fang", room.url(row, "do/guarantee/")), ("an", f"/services/{line.pk}/confirm/"),
        ("ma", room.url(row, "do/arrived/")), ("ke", f"/differences/{one.pk}/resolve/"), ("fang", room.url(row, "cancel/")),
    ):
        assert room.browser(who).post(url, {"how": "押金", "resolution": "好"}).status_code == 403, (who, url)
    assert room.cast.hotel and Booking.objects.get().state == "confirmed"


def other_hotel(room: Room, row: Booking) -> None:
    """The same booking, moved to a hotel across the street."""
    other = Hotel.objects.create(code="across", name="对面饭店", zone="Asia/Shanghai", created_at=room.now)
    for model in (type(row), *(rel.related_model for rel in row._meta.related_objects)):
        model.objects.filter(hotel_id=row.hotel_id).update(hotel_id=other.pk)


def test_another_hotels_booking_is_missing_everywhere(room: Room) -> None:
    row = room.confirmed()
    line = actions.order_service(row, service="request", department="front_desk", text="花", **room.by())
    (one,) = actions.match_rooms(row, differences=["少一间"], **room.by())
    other_hotel(room, row)
    browser = room.browser()
    for tail in PAGES:
        assert browser.get(room.url(row, tail)).status_code == 404, tail
    assert browser.get(f"/services/{line.pk}/").status_code == 404
    for url in (
        room.url(row, "do/confirm/"), room.url(row, "do/guarantee/"), room.url(row, "change/"), room.url(row, "cancel/"), room.url(row, "rooming/"),
        f"/services/{line.pk}/confirm/", f"/services/{line.pk}/drop/", f"/differences/{one.pk}/resolve/",
    ):
        assert browser.post(url, {"how": "押金", "resolution": "好", "version": "1", "lines": "黎曼"}).status_code == 404, url
    assert row.name not in browser.get("/bookings/?all=1").content.decode()
    assert row.name not in browser.get(f"/arrivals/?on={ARRIVAL}").content.decode()
    assert not Series.objects.exists()


def test_no_page_of_the_room_is_left_out_here() -> None:
    """A new page must be named above, with its bounds."""
    known = {
        "list", "new", "client_hits", "booking", "side", "people", "history", "change", "cancel", "rooming", "do", "arrivals", "to_arrange", "service_line", "service", "resolve", "notice",
        "save_view", "drop_view", "all_series", "new_series", "series",
        "difference", "group", "checks", "past_groups",
    }
    names = {pattern.name for pattern in __import__("guiju.bookings.urls", fromlist=["urlpatterns"]).urlpatterns}
    assert names >= known and names - known <= {"arrivals_file"} and get_resolver()  # that one has tests of its own
