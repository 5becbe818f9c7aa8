"""The quick way through the migrations makes the same tables, indexes and triggers as Django's own."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.cli.test_terminal import environment

WAY = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "guiju.config.settings"
import django
django.setup()
from contextlib import nullcontext
from django.core.management import call_command
from django.db.migrations.state import ProjectState
from guiju.config.quick_tables import quickly
asked = []
real = ProjectState.reload_model
ProjectState.reload_model = lambda self, *words, **more: (asked.append(words), real(self, *words, **more))[1]
with {way}():
    call_command("migrate", "clients", interactive=False, verbosity=0)
print(len(asked))
"""


def made(folder: Path, way: str) -> tuple[int, list[tuple[str, str]]]:
    folder.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", WAY.format(way=way)], env=environment(folder, GUIJU_MODE="test"), capture_output=True, text=True, check=True
    )
    with sqlite3.connect(folder / "guiju.sqlite3") as database:
        return int(ran.stdout), sorted((name, sql or "") for name, sql in database.execute("select name, sql from sqlite_master"))


def test_the_quick_way_makes_the_same_tables(tmp_path: Path) -> None:
    """Down to the text of each table; and it is another way, not the same one twice."""
    quick, tables = made(tmp_path / "quick", "quickly")
    slow, others = made(tmp_path / "slow", "nullcontext")
    assert tables == others
    assert len(tables) > 100
    assert quick < slow
