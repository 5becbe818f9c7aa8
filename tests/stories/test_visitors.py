"""Visitors received by PR, from the first call to the report: the clauses about receptions, through HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from guiju.duties.models import Duty
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_records import judged

GRADE, PLAN, RULES, OWN = "reception.grade-by-visitor", "reception.important-plan", "reception.protocol", "reception.no-own-changes"
DAY = TODAY + timedelta(days=7)  # Tuesday 1 December


def moment(clock: str, day: date = DAY) -> str:
    return f"{day.isoformat()}T{clock}:00+08:00"


def school(story: Story, **more: Any) -> dict[str, Any]:
    """Students who come to look round: grade C."""
    given = {
        "organisation": "青岱大学旅游学院", "visitor": "school", "rank": "staff", "purpose": "study", "persons": 24, "arrival_at": moment("10:00"),
        "host": "乔安", **more,
    }
    return dict(story.do("qiao", "/visits", given))


def leaders(story: Story, **more: Any) -> dict[str, Any]:
    """The city's leaders: grade A, everything written."""
    given = {
        "organisation": "市文旅局", "visitor": "government", "rank": "bureau", "purpose": "leaders", "persons": 9, "arrival_at": moment("10:00"),
        "host": "陆总", "meeting_point": "大堂正门", "guests": [{"name": "方为", "title": "局长"}],
        "programme": [{"at": moment("10:05"), "place": "宴会厅", "what": "情况介绍", "who": "陆总"}],
        "parts": [{"person": "fang", "role": "迎接"}, {"person": "can", "role": "宴会厅介绍"}], **more,
    }
    return dict(story.do("qiao", "/visits", given))


def papers(story: Story, visit: dict[str, Any], kind: str = "letter") -> None:
    story.do("qiao", f"/visits/{visit['id']}/papers", {"kind": kind, "lies_at": "公关部档案柜 3"})


def submit(story: Story, visit: dict[str, Any], who: str = "qiao") -> str:
    return str(story.do(who, f"/visits/{visit['id']}/submit")["id"])


def yes(story: Story, who: str, approval: str) -> Any:
    return story.do(who, f"/approvals/{approval}/decide", {"accept": True})


def approved(story: Story, visit: dict[str, Any]) -> dict[str, Any]:
    """An important plan with both approvals."""
    papers(story, visit)
    asked = submit(story, visit)
    yes(story, "gu", asked)
    yes(story, "lu", asked)
    return read(story, visit)


def read(story: Story, visit: dict[str, Any], who: str = "qiao") -> dict[str, Any]:
    return dict(story.get(who, f"/visits/{visit['id']}"))


def clauses_of(problem: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(one["clause"], one["missing"]) for one in problem["clauses"]]


# ── reception.grade-by-visitor ──────────────────────────────────────────────────────────────────


def test_grade_and_scope_follow_from_who_comes_and_why(story: Story) -> None:
    visit = school(story)
    assert (visit["grade"], visit["scope"]) == ("C", ["lobby", "dining"])
    great = leaders(story)
    assert (great["grade"], great["scope"]) == ("A", ["lobby", "rooms", "suite", "dining", "kitchen"])
    fire = school(story, visitor="government", rank="county", purpose="inspection")
    assert fire["grade"] == "B" and "back" in fire["scope"]
    now_leaders = story.do("qiao", f"/visits/{visit['id']}", {"version": visit["version"], "visitor": "government", "rank": "ministry"}, method="patch")
    assert now_leaders["table"]["grade"] == "A"


def test_another_grade_has_its_reason(story: Story) -> None:
    visit = school(story, grade="B", scope=["lobby", "dining", "kitchen"])
    refused = story.refused("qiao", f"/visits/{visit['id']}/submit")
    assert clauses_of(refused) == [(GRADE, ["reason_given"])]
    story.do("qiao", f"/visits/{visit['id']}", {"version": visit["version"], "grade_reason": "院长带队，合作办学"}, method="patch")
    assert submit(story, visit)


def test_the_plan_is_approved_before_the_visit_is_confirmed(story: Story) -> None:
    visit = school(story)
    refused = story.refused("qiao", f"/visits/{visit['id']}/confirm")
    assert clauses_of(refused) == [(GRADE, ["approved"])]
    asked = submit(story, visit)
    assert clauses_of(story.refused("qiao", f"/visits/{visit['id']}/confirm")) == [(GRADE, ["approved"])]
    yes(story, "gu", asked)
    assert story.do("qiao", f"/visits/{visit['id']}/confirm")["state"] == "confirmed"


