"""From the request to the firm booking: each clause is seen by what it alone makes happen, its clocks to the minute."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_main_job import FAX, confirmed, group

GROUP_FAX = (
    "订房单位：北川登山协会\n联系人：郑凯\n团名：北川登山团\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n"
    "用房：标准双人间 12 间\n人数：24 人\n付款方式：转账\n"
)
TONIGHT = {"arrival_on": TODAY.isoformat(), "departure_on": (TODAY + timedelta(days=1)).isoformat()}
ROOM = {"room_type": "KNG", "from_on": TONIGHT["arrival_on"], "until_on": TONIGHT["departure_on"], "rooms": 1}


def asked(story: Story, text: str) -> dict[str, Any]:
    """A fax is taken in by the clerk; the request it became."""
    assert story.cast.sign_in("wen").post("/enquiries/intake/", {"text": text, "channel": "fax"}).status_code == 302
    return dict(story.get("lin", "/enquiries")[0])


def cash(story: Story, **more: Any) -> str:
    """An individual without agreement who pays cash, written down: the booking's id."""
    body = {"kind": "fit_cash", "name": "魏岚", "persons": 1, **TONIGHT, "rooms": [ROOM], **more}
    return str(story.do("lin", "/bookings", body)["id"])


def on_account(story: Story) -> str:
    """A guest of the agreement client, asked for in writing, no rooms held yet: the booking's id."""
    pk = cash(story, kind="on_account", client=str(story.scene.client.pk))
    story.do("lin", f"/bookings/{pk}/written", {"paper": "传真夹 11 号"})
    return pk


def without_number(calendar: dict[str, Any]) -> dict[str, Any]:
    """The calendar as it is sent back: what was its number is now the revision it starts from."""
    return {"base": calendar["number"], **{key: calendar[key] for key in ("holidays", "makeup", "years")}}


def clauses(refused: dict[str, Any]) -> list[str]:
    return sorted(one["clause"] for one in refused.get("clauses", ()))


def test_a_request_is_in_hand_within_a_quarter_of_an_hour(story: Story) -> None:
    """booking.handle-at-once: received at 10:00, late at 10:16; taken then, it stays late in the figures."""
    row = asked(story, FAX)
    story.runs_out("lin", "booking.handle-at-once", "take", "10:15")
    story.do("lin", f"/enquiries/{row['id']}/take")
    assert [one["status"] for one in story.behind("booking.handle-at-once", "take")] == ["met_late"]


def test_an_agreement_client_has_the_answer_in_half_an_hour(story: Story) -> None:
    """booking.reply-30: taken at 10:05, the clock runs from 10:00; the boundary minute is in time."""
    row = asked(story, FAX)
    story.at("10:05")
    story.do("lin", f"/enquiries/{row['id']}/take")
    story.runs_out("lin", "booking.reply-30", "reply", "10:30")


def test_a_withdrawn_request_is_owed_no_answer(story: Story) -> None:
    """booking.handle-at-once, reply-30, group-escalate: the client withdrew, nobody is late afterwards."""
    for text in (FAX, GROUP_FAX):
        assert story.cast.sign_in("lin").post("/enquiries/intake/", {"text": text, "channel": "fax"}).status_code == 302
    owed = {one["clause"] for who in ("lin", "shen") for one in story.get(who, "/duties")}
    assert owed == {"booking.handle-at-once", "booking.reply-30", "booking.group-escalate"}
    for row in story.get("lin", "/enquiries"):
        story.do("lin", f"/enquiries/{row['id']}/withdraw", {"reason": "客户撤回"})
    assert [one for who in ("lin", "shen") for one in story.get(who, "/duties")] == []


def test_on_a_public_holiday_the_half_hour_does_not_run(story: Story) -> None:
    """booking.reply-30: it is a rule of ordinary days."""
    calendar = story.get("guan", "/house/calendar")
    story.do("guan", "/house/calendar", {**without_number(calendar), "holidays": {TODAY.isoformat(): "店庆"}}, method="put")
    asked(story, FAX)
    assert story.owed("wen", "booking.reply-30") == []


def test_an_answer_that_came_back_is_no_answer(story: Story) -> None:
    """booking.reply-30: sent at 10:20, back at 10:25, due at 10:30 as before."""
    row = asked(story, FAX)
    story.do("lin", f"/enquiries/{row['id']}/take")
    story.do("lin", f"/enquiries/{row['id']}/book", {"kind": "on_account"})
    sent = story.do("lin", f"/enquiries/{row['id']}/reply", {"kind": "confirmation", "channel": "mail", "to": "zhao@dongjia.example"})
    story.at("10:20")
    story.round()
    assert story.owed("lin", "booking.reply-30") == []
    story.at("10:25")
    story.do("lin", f"/enquiries/replies/{sent['id']}/bounced")
    story.runs_out("lin", "booking.reply-30", "reply", "10:30")


def test_the_clock_stands_while_the_client_thinks(story: Story) -> None:
    """booking.reply-30: he thought for an hour from 10:10 on; the twenty minutes left run from his answer."""
    row = asked(story, FAX)
    story.do("lin", f"/enquiries/{row['id']}/take")
    for clock, waiting in (("10:10", True), ("11:10", False)):
        story.at(clock)
        story.do("lin", f"/enquiries/{row['id']}/wait", {"waiting": waiting})
    story.runs_out("lin", "booking.reply-30", "reply", "11:30")


