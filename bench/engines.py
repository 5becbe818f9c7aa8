"""A bench on both databases: each in a process of its own, on an empty installation whose clock stands still; its result kept as JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.postgres_for_tests import server

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
Result = dict[str, Any]


def main(
    name: str, about: str | None, *, counted: str, many: int, now: datetime, run: Callable[[str, int, int], Result], table: Callable[[Result], str]
) -> int:
    """The command of a bench: `run(engine, many, times)` inside, `table(result)` for people; 1 where a result has faults or is wrong."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument(f"--{counted}", type=int, default=many, dest="many")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--part", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        Path(chosen.part).write_text(json.dumps(run(chosen.inside, chosen.many, chosen.times)))
        return 0
    code = 0
    for engine in chosen.engine or ("sqlite", "postgresql"):
        result = _one(name, engine, [f"--{counted}", str(chosen.many), "--times", str(chosen.times)], now)
        if result is None:
            print("postgresql: skipped, there is none on this machine")
            continue
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}-{engine}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
        print(table(result), flush=True)
        code |= bool(result["faults"] or result.get("wrong"))
    return code


def _one(name: str, engine: str, words: list[str], now: datetime) -> Result | None:
    """The bench in a process of its own; None where this machine has no such database."""
    wanted = server(durable=True) if engine == "postgresql" else nullcontext()
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as place, wanted as database:
        if engine == "postgresql" and database is None:
            return None
        load, folder = os.getloadavg()[0], Path(place)
        (folder / "clock").write_text(now.isoformat())
        environment = {
            **os.environ, "GUIJU_MODE": "test", "GUIJU_DATA": place, "GUIJU_CLOCK_FILE": str(folder / "clock"), "GUIJU_LOG": "WARNING",
        }
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database.address
        part = folder / "inside.json"
        program = [sys.executable, "-m", f"bench.{name}", *words, "--inside", engine, "--part", str(part)]
        subprocess.run(program, env=environment, cwd=ROOT, check=True)
        found: Result = json.loads(part.read_text())
    return found | {
        "load_at_begin": round(load, 1), "load_at_end": round(os.getloadavg()[0], 1), "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
