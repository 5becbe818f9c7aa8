"""Time and memory of a replay of a quarter, a half and all of a history; figures of all of it as tables for docs/replay.md.

    python -m bench.replay FILE [--processes 2] [--out bench/results/replay.json]

Each part is a run of its own of the real command (`guiju replay`), on a new hotel with the standard that comes with the product.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PARTS = (0.25, 0.5, 1.0)


def guiju(folder: str, *words: str) -> str:
    """What the command says. Raises CalledProcessError."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL"))}
    done = subprocess.run(
        [sys.executable, "-m", "guiju.cli", *words], env={**kept, "GUIJU_DATA": folder}, capture_output=True, text=True, check=True
    )
    return done.stdout


def measured(file: Path, processes: int) -> list[tuple[float, float, dict[str, Any]]]:
    """(part, seconds of the whole command, its result) for each part; the result's machine tells what else the machine did meanwhile."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        guiju(folder, "hotel", "create", "bench", "--name", "Bench")
        for part in PARTS:
            began, worked = time.monotonic(), _computed()
            said = guiju(folder, "replay", "--bookings", str(file), "--part", str(part), "--processes", str(processes), "--json")
            result = json.loads(said)
            result["machine"] |= {"command_processor_seconds": round(_computed() - worked, 1), "load": round(os.getloadavg()[0], 1)}
            out.append((part, time.monotonic() - began, result))
    return out


def _computed() -> float:
    """Processor seconds of every command that has ended, with its children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tables(found: list[tuple[float, float, dict[str, Any]]]) -> list[str]:
    """The figures in Markdown."""
    lines = [
        "| Part | Bookings | Duties | Whole command s | Counting s | People and peaks s | Processor s | Memory MB, all processes | Load |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for part, seconds, result in found:
        machine, run = result["machine"], result["machine"]["runs"][0]
        duties = sum(hotel["opened"] for hotel in result["hotels"])
        lines.append(
            f"| {part:g} | {machine['bookings']:,} | {duties:,} | {seconds:.1f} | {run['counting_seconds']} | {run['figures_seconds']} "
            f"| {machine['command_processor_seconds']} | {machine['peak_mb']} | {machine['load']} |"
        )
    for hotel in found[-1][2]["hotels"]:
        lines += ["", *_hotel(hotel, round(found[-1][2]["handling"]["goal"] * 100))]
    return lines


def _hotel(hotel: dict[str, Any], goal: int) -> list[str]:
    peak = hotel["peak"]
    lines = [
        f"### {hotel['hotel']}", "",
        f"{hotel['rows']:,} rows, {hotel['bookings']:,} bookings, {hotel['groups']:,} of them groups. {hotel['opened']:,} duties opened, "
        f"{hotel['fell_away']:,} fell away before they began, {hotel['came']:,} came to a desk. Most open at once "
        f"{peak['open_at_once']['duties']:,} ({peak['open_at_once']['at']}); most in one hour {peak['in_an_hour']['duties']:,} "
        f"({peak['in_an_hour']['at']}); most in one day {peak['in_a_day']['duties']:,} ({peak['in_a_day']['at'][:10]}). "
        f"Shown late by the dates {hotel['late']['shown']:,}; no evidence for {hotel['late']['no_evidence']:,}.", "",
        "| Clause | Opened | Fell away | Came | Most open at once | on | Shown late |", "|---|---|---|---|---|---|---|",
    ]
    for one in hotel["clauses"]:
        most = one["peak"]["open_at_once"]
        lines.append(
            f"| {one['clause']} | {one['opened']:,} | {one['fell_away']:,} | {one['came']:,} | {most['duties']:,} | {(most['at'] or '–')[:10]} "
            f"| {one['late']['shown']:,} |"
        )
    lines += ["", f"| Post | Duties | Busiest hour of the day | Busiest day, hours of work | People for {goal} % | for all | not by anyone |",
              "|---|---|---|---|---|---|---|"]
    for one in (*hotel["posts"], *hotel["departments"]):
        people, hours = one["people"], one["by_hour"]
        name = one.get("post") or f"**{one['department']}**, one pool"
        lines.append(
            f"| {name} | {one['came']:,} | {hours.index(max(hours)):02}:00 | {one['busiest_day_hours']:g} | {people['for_goal']} "
            f"| {people['for_all']} | {people['impossible']:,} |"
        )
    return lines


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    found = measured(given.file, given.processes)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps([{"part": part, "seconds": round(seconds, 2), "result": result} for part, seconds, result in found]))
    print("\n".join(tables(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
