"""Moving an arrival re-times every open item and no finished one; what the meals and the grade change."""

from __future__ import annotations

from datetime import time, timedelta

from guiju.checklists import actions as lists
from guiju.duties.models import Duty
from guiju.vip import actions
from guiju.vip.models import VipMeal
from tests.vip.scene import BREAKFAST, DINNER, TOMORROW, Stage

LATER = timedelta(minutes=45)


def test_every_open_item_moves_and_no_finished_one(stage: Stage) -> None:
    """The flight is 45 minutes late: what hangs on the arrival and is not done is due 45 minutes later, to the minute; the rest stands."""
    plan = stage.approved()
    for who, clause, rule, item in (("fang", "vip.room-key", "key", "key"), ("ke", "vip.room-check", "room", "flowers")):
        lists.tick(stage.cast.hotel, subject=plan.subject, clause=clause, rule=rule, item=item, **stage.by(who, "12:00"))
    before = {(one.clause, one.rule, one.subject_id, one.occurrence): one for one in Duty.objects.filter(clause__startswith="vip.")}
    actions.change_plan(plan, version=plan.version, fields={"arrival_time": time(17, 25)}, reason="航班晚点", emergency=True, **stage.by("lin", "12:47"))
    anchored = {"vip.room-key", "vip.room-check", "vip.greet", "vip.parking", "vip.security"}
    moved = 0
    for one in Duty.objects.filter(clause__startswith="vip."):
        old = before.get((one.clause, one.rule, one.subject_id, one.occurrence))
        if old is None:
            continue  # opened by the change itself
        if old.met_at is None and one.clause in anchored:
            assert one.due_at == old.due_at + LATER, (one.clause, one.occurrence)
            assert one.starts_at >= old.starts_at
            moved += 1
        else:
            assert (one.due_at, one.met_at) == (old.due_at, old.met_at), (one.clause, one.occurrence)
    assert moved == 12
    done = {one.occurrence: one for one in Duty.objects.filter(met_at__isnull=False, clause__in=anchored)}
    assert done["key"].due_at == stage.cast.at("15:40") and done["flowers"].met_at == stage.cast.at("12:00")


def test_twice_moved_it_stands_where_it_was_moved_last(stage: Stage) -> None:
    plan = stage.approved()
    for clock, at in ((time(18, 0), "12:00"), (time(16, 10), "12:10")):
        plan.refresh_from_db()
        actions.change_plan(plan, version=plan.version, fields={"arrival_time": clock}, reason="航班", emergency=True, **stage.by("lin", at))
    assert Duty.objects.get(clause="vip.room-key").due_at == stage.cast.at("15:10")


def test_the_banquet_does_not_wait_for_the_flight(stage: Stage) -> None:
    """A later arrival leaves the dinner where it is; a later dinner moves only the dinner, and stays the same meal."""
    plan = stage.approved()
    dinner = VipMeal.objects.get(meal="dinner")
    actions.change_plan(plan, version=plan.version, fields={"arrival_time": time(17, 10)}, reason="航班", emergency=True, **stage.by("lin", "12:00"))
    served = Duty.objects.get(subject_id=str(dinner.pk), occurrence="served")
    assert served.due_at == stage.cast.at("17:30")
    plan.refresh_from_db()
    later = DINNER.__class__(DINNER.on, time(18, 0), "dinner", "贵宾厅", 8, "480 元/位", "忌海鲜", "陆总")
    actions.change_plan(plan, version=plan.version, fields={}, meals=[later, BREAKFAST], reason="改时间", emergency=True, **stage.by("lin", "12:10"))
    served.refresh_from_db()
    assert served.due_at == stage.cast.at("18:00") and VipMeal.objects.filter(removed_at__isnull=True).count() == 2
    plan.refresh_from_db()
    actions.change_plan(plan, version=plan.version, fields={}, meals=[later], reason="不吃早餐", emergency=True, **stage.by("lin", "12:20"))
    breakfast = Duty.objects.get(subject_kind="vip_meal", occurrence="served", ended_at__isnull=False)
    assert breakfast.due_at == stage.cast.at("07:30", TOMORROW)


def test_another_day_moves_the_meals_with_it(stage: Stage) -> None:
    plan = stage.draft()
    fields = {"arrival_on": TOMORROW, "departure_on": TOMORROW + timedelta(days=1)}
    actions.change_plan(plan, version=plan.version, fields=fields, **stage.by("lin", "08:40"))
    assert set(VipMeal.objects.filter(removed_at__isnull=True).values_list("at", flat=True)) == {
        stage.cast.at("17:30", TOMORROW), stage.cast.at("07:30", TOMORROW + timedelta(days=1)),
    }


def test_a_later_day_of_arrival_moves_only_the_meals_before_it(stage: Stage) -> None:
    """He comes a day later and leaves as planned: the dinner of the first evening moves, the breakfast stands."""
    plan = stage.draft(departure_on=TOMORROW + timedelta(days=1))
    actions.change_plan(plan, version=plan.version, fields={"arrival_on": TOMORROW}, **stage.by("lin", "08:40"))
    assert set(VipMeal.objects.filter(removed_at__isnull=True).values_list("at", flat=True)) == {
        stage.cast.at("17:30", TOMORROW), stage.cast.at("07:30", TOMORROW),
    }


def test_the_grade_decides_which_items_there_are(stage: Stage) -> None:
    plan = stage.approved()
    now = stage.cast.at("12:30")
    actions.change_plan(
        plan, version=plan.version, fields={"grade": "V3", "security": "", "spaces": 1, "plates": ""}, reason="核定", emergency=True,
        **stage.by("lin", "12:00"),
    )
    found = stage.duties(now)
    for item in ("room-check/letter", "room-check/extras", "greet/remind_gm", "security/posts", "parking/parking:2"):
        assert found.get(item, (now, "superseded"))[1] == "superseded", item
    assert found["room-check/fruit"][1] != "superseded"


def test_a_meal_removed_in_a_draft_opens_nothing(stage: Stage) -> None:
    plan = stage.draft()
    actions.change_plan(plan, version=plan.version, fields={}, meals=[DINNER], **stage.by("lin", "08:35"))
    plan.refresh_from_db()
    actions.ask_approval(plan, **stage.by("lin", "08:40"))
    stage.decide(plan, "shen", "08:50")
    stage.decide(plan, "lu", "09:00")
    assert set(Duty.objects.filter(subject_kind="vip_meal").values_list("subject_id", flat=True)) == {str(VipMeal.objects.get(removed_at__isnull=True).pk)}


def test_changed_while_it_waits_it_is_asked_for_again(stage: Stage) -> None:
    plan = stage.draft()
    actions.ask_approval(plan, **stage.by("lin", "08:40"))
    plan.refresh_from_db()
    actions.change_plan(plan, version=plan.version, fields={"room": "1901"}, **stage.by("lin", "08:45"))
    plan.refresh_from_db()
    assert (plan.state, plan.room) == ("draft", "1901")
    actions.ask_approval(plan, **stage.by("lin", "08:50"))
    stage.decide(plan, "shen", "08:55")
