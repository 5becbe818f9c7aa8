"""A group before it comes, while it is here and when it leaves: each step on its page, with what it costs said before it is made."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from guiju.bookings import actions, group_terms
from guiju.bookings.models import Booking, Change, Opinion, Outcome, Reconfirmation
from guiju.bookings.shapes import GuestLine
from guiju.duties.queries import duties_of
from guiju.notices.models import Letter
from guiju.shelf.errors import Invalid, Refusal
from tests.bookings.scene import ARRIVAL, Room

NAMES = [GuestLine(f"客人{n}") for n in range(40)]


@pytest.fixture
def big(room: Room) -> Booking:
    """Twenty rooms for forty people, two nights from 6 December, dinners; the agreement's cut-off is 29 November."""
    row = room.confirmed(rooms=20)
    row.refresh_from_db()
    return row


def fewer(row: Booking, rooms: int, **more: Any) -> dict[str, Any]:
    """The change page with so many rooms."""
    line = row.rooms.get(removed_at=None)
    return {
        "version": str(row.version), "name": row.name, "persons": str(row.persons), "arrival_on": row.arrival_on.isoformat(),
        "departure_on": row.departure_on.isoformat(), "payment": row.payment, "kind": "group", "rooms-0-room_type": str(line.room_type_id),
        "rooms-0-rooms": str(rooms), "rooms-0-use": "guest", "reason": "人数减少", "told_by": "赵晴", "told_how": "fax", **more,
    }


def fresh(row: Booking) -> Booking:
    return Booking.objects.select_related("hotel", "client", "agreement", "contact").get(pk=row.pk)


def states(row: Booking, now: Any) -> dict[str, str]:
    return {f"{one.clause}/{one.rule}": one.status for one in duties_of(row.hotel_id, row.subject, now)}


def test_what_a_cut_costs_is_shown_before_it_is_made(room: Room, big: Booking) -> None:
    room.at("10:00", date(2026, 12, 1))
    browser = room.browser()
    url = room.url(big, "change/")
    answer = browser.post(url, fewer(big, 10, look="1"))
    assert answer.status_code == 200 and answer.context["effect"]["cost"].amount == Decimal(5 * 2 * 280)
    assert fresh(big).version == big.version  # only looked at
    refused = browser.post(url, fewer(big, 10))
    page = refused.content.decode()
    assert refused.status_code == 422 and 'name="cost_seen" value="2800.00"' in page and "2,800" in page
    assert not Change.objects.exists()
    assert browser.post(url, fewer(big, 10, cost_seen="2800.00")).status_code == 302
    row = Change.objects.get()
    assert (row.charge, row.new["charge_zh"][:2]) == (Decimal(2800), "协议")
    assert "2,800" in browser.get(room.url(big, "history/")).content.decode()


def test_a_second_cut_is_reckoned_from_what_stood_at_the_cut_off(room: Room, big: Booking) -> None:
    room.at("10:00", date(2026, 12, 1))
    browser, url = room.browser(), room.url(big, "change/")
    assert browser.post(url, fewer(big, 16)).status_code == 302  # four fewer are free
    room.at("10:05", date(2026, 12, 1))
    assert browser.post(url, fewer(fresh(big), 14, cost_seen="560.00")).status_code == 302  # the sixth pays
    assert [row.charge for row in Change.objects.order_by("at", "id")] == [Decimal(0), Decimal(560)]
    assert group_terms.charged_for_cuts(fresh(big)) == Decimal(560)
    room.at("10:10", date(2026, 12, 1))
    assert browser.post(url, fewer(fresh(big), 15)).status_code == 302  # one comes back: nothing is owed any more
    assert group_terms.charged_for_cuts(fresh(big)) == 0


def test_before_the_cut_off_rooms_may_be_cut_free(room: Room, big: Booking) -> None:
    room.at("23:59", date(2026, 11, 29))
    assert room.browser().post(room.url(big, "change/"), fewer(big, 2)).status_code == 302
    assert Change.objects.get().charge == 0


def test_moving_the_group_is_no_cut(room: Room, big: Booking) -> None:
    room.at("10:00", date(2026, 12, 1))
    moved = fewer(big, 20, arrival_on="2026-12-08", departure_on="2026-12-10")
    assert room.browser().post(room.url(big, "change/"), moved).status_code == 302
    assert Change.objects.get().charge == 0 and fresh(big).arrival_on == date(2026, 12, 8)


