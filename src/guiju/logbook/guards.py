"""The database itself refuses to change or delete what is in the logbook."""

from __future__ import annotations

from typing import Any

TABLES = ("logbook_entry", "logbook_entrysubject")
SAYS = "the logbook is append-only"


def install(connection: Any) -> None:
    """Put up the triggers (idempotent)."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION guiju_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
            )
        for table in TABLES:
            for action in ("UPDATE", "DELETE"):
                name = f"{table}_no_{action.lower()}"
                if connection.vendor == "postgresql":
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION guiju_append_only()"
                    )
                else:
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
                    )


def remove(connection: Any) -> None:
    """Take the triggers down: for tests that must empty the tables, never for anything else."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for action in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{action}{on}")
