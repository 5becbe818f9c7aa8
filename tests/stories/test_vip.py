"""A VIP through programs: the plan, its approval and papers, what is ready when, arrival, meals, departure, what is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from guiju.duties.models import Duty
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_records import judged

TOMORROW = TODAY + timedelta(days=1)
DINNER = {
    "on": TODAY.isoformat(), "time": "17:30:00", "meal": "dinner", "place": "贵宾厅", "persons": 8, "standard": "480 元/位", "diet": "忌海鲜",
}
PLAN: dict[str, Any] = {
    "grade": "V1", "arrival_on": TODAY.isoformat(), "arrival_time": "16:40:00", "arrival_by": "MU2937", "departure_on": TOMORROW.isoformat(),
    "departure_time": "09:30:00", "room": "1801", "spaces": 2, "meals": [DINNER],
}


def plan_of(story: Story, **more: Any) -> str:
    """A plan that 林 writes down: its id."""
    guest = story.do("lin", "/vips/guests", {"name": "郑怀山", "position": "董事长"})["id"]
    return str(story.do("lin", "/vips", {**PLAN, "guest": guest, **more})["id"])


def approve(story: Story, pk: str, *who: str) -> None:
    """Asked for, and each in turn says yes."""
    story.do("lin", f"/vips/{pk}/ask")
    say_yes(story, *who)


def say_yes(story: Story, *who: str) -> None:
    for one in who:
        waiting = [row for row in story.get(one, "/approvals") if row["may_decide"]]
        assert waiting, f"nothing waits for {one}"
        story.do(one, f"/approvals/{waiting[0]['id']}/decide", {"accept": True})


def received(story: Story, **more: Any) -> str:
    """An approved plan, out to the departments."""
    pk = plan_of(story, **more)
    approve(story, pk, "shen", "lu" if more.get("grade", "V1") in ("VVIP", "V1") else "zong")
    return pk


def item(story: Story, who: str, clause: str, name: str) -> dict[str, Any]:
    """One item of a checklist as this person's program reads it."""
    found = [one for one in story.get(who, "/checklists") if one["clause"] == clause and one["item"] == name]
    assert len(found) == 1, f"{who} has no {clause}/{name}"
    return dict(found[0])


def none(story: Story, who: str, clause: str, name: str) -> None:
    assert not [one for one in story.get(who, "/checklists") if one["clause"] == clause and one["item"] == name and not one["done_at"]]


def due(story: Story, who: str, clause: str, name: str, clock: str, day: date = TODAY) -> None:
    """It is due at this minute."""
    assert datetime.fromisoformat(item(story, who, clause, name)["due_at"]) == story.cast.at(clock, day), clause


def done(story: Story, who: str, clause: str, name: str, **proof: Any) -> str:
    """It is ticked; how its duty stands then."""
    one = item(story, who, clause, name)
    story.do(who, f"/checklists/items/{one['id']}/tick", proof)
    row = Duty.objects.get(pk=one["id"])
    assert row.met_at is not None, f"{clause}/{name} is not met by its tick"
    return "met" if row.met_at <= row.due_at else "met_late"


def test_the_key_lies_at_the_floor_desk_an_hour_before(story: Story) -> None:
    """vip.room-key: nothing before the plan is approved; due at 15:40; at the minute in time."""
    pk = plan_of(story)
    none(story, "fang", "vip.room-key", "key")
    approve(story, pk, "shen", "lu")
    due(story, "fang", "vip.room-key", "key", "15:40")
    story.at("15:40")
    assert done(story, "fang", "vip.room-key", "key") == "met"


def test_the_room_is_gone_through_an_hour_before(story: Story) -> None:
    """vip.room-check: equipment, flowers, fruit; letter, card and the rest by grade; the ladder of the grade fills the plan."""
    pk = received(story)
    assert story.get("lin", f"/vips/{pk}")["fields"]["amenities"] == [
        "flowers_two", "fruit_four", "cookies", "newspapers", "gift", "gm_letter", "gm_card",
    ]
    story.at("15:00")
    for who, name in (("ke", "equipment"), ("ke", "flowers"), ("ke", "extras"), ("chen", "fruit"), ("lin", "letter"), ("lin", "card")):
        due(story, who, "vip.room-check", name, "15:40")
    story.at("15:41")
    assert done(story, "chen", "vip.room-check", "fruit") == "met_late"
    problem = story.refused("ke", f"/checklists/items/{item(story, 'ke', 'vip.room-check', 'extras')['id']}/tick", status=422)
    assert "photo" in problem["errors"]


