"""A VIP to receive: his file, a plan for this afternoon, and hands to carry it through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from guiju.approvals import actions as approvals
from guiju.approvals.models import Approval
from guiju.duties.actions import adopt_shipped
from guiju.duties.models import Duty
from guiju.duties.queries import with_status
from guiju.shelf.actor import the_clock
from guiju.vip import actions
from guiju.vip.models import VipGuest, VipPlan
from guiju.vip.shapes import MealLine
from tests.cast import TODAY, Cast

TOMORROW = date(2026, 11, 25)
NOTE = "与前夫同住一楼层时须错开"  # a personal note: nobody but the named posts may ever see it
GUEST: dict[str, Any] = {
    "name": "郑怀山", "name_en": "Zheng Huaishan", "gender": "m", "position": "董事长", "organisation": "东岬港务集团", "diet": "忌海鲜，不饮白酒",
    "preferences": "高层、远离电梯、荞麦枕",
}
FIELDS: dict[str, Any] = {
    "grade": "V1", "grade_reason": "省重点客户", "purpose": "港区合作签约", "party": 3, "party_names": "韩立等", "arrival_on": TODAY,
    "arrival_time": time(16, 40), "arrival_by": "MU2937 15:55 落地，自备车", "departure_on": TOMORROW, "departure_time": time(9, 30),
    "departure_by": "自备车", "room": "1801", "room_type": "行政套房", "greeters": "陆总、沈若溪、林一舟", "greet_at": "正门", "spaces": 2,
    "plates": "沪A12345", "security": "二级", "payment": "挂账",
}
DINNER = MealLine(TODAY, time(17, 30), "dinner", "贵宾厅", 8, "480 元/位", "忌海鲜", "陆总")
BREAKFAST = MealLine(TOMORROW, time(7, 30), "breakfast", "送房", 1, "含", "清粥小菜", "")


@dataclass
class Stage:
    """The hotel with its standard in force, a guest, and steps at a time of the day."""

    cast: Cast

    def by(self, who: str, clock: str, day: date = TODAY) -> dict[str, Any]:
        now = self.cast.at(clock, day)
        return {"by": self.cast.actor(who, now=now), "now": now}

    def guest(self, **more: Any) -> VipGuest:
        return actions.add_guest(self.cast.hotel, fields={**GUEST, **more}, **self.by("lin", "08:10"))

    def draft(self, clock: str = "08:30", guest: VipGuest | None = None, meals: Any = (DINNER, BREAKFAST), **more: Any) -> VipPlan:
        return actions.draft_plan(self.cast.hotel, guest=guest or self.guest(), fields={**FIELDS, **more}, meals=meals, **self.by("lin", clock))

    def decide(self, plan: VipPlan, who: str, clock: str, *, accept: bool = True, reason: str = "") -> None:
        approval = Approval.objects.get(about_kind="vip", about_id=str(plan.pk), state="waiting")
        approvals.decide(approval, accept=accept, reason=reason, **self.by(who, clock))

    def approved(self, clock: str = "09:00", **more: Any) -> VipPlan:
        """A plan that the manager and the general manager approved, and that went out."""
        plan = self.draft("08:30", **more)
        actions.ask_approval(plan, **self.by("lin", "08:40"))
        self.decide(plan, "shen", "08:50")
        self.decide(plan, "lu" if plan.grade in ("VVIP", "V1") else "zong", clock)
        return VipPlan.objects.select_related("guest", "keeper").get(pk=plan.pk)

    def duties(self, now: datetime, **which: Any) -> dict[str, tuple[datetime, str]]:
        """Items and rules of this VIP's clauses: name -> (due, status)."""
        rows = with_status(Duty.objects.filter(clause__startswith="vip.", **which), now)
        return {f"{duty.clause.removeprefix('vip.')}/{duty.occurrence or duty.rule}": (duty.due_at, duty.status) for duty in rows}  # type: ignore[attr-defined]


def dress(cast: Cast) -> Stage:
    """The standard is in force since the year began."""
    hotel = cast.hotel
    adopt_shipped(hotel, effective_at=hotel.created_at, by=the_clock(hotel.pk), now=cast.at("00:01"))
    return Stage(cast)
