"""Visitors in every state: one waits for the general manager, one comes tomorrow, one is changed in a hurry, one is to be reported on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.approvals.actions import decide
from guiju.approvals.models import Approval
from guiju.demo.base import Stage
from guiju.house.acting import acting
from guiju.visitors import actions
from guiju.visitors.models import Visit
from guiju.visitors.shapes import GuestLine, PartLine, Plan, ProgrammeLine, plan_of


class Desk:
    """PR at a moment some time ago."""

    def __init__(self, stage: Stage, **ago: float) -> None:
        self.stage, self.now = stage, stage.now - timedelta(**ago)

    def by(self, who: str = "qiao") -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": acting(self.stage.people[who], self.stage.hotel, now=self.now), "now": self.now}

    def part(self, who: str, role: str) -> PartLine:
        """Somebody of the house who takes part."""
        return PartLine(self.stage.people[who].pk, role)

    def draw(self, plan: Plan) -> Visit:
        """Written down."""
        return actions.draw(self.stage.hotel, plan=plan, **self.by())

    def yes(self, approval: Approval, *people: str) -> None:
        """Approved by each of them."""
        for who in people:
            decide(approval, accept=True, **self.by(who))


def received(stage: Stage) -> None:
    """Six visits around today."""
    _leaders(stage)
    _client(stage)
    _school(stage)
    _press(stage)
    _peers(stage)
    _inspection(stage)


def _day(stage: Stage, days: int, clock: str) -> datetime:
    found: datetime = stage.at(stage.today + timedelta(days=days), clock)
    return found


def _leaders(stage: Stage) -> None:
    """The city's leaders in five days: PR has approved, the general manager has it before him."""
    desk, at = Desk(stage, hours=3), _day(stage, 5, "09:30")
    visit = desk.draw(Plan(
        "市文化和旅游局", "government", "bureau", "leaders", 9, at, at + timedelta(hours=2), True, contact="办公室 罗主任", phone="0592-5550 2100",
        vehicles="中巴一辆 闽D·A2077", host="陆总", meeting_point="大堂正门", language="普通话",
        photos="欢迎水牌一块，跟拍一人", gifts="酒店画册 9 本",
        protocol="局长称“方局长”。后厨只看明档，不进凉菜间。", guests=(GuestLine("方为", "局长"), GuestLine("罗岚", "办公室主任")),
        programme=(
            ProgrammeLine(at + timedelta(minutes=5), "大堂", "迎接，介绍酒店概况", "陆总"),
            ProgrammeLine(at + timedelta(minutes=25), "样板房 1808、1818", "看客房", "客房部"),
            ProgrammeLine(at + timedelta(minutes=60), "百合厅", "座谈，用茶", "陆总、公关部"),
        ),
        parts=(desk.part("fang", "门前迎接"), desk.part("ke", "样板房介绍"), desk.part("chen", "百合厅服务")),
    ))
    actions.attach(visit, kind="letter", lies_at="公关部来函夹 41 号", **desk.by())
    actions.attach(visit, kind="instruction", data="关于做好接待工作的函".encode(), name="接待函.txt", **desk.by())
    asked = actions.submit(visit, **desk.by())
    Desk(stage, hours=1, minutes=40).yes(asked, "gu")


def _client(stage: Stage) -> None:
    """A client's directors come tomorrow: confirmed, the plan is out, one of three has read the rules."""
    desk, at = Desk(stage, hours=26), _day(stage, 1, "14:00")
    visit = desk.draw(Plan(
        "北山电子", "client", "executive", "venue", 6, at, at + timedelta(hours=1, minutes=30), contact="行政部 苏宁远", phone="0592-5550 3377",
        host="沈若溪", meeting_point="大堂", guests=(GuestLine("顾北辰", "总经理"),),
        programme=(
            ProgrammeLine(at + timedelta(minutes=10), "宴会厅", "看年会场地，讲台型", "餐饮部"),
            ProgrammeLine(at + timedelta(minutes=40), "行政套房", "看客房", "客房部"),
        ),
        parts=(desk.part("lin", "洽谈"), desk.part("chen", "宴会厅介绍"), desk.part("ke", "看房")),
    ))
    desk.yes(actions.submit(visit, **desk.by()), "gu")
    actions.confirm(visit, **Desk(stage, hours=20).by())
    actions.acknowledge(visit, **Desk(stage, hours=4).by("lin"))


