"""An event to look at: written down, planned, offered; and one row of each kind for the programs' tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from guiju.events import actions
from guiju.events.models import Deposit, Event, EventFunction, EventLine, Menu
from guiju.function_space.actions import add_hall
from guiju.function_space.models import Hall
from tests.cast import TODAY, Cast

DAY = TODAY + timedelta(days=25)


def hall(cast: Cast, code: str = "LILY") -> Hall:
    """The banquet hall."""
    known = Hall.objects.filter(code=code).first()
    return known or add_hall(cast.hotel, code=code, name="百合厅", name_en="Lily hall", setup_minutes=120, by=cast.actor("shen"), now=cast.at("08:00"))


def wedding(cast: Cast, day: date = DAY, *, persons: int = 300, tables: int = 30, with_hall: bool = True, **card: Any) -> Event:
    """A wedding with its banquet, a menu and drinks; nothing held or sent yet."""
    step = {"by": cast.actor("lin"), "now": cast.at("09:00")}
    event = actions.open_event(cast.hotel, card={"name": "陈林婚宴", "kind": "wedding", "on": day, "contact": "陈先生", "occasion": "婚礼", **card}, **step)
    plan = {
        "name": "婚宴", "from_at": cast.at("18:00", day), "until_at": cast.at("21:00", day), "hall": hall(cast) if with_hall else None, "setup": "banquet",
        "expected_persons": persons, "expected_tables": tables,
    }
    function = actions.add_function(event, plan=plan, **step)
    menu = Menu.objects.filter(name="百年好合宴").first() or actions.add_menu(
        cast.hotel, card={"name": "百年好合宴", "name_en": "Wedding menu", "basis": "table", "price": Decimal(3888), "dishes": "八冷碟\n龙虾两吃"}, **step
    )
    actions.add_line(event, line={"function": function, "menu": menu}, **step)
    actions.add_line(event, line={"function": function, "part": "drinks", "text": "畅饮", "text_en": "Free flow", "basis": "person", "price": Decimal(58)}, **step)
    return Event.objects.get(pk=event.pk)


def definite(cast: Cast, day: date = DAY, **more: Any) -> Event:
    """The same, its hall taken and the client agreed."""
    event, step = wedding(cast, day, **more), {"by": cast.actor("lin"), "now": cast.at("09:10")}
    actions.take_hall(event.functions.get(), **step)
    actions.confirm_event(event, agreed_how="合同 2026-88", **step)
    return Event.objects.get(pk=event.pk)


def rows(cast: Cast) -> dict[str, str]:
    """One row of each kind that the API names."""
    event = wedding(cast, with_hall=False)
    deposit = actions.agree_deposit(event, label="首期", amount=Decimal(30000), due_on=TODAY + timedelta(days=3), by=cast.actor("lin"), now=cast.at("09:05"))
    found = {
        "": event, "/functions": EventFunction.objects.filter(event=event).first(), "/lines": EventLine.objects.filter(event=event).first(),
        "/deposits": Deposit.objects.get(pk=deposit.pk), "/menus": Menu.objects.first(),
    }
    return {f"/events{name}": str(row.pk) for name, row in found.items() if row is not None}
