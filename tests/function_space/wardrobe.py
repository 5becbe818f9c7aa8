"""Halls on the cast's hotel: a ballroom that divides in three, a VIP room, a meeting room; and short ways to take them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guiju.function_space import actions
from guiju.function_space.models import Function, Hall
from tests.cast import TODAY, Cast

SIZES = {"A": 120, "B": 120, "C": 160, "ABC": 400, "AB": 240, "VIP": 16, "MR": 24}


def halls(cast: Cast) -> dict[str, Hall]:
    """A, B, C and what they make together (AB, ABC); VIP and MR stand alone. Set-up and clearing 30 minutes."""
    by, now = cast.actor("shen"), cast.at("09:00")
    names = {"A": "百合厅A", "B": "百合厅B", "C": "百合厅C", "AB": "百合厅A+B", "ABC": "百合厅", "VIP": "贵宾厅", "MR": "松风会议室"}
    found: dict[str, Hall] = {}
    for place, (code, parts) in enumerate({"A": "", "B": "", "C": "", "AB": "AB", "ABC": "ABC", "VIP": "", "MR": ""}.items()):
        found[code] = actions.add_hall(
            cast.hotel, code=code, name=names[code], capacity={"banquet": SIZES[code], "theatre": SIZES[code] * 2}, setup_minutes=30,
            turn_minutes=30, order=place, rate_day="8000", parts=[found[part] for part in parts], by=by, now=now,
        )
    return found


def take(cast: Cast, hall: Hall, from_clock: str = "11:00", until_clock: str = "14:00", day: int = 3, **more: Any) -> Function:
    """Take a hall on the day `day` days from today."""
    on = TODAY + timedelta(days=day)
    given: dict[str, Any] = {"label": "澄观设计 答谢午宴", "by": cast.actor("lin"), "now": cast.at("10:00"), **more}
    return actions.hold(cast.hotel, hall=hall, from_at=cast.at(from_clock, on), until_at=cast.at(until_clock, on), **given)
