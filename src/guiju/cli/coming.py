"""events, longstay, functions: what is coming and who is here, at a terminal."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONGEST = 366  # days of functions asked for at once


def add_commands(commands: Any) -> None:
    """`guiju events`, `guiju longstay`, `guiju functions`."""
    events = _command(commands, "events", "events from today on: day, name, halls, persons, how far they are", list_events)
    events.add_argument("--state", default="", help="asked quoted definite held filed archived cancelled; open: all that are coming; to_file")
    _days(events)
    longstay = _command(commands, "longstay", "long-stay guests: room, period, rent, what is owed; never a confidential note", list_longstay)
    longstay.add_argument("--view", choices=("here", "late", "making", "left", "all"), default="here")
    functions = _command(commands, "functions", "the function diary: hall, time with set-up and clearing, state", list_functions)
    _days(functions)


def _command(commands: Any, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = commands.add_parser(name, help=words)
    found.add_argument("--hotel", help="hotel code (needed when there are several)")
    found.add_argument("--json", action="store_true", help="one object a line")
    found.set_defaults(run=run)
    return found


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", help="from this day, e.g. 2026-12-01; today if not said")
    parser.add_argument("--until", help="until this day, itself included")


def _day(text: str | None, instead: date) -> date:
    from guiju.shelf.errors import Refusal

    try:
        return date.fromisoformat(text) if text else instead
    except ValueError:
        raise Refusal(f"{text} is no day; write 2026-12-01") from None


def _here(chosen: argparse.Namespace) -> tuple[Any, ZoneInfo, date]:
    from guiju.cli.installation import _hotel
    from guiju.shelf import clock

    hotel = _hotel(chosen.hotel)
    zone = ZoneInfo(hotel.zone)
    return hotel, zone, clock.now().astimezone(zone).date()


def _print(chosen: argparse.Namespace, line: dict[str, Any]) -> None:
    if chosen.json:
        print(json.dumps(line, ensure_ascii=False, default=str))
    else:
        print("  ".join(str(one) for one in line.values() if one not in ("", None)))


def list_events(chosen: argparse.Namespace) -> int:
    """Events in order of their day."""
    from guiju.events import queries
    from guiju.events.models import Event
    from guiju.events.shape import FUNCTIONS
    from guiju.shelf.errors import Refusal

    if chosen.state not in ("", "open", "to_file", *Event.State.values):
        raise Refusal(f"there is no state {chosen.state}")
    hotel, _zone, today = _here(chosen)
    wanted = {"state": chosen.state, "from": _day(chosen.first, today).isoformat()}
    if chosen.until:
        wanted["until"] = _day(chosen.until, today).isoformat()
    rows = queries.filtered(hotel.pk, wanted).select_related("client", "hotel").prefetch_related(FUNCTIONS).order_by("on", "id")
    for row in rows.iterator(500):
        functions = list(row.functions.all())
        _print(chosen, {
            "number": row.number, "on": row.on.isoformat(), "name": row.name, "kind": row.kind, "state": row.state,
            "client": row.client.name if row.client else row.organiser, "functions": len(functions),
            "persons": max((one.persons for one in functions), default=0),
        })
    return 0


def list_longstay(chosen: argparse.Namespace) -> int:
    """Contracts by their room."""
    from guiju.longstay import queries

    hotel, _zone, today = _here(chosen)
    rows = list(queries.stays(hotel.pk, chosen.view))
    owed = queries.owed(hotel.pk, [row.pk for row in rows], today)
    for row in rows:
        _print(chosen, {
            "number": row.number, "room": row.apartment.number if row.apartment else "", "guest": row.guest,
            "client": row.client.name if row.client else "", "from": row.from_on, "until": row.until_on, "rent": row.rent, "state": row.state,
            "owed": owed.get(row.pk, 0),
        })
    return 0


def list_functions(chosen: argparse.Namespace) -> int:
    """What takes a hall on these days."""
    from guiju.function_space.queries import space
    from guiju.shelf.errors import Refusal

    hotel, zone, today = _here(chosen)
    first = _day(chosen.first, today)
    last = _day(chosen.until, first)
    if not first <= last <= first + timedelta(days=LONGEST):
        raise Refusal("the last day comes after the first, at most a year later")
    halls = {hall.pk: hall for hall in space.halls_of(hotel.pk).all}
    begin, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    for row in space.standing(hotel.pk, begin, end):
        hall = halls[row.hall_id]
        moments = (row.taken_from_at, row.from_at, row.until_at, row.taken_until_at)
        taken, starts, ends, free = (at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for at in moments)
        _print(chosen, {
            "hall": hall.code, "name": hall.name, "from": starts, "until": ends, "taken_from": taken, "free_again": free, "state": row.state,
            "what": row.label, "persons": row.persons,
        })
    return 0
