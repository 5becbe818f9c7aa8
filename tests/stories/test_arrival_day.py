"""The day a group comes: who is on duty, what is checked by when, and what its liaison does, each to the minute."""

from __future__ import annotations

from datetime import timedelta

from guiju.bookings.actions.liaising import PRE_ARRIVAL
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_main_job import LATER, confirmed

EVE = LATER - timedelta(days=1)


def important(story: Story) -> str:
    """An important group of Tang's, confirmed: the booking's id."""
    pk = confirmed(story)
    story.do("he", f"/bookings/{pk}/important", {"text": "推介团"})
    return pk


def arrived(story: Story) -> str:
    """A group that came at 16:00: the booking's id."""
    pk = confirmed(story)
    story.at("16:00", LATER)
    story.do("fang", f"/bookings/{pk}/arrived")
    return pk


def test_a_day_with_a_group_and_nobody_on_duty(story: Story) -> None:
    """booking.duty-roster: noted three days ahead, the manager has a day to put somebody there; then it is met."""
    day = TODAY + timedelta(days=3)
    confirmed(story, arrival=day)
    story.do("shen", "/house/roster/clear", {"department": "sales", "on": day.isoformat()})
    story.round()
    story.round()
    story.runs_out("shen", "booking.duty-roster", "fill", "10:00", TODAY + timedelta(days=1))
    story.at("11:00")
    lin = str(story.cast.people["lin"].pk)
    page = story.cast.sign_in("shen").post("/house/roster/?department=sales", {"on": day.isoformat(), "person": lin, "starts": "08:00", "ends": "20:00"})
    assert page.status_code == 302
    assert [one["status"] for one in story.behind("booking.duty-roster", "fill")] == ["met"]
    assert [one["person"] for one in story.get("shen", "/house/roster", department="sales", from_on=day, until_on=day + timedelta(days=1))] == ["lin"]


def test_rooms_and_meals_are_checked_by_eleven(story: Story) -> None:
    """booking.arrival-check: from eight on, the duty person has gone through both by 11:00 of the arrival day."""
    pk = confirmed(story)
    for about in ("rooms", "meals"):
        story.begins("lin", "booking.arrival-check", about, "08:00", LATER)
        story.runs_out("lin", "booking.arrival-check", about, "11:00", LATER)
        story.do("lin", f"/bookings/{pk}/check", {"about": about})
        assert story.owed("lin", "booking.arrival-check", about) == []


def test_a_difference_is_settled_within_two_hours(story: Story) -> None:
    """booking.arrival-check: found at 9:30, settled by 11:30."""
    pk = confirmed(story)
    story.at("09:30", LATER)
    (difference,) = story.do("lin", f"/bookings/{pk}/check", {"about": "rooms", "differences": ["总台少一间"]})["differences"]
    story.runs_out("lin", "booking.arrival-check", "resolve", "11:30", LATER)
    story.do("lin", f"/bookings/differences/{difference}/resolve", {"text": "已补一间"})
    assert story.owed("lin", "booking.arrival-check", "resolve") == []


def test_two_hours_before_it_is_known_whether_they_come_in_time(story: Story) -> None:
    """booking.liaison-normal: a group of 16:00 is known of by 14:00; said, it is off the liaison's list."""
    pk = confirmed(story)
    story.begins("tang", "booking.liaison-normal", "on-time", "08:00", LATER)
    story.runs_out("tang", "booking.liaison-normal", "on-time", "14:00", LATER)
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "on_time"})
    assert story.owed("tang", "booking.liaison-normal") == []


def test_an_important_group_is_helped_met_and_seen_off(story: Story) -> None:
    """booking.liaison-important: check-in by an hour and the leader by two after arrival, the farewell an hour after noon."""
    important(story)
    for rule, clock, on in (("check-in", "15:00", LATER), ("leader", "15:00", LATER), ("see-off", "09:00", LATER + timedelta(days=2))):
        story.begins("tang", "booking.liaison-important", rule, clock, on)
    story.runs_out("tang", "booking.liaison-important", "check-in", "17:00", LATER)
    story.runs_out("tang", "booking.liaison-important", "leader", "18:00", LATER)
    story.runs_out("tang", "booking.liaison-important", "see-off", "13:00", LATER + timedelta(days=2))


def test_the_day_before_everything_is_gone_through(story: Story) -> None:
    """group.pre-arrival: by 18:00 of the day before."""
    pk = confirmed(story)
    story.begins("tang", "group.pre-arrival", "check", "08:00", EVE)
    story.runs_out("tang", "group.pre-arrival", "check", "18:00", EVE)
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "pre_arrival", "items": dict.fromkeys(PRE_ARRIVAL, "照订单")})
    assert story.owed("tang", "group.pre-arrival", "check") == []


