"""One step = one short transaction: rows, facts, what follows from them, and the chain's new tail, all or nothing.

A verb calls `note(...)` for what happened. When the outermost verb ends, the subscribers (duties) see the
facts in the same transaction, then the facts are appended to the chain, last, because the tail is where all
writers of a hotel wait for each other.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection, transaction

from guiju.logbook import canon, keys
from guiju.logbook.models import Chain, Entry, EntrySubject, PersonalValue
from guiju.rulebook.vocabulary import UnknownWord
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Busy
from guiju.shelf.ids import uuid7
from guiju.shelf.words import vocabulary

T = TypeVar("T")
Subject = tuple[str, str]


@dataclass(slots=True)
class Noted:
    """A fact of this transaction, not yet in the chain."""

    kind: str
    at: datetime
    subjects: tuple[Subject, ...]
    attrs: dict[str, Any]
    by: UUID | None
    id: UUID = field(default_factory=uuid7)
    personal: dict[str, tuple[str, str]] = field(default_factory=dict)  # attr -> (about, text)
    note: str = ""


@dataclass(slots=True)
class Writing:
    """What the present step has noted so far."""

    hotel_id: UUID | None
    by: Actor
    now: datetime
    facts: list[Noted] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    seen: int = 0  # facts the subscribers have had
    asked: dict[Any, Any] = field(default_factory=dict)  # answers that hold for this step


_current: ContextVar[Writing | None] = ContextVar("guiju_writing", default=None)
subscribers: list[Callable[[Writing, list[Noted]], None]] = []


def writing_now() -> Writing | None:
    """The step under way in this thread, if any."""
    return _current.get()


def subject_of(thing: Any) -> Subject:
    """(kind, id) of a row or of a pair already in that form."""
    if isinstance(thing, tuple):
        return (str(thing[0]), str(thing[1]))
    return thing.subject  # type: ignore[no-any-return]  # every row has it (shelf.models.Row)


def note(kind: str, /, *subjects: Any, at: datetime | None = None, text: str = "",
         personal: dict[str, tuple[str, str]] | None = None, **attrs: Any) -> Noted:
    """Write down what happened: its kind, what it is about, when, and its plain attributes.

    `personal` maps an attribute to (whom it is about, e.g. "contact:<id>", the text). Raises UnknownWord for a
    kind or attribute that no room declares, RuntimeError outside a verb.
    """
    step = _current.get()
    if step is None:
        raise RuntimeError(f"{kind} was noted outside a verb")
    words = vocabulary().kind(kind)
    unknown = set(attrs) - set(words.attrs) | set(personal or ()) - set(words.personal)
    if unknown:
        raise UnknownWord(f"{kind} does not carry {', '.join(sorted(unknown))}")
    fact = Noted(
        kind=kind,
        at=at or step.now,
        subjects=tuple(subject_of(subject) for subject in subjects if subject is not None),
        attrs={key: value for key, value in attrs.items() if value is not None},
        by=step.by.person_id,
        personal=personal or {},
        note=text,
    )
    step.facts.append(fact)
    return fact


def after_commit(action: Callable[[], None]) -> None:
    """Do something harmless after the step is durable (a wake-up; never the work itself, that goes to the outbox)."""
    transaction.on_commit(action)


def _append(step: Writing) -> None:
    if not step.facts:
        return
    chains = Chain.objects.select_for_update() if connection.vendor == "postgresql" else Chain.objects
    chain = chains.filter(hotel_id=step.hotel_id).first() or Chain.objects.create(hotel_id=step.hotel_id)
    entries, subjects, personal = [], [], []
    for fact in step.facts:
        chain.seq += 1
        hidden = {}
        for attr, (about, text) in fact.personal.items():
            salt = os.urandom(16).hex()
            hidden[attr] = {"about": about, "sha256": hashlib.sha256((salt + text).encode()).hexdigest()}
            key = keys.key_of(step.hotel_id, about)
            personal.append(PersonalValue(entry_id=fact.id, key=key, attr=attr, sealed=keys.lock(key, f"{salt}\n{text}")))
        attrs = canon.plain(fact.attrs)
        body = canon.canonical({
            "id": str(fact.id), "hotel": str(step.hotel_id) if step.hotel_id else None, "seq": chain.seq,
            "kind": fact.kind, "at": canon.moment(fact.at), "recorded_at": canon.moment(step.now),
            "by": str(fact.by) if fact.by else None, "via": step.by.via, "from": step.by.address or None,
            "subjects": [list(subject) for subject in fact.subjects],
            "attrs": attrs, "personal": hidden, "note": fact.note,
        })
        entry = Entry(
            id=fact.id, chain=chain, hotel_id=step.hotel_id, seq=chain.seq, kind=fact.kind, at=fact.at,
            recorded_at=step.now, by_id=fact.by, attrs=attrs, body=body, prev=chain.head,
            hash=canon.link(chain.head, body), seal="",
        )
        entry.seal = canon.seal(settings.LOGBOOK_KEY, entry.hash)
        chain.head = entry.hash
        entries.append(entry)
        subjects += [
            EntrySubject(hotel_id=step.hotel_id, kind=kind, subject_id=pk, entry=entry) for kind, pk in fact.subjects
        ]
    Entry.objects.bulk_create(entries)
    EntrySubject.objects.bulk_create(subjects)
    if personal:
        PersonalValue.objects.bulk_create(personal)
    chain.save(update_fields=["seq", "head"])


@contextmanager
def writing(hotel_id: UUID | None, *, by: Actor, now: datetime) -> Iterator[Writing]:
    """A step: joins the one under way (verbs call verbs), otherwise opens the transaction and closes it whole."""
    present = _current.get()
    if present is not None:
        yield present
        return
    with transaction.atomic():
        step = Writing(hotel_id=hotel_id, by=by, now=now)
        token = _current.set(step)
        try:
            yield step
            while step.seen < len(step.facts):  # a subscriber may note more (an escalation, a lapse)
                fresh, step.seen = step.facts[step.seen :], len(step.facts)
                for subscriber in subscribers:
                    subscriber(step, fresh)
            for action in step.after:
                action()
            _append(step)
        finally:
            _current.reset(token)


def _passing(error: OperationalError) -> bool:
    state = getattr(getattr(error, "__cause__", None), "sqlstate", "") or ""
    return state in {"40001", "40P01", "55P03"} or "locked" in str(error)


def durably(attempt: Callable[[], T]) -> T:
    """Run a whole step, again up to three times when the database says "locked" or "deadlock"; then Busy."""
    if _current.get() is not None or connection.in_atomic_block:
        return attempt()
    for tries in range(4):
        try:
            return attempt()
        except OperationalError as error:
            if not _passing(error):
                raise
            if tries == 3:
                raise Busy("the database is busy; please send the same again") from error
            time.sleep(random.uniform(0.01, 0.05) * 2**tries)
    raise AssertionError("unreachable")
