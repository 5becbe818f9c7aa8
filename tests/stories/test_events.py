"""Events by the book: the order to the departments, numbers and deposits in time, the file afterwards, the clerk's library, next time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from guiju.function_space.actions import add_hall
from guiju.function_space.models import Hall, HallSection, Section
from guiju.shelf.actor import the_clock
from tests.cast import TODAY
from tests.stories.conftest import Story

ORDER, FILE, ARCHIVE = "event.order", "event.file", "event.archive"
WEDDING = date(2026, 12, 19)
RECEIVERS = {
    "front_desk": "fang", "front_cashier": "ma", "fnb": "chen", "housekeeping": "ke", "security": "an", "pr": "qiao", "gm_office": "zong",
    "finance": "cai", "bell_desk": "li",
}
SEVEN = {"fnb", "front_desk", "housekeeping", "security", "bell_desk", "front_cashier", "finance"}


def hall(story: Story, code: str = "BQ") -> str:
    """The banquet hall of the house."""
    known = Hall.objects.filter(code=code).first()
    if known is not None:
        return str(known.pk)
    made = add_hall(
        story.cast.hotel, code=code, name="百合厅", name_en="Lily hall", setup_minutes=120, turn_minutes=60,
        by=the_clock(story.cast.hotel.pk), now=story.cast.at("08:00"),
    )
    return str(made.pk)


def moment(day: date, clock: str) -> str:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}:00+08:00").isoformat()


def opened(story: Story, day: date = WEDDING, *, persons: int = 300, tables: int = 30, who: str = "lin", **card: Any) -> tuple[str, str]:
    """An event with one function in the hall and something offered: (event, function)."""
    known = {"name": "陈林婚宴", "kind": "wedding", "on": day.isoformat(), "contact": "陈先生", "occasion": "婚礼", "requests": "清真两桌"}
    pk = str(story.do(who, "/events", {**known, **card})["id"])
    plan = {
        "name": "婚宴", "from_at": moment(day, "18:00"), "until_at": moment(day, "21:00"), "hall": hall(story), "setup": "banquet",
        "expected_persons": persons, "expected_tables": tables,
    }
    function = str(story.do(who, f"/events/{pk}/functions", plan)["id"])
    menu = {"part": "menu", "function": function, "text": "百年好合宴", "details": "八冷碟\n龙虾两吃", "basis": "table", "price": "3888"}
    story.do(who, f"/events/{pk}/lines", menu)
    return pk, function


def definite(story: Story, day: date = WEDDING, **more: Any) -> tuple[str, str]:
    """The same, its hall taken and the client agreed."""
    pk, function = opened(story, day, **more)
    story.do("lin", f"/events/{pk}/quote", {"valid_until_on": min(day, TODAY + timedelta(days=7)).isoformat()})
    story.do("lin", f"/events/functions/{function}/hall", {})
    story.do("lin", f"/events/{pk}/confirm", {"agreed_how": "合同 2026-88"})
    return pk, function


def gm_signs(story: Story, pk: str) -> None:
    """The seller puts it before the general manager, who says yes."""
    story.do("lin", f"/events/{pk}/ask-gm", {})
    (waiting,) = [one for one in story.get("lu", "/approvals") if one["state"] == "waiting"]
    story.do("lu", f"/approvals/{waiting['id']}/decide", {"accept": True})


def issued(story: Story, day: date = WEDDING, **more: Any) -> tuple[str, str, str]:
    """A definite event whose order is out: (event, function, paper)."""
    pk, function = definite(story, day, **more)
    if more.get("persons", 300) >= 50:
        gm_signs(story, pk)
    return pk, function, str(story.do("lin", f"/events/{pk}/issue")["id"])


def sign(story: Story, paper: str, *departments: str) -> None:
    for copy in story.get("shen", f"/papers/{paper}")["copies"]:
        if copy["must_sign"] and not copy["signed_at"] and (not departments or copy["department"] in departments):
            story.do(RECEIVERS[copy["department"]], f"/papers/copies/{copy['id']}/sign")


def to_sign(story: Story, paper: str) -> set[str]:
    """The departments whose signature is open."""
    return {one["department"] for one in story.get("shen", f"/papers/{paper}")["copies"] if one["must_sign"] and not one["signed_at"]}


def held(story: Story, pk: str, function: str, persons: int = 318, tables: int = 32, day: date = WEDDING) -> None:
    story.at("22:00", day)
    story.do("lin", f"/events/{pk}/took-place", {"counts": [{"function": function, "persons": persons, "tables": tables}]})


def test_a_large_event_is_signed_by_the_general_manager_first(story: Story) -> None:
    """event.order: from fifty diners, five tables or ten rooms; he who asked does not sign it himself."""
    pk, _function = definite(story, persons=50, tables=4)
    refusal = story.refused("lin", f"/events/{pk}/issue")
    assert refusal["code"] == "gate" and ORDER in str(refusal["clauses"]), refusal
    story.do("lin", f"/events/{pk}/ask-gm", {})
    gm = [one for one in story.get("lu", "/approvals") if one["state"] == "waiting"]
    assert len(gm) == 1
    story.refused("shen", f"/approvals/{gm[0]['id']}/decide", {"accept": True}, status=404)
    story.do("lu", f"/approvals/{gm[0]['id']}/decide", {"accept": True})
    assert story.do("lin", f"/events/{pk}/issue")["number"] == "EO26-0001"
    small, _other = definite(story, WEDDING + timedelta(days=1), persons=49, tables=4)
    story.do("lin", f"/events/{small}/issue")


def test_who_holds_the_order(story: Story) -> None:
    """event.order: seven departments; PR where there are signs; the general manager's office of a large event."""
    small, _function, paper = issued(story, persons=40, tables=4)
    copies = story.copies(paper)
    assert {name for name, copy in copies.items() if copy["must_sign"]} == SEVEN and copies["sales"]["archive"]
    story.do("lin", "/art", {"what": "welcome_board", "about": f"event:{small}", "text_zh": "陈林联姻", "place": "大堂", "due_at": moment(WEDDING, "10:00")})
    assert set(story.copies(paper)) == SEVEN | {"sales", "pr"}
    _large, _function, paper = issued(story, WEDDING + timedelta(days=1))
    assert set(story.copies(paper)) == SEVEN | {"sales", "gm_office"}


