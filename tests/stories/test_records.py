"""What must be written down: for each clause that asks for it a record that is complete, one that lacks something, one it does not concern."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from guiju.bookings.models import ServiceLine
from guiju.duties.actions import adopt
from guiju.duties.models import Edition
from guiju.shelf.actor import the_clock
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_main_job import LATER, confirmed, group

CASH, ACCOUNT, GROUP = "booking.form-cash-fit", "booking.form-on-account", "booking.form-group"
ROSTER, DETAILS = "booking.duty-roster", "group.order-details"


def guest(story: Story, kind: str, **more: Any) -> str:
    """An individual's booking for two nights from the 6th: its id."""
    nights = {"arrival_on": LATER.isoformat(), "departure_on": (LATER + timedelta(days=2)).isoformat()}
    rooms = [{"room_type": "TWN", "from_on": nights["arrival_on"], "until_on": nights["departure_on"], "rooms": 1}]
    client = {"client": str(story.scene.client.pk)} if kind == "on_account" else {}
    return str(story.do("lin", "/bookings", {"kind": kind, "name": "魏岚", **nights, "persons": 1, "rooms": rooms, **client, **more})["id"])


def judged(story: Story, clause: str, kind: str, subject: str) -> tuple[str, list[str], list[str]]:
    """How one record stands under a clause: (stands, what is asked for, what is missing)."""
    found = [one for one in story.get("shen", f"/compliance/records/{kind}/{subject}") if one["clause"] == clause]
    assert len(found) == 1, f"{clause} asks for nothing to be written down"
    return found[0]["stands"], found[0]["required"], found[0]["gaps"]


def measured(story: Story, clause: str, first: date = LATER, days: int = 1) -> tuple[int, int, float | None]:
    """(complete, of, percent) of a clause's records of these days."""
    period = {"from_on": first.isoformat(), "until_on": (first + timedelta(days=days)).isoformat()}
    (found,) = [one["records"] for one in story.get("shen", "/compliance", **period) if one["clause"] == clause]
    listed = story.get("shen", f"/compliance/{clause}/gaps", **period)
    assert len(listed) == found["gap"] == found["of"] - found["complete"]
    return found["complete"], found["of"], found["percent"]


def page(story: Story, path: str, who: str = "shen", **asked: str) -> str:
    """A page as this person reads it."""
    answer = story.cast.sign_in(who).get(path, asked)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_cash_guest_is_entered_with_name_nights_room_and_payment(story: Story) -> None:
    """booking.form-cash-fit: these five, and how long the room is held for one without agreement or guarantee."""
    pk = guest(story, "fit_cash")
    five = ["name", "arrival_on", "departure_on", "rooms", "payment"]
    assert judged(story, CASH, "booking", pk) == ("gap", [*five, "hold_until"], ["hold_until"])
    assert measured(story, CASH) == (0, 1, 0.0)
    shown = page(story, f"/bookings/{pk}/", "lin")
    assert "还缺：留房至" in shown and f"/standard/{CASH}/" in shown
    story.do("lin", f"/bookings/{pk}/hold")
    assert judged(story, CASH, "booking", pk) == ("complete", [*five, "hold_until"], [])
    assert measured(story, CASH) == (1, 1, 100.0)
    assert "还缺：" not in page(story, f"/bookings/{pk}/", "lin")
    sure = guest(story, "fit_cash", name="韩明远")
    story.do("lin", f"/bookings/{sure}/guarantee", {"text": "押金 300"})
    assert judged(story, CASH, "booking", sure) == ("complete", five, [])
    assert judged(story, CASH, "booking", guest(story, "on_account"))[0] == "not_applicable"
    assert measured(story, CASH) == (2, 2, 100.0)
    story.do("lin", f"/bookings/{pk}/confirm")
    story.at("15:00", LATER)
    story.do("fang", f"/bookings/{pk}/arrived")
    assert judged(story, CASH, "booking", pk) == ("complete", five, [])  # he has the room: it is held for him no longer


