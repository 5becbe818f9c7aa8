"""The tables of an empty installation, made once by the real `migrate` and copied wherever a test begins with them.

All migrations one by one take tens of seconds; tests/cli and tests/architecture still go through them as a newcomer does. The copy is kept
between runs under the hash of every migration and of what these call; on PostgreSQL the tables are always made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import django

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "guiju"
CALLED = ("logbook/guards.py", "compliance/marks.py", "shelf/ids.py")  # what migrations import
A_DAY = 86_400  # seconds
KEPT = Path(tempfile.gettempdir()) / f"guiju-test-tables-{os.getuid()}"


def _key() -> str:
    whole = hashlib.sha256(django.__version__.encode())
    for path in sorted([*PACKAGE.rglob("migrations/*.py"), *(PACKAGE / name for name in CALLED)]):
        whole.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return whole.hexdigest()[:24]


def tables() -> Path:
    """A SQLite file with all tables and no hotel."""
    KEPT.mkdir(mode=0o700, exist_ok=True)
    found = KEPT / f"{_key()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            for old in KEPT.glob("*.sqlite3"):
                if time.time() - old.stat().st_mtime > A_DAY:  # another run may be copying a younger one
                    old.unlink()
            _make(found)
    return found


def _make(found: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL", "PORT", "DJANGO_", "PYTEST_"))}
    with tempfile.TemporaryDirectory(prefix="guiju-tables-") as folder:
        subprocess.run(
            [sys.executable, "-m", "guiju.cli", "migrate", "--no-input", "--verbosity", "0"],
            env={**kept, "GUIJU_DATA": folder, "GUIJU_MODE": "test", "PYTHONPATH": str(ROOT / "src")}, cwd=ROOT, check=True,
        )
        import sqlite3

        source, target = sqlite3.connect(f"{folder}/guiju.sqlite3"), sqlite3.connect(f"{found}.new")
        source.backup(target)
        source.close()
        target.close()
    Path(f"{found}.new").rename(found)


def furnish(folder: Path) -> Path:
    """The tables in a data folder, so that a command started there finds them in place; the folder."""
    shutil.copyfile(tables(), folder / "guiju.sqlite3")
    return folder


@contextmanager
def copied() -> Iterator[None]:
    """Within it Django's `migrate` on SQLite copies the tables instead of making them."""
    from django.core import management
    from django.db import connection

    real = management.call_command

    def call(name: str, *words: Any, **more: Any) -> Any:
        if name != "migrate" or connection.vendor != "sqlite":
            return real(name, *words, **more)
        connection.ensure_connection()
        source = connection.Database.connect(str(tables()))
        source.backup(connection.connection)
        source.close()
        return None

    with mock.patch.object(management, "call_command", call):
        yield