def test_the_general_manager_may_let_a_visit_be_confirmed_before(story: Story) -> None:
    visit = school(story)
    asked = {"verb": "visit.confirm", "clause": GRADE, "rule": "approved", "need": "approved", "subject": ["visit", visit["id"]]}
    story.refused("gu", "/gates/waive", {**asked, "reason": "客人已在路上"}, status=403)
    story.do("lu", "/gates/waive", {**asked, "reason": "客人已在路上"})
    assert story.do("qiao", f"/visits/{visit['id']}/confirm")["state"] == "confirmed"


def test_a_plan_is_submitted_the_day_before_by_noon(story: Story) -> None:
    school(story)
    story.runs_out("qiao", GRADE, "submit", "12:00", DAY - timedelta(days=1))
    story.at("13:05", DAY - timedelta(days=1))  # back from lunch
    story.round()
    assert told(story, "gu", GRADE)


def told(story: Story, who: str, clause: str) -> bool:
    return clause in " ".join(one["text"] for one in story.get(who, "/bell"))


def test_the_head_of_pr_approves_within_a_day_and_not_her_own(story: Story) -> None:
    submit(story, school(story))
    story.runs_out("gu", GRADE, "approve", "10:00", TODAY + timedelta(days=1))
    story.at("10:00")
    own = dict(story.do("gu", "/visits", {**_plain(), "organisation": "同业酒店", "visitor": "peer"}))
    asked = submit(story, own, "gu")
    story.refused("gu", f"/approvals/{asked}/decide", {"accept": True})
    story.runs_out("lu", GRADE, "approve-heads", "10:00", TODAY + timedelta(days=1))
    story.at("10:30")
    yes(story, "lu", asked)
    assert story.status(GRADE, "approve-heads") == ["met"]


def _plain() -> dict[str, Any]:
    return {"organisation": "来宾", "visitor": "other", "rank": "staff", "purpose": "study", "persons": 4, "arrival_at": moment("10:00"), "host": "顾晚"}


def test_who_holds_the_plan_of_an_ordinary_visit(story: Story) -> None:
    visit = school(story)
    yes(story, "gu", submit(story, visit))
    paper = story.do("qiao", f"/visits/{visit['id']}/confirm")["paper"]
    copies = story.copies(paper)
    assert list(copies) == ["front_desk", "security", "pr"]
    assert [one["must_sign"] for one in copies.values()] == [True, True, False]


def test_it_says_who_comes_why_and_who_receives_them(story: Story) -> None:
    visit = school(story, host="")
    assert judged(story, GRADE, "visit", visit["id"])[2] == ["host"]
    page = story.cast.sign_in("qiao").get(f"/visitors/{visit['id']}/").content.decode()
    assert "还缺：" in page and f"/standard/{GRADE}/" in page
    story.do("qiao", f"/visits/{visit['id']}", {"version": visit["version"], "host": "乔安"}, method="patch")
    assert judged(story, GRADE, "visit", visit["id"])[0] == "complete"


def received(story: Story, visit: dict[str, Any]) -> None:
    story.do("qiao", f"/visits/{visit['id']}/confirm")
    story.at("10:00", DAY)
    story.do("qiao", f"/visits/{visit['id']}/receive")


def test_an_ordinary_visit_is_reported_on_within_three_working_days(story: Story) -> None:
    visit = school(story)
    yes(story, "gu", submit(story, visit))
    received(story, visit)
    story.runs_out("qiao", GRADE, "report", "20:00", DAY + timedelta(days=3))
    story.at("10:00", DAY + timedelta(days=1))
    story.refused("qiao", f"/visits/{visit['id']}/report", {"as_planned": False, "shown_text": "大堂、餐厅"}, status=422)
    done = story.do("qiao", f"/visits/{visit['id']}/report", {"as_planned": True, "shown_text": "大堂、餐厅", "opinions": "想再来", "cost": "120.00"})
    assert (done["state"], done["cost"]) == ("reported", "120.00") and story.status(GRADE, "report") == ["met"]


# ── reception.important-plan ────────────────────────────────────────────────────────────────────


def test_an_important_plan_has_its_papers_and_is_filled(story: Story) -> None:
    visit = leaders(story, programme=[])
    refused = story.refused("qiao", f"/visits/{visit['id']}/submit")
    assert clauses_of(refused) == [(PLAN, ["papers_attached", "plan_filled"])]
    papers(story, visit)
    assert clauses_of(story.refused("qiao", f"/visits/{visit['id']}/submit")) == [(PLAN, ["plan_filled"])]
    assert judged(story, PLAN, "visit", visit["id"])[2] == ["programme"]
    point = [{"at": moment("10:05"), "place": "宴会厅", "what": "情况介绍"}]
    story.do("qiao", f"/visits/{visit['id']}", {"version": visit["version"], "programme": point}, method="patch")
    assert judged(story, PLAN, "visit", visit["id"])[0] == "complete"
    assert submit(story, visit)
    assert judged(story, PLAN, "visit", school(story)["id"])[0] == "not_applicable"