def test_a_lower_grade_has_fewer_things(story: Story) -> None:
    """vip.room-check, vip.greet, vip.security: V3 has no letter, nobody reminds the general manager, no posts unless ordered."""
    received(story, grade="V3")
    story.at("15:00")
    for who, clause, name in (("lin", "vip.room-check", "letter"), ("zong", "vip.greet", "remind_gm"), ("an", "vip.security", "posts"), ("an", "vip.security", "ordered")):
        none(story, who, clause, name)
    due(story, "lin", "vip.room-check", "card", "15:40")


def test_meals_are_complete_before_and_confirmed_after_approval(story: Story) -> None:
    """vip.meals: a meal without standard or diet is not put up; F&B confirms within four hours of the approval."""
    pk = plan_of(story, meals=[{**DINNER, "diet": ""}])
    problem = story.refused("lin", f"/vips/{pk}/ask")
    assert "vip.meals" in [one["clause"] for one in problem["clauses"]]
    version = story.get("lin", f"/vips/{pk}")["version"]
    story.do("lin", f"/vips/{pk}", {"version": version, "meals": [DINNER]}, method="patch")
    approve(story, pk, "shen", "lu")
    due(story, "chen", "vip.meals", "order", "14:00")
    story.at("14:00")
    assert done(story, "chen", "vip.meals", "order") == "met"


def test_a_meal_is_written_down_whole(story: Story) -> None:
    """vip.meals: place, time, number, standard, diet."""
    pk = plan_of(story, meals=[DINNER, {**DINNER, "meal": "tea", "time": "18:30:00", "standard": "", "diet": ""}])
    dinner, tea = sorted(story.get("lin", f"/vips/{pk}")["meals"], key=lambda meal: str(meal["at"]))
    assert judged(story, "vip.meals", "vip_meal", dinner["id"])[0] == "complete"
    assert judged(story, "vip.meals", "vip_meal", tea["id"]) == ("gap", ["place", "time", "persons", "standard", "diet"], ["standard", "diet"])


def test_the_arrival_is_known_before_the_plan_is_put_up(story: Story) -> None:
    """vip.arrival-known: neither without the time nor without the transport; only the general manager lets it pass."""
    for gap in ({"arrival_time": None}, {"arrival_by": ""}):
        pk = plan_of(story, **gap)
        problem = story.refused("lin", f"/vips/{pk}/ask")
        assert [one["clause"] for one in problem["clauses"]] == ["vip.arrival-known"]
    waived = {"verb": "vip.ask_approval", "clause": "vip.arrival-known", "rule": "known", "need": "arrival_known", "subject": ["vip", pk], "reason": "专机"}
    story.refused("shen", "/gates/waive", waived, status=403)
    story.do("lu", "/gates/waive", waived)
    story.do("lin", f"/vips/{pk}/ask")


def test_the_general_manager_approves_the_highest(story: Story) -> None:
    """vip.plan-approved: V1 goes to the sales manager and the general manager, V3 to the GM's office; before that nothing goes out."""
    pk = plan_of(story)
    problem = story.refused("lin", f"/vips/{pk}/distribute")
    assert "vip.plan-approved" in [one["clause"] for one in problem["clauses"]]
    story.do("lin", f"/vips/{pk}/ask")
    say_yes(story, "shen")
    assert not [row for row in story.get("zong", "/approvals") if row["may_decide"]]
    say_yes(story, "lu")
    low = plan_of(story, grade="V3")
    approve(story, low, "shen", "zong")
    assert story.get("lin", f"/vips/{low}")["state"] == "approved"


