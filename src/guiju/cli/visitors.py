"""visitors: who is expected, at a terminal."""

from __future__ import annotations

import argparse
import json
from typing import Any
from zoneinfo import ZoneInfo


def add_commands(commands: Any) -> None:
    visitors = commands.add_parser(
        "visitors", help="visitors received by PR: who comes, why, at which grade, how far the plan is",
        description="Visits in order of arrival, from today unless --from says otherwise. With --json one object a line, as GET /visits gives them.",
    )
    visitors.add_argument("--from", dest="first", help="from this day, e.g. 2026-12-01")
    visitors.add_argument("--until", help="until this day")
    visitors.add_argument("--state", help="only in this state: drawn waiting approved confirmed received reported cancelled")
    visitors.add_argument("--grade", choices=("A", "B", "C"))
    visitors.add_argument("--hotel", help="hotel code (needed when there are several)")
    visitors.add_argument("--lang", choices=("zh-hans", "en"), default="zh-hans")
    visitors.add_argument("--json", action="store_true")
    visitors.set_defaults(run=list_visitors)


def list_visitors(chosen: argparse.Namespace) -> int:
    """The visits as the hotel sees them, in its zone."""
    from django.utils import timezone, translation

    from guiju.api.visits import line_out
    from guiju.cli.installation import _hotel
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock
    from guiju.visitors import queries

    hotel, now = _hotel(chosen.hotel), clock.now()
    zone = ZoneInfo(hotel.zone)
    today = now.astimezone(zone).date()
    wanted = {"from": chosen.first or today.isoformat(), "until": chosen.until or "", "state": chosen.state or "", "grade": chosen.grade or ""}
    with timezone.override(zone), translation.override(chosen.lang):
        queries.check_filters(wanted)
        rows = queries.filtered(the_clock(hotel.pk, via="cli"), wanted, today=today).select_related("handler").order_by("arrival_at", "id")
        for row in rows.iterator(500):
            if chosen.json:
                print(json.dumps(line_out(row), ensure_ascii=False))
            else:
                at = row.arrival_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
                print(f"{row.number}  {at}  {row.grade}  {row.organisation}  {row.get_purpose_display()}  {row.persons}  {row.get_state_display()}")
    return 0
