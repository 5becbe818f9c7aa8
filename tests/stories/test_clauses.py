"""One story for each remaining clause of bookings and groups, through the real pages and the API."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.urls import reverse

from guiju.bookings.actions.liaising import PRE_ARRIVAL
from guiju.logbook.models import Entry
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_main_job import LATER, confirmed, group

STAY = {
    "kind": "on_account", "name": "魏岚", "arrival_on": "2026-12-06", "departure_on": "2026-12-07", "persons": 1,
    "rooms": [{"room_type": "TWN", "from_on": "2026-12-06", "until_on": "2026-12-07", "rooms": 1}],
}


def test_nothing_on_account_without_the_written_request(story: Story) -> None:
    """booking.written-basis: a call stays tentative; the manager may waive it once, with a reason, and it is counted."""
    made = story.do("lin", "/bookings", {**STAY, "client": str(story.scene.client.pk)})
    story.do("lin", f"/bookings/{made['id']}/hold")
    story.do("lin", f"/bookings/{made['id']}/written", {}, expect=422)  # a claim is no paper
    refused = story.refused("lin", f"/bookings/{made['id']}/confirm")
    assert [one["clause"] for one in refused["clauses"]] == ["booking.written-basis"]
    waiver = {"verb": "booking.confirm", "clause": "booking.written-basis", "rule": "written", "need": "written_basis", "subject": f"booking:{made['id']}", "reason": "老客户，传真今晚补"}
    assert story.cast.sign_in("lin").post("/gates/waive/", waiver).status_code == 403
    manager = story.cast.sign_in("shen")
    for odd in ({"subject": f"booking:{uuid.uuid4()}"}, {"need": "liaison"}, {"verb": "booking.cancel"}):
        assert manager.post("/gates/waive/", {**waiver, **odd}).status_code in (404, 409)
    assert not Entry.objects.filter(kind="gate.waived").exists()
    assert [manager.post("/gates/waive/", waiver).status_code for _twice in (1, 2)] == [302, 302]
    assert Entry.objects.filter(kind="gate.waived").count() == 1
    assert story.do("lin", f"/bookings/{made['id']}/confirm")["state"] == "confirmed"
    assert "老客户" not in str(refused)


def test_a_rate_below_the_agreement_waits_for_approval(story: Story) -> None:
    """booking.rate-by-agreement: looked up, never typed; another rate needs a reason and who may."""
    made = story.do("lin", "/bookings", {**STAY, "client": str(story.scene.client.pk)})
    assert made["total"] == "320.00"
    story.do("lin", f"/bookings/{made['id']}/hold")
    story.do("lin", f"/bookings/{made['id']}/written", {"paper": "传真夹 11 号"})
    story.do("lin", f"/bookings/{made['id']}/rate", {"room_type": "TWN", "amount": "200", "reason": ""}, expect=422)
    story.do("lin", f"/bookings/{made['id']}/rate", {"room_type": "TWN", "amount": "200", "reason": "长期客户"})
    refused = story.refused("lin", f"/bookings/{made['id']}/confirm")
    assert [one["clause"] for one in refused["clauses"]] == ["booking.rate-by-agreement"]


def test_cash_guests_stand_on_the_arrivals_list(story: Story) -> None:
    """booking.form-cash-fit: no paper, no written basis; on the front desk's list and file with the hold-until."""
    made = story.do("lin", "/bookings", {**STAY, "kind": "fit_cash", "name": "现付客", "arrival_on": TODAY.isoformat(), "departure_on": (TODAY + timedelta(days=1)).isoformat(), "rooms": [{**STAY["rooms"][0], "from_on": TODAY.isoformat(), "until_on": (TODAY + timedelta(days=1)).isoformat()}]})  # type: ignore[dict-item,index]
    story.do("lin", f"/bookings/{made['id']}/hold")
    story.do("lin", f"/bookings/{made['id']}/confirm")
    desk = story.cast.sign_in("fang")
    page = desk.get("/arrivals/").content.decode()
    assert "现付客" in page and "18:00" in page
    file = b"".join(desk.get("/arrivals/?export=csv").streaming_content).decode("utf-8-sig")
    assert "现付客" in file and "18:00" in file
    assert story.status("booking.by-1800") == []
    assert desk.post(reverse("bookings:do", args=[made["id"], "arrived"]), {"next": "/arrivals/"}).status_code == 302
    assert story.get("lin", f"/bookings/{made['id']}")["state"] == "arrived"


def test_a_schedule_needs_a_liaison_and_receivers(story: Story) -> None:
    """booking.form-group, liaison-named, named-receivers."""
    pk = group(story)["id"]
    for step in ("hold", "written", "confirm"):
        story.do("he", f"/bookings/{pk}/{step}", {"paper": "传真夹 11 号"} if step == "written" else None)
    assert story.status("booking.form-group", "form") == ["open"]
    refused = story.refused("he", f"/bookings/{pk}/issue")
    assert [one["clause"] for one in refused["clauses"]] == ["booking.liaison-named"]
    story.do("he", f"/bookings/{pk}/liaison", {"username": "tang"})
    form = story.do("he", f"/bookings/{pk}/issue")
    assert story.status("booking.form-group", "form") == ["met"]
    copy = next(one for one in story.get("shen", f"/papers/{form['id']}")["copies"] if one["department"] == "front_desk")
    refused = story.refused("fu", f"/papers/copies/{copy['id']}/sign")  # head of the front office, but not its named receiver
    assert "booking.named-receivers" in [one["clause"] for one in refused["clauses"]]