def test_an_approved_plan_goes_to_seven_departments(story: Story) -> None:
    """vip.plan-approved: each signs; sales keeps its own; the duty manager reads it within four hours and before the arrival."""
    received(story)
    (paper,) = {copy["paper"] for copy in story.get("fang", "/papers/inbox") if copy["kind"] == "vip_plan"}
    copies = story.copies(paper)
    assert set(copies) == {"gm_office", "security", "front_desk", "housekeeping", "fnb", "bell_desk", "front_cashier", "sales"}
    assert all(copy["must_sign"] for name, copy in copies.items() if name != "sales") and copies["sales"]["archive"]
    story.runs_out("zhi", "vip.plan-approved", "duty-manager", "14:00")


def test_it_is_not_out_while_nobody_signs(story: Story) -> None:
    """vip.plan-approved: a department without a receiver holds the paper back; it is distributed within the hour once there is one."""
    story.nobody_signs_for("fnb", "can")
    pk = received(story)
    assert not [copy for copy in story.get("an", "/papers/inbox") if copy["kind"] == "vip_plan"]
    problem = story.refused("lin", f"/vips/{pk}/distribute")
    assert "vip.plan-approved" in [one["clause"] for one in problem["clauses"]]
    story.runs_out("lin", "vip.plan-approved", "distribute", "11:00")


def test_an_approved_plan_changes_only_by_approval(story: Story) -> None:
    """vip.plan-approved: without approval the time stands; in an emergency it changes at once and approval is owed within 24 hours."""
    pk = received(story)
    version = story.get("lin", f"/vips/{pk}")["version"]
    later = {"version": version, "arrival_time": "17:10:00", "reason": "航班晚点"}
    answer = story.do("lin", f"/vips/{pk}", later, method="patch")
    assert answer["waits_for_approval"] and answer["fields"]["arrival_time"] == "16:40:00"
    answer = story.do("lin", f"/vips/{pk}", {**later, "emergency": True}, method="patch")
    assert answer["fields"]["arrival_time"] == "17:10:00"
    story.runs_out("lin", "vip.plan-approved", "afterwards", "10:00", TOMORROW)


def test_what_went_ahead_is_approved_within_a_day(story: Story) -> None:
    """vip.plan-approved: a plan that could not wait holds at once, is out, and its approval is owed; a change approved meanwhile is another matter."""
    pk = plan_of(story)
    assert story.refused("lin", f"/vips/{pk}/go-ahead", status=422)["errors"].keys() == {"reason"}
    assert story.do("lin", f"/vips/{pk}/go-ahead", {"reason": "两小时后到"})["is_provisional"]
    assert [copy for copy in story.get("an", "/papers/inbox") if copy["kind"] == "vip_plan"]
    story.runs_out("lin", "vip.plan-approved", "go-ahead", "10:00", TOMORROW)
    say_yes(story, "shen", "lu")
    assert story.status("vip.plan-approved", "go-ahead") == ["met_late"]


def test_half_an_hour_before_they_stand_at_the_door(story: Story) -> None:
    """vip.greet: seller and manager at 16:10, the general manager reminded at 16:30."""
    received(story)
    story.at("15:00")
    due(story, "lin", "vip.greet", "seller", "16:10")
    due(story, "shen", "vip.greet", "manager", "16:10")
    due(story, "zong", "vip.greet", "remind_gm", "16:30")


def test_the_spaces_at_the_door_are_kept(story: Story) -> None:
    """vip.parking: as many as the plan says, at 16:10."""
    received(story, plates="沪A12345")
    story.at("15:00")
    due(story, "an", "vip.parking", "parking:沪A12345", "16:10")
    due(story, "an", "vip.parking", "parking:2", "16:10")


def test_security_signs_and_mans_its_posts(story: Story) -> None:
    """vip.security: the plan signed for two hours before, the posts at 16:10; a lower grade only where it is ordered."""
    received(story)
    story.at("14:00")
    story.runs_out("an", "vip.security", "told", "14:40")
    due(story, "an", "vip.security", "posts", "16:10")
    copy = next(one for one in story.get("an", "/papers/inbox") if one["kind"] == "vip_plan")
    story.do("an", f"/papers/copies/{copy['id']}/sign")
    assert story.status("vip.security", "told") == ["met_late"]