def test_on_account_it_says_who_booked(story: Story) -> None:
    """booking.form-on-account: the client and who booked for it, the guest, the nights, the room, the payment."""
    asked = ["client", "contact", "name", "arrival_on", "departure_on", "rooms", "payment"]
    pk = guest(story, "on_account")
    assert judged(story, ACCOUNT, "booking", pk) == ("gap", asked, ["contact"])
    who = story.do("lin", f"/clients/{story.scene.client.pk}/contacts", {"name": "赵晴", "phone": "0579-1"})["id"]
    whole = guest(story, "on_account", contact=who)
    stranger = {"kind": "fit_cash", "name": "韩明远", "arrival_on": LATER.isoformat(), "departure_on": (LATER + timedelta(days=1)).isoformat(), "persons": 1, "rooms": [], "contact": who}
    assert "contact" in story.do("lin", "/bookings", stranger, expect=422)["errors"]
    assert judged(story, ACCOUNT, "booking", whole) == ("complete", asked, [])
    assert judged(story, ACCOUNT, "booking", guest(story, "fit_cash"))[0] == "not_applicable"
    assert measured(story, ACCOUNT) == (1, 2, 50.0)
    period = {"from": LATER.isoformat(), "until": LATER.isoformat(), "clause": ACCOUNT}
    shown = page(story, "/compliance/", **period)
    assert "齐全 1/2，50%" in shown and "缺：订房人" in shown and f'href="/bookings/{pk}/"' in shown and f'href="/bookings/{whole}/"' not in shown
    assert "客户、订房人、" in page(story, f"/standard/{ACCOUNT}/")
    story.do("lin", f"/bookings/{pk}/cancel", {"reason": "行程取消", "told_by": "赵晴", "told_how": "phone"})
    assert judged(story, ACCOUNT, "booking", pk)[0] == "not_applicable"
    assert measured(story, ACCOUNT) == (1, 1, 100.0)


def test_a_groups_schedule_has_names_meals_and_how_they_travel(story: Story) -> None:
    """booking.form-group: what is missing stands on each part of its page until it is there."""
    asked = ["name", "client", "rooms", "guests", "meals", "arrival_by", "departure_by", "escorts", "payment"]
    made = group(story, meals=False)
    pk = made["id"]
    assert judged(story, GROUP, "booking", pk) == ("gap", asked, ["guests", "meals", "arrival_by", "departure_by"])
    for part in ("", "people/", "history/"):
        assert "还缺：分房名单、用餐、抵店方式、离店方式" in page(story, f"/bookings/{pk}/{part}", "he"), part
    dinner = {"on": LATER.isoformat(), "meal": "dinner", "persons": 12, "time": "18:30", "standard": "80", "place": "百合厅"}
    travel = {"arrival_by": "G7 次", "departure_by": "大巴", "meals": [dinner], "guests": [{"name": "王一"}]}
    story.do("he", f"/bookings/{pk}", {"version": made["version"], **travel}, method="patch")
    assert judged(story, GROUP, "booking", pk) == ("complete", asked, [])
    assert judged(story, GROUP, "booking", guest(story, "on_account"))[0] == "not_applicable"
    assert measured(story, GROUP) == (1, 1, 100.0)


def test_a_day_on_which_a_group_comes_has_its_duty_person(story: Story) -> None:
    """booking.duty-roster: such a day without anybody is a gap; a day without groups asks for nobody."""
    day = TODAY + timedelta(days=3)
    confirmed(story, arrival=day)
    story.do("shen", "/house/roster/clear", {"department": "sales", "on": day.isoformat()})
    assert judged(story, ROSTER, "roster_day", f"sales:{day}") == ("gap", ["duty_person"], ["duty_person"])
    assert judged(story, ROSTER, "roster_day", f"sales:{day + timedelta(days=1)}")[0] == "not_applicable"
    assert measured(story, ROSTER, day, 7) == (0, 1, 0.0)
    story.do("shen", "/house/roster", {"department": "sales", "on": day.isoformat(), "person": "lin"})
    assert judged(story, ROSTER, "roster_day", f"sales:{day}")[0] == "complete"
    assert measured(story, ROSTER, day, 7) == (1, 1, 100.0)


