"""The logbook cannot be changed, and `guiju verify` names what somebody changed all the same."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from guiju.config.verifying import verify
from guiju.logbook import guards
from guiju.logbook.models import Entry, EntrySubject
from guiju.logbook.writing import note, writing
from tests.cast import Cast, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A hotel with two entries of its own."""
    cast = build()
    for n in (1, 2):
        with writing(cast.hotel.pk, by=cast.actor("lin"), now=cast.at(f"10:0{n}")):
            note("hotel.created", cast.hotel, ("booking", f"b{n}"), zone="Asia/Shanghai")
    return cast


def statements() -> list[str]:
    """Every way to change an entry or where it is filed."""
    columns = ", ".join(field.column for field in Entry._meta.concrete_fields)
    entry_id, subject_id = f"'{Entry.objects.first().pk.hex}'", EntrySubject.objects.first().pk
    found = [
        "UPDATE logbook_entry SET body = 'x'", "DELETE FROM logbook_entry", "UPDATE logbook_entrysubject SET kind = 'x'",
        f"DELETE FROM logbook_entrysubject WHERE id = {subject_id}",
    ]
    if connection.vendor == "sqlite":
        return [
            *found, f"INSERT OR REPLACE INTO logbook_entry ({columns}) SELECT {columns} FROM logbook_entry WHERE id = {entry_id}",
            "INSERT OR REPLACE INTO logbook_entry SELECT * FROM logbook_entry ORDER BY seq DESC LIMIT 1",
            f"INSERT OR REPLACE INTO logbook_entrysubject SELECT * FROM logbook_entrysubject WHERE id = {subject_id}",
        ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE wants nothing pending in its transaction
    return [*found, "TRUNCATE logbook_entry CASCADE"]


def test_the_database_refuses_every_change(cast: Cast) -> None:
    """Clause of the record: what is written stays written (reliability, rule 8)."""
    for statement in statements():
        with pytest.raises(DatabaseError, match=guards.SAYS), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert verify()[1] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE logbook_entry SET body = replace(body, 'Asia', 'Asien') WHERE seq = {seq}", "the body was changed"),
        ("UPDATE logbook_entry SET by_id = NULL WHERE seq = {seq}", "its columns do not say what its body says"),
        ("DELETE FROM logbook_entrysubject WHERE kind = 'booking' AND subject_id = 'b1'", "not filed under the subjects"),
        ("UPDATE logbook_entrysubject SET subject_id = 'b9' WHERE subject_id = 'b1'", "not filed under the subjects"),
    ],
)
def test_verify_names_the_entry_that_was_changed(cast: Cast, change: str, said: str) -> None:
    """With the triggers taken down, changed and put up again: the first bad entry is named."""
    seq = Entry.objects.get(subjects__subject_id="b1").seq
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(change.format(seq=seq))
    guards.install(connection)
    (fault,) = verify()[1]
    assert f"entry {seq}:" in fault and said in fault


def test_verify_says_that_the_guards_are_gone(cast: Cast) -> None:
    """Somebody who takes the triggers down and changes nothing yet is noticed too."""
    guards.remove(connection)
    try:
        faults = verify()[1]
    finally:
        guards.install(connection)
    assert [fault for fault in faults if "logbook_entry_no_update" in fault] and len(faults) >= 4
    assert verify()[1] == []