def test_an_order_that_is_not_definite_does_not_go_out(story: Story) -> None:
    """event.order: only what the client agreed with goes to the departments; nobody is passed over."""
    pk, _function = opened(story, persons=40, tables=4)
    assert story.refused("lin", f"/events/{pk}/issue")["code"] == "wrong_state"
    pk, _function = definite(story, WEDDING + timedelta(days=1), persons=40, tables=4)
    story.nobody_signs_for("fnb", "can")
    refusal = story.refused("lin", f"/events/{pk}/issue")
    assert "receivers_named" in str(refusal), refusal


def test_the_order_is_out_three_days_before(story: Story) -> None:
    """event.order: by 18:00 three days before; the days move with the event; a late event has four hours."""
    pk, function = definite(story, persons=40, tables=4)
    earlier = WEDDING - timedelta(days=7)
    story.do("lin", f"/events/functions/{function}", {"from_at": moment(earlier, "18:00"), "until_at": moment(earlier, "21:00")}, method="patch")
    story.runs_out("lin", ORDER, "issue", "18:00", earlier - timedelta(days=3))
    story.do("lin", f"/events/{pk}/issue")
    assert [one["status"] for one in story.behind(ORDER, "issue")] == ["met_late"]


def test_an_event_at_short_notice(story: Story) -> None:
    """event.order: made definite within three days, its order is out in four hours."""
    definite(story, TODAY + timedelta(days=2), persons=40, tables=4)
    assert story.lasted(ORDER, "issue-soon") == {timedelta(hours=4)}


def test_departments_sign_three_days_before(story: Story) -> None:
    """event.order: each signs by 18:00 three days before; what comes later is signed the same day."""
    _pk, _function, paper = issued(story, persons=40, tables=4)
    sign(story, paper, "front_desk")
    story.runs_out("chen", ORDER, "sign", "18:00", WEDDING - timedelta(days=3))
    assert not story.owed("fang", ORDER, "sign")
    sign(story, paper, "fnb")
    assert {one["status"] for one in story.behind(ORDER, "sign")} == {"met", "met_late", "late"}


def test_a_late_order_is_signed_the_same_day(story: Story) -> None:
    """event.order: issued two days before, it is signed by six of that day."""
    issued(story, TODAY + timedelta(days=2), persons=40, tables=4)
    story.runs_out("chen", ORDER, "sign-soon", "18:00")


def test_numbers_are_guaranteed_72_hours_before(story: Story) -> None:
    """event.order: and only those whose part changed sign again."""
    pk, function, paper = issued(story)
    sign(story, paper)
    assert to_sign(story, paper) == set()
    story.runs_out("lin", ORDER, "guarantee", "18:00", WEDDING - timedelta(days=3))
    story.at("10:00", WEDDING - timedelta(days=4))
    counts = [{"function": function, "persons": 320, "tables": 32}]
    event = story.do("lin", f"/events/{pk}/guarantee", {"counts": counts})
    assert event["guaranteed"] == "124416.00" and event["estimated"] == "116640.00"
    assert to_sign(story, paper) == {"fnb", "front_cashier", "finance"}
    assert [one["status"] for one in story.behind(ORDER, "guarantee")] == ["met"]
    story.do("lin", f"/events/{pk}/guarantee", {"counts": counts})
    assert story.get("shen", f"/papers/{paper}")["revision"] == 2


