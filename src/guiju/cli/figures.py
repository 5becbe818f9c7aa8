"""compliance: the figures of a period, and whether all days are counted."""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

TOLD = ("due", "met", "met_late", "late", "missed", "waived", "running", "superseded", "rate", "median_minutes", "ninetieth_minutes", "limit_minutes")


def add_commands(commands: Any) -> None:
    figures = commands.add_parser("compliance", help="each clause's figures of a period, one object a line with --json")
    figures.add_argument("--from", dest="since", help="the first day, e.g. 2026-11-01; this month by default")
    figures.add_argument("--until", help="the last day")
    figures.add_argument("--hotel", help="hotel code (needed when there are several)")
    figures.add_argument("--json", action="store_true")
    figures.set_defaults(run=show_figures)


def show_figures(chosen: argparse.Namespace) -> int:
    """Every clause that had anything due."""
    from guiju.cli.installation import _hotel
    from guiju.compliance.asking import Ask, period
    from guiju.compliance.figures import by_clause
    from guiju.compliance.reading import by_day
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    hotel, now = _hotel(chosen.hotel), clock.now()
    zone = ZoneInfo(hotel.zone)
    first, last = period("month", now.astimezone(zone).date())
    first = _day(chosen.since) or first
    until = _day(chosen.until)
    last = until + timedelta(days=1) if until else max(last, first + timedelta(days=1))
    found = by_clause(by_day(the_clock(hotel.pk, via="cli"), Ask(first, last), now, zone).values())
    for clause in sorted(found):
        line = {"clause": clause, **{name: getattr(found[clause], name) for name in TOLD}}
        said = [clause, *(f"{name} {line[name]}" for name in TOLD if line[name])]
        print(json.dumps(line) if chosen.json else "  ".join(map(str, said)))
    return 0


def _day(text: str | None) -> date | None:
    from guiju.shelf.errors import Refusal

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"not a day: {text}") from error
