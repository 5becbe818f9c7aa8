"""Whether this process can serve: asked by /readyz, by load balancers and by the person who runs the machine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from guiju.shelf import registry

ENGINE_SQLITE = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
ENGINE_POSTGRES = ("server_version", "fsync", "full_page_writes", "synchronous_commit", "lock_timeout")


def look(now: datetime) -> dict[str, Any]:
    """{"ready", "checks": {name: {"ready", "details"}}}: database, migrations, and the rooms' own checks."""
    try:
        checks = {"database": (True, engine()), "migrations": migrations()}
        for name, check in registry.readiness.items():
            checks[name] = check(now)
    except DatabaseError as error:
        checks = {"database": (False, type(error).__name__)}
    return {
        "ready": all(ready for ready, _details in checks.values()),
        "checks": {name: {"ready": ready, "details": details} for name, (ready, details) in checks.items()},
    }


def engine() -> dict[str, str]:
    """The settings that keep what was promised, read from the live connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rows = {}
            for name in ENGINE_POSTGRES:
                cursor.execute("SELECT current_setting(%s)", [name])
                rows[name] = str(cursor.fetchone()[0])
            return {"engine": "postgresql", **rows}
        cursor.execute("SELECT sqlite_version()")
        rows = {"version": str(cursor.fetchone()[0])}
        for name in ENGINE_SQLITE:
            cursor.execute(f"PRAGMA {name}")
            rows[name] = str(cursor.fetchone()[0])
        return {"engine": "sqlite", **rows}


def migrations() -> tuple[bool, Any]:
    """Whether the tables are those of this version; otherwise the names of what is missing."""
    executor = MigrationExecutor(connection)
    missing = [f"{m.app_label}.{m.name}" for m, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    return (not missing, missing)
