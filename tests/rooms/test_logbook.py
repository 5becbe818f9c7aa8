import pytest
from django.db import DatabaseError, connection, transaction

from guiju.logbook import queries
from guiju.logbook.models import Chain, Entry
from guiju.logbook.writing import note, writing
from guiju.rulebook.vocabulary import UnknownWord
from tests.cast import Cast


def put(cast: Cast, kind: str = "hotel.created", **attrs: object) -> None:
    now = cast.at("10:00")
    with writing(cast.hotel.pk, by=cast.actor("lin"), now=now):
        note(kind, ("hotel", cast.hotel.pk), **attrs)


def test_facts_are_chained_and_proved(cast: Cast) -> None:
    put(cast, zone="Asia/Shanghai")
    put(cast, zone="Asia/Tokyo")
    proof = queries.prove(Chain.objects.get(hotel_id=cast.hotel.pk))
    assert (proof.checked, proof.bad_seq) == (2, None)
    history = queries.histories(cast.hotel.pk, [("hotel", str(cast.hotel.pk))])
    assert [fact.attrs["zone"] for fact in history[("hotel", str(cast.hotel.pk))]] == ["Asia/Shanghai", "Asia/Tokyo"]


@pytest.mark.parametrize("change", [{"attrs": {"zone": "x"}}, {"hash": "0" * 64}, {"body": "{}"}])
def test_the_database_refuses_changes(cast: Cast, change: dict[str, object]) -> None:
    put(cast, zone="Asia/Shanghai")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM logbook_entry")


def test_an_unknown_word_is_an_error_and_writes_nothing(cast: Cast) -> None:
    with pytest.raises(UnknownWord):
        put(cast, zone="x", colour="red")
    assert Entry.objects.count() == 0


def test_personal_values_stand_beside_the_chain(cast: Cast) -> None:
    now = cast.at("10:00")
    with writing(cast.hotel.pk, by=cast.actor("guan"), now=now):
        note("person.added", ("person", "p1"), personal={"name": ("person:p1", "秦岚")})
    entry = Entry.objects.get()
    assert "秦岚" not in entry.body
    from guiju.logbook.keys import unlock

    value = entry.personal_values.select_related("key").get()
    assert (unlock(value.key, value.sealed) or "").endswith("秦岚")
