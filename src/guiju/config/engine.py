"""Which SQLite: WAL needs a fixed version (3.51.3, 3.50.7, 3.44.6 or later in those lines), else DELETE + EXTRA."""

from __future__ import annotations

import sys

FIXED_LINES = {(3, 44): 6, (3, 50): 7, (3, 51): 3}


def use_safe_sqlite() -> None:
    """Put the bundled SQLite in place of the machine's before Django loads its backend; without it, keep the machine's."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite no longer loses commits when a write races a checkpoint."""
    line = tuple(version[:2])
    if line in FIXED_LINES:
        return version[2] >= FIXED_LINES[line]  # type: ignore[index]
    return line > (3, 51)


def pragmas() -> str:
    """What every SQLite connection starts with."""
    import sqlite3

    safe = wal_is_safe(tuple(int(part) for part in sqlite3.sqlite_version.split(".")))
    journal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" if safe else "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
    return journal + " PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