def _school(stage: Stage) -> None:
    """Students next week: still being drawn up, with another scope and no reason yet."""
    desk, at = Desk(stage, hours=5), _day(stage, 8, "10:00")
    desk.draw(Plan(
        "青岱大学旅游学院", "school", "staff", "study", 32, at, contact="唐棣 老师", scope=("lobby", "dining", "kitchen"), host="乔安",
        programme=(ProgrammeLine(at + timedelta(minutes=10), "大堂", "看前厅服务", "乔安"),), parts=(desk.part("fang", "前厅讲解"),),
    ))


def _press(stage: Stage) -> None:
    """The paper's reporters, today or tomorrow: another hall at short notice, to be approved afterwards."""
    desk, at = Desk(stage, hours=23), stage.now + timedelta(hours=5)
    visit = desk.draw(Plan(
        "海岸晚报", "press", "staff", "interview", 3, at, host="顾晚", meeting_point="大堂", photos="只拍大堂、中餐厅；住客不入镜",
        programme=(ProgrammeLine(at + timedelta(minutes=15), "中餐厅", "拍新菜单", "餐饮部"),), parts=(desk.part("chen", "新菜介绍"),),
    ))
    desk.yes(actions.submit(visit, **desk.by()), "gu")
    actions.confirm(visit, **Desk(stage, hours=21).by())
    late = Desk(stage, minutes=50)
    visit = Visit.objects.select_related("hotel", "handler").get(pk=visit.pk)
    plan = plan_of(visit)
    moved = tuple(ProgrammeLine(one.at, "西餐厅", one.what, one.who) for one in plan.programme)
    actions.change_plan(
        visit, plan=Plan(**{**{name: getattr(plan, name) for name in plan.__dataclass_fields__}, "programme": moved}),
        reason="中餐厅临时包场，改到西餐厅", version=visit.version, emergency=True, **late.by(),
    )


def _peers(stage: Stage) -> None:
    """Colleagues of another hotel were here yesterday: received, the report is owed."""
    desk, at = Desk(stage, days=4), _day(stage, -1, "15:00")
    visit = desk.draw(Plan("云栖饭店", "peer", "staff", "study", 5, at, host="乔安", parts=(desk.part("fang", "前厅交流"),)))
    desk.yes(actions.submit(visit, **desk.by()), "gu")
    actions.confirm(visit, **Desk(stage, days=3).by())
    visit = Visit.objects.select_related("hotel", "handler").get(pk=visit.pk)
    actions.acknowledge(visit, **Desk(stage, days=2).by("fang"))
    there = Desk(stage)
    there.now = at + timedelta(hours=1)
    actions.receive(visit, **there.by())


def _inspection(stage: Stage) -> None:
    """Last week's fire inspection: done and reported."""
    desk, at = Desk(stage, days=9), _day(stage, -6, "09:00")
    visit = desk.draw(Plan("区消防大队", "government", "county", "inspection", 2, at, host="鲍防", parts=(desk.part("an", "陪同检查"),)))
    desk.yes(actions.submit(visit, **desk.by()), "gu")
    actions.confirm(visit, **Desk(stage, days=8).by())
    visit = Visit.objects.select_related("hotel", "handler").get(pk=visit.pk)
    actions.acknowledge(visit, **Desk(stage, days=7).by("an"))
    there = Desk(stage)
    there.now = at + timedelta(hours=2)
    actions.receive(visit, **there.by())
    there.now = at + timedelta(hours=8)
    actions.report(
        visit, as_planned=True, shown_text="大堂、客房、厨房、消防控制室", opinions="二楼通道堆放纸箱，当场清走", cost=None, **there.by()
    )
