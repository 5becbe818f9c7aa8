"""Every kind of record that clauses ask to be complete has a name for the page that lists what is missing."""

from __future__ import annotations

from guiju.shelf import registry


def test_every_kind_of_record_has_a_name() -> None:
    assert registry.records
    assert not [kind for kind, known in registry.records.items() if not str(known.label)]
