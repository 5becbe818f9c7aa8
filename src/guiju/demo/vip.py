"""VIPs in progress: one who stayed last month and comes this afternoon, one who just arrived, one whose plan waits for approval, a draft."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from guiju.approvals import actions as approvals
from guiju.approvals.models import Approval
from guiju.checklists import actions as lists
from guiju.checklists.queries import is_item
from guiju.demo.base import Stage
from guiju.duties.models import Duty
from guiju.house.acting import acting
from guiju.papers import actions as papers
from guiju.papers.models import Copy
from guiju.vip import actions
from guiju.vip.models import VipGuest, VipPlan
from guiju.vip.shapes import MealLine
from guiju.vip.stay import meals_of

SIGNERS = {
    "gm_office": "zong", "front_desk": "fang", "housekeeping": "ke", "security": "an", "bell_desk": "li", "fnb": "chen", "front_cashier": "ma",
}
SIGNED = ("gm_office", "front_desk", "housekeeping", "security", "bell_desk")  # of the plan for today: two have not signed yet


def received(stage: Stage) -> None:
    """Four VIPs in four states, by the people whose work it is."""
    _expected(stage)
    _here(stage)
    _asked(stage)
    _drafted(stage)


def _by(stage: Stage, who: str, at: datetime) -> dict[str, Any]:
    return {"by": acting(stage.people[who], stage.hotel, now=at), "now": at}


def _guest(stage: Stage, at: datetime, **fields: Any) -> VipGuest:
    return actions.add_guest(stage.hotel, fields=fields, **_by(stage, "lin", at))


def _approved(stage: Stage, plan: VipPlan, at: datetime) -> VipPlan:
    """Asked for, approved by manager and general manager (or his office), within the half hour."""
    actions.ask_approval(plan, **_by(stage, "lin", at))
    for minutes, who in ((10, "shen"), (25, "lu" if plan.grade in ("VVIP", "V1") else "zong")):
        waiting = Approval.objects.of(stage.hotel.pk).get(about_kind="vip", about_id=str(plan.pk), state="waiting")
        approvals.decide(waiting, accept=True, **_by(stage, who, at + timedelta(minutes=minutes)))
    found: VipPlan = VipPlan.objects.select_related("guest", "keeper").get(pk=plan.pk)
    return found


def _signed(stage: Stage, plan: VipPlan, at: datetime, *departments: str) -> None:
    rows = Copy.objects.of(stage.hotel.pk).filter(paper__about_id=str(plan.pk), department__in=departments, superseded_at__isnull=True)
    for copy in rows.select_related("paper", "revision"):
        papers.sign_for(copy, **_by(stage, SIGNERS[copy.department], at))


def _done(stage: Stage, plan: VipPlan, at: datetime, *items: tuple[str, str, str]) -> None:
    """Items (who, clause, item) that are ticked already."""
    for who, clause, item in items:
        duty = Duty.objects.of(stage.hotel.pk).filter(clause=clause, subject_id=str(plan.pk), occurrence=item).first()
        if duty is not None:
            lists.tick(stage.hotel, subject=plan.subject, clause=clause, rule=duty.rule, item=item, **_by(stage, who, at))


def _meals_confirmed(stage: Stage, plan: VipPlan, at: datetime) -> None:
    """F&B has confirmed what it cooks."""
    for meal in meals_of(plan):
        lists.tick(stage.hotel, subject=meal.subject, clause="vip.meals", rule="order", item="order", **_by(stage, "chen", at))


def _all_done(stage: Stage, plan: VipPlan) -> None:
    """Every item of a plan, ticked by its people five minutes before it was due."""
    for duty in Duty.objects.of(stage.hotel.pk).filter(subject_id=str(plan.pk), met_at__isnull=True, ended_at__isnull=True).order_by("due_at"):
        if is_item(duty):
            who = "lin" if duty.owner_person_id else "shen" if duty.owner_post == "sales_manager" else SIGNERS[duty.owner_department]
            at = max(duty.due_at - timedelta(minutes=5), duty.opens_at)
            value = "3 件" if "luggage" in duty.occurrence else ""
            lists.tick(
                stage.hotel, subject=plan.subject, clause=duty.clause, rule=duty.rule, item=duty.occurrence, value=value, **_by(stage, who, at)
            )


def _clock(stage: Stage, moment: datetime) -> tuple[Any, time]:
    local = moment.astimezone(stage.at(stage.today, "12:00").tzinfo)
    return local.date(), local.time().replace(second=0, microsecond=0)


def _expected(stage: Stage) -> None:
    """He was here last month; this time the flight is late: the arrival was moved in an emergency, approval is still owed."""
    earlier = stage.now - timedelta(days=33)
    guest = _guest(
        stage, earlier, name="郑怀山", name_en="Zheng Huaishan", gender="m", position="董事长", organisation="东岬港务集团", nationality="中国",
        diet="忌海鲜，不饮白酒", preferences="高层、远离电梯，荞麦枕",
    )
    day, clock = _clock(stage, earlier + timedelta(hours=6))
    last = actions.draft_plan(stage.hotel, guest=guest, fields={
        "grade": "V2", "grade_reason": "重点协议单位", "purpose": "年度合作洽谈", "party": 3, "party_names": "韩立（办公室主任）等",
        "arrival_on": day, "arrival_time": clock, "arrival_by": "自备车 2 辆", "departure_on": day + timedelta(days=1), "departure_time": time(9, 30),
        "departure_by": "自备车", "room": "1806", "room_type": "行政套房", "greeters": "陆闻、沈若溪、林一舟", "greet_at": "正门", "spaces": 2,
        "security": "二级：门口两岗，楼层每小时巡", "payment": "挂账", "host": "本店",
    }, **_by(stage, "lin", earlier))
    last = _approved(stage, last, earlier + timedelta(minutes=20))
    _signed(stage, last, earlier + timedelta(hours=1), *SIGNERS)
    actions.acknowledge(last, **_by(stage, "zhi", earlier + timedelta(hours=1)))
    arrives = earlier + timedelta(hours=6)
    _all_done(stage, last)
    actions.arrive(last, at=arrives, **_by(stage, "fang", arrives))
    _all_done(stage, last)
    leaves = max(arrives + timedelta(hours=17), last.departure_at or arrives)
    actions.depart(last, **_by(stage, "fang", leaves))
    actions.keep_history(
        last, summary="签约顺利，客人对房间满意", opinions="早餐粥可再清淡", diet="忌海鲜，不饮白酒，茶用龙井",
        **_by(stage, "lin", leaves + timedelta(hours=6)),
    )
    made = stage.now - timedelta(hours=22)
    day, clock = _clock(stage, stage.now + timedelta(hours=2))
    feast_on, feast_at = (day, time(18, 30)) if clock < time(17, 30) else (day + timedelta(days=1), time(12, 0))
    meals = [
        MealLine(feast_on, feast_at, "banquet", "贵宾厅", 8, "480 元/位", "忌海鲜，不上白酒", "陆闻"),
        MealLine(day + timedelta(days=1), time(7, 30), "breakfast", "送房", 1, "含", "清粥小菜"),
    ]
    plan = actions.draft_plan(stage.hotel, guest=guest, fields={
        "grade": "V1", "purpose": "港区合作签约", "arrival_on": day, "arrival_time": clock, "arrival_by": "MU2937，自备车 2 辆",
        "departure_on": day + timedelta(days=1), "departure_time": time(14, 0), "departure_by": "自备车", "room": "1801",
        "party_rooms": "1803、1805", "plates": "苏G 20261",
    }, meals=meals, **_by(stage, "lin", made))
    plan = _approved(stage, plan, made + timedelta(minutes=15))
    _signed(stage, plan, made + timedelta(hours=1), *SIGNED)
    actions.acknowledge(plan, **_by(stage, "zhi", made + timedelta(hours=1)))
    _meals_confirmed(stage, plan, made + timedelta(hours=2))
    morning = stage.now - timedelta(minutes=70)
    _done(stage, plan, morning, ("ke", "vip.room-check", "equipment"), ("ke", "vip.room-check", "flowers"), ("lin", "vip.room-check", "card"))
    plan.refresh_from_db()
    late_on, late_at = _clock(stage, stage.now + timedelta(hours=2, minutes=30))
    if late_on <= plan.departure_on:
        actions.change_plan(
            plan, version=plan.version, fields={"arrival_on": late_on, "arrival_time": late_at}, reason="航班晚点 30 分", emergency=True,
            **_by(stage, "lin", stage.now - timedelta(minutes=40)),
        )


def _here(stage: Stage) -> None:
    """She came twelve minutes ago: floor and card are done, the luggage is on its way."""
    made = stage.now - timedelta(hours=30)
    guest = _guest(
        stage, made, name="Anna Lindqvist", name_en="Anna Lindqvist", gender="f", position="Managing Director", organisation="Nordhavn Lines",
        nationality="瑞典", lang="en", diet="素食", preferences="安静楼层，英文报纸",
    )
    came = stage.now - timedelta(minutes=12)
    day, clock = _clock(stage, came)
    plan = actions.draft_plan(stage.hotel, guest=guest, fields={
        "grade": "V2", "grade_reason": "航线代理洽谈", "arrival_on": day, "arrival_time": clock, "arrival_by": "酒店车接机",
        "pickup": "商务车一辆",
        "departure_on": day + timedelta(days=2), "departure_time": time(11, 0), "departure_by": "酒店车送机", "room": "2203",
        "room_type": "豪华海景房",
        "greeters": "支夜、林一舟", "greet_at": "正门", "payment": "自付",
    }, **_by(stage, "lin", made))
    plan = _approved(stage, plan, made + timedelta(minutes=10))
    _signed(stage, plan, made + timedelta(hours=1), *SIGNERS)
    actions.acknowledge(plan, **_by(stage, "zhi", made + timedelta(hours=1)))
    before = came - timedelta(minutes=65)
    _done(
        stage, plan, before, ("fang", "vip.room-key", "key"), ("ke", "vip.room-check", "equipment"), ("ke", "vip.room-check", "flowers"),
        ("chen", "vip.room-check", "fruit"), ("lin", "vip.room-check", "letter"),
    )
    door = (("lin", "vip.greet", "seller"), ("shen", "vip.greet", "manager"), ("an", "vip.parking", "parking:1"))
    _done(stage, plan, came - timedelta(minutes=31), *door)
    plan.refresh_from_db()
    actions.arrive(plan, **_by(stage, "fang", came))
    _done(stage, plan, stage.now - timedelta(minutes=3), ("lin", "vip.escort", "escort"))


def _asked(stage: Stage) -> None:
    """For the day after tomorrow: the manager said yes, the general manager has it before him."""
    at = stage.now - timedelta(hours=3)
    guest = _guest(stage, at, name="苏望舒", gender="f", position="副市长", organisation="市人民政府", diet="清淡", preferences="不用香氛")
    day = stage.today + timedelta(days=2)
    plan = actions.draft_plan(stage.hotel, guest=guest, fields={
        "grade": "VVIP", "grade_reason": "省市领导", "purpose": "会展中心考察", "party": 6, "arrival_on": day, "arrival_time": time(10, 20),
        "arrival_by": "公务车 3 辆", "departure_on": day, "departure_time": time(15, 0), "departure_by": "公务车", "spaces": 3, "greet_at": "正门",
        "greeters": "陆闻、沈若溪、顾晚", "security": "一级：清路线，专用电梯", "signage": "大堂欢迎牌", "photos": "全程摄影", "payment": "公务接待",
        "programme": "10:20 到店\n10:30 会展中心介绍\n12:00 工作餐",
    }, meals=[MealLine(day, time(12, 0), "lunch", "松风厅", 12, "120 元/位", "清淡，不上酒", "陆闻")], **_by(stage, "lin", at))
    actions.ask_approval(plan, **_by(stage, "lin", at + timedelta(minutes=20)))
    waiting = Approval.objects.of(stage.hotel.pk).get(about_kind="vip", about_id=str(plan.pk), state="waiting")
    approvals.decide(waiting, accept=True, **_by(stage, "shen", at + timedelta(minutes=50)))


def _drafted(stage: Stage) -> None:
    """Next week: only the day is known, so it cannot be put up yet."""
    at = stage.now - timedelta(hours=1)
    guest = _guest(stage, at, name="顾听雨", gender="m", position="总裁", organisation="云栖生物", diet="无忌口")
    day = stage.today + timedelta(days=6)
    fields = {"grade": "V3", "arrival_on": day, "departure_on": day + timedelta(days=1), "purpose": "首次来店"}
    actions.draft_plan(stage.hotel, guest=guest, fields=fields, **_by(stage, "lin", at))
