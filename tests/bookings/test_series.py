"""A series is entered with all its dates at once, seen together, changed one by one; all of it is held or none."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiju.bookings.models import Booking, Series
from tests.bookings.scene import Room, rows


def asked(room: Room, **more: Any) -> dict[str, Any]:
    """What the page posts: twelve Sundays."""
    days = "\n".join(f"2026-12-{day:02d}" for day in (6, 13, 20, 27)) + "，1-3、1月10日；2027.1.17, 2027/1/24"
    return {
        "client": "C26-0001", "name": "江南系列", "dates": days, "first_on": "2027-02-07", "every": "7", "times": "4", "nights": "2", "persons": "16",
        "payment": "transfer", "until_at": "2026-11-30T18:00",
        **rows("rooms", {"room_type": str(room.twin.pk), "rooms": "8", "use": "guest"}),
        **rows("meals", {"day": "1", "meal": "dinner", "persons": "16", "standard": "80", "time": "18:30"}),
        **more,
    }


def agreement_until(room: Room, until: date) -> None:
    """The agreement goes on into the next year, with its season."""
    from guiju.rates.models import Season

    room.scene.agreement.until_on = until
    room.scene.agreement.save()
    Season.objects.create(hotel=room.cast.hotel, name="平季二", kind="shoulder", from_on=date(2027, 1, 1), until_on=date(2028, 1, 1))


def test_twelve_dates_at_once_are_seen_together_and_changed_one_by_one(room: Room, django_assert_max_num_queries: Any) -> None:
    agreement_until(room, date(2027, 12, 31))
    browser = room.browser()
    answer = browser.post("/bookings/series/new/", asked(room))
    assert answer.status_code == 302, [form.errors for form in (answer.context["form"], *answer.context["parts"]["meals"])]
    series = Series.objects.get()
    stays = list(Booking.objects.filter(series=series).order_by("arrival_on"))
    assert len(stays) == 12 and [stay.arrival_on.isoformat() for stay in (stays[0], stays[4], stays[-1])] == ["2026-12-06", "2027-01-03", "2027-02-28"]
    assert {stay.hold_until_at for stay in stays} == {room.cast.at("18:00", date(2026, 11, 30))}
    assert {stay.meal_plan.get().on for stay in stays} == {stay.arrival_on for stay in stays}
    with django_assert_max_num_queries(12):
        page = browser.get(answer["Location"]).content.decode()
    assert all(stay.number in page for stay in stays) and page.count("/change/") == 12
    assert series.number in browser.get("/bookings/series/").content.decode()
    assert series.name in browser.get(room.url(stays[3])).content.decode()
    gone = {"version": str(stays[3].version), "reason": "停发", "told_by": "赵晴", "told_how": "fax"}
    assert browser.post(room.url(stays[3], "cancel/"), gone).status_code == 302
    assert Booking.objects.filter(series=series, state="tentative").count() == 11
    assert browser.get(answer["Location"]).content.decode().count("/cancel/") == 11
    assert b"".join(browser.get(answer["Location"] + "?export=csv").streaming_content).count(b"\n") == 13


def test_a_series_is_held_whole_or_not_at_all_and_the_input_stays(room: Room) -> None:
    room.group(arrival=date(2026, 12, 13), rooms=1)
    full = asked(room, dates="2026-12-06, 2026-12-13", first_on="", every="", times="", **{"rooms-0-rooms": "21"})
    answer = room.browser().post("/bookings/series/new/", full)
    page = answer.content.decode()
    assert answer.status_code == 409 and not Series.objects.exists() and Booking.objects.count() == 1
    assert "江南系列" in page and 'value="21"' in page and answer.context["shortage"][0]["left"] == 20


def test_what_is_wrong_stands_beside_its_field(room: Room) -> None:
    browser = room.browser()
    for more, field in (
        ({"dates": "2026-12-06, 明天"}, "dates"), ({"dates": "", "first_on": "", "every": "", "times": ""}, "dates"), ({"every": ""}, "first_on"),
        ({"nights": "0"}, "nights"), ({"name": ""}, "name"), ({"client": ""}, "client"), ({"client": "东岬"}, "client"),
        ({"dates": "2026-12-06, 2026-12-06"}, "dates"), ({"until_at": "2099-01-01T00:00"}, "until_at"),
    ):
        answer = browser.post("/bookings/series/new/", asked(room, **more))
        assert answer.status_code == 422 and field in answer.context["form"].errors, (more, answer.context["form"].errors)
        assert "18:30" in answer.content.decode()
    late = browser.post("/bookings/series/new/", asked(room, **{"meals-0-day": "9"}))
    assert late.status_code == 422 and late.context["parts"]["meals"][0].non_field_errors()
    assert not Series.objects.exists() and not Booking.objects.exists()


def test_series_are_for_those_who_book(room: Room) -> None:
    room.browser()
    assert room.browser("fang").get("/bookings/series/new/").status_code == 403
    assert room.browser("fang").get("/bookings/series/").status_code == 200
    assert room.browser("chen").get("/bookings/series/").status_code == 403
    assert room.browser().get("/bookings/series/01a00000-0000-7000-8000-000000000000/").status_code == 404
