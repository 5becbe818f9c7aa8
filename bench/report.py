"""`python -m bench.report`: docs/performance.md from the results kept in bench/results; what other benches wrote below stays."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS, PAGE = ROOT / "bench" / "results", ROOT / "docs" / "performance.md"
MARK = "<!-- from here on written by hand -->"
SCALES, ENGINES = ("1k", "100k", "1m"), ("sqlite", "postgresql")
PAGES = ("today", "enquiry desk", "bookings list", "matrix", "client search", "papers", "arrivals")
CONFIRM, DRIVER = "confirm (verb, duties, log)", "confirm, the same statements by the driver"
GOALS = {
    CONFIRM: 20, "my open duties (query, objects)": 10, "availability 31 nights × 6 types": 5, "client search (query)": 20,
    "client search (query), no such name": 20, "one form to PDF, warm": 25, "bookings list (query, objects)": 5, **dict.fromkeys(PAGES[:-1], 40),
}
PER_PAGE, RATIO, COLD_S, IDLE_MB, FLAT = 12, 5, 2, 300, 20
HEAD = """# Performance, measured

```
make bench SCALE=1k        # or 100k, 1m; SQLite and PostgreSQL; results in bench/results
.venv/bin/python -m bench.speed --scale 1m --engine sqlite --times 30
.venv/bin/python -m bench.report       # this page from the results
```

Every scale has 100,000 clients and 1,000,000 duties; 1,000, 100,000 or 1,000,000 bookings with their rooms, nights, counters and
ledger, every constraint and index there, sell limits sized to the data; 40 requests wait. `guiju verify` must find the whole sound.
First one client inside the process (whole server time with template, queries, their time), then a real `guiju run` on the same
database with 1 and 8 clients over HTTP. *The same statements by the driver*: the statements of a confirm are taken down in a step
that is rolled back, then played with their values in one transaction with the same durability; their effect is checked.
The page of arrivals lists everybody of the day (one or two in the small hotel, 150 in the large one) and has no goal.
"""


def results() -> dict[tuple[str, str], dict[str, Any]]:
    """What was measured, by scale and engine."""
    found = {}
    for scale in SCALES:
        for engine in ENGINES:
            place = RESULTS / f"bench-{scale}-{engine}.json"
            if place.exists():
                found[scale, engine] = json.loads(place.read_text())
    return found


def missed(one: dict[str, Any]) -> list[str]:
    """The goals this run did not reach, by how much."""
    said = []
    for name, figures in one["found"].items():
        goal = GOALS.get(name)
        if goal and figures.get("p50_ms", goal) > goal:
            said.append(f"{name} {figures['p50_ms']} ms (goal {goal})")
        if name in PAGES and figures.get("queries", 0) > PER_PAGE:
            said.append(f"{name} {figures['queries']} queries (goal {PER_PAGE})")
    if ratio(one) > RATIO:
        said.append(f"confirm is {ratio(one)}× the driver (goal {RATIO}×)")
    if cold(one) > COLD_S:
        said.append(f"cold start {cold(one)} s (goal {COLD_S})")
    if (one["house"]["idle_pss_mb"] or 0) > IDLE_MB:
        said.append(f"idle {one['house']['idle_pss_mb']} MB (goal {IDLE_MB})")
    return said


def ratio(one: dict[str, Any]) -> float:
    """A confirm against its own statements by the driver, in the same run."""
    return round(one["found"][CONFIRM]["p50_ms"] / one["found"][DRIVER]["p50_ms"], 1)


def cold(one: dict[str, Any]) -> float:
    """The middle one of the starts."""
    return float(sorted(one["house"]["cold_start_s"])[len(one["house"]["cold_start_s"]) // 2])


def section(scale: str, engine: str, one: dict[str, Any]) -> str:
    """One run as tables."""
    rows, house = one["rows"], one["house"]
    lines = [
        f"## {engine}, {scale}\n",
        f"{one['cores']} cores, load {one['load_at_begin']} → {one['load_at_end']}, {one['at'][:10]}; {rows['clients']:,} clients, "
        f"{rows['bookings']:,} bookings, {rows['duties']:,} duties, built in {one['built_s']} s; faults found by verify: {len(one['faults'])}.\n",
        "| What | p50 ms | p95 ms | queries | of it SQL ms | goal ms |\n|---|---|---|---|---|---|",
    ]
    for name, figures in one["found"].items():
        if "skipped" in figures:
            lines.append(f"| {name} | {figures['skipped']} | | | | |")
        else:
            lines.append(
                f"| {name} | {figures['p50_ms']} | {figures['p95_ms']} | {figures['queries']} | {figures.get('sql_ms', '')} | {GOALS.get(name, '')} |"
            )
    lines.append("\n| Over HTTP | 1 client p50 / p95 ms | 8 clients p50 / p95 ms | 8 clients, a second |\n|---|---|---|---|")
    for name, crowd in house["crowds"].items():
        alone, eight = crowd["1"], crowd["8"]
        lines.append(f"| {name} | {alone['p50_ms']} / {alone['p95_ms']} | {eight['p50_ms']} / {eight['p95_ms']} | {eight['a_second']} |")
    wrong = sum("wrong_answers" in part for crowd in house["crowds"].values() for part in crowd.values())
    lines.append(
        f"\nConfirm ÷ driver: {ratio(one)}×. Cold start {house['cold_start_s']} s; idle web and worker {house['idle_pss_mb']} MB (PSS). "
        f"Wrong answers: {wrong}.\n\nMissed at p50: {'; '.join(missed(one)) or 'nothing'}.\n"
    )
    return "\n".join(lines)


def flat(found: dict[tuple[str, str], dict[str, Any]]) -> str:
    """How much each page changed from the small hotel to the large one."""
    lines = [
        "## From 1,000 to 1,000,000 bookings\n", f"Goal: within {FLAT} %.\n",
        "| Engine | What | 1k p50 ms | 1m p50 ms | change |\n|---|---|---|---|---|"]
    for engine in ENGINES:
        small, large = found.get(("1k", engine)), found.get(("1m", engine))
        if not small or not large:
            continue
        for name in (*PAGES[:-1], CONFIRM, "sign", "bookings list (query, objects)", "availability 31 nights × 6 types"):
            before, after = small["found"][name]["p50_ms"], large["found"][name]["p50_ms"]
            lines.append(f"| {engine} | {name} | {before} | {after} | {round((after / before - 1) * 100):+d} % |")
    return "\n".join(lines) + "\n"


def main() -> int:
    found = results()
    by_hand = PAGE.read_text().partition(MARK)[2] if PAGE.exists() else ""
    parts = [HEAD, flat(found), *(section(scale, engine, one) for (scale, engine), one in found.items())]
    PAGE.write_text("\n".join(parts) + f"\n{MARK}\n" + (by_hand or "\n"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