def test_the_instruction_of_the_government_office_is_attached(story: Story) -> None:
    visit = leaders(story, has_instruction=True)
    papers(story, visit)
    assert clauses_of(story.refused("qiao", f"/visits/{visit['id']}/submit")) == [(PLAN, ["instruction_attached"])]
    papers(story, visit, "instruction")
    assert submit(story, visit)


def test_the_general_manager_may_let_a_plan_be_submitted_without_papers(story: Story) -> None:
    visit = leaders(story)
    asked = {"verb": "visit.submit", "clause": PLAN, "rule": "papers", "need": "papers_attached", "subject": ["visit", visit["id"]]}
    story.do("lu", "/gates/waive", {**asked, "reason": "函件在途"})
    assert submit(story, visit)


def test_the_general_manager_approves_an_important_plan(story: Story) -> None:
    visit = leaders(story)
    papers(story, visit)
    asked = submit(story, visit)
    story.runs_out("gu", PLAN, "approve", "14:00")
    story.at("11:00")
    yes(story, "gu", asked)
    refused = story.refused("qiao", f"/visits/{visit['id']}/confirm")
    assert dict(clauses_of(refused)) == {GRADE: ["approved"], PLAN: ["gm_approved"]}
    story.runs_out("lu", PLAN, "approve", "11:00", TODAY + timedelta(days=1))
    story.at("12:00")
    yes(story, "lu", asked)
    locked = read(story, visit)
    assert locked["state"] == "approved" and story.status(PLAN, "approve") == ["met", "met"]
    assert story.do("qiao", f"/visits/{visit['id']}/confirm")["state"] == "confirmed"


def test_a_plan_sent_back_is_drawn_again(story: Story) -> None:
    visit = leaders(story)
    papers(story, visit)
    asked = submit(story, visit)
    story.do("gu", f"/approvals/{asked}/decide", {"accept": False, "reason": "主陪再定"})
    back = read(story, visit)
    assert back["state"] == "drawn" and story.status(PLAN, "approve") == ["superseded"]
    story.do("qiao", f"/visits/{visit['id']}", {"version": back["version"], "host": "副总经理"}, method="patch")
    again = submit(story, visit)
    story.do("qiao", f"/approvals/{again}/withdraw", {"reason": "再改日程"})
    assert read(story, visit)["state"] == "drawn"


def test_who_holds_the_plan_of_an_important_visit(story: Story) -> None:
    visit = approved(story, leaders(story))
    paper = story.do("qiao", f"/visits/{visit['id']}/confirm")["paper"]
    assert set(story.copies(paper)) == {"front_desk", "security", "gm_office", "housekeeping", "fnb", "bell_desk", "pr"}


def test_an_important_visit_is_reported_on_by_the_next_working_day(story: Story) -> None:
    visit = approved(story, leaders(story))
    received(story, visit)
    story.runs_out("qiao", PLAN, "report", "20:00", DAY + timedelta(days=1))


# ── reception.protocol ──────────────────────────────────────────────────────────────────────────


def test_everybody_who_takes_part_acknowledges_the_rules_himself(story: Story) -> None:
    visit = approved(story, leaders(story))
    assert story.status(RULES) == []
    story.do("qiao", f"/visits/{visit['id']}/confirm")
    for who in ("fang", "can"):
        assert len(story.owed(who, RULES)) == 1
    story.refused("qiao", f"/visits/{visit['id']}/acknowledge")  # takes no part
    page = story.cast.sign_in("fang").get(f"/visitors/{visit['id']}/").content.decode()
    assert "我已阅读并遵守" in page
    story.do("fang", f"/visits/{visit['id']}/acknowledge")
    assert story.owed("fang", RULES) == [] and len(story.owed("can", RULES)) == 1
    story.runs_out("can", RULES, "briefing", "09:00", DAY)
    story.round()
    assert told(story, "gu", RULES)


