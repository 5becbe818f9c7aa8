"""The plan on its page: how far it is, the departments' items by time before and after the arrival."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.checklists.queries import Item
from guiju.papers.queries import department_name
from guiju.vip.models import VipPlan

ORDER = ("sales", "pr", "front_desk", "housekeeping", "fnb", "security", "bell_desk", "front_cashier", "gm_office", "finance")
HOUR, HALF, TEN = timedelta(hours=1), timedelta(minutes=30), timedelta(minutes=10)
COLUMNS: tuple[tuple[str, Any], ...] = (
    ("before", _("Before that")), ("hour", _("1 hour before")), ("half", _("30 min before")), ("ten", _("10 min before")), ("here", _("Arrival")),
    ("leaving", _("Departure")),
)
STAGES: tuple[tuple[str, Any], ...] = (
    ("draft", _("Draft")), ("asked", _("Approval")), ("approved", _("Ready")), ("arrived", _("In house")), ("departed", _("Departed")),
    ("kept", _("On file")),
)


@dataclass(slots=True)
class Line:
    """A department's items, one cell a column."""

    department: str
    name: str
    cells: list[tuple[str, Any, list[Item]]] = field(default_factory=list)
    left: int = 0


def column_of(plan: VipPlan, one: Item) -> str:
    """Under which moment an item stands."""
    if one.duty.clause == "vip.departure":
        return "leaving"
    if plan.arrival_at is None or (plan.arrived_at is not None and one.duty.opens_at >= plan.arrived_at):
        return "here"
    ahead = plan.arrival_at - one.duty.due_at
    if ahead <= timedelta(0):
        return "here"
    if ahead > HOUR:
        return "before"
    return "hour" if ahead > HALF else "half" if ahead > TEN else "ten"


def matrix(plan: VipPlan, items: list[Item]) -> list[Line]:
    """Departments by time."""
    by_department: dict[str, dict[str, list[Item]]] = {}
    for one in items:
        by_department.setdefault(one.duty.owner_department, {}).setdefault(column_of(plan, one), []).append(one)
    known = [name for name in ORDER if name in by_department] + sorted(set(by_department) - set(ORDER))
    return [
        Line(
            name, department_name(name), [(key, label, by_department[name].get(key, [])) for key, label in COLUMNS],
            sum(1 for found in by_department[name].values() for one in found if one.stands),
        )
        for name in known
    ]


def heads(plan: VipPlan) -> list[tuple[str, Any, Any]]:
    """The columns with the moment each stands for."""
    at = plan.arrival_at
    moments = {
        "hour": at - HOUR if at else None, "half": at - HALF if at else None, "ten": at - TEN if at else None, "here": plan.arrived_at or at,
        "leaving": plan.departed_at or plan.departure_at,
    }
    return [(key, label, moments.get(key)) for key, label in COLUMNS]


def stage(plan: VipPlan) -> int:
    """How far the plan is, as a place in STAGES; -1 for a cancelled one."""
    if plan.state == VipPlan.State.CANCELLED:
        return -1
    if plan.state == VipPlan.State.DEPARTED:
        return 5 if plan.kept_at else 4
    return {"draft": 0, "asked": 1, "approved": 2, "arrived": 3}[plan.state]
