"""intake: take in files at the same door as pages and programs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    intake = commands.add_parser("intake", help="take in booking messages: PDF, PNG, JPEG, TIFF, .eml, OpenTravel XML, text")
    intake.add_argument("files", nargs="+", metavar="FILE")
    intake.add_argument("--hotel", help="hotel code (needed when there are several)")
    intake.add_argument("--json", action="store_true", help="one object a line")
    intake.set_defaults(run=run_intake)


def run_intake(chosen: argparse.Namespace) -> int:
    """Exit 0 when every file was accepted, a repeat or empty; 1 when any was refused."""
    from guiju.cli.installation import _hotel
    from guiju.enquiries.actions import take_in
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    hotel = _hotel(chosen.hotel)
    by, refused = the_clock(hotel.pk, via="cli"), 0
    for name in chosen.files:
        try:
            data = Path(name).read_bytes()
        except OSError as error:
            lines = [{"file": name, "status": "refused", "kind": None, "error": error.strerror or str(error)}]
        else:
            lines = [{"file": name, **outcome} for outcome in take_in(hotel, data=data, filename=Path(name).name, by=by, now=clock.now())]
        for line in lines:
            refused += line["status"] == "refused"
            print(
                json.dumps(line, ensure_ascii=False, default=str)
                if chosen.json
                else f"{line['status']:<10}{line.get('kind') or '-':<14}{name}  {line.get('error') or ''}"
            )
    return 1 if refused else 0