def test_a_deposit_is_received_on_its_day(story: Story) -> None:
    """event.order: by the day agreed, with a receipt; what is not asked for any more is owed no more."""
    pk, _function = opened(story)
    due = TODAY + timedelta(days=3)
    row = story.do("lin", f"/events/{pk}/deposits", {"label": "首期", "amount": "30000", "due_on": due.isoformat()})
    other = story.do("lin", f"/events/{pk}/deposits", {"label": "二期", "amount": "20000", "due_on": due.isoformat()})
    story.do("lin", f"/events/deposits/{other['id']}/drop", {"reason": "并入首期"})
    story.runs_out("lin", ORDER, "deposit", "18:00", due)
    story.refused("cai", f"/events/deposits/{row['id']}/received", {"amount": "30000", "receipt": ""}, status=422)
    assert story.do("cai", f"/events/deposits/{row['id']}/received", {"amount": "30000", "receipt": "0031", "how": "转账"})["receipt"] == "0031"
    assert sorted(one["status"] for one in story.behind(ORDER, "deposit")) == ["met_late", "superseded"]


def test_what_cancelling_costs(story: Story) -> None:
    """event.order: by the days left; everybody who holds the order is told and signs."""
    pk, _function, paper = issued(story, persons=40, tables=4)
    sign(story, paper)
    story.at("10:00", WEDDING - timedelta(days=6))
    told = {"reason": "家中有事", "told_by": "陈先生", "told_how": "phone"}
    story.do("lin", f"/events/{pk}/cancel", told)
    page = story.cast.sign_in("shen", now=story.cast.at("10:00", WEDDING - timedelta(days=6))).get(f"/events/{pk}/").content.decode()
    assert "7,776" in page  # half of four tables at 3,888
    notices = [one for one in story.get("chen", "/papers/inbox") if one["kind"] == "change_notice"]
    assert len(notices) == 1 and to_sign(story, notices[0]["paper"]) == SEVEN
    assert not [one for one in story.owed("lin", ORDER) if one["status"] in ("open", "soon", "late")]


def judged(story: Story, pk: str) -> tuple[str, list[str]]:
    """How the event's file stands: (stands, what is missing)."""
    found = [one for one in story.get("shen", f"/compliance/records/event/{pk}") if one["clause"] == FILE]
    assert len(found) == 1
    return found[0]["stands"], found[0]["gaps"]


def test_the_file_is_handed_in_within_three_days(story: Story) -> None:
    """event.file: time, cost, scale, numbers, menu, occasion, wishes; by 18:00 of the third day."""
    pk, function = definite(story, persons=40, tables=4, occasion="")
    assert judged(story, pk)[0] == "not_applicable"
    held(story, pk, function, 44, 5)
    assert judged(story, pk) == ("gap", ["occasion", "opinions"])
    story.runs_out("lin", FILE, "hand-in", "18:00", WEDDING + timedelta(days=3))
    story.refused("lin", f"/events/{pk}/file", {}, status=422)
    event = story.do("lin", f"/events/{pk}/file", {"occasion": "婚礼", "opinions": "菜好，灯光偏暗"})
    assert event["charged"] == "19440.00" and event["again_on"] == "2027-12-19"
    assert judged(story, pk) == ("complete", [])
    assert [one["status"] for one in story.behind(FILE, "hand-in")] == ["met_late"]


def test_the_clerk_keeps_the_file(story: Story) -> None:
    """event.archive: within two working days; sellers do not archive their own."""
    pk, function = definite(story, persons=40, tables=4)
    held(story, pk, function)
    story.at("10:00", WEDDING + timedelta(days=2))  # a Monday
    story.do("lin", f"/events/{pk}/file", {"opinions": "满意"})
    story.runs_out("wen", ARCHIVE, "keep", "20:00", WEDDING + timedelta(days=4))
    story.refused("lin", f"/events/{pk}/archive", {"place": "活动柜 3"}, status=403)
    assert story.do("wen", f"/events/{pk}/archive", {"place": "活动柜 3"})["state"] == "archived"
    assert [one["status"] for one in story.behind(ARCHIVE, "keep")] == ["met_late"]


def test_the_client_is_asked_before_its_time_comes_round(story: Story) -> None:
    """event.archive: ninety days before the day it may be held again; repeating it opens the same event with its plan."""
    pk, function = definite(story)
    held(story, pk, function)
    story.do("lin", f"/events/{pk}/file", {"opinions": "满意", "again_on": "2027-12-18"})
    story.do("wen", f"/events/{pk}/archive", {"place": "活动柜 3"})
    story.begins("lin", ARCHIVE, "ask-again", "18:00", date(2027, 9, 5))
    again = story.do("lin", f"/events/{pk}/again", {"on": "2027-12-18"})
    assert again["functions"][0]["expected_persons"] == 318 and again["lines"][0]["text"] == "百年好合宴" and again["state"] == "asked"
    assert again["functions"][0]["from_at"].startswith("2027-12-18T10:00")
    assert [one["status"] for one in story.behind(ARCHIVE, "ask-again")] == ["met"]
    assert HallSection.objects.count() == Section.objects.count() == 1
