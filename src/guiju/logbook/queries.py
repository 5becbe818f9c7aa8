"""Reading the record: histories of subjects, and the chain's own proof."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings

from guiju.logbook import canon
from guiju.logbook.models import Chain, Entry, EntrySubject
from guiju.shelf.words import vocabulary

Subject = tuple[str, str]
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Remembered:
    """A fact read back, with typed attributes, in the order (at, seq)."""

    kind: str
    at: datetime
    subjects: tuple[Subject, ...]
    attrs: dict[str, Any]
    by: str | None
    seq: int
    recorded_at: datetime
    entry_id: UUID


def typed(kind: str, attrs: dict[str, Any]) -> dict[str, Any]:
    """Attributes as their declared types (the chain keeps numbers, dates and moments as text)."""
    words = vocabulary().kinds.get(kind)
    types = words.attrs if words else {}
    return {key: _typed(types.get(key, "text"), value) for key, value in attrs.items()}


def _typed(type_name: str, value: Any) -> Any:
    if value is None:
        return None
    if type_name == "number":
        return Decimal(value)
    if type_name == "date":
        return date.fromisoformat(value)
    if type_name == "moment":
        return datetime.fromisoformat(value)
    return value


def histories(hotel_id: UUID | None, subjects: Iterable[Subject]) -> dict[Subject, list[Remembered]]:
    """The history of each subject, oldest first: one query for all of them."""
    wanted = set(subjects)
    found: dict[Subject, list[Remembered]] = {subject: [] for subject in wanted}
    if not wanted:
        return found
    rows = EntrySubject.objects.filter(
        hotel_id=hotel_id,
        kind__in={kind for kind, _ in wanted},
        subject_id__in={pk for _, pk in wanted},
    ).values_list("kind", "subject_id", "entry__kind", "entry__at", "entry__attrs", "entry__by_id", "entry__seq",
                  "entry__recorded_at", "entry_id")
    for kind, pk, fact, at, attrs, by, seq, recorded_at, entry_id in rows:
        if (kind, pk) in found:
            found[(kind, pk)].append(
                Remembered(fact, at, ((kind, pk),), typed(fact, attrs), str(by) if by else None, seq, recorded_at, entry_id)
            )
    for facts in found.values():
        facts.sort(key=lambda fact: (fact.at, fact.seq))
    return found


@dataclass(frozen=True, slots=True)
class Proof:
    """What checking a chain found: entries checked, and the first bad one if any."""

    hotel_id: UUID | None
    checked: int
    bad_seq: int | None = None
    why: str = ""


def prove(chain: Chain) -> Proof:
    """Walk a chain from its first entry: sequence without gaps, each hash, each seal, columns and subjects as in the body, the tail."""
    prev, expected = canon.FIRST, 0
    for batch in batched(chain.entries.order_by("seq").iterator(chunk_size=BATCH), BATCH):
        subjects: dict[UUID, list[Subject]] = {}
        rows = EntrySubject.objects.filter(entry__chain=chain, entry__seq__gte=batch[0].seq, entry__seq__lte=batch[-1].seq)
        for entry_id, kind, pk in rows.values_list("entry_id", "kind", "subject_id"):
            subjects.setdefault(entry_id, []).append((kind, pk))
        for entry in batch:
            expected += 1
            why = _fault(entry, prev, expected, subjects.get(entry.pk, []))
            if why:
                return Proof(chain.hotel_id, expected - 1, entry.seq, why)
            prev = entry.hash
    if expected != chain.seq or prev != chain.head:
        return Proof(chain.hotel_id, expected, expected + 1, "the end of the chain is missing")
    return Proof(chain.hotel_id, expected)


def _fault(entry: Entry, prev: str, expected: int, subjects: list[Subject]) -> str:
    if entry.seq != expected:
        return f"entry {expected} is missing"
    if entry.prev != prev:
        return "does not follow the entry before it"
    if entry.hash != canon.link(prev, entry.body):
        return "the body was changed"
    if entry.seal != canon.seal(settings.LOGBOOK_KEY, entry.hash):
        return "was not sealed with this installation's key"
    body = json.loads(entry.body)
    same = (
        body["seq"] == entry.seq
        and body["kind"] == entry.kind
        and body["at"] == canon.moment(entry.at)
        and body["recorded_at"] == canon.moment(entry.recorded_at)
        and body["by"] == (str(entry.by_id) if entry.by_id else None)
        and body["attrs"] == entry.attrs
        and body["id"] == str(entry.pk)
    )
    if not same:
        return "its columns do not say what its body says"
    if sorted(map(tuple, body["subjects"])) != sorted(subjects):
        return "it is not filed under the subjects its body names"
    return ""


def batched(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Entries so many at a time."""
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def export(chain: Chain) -> Iterator[str]:
    """The chain as JSON lines: chain, seq, prev, hash and the exact canonical body that was hashed."""
    name = str(chain.hotel_id) if chain.hotel_id else "installation"
    for entry in chain.entries.order_by("seq").iterator(chunk_size=2000):
        yield json.dumps(
            {"chain": name, "seq": entry.seq, "prev": entry.prev, "hash": entry.hash, "seal": entry.seal, "body": entry.body},
            ensure_ascii=False,
        )
