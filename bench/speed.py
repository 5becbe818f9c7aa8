"""`make bench SCALE=1k|100k|1m`: server time and queries of the pages and steps, beside the same SQL through the driver.

The data is made by seed in a database of its own and thrown away; a table is printed and kept in bench/results.
Then a real installation on the same database answers 1 and 8 clients over HTTP.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.postgres_for_tests import server

from bench import stage as staging
from bench.crowd import installation, prepare
from bench.filling import NOW, SCALES, fill, settle, wait_for_answers
from bench.measuring import pages, steps

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results"
EACH = 15  # requests of each client in a crowd


def run(engine: str, scale: str, times: int) -> dict[str, Any]:
    """Build, measure, and check that what was built is whole."""
    staging.begin()
    begun = time.monotonic()
    stage = staging.hotel(NOW, clients=40)
    fill(stage, *SCALES[scale])
    wait_for_answers(stage)
    settle(stage, NOW)
    built = time.monotonic() - begun
    found = {**pages(stage, times), **steps(stage, times)}
    ready = prepare(stage, EACH)
    from guiju.config.verifying import verify

    entries, faults = verify()
    return {
        "scale": scale, "engine": engine, "rows": dict(zip(("clients", "bookings", "duties"), SCALES[scale], strict=True)),
        "cores": os.cpu_count(), "python": platform.python_version(), "built_s": round(built), "entries": entries,
        "faults": [str(fault)[:200] for fault in faults[:5]], "found": found, "ready": ready,
    }


def table(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [f"{result['engine']} {result['scale']} · {result['cores']} cores · load {result['load_at_begin']} → {result['load_at_end']}"]
    for name, one in result["found"].items():
        if "skipped" in one:
            lines.append(f"  {name:<46} skipped: {one['skipped']}")
        else:
            lines.append(
                f"  {name:<46} p50 {one['p50_ms']:>7} ms  p95 {one['p95_ms']:>7} ms  {one['queries']:>3} queries"
                f"  {one.get('sql_ms', '')} ms in SQL"
            )
    for name, crowd in result["house"]["crowds"].items():
        for count, one in crowd.items():
            lines.append(
                f"  {name + ', ' + count + ' over HTTP':<46} p50 {one['p50_ms']:>7} ms  p95 {one['p95_ms']:>7} ms"
                f"  {one['a_second']} a second" + (f"  WRONG {one['wrong_answers']}" if "wrong_answers" in one else "")
            )
    lines.append(f"  cold start {result['house']['cold_start_s']} s; idle {result['house']['idle_pss_mb']} MB; faults {result['faults']}")
    return "\n".join(lines)


def one_engine(engine: str, scale: str, times: int) -> dict[str, Any] | None:
    """Fill and measure in a process of its own, then start the house; None when the engine is not on this machine."""
    wanted = server(durable=True) if engine == "postgresql" else nullcontext()
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as place, wanted as database:
        if engine == "postgresql" and database is None:
            return None
        folder, load = Path(place), os.getloadavg()[0]
        (folder / "clock").write_text(NOW.isoformat())
        environment = {
            **os.environ, "GUIJU_MODE": "test", "GUIJU_DATA": place, "GUIJU_CLOCK_FILE": str(folder / "clock"), "GUIJU_LOG": "WARNING",
        }
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database.address
        part = folder / "inside.json"
        words = ["--scale", scale, "--times", str(times), "--inside", engine, "--part", str(part)]
        subprocess.run([sys.executable, "-m", "bench.speed", *words], env=environment, cwd=ROOT, check=True)
        result: dict[str, Any] = json.loads(part.read_text())
        staging.begin()
        result["house"] = installation(folder, database, result.pop("ready"), EACH)
        result |= {
            "load_at_begin": round(load, 1), "load_at_end": round(os.getloadavg()[0], 1),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="1k")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--part", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        Path(chosen.part).write_text(json.dumps(run(chosen.inside, chosen.scale, chosen.times)))
        return 0
    code = 0
    for engine in chosen.engine or ("sqlite", "postgresql"):
        result = one_engine(engine, chosen.scale, chosen.times)
        if result is None:
            print("postgresql: skipped, there is none on this machine")
            continue
        RESULTS.mkdir(exist_ok=True)
        goal = RESULTS / f"bench-{chosen.scale}-{engine}.json"
        goal.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
        print(table(result), flush=True)
        code |= bool(result["faults"])
    return code


if __name__ == "__main__":
    sys.exit(main())
