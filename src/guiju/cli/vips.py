"""The VIPs expected and here, at a terminal, with how many of their items are still to be done."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add_commands(commands: Any) -> None:
    """`guiju vips`."""
    vips = commands.add_parser("vips", help="the VIPs expected and in house: when, by what, room, state, items still to be done")
    vips.add_argument("--hotel", help="hotel code (needed when there are several)")
    vips.add_argument("--which", choices=("over", "all"), default="", help="those who left or did not come, or all")
    vips.add_argument("--grade", choices=("VVIP", "V1", "V2", "V3"), default="")
    vips.add_argument("--json", action="store_true", help="one JSON object a line")
    vips.set_defaults(run=listed)


def listed(chosen: argparse.Namespace) -> int:
    """Print them, soonest first. The personal note is nobody's here."""
    from zoneinfo import ZoneInfo

    from guiju.checklists import queries as lists
    from guiju.cli.installation import _hotel
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock
    from guiju.vip import queries

    hotel, now = _hotel(chosen.hotel), clock.now()
    zone, by = ZoneInfo(hotel.zone), the_clock(hotel.pk, via="cli")
    rows = queries.listed(by, which=chosen.which, today=now.astimezone(zone).date())
    for plan in rows.filter(grade=chosen.grade) if chosen.grade else rows:
        left = [one for one in lists.items_of(by, [plan.subject], now) if one.stands]
        late = sum(one.duty.due_at < now for one in left)
        at = plan.arrival_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if plan.arrival_at else plan.arrival_on.isoformat()
        line = {
            "number": plan.number, "name": plan.guest.name, "grade": plan.grade, "arrival": at, "arrival_by": plan.arrival_by, "room": plan.room,
            "state": plan.state, "left": len(left), "late": late,
        }
        print(json.dumps(line, ensure_ascii=False) if chosen.json else "  ".join(str(value) for value in line.values() if value != ""))
    return 0
