"""import history, report history: bookings of past years from a file, and what they add up to."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

SHOWN_ERRORS = 20


def add_commands(commands: Any) -> None:
    taken = commands.add_parser("import", help="read in a large file").add_subparsers(dest="what", required=True)
    history = taken.add_parser(
        "history",
        help="past bookings from csv, xlsx, or a zip with one of them",
        description="Reads the whole file, then applies it as one batch, or not at all when a row has an error (exit 1). The same file "
        "again is told, not doubled (exit 1). The columns are guessed from their headings, or named as the layout was named before.",
    )
    history.add_argument("file", metavar="FILE")
    history.add_argument("--hotel", help="hotel code (needed when there are several)")
    history.add_argument("--as", dest="name", default="", help="the hotel's name in the history, where no column says it")
    history.add_argument("--mapping", help="which columns mean what: JSON, field to heading, or a file with it")
    history.add_argument("--date-order", choices=("ymd", "dmy", "mdy"), help="what 3/4/2025 means")
    history.add_argument("--set-aside", action="store_true", help="leave rows with errors out instead of refusing the file")
    history.add_argument("--dry-run", action="store_true", help="only look through, apply nothing")
    history.add_argument("--json", action="store_true", help="one object: status, rows, errors by row")
    history.set_defaults(run=import_history)

    report = commands.add_parser("report", help="figures").add_subparsers(dest="what", required=True)
    told = report.add_parser("history", help="the imported history: bookings, cancelled, no-shows, stayed, room nights, revenue")
    told.add_argument("--by", choices=("month", "segment", "channel"), default="month")
    told.add_argument("--hotel", help="hotel code (needed when there are several)")
    told.add_argument("--json", action="store_true", help="one object a line")
    told.set_defaults(run=report_history)


def _mapping(text: str | None) -> dict[str, str]:
    from guiju.shelf.errors import Refusal

    if not text:
        return {}
    try:
        found = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise Refusal(f"--mapping is neither JSON nor a file with it: {error}") from error
    if not isinstance(found, dict):
        raise Refusal("--mapping: a JSON object is wanted, field to heading")
    return {str(key): str(value) for key, value in found.items()}


def import_history(chosen: argparse.Namespace) -> int:
    """Exit 0 when all of it was applied (or looked through without an error), 1 when nothing was."""
    from guiju.cli.installation import _hotel
    from guiju.history import actions, files, work
    from guiju.history.actions.receiving import AlreadyHere
    from guiju.history.files import MOST_BYTES
    from guiju.history.models import Batch
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    hotel = _hotel(chosen.hotel)
    by = the_clock(hotel.pk, via="cli")
    with Path(chosen.file).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    table = files.open_table(data, Path(chosen.file).name)
    _give_up(hotel, data, by)
    try:
        batch = actions.receive(hotel, data=data, name=Path(chosen.file).name, table=table, by=by, now=clock.now())
    except AlreadyHere as here:
        if not chosen.json:
            raise
        print(json.dumps({"file": chosen.file, "status": here.code, "batch": here.details["batch"], "error": here.message}, ensure_ascii=False))
        return 1
    options = {**batch.options, **({"hotel": chosen.name} if chosen.name else {})}
    options |= {"date_order": chosen.date_order} if chosen.date_order else {}
    try:
        actions.name_columns(batch, mapping={**batch.mapping, **_mapping(chosen.mapping)}, options=options, by=by, now=clock.now())
        work.run(batch.pk, clock.now, _progress)
        batch.refresh_from_db()
        if batch.state == Batch.State.CHECKED and batch.bad_rows and chosen.set_aside:
            actions.set_aside(batch, by=by, now=clock.now())
        if batch.state == Batch.State.CHECKED and not batch.bad_rows and not chosen.dry_run:
            actions.apply_batch(batch, by=by, now=clock.now())
            work.run(batch.pk, clock.now, _progress)
            batch.refresh_from_db()
        _say(batch, chosen)
        good = batch.state == Batch.State.APPLIED or (chosen.dry_run and batch.state == Batch.State.CHECKED and not batch.bad_rows)
    finally:
        batch.refresh_from_db()
        if batch.state not in (Batch.State.APPLIED, Batch.State.FAILED):
            actions.drop_batch(batch, by=by, now=clock.now())
        if batch.state != Batch.State.APPLIED:
            work.run(batch.pk, clock.now)
    return 0 if good else 1


def _give_up(hotel: Any, data: bytes, by: Any) -> None:
    """An earlier try with this file that nobody works on any more makes room for this one."""
    import hashlib

    from guiju.history import actions, work
    from guiju.history.models import Batch
    from guiju.shelf import clock

    now = clock.now()
    left = Batch.objects.of(hotel.pk).filter(sha256=hashlib.sha256(data).hexdigest(), received_by_id__isnull=True)
    for batch in left.filter(state__in=[Batch.State.RECEIVED, Batch.State.CHECKING, Batch.State.CHECKED, Batch.State.APPLYING]):
        if work.is_free(batch, now):
            actions.drop_batch(batch, by=by, now=now)
            work.run(batch.pk, clock.now)


def _progress(batch: Any) -> None:
    if sys.stderr.isatty() and batch.total:
        print(f"\r{batch.state:<10}{batch.done:>9} / {batch.total}", end="", file=sys.stderr, flush=True)


def _say(batch: Any, chosen: argparse.Namespace) -> None:
    from guiju.history.models import BadRow
    from guiju.history.reading import said

    bad = BadRow.objects.of(batch.hotel_id).filter(batch=batch).order_by("row_number")
    errors = {row.row_number: {key: said(error) for key, error in row.errors.items()} for row in bad[: 10_000 if chosen.json else SHOWN_ERRORS]}
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if chosen.json:
        print(json.dumps({
            "file": chosen.file, "batch": str(batch.pk), "status": batch.state, "sha256": batch.sha256, "rows": batch.rows,
            "bad_rows": batch.bad_rows, "set_aside": batch.aside_rows, "groups": batch.groups, "hotels": batch.past_hotels,
            "first_arrival": batch.first_arrival_on, "last_arrival": batch.last_arrival_on, "flags": batch.flags,
            "error": said(batch.said) if batch.said else None, "errors": errors,
        }, ensure_ascii=False, default=str))
        return
    print(f"{batch.state}: {batch.rows} rows, {batch.bad_rows} with errors, {batch.aside_rows} set aside, {batch.groups} groups")
    print(f"{', '.join(batch.past_hotels)}  {batch.first_arrival_on} – {batch.last_arrival_on}  {batch.flags or ''}".rstrip())
    if batch.said:
        print(said(batch.said))
    for number, wrong in errors.items():
        print(f"row {number}: {'; '.join(f'{key}: {text}' for key, text in wrong.items())}")


def report_history(chosen: argparse.Namespace) -> int:
    """Totals of the imported history."""
    from guiju.cli.installation import _hotel
    from guiju.history.figures import reported, totals

    for line in totals(_hotel(chosen.hotel), chosen.by):
        row = reported(line, chosen.by)
        print(json.dumps(row, ensure_ascii=False) if chosen.json else "  ".join(str(value) for value in row.values()))
    return 0