def test_security_that_is_ordered_for_a_lower_grade(story: Story) -> None:
    received(story, grade="V3", security="随车一人")
    story.at("15:00")
    due(story, "an", "vip.security", "ordered", "16:10")
    assert not story.duties("vip.security", "told")


def here(story: Story) -> str:
    """He came at 16:52."""
    pk = received(story)
    story.at("16:52")
    story.do("fang", f"/vips/{pk}/arrived", {"room": "1801"})
    return pk


def test_within_half_an_hour_he_is_on_his_floor(story: Story) -> None:
    """vip.escort: from the moment he really came."""
    here(story)
    due(story, "lin", "vip.escort", "escort", "17:22")
    story.at("17:22")
    assert done(story, "lin", "vip.escort", "escort") == "met"


def test_within_half_an_hour_his_card_is_at_the_desk(story: Story) -> None:
    """vip.register-on-floor"""
    here(story)
    due(story, "fang", "vip.register-on-floor", "register", "17:22")
    story.at("17:23")
    assert done(story, "fang", "vip.register-on-floor", "register") == "met_late"


def test_within_half_an_hour_his_luggage_is_in_the_room(story: Story) -> None:
    """vip.luggage-in: with the number of pieces."""
    here(story)
    due(story, "li", "vip.luggage-in", "luggage", "17:22")
    one = item(story, "li", "vip.luggage-in", "luggage")
    assert "value" in story.refused("li", f"/checklists/items/{one['id']}/tick", status=422)["errors"]
    assert done(story, "li", "vip.luggage-in", "luggage", value="4 件") == "met"


def test_meals_are_served_and_attended(story: Story) -> None:
    """vip.meals-attend: at their time, attended ten minutes later at the latest."""
    here(story)
    due(story, "chen", "vip.meals-attend", "served", "17:30")
    due(story, "lin", "vip.meals-attend", "attended", "17:40")


def test_the_departure_is_prepared(story: Story) -> None:
    """vip.departure: nothing before the arrival; the time two hours before, luggage, bill, farewell and car half an hour before."""
    received(story)
    none(story, "ma", "vip.departure", "bill")
    assert not story.duties("vip.departure")
    pk = story.get("lin", "/vips")[0]["id"]
    story.at("16:52")
    story.do("fang", f"/vips/{pk}/arrived", {"room": "1801"})
    story.at("08:00", TOMORROW)
    due(story, "lin", "vip.departure", "time", "07:30", TOMORROW)
    for who, name in (("li", "luggage_out"), ("ma", "bill"), ("lin", "farewell"), ("an", "car")):
        due(story, who, "vip.departure", name, "09:00", TOMORROW)
    due(story, "lin", "vip.departure", "see_off", "09:40", TOMORROW)


def test_what_he_likes_is_kept_for_the_next_time(story: Story) -> None:
    """vip.history: within three days; then the record is complete and the next plan begins with the last."""
    pk = here(story)
    story.at("09:30", TOMORROW)
    story.do("fang", f"/vips/{pk}/departed")
    assert judged(story, "vip.history", "vip", pk) == ("gap", ["diet", "preferences", "summary"], ["diet", "preferences", "summary"])
    story.runs_out("lin", "vip.history", "keep", "09:30", TOMORROW + timedelta(days=3))
    story.do("lin", f"/vips/{pk}/keep", {"summary": "顺利", "diet": "忌海鲜", "preferences": "高层"})
    assert judged(story, "vip.history", "vip", pk)[0] == "complete"
    guest = story.get("lin", f"/vips/{pk}")["guest"]
    again = story.do("lin", "/vips", {"guest": guest, "arrival_on": "2026-12-20", "departure_on": "2026-12-21"})
    assert again["grade"] == "V1" and again["fields"]["spaces"] == 2


def test_who_hears_of_an_item_nobody_did(story: Story) -> None:
    """vip.room-key: the front office manager when three quarters of the time are gone, the sales manager when it is over."""
    received(story)
    story.at("15:41")
    story.round()
    for who in ("fu", "shen"):
        assert any("vip.room-key" in one["text"] for one in story.get(who, "/bell")), who
