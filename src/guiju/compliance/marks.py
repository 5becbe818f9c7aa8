"""The database marks the day of every duty that changes: no code path, and no hand at the tables, can forget it."""

from __future__ import annotations

from typing import Any

# What the counts depend on; a firing of the clock or another reason leaves them as they are.
COLUMNS = (
    "hotel_id", "clause", "kind", "due_at", "starts_at", "met_at", "ended_at", "waived_at", "missed_at",
    "owner_department", "owner_post", "owner_person_id", "met_by_id", "visible_to",
)
MARK = "INSERT INTO compliance_touched (hotel_id, {on}) VALUES ({row}.hotel_id, {day})"


def _mark(vendor: str, row: str) -> str:
    on = '"on"'
    day = f"(({row}.due_at AT TIME ZONE 'UTC')::date)" if vendor == "postgresql" else f"date({row}.due_at)"
    return MARK.format(on=on, row=row, day=day)


def _differs(vendor: str) -> str:
    test = "OLD.{0}::text IS DISTINCT FROM NEW.{0}::text" if vendor == "postgresql" else "OLD.{0} IS NOT NEW.{0}"
    return " OR ".join(test.format(column) for column in COLUMNS)


EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def _triggers(vendor: str) -> dict[str, str]:
    """Name -> statement of every trigger of this engine."""
    found = {}
    for event, rows in EVENTS.items():
        name = f"duties_duty_touched_{event}"
        after = f"UPDATE OF {', '.join(COLUMNS)}" if event == "update" else event.upper()
        when = f" WHEN ({_differs(vendor)})" if event == "update" else ""
        if vendor == "postgresql":
            found[name] = f"CREATE TRIGGER {name} AFTER {after} ON duties_duty FOR EACH ROW{when} EXECUTE FUNCTION guiju_duty_touched_{event}()"
        else:
            body = " ".join(f"{_mark(vendor, row)};" for row in rows)
            found[name] = f"CREATE TRIGGER {name} AFTER {after} ON duties_duty FOR EACH ROW{when} BEGIN {body} END"
    return found


def install(connection: Any) -> None:
    """Put up the triggers (idempotent)."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for event, rows in EVENTS.items():
                body = " ".join(f"{_mark(connection.vendor, row)};" for row in rows)
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION guiju_duty_touched_{event}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN {body} RETURN NULL; END $$"
                )
        for statement in _triggers(connection.vendor).values():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers down."""
    with connection.cursor() as cursor:
        for name in _triggers(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (" ON duties_duty" if connection.vendor == "postgresql" else ""))


def missing(connection: Any) -> list[str]:
    """Triggers that are not there: somebody took them down, or SQLite rebuilt the table without them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(set(_triggers(connection.vendor)) - standing)


def touch_all(connection: Any) -> None:
    """Mark every day that has a duty, or was counted: all will be counted again."""
    day = "((due_at AT TIME ZONE 'UTC')::date)" if connection.vendor == "postgresql" else "date(due_at)"
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO compliance_touched (hotel_id, "on") SELECT DISTINCT hotel_id, {day} FROM duties_duty')
        cursor.execute('INSERT INTO compliance_touched (hotel_id, "on") SELECT DISTINCT hotel_id, "on" FROM compliance_countedday')


def mend(connection: Any) -> None:
    """After every migration: a table that was rebuilt without its triggers gets them again, and all days are counted anew."""
    if missing(connection):
        install(connection)
        touch_all(connection)