def test_the_page_says_dates_terms_and_what_fewer_rooms_cost(room: Room, big: Booking, django_assert_max_num_queries: Any) -> None:
    room.at("10:00", date(2026, 12, 2))
    actions.reconfirm(big, outcome="no_answer", **room.by("tang"))
    kind = str(big.rooms.get(removed_at=None).room_type_id)
    browser = room.browser()
    browser.get("/")
    with django_assert_max_num_queries(12):
        answer = browser.get(room.url(big, "group/"), {"type": kind, "fewer": "7"})
    page = answer.content.decode()
    assert answer.context["asked"].amount == Decimal(2 * 2 * 280) and "A26-0001" in page
    assert answer.context["dates"]["cut_off_on"] == date(2026, 11, 29) and answer.context["cut_off_over"] and answer.context["unnamed"] == 20
    side = browser.get(room.url(big, "side/")).context["dates"]
    assert (side["cut_off_on"], side["rooming_list_on"]) == (date(2026, 11, 29), date(2026, 11, 29))
    assert browser.get(room.url(room.cash(), "group/")).status_code == 404


def test_gone_through_with_the_agency_three_days_before(room: Room, big: Booking) -> None:
    room.at("15:00", ARRIVAL - timedelta(days=3))
    browser, url = room.browser("tang"), room.url(big, "do/reconfirm/")
    bad = browser.post(url, {"outcome": "as_agreed", "how": "phone", "spoke_with": ""})
    assert bad.status_code == 422 and bad.context["steps"]["reconfirm"].errors["spoke_with"] and not Reconfirmation.objects.exists()
    assert browser.post(url, {"outcome": "no_answer", "how": "phone"})["Location"] == room.url(big, "group/")
    assert states(big, room.now)["group.pre-arrival/reconfirm"] == "open"
    went = browser.post(url, {"outcome": "changed", "how": "phone", "spoke_with": "赵晴", "text": "少两人"})
    assert went["Location"] == room.url(big, "change/")  # what they said is written as a change at once
    after = states(big, room.now)
    assert (after["group.pre-arrival/reconfirm"], after["group.pre-arrival/take-change"]) == ("met", "open")
    actions.change(fresh(big), version=fresh(big).version, fields={"persons": 38}, told_by="赵晴", told_how="phone", **room.by())
    assert states(big, room.now)["group.pre-arrival/take-change"] == "met"


def test_names_are_asked_for_by_letter_and_the_list_meets_the_duty(room: Room, big: Booking) -> None:
    room.at("09:00", date(2026, 11, 30))
    browser, url = room.browser("tang"), room.url(big, "do/chase-names/")
    room.scene.client.email = ""
    room.scene.client.save()
    assert browser.post(url, {"how": "mail"}).context["steps"]["chase_names"].errors["how"]
    room.scene.client.email = "zhao@dongjia.example"
    room.scene.client.save()
    assert browser.post(url, {"how": "mail"}).status_code == 302
    letter = Letter.objects.get(to="zhao@dongjia.example")
    assert "金色年华" in letter.subject and "40" in letter.body and letter.about_id == str(big.pk)
    with pytest.raises(Refusal, match="sent"):
        try:
            actions.chase_names(fresh(big), **room.by("tang"))
        except Refusal as refused:
            raise Refusal(refused.code, code=refused.code) from refused
    found = states(big, room.now)
    assert (found["booking.form-group/chase"], found["booking.form-group/names"]) == ("met", "late")
    actions.change(fresh(big), version=fresh(big).version, fields={"guests": NAMES[:30]}, **room.by())
    assert states(big, room.now)["booking.form-group/names"] == "late"
    actions.change(fresh(big), version=fresh(big).version, fields={"guests": NAMES}, **room.by())
    assert states(big, room.now)["booking.form-group/names"] == "met_late"
    with pytest.raises(Refusal):
        actions.chase_names(fresh(big), how="phone", **room.by("tang"))


