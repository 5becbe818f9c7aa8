"""briefing: the sheet of a day, for the morning briefing."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo


def add_commands(commands: Any) -> None:
    briefing = commands.add_parser(
        "briefing", help="the sheet of a day: arrivals, functions, VIPs, meals, art, who is on duty",
        description="Everything of one day. With --json one object: on, parts (key, label, count, persons, lines). With --pdf the page of A4.",
    )
    briefing.add_argument("--on", help="the day, e.g. 2026-12-06; today by default")
    briefing.add_argument("--hotel", help="hotel code (needed when there are several)")
    briefing.add_argument("--lang", choices=("zh-hans", "en"), default="zh-hans")
    briefing.add_argument("--pdf", metavar="FILE", help="write the page of A4 to this file")
    briefing.add_argument("--json", action="store_true")
    briefing.set_defaults(run=show_briefing)


def show_briefing(chosen: argparse.Namespace) -> int:
    """The day as the hotel sees it, in its zone."""
    from django.utils import timezone, translation

    from guiju.api.briefing import as_out
    from guiju.briefing.gathering import sheet
    from guiju.briefing.printing import one_page
    from guiju.cli.installation import _hotel
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    hotel, now = _hotel(chosen.hotel), clock.now()
    zone = ZoneInfo(hotel.zone)
    on, actor = _day(chosen.on) or now.astimezone(zone).date(), the_clock(hotel.pk, via="cli")
    with timezone.override(zone), translation.override(chosen.lang):
        found = sheet(actor, on)
        if chosen.pdf:
            with open(chosen.pdf, "wb") as out:
                out.write(one_page(found, hotel=hotel, actor=actor, now=now))
        elif chosen.json:
            print(json.dumps(as_out(found), ensure_ascii=False))
        else:
            for part in found.filled:
                print(f"{part.label} {part.count or ''}".rstrip())
                for line in part.lines:
                    mark = f"★{line.mark}" if line.mark else ""
                    said = (line.clock.ljust(5), mark, line.what, line.rest, str(line.persons or ""))
                    print("  " + "  ".join(one for one in said if one).rstrip())
    return 0


def _day(text: str | None) -> date | None:
    from guiju.shelf.errors import Refusal

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"not a day: {text}") from error
