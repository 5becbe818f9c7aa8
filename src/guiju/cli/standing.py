"""due, verify, logbook, standard, routes: what stands, and the proof of it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo


def add_commands(commands: Any) -> None:
    due = commands.add_parser("due", help="what is due at a moment, most urgent first")
    due.add_argument("--at", help="a moment, e.g. 2026-11-24T18:00+08:00; now by default")
    due.add_argument("--json", action="store_true")
    due.set_defaults(run=show_due)

    verify = commands.add_parser("verify", help="check every invariant: the logbook's chains, inventory, credit, hotels' borders")
    verify.set_defaults(run=run_verify)

    logbook = commands.add_parser("logbook", help="the record").add_subparsers(dest="what", required=True)
    export = logbook.add_parser("export", help="write the logbook as JSON lines that an outsider can verify")
    export.add_argument("--out", help="a file; standard output by default")
    export.set_defaults(run=logbook_export)

    standard = commands.add_parser("standard", help="the written standard").add_subparsers(dest="what", required=True)
    listing = standard.add_parser("list", help="the clauses, one object a line with --json")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=standard_list)
    show = standard.add_parser("show", help="one clause with its rules and cases")
    show.add_argument("id")
    show.set_defaults(run=standard_show)
    check = standard.add_parser("check", help="load a standard and run all its cases")
    check.add_argument("--dir", help="a folder of TOML files, one such file, or a zip; the shipped hotel-sales by default")
    check.set_defaults(run=standard_check)

    from guiju.cli import editions

    editions.add_commands(standard)
    adopt = standard.add_parser(
        "adopt", help="put the shipped standard, or a folder, in force as the hotel's next edition; running duties keep theirs"
    )
    adopt.add_argument("--hotel", help="hotel code (needed when there are several)")
    adopt.add_argument("--dir", help="a folder of TOML files; the shipped hotel-sales by default")
    adopt.add_argument("--from", dest="since", help="a moment in hotel time, e.g. 2026-12-01T00:00; now by default")
    adopt.set_defaults(run=standard_adopt)

    routes = commands.add_parser("routes", help="every page, operation and verb with its permission")
    routes.add_argument("--json", action="store_true")
    routes.set_defaults(run=show_routes)


def _moment(text: str | None, zone: str = "UTC") -> datetime:
    """A moment somebody typed: without an offset it is meant in the hotel's zone."""
    from guiju.shelf import clock
    from guiju.shelf.errors import Refusal

    if not text:
        return clock.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"not a moment: {text}") from error
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def show_due(chosen: argparse.Namespace) -> int:
    from guiju.duties.models import Duty
    from guiju.duties.queries import standing, with_status
    from guiju.house.models import Hotel
    from guiju.shelf import registry

    for hotel in Hotel.objects.order_by("code"):
        now = _moment(chosen.at, hotel.zone)
        duties = list(with_status(standing(Duty.objects.of(hotel.pk).filter(starts_at__lte=now)), now).order_by("due_at"))
        titles = registry.titles(hotel.pk, {(duty.subject_kind, duty.subject_id) for duty in duties})
        for duty in duties:
            subject = (duty.subject_kind, duty.subject_id)
            line = {
                "hotel": hotel.code, "clause": duty.clause, "rule": duty.rule, "status": duty.status,
                "due_at": duty.due_at.astimezone(ZoneInfo(hotel.zone)).isoformat(timespec="minutes"), "owner": duty.owner,
                "subject": list(subject), "title": titles.get(subject, ("", ""))[0],
            }
            shown = {**line, "subject": ":".join(subject)}
            print(json.dumps(line, ensure_ascii=False) if chosen.json else "  ".join(map(str, shown.values())))
    return 0


def run_verify(chosen: argparse.Namespace) -> int:
    from guiju.config.verifying import verify

    entries, faults = verify()
    print(f"{entries} logbook entries checked")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def logbook_export(chosen: argparse.Namespace) -> int:
    from guiju.logbook.models import Chain
    from guiju.logbook.queries import export

    with ExitStack() as stack:
        out = stack.enter_context(Path(chosen.out).open("w", encoding="utf-8")) if chosen.out else sys.stdout
        for chain in Chain.objects.order_by("id"):
            for line in export(chain):
                out.write(line + "\n")
    return 0