def test_rooms_without_names_go_only_by_a_decision(room: Room, big: Booking) -> None:
    room.at("16:00", date(2026, 11, 29))
    assert states(big, room.now)["booking.form-group/cut-off"] == "open"
    room.at("19:00", date(2026, 11, 29))
    assert fresh(big).rooms.get(removed_at=None).rooms == 20  # nothing went by itself
    kind = str(big.rooms.get(removed_at=None).room_type_id)
    browser, url = room.browser(), room.url(big, "do/cut-off/")
    for typed, field in (({"release": "3", "room_type": kind, "reason": ""}, "reason"), ({"release": "20", "room_type": kind, "reason": "x"}, "release")):
        answer = browser.post(url, typed)
        assert answer.status_code == 422 and answer.context["steps"]["cut_off"].errors[field], typed
    room.at("10:00", date(2026, 12, 1))  # after the cut-off: what the house lets go is not charged
    assert browser.post(url, {"release": "8", "room_type": kind, "reason": "名单只够十二间"}).status_code == 302
    assert fresh(big).rooms.get(removed_at=None).rooms == 12 and Change.objects.get().charge == 0
    assert states(big, room.now)["booking.form-group/cut-off"] == "met_late"


def test_keeping_the_rooms_is_a_decision_too(room: Room, big: Booking) -> None:
    room.at("16:00", date(2026, 11, 29))
    actions.decide_cut_off(fresh(big), release=0, reason="旅行社保证周一到齐", **room.by())
    assert states(big, room.now)["booking.form-group/cut-off"] == "met" and not Change.objects.exists()
    with pytest.raises(Invalid):
        actions.decide_cut_off(fresh(big), release=0, reason=" ", **room.by())


def arrived(room: Room, row: Booking) -> Booking:
    room.at("16:00", ARRIVAL)
    return actions.mark_arrived(fresh(row), **room.by("fang"))


@pytest.mark.parametrize("terms, paper, use", [("paper", "on", "guest"), ("paper", "", "extra"), ("rack", "on", "extra"), ("agreement", "", "guest")])
def test_further_rooms_on_arrival_at_the_agreed_terms(room: Room, terms: str, paper: str, use: str) -> None:
    room.scene.agreement.extra_rooms = terms
    room.scene.agreement.save()
    row = arrived(room, room.confirmed(rooms=6))
    typed = {"room_type": str(room.twin.pk), "rooms": "2", "told_by": "领队周"} | ({"paper": paper} if paper else {})
    assert room.browser().post(room.url(row, "do/add-rooms/"), typed).status_code == 302
    lines = {(line.use, line.rooms): {Decimal(night["amount"]) for night in line.nightly} for line in row.rooms.filter(removed_at=None)}
    assert lines == {("guest", 6): {Decimal(280)}, (use, 2): {Decimal(500 if use == "extra" else 280)}}


def test_further_rooms_that_are_not_there_are_said_beside_the_step(room: Room, big: Booking) -> None:
    arrived(room, big)
    answer = room.browser().post(room.url(big, "do/add-rooms/"), {"room_type": str(room.twin.pk), "rooms": "200", "told_by": "领队周"})
    assert answer.status_code == 422 and answer.context["steps"]["add_rooms"].non_field_errors()
    assert fresh(big).rooms.filter(removed_at=None).count() == 1


def test_luggage_bill_opinions_and_what_they_took(room: Room, big: Booking) -> None:
    arrived(room, big)
    browser = room.browser()
    assert browser.post(room.url(big, "do/luggage/"), {"leader_room": "1206", "pieces": "40"}).status_code == 302
    room.at("09:00", ARRIVAL + timedelta(days=2))
    browser = room.browser()
    short = browser.post(room.url(big, "do/luggage-down/"), {"pieces": "39"})
    assert short.status_code == 422 and short.context["steps"]["luggage_down"].errors["text"]
    assert browser.post(room.url(big, "do/luggage-down/"), {"pieces": "39", "text": "一件随客人自带"}).status_code == 302
    assert browser.post(room.url(big, "do/bill/"), {"with_whom": "领队周"}).status_code == 302
    assert browser.post(room.url(big, "do/see-off/"), {"opinions": "早餐很好", "said_by": "领队周", "rooms": "4", "meals": "5"}).status_code == 302
    said = Opinion.objects.get()
    assert (said.client, said.rooms, said.meals, said.service) == (room.scene.client, 4, 5, None)
    actions.mark_departed(fresh(big), **room.by("fang"))
    assert browser.post(room.url(big, "do/settle/"), {"rooms_used": "17", "meals_eaten": "36"}).status_code == 302
    told = Outcome.objects.get()
    assert (told.rooms_booked, told.rooms_used, told.no_show_charge, told.meals_booked, told.meals_eaten) == (20, 17, Decimal(3 * 280), 40, 36)
    page = browser.get(room.url(big, "group/")).content.decode()
    assert "840" in page and "39" in page and "早餐很好" in page
    assert browser.post(room.url(big, "do/settle/"), {"rooms_used": "17", "waive": "老客户"}).status_code == 302
    assert Outcome.objects.get().charged == 0


