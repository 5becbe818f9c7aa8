"""A VIP from plan to departure, through pages and programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.approvals.models import Approval
from guiju.checklists.models import Tick
from guiju.duties.models import Duty
from guiju.logbook.models import Entry
from guiju.papers.models import Copy, Paper
from guiju.shelf.errors import GateRefused
from guiju.vip import actions
from guiju.vip.models import VipChange, VipGuest, VipMeal, VipPlan
from guiju.vip.shapes import FIELDS, MealLine
from tests.cast import TODAY, ZONE
from tests.vip.scene import DINNER, TOMORROW, Stage

FORM: dict[str, Any] = {
    "guest_name": "郑怀山", "guest_diet": "忌海鲜", "grade": "V1", "arrival_on": TODAY.isoformat(), "arrival_time": "16:40", "arrival_by": "MU2937",
    "departure_on": TOMORROW.isoformat(), "departure_time": "09:30", "register": "floor", "spaces": "2", "party": "3",
    "amenities": ["flowers_two", "fruit_four"], "meals-0-on": TODAY.isoformat(), "meals-0-time": "17:30", "meals-0-meal": "dinner",
    "meals-0-place": "贵宾厅", "meals-0-persons": "8", "meals-0-standard": "480", "meals-0-diet": "忌海鲜",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def test_a_plan_is_written_down_asked_for_approved_and_goes_out(stage: Stage, at: Callable[..., None]) -> None:
    """林 writes it, 沈 and 陆 approve it on their page, seven departments and the archive have it, and their items stand there."""
    lin = stage.cast.sign_in("lin")
    answer = lin.post("/vip/new", FORM)
    assert answer.status_code == 302
    plan = VipPlan.objects.get()
    assert (plan.number, plan.state, plan.keeper.username) == ("V26-0001", "draft", "lin")
    assert plan.arrival_at == stage.cast.at("16:40") and plan.meals.count() == 1
    assert lin.post(f"/vip/{plan.pk}/do/ask").status_code == 302
    for who in ("shen", "lu"):
        asked = Approval.objects.get(state="waiting")
        assert stage.cast.sign_in(who).post(f"/approvals/{asked.pk}/decide", {"answer": "approve"}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "approved"
    paper = Paper.objects.get(kind="vip_plan")
    assert set(paper.copies.filter(must_sign=True).values_list("department", flat=True)) == {
        "gm_office", "security", "front_desk", "housekeeping", "fnb", "bell_desk", "front_cashier",
    }
    page = lin.get(f"/vip/{plan.pk}/").content.decode()
    assert "房间排定，钥匙装袋写名及房号，放楼层服务台" in page and "15:40" in page
    phone = stage.cast.sign_in("chen").get(f"/vip/{plan.pk}/").content.decode()
    assert "水果到房" in phone and "钥匙装袋" not in phone and "忌海鲜" in phone


def test_without_time_or_transport_it_is_not_asked_for(stage: Stage) -> None:
    """vip.arrival-known: the refusal names the clause; the general manager may waive it."""
    lin = stage.cast.sign_in("lin")
    assert lin.post("/vip/new", {**FORM, "arrival_time": ""}).status_code == 302
    plan = VipPlan.objects.get()
    refused = lin.post(f"/vip/{plan.pk}/do/ask")
    assert refused.status_code == 409 and "vip.arrival-known" in refused.content.decode()
    assert VipPlan.objects.get().state == "draft" and not Approval.objects.exists()


def test_a_meal_without_standard_is_not_asked_for(stage: Stage) -> None:
    plan = stage.draft(meals=(DINNER, MealLine(TODAY, time(12, 0), "lunch", "中餐厅", 4)))
    with pytest.raises(GateRefused) as refusal:
        actions.ask_approval(plan, **stage.by("lin", "09:00"))
    assert [one.clause for one in refusal.value.verdict.refusals] == ["vip.meals"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(stage: Stage) -> None:
    wrong = {**FORM, "guest_name": "", "departure_on": "2026-11-20", "meals-0-on": "2026-12-30", "spaces": "900", "room": "x" * 21}
    answer = stage.cast.sign_in("lin").post("/vip/new", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and "没有保存" in page and "MU2937" in page
    assert not VipPlan.objects.exists() and not VipGuest.objects.exists()


def test_the_next_plan_begins_with_the_last(stage: Stage, at: Callable[..., None]) -> None:
    """vip.history: grade, greeters and what the guest likes come from the last stay; the days do not."""
    first = stage.approved()
    guest = first.guest
    page = stage.cast.sign_in("lin").get(f"/vip/new?guest={guest.pk}").content.decode()
    assert "陆总、沈若溪、林一舟" in page and "V26-0001" in page and "1801" not in page
    again = actions.draft_plan(
        stage.cast.hotel, guest=guest, fields={"arrival_on": TOMORROW, "departure_on": TOMORROW}, **stage.by("lin", "11:00")
    )
    assert (again.grade, again.greeters, again.from_plan_id, again.arrival_time) == ("V1", first.greeters, first.pk, None)
    assert not again.meals.exists()


def test_the_ladder_of_the_grade_gives_the_amenities(stage: Stage) -> None:
    plan = actions.draft_plan(
        stage.cast.hotel, guest=stage.guest(), fields={"grade": "V2", "arrival_on": TODAY, "departure_on": TOMORROW}, **stage.by("lin", "08:30")
    )
    assert plan.amenities == ["flowers_small", "fruit_three", "drink", "gm_letter"]


def test_the_manager_sends_it_back(stage: Stage) -> None:
    plan = stage.draft()
    actions.ask_approval(plan, **stage.by("lin", "08:40"))
    stage.decide(plan, "shen", "08:50", accept=False, reason="房间未定")
    plan.refresh_from_db()
    assert plan.state == "draft" and not Paper.objects.filter(kind="vip_plan").exists()


def test_an_approved_plan_changes_only_by_approval(stage: Stage, at: Callable[..., None]) -> None:
    """Asked for with a reason; until the general manager says yes the plan and its duties stand; then only who is concerned signs again."""
    plan = stage.approved()
    lin = stage.cast.sign_in("lin")
    assert lin.post(f"/vip/{plan.pk}/change", {**_form(plan), "arrival_time": "17:10"}).status_code == 422, "without a reason"
    answer = lin.post(f"/vip/{plan.pk}/change", {**_form(plan), "arrival_time": "17:10", "reason": "航班晚点"})
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert plan.arrival_time == time(16, 40) and VipChange.objects.get().made_at is None
    stage.decide(plan, "shen", "10:10")
    stage.decide(plan, "lu", "10:20")
    plan.refresh_from_db()
    assert plan.arrival_time == time(17, 10) and VipChange.objects.get().made_at is not None
    paper = Paper.objects.get(kind="vip_plan")
    assert paper.latest == 2
    latest = {copy.department: copy.must_sign for copy in Copy.objects.filter(paper=paper, revision__number=2)}
    assert latest["security"] and latest["housekeeping"]


def test_in_an_emergency_it_changes_at_once_and_approval_is_owed(stage: Stage, at: Callable[..., None]) -> None:
    plan = stage.approved()
    actions.change_plan(
        plan, version=plan.version, fields={"arrival_time": time(17, 10)}, reason="航班晚点", emergency=True, **stage.by("lin", "12:47")
    )
    plan.refresh_from_db()
    assert plan.arrival_time == time(17, 10)
    owed = Duty.objects.get(clause="vip.plan-approved", rule="afterwards")
    assert owed.due_at == stage.cast.at("12:47", TOMORROW) and owed.met_at is None
    stage.decide(plan, "shen", "13:00", accept=False, reason="先问")
    owed.refresh_from_db()
    assert owed.met_at is None, "refused afterwards it stays owed"
    actions.ask_afterwards(plan, **stage.by("lin", "13:10"))
    stage.decide(plan, "shen", "13:20")
    stage.decide(plan, "lu", "13:30")
    owed.refresh_from_db()
    assert owed.met_at == stage.cast.at("13:30")


def test_going_ahead_before_approval(stage: Stage) -> None:
    plan = stage.draft()
    actions.go_ahead(plan, reason="两小时后到", **stage.by("lin", "14:40"))
    plan.refresh_from_db()
    assert plan.state == "approved" and plan.is_provisional and Paper.objects.filter(kind="vip_plan").exists()
    stage.decide(plan, "shen", "15:00")
    stage.decide(plan, "lu", "15:05")
    plan.refresh_from_db()
    assert not plan.is_provisional
    assert Duty.objects.get(clause="vip.plan-approved", rule="go-ahead").met_at == stage.cast.at("15:05")


def test_from_arrival_to_history(stage: Stage, at: Callable[..., None]) -> None:
    """The desk notes the arrival; within the half hour floor, card and luggage; then the departure, and what is kept."""
    plan = stage.approved()
    at("16:52")
    fang = stage.cast.sign_in("fang")
    assert fang.post(f"/vip/{plan.pk}/do/arrived", {"room": "1801"}).status_code == 302
    now = stage.cast.at("16:52")
    due = {name: moment for name, (moment, _status) in stage.duties(now).items()}
    for item in ("escort/escort", "register-on-floor/register", "luggage-in/luggage"):
        assert due[item] == stage.cast.at("17:22")
    assert due["departure/bill"] == stage.cast.at("09:00", TOMORROW)
    luggage = Duty.objects.get(clause="vip.luggage-in")
    li = stage.cast.sign_in("li")
    assert li.post(f"/checklists/items/{luggage.pk}/").status_code == 422, "the pieces are counted"
    assert li.post(f"/checklists/items/{luggage.pk}/", {"value": "4 件"}).status_code == 302
    luggage.refresh_from_db()
    assert luggage.met_at == now and Tick.objects.get(item="luggage").value == "4 件"
    at("09:40", TOMORROW)
    assert fang.post(f"/vip/{plan.pk}/do/departed").status_code == 302
    lin = stage.cast.sign_in("lin")
    assert lin.post(f"/vip/{plan.pk}/do/keep", {"summary": ""}).status_code == 422
    kept = {"summary": "签约顺利", "diet": "忌海鲜，不饮白酒，茶用龙井", "preferences": "高层、荞麦枕", "cost": "1,280"}
    assert lin.post(f"/vip/{plan.pk}/do/keep", kept).status_code == 302
    plan.refresh_from_db()
    assert plan.guest.diet.endswith("茶用龙井") and plan.cost == 1280
    assert Duty.objects.get(clause="vip.history", rule="keep").met_at == stage.cast.at("09:40", TOMORROW)


def test_the_photo_of_an_item(stage: Stage, at: Callable[..., None]) -> None:
    """The other amenities of the grade want a photo; it is kept and fetched as a download."""
    stage.approved()
    at("15:10")
    extras = Duty.objects.get(clause="vip.room-check", occurrence="extras")
    ke = stage.cast.sign_in("ke")
    assert ke.post(f"/checklists/items/{extras.pk}/").status_code == 422
    photo = SimpleUploadedFile("room.png", PNG, "image/png")
    assert ke.post(f"/checklists/items/{extras.pk}/", {"photo": photo}).status_code == 302
    row = Tick.objects.get(item="extras")
    fetched = ke.get(f"/checklists/ticks/{row.pk}/photo")
    assert fetched.status_code == 200 and fetched.content == PNG and "attachment" in fetched["Content-Disposition"]
    assert stage.cast.sign_in("chen").get(f"/checklists/ticks/{row.pk}/photo").status_code == 404


def test_who_does_not_come(stage: Stage) -> None:
    plan = stage.approved()
    actions.cancel(plan, reason="行程取消", **stage.by("lin", "11:00"))
    now = stage.cast.at("12:00")
    open_items = {name for name, (_due, status) in stage.duties(now).items() if status not in ("superseded", "met")}
    assert open_items <= {"plan-approved/sales_manager", "plan-approved/gm"}, open_items
    assert Paper.objects.get(kind="vip_plan").voided_at is not None


def test_the_duty_manager_reads_it(stage: Stage, at: Callable[..., None]) -> None:
    plan = stage.approved()
    assert stage.cast.sign_in("zhi").post(f"/vip/{plan.pk}/do/acknowledge").status_code == 302
    assert Duty.objects.get(rule="duty-manager").met_at == stage.cast.at("10:00")
    assert stage.cast.sign_in("lin").post(f"/vip/{plan.pk}/do/acknowledge").status_code == 403


def test_a_stale_save_shows_both(stage: Stage, at: Callable[..., None]) -> None:
    plan = stage.draft()
    lin = stage.cast.sign_in("lin")
    assert lin.post(f"/vip/{plan.pk}/change", {**_form(plan), "room": "1802"}).status_code == 302
    answer = lin.post(f"/vip/{plan.pk}/change", {**_form(plan), "room": "1901"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "1901" in page and "1802" in page
    assert VipPlan.objects.get().room == "1802"


def test_letter_and_card_in_the_guests_language(stage: Stage) -> None:
    plan = stage.approved()
    lin = stage.cast.sign_in("lin")
    for query in ("", "?kind=card", "?lang=en", "?kind=card&lang=en"):
        answer = lin.get(f"/vip/{plan.pk}/letter{query}")
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF"), query
    assert lin.get(f"/vip/{plan.pk}/letter?lang=xx").status_code == 404


def test_pages_ask_at_most_twelve_times(stage: Stage, at: Callable[..., None]) -> None:
    plan = stage.approved()
    for number in range(6):
        stage.draft(guest=VipGuest.objects.create(hotel=stage.cast.hotel, name=f"客人{number}", created_at=stage.cast.at("08:00")))
    at("15:00")
    pages = [("lin", f"/vip/{plan.pk}/"), ("chen", f"/vip/{plan.pk}/"), ("lin", "/vip/"), ("lin", f"/vip/{plan.pk}/side"), ("lin", f"/vip/{plan.pk}/out"), ("lin", f"/vip/guests/{plan.guest_id}/"),
             ("ke", "/checklists/"), ("lin", f"/vip/new?guest={plan.guest_id}"), ("lin", f"/vip/{plan.pk}/change")]
    for who, path in pages:
        browser = stage.cast.sign_in(who)
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        assert len(asked) <= 12, (who, path, len(asked), [one["sql"].partition(" FROM ")[2][:60] for one in asked])


def _form(plan: VipPlan) -> dict[str, Any]:
    """The change page as a browser would send it back."""
    found: dict[str, Any] = {name: getattr(plan, name) for name in FIELDS}
    found = {name: ("" if value is None else value) for name, value in found.items()}
    for number, meal in enumerate(VipMeal.objects.filter(plan=plan, removed_at__isnull=True).order_by("at")):
        local = meal.at.astimezone(ZONE)
        found |= {
            f"meals-{number}-on": local.date().isoformat(), f"meals-{number}-time": f"{local:%H:%M}", f"meals-{number}-meal": meal.meal,
            f"meals-{number}-place": meal.place, f"meals-{number}-persons": meal.persons, f"meals-{number}-standard": meal.standard,
            f"meals-{number}-diet": meal.diet, f"meals-{number}-host": meal.host,
        }
    return {**found, "version": plan.version}


def test_the_logbook_says_what_happened_not_what_was_noted(stage: Stage) -> None:
    plan = stage.approved()
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"vip.drafted", "vip.approved", "vip.distributed", "vip_meal.planned"} <= kinds
    assert plan.guest.name not in " ".join(Entry.objects.filter(kind__startswith="vip").values_list("body", flat=True))