def test_what_is_ordered_says_what_of_whom(story: Story) -> None:
    """group.order-details: kind, department and content; the order form asks for all three, a line taken over may lack one."""
    pk = confirmed(story)
    order = {"service": "transfer", "department": "bell_desk", "text": "大巴 15:30 接站"}
    line, other = (story.do("tang", f"/bookings/{pk}/services", order)["id"] for _twice in (1, 2))
    assert judged(story, DETAILS, "service_line", line) == ("complete", ["service", "department", "text"], [])
    ServiceLine.objects.filter(pk=other).update(text=" ")
    assert judged(story, DETAILS, "service_line", other) == ("gap", ["service", "department", "text"], ["text"])
    assert measured(story, DETAILS) == (1, 2, 50.0)
    story.do("tang", f"/bookings/services/{other}/drop")
    assert judged(story, DETAILS, "service_line", other)[0] == "not_applicable"
    assert measured(story, DETAILS) == (1, 1, 100.0)


def test_who_may_read_what_is_missing(story: Story) -> None:
    """A seller's figures are of his own bookings, the manager's of all; who opens no bookings is shown none."""
    pk = guest(story, "on_account")
    period = {"from_on": LATER.isoformat(), "until_on": (LATER + timedelta(days=1)).isoformat()}
    seen = {who: len(story.get(who, f"/compliance/{ACCOUNT}/gaps", **period)) for who in ("shen", "lin", "tang")}
    assert seen == {"shen": 1, "lin": 1, "tang": 0}
    story.do("chen", f"/compliance/records/booking/{pk}", expect=403, method="get")
    for path, status in (("records/booking/none", 404), ("records/nothing/1", 404), (f"{DETAILS}x/gaps", 404)):
        story.do("shen", f"/compliance/{path}", expect=status, method="get")
    story.do("shen", f"/compliance/{ACCOUNT}/gaps", {"from_on": "2026-12-06", "until_on": "2026-12-06"}, expect=422, method="get")


def test_a_record_is_judged_by_the_edition_of_its_day(story: Story) -> None:
    """booking.form-cash-fit asks for the nationality too from the 10th: who came on the 6th lacks none, who comes on the 12th does."""
    hotel, tenth = story.cast.hotel, LATER + timedelta(days=4)
    before, after = guest(story, "fit_cash"), guest(
        story, "fit_cash", name="韩明远", arrival_on=(LATER + timedelta(days=6)).isoformat(), departure_on=(LATER + timedelta(days=7)).isoformat(),
        rooms=[{"room_type": "TWN", "from_on": (LATER + timedelta(days=6)).isoformat(), "until_on": (LATER + timedelta(days=7)).isoformat(), "rooms": 1}],
    )
    for pk in (before, after):
        story.do("lin", f"/bookings/{pk}/hold")
    fields = '"rooms", "payment"]'
    texts = {name: text.replace(fields, '"rooms", "payment", "nationality"]') for name, text in Edition.objects.get().texts.items()}
    assert sum("nationality\"]" in text for text in texts.values()) == 1
    adopt(hotel, texts=texts, effective_at=story.cast.at("08:00", tenth), by=the_clock(hotel.pk, via="cli"), now=story.at("10:30"))
    assert judged(story, CASH, "booking", after)[0] == "complete"  # until then the present edition is in force
    story.at("09:00", LATER + timedelta(days=8))
    assert judged(story, CASH, "booking", before)[0] == "complete"
    assert (judged(story, CASH, "booking", after)[0], judged(story, CASH, "booking", after)[2]) == ("gap", ["nationality"])
    assert measured(story, CASH, LATER, 8) == (1, 2, 50.0)
    assert measured(story, CASH, LATER, 4) == (1, 1, 100.0)