def test_a_group_that_does_not_come_pays_by_its_terms(room: Room, big: Booking) -> None:
    agreement = room.scene.agreement
    agreement.no_show_percent, agreement.no_show_nights = 50, 0
    agreement.save()
    room.at("22:00", ARRIVAL)
    row = actions.mark_no_show(fresh(big), **room.by("fang"))
    assert row.cancel_charge == Decimal(20 * 2 * 280) / 2
    told = Outcome.objects.get()
    assert (told.rooms_used, told.no_show_charge) == (0, row.cancel_charge) and "50%" in told.because_en


def test_the_history_of_an_agency(room: Room, big: Booking, django_assert_max_num_queries: Any) -> None:
    arrived(room, big)
    actions.see_off(fresh(big), opinions="房间安静", **room.by("tang"))
    actions.settle(fresh(big), rooms_used=18, **room.by())
    gone = room.confirmed(name="海岸线", rooms=4, arrival=ARRIVAL + timedelta(days=3))
    actions.cancel(gone, reason="取消", told_by="赵晴", told_how="fax", **room.by())
    room.at("10:00", ARRIVAL + timedelta(days=5))
    browser = room.browser()
    browser.get("/")
    with django_assert_max_num_queries(12):
        page = browser.get(f"/bookings/groups/{room.scene.client.pk}/").content.decode()
    assert "18 / 20" in page and "房间安静" in page and "海岸线" in page
    with django_assert_max_num_queries(12):
        client = browser.get(f"/clients/{room.scene.client.pk}").content.decode()
    assert "90%" in client and "房间安静" in client
    table = browser.get(f"/bookings/groups/{room.scene.client.pk}/?export=csv").getvalue().decode("utf-8-sig")
    assert table.count("\n") == 3 and ",20,18," in table


def test_the_groups_of_tomorrow_are_gone_through_important_ones_first(room: Room, django_assert_max_num_queries: Any) -> None:
    first = {name: room.confirmed(name=name, rooms=2) for name in ("普通团", "重要团", "代理人团")}
    actions.mark_important(first["重要团"], reason="推介团", **room.by())
    agents = fresh(first["代理人团"])
    actions.change(agents, version=agents.version, fields={"details": {"agents": True}}, **room.by())
    room.at("09:00", ARRIVAL - timedelta(days=1))
    browser = room.browser("tang")
    browser.get("/")
    with django_assert_max_num_queries(12):
        answer = browser.get("/arrivals/checks/")
    assert {one.booking.name for one in answer.context["rows"][:2]} == {"重要团", "代理人团"} and answer.context["rows"][2].booking.name == "普通团"
    url = room.url(first["普通团"], "do/pre-arrival/")
    assert browser.post(url, {"rooms": ""}).status_code == 422
    assert browser.post(url, {"rooms": "照订单", "meals": "18:00 改 18:30"}).status_code == 302
    row = fresh(first["普通团"])
    assert states(row, room.now)["group.pre-arrival/check"] == "open"
    assert "18:00 改 18:30" in browser.get(room.url(row, "people/")).content.decode()
    rest = dict.fromkeys(("places", "arrival_time", "transfer", "programme"), "已核")
    assert browser.post(url, rest).status_code == 302
    assert states(row, room.now)["group.pre-arrival/check"] == "met"
    assert browser.get("/arrivals/checks/?export=csv").status_code == 403  # he may not take lists away
    assert "普通团" in room.browser("he").get("/arrivals/checks/?export=csv").getvalue().decode("utf-8-sig")


def test_a_series_of_letters_is_never_sent_twice_and_a_call_is_noted(room: Room, big: Booking) -> None:
    room.at("09:00", date(2026, 11, 25))
    assert actions.chase_names(fresh(big), how="phone", **room.by("tang")) is None
    assert not Letter.objects.exists()
    assert states(big, room.now)["booking.form-group/chase"] == "planned"  # a reminder before the day is no chasing after it
