"""Completeness: whether what a clause asks to be written down is there, and what is missing (rules of kind "record")."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists
from django.utils.translation import pgettext

from guiju.duties import editions
from guiju.house.models import Hotel
from guiju.rulebook import Clause, Edition, completeness
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing
from guiju.shelf.registry import Record
from guiju.shelf.wording import local

DAY = timedelta(days=1)
COMPLETE, GAP, NOT_APPLICABLE = "complete", "gap", "not_applicable"


@dataclass(frozen=True, slots=True)
class Judged:
    """One record under one clause: what the clause asks for, and which of it is missing."""

    clause: str
    subject: tuple[str, str]
    required: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def stands(self) -> str:
        """complete, gap or not_applicable."""
        if not self.required:
            return NOT_APPLICABLE
        return GAP if self.gaps else COMPLETE

    @property
    def missing(self) -> list[str]:
        """The missing fields in the reader's words."""
        return [word(self.subject[0], name) for name in self.gaps]

    @property
    def lacking(self) -> str:
        """The same in one line."""
        return pgettext("list", ", ").join(self.missing)


@dataclass(slots=True)
class Completeness:
    """How many records of a period are complete under a clause, and those that are not."""

    of: int = 0
    complete: int = 0
    gaps: list[Judged] = field(default_factory=list)

    @property
    def percent(self) -> float | None:
        """Complete ÷ all it concerns, cut to one decimal: 100 means all of them; None when it concerned nothing."""
        return (1000 * self.complete // self.of) / 10 if self.of else None


def word(kind: str, name: str) -> str:
    """A field of a record in the reader's words: contact -> 订房人 | Booked by."""
    known = registry.records.get(kind)
    return str(known.words.get(name, name)) if known else name


def of_record(hotel_id: UUID, record: Record, now: datetime) -> list[Judged]:
    """One record under every clause that speaks of its kind, by the edition in force on its day (of one still to come: now)."""
    clauses = _spans(hotel_id, record.on, record.on + DAY, now)[0][2] if record.on else _asking(hotel_id, now)
    return [judged(clause, record) for clause in clauses if record.subject[0] in _kinds(clause)]


def of_subject(hotel_id: UUID, subject: tuple[str, str], now: datetime) -> list[Judged]:
    """The same by the subject's id; raises Missing when there is no such record."""
    kind = registry.records.get(subject[0])
    record = kind.one(hotel_id, subject[1]) if kind else None
    if record is None:
        raise Missing(f"no such {subject[0]}")
    return of_record(hotel_id, record, now)


def asked_of(actor: Actor, now: datetime) -> dict[str, list[Clause]]:
    """The kinds of record that this person may see and clauses in force speak of, each with those clauses."""
    found: dict[str, list[Clause]] = {}
    for clause in _asking(actor.hotel_id, now):
        for kind in sorted(_kinds(clause)):
            if kind in registry.records and may_see(actor, kind):
                found.setdefault(kind, []).append(clause)
    return found


def of_period(
    actor: Actor, from_on: date, until_on: date, now: datetime, *, only: Collection[str] | None = None, one_kind: str = ""
) -> dict[str, Completeness]:
    """Each clause's records of [from, until) that this person may see: read once a kind, whatever the number of clauses.

    `only`: of these clauses; `one_kind`: of one kind of record. Each day is judged by the edition in force then.
    """
    found: dict[str, Completeness] = {}
    for first, last, asking in _spans(actor.hotel_id, from_on, until_on, now):
        clauses = [clause for clause in asking if only is None or clause.id in only]
        found.update({clause.id: Completeness() for clause in clauses if clause.id not in found})
        _read(actor, found, clauses, first, last, one_kind)
    return found


def kept(actor: Actor, from_on: date, until_on: date, now: datetime, *, only: Collection[str]) -> set[str]:
    """Which of these clauses have any record in [from, until) that they concern: one query asks all rooms, and only who has rows is read."""
    kinds = {name: kind.rows for name, kind in registry.records.items() if kind.rows is not None and may_see(actor, name)}
    exists = [Exists(rows(actor.hotel_id, from_on, until_on)) for rows in kinds.values()]
    some = Hotel.objects.filter(pk=actor.hotel_id).values_list(*exists).first() or ()
    empty = {name for name, there in zip(kinds, some, strict=False) if not there}
    found: dict[str, Completeness] = {}
    for first, last, asking in _spans(actor.hotel_id, from_on, until_on, now):
        clauses = [clause for clause in asking if clause.id in only]
        found.update({clause.id: Completeness() for clause in clauses if clause.id not in found})
        _read(actor, found, [clause for clause in clauses if not _kinds(clause) <= empty], first, last)
    return {name for name, figure in found.items() if figure.of}


def _read(actor: Actor, found: dict[str, Completeness], clauses: list[Clause], from_on: date, until_on: date, one_kind: str = "") -> None:
    """The records of some days under the clauses of one edition."""
    for kind in sorted({name for clause in clauses for name in _kinds(clause) if one_kind in ("", name)}):
        if kind not in registry.records or not may_see(actor, kind):
            continue
        concerned = [clause for clause in clauses if kind in _kinds(clause)]
        for record in _own(actor, registry.records[kind].of_period(actor.hotel_id, from_on, until_on)):
            for clause in concerned:
                _count(found[clause.id], judged(clause, record))


def _count(figure: Completeness, one: Judged) -> None:
    if one.stands == NOT_APPLICABLE:
        return
    figure.of += 1
    figure.complete += not one.gaps
    if one.gaps:
        figure.gaps.append(one)


def judged(clause: Clause, record: Record) -> Judged:
    """One record under one clause: all its rules about such records together."""
    required: dict[str, Any] = {}
    gaps: dict[str, Any] = {}
    for rule in () if record.over else clause.rules:
        answer = completeness(rule, record.fields) if rule.kind == "record" and rule.record == record.subject[0] else None
        if answer:
            required.update(dict.fromkeys(rule.fields))
            gaps.update(dict.fromkeys(answer[2]))
    return Judged(clause.id, record.subject, tuple(required), tuple(gaps))


def may_see(actor: Actor, kind: str) -> bool:
    """Whether such records are this person's to read: who may not open the page is not shown them."""
    shown = registry.subjects.get(kind)
    return shown is not None and (not shown.permission or actor.may(shown.permission))


def _own(actor: Actor, records: Iterable[Record]) -> Iterable[Record]:
    """All for who sees the figures of all; otherwise one's own, as with duties."""
    if actor.may("compliance.all"):
        return records
    return (record for record in records if record.person_id is not None and record.person_id == actor.person_id)


def _asking(hotel_id: UUID, now: datetime) -> list[Clause]:
    return _speaking(editions.in_force(hotel_id, now))


def _speaking(edition: Edition | None) -> list[Clause]:
    return [clause for clause in edition.standard.clauses.values() if _kinds(clause)] if edition else []


def _spans(hotel_id: UUID, from_on: date, until_on: date, now: datetime) -> list[tuple[date, date, list[Clause]]]:
    """The days of [from, until) by the edition in force at the end of each (at most now): stretches with the clauses that speak of records."""
    found: list[tuple[date, date, list[Clause]]] = []
    current: Edition | None = None
    for edition in editions.editions_of(hotel_id):
        begins = local(edition.effective_at).date()
        if edition.effective_at > now or begins >= until_on:
            break
        if begins > from_on:
            found.append((from_on, begins, _speaking(current)))
            from_on = begins
        current = edition
    return [*found, (from_on, until_on, _speaking(current))]


def _kinds(clause: Clause) -> frozenset[str]:
    return frozenset(rule.record for rule in clause.rules if rule.kind == "record")
