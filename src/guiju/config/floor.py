"""The engine floor: what the database must be and how it must be set, checked at start and shown by /readyz."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from guiju.config.engine import wal_is_safe


def live() -> dict[str, str]:
    """The settings of the running connection that durability depends on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            import sqlite3

            answers = {"sqlite": sqlite3.sqlite_version}
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
                cursor.execute(f"PRAGMA {name}")
                answers[name] = str(cursor.fetchone()[0])
            return answers
        names = (
            "server_version",
            "fsync",
            "full_page_writes",
            "synchronous_commit",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "data_checksums",
        )
        answers = {}
        for name in names:
            cursor.execute(f"SHOW {name}")
            answers[name] = str(cursor.fetchone()[0])
        return answers


def faults() -> list[str]:
    """Why this database must not be used; empty when it may."""
    said = live()
    if connection.vendor == "sqlite":
        version = tuple(int(part) for part in said["sqlite"].split("."))
        wrong = []
        if said["journal_mode"] == "wal" and not wal_is_safe(version):
            wrong.append(f"SQLite {said['sqlite']} can lose commits in WAL mode: 3.51.3, 3.50.7 or 3.44.6 is needed")
        if said["synchronous"] not in ("2", "3"):
            wrong.append("SQLite does not run with synchronous=FULL")
        if said["foreign_keys"] != "1":
            wrong.append("SQLite does not check foreign keys")
        return wrong
    wrong = [f"PostgreSQL runs with {name}=off" for name in ("fsync", "full_page_writes", "synchronous_commit") if said[name] == "off"]
    return [] if settings.GUIJU_MODE == "test" else wrong