def test_who_is_replaced_reads_no_more(story: Story) -> None:
    visit = approved(story, leaders(story))
    confirmed = story.do("qiao", f"/visits/{visit['id']}/confirm")
    parts = [{"person": "fang", "role": "迎接"}, {"person": "ku", "role": "样板房"}]
    story.do("qiao", f"/visits/{visit['id']}/emergency", {"version": confirmed["version"], "parts": parts, "reason": "单厨临时请假"})
    assert story.owed("can", RULES) == [] and len(story.owed("ku", RULES)) == 1
    story.do("qiao", f"/visits/{visit['id']}/call-off", {"reason": "对方改期"})
    assert story.owed("ku", RULES) == []


# ── reception.no-own-changes ────────────────────────────────────────────────────────────────────


def test_an_approved_plan_changes_by_a_new_approval_only(story: Story) -> None:
    visit = approved(story, leaders(story))
    path, later = f"/visits/{visit['id']}", {"version": visit["version"], "arrival_at": moment("15:00"), "reason": "对方改到下午"}
    refused = story.refused("qiao", path, later, method="patch")
    assert clauses_of(refused) == [(OWN, ["approved"])]
    asked = story.do("qiao", f"{path}/ask-change", {**later, "programme": [{"at": moment("15:05"), "place": "宴会厅", "what": "情况介绍"}]})
    assert read(story, visit)["arrival_at"] == visit["arrival_at"] and asked["changes"][0]["state"] == "asked"
    approval = asked["changes"][0]["approval"]
    yes(story, "gu", approval)
    yes(story, "lu", approval)
    changed = read(story, visit)
    assert changed["arrival_at"] != visit["arrival_at"] and changed["changes"][0]["state"] == "made" and len(changed["programme"]) == 1
    again = story.do("qiao", f"{path}/ask-change", {"version": changed["version"], "host": "副总经理", "reason": "总经理出差"})
    story.do("gu", f"/approvals/{again['changes'][0]['approval']}/decide", {"accept": False, "reason": "不同意"})
    left = read(story, visit)
    assert left["host"] == "陆总" and left["changes"][0]["state"] == "dropped"


def test_in_an_emergency_it_changes_at_once_and_is_approved_afterwards(story: Story) -> None:
    visit = approved(story, leaders(story))
    confirmed = story.do("qiao", f"/visits/{visit['id']}/confirm")
    changed = story.do("qiao", f"/visits/{visit['id']}/emergency", {"version": confirmed["version"], "meeting_point": "东门", "reason": "正门封路"})
    assert changed["meeting_point"] == "东门" and changed["changes"][0]["emergency"] and changed["changes"][0]["approval_state"] == "waiting"
    (step,) = story.duties(OWN, "afterwards")
    assert step.due_at - step.opens_at == timedelta(hours=24) and step.owner_post == "pr_manager"
    story.runs_out("gu", OWN, "afterwards", "10:00", TODAY + timedelta(days=1))
    story.at("11:00")
    yes(story, "gu", changed["changes"][0]["approval"])
    story.runs_out("lu", OWN, "afterwards", "11:00", TODAY + timedelta(days=1))
    story.at("12:00")
    yes(story, "lu", changed["changes"][0]["approval"])
    assert story.status(OWN, "afterwards") == ["met", "met"]
    assert read(story, visit)["changes"][0]["approval_state"] == "given"


def test_an_emergency_change_of_an_ordinary_visit_goes_to_the_head_of_pr(story: Story) -> None:
    visit = school(story)
    yes(story, "gu", submit(story, visit))
    now = read(story, visit)
    changed = story.do("qiao", f"/visits/{visit['id']}/emergency", {"version": now["version"], "persons": 30, "reason": "临时加人"})
    story.runs_out("gu", OWN, "afterwards-general", "10:00", TODAY + timedelta(days=1))
    story.at("11:00")
    story.do("gu", f"/approvals/{changed['changes'][0]['approval']}/decide", {"accept": False, "reason": "照原计划"})
    assert story.status(OWN, "afterwards-general") == ["superseded"]
    again = story.do("qiao", f"/visits/changes/{changed['changes'][0]['id']}/ask")
    assert again["changes"][0]["approval_state"] == "waiting"


def test_the_general_manager_may_let_a_change_be_made_on_the_spot(story: Story) -> None:
    visit = approved(story, leaders(story))
    asked = {"verb": "visit.change", "clause": OWN, "rule": "ask-first", "need": "approved", "subject": ["visit", visit["id"]]}
    story.do("lu", "/gates/waive", {**asked, "reason": "当面同意"})
    changed = story.do("qiao", f"/visits/{visit['id']}", {"version": visit["version"], "host": "副总经理", "reason": "总经理当面同意"}, method="patch")
    assert changed["host"] == "副总经理" and not Duty.objects.filter(clause=OWN).exists()