def test_the_manager_decides_within_two_hours(story: Story) -> None:
    """booking.group-escalate: a group without agreement stands on the manager's list until noon; his word ends it."""
    row = asked(story, GROUP_FAX)
    assert row["kind"] == "group"
    story.runs_out("shen", "booking.group-escalate", "decide", "12:00")
    story.at("11:00")
    story.do("shen", f"/enquiries/{row['id']}/decide", {"accept": False, "terms": "该日满房"})
    assert [one["status"] for one in story.behind("booking.group-escalate", "decide")] == ["met"]


def test_the_reservation_form_follows_within_two_hours(story: Story) -> None:
    """booking.form-on-account: confirmed at 10:00, the form is out by noon, unless it is cancelled."""
    pk = on_account(story)
    for step in ("hold", "confirm"):
        story.do("lin", f"/bookings/{pk}/{step}")
    story.runs_out("lin", "booking.form-on-account", "form", "12:00")
    story.do("lin", f"/bookings/{pk}/cancel", {"reason": "客人不来了", "told_by": "赵晴", "told_how": "phone"})
    assert story.owed("lin", "booking.form-on-account") == []


def test_the_group_schedule_follows_within_four_hours(story: Story) -> None:
    """booking.form-group: confirmed at 10:00, the schedule is out by two."""
    confirmed(story)
    story.runs_out("he", "booking.form-group", "form", "14:00")


def test_no_hold_no_confirmation_of_a_guest_without_agreement(story: Story) -> None:
    """booking.hold-until: nothing is confirmed without a stated time; held, it is 18:00 and stands on the form."""
    pk = cash(story)
    assert "booking.hold-until" in clauses(story.refused("lin", f"/bookings/{pk}/confirm"))
    held = story.do("lin", f"/bookings/{pk}/hold")
    assert held["hold_until_at"].startswith("2026-11-24T18:00")
    story.begins("lin", "booking.hold-until", "lapse", "16:00")
    story.do("lin", f"/bookings/{pk}/confirm")
    form = story.do("lin", f"/bookings/{pk}/issue")
    assert story.get("lin", f"/papers/{form['id']}")["content"]["hold_until"] == "2026-11-24 18:00"


def test_the_manager_may_let_a_hold_time_go(story: Story) -> None:
    """booking.hold-until: the seller may not waive it, the manager may, once and with a reason."""
    pk = cash(story)
    gate = {"verb": "booking.confirm", "clause": "booking.hold-until", "rule": "on-confirm", "need": "hold_until", "subject": ["booking", pk], "reason": "常客"}
    story.refused("lin", "/gates/waive", gate, status=403)
    story.do("shen", "/gates/waive", gate)
    assert "booking.hold-until" not in clauses(story.refused("lin", f"/bookings/{pk}/confirm"))


def test_rooms_are_held_before_they_are_sold(story: Story) -> None:
    """booking.no-oversell: the clause refuses a confirmation without held rooms, though rooms enough are free."""
    pk = on_account(story)
    assert clauses(story.refused("lin", f"/bookings/{pk}/confirm")) == ["booking.no-oversell"]
    assert story.get("lin", f"/bookings/{pk}")["state"] == "tentative"
    story.do("lin", f"/bookings/{pk}/hold")
    assert story.do("lin", f"/bookings/{pk}/confirm")["state"] == "confirmed"


@pytest.mark.parametrize("missing", ["name", "arrival_on", "departure_on", "rooms"])
def test_a_cash_booking_is_entered_whole(story: Story, missing: str) -> None:
    """booking.form-cash-fit: without name, dates or rooms nothing is written, and the field is named; payment is cash."""
    body: dict[str, Any] = {"kind": "fit_cash", "name": "魏岚", "persons": 1, **TONIGHT, "rooms": [ROOM]}
    empty = {**body, missing: [] if missing == "rooms" else ""}
    assert missing in story.refused("lin", "/bookings", empty, status=422)["errors"]
    assert story.get("lin", "/bookings") == []


def test_a_debt_is_chased_within_three_working_days(story: Story) -> None:
    """booking.collect-debts: overdue on Tuesday, sales have asked the client by Friday evening; paid, nobody asks any more."""
    story.do("cai", f"/clients/{story.scene.client.pk}/overdue", {"since_on": "2026-11-01", "amount": "5000"})
    story.runs_out("lin", "booking.collect-debts", "chase", "20:00", TODAY + timedelta(days=3))
    story.do("cai", f"/clients/{story.scene.client.pk}/overdue/clear")
    assert story.owed("lin", "booking.collect-debts") == []


def test_the_reply_waits_for_held_rooms(story: Story) -> None:
    """group.availability-first: no confirmation leaves before the rooms are held."""
    row = asked(story, FAX)
    story.do("lin", f"/enquiries/{row['id']}/take")
    answer = {"kind": "confirmation", "channel": "mail", "to": "zhao@dongjia.example"}
    assert clauses(story.refused("lin", f"/enquiries/{row['id']}/reply", answer)) == ["group.availability-first"]


def test_a_group_with_agreement_goes_ahead(story: Story) -> None:
    """booking.group-escalate, written-basis: with agreement no decision is asked for, the written request still is."""
    pk = group(story)["id"]
    story.do("he", f"/bookings/{pk}/hold")
    assert clauses(story.refused("he", f"/bookings/{pk}/confirm")) == ["booking.written-basis"]
