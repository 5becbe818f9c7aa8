"""The pages: what they show and how little they ask; what is wrong stands beside its field with what was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from guiju.longstay import actions
from guiju.longstay.models import GuestOrder, LongStay, Payment
from tests.cast import TODAY
from tests.longstay.scene import FROM, House

LATER = date(2026, 12, 20)


def furnished(house: House, clock: Path) -> LongStay:
    """Three guests: one late by nineteen days, one whose contract is being made, one who waits for approval."""
    stay = house.in_force()
    house.draft("806", guest="罗杰")
    actions.ask_approval(house.ready("1008", guest="李文"), **house.step())
    clock.write_text(house.cast.at("10:00", LATER).isoformat())
    actions.each_round(house.cast.hotel.pk, house.cast.at("09:00", LATER))
    actions.speak(house.fresh(stay), with_whom="蔡正", text="公司付款在批", **house.step(day=LATER))
    actions.ask_finance(house.fresh(stay), **house.step(day=LATER))
    actions.order_birthday(house.fresh(stay), **house.step(day=LATER))
    return house.fresh(stay)


def test_the_pages_ask_little_and_say_what_matters(house: House, clock: Path, django_assert_max_num_queries: Any) -> None:
    stay = furnished(house, clock)
    browser = house.cast.sign_in("lin", now=house.cast.at("09:00", LATER))
    asked = house.scene.came_in(client=house.scene.client, kind="longstay", rooms={})
    seen = {}
    for path in (
        "/longstay/", "/longstay/?view=making", f"/longstay/{stay.pk}/", f"/longstay/{stay.pk}/rent", f"/longstay/{stay.pk}/side", "/longstay/rooms",
        "/longstay/orders", "/longstay/lists", f"/longstay/recommend/{asked.pk}", "/longstay/new", f"/longstay/{stay.pk}/edit",
    ):
        browser.get(path)  # what is read once a process (the standard, the calendar) is not counted
        with django_assert_max_num_queries(12):
            answer = browser.get(path)
        assert answer.status_code == 200, path
        seen[path] = answer.content.decode()
    assert "欠了 <em>19 天</em>" in seen[f"/longstay/{stay.pk}/"] and "1206" in seen["/longstay/"]
    assert "公司付款在批" in seen[f"/longstay/{stay.pk}/rent"] and "请财务催租" in seen[f"/longstay/{stay.pk}/rent"]
    assert "罗杰" in seen["/longstay/?view=making"] and "李文" in seen["/longstay/?view=making"]
    assert "1979" not in seen[f"/longstay/{stay.pk}/"]  # the birthday comes round; the year of birth is nobody's business here


def test_lists_leave_as_files(house: House, clock: Path) -> None:
    stay = furnished(house, clock)
    browser = house.cast.sign_in("shen", now=house.cast.at("09:00", LATER))
    for path in ("/longstay/?view=all&export=csv", f"/longstay/{stay.pk}/rent?export=csv", "/longstay/rooms?export=csv", "/longstay/orders?export=csv"):
        answer = browser.get(path)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert (answer.status_code == 200 and "1206" in text) or "18600" in text, path
    assert browser.get("/longstay/?export=xlsx").status_code == 200


def test_what_is_wrong_stands_beside_its_field(house: House, clock: Path) -> None:
    stay = furnished(house, clock)
    browser = house.cast.sign_in("cai", now=house.cast.at("09:00", LATER))
    answer = browser.post(f"/longstay/{stay.pk}/do/pay", {"amount": "100", "on": "2027-05-01", "kind": "rent", "how": "transfer"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "那天还没到" in text and 'value="100"' in text and Payment.objects.count() == 0
    answer = browser.post(f"/longstay/{stay.pk}/do/pay", {"amount": "100", "on": LATER.isoformat(), "kind": "rent", "how": "transfer"})
    assert answer.status_code == 302 and Payment.objects.get().amount == Decimal(100)
    seller = house.cast.sign_in("lin", now=house.cast.at("09:00", LATER))
    answer = seller.post("/longstay/new", {"guest": "", "client": "没有", "use": "living"})
    assert answer.status_code == 422 and "没有这位客户" in answer.content.decode()
    assert seller.post(f"/longstay/{stay.pk}/do/pay", {"amount": "1", "on": "2026-12-01", "kind": "rent", "how": "cash"}).status_code == 403


def test_a_stale_save_shows_both(house: House) -> None:
    stay = house.draft()
    actions.edit(stay, version=stay.version, contact="许经理二", **house.step())
    data = {"guest": "小野健", "contact": "另一位", "use": "living", "version": "1", "deposit": "5000"}
    answer = house.cast.sign_in("lin").post(f"/longstay/{stay.pk}/edit", data)
    assert answer.status_code == 409 and "许经理二" in answer.content.decode() and "另一位" in answer.content.decode()


def test_from_the_request_to_the_quotation_by_the_pages(house: House, clock: Path) -> None:
    """Rooms are shown from the request, the higher floors first; ticked with a rent they make the letter."""
    asked = house.scene.came_in(client=house.scene.client, kind="longstay", rooms={})
    browser = house.cast.sign_in("lin")
    assert f"/longstay/recommend/{asked.pk}" in browser.get(f"/enquiries/{asked.pk}").content.decode()
    period = {"from_on": FROM.isoformat(), "until_on": "2027-06-01"}
    text = browser.get(f"/longstay/recommend/{asked.pk}", period).content.decode()
    assert text.index("1206") < text.index("1008") < text.index("806")
    room = house.rooms["1206"]
    answer = browser.post(f"/longstay/recommend/{asked.pk}", {**period, "room": str(room.pk), f"rent_{room.pk}": "abc"})
    assert answer.status_code == 422 and "1206 房报多少" in answer.content.decode()
    assert browser.post(f"/longstay/recommend/{asked.pk}", {**period, "room": str(room.pk), f"rent_{room.pk}": "18,000"}).status_code == 302
    text = browser.get(f"/longstay/recommend/{asked.pk}").content.decode()
    assert "RMB 18,000" in text
    answer = browser.post(f"/longstay/recommend/{asked.pk}", {"send": "1", "channel": "wechat"})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "answered"
    assert "18000" in browser.get("/longstay/new", {"enquiry": str(asked.pk)}).content.decode()


def test_a_department_ticks_its_own_on_the_phone(house: House, clock: Path) -> None:
    house.in_force()
    order = GuestOrder.objects.get()
    maid, cook = house.cast.sign_in("ke"), house.cast.sign_in("chen")
    assert "1206" in maid.get("/longstay/orders").content.decode() and "1206" not in cook.get("/longstay/orders").content.decode()
    assert cook.post(f"/longstay/orders/{order.pk}/done").status_code == 403
    assert maid.post(f"/longstay/orders/{order.pk}/done").status_code == 302
    order.refresh_from_db()
    assert order.done_at == house.cast.at("10:00", TODAY)
