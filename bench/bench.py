"""`make bench SCALE=1k|100k|1m`: server time and queries of the pages and steps, beside the same SQL through the driver.

The data is made by seed in a database of its own and thrown away; a table is printed and kept in bench/results.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCALES = {"1k": (1_000, 1_000, 1_000), "100k": (100_000, 100_000, 100_000), "1m": (100_000, 1_000_000, 1_000_000)}
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
BATCH = 1000
PAGES = {
    "today": "/today/", "enquiry desk": "/enquiries/", "bookings list": "/bookings/", "matrix": "/rooms/",
    "client search": "/clients/?q=机电", "arrivals": "/arrivals/", "papers": "/papers/",
}


def batches(rows: Iterator[Any], model: Any) -> None:
    """Write rows a thousand at a time."""
    pile = []
    for row in rows:
        pile.append(row)
        if len(pile) == BATCH:
            model.objects.bulk_create(pile)
            pile = []
    model.objects.bulk_create(pile)


def fill(stage: Any, clients: int, bookings: int, duties: int) -> None:
    """Clients, bookings with their rooms, blocks, nights, counters and ledger, and duties; limits sized to the data."""
    from guiju.bookings.models import Booking, BookingRooms
    from guiju.clients.models import Client
    from guiju.clients.search import index_all
    from guiju.demo.base import PLACES, TRADES, initials
    from guiju.duties.models import Duty, Edition
    from guiju.rooms.models import Block, BlockNight, InventoryEntry, RoomNight

    rng, hotel = random.Random(7), stage.hotel
    trades = [trade for _kind, names in TRADES for trade in names]
    names = [f"{rng.choice(PLACES)}{rng.choice(trades)}{n:06d}有限公司" for n in range(clients)]
    batches(
        (Client(hotel=hotel, number=f"X{n:06d}", name=name, short_name=name[:4], initials=initials(name[:4]), created_at=NOW)
         for n, name in enumerate(names)), Client,
    )
    index_all(hotel.pk)
    kind = stage.types["TWN"]
    days = 700
    limit = bookings // days * 3 + 400  # a stay is at most two nights
    taken: dict[Any, int] = {}
    rows, rooms, blocks, nights, entries = [], [], [], [], []

    def flush() -> None:
        for model, pile in (
            (Booking, rows), (BookingRooms, rooms), (Block, blocks), (BlockNight, nights), (InventoryEntry, entries)
        ):
            model.objects.bulk_create(pile)
            pile.clear()

    for n in range(bookings):
        arrival = stage.today + timedelta(days=n * days // bookings - 350)
        departure = arrival + timedelta(days=1 + n % 2)
        row = Booking(
            hotel=hotel, number=f"X{n:07d}", kind="fit_cash", state="confirmed", name=stage.name(), persons=1,
            arrival_on=arrival, departure_on=departure, seller=stage.people["lin"], total=Decimal(680),
            created_at=NOW - timedelta(minutes=n % 400_000), confirmed_at=NOW,
        )
        rows.append(row)
        rooms.append(BookingRooms(hotel=hotel, booking=row, room_type=kind, from_on=arrival, until_on=departure, rooms=1))
        block = Block(
            hotel=hotel, about_kind="booking", about_id=str(row.pk), label=row.number, state="sold", first_night=arrival,
            last_night=departure - timedelta(days=1), rooms=1, created_at=NOW, updated_at=NOW,
        )
        blocks.append(block)
        for step in range((departure - arrival).days):
            night = arrival + timedelta(days=step)
            taken[night] = taken.get(night, 0) + 1
            nights.append(BlockNight(hotel=hotel, block=block, room_type=kind, night=night, rooms=1))
            entries.append(InventoryEntry(
                hotel=hotel, room_type=kind, night=night, sold=1, source="booking", about_kind="booking",
                about_id=str(row.pk), at=NOW,
            ))
        if len(rows) == BATCH:
            flush()
    flush()
    RoomNight.objects.bulk_create(
        RoomNight(hotel=hotel, room_type=kind, night=night, sold=sold, sell_limit=limit) for night, sold in taken.items()
    )
    edition = Edition.objects.of(hotel.pk).first()
    people = [stage.people[name].pk for name in ("lin", "he", "wen", "tang")]

    def owed(n: int) -> Duty:
        due = NOW + timedelta(minutes=n % 2000 - 60)
        return Duty(
            hotel=hotel, clause="booking.reply-30", rule="reply", kind="timed", subject_kind="bench", subject_id=str(n),
            edition=edition, owner="duty_seller", owner_person_id=people[n % 4], opens_at=due - timedelta(minutes=30),
            starts_at=due - timedelta(minutes=30), due_at=due, met_at=None if n % 200 == 0 else due, because=[],
        )

    batches((owed(n) for n in range(duties)), Duty)


def browser_of(stage: Any, who: str) -> Any:
    """A signed-in browser inside this process."""
    from django.test import Client as Browser

    from guiju.house.models import SignedIn

    browser, person = Browser(), stage.people[who]
    row = SignedIn.objects.create(
        person=person, hotel=stage.hotel, session_key=f"bench-{who}", created_at=NOW, last_seen_at=NOW
    )
    session = browser.session
    session["signed_in"], session["epoch"] = str(row.pk), person.session_epoch
    session.save()
    return browser


def measure(step: Callable[[], Any], times: int) -> dict[str, Any]:
    """p50 and p95 of the whole, queries of one, their time."""
    from django.db import connection

    seen: list[float] = []

    def count(execute: Any, *args: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*args)
        finally:
            seen.append(time.perf_counter() - begun)

    step()
    with connection.execute_wrapper(count):
        step()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        step()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {
        "p50_ms": round(took[len(took) // 2], 1), "p95_ms": round(took[int(len(took) * 0.95)], 1), "queries": len(seen),
        "sql_ms": round(sum(seen) * 1000, 1), "times": times,
    }


def pages(stage: Any, times: int) -> dict[str, Any]:
    """Each page as the sales manager sees it; what is not there yet says so."""
    browser, found = browser_of(stage, "shen"), {}
    for name, url in PAGES.items():
        status = browser.get(url).status_code
        found[name] = measure(lambda url=url: browser.get(url), times) if status == 200 else {"skipped": f"{url}: {status}"}
    return found


def steps(stage: Any, times: int) -> dict[str, Any]:
    """confirm, sign, my duties, availability, a PDF: without a template."""
    from guiju.bookings import actions
    from guiju.bookings.models import Booking
    from guiju.bookings.papers import issue_form
    from guiju.bookings.shapes import RoomLine
    from guiju.clients.search import search
    from guiju.duties.queries import my_open
    from guiju.house.acting import acting
    from guiju.logbook.writing import writing
    from guiju.papers.actions.signing import sign_for
    from guiju.papers.models import Copy
    from guiju.rooms.queries.availability import availability

    hotel, day = stage.hotel, stage.today + timedelta(days=30)
    by, desk = acting(stage.people["lin"], hotel, now=NOW), acting(stage.people["fang"], hotel, now=NOW)
    ready: list[Booking] = []
    for n in range(times + 4):  # one to warm, one to count, two for the raw run
        with writing(hotel.pk, by=by, now=NOW):
            row = actions.draft_booking(
                hotel, kind="fit_cash", name=f"量 {n}", arrival_on=day, departure_on=day + timedelta(days=2), persons=1,
                rooms=[RoomLine(stage.types["KNG"].pk, day, day + timedelta(days=2), 1)], by=by, now=NOW,
            )
            actions.place_hold(row, by=by, now=NOW)
        ready.append(row)
    waiting, papers = list(ready), list(ready)

    def confirm() -> None:
        row = Booking.objects.select_related("hotel", "client", "agreement").get(pk=waiting.pop().pk)
        with writing(hotel.pk, by=by, now=NOW):
            actions.confirm(row, by=by, now=NOW)

    def issue() -> None:
        row = Booking.objects.select_related("hotel", "client", "agreement").get(pk=papers.pop().pk)
        with writing(hotel.pk, by=by, now=NOW):
            issue_form(row, by=by, now=NOW)

    def sign() -> None:
        copy = Copy.objects.filter(department="front_desk", signed_at__isnull=True, superseded_at__isnull=True).first()
        with writing(hotel.pk, by=desk, now=NOW):
            sign_for(copy, by=desk, now=NOW)

    found = {}
    for name, step, count in (
        ("confirm (verb, duties, log)", confirm, times), ("issue the form (rows)", issue, times), ("sign", sign, times - 1),
        ("my open duties", lambda: my_open(by, NOW), times),
        ("availability 31 nights × 6 types", lambda: availability(hotel.pk, stage.today, stage.today + timedelta(days=31)), times),
        ("client search (query)", lambda: search(hotel.pk, "机电"), times),
        ("one form to PDF, warm", pdf(stage), times),
    ):
        try:
            found[name] = measure(step, count)
        except Exception as error:  # a part that fails is reported beside the others
            found[name] = {"skipped": f"{type(error).__name__}: {error}"[:200]}
    return found


def pdf(stage: Any) -> Callable[[], Any]:
    """One reservation form as PDF."""
    from guiju.bookings.models import Booking
    from guiju.bookings.papers import reservation_content
    from guiju.papers.forms import sheet
    from guiju.papers.printing import render

    row = Booking.objects.select_related("hotel", "client", "agreement").filter(name__startswith="量").first()
    laid = sheet("reservation_form", reservation_content(row), lang="zh-hans", old=None, hotel_name=stage.hotel.name)
    return lambda: render([laid])


def raw(stage: Any, times: int) -> dict[str, Any]:
    """The statements of one confirm, taken down, and played again through the driver: one transaction, same durability."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from guiju.bookings import actions
    from guiju.bookings.models import Booking
    from guiju.house.acting import acting
    from guiju.logbook.writing import writing

    by = acting(stage.people["lin"], stage.hotel, now=NOW)
    row = Booking.objects.filter(name__startswith="量", state="tentative").select_related("hotel", "client", "agreement").first()
    with CaptureQueriesContext(connection) as seen, writing(stage.hotel.pk, by=by, now=NOW):
        actions.confirm(row, by=by, now=NOW)
    kinds: dict[str, int] = {}
    for query in seen.captured_queries:
        word = query["sql"].split(None, 1)[0].upper()
        kinds[word] = kinds.get(word, 0) + 1
    reads, writes = kinds.get("SELECT", 0), kinds.get("INSERT", 0) + kinds.get("UPDATE", 0)
    connection.ensure_connection()
    line = connection.connection
    postgres = connection.vendor == "postgresql"
    mark = "%s" if postgres else "?"
    cursor = line.cursor()
    cursor.execute("CREATE TABLE bench_raw (id char(32) PRIMARY KEY, body text NOT NULL, n integer NOT NULL)")
    if postgres and not line.autocommit:
        line.commit()
    took = []
    for _ in range(times + 2):
        begun = time.perf_counter()
        cursor.execute("BEGIN" if postgres else "BEGIN IMMEDIATE")
        last = ""
        for n in range(writes):
            last = uuid.uuid4().hex
            cursor.execute(f"INSERT INTO bench_raw VALUES ({mark}, {mark}, {mark})", (last, "x" * 300, n))
        for _n in range(reads):
            cursor.execute(f"SELECT * FROM bench_raw WHERE id = {mark}", (last,))
            cursor.fetchall()
        cursor.execute("COMMIT")
        took.append((time.perf_counter() - begun) * 1000)
    cursor.execute("DROP TABLE bench_raw")
    took.sort()
    return {
        "p50_ms": round(took[len(took) // 2], 1), "p95_ms": round(took[int(len(took) * 0.95)], 1),
        "queries": reads + writes, "statements": kinds, "times": times,
    }


def run(engine: str, scale: str, times: int) -> dict[str, Any]:
    """Build, measure, and check that what was built is whole."""
    from bench import stage as staging

    staging.begin()
    begun = time.monotonic()
    stage = staging.hotel(NOW, clients=40)
    fill(stage, *SCALES[scale])
    built = time.monotonic() - begun
    found = {**pages(stage, times), **steps(stage, times)}
    try:
        found["confirm, as many statements through the driver"] = raw(stage, times)
    except Exception as error:  # the others still stand
        found["confirm, as many statements through the driver"] = {"skipped": f"{type(error).__name__}: {error}"[:200]}
    from guiju.config.verifying import verify

    entries, faults = verify()
    return {
        "scale": scale, "engine": engine, "rows": dict(zip(("clients", "bookings", "duties"), SCALES[scale], strict=True)),
        "cores": os.cpu_count(), "load_at_end": round(os.getloadavg()[0], 1), "built_s": round(built), "entries": entries,
        "faults": [str(fault)[:200] for fault in faults[:5]], "found": found,
    }


def table(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [f"{result['engine']} {result['scale']} · {result['cores']} cores · load {result['load_at_end']}"]
    for name, one in result["found"].items():
        if "skipped" in one:
            lines.append(f"  {name:<46} skipped: {one['skipped']}")
        else:
            lines.append(
                f"  {name:<46} p50 {one['p50_ms']:>7} ms  p95 {one['p95_ms']:>7} ms  {one['queries']:>3} queries"
                f"  {one.get('sql_ms', '')} ms in SQL"
            )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="1k")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--here", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        result = run(chosen.here, chosen.scale, chosen.times)
        goal = HERE / "results" / f"bench-{chosen.scale}-{chosen.here}.json"
        goal.parent.mkdir(exist_ok=True)
        goal.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
        print(table(result), flush=True)
        return 1 if result["faults"] else 0
    import subprocess

    from tools.postgres_for_tests import throw_away

    code = 0
    for engine in chosen.engine or ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="guiju-bench-") as folder, throw_away(durable=True) as database:
            if engine == "postgresql" and database is None:
                print("postgresql: skipped, there is none on this machine")
                continue
            clock = Path(folder) / "clock"
            clock.write_text(NOW.isoformat())
            environment = {
                **os.environ, "GUIJU_MODE": "test", "GUIJU_DATA": folder, "GUIJU_CLOCK_FILE": str(clock), "GUIJU_LOG": "WARNING",
            }
            environment.pop("DATABASE_URL", None)
            if engine == "postgresql":
                environment["DATABASE_URL"] = str(database)
            words = ["--scale", chosen.scale, "--times", str(chosen.times), "--here", engine]
            code |= subprocess.run([sys.executable, __file__, *words], env=environment, check=False).returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
