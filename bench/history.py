"""Time and memory of the import of a quarter, a half and all of a file of past bookings, then its pages; tables for docs/history.md.

    python -m bench.history FILE [--engine sqlite|postgres]

Each part is the real command (`guiju import history`) on a new hotel. Beside it another writer asks for the database every 20 ms:
how long it waits at most is how long the import holds anybody up.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

PARTS = (0.25, 0.5, 1.0)
PAGES = ("/history/", "/history/?measure=revenue&of=City+Hotel", "/history/mix", "/history/totals", "/history/totals?by=segment", "/history/files")
TIMES = 30


def environment(folder: str, url: str) -> dict[str, str]:
    """A clean one: this folder, this database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL"))}
    return {**kept, "GUIJU_DATA": folder, **({"DATABASE_URL": url} if url else {})}


def guiju(folder: str, url: str, *words: str) -> str:
    """What the command says."""
    done = subprocess.run([sys.executable, "-m", "guiju.cli", *words], env=environment(folder, url), capture_output=True, text=True, check=True)
    return done.stdout


def part_of(file: Path, share: float, folder: str) -> Path:
    """The heading and the first rows, as a file of its own."""
    data = file.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = package.read(next(name for name in package.namelist() if name.endswith(".csv")))
    lines = data.splitlines(keepends=True)
    path = Path(folder) / f"part-{share:g}.csv"
    path.write_bytes(b"".join(lines[: 1 + round((len(lines) - 1) * share)]))
    return path


class Waiting:
    """Another writer of the same SQLite file, and how long it had to wait at most."""

    def __init__(self, path: Path) -> None:
        self.path, self.longest, self.over = path, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._ask, daemon=True)

    def _ask(self) -> None:
        database = sqlite3.connect(self.path, timeout=60, isolation_level=None, check_same_thread=False)
        while not self.over.wait(0.02):
            began = time.monotonic()
            database.execute("BEGIN IMMEDIATE")
            self.longest = max(self.longest, time.monotonic() - began)
            database.execute("ROLLBACK")
        database.close()

    def __enter__(self) -> Waiting:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def measured(file: Path, share: float, url: str, folder: str) -> dict[str, Any]:
    """One import: rows, seconds, memory of its process, and how long another writer waited."""
    code = f"h{round(share * 100)}"
    guiju(folder, url, "hotel", "create", code, "--name", code, "--admin", code)
    part = part_of(file, share, folder)
    command = [sys.executable, "-m", "guiju.cli", "import", "history", str(part), "--hotel", code, "--json"]
    writer = nullcontext() if url else Waiting(Path(folder) / "guiju.sqlite3")
    with writer:
        began = time.monotonic()
        process = subprocess.Popen(command, env=environment(folder, url), stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        said = json.loads(process.stdout.read())
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    assert status == 0, said
    return {
        "share": share, "rows": said["rows"], "groups": said["groups"], "seconds": seconds,
        "processor": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024, "waited": getattr(writer, "longest", None),
    }


def pages() -> None:
    """Inside the installation: each page as the sales manager gets it, warm; queries and milliseconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
    os.environ["GUIJU_LOG"] = "ERROR"
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from guiju.history.models import Batch
    from guiju.house import actions
    from guiju.house.models import SignedIn
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock

    batch = Batch.objects.filter(state="applied").select_related("hotel").order_by("-rows")[0]
    now = clock.now()
    person, _word = actions.add_person(
        batch.hotel, username="bench", name="Bench", posts=("sales_manager",), by=the_clock(batch.hotel_id, via="cli"), now=now
    )
    type(person).objects.filter(pk=person.pk).update(must_change_password=False)
    browser = Client(headers={"host": "localhost"})
    row = SignedIn.objects.create(person=person, hotel=batch.hotel, session_key="bench", created_at=now, last_seen_at=now)
    session = browser.session
    session["signed_in"], session["epoch"] = str(row.pk), person.session_epoch
    session.save()
    for path in (*PAGES, f"/history/files/{batch.pk}"):
        asked: list[str] = []
        with connection.execute_wrapper(lambda run, sql, *rest, asked=asked: (asked.append(sql), run(sql, *rest))[1]):
            answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        times = []
        for _ in range(TIMES):
            began = time.perf_counter()
            browser.get(path)
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        name = path if "files/" not in path else "/history/files/{pk}"
        print(f"| `{name}` | {statistics.median(times):.0f} | {times[int(TIMES * 0.95) - 1]:.0f} | {len(asked)} |")


def main() -> None:
    """Both tables."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("file", type=Path, nargs="?")
    wanted.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    wanted.add_argument("--pages", action="store_true")
    chosen = wanted.parse_args()
    if chosen.pages:
        pages()
        return
    from tools.postgres_for_tests import throw_away

    with tempfile.TemporaryDirectory() as folder, (throw_away(durable=True) if chosen.engine == "postgres" else nullcontext("")) as url:
        print("| Part | Rows | Groups | Seconds | of it processor | Memory MB | Another writer waited at most ms |\n|---|---|---|---|---|---|---|")
        for share in PARTS:
            one = measured(chosen.file, share, url or "", folder)
            waited = "—" if one["waited"] is None else f"{one['waited'] * 1000:.0f}"
            counted, used = (f"{share:g}", f"{one['rows']:,}", f"{one['groups']:,}"), (f"{one['seconds']:.1f}", f"{one['processor']:.1f}")
            cells = (*counted, *used, f"{one['mb']:.0f}", waited)
            print(f"| {' | '.join(cells)} |", flush=True)
        print("\n| Page | p50 ms | p95 ms | queries |\n|---|---|---|---|", flush=True)
        subprocess.run([sys.executable, "-m", "bench.history", "--pages"], env=environment(folder, url or ""), check=True)


if __name__ == "__main__":
    main()
