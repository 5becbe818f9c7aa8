"""mailbox: try the mailboxes and the fax folder now, or fetch what is there, from a terminal."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add_commands(commands: Any) -> None:
    mailbox = commands.add_parser("mailbox", help="mailboxes and the fax folder").add_subparsers(dest="what", required=True)
    check = mailbox.add_parser(
        "check", help="try them now",
        description="Connects to each mailbox, signs in and opens its folder; takes nothing in and changes nothing. "
        "Exit 1 when one cannot be reached.",
    )
    collect = mailbox.add_parser(
        "collect", help="fetch what is there now",
        description="Takes in what has come, as the worker does by itself. Two at once share the work: each piece is taken in once. "
        "Exit 1 when one cannot be reached.",
    )
    for one, run in ((check, run_check), (collect, run_collect)):
        one.add_argument("name", nargs="?", help="only this mailbox")
        one.add_argument("--hotel", help="only this hotel (its code)")
        one.add_argument("--json", action="store_true", help="one object a line")
        one.set_defaults(run=run)


def _chosen(chosen: argparse.Namespace) -> list[Any]:
    from guiju.mailroom import folder
    from guiju.mailroom.models import Mailbox
    from guiju.shelf import clock
    from guiju.shelf.errors import Refusal

    folder.ensure(clock.now())
    rows = Mailbox.objects.select_related("hotel").filter(closed_at__isnull=True).order_by("hotel__code", "name")
    if chosen.hotel:
        rows = rows.filter(hotel__code=chosen.hotel)
    if chosen.name:
        rows = rows.filter(name=chosen.name)
    found = list(rows)
    if not found and (chosen.name or chosen.hotel):
        raise Refusal("no such mailbox")
    return found


def run_check(chosen: argparse.Namespace) -> int:
    """Exit 0 when all that are on can be reached."""
    from guiju.mailroom.looking import attempt
    from guiju.mailroom.queries import WORDS

    bad = 0
    rows = _chosen(chosen)
    for row in rows:
        if not row.is_on and not chosen.name:
            _say(chosen, row, {"state": "off"}, "off")
            continue
        code, detail, waiting = attempt(row)
        bad += code != "ok"
        words = f"ok, {waiting} waiting" if code == "ok" else f"{WORDS.get(code, code)} {detail}".strip()
        _say(chosen, row, {"state": code, "waiting": waiting, "detail": detail}, words)
    if not rows and not chosen.json:
        print("no mailbox is set up")
    return 1 if bad else 0


def run_collect(chosen: argparse.Namespace) -> int:
    """Exit 0 when all that are on were looked into."""
    from guiju.mailroom.looking import look
    from guiju.mailroom.queries import WORDS
    from guiju.shelf import clock

    bad = 0
    for row in _chosen(chosen):
        if not row.is_on:
            _say(chosen, row, {"state": "off", "taken": 0}, "off")
            continue
        taken, more = 0, True
        while more:
            found = look(row, clock=clock.now)
            row.refresh_from_db()
            taken, more = taken + found.taken, found.more and found.taken > 0 and not row.error_code
        bad += bool(row.error_code)
        words = WORDS.get(row.error_code, row.error_code) if row.error_code else f"{taken} taken in"
        _say(chosen, row, {"state": row.error_code or "ok", "taken": taken}, words)
    return 1 if bad else 0


def _say(chosen: argparse.Namespace, row: Any, found: dict[str, Any], words: str) -> None:
    line = {"hotel": row.hotel.code, "mailbox": row.name, **found}
    print(json.dumps(line, ensure_ascii=False) if chosen.json else f"{row.hotel.code:<10}{row.name:<20}{words}", flush=True)