def test_the_arrival_day_of_an_important_group(story: Story) -> None:
    """booking.arrival-check, liaison-normal, liaison-important; group.pre-arrival, order-details, meet, luggage-leader."""
    pk = confirmed(story)
    story.do("he", f"/bookings/{pk}/important", {"text": "推介团"})
    eve = LATER - timedelta(days=1)
    story.at("09:00", eve)
    assert story.status("group.pre-arrival", "important-first") == ["open"] and story.status("booking.arrival-check", "rooms") == ["planned"]
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "pre_arrival", "items": {}}, expect=422)
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "pre_arrival", "items": dict.fromkeys(PRE_ARRIVAL, "照订单")})
    assert story.status("group.pre-arrival", "important-first") == ["met"] and story.status("group.pre-arrival", "check") == ["superseded"]
    line = story.do("tang", f"/bookings/{pk}/services", {"service": "transfer", "department": "bell_desk", "text": "大巴 15:30 接站"})
    assert story.status("group.order-details") == ["open"]
    story.do("chen", f"/bookings/services/{line['id']}/confirm", expect=403)
    story.do("li", f"/bookings/services/{line['id']}/confirm")
    assert story.status("group.order-details") == ["met"]
    story.at("09:30", LATER)
    (difference,) = story.do("lin", f"/bookings/{pk}/check", {"about": "rooms", "differences": ["总台少一间"]})["differences"]
    story.do("lin", f"/bookings/{pk}/check", {"about": "meals"})
    assert story.status("booking.arrival-check", "rooms") == ["met"] and story.status("booking.arrival-check", "resolve") == ["open"]
    story.do("lin", f"/bookings/differences/{difference}/resolve", {"text": "已补一间"})
    assert story.status("booking.arrival-check", "resolve") == ["met"]
    story.at("13:00", LATER)
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "on_time"})
    assert story.status("booking.liaison-normal") == ["superseded"]  # of an important group the important rules hold instead
    story.at("16:05", LATER)
    story.do("fang", f"/bookings/{pk}/arrived")
    assert story.status("group.meet") == ["soon"]
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "luggage", "leader_room": ""}, expect=422)
    for step in ({"step": "meet", "meal_time": "18:45"}, {"step": "luggage", "leader_room": "1206"}, {"step": "check_in"}, {"step": "leader"}):
        story.do("tang", f"/bookings/{pk}/liaise", step)
    assert story.status("group.meet") == ["met"] and story.status("group.luggage-leader") == ["met"]
    assert story.status("booking.liaison-important", "check-in") == ["met"] and story.status("booking.liaison-important", "leader") == ["met"]
    story.at("11:00", LATER + timedelta(days=2))
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "see_off", "opinions": "早餐很好"})
    assert story.status("booking.liaison-important", "see-off") == ["met"]


def test_availability_comes_before_the_confirmation(story: Story) -> None:
    """group.availability-first: no confirmation letter without held rooms."""
    pk = group(story)["id"]
    refused = story.refused("he", f"/bookings/{pk}/letter")
    assert [one["clause"] for one in refused["clauses"]] == ["group.availability-first"]
    story.do("he", f"/bookings/{pk}/hold")
    assert story.do("he", f"/bookings/{pk}/letter")["kind"] == "confirmation_letter"


def test_an_overdue_account_gets_no_further_credit(story: Story) -> None:
    """booking.collect-debts: overdue opens the chase and holds new credit; chased it is met."""
    client = story.scene.client
    finance = story.cast.sign_in("cai")
    answer = finance.post(reverse("clients:overdue", args=[client.pk]), {"since": "2026-11-01", "since_on": "2026-11-01", "amount": "5000", "version": client.version})
    assert answer.status_code == 302, answer.content.decode()[:300]
    assert story.status("booking.collect-debts", "chase") == ["open"]
    made = story.do("lin", "/bookings", {**STAY, "client": str(client.pk)})
    story.do("lin", f"/bookings/{made['id']}/hold")
    story.do("lin", f"/bookings/{made['id']}/written", {"paper": "传真夹 11 号"})
    refused = story.refused("lin", f"/bookings/{made['id']}/confirm")
    assert [one["clause"] for one in refused["clauses"]] == ["booking.collect-debts"]
    seller = story.cast.sign_in("lin")
    answer = seller.post(reverse("clients:chase", args=[client.pk]), {"how": "call", "said": "下周付", "text": "下周付", "promise_on": "2026-12-01"})
    assert answer.status_code == 302, answer.content.decode()[:300]
    assert story.status("booking.collect-debts", "chase") == ["met"]


def test_programs_are_answered_once_and_never_overwrite(story: Story) -> None:
    """One key, one effect; another body under it is refused; a stale version is a conflict; without a token nothing."""
    body = {**STAY, "client": str(story.scene.client.pk)}
    first = story.do("lin", "/bookings", body, key="k-1")
    assert story.do("lin", "/bookings", body, key="k-1")["id"] == first["id"]
    assert story.do("lin", "/bookings", {**body, "name": "另一位"}, key="k-1", expect=422)["code"] == "key_reused"
    assert len(story.get("lin", "/bookings")) == 1
    story.do("lin", f"/bookings/{first['id']}", {"version": first["version"], "persons": 2}, method="patch")
    stale = story.do("lin", f"/bookings/{first['id']}", {"version": first["version"], "persons": 3}, method="patch", expect=409)
    assert stale["code"] == "conflict" and stale["versions"]["version"] == first["version"] + 1
    from django.test import Client

    nobody = Client().get("/api/v1/bookings")
    assert nobody.status_code == 401 and nobody["Content-Type"] == "application/problem+json"
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1") and "/api/v1/bookings/{pk}/confirm" in schema["paths"]