def _standard(folder: str | None = None) -> Any:
    from guiju import rulebook
    from guiju.shelf.words import vocabulary

    path = Path(folder) if folder else Path(rulebook.__file__).parent.parent / "standards" / "hotel-sales"
    return path, rulebook.load_standard(path, vocabulary())


def standard_list(chosen: argparse.Namespace) -> int:
    _, standard = _standard()
    cases: dict[str, int] = {}
    for case in standard.cases:
        cases[case.clause] = cases.get(case.clause, 0) + 1
    for clause in standard.clauses.values():
        line = {
            "id": clause.id, "kind": clause.kind, "source": clause.source, "cases": cases.get(clause.id, 0),
            "carried_by": sorted({rule.kind for rule in clause.rules}), "zh": clause.text["zh"], "en": clause.text["en"],
        }
        print(json.dumps(line, ensure_ascii=False) if chosen.json else f"{clause.id:<28}{clause.kind:<9}{line['cases']:>3}  {clause.text['zh']}")
    return 0


def standard_show(chosen: argparse.Namespace) -> int:
    from guiju.shelf.errors import Refusal

    path, standard = _standard()
    clause = standard.clauses.get(chosen.id)
    if clause is None:
        raise Refusal(f"no clause {chosen.id!r}")
    print(f"{clause.id}  ({clause.source})\n{clause.text['zh']}\n{clause.text['en']}\n")
    print(_written(path, clause.id) + "\n")
    for case in standard.cases:
        if case.clause == clause.id:
            print(f"  - {case.says}")
    return 0


def _written(path: Path, clause: str) -> str:
    """The clause as it stands in its file, without its cases."""
    for file in sorted(path.glob("*.toml")):
        for part in re.split(r"^(?=\[\[(?:clause|case|clause\.case)\]\])", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if part.startswith("[[clause]]") and re.search(rf'^id *= *"{re.escape(clause)}"', part, flags=re.MULTILINE):
                return f"# {file.name}\n{part.strip()}"
    return ""


def standard_check(chosen: argparse.Namespace) -> int:
    from guiju import rulebook
    from guiju.shelf.words import vocabulary

    path = Path(chosen.dir) if chosen.dir else Path(rulebook.__file__).parent.parent / "standards" / "hotel-sales"
    report = _of_zip(path) if path.suffix == ".zip" and path.is_file() else rulebook.check(path, vocabulary())
    for problem in report.problems:
        print(f"{problem.file}:{problem.line}: {problem.message}")
    for failure in report.failures:
        print(failure)
    print(f"{report.cases_run} cases run, {len(report.failures)} failed, {len(report.problems)} problems")
    return 1 if report.problems or report.failures else 0


def _of_zip(path: Path) -> Any:
    """What a check finds in a zip of an edition."""
    from guiju.cli.editions import texts_at
    from guiju.rulebook.cases import check_texts
    from guiju.shelf.words import vocabulary

    return check_texts(texts_at(path), vocabulary())


def standard_adopt(chosen: argparse.Namespace) -> int:
    from guiju import rulebook
    from guiju.cli.installation import _hotel
    from guiju.duties import actions
    from guiju.rulebook.loading import texts_of
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock
    from guiju.shelf.errors import Refusal
    from guiju.shelf.words import vocabulary

    hotel, now = _hotel(chosen.hotel), clock.now()
    path = Path(chosen.dir) if chosen.dir else Path(rulebook.__file__).parent.parent / "standards" / "hotel-sales"
    report = rulebook.check(path, vocabulary())
    if report.problems or report.failures:
        raise Refusal(f"{path} is not in order: run `guiju standard check`")
    edition = actions.adopt(
        hotel, texts=texts_of(path), effective_at=_moment(chosen.since, hotel.zone), by=the_clock(hotel.pk, via="cli"), now=now
    )
    since = edition.effective_at.astimezone(ZoneInfo(hotel.zone)).isoformat(timespec="minutes")
    print(f"edition {edition.number} of {hotel.code} in force from {since}")
    return 0


def show_routes(chosen: argparse.Namespace) -> int:
    from guiju.config.routes import everything

    for route in everything():
        print(json.dumps(route, ensure_ascii=False) if chosen.json else f"{route['kind']:<6}{route['permission'] or '-':<24}{route['name']}")
    return 0
