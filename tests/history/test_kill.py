"""A process killed in the middle leaves nothing that counts, and the same file can be read in again at once."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import prepared
from tests.cli.test_terminal import environment, guiju

ROWS = 12_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file large enough to be caught at."""
    dice = random.Random(7)
    path = tmp_path_factory.mktemp("past") / "past.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("hotel,lead_time,arrival,nights,adr,status,segment\n")
        for number in range(ROWS):
            out.write(f"Seaview,{dice.randrange(90)},2025-{number % 12 + 1:02}-{number % 28 + 1:02},{number % 5},{dice.randrange(9000) / 100},Check-Out,S{number % 7}\n")
    return path


def state(folder: Path) -> tuple[str, int]:
    """Where the one batch stands, read beside the process."""
    try:
        with sqlite3.connect(f"file:{folder}/guiju.sqlite3?mode=ro", uri=True, timeout=5) as database:
            found = database.execute("select state, done from history_batch order by received_at desc limit 1").fetchone()
    except sqlite3.OperationalError:
        return "", 0
    return found or ("", 0)


@pytest.mark.parametrize("caught", ["checking", "applying"])
def test_killed_in_the_middle_nothing_counts_and_it_can_be_begun_again(tmp_path: Path, file: Path, caught: str) -> None:
    assert guiju(prepared.furnish(tmp_path), "hotel", "create", "seaview", "--name", "望海饭店").returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "guiju.cli", "import", "history", str(file), "--json"], env=environment(tmp_path),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    seen = False
    while process.poll() is None and not seen:
        now, done = state(tmp_path)
        seen = now == caught and (done > 0 or caught == "applying")
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    if not seen:
        pytest.fail("it was not caught in the middle")
    assert state(tmp_path)[0] in ("checking", "applying", "checked", "applied")
    whole = state(tmp_path)[0] == "applied"
    told = guiju(tmp_path, "report", "history", "--json")
    assert told.returncode == 0 and bool(told.stdout) is whole
    again = guiju(tmp_path, "import", "history", str(file), "--json")
    assert again.returncode == (1 if whole else 0), again.stderr
    lines = [json.loads(line) for line in guiju(tmp_path, "report", "history", "--json").stdout.splitlines()]
    assert sum(line["bookings"] for line in lines) == ROWS
    assert guiju(tmp_path, "verify").returncode == 0
    with sqlite3.connect(tmp_path / "guiju.sqlite3") as database:
        assert database.execute("select count(*) from history_pastbooking").fetchone()[0] == ROWS
        assert database.execute("select count(*) from logbook_entry where kind = 'history.applied'").fetchone()[0] == 1
