"""`make prove`: races, kills and a worker that was away, on SQLite and PostgreSQL; results in bench/results/prove.json.

What is there already is not run again: the file is merged part by part, so that a broken run goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.postgres_for_tests import server

from bench import halls
from bench.killing import kills
from bench.last_room import naive, race
from bench.over_six import over_six
from bench.running import House

RESULTS = Path(__file__).resolve().parent / "results" / "prove.json"
CHUNK = 10  # rounds between two looks at the results
PARTS = ("last_room", "halls", "kills", "over_six")


def known() -> dict[str, Any]:
    """Results so far."""
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def keep(name: str, found: dict[str, Any]) -> None:
    """Merge one part into the results."""
    RESULTS.parent.mkdir(exist_ok=True)
    everything = known()
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    everything[name] = {**found, "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine}
    partial = RESULTS.with_suffix(f".{os.getpid()}.part")
    partial.write_text(json.dumps(everything, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    partial.replace(RESULTS)


def together(before: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Results of further rounds beside those before; of the times the slowest part's."""
    if not before:
        return part
    summed = {name: before[name] + part[name] for name in ("rounds", "sold", "winners", "losers_409", "answers_5xx")}
    slowest = {name: max(before[name], part[name]) for name in ("p50_ms", "p95_ms")}
    return {**part, **summed, **slowest, "faults": {**before["faults"], **part["faults"]}}


@contextmanager
def house_on(engine: str, **more: str) -> Any:
    """A fresh installation on the engine; None when the engine is not on this machine."""
    wanted = server(durable=True) if engine == "postgresql" else nullcontext()
    with tempfile.TemporaryDirectory(prefix="guiju-proof-") as folder, wanted as database:
        if engine == "postgresql" and database is None:
            yield None
            return
        house = House(Path(folder), database, **more)
        try:
            yield house
        finally:
            house.kill()


def run_last_room(engine: str, rounds: int) -> dict[str, Any] | None:
    with house_on(engine) as house:
        if house is None:
            return None
        said = house.build()
        house.start()
        found: dict[str, Any] = {}
        for first in range(0, rounds, CHUNK):
            part = race(house, said, min(CHUNK, rounds - first), first)
            found = together(found, part)
            keep(f"last_room/{engine}", {**found, "ok": False, "asked": rounds, "unfinished": True})
        house.kill()
        verified = house.guiju("verify")
        control = naive(house.database, house.folder)
        found |= {"verify_exit": verified.returncode, "verify": verified.stdout.strip()[-200:], "control": control}
        found["ok"] = not found["faults"] and found["sold"] == rounds and control["caught"] > 0 and not verified.returncode
        return found


def run_halls(engine: str, rounds: int) -> dict[str, Any] | None:
    with house_on(engine) as house:
        if house is None:
            return None
        said = house.build()
        house.start()
        found: dict[str, Any] = {}
        for first in range(0, rounds, CHUNK):
            part = halls.race(house, said, min(CHUNK, rounds - first), first)
            combined = part["combined_rounds"] + found.get("combined_rounds", 0)
            found = together(found, part) | {"combined_rounds": combined}
            keep(f"halls/{engine}", {**found, "ok": False, "asked": rounds, "unfinished": True})
        house.kill()
        verified = house.guiju("verify")
        control = halls.naive(house.database, house.folder)
        found |= {"verify_exit": verified.returncode, "verify": verified.stdout.strip()[-200:], "control": control}
        found["ok"] = not found["faults"] and found["sold"] == rounds and control["caught"] > 0 and not verified.returncode
        return found


def run_kills(engine: str, count: int, seconds: float) -> dict[str, Any] | None:
    with house_on(engine) as house:
        if house is None:
            return None
        found = kills(house, house.build(), count, seconds, seed=count)
        wrong = found["faults"] or found["doubled"] or found["verify_exit"] or found["strange_answers"]
        found |= {"ok": not wrong and found["kills"] > 0 and all(found["control_noticed"].values())}
        return found


def run_over_six(engine: str, count: int) -> dict[str, Any] | None:
    with house_on(engine) as house:
        if house is None:
            return None
        clock = house.folder / "clock"
        clock.write_text("2026-11-24T09:00:00+08:00")
        house.environment["GUIJU_CLOCK_FILE"] = str(clock)
        found = over_six(house, house.build(), count)
        found["ok"] = all(not part["faults"] and all(part["control_noticed"].values()) for part in found.values())
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="one part")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--rounds", type=int, default=50, help="rounds of the last room, and of the halls")
    parser.add_argument("--kills", type=int, help="kills (100 on SQLite, 40 on PostgreSQL)")
    parser.add_argument("--seconds", type=float, default=1500, help="the longest time for the kills of one engine")
    parser.add_argument("--quick", action="store_true", help="5 rounds of the last room, 4 of the halls, 3 kills, 3 bookings")
    parser.add_argument("--again", action="store_true", help="also what already has a result")
    chosen = parser.parse_args()
    good = True
    for part in chosen.only or PARTS:
        for engine in chosen.engine or ("sqlite", "postgresql"):
            name = f"{part}/{engine}"
            usual = 100 if engine == "sqlite" else 40
            sizes = {"last_room": (chosen.rounds, 5), "halls": (chosen.rounds, 4), "kills": (chosen.kills or usual, 3), "over_six": (20, 3)}
            full, quick = sizes[part]
            asked = quick if chosen.quick else full
            before = known().get(name, {})
            if before.get("ok") and before.get("asked", 0) >= asked and not chosen.again:
                print(f"{name}: there already")
                continue
            begun = time.monotonic()
            if part == "last_room":
                found = run_last_room(engine, asked)
            elif part == "halls":
                found = run_halls(engine, asked)
            elif part == "kills":
                found = run_kills(engine, asked, chosen.seconds)
            else:
                found = run_over_six(engine, asked)
            if found is None:
                print(f"{name}: skipped, no PostgreSQL on this machine")
                continue
            found["asked"] = asked
            found["seconds"] = round(time.monotonic() - begun)
            keep(name, found)
            good &= bool(found["ok"])
            print(f"{name}: {'ok' if found['ok'] else 'FAILED'} {json.dumps(found, ensure_ascii=False)}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
