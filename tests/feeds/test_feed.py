"""A person's calendar: fetched from a secret address, right by the RFC, changed and cancelled as the work is, dead when he leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from guiju.bookings.models import Booking, BookingRooms
from guiju.duties.models import Duty
from guiju.feeds import zones
from guiju.feeds.models import Feed, Item
from guiju.house import actions as house
from guiju.logbook.models import Entry
from guiju.papers.models import Copy, Paper
from tests.cast import TODAY
from tests.enquiries.scene import Scene, dress
from tests.feeds.rfc import Part, lines_of, offset_at, read
from tests.papers.scene import Scene as Papers


@pytest.fixture
def scene(cast: Any) -> Scene:
    return dress(cast)


@pytest.fixture(autouse=True)
def clock(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[datetime], None]]:
    file = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))

    def put(moment: datetime) -> None:
        file.write_text(moment.isoformat())

    put(scene.cast.at("10:00"))
    yield put


def address(scene: Scene, who: str) -> str:
    """The person makes his address on his page; it is shown once."""
    browser = scene.cast.sign_in(who)
    assert browser.post("/me/calendar/", {"what": "open"}).status_code == 302
    page = browser.get("/me/calendar/").content.decode()
    found = page.partition("http://localhost:8000")[2].partition("</code>")[0]
    assert found.startswith("/calendar/") and found.endswith(".ics")
    assert found not in browser.get("/me/calendar/").content.decode(), "shown once"
    return found


def events(path: str) -> dict[str, Part]:
    answer = Browser().get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    Calendar.from_ical(answer.content)  # another reader takes it too
    return {one.get("UID"): one for one in read(answer.content).of("VEVENT")}


def booking(scene: Scene, number: str, day: date, **more: Any) -> Booking:
    given: dict[str, Any] = {"kind": "fit_cash", "state": "confirmed", "name": "黎曼", "persons": 2, "seller": scene.cast.people["lin"], **more}
    row = Booking.objects.create(
        hotel=scene.cast.hotel, number=number, arrival_on=day, departure_on=day + timedelta(days=2), created_at=scene.cast.at("09:00"), **given
    )
    BookingRooms.objects.create(hotel=scene.cast.hotel, booking=row, room_type=scene.twin, from_on=day, until_on=row.departure_on, rooms=3)
    return row


def test_a_seller_sees_his_duties_and_arrivals(scene: Scene) -> None:
    """The request that came in at ten is due at 10:15 and 10:30 and rings before; the booking stands on its day, with its time if it has one."""
    scene.came_in(client=scene.client)
    whole, timed = booking(scene, "X26-0007", TODAY + timedelta(days=3)), booking(scene, "X26-0008", TODAY + timedelta(days=4), arrival_time=time(17, 30))
    booking(scene, "X26-0009", TODAY + timedelta(days=3), seller=scene.cast.people["he"])
    booking(scene, "X26-0010", TODAY + timedelta(days=3), state="cancelled")
    found = events(address(scene, "lin"))
    day = found[f"arrival-{whole.pk}@guiju"]
    assert day.given("DTSTART") == {"VALUE": "DATE"} and (day.get("DTSTART"), day.get("DTEND")) == ("20261127", "20261128")
    assert "X26-0007" in day.get("SUMMARY") and "3 间" in day.get("SUMMARY") and not day.of("VALARM")
    at = found[f"arrival-{timed.pk}@guiju"]
    assert at.given("DTSTART") == {"TZID": "Asia/Shanghai"} and at.get("DTSTART") == "20261128T173000"
    owed = {uid: one for uid, one in found.items() if uid.startswith("duty-")}
    assert owed and len(found) == len(owed) + 2
    for uid, one in owed.items():
        duty = Duty.objects.get(pk=uid.removeprefix("duty-").removesuffix("@guiju"))
        assert one.get("DTSTART") == duty.due_at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y%m%dT%H%M%S")
        assert one.of("VALARM")[0].get("TRIGGER") == "-PT15M" and duty.clause in one.get("DESCRIPTION") and one.get("URL").startswith("http://localhost:8000/")


def test_no_name_of_a_guest_or_client_in_any_feed(scene: Scene) -> None:
    """Servers of calendar programs read along: numbers only, for every post."""
    scene.came_in(client=scene.client)
    booking(scene, "X26-0007", TODAY + timedelta(days=3))
    Papers(scene.cast).reservation("09:10")
    for who in ("lin", "shen", "fang", "chen", "ke", "lu", "cai", "guan"):
        text = "".join(lines_of(Browser().get(address(scene, who)).content))
        assert not [word for word in ("黎曼", "江南秋色", scene.client.name, "赵晴") if word in text], who


def test_a_department_sees_the_days_it_has_papers_for(scene: Scene) -> None:
    """The desk sees all arrivals of a day together; F&B those of which it holds a copy; housekeeping without a copy none."""
    day = TODAY + timedelta(days=5)
    first, _second = booking(scene, "X26-0021", day, kind="group"), booking(scene, "X26-0022", day)
    paper: Paper = Papers(scene.cast).group("09:10", meals=True)
    Paper.objects.filter(pk=paper.pk).update(about_id=str(first.pk))
    assert Copy.objects.filter(paper=paper, department="fnb").exists() and not Copy.objects.filter(paper=paper, department="housekeeping").exists()
    desk = [one for uid, one in events(address(scene, "fang")).items() if uid.startswith("arrivals-")]
    assert len(desk) == 1 and "2" in desk[0].get("SUMMARY") and "6 间" in desk[0].get("SUMMARY") and "X26-0022" in desk[0].get("DESCRIPTION")
    fnb = [one for uid, one in events(address(scene, "chen")).items() if uid.startswith("arrivals-")]
    assert len(fnb) == 1 and fnb[0].get("DESCRIPTION") == "X26-0021"
    assert not [uid for uid in events(address(scene, "ke")) if uid.startswith("arrival")]


def test_the_same_again_is_not_sent_again(scene: Scene, clock: Any) -> None:
    """ETag and If-None-Match: an unchanged calendar is 304, an hour later too; a change is sent."""
    row, path = booking(scene, "X26-0007", TODAY + timedelta(days=3)), address(scene, "lin")
    first = Browser().get(path)
    clock(scene.cast.at("11:00"))
    for asked in (first["ETag"], f'W/{first["ETag"]}', f'"x", {first["ETag"]}', "*"):
        again = Browser().get(path, headers={"If-None-Match": asked})
        assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"], asked
    assert Browser().get(path).content == first.content
    assert Browser().head(path)["ETag"] == first["ETag"]
    Booking.objects.filter(pk=row.pk).update(arrival_time=time(9))
    changed = Browser().get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_changed_moved_cancelled_and_back(scene: Scene, clock: Any) -> None:
    """The UID stays, the SEQUENCE rises with each change, what is off is said to be cancelled, for a fortnight."""
    row, path = booking(scene, "X26-0007", TODAY + timedelta(days=20)), address(scene, "lin")
    uid = f"arrival-{row.pk}@guiju"
    told = []

    def look() -> Part:
        one = events(path)[uid]
        told.append((int(one.get("SEQUENCE")), one.get("STATUS"), one.get("DTSTART")))
        return one

    look()
    look()
    Booking.objects.filter(pk=row.pk).update(arrival_on=TODAY + timedelta(days=21))
    clock(scene.cast.at("11:00"))
    moved = look()
    assert moved.get("LAST-MODIFIED") == "20261124T030000Z" == moved.get("DTSTAMP")
    Booking.objects.filter(pk=row.pk).update(state="cancelled")
    assert look().get("SUMMARY")
    look()
    Booking.objects.filter(pk=row.pk).update(state="confirmed")
    look()
    assert told == [(0, "CONFIRMED", "20261214"), (0, "CONFIRMED", "20261214"), (1, "CONFIRMED", "20261215"), (2, "CANCELLED", "20261215"), (2, "CANCELLED", "20261215"), (3, "CONFIRMED", "20261215")]
    Booking.objects.filter(pk=row.pk).update(state="cancelled")
    look()
    clock(scene.cast.at("11:01") + timedelta(days=15))
    assert uid not in events(path)


def test_what_has_simply_passed_is_not_cancelled(scene: Scene, clock: Any) -> None:
    row, path = booking(scene, "X26-0007", TODAY + timedelta(days=1)), address(scene, "lin")
    assert f"arrival-{row.pk}@guiju" in events(path)
    clock(scene.cast.at("11:00") + timedelta(days=20))
    assert f"arrival-{row.pk}@guiju" not in events(path) and not Item.objects.filter(uid=f"arrival-{row.pk}").exists()


def test_a_duty_done_leaves_the_calendar(scene: Scene) -> None:
    scene.came_in(client=scene.client)
    path = address(scene, "lin")
    owed = [uid for uid in events(path) if uid.startswith("duty-")]
    Duty.objects.update(met_at=scene.cast.at("10:00"))
    assert {one.get("STATUS") for uid, one in events(path).items() if uid in owed} == {"CANCELLED"}


def test_any_wrong_address_has_the_same_answer(scene: Scene) -> None:
    """Never made, ended, replaced, too long, odd, or of somebody who left: the same bytes, headers and work."""
    cast = scene.cast
    old = address(scene, "lin")
    new = address(scene, "lin")
    ended = address(scene, "wen")
    assert cast.sign_in("wen").post("/me/calendar/", {"what": "end"}).status_code == 302
    left = address(scene, "qiao")
    house.disable_person(cast.hotel, person=cast.people["qiao"], by=cast.actor("guan"), now=cast.at("10:00"))
    relieved = address(scene, "chen")
    house.relieve(cast.hotel, person=cast.people["chen"], post="fnb", by=cast.actor("guan"), now=cast.at("10:00"))
    assert Browser().get(new).status_code == 200
    wrong = [old, ended, left, relieved, "/calendar/x.ics", f"/calendar/{'A' * 43}.ics", f"/calendar/{'é' * 40}.ics", f"/calendar/{'x' * 5000}.ics"]
    told = set()
    for path in wrong:
        with CaptureQueriesContext(connection, ) as asked:
            answer = Browser().get(path)
        told.add((answer.status_code, answer.content, answer["Content-Type"], answer["Cache-Control"], len(asked)))
    assert len(told) == 1 and next(iter(told))[0] == 404, told
    house.appoint(cast.hotel, person=cast.people["chen"], post="fnb", by=cast.actor("guan"), now=cast.at("10:00"))
    assert Browser().get(relieved).status_code == 404, "back in the house, the old address stays dead"
    assert Browser().post(new).status_code in (403, 405)


def test_the_address_stands_nowhere(scene: Scene) -> None:
    path = address(scene, "lin")
    Browser().get(path)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    kept = "".join(str(list(model.objects.values())) for model in (Feed, Item, Entry))
    assert secret not in kept and len(secret) >= 43
    assert Entry.objects.filter(kind="feed.opened").count() == 1


def test_last_used_rotated_and_ended_by_the_administrator(scene: Scene, clock: Any) -> None:
    cast = scene.cast
    path, admin = address(scene, "lin"), cast.sign_in("guan")
    assert "还没取过" in cast.sign_in("lin").get("/me/calendar/").content.decode()
    clock(cast.at("10:20"))
    Browser().get(path)
    assert "10:20" in cast.sign_in("lin").get("/me/calendar/").content.decode()
    page = admin.get(f"/house/people/{cast.people['lin'].pk}/").content.decode()
    assert "日历地址" in page and "10:20" in page
    feed = Feed.objects.get()
    assert cast.sign_in("wen").post(f"/house/calendars/{feed.pk}/end/").status_code == 403
    assert admin.post(f"/house/calendars/{feed.pk}/end/").status_code == 302 and Browser().get(path).status_code == 404
    assert "日历地址" not in admin.get(f"/house/people/{cast.people['lin'].pk}/").content.decode()


def test_what_it_holds_is_chosen(scene: Scene) -> None:
    scene.came_in(client=scene.client)
    booking(scene, "X26-0007", TODAY + timedelta(days=3))
    path, browser = address(scene, "lin"), scene.cast.sign_in("lin")
    assert browser.post("/me/calendar/", {"what": "change", "parts": ["duties"], "alarm_minutes": "0", "lang": "en"}).status_code == 302
    found = events(path)
    assert found and all(uid.startswith("duty-") and not one.of("VALARM") for uid, one in found.items())
    for bad in ({"parts": ["x"]}, {"alarm_minutes": "7"}, {"alarm_minutes": "x"}, {"lang": "fr"}):
        given = {"what": "change", "parts": ["duties"], "alarm_minutes": "15", "lang": "en", **bad}
        assert browser.post("/me/calendar/", given).status_code == 422, bad


def test_long_chinese_text_is_folded_by_octets(scene: Scene) -> None:
    """A clause of a hundred signs is three hundred octets: folded between signs, whole again when read."""
    from guiju.shelf import registry

    scene.came_in(client=scene.client)
    path = address(scene, "lin")
    sentence = "接到预订后，半小时内答复；房价、房型、日期说清楚，" * 8 + "🏨\n第二行"
    kept, registry.clause_texts = registry.clause_texts, lambda hotel_id: dict.fromkeys(Duty.objects.values_list("clause", flat=True), sentence)
    try:
        answer = Browser().get(path)
        read(answer.content)
        texts = [str(one.get("DESCRIPTION")) for one in Calendar.from_ical(answer.content).walk("VEVENT") if str(one["UID"]).startswith("duty-")]
    finally:
        registry.clause_texts = kept
    assert texts and all(text.startswith(sentence) for text in texts)


def test_flat_queries_however_much_there_is(scene: Scene) -> None:
    """The feed asks as often with two bookings as with two hundred, and less when nothing changed."""
    counts = []
    path = address(scene, "shen")
    for more in (2, 200):
        for n in range(more):
            booking(scene, f"X{more}-{n:04d}", TODAY + timedelta(days=n % 50), seller=scene.cast.people["shen"])
        with CaptureQueriesContext(connection) as asked:
            assert Browser().get(path).status_code == 200
        counts.append(len(asked))
    with CaptureQueriesContext(connection) as asked:
        Browser().get(path)
    assert counts[1] <= counts[0] + 1 and counts[1] <= 24 and len(asked) <= 14, (counts, len(asked), [one["sql"][:90] for one in asked])


@pytest.mark.parametrize("name", ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns", "Europe/Dublin"])
def test_the_zone_is_right_at_every_hour(name: str) -> None:
    """A program that knows nothing but the VTIMEZONE reckons what the zone's own rules say, also in the hours around a change."""
    calendar = Calendar()
    calendar.add("PRODID", "x")
    calendar.add("VERSION", "2.0")
    calendar.add_component(zones.component(name, 2025))
    zone = read(calendar.to_ical()).of("VTIMEZONE")[0]
    real, moment = ZoneInfo(name), datetime(2025, 1, 1, tzinfo=UTC)
    while moment < datetime(2028, 12, 31, tzinfo=UTC):
        assert offset_at(zone, moment) == moment.astimezone(real).utcoffset(), moment
        moment += timedelta(hours=1)


def test_the_hotels_zone_moves_its_times(scene: Scene) -> None:
    """A hotel in Berlin: 17:30 there, on the day after the clock went back."""
    scene.cast.hotel.zone = "Europe/Berlin"
    scene.cast.hotel.save()
    day = date(2026, 12, 1)
    row = booking(scene, "X26-0007", day, arrival_time=time(17, 30))
    one = events(address(scene, "lin"))[f"arrival-{row.pk}@guiju"]
    assert one.given("DTSTART") == {"TZID": "Europe/Berlin"} and one.get("DTSTART") == "20261201T173000"
