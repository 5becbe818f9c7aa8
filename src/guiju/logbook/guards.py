"""The database itself refuses to change or delete what is in the logbook."""

from __future__ import annotations

from typing import Any

TABLES = ("logbook_entry", "logbook_entrysubject")
SAME = {
    "logbook_entry": "id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq)", "logbook_entrysubject": "id = NEW.id",
}
SAYS = "the logbook is append-only"


def _triggers(vendor: str) -> dict[str, str]:
    """Name -> statement of every trigger of this engine."""
    found = {}
    for table in TABLES:
        for action in ("UPDATE", "DELETE"):
            name = f"{table}_no_{action.lower()}"
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION guiju_append_only()"
                if vendor == "postgresql"
                else f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
        if vendor == "postgresql":
            name = f"{table}_no_truncate"
            found[name] = f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION guiju_append_only()"
    if vendor == "sqlite":  # INSERT OR REPLACE takes the old row away without asking the trigger for DELETE
        for table, same in SAME.items():
            name = f"{table}_no_replace"
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
                f" BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
    return found


def install(connection: Any) -> None:
    """Put up the triggers (idempotent)."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION guiju_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
            )
        for statement in _triggers(connection.vendor).values():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers down: for tests that must empty the tables, never for anything else."""
    with connection.cursor() as cursor:
        for name in _triggers(connection.vendor):
            on = f" ON {name.rpartition('_no_')[0]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: Any) -> list[str]:
    """Triggers that somebody took down (or, on PostgreSQL, switched off)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(set(_triggers(connection.vendor)) - standing)
