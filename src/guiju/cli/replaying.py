"""replay: an edition of the standard, or a draft, run over past bookings."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    replay = commands.add_parser(
        "replay",
        help="run an edition of the standard over past bookings: duties, peaks, people",
        description="How many duties each clause would have opened, per post, hour and weekday, the peaks with their dates, and how many "
        "people each post needs. Nothing is written. A history has no hours: they are assumed by a written profile that stands in the result. "
        "What would have been late is said only where the history shows it.",
    )
    replay.add_argument(
        "--edition", default="in-force",
        help="in-force, the number of an edition, shipped, draft:ID, or a folder, TOML file or zip of them (from `guiju standard export`)",
    )
    where = replay.add_mutually_exclusive_group(required=True)
    where.add_argument("--bookings", metavar="FILE", help="past bookings: csv, xlsx or a zip with one of them, in a layout the import knows")
    where.add_argument("--history", action="store_true", help="the imported history of the hotel")
    replay.add_argument("--draft", action="store_true", help="--edition is a draft: run the edition in force too and say what differs")
    replay.add_argument(
        "--handling", nargs="+", default=[], metavar="MINUTES|CLAUSE=MINUTES", help="minutes of work a duty takes; 5 where nothing is said"
    )
    replay.add_argument("--goal", type=float, default=0.95, help="the part of the duties that is to be in time; 0.95")
    replay.add_argument("--profile", metavar="FILE", help="TOML with other assumptions (docs/replay.md lists the keys)")
    replay.add_argument("--hotel", help="hotel code (needed when there are several)")
    replay.add_argument("--processes", type=int, default=2, help="processes that count; 2")
    replay.add_argument("--part", type=float, default=1.0, help="only this part of the bookings, e.g. 0.25: for measuring")
    replay.add_argument("--json", action="store_true", help="everything, as one object")
    replay.set_defaults(run=run_replay)


def run_replay(chosen: argparse.Namespace) -> int:
    """Exit 0 with the figures; 1 when the edition or the bookings cannot be read."""
    from guiju.cli.installation import _hotel
    from guiju.history.files import MOST_BYTES
    from guiju.history.replay import actions, choosing, gathering, reporting
    from guiju.history.replay.profile import BadProfile, Profile, profile_of_toml
    from guiju.history.replay.running import span_of
    from guiju.shelf import clock
    from guiju.shelf.errors import Refusal

    began, now, hotel = time.monotonic(), clock.now(), _hotel(chosen.hotel)
    try:
        profile = profile_of_toml(Path(chosen.profile).read_text("utf-8")) if chosen.profile else Profile()
    except (BadProfile, UnicodeDecodeError) as wrong:
        raise Refusal(f"--profile: {wrong}") from wrong
    edition = _edition(hotel.pk, chosen.edition, now)
    against = choosing.choose(hotel.pk, choosing.in_force(hotel.pk, now)) if chosen.draft else None
    minutes, by_clause = _handling(chosen.handling)
    handling = actions.handling_of(edition, minutes, by_clause, chosen.goal, against)
    if chosen.history:
        gathered = gathering.of_history(hotel, profile)
    else:
        with Path(chosen.bookings).open("rb") as file:
            gathered = gathering.of_file(file.read(MOST_BYTES + 1), Path(chosen.bookings).name, profile)
    if not 0 < chosen.part <= 1 or chosen.processes < 1:
        raise Refusal("--part is above 0 and at most 1, --processes at least 1")
    if chosen.part < 1:
        gathered.by_hotel = {name: _part(stays, chosen.part) for name, stays in gathered.by_hotel.items()}
    read_in = time.monotonic() - began
    first, last = span_of([past for stays in gathered.by_hotel.values() for past in stays])
    result = reporting.report(
        edition, gathered, gathering.calendar_of(hotel, profile, first, last, now), handling=handling, profile=profile,
        source="history" if chosen.history else Path(chosen.bookings).name, against=against, processes=chosen.processes,
        progress=_progress if sys.stderr.isatty() else lambda done, of: None,
    )
    result["machine"] |= {"reading_seconds": round(read_in, 2), "whole_seconds": round(time.monotonic() - began, 2)}
    for error in gathered.errors:
        print(error, file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False) if chosen.json else "\n".join(said(result)))
    return 0


def _part(stays: list[Any], part: float) -> list[Any]:
    """So great a part, taken evenly from the whole time."""
    return [past for place, past in enumerate(stays) if int((place + 1) * part) > int(place * part)] or stays[:1]


def _edition(hotel_id: Any, wanted: str, now: Any) -> Any:
    from guiju.duties.models import Edition
    from guiju.history.replay import choosing
    from guiju.shelf.errors import Refusal

    if wanted in ("in-force", "current"):
        return choosing.choose(hotel_id, choosing.in_force(hotel_id, now))
    if wanted == "shipped":
        return choosing.choose(hotel_id, "shipped:hotel-sales")
    if wanted.isdecimal():
        found = Edition.objects.of(hotel_id).filter(number=int(wanted), standard="hotel-sales", approved_at__isnull=False).first()
        if found is None:
            raise Refusal(f"there is no edition {wanted}")
        return choosing.choose(hotel_id, f"edition:{found.pk}")
    if wanted.partition(":")[0] in choosing.sources:
        return choosing.choose(hotel_id, wanted)
    path = Path(wanted)
    if not path.exists():
        raise Refusal(f"{wanted} is neither an edition nor a folder or file")
    return choosing.of_path(path)


def _handling(given: list[str]) -> tuple[int, dict[str, int]]:
    from guiju.shelf.errors import Refusal

    minutes, by_clause = 5, {}
    for text in given:
        name, sign, number = text.rpartition("=")
        if not number.isdecimal() or (sign and not name):
            raise Refusal(f"--handling: write minutes or clause=minutes, not {text!r}")
        if sign:
            by_clause[name] = int(number)
        else:
            minutes = int(number)
    return minutes, by_clause


def _progress(done: int, of: int) -> None:
    print(f"\r{done} of {of} bookings", end="\n" if done >= of else "", file=sys.stderr, flush=True)


def said(result: dict[str, Any]) -> list[str]:
    """The result for a person at a terminal."""
    history, machine = result["history"], result["machine"]
    lines = [
        f"{result['edition']['label']} over {history['rows']} rows, {history['bookings']} bookings, {history['groups']} groups "
        f"({history['first_booked_on']} – {history['last_arrival_on']})",
        "The hours of the day are assumed: the history has dates only. Assumptions stand in --json and in docs/replay.md.",
    ]
    for hotel in result["hotels"]:
        peak = hotel["peak"]
        lines += [
            "",
            f"{hotel['hotel']}: {hotel['opened']} duties opened, {hotel['fell_away']} fell away before they began, {hotel['came']} came to a desk",
            f"  most open at once {peak['open_at_once']['duties']} ({peak['open_at_once']['at']}), in an hour {peak['in_an_hour']['duties']} "
            f"({peak['in_an_hour']['at']}), in a day {peak['in_a_day']['duties']} ({(peak['in_a_day']['at'] or '')[:10]})",
            f"  late by the dates alone {hotel['late']['shown']}; of {hotel['late']['no_evidence']} there is no evidence",
        ]
        lines += [f"  {one['clause']:<28}{one['opened']:>8} opened {one['came']:>8} came" for one in hotel["clauses"]]
        goal = round(result["handling"]["goal"] * 100)
        for one in (*hotel["posts"], *hotel["departments"]):
            people = one["people"]
            name = one.get("post") or f"{one['department']} (one pool)"
            lines.append(f"  {name:<28}{one['came']:>8} duties  people: {people['for_goal']} for {goal} %, {people['for_all']} for all")
    for name, found in result.get("differences", {}).items():
        lines += ["", f"{name}: what it changes beside the edition in force"]
        lines += [f"  {one['clause']:<28}{one['came'][0]:>8} → {one['came'][1]}" for one in found["clauses"]] or ["  nothing"]
    lines += ["", f"{machine['seconds']} s, {machine['peak_mb']} MB, {machine['processes']} processes"]
    return lines