def test_an_important_group_is_gone_through_first(story: Story) -> None:
    """group.pre-arrival: by noon of the day before."""
    important(story)
    story.begins("tang", "group.pre-arrival", "important-first", "08:00", EVE)
    story.runs_out("tang", "group.pre-arrival", "important-first", "12:00", EVE)


def test_the_leader_is_met_within_the_hour(story: Story) -> None:
    """group.meet, group.luggage-leader: here at 16:00, met by 17:00, the luggage up by 17:30; once they have left it can only be missed."""
    pk = arrived(story)
    story.runs_out("tang", "group.meet", "meet", "17:00", LATER)
    story.runs_out("tang", "group.luggage-leader", "luggage", "17:30", LATER)
    story.at("12:00", LATER + timedelta(days=2))
    story.do("fang", f"/bookings/{pk}/departed")
    for clause, rule in (("group.meet", "meet"), ("group.luggage-leader", "luggage")):
        assert [one["status"] for one in story.behind(clause, rule)] == ["missed"]


def test_what_was_ordered_is_arranged_within_a_day(story: Story) -> None:
    """group.order-details: the bell desk has a day for the coach."""
    pk = confirmed(story)
    story.do("tang", f"/bookings/{pk}/services", {"service": "transfer", "department": "bell_desk", "text": "大巴 15:30 接站"})
    story.runs_out("li", "group.order-details", "arrange", "10:00", TODAY + timedelta(days=1))


def test_what_is_cancelled_is_owed_no_more(story: Story) -> None:
    """Both groups are cancelled: nothing is left to check, to meet or to sign for but the notice of it."""
    groups = [confirmed(story), important(story)]
    story.do("he", f"/bookings/{groups[1]}/issue")
    coach = {"service": "transfer", "department": "bell_desk", "text": "大巴接站"}
    lines = [story.do("tang", f"/bookings/{groups[1]}/services", coach) for _twice in (1, 2)]
    story.do("li", f"/bookings/services/{lines[0]['id']}/confirm")
    people = ("lin", "he", "tang", "fang", "chen", "li")
    before = {one["clause"] for who in people for one in story.get(who, "/duties")}
    assert {"booking.form-group", "booking.by-1800"} <= before
    story.at("09:00", EVE)
    for pk in groups:
        story.do("he", f"/bookings/{pk}/cancel", {"reason": "团队取消", "told_by": "赵晴", "told_how": "fax"})
    assert {one["clause"] for who in people for one in story.get(who, "/duties")} == {"booking.change-notice"}
    told = [line["text"] for line in story.get("li", "/bell") if "大巴接站" in line["text"]]
    assert len(told) == 1 and "不用安排了" in told[0]  # only for the coach that was arranged already


def test_a_later_notice_takes_the_place_of_an_unsigned_one(story: Story) -> None:
    """booking.change-notice: two changes and a cancellation in a row leave one notice to sign, and no duty for the earlier ones."""
    pk = important(story)
    story.do("he", f"/bookings/{pk}/issue")
    for persons in (22, 24):
        version = story.get("he", f"/bookings/{pk}")["version"]
        story.do("he", f"/bookings/{pk}", {"version": version, "persons": persons, "reason": "加人", "told_by": "赵晴", "told_how": "fax"}, method="patch")
        waiting = [copy for copy in story.get("fang", "/papers/inbox") if copy["kind"] == "change_notice"]
        assert len(waiting) == 1
    story.do("he", f"/bookings/{pk}/cancel", {"reason": "团队取消", "told_by": "赵晴", "told_how": "fax"})
    for who in ("fang", "ma", "chen"):
        assert len([copy for copy in story.get(who, "/papers/inbox") if copy["kind"] == "change_notice"]) == 1, who


def test_the_manager_hears_of_what_nobody_did(story: Story) -> None:
    """An ordinary group, an important one and one that has come are left alone: the sales manager's bell names each clause for each duty."""
    confirmed(story)
    story.do("tang", f"/bookings/{important(story)}/services", {"service": "transfer", "department": "bell_desk", "text": "大巴"})
    here = confirmed(story)
    story.at("09:30", LATER)
    story.do("lin", f"/bookings/{here}/check", {"about": "rooms", "differences": ["总台少一间"]})
    story.at("16:00", LATER)
    story.do("fang", f"/bookings/{here}/arrived")
    story.at("10:00", LATER + timedelta(days=3))
    story.round()
    assert story.named_in_bell("shen") == {
        "booking.form-group": 3 + 2 * 3, "booking.arrival-check": 4 + 1 + 1, "booking.liaison-normal": 1, "booking.liaison-important": 3,
        "group.pre-arrival": 3 + 2, "group.order-details": 1, "group.meet": 1, "group.luggage-leader": 1,
    }
