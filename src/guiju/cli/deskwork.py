"""intake: take in files at the same door as pages and programs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

FIELDS = ("status", "kind", "enquiry", "client", "arrival", "departure", "rooms", "persons", "guests", "unsure", "error")


def add_commands(commands: Any) -> None:
    intake = commands.add_parser(
        "intake",
        help="take in booking messages: PDF, PNG, JPEG, TIFF, .eml, HTML, OpenTravel XML, text",
        description="Each file becomes a request for the enquiry desk, or is refused with its reason. One line a request; with --json one object: "
        "file, status (accepted, duplicate, empty, refused), kind, and what was read (client, arrival, departure, rooms by type, persons, guests, "
        "unsure) or the error. Exit 1 when any file was refused.",
    )
    intake.add_argument("files", nargs="+", metavar="FILE")
    intake.add_argument("--hotel", help="hotel code (needed when there are several)")
    intake.add_argument("--sender", default="", help="who sent the files: with a message's own id it tells repeats from new ones")
    intake.add_argument("--json", action="store_true", help="one object a line")
    intake.set_defaults(run=run_intake)


def run_intake(chosen: argparse.Namespace) -> int:
    """Exit 0 when every file was accepted, a repeat or empty; 1 when any was refused."""
    from guiju.cli.installation import _hotel

    hotel, refused = _hotel(chosen.hotel), 0
    for name in chosen.files:
        for outcome in _one(hotel, name, chosen.sender):
            refused += outcome["status"] == "refused"
            line = {"file": name, **{field: outcome.get(field) for field in FIELDS}}
            line["rooms"], line["unsure"] = line["rooms"] or {}, line["unsure"] or []
            print(json.dumps(line, ensure_ascii=False, default=str) if chosen.json else _said(line), flush=True)
    return 1 if refused else 0


def _one(hotel: Any, name: str, sender: str) -> list[dict[str, Any]]:
    from guiju.enquiries.actions import take_in
    from guiju.reading.airlock import MAX_BYTES
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock
    from guiju.shelf.errors import Refusal

    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        return take_in(hotel, data=data, filename=Path(name).name, sender=sender, by=the_clock(hotel.pk, via="cli"), now=clock.now())
    except OSError as error:
        return [{"status": "refused", "error": error.strerror or str(error)}]
    except Refusal as refusal:  # the database stayed busy: the file may be sent again
        return [{"status": "refused", "error": refusal.message}]


def _said(line: dict[str, Any]) -> str:
    stay = f"{line['arrival'] or ''}–{line['departure'] or ''}  {line['client'] or ''}".strip("– ")
    return f"{line['status']:<10}{line['kind'] or '-':<14}{line['file']}  {line['enquiry'] or ''} {stay} {line['error'] or ''}".rstrip()
