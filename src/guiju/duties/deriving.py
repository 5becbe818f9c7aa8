"""Keeps the stored duties equal to what the rulebook derives, in the transaction of the fact that changes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from guiju import rulebook
from guiju.duties import owners
from guiju.duties.editions import editions_of
from guiju.duties.models import Duty, Firing
from guiju.house.calendars import calendars_of
from guiju.logbook.queries import Subject, histories
from guiju.logbook.writing import Noted, Writing
from guiju.rulebook import DerivedDuty, Fact

HORIZON = timedelta(days=45)  # how far ahead cadence duties are laid out


def _as_fact(noted: Noted, seq: int) -> Fact:
    return Fact(
        kind=noted.kind, at=noted.at, subjects=noted.subjects, attrs=noted.attrs,
        by=str(noted.by) if noted.by else None, seq=seq,
    )


def follow(step: Writing, fresh: list[Noted]) -> None:
    """Subscriber of the logbook: derive again for every subject the fresh facts speak of."""
    if step.hotel_id is None:
        return
    subjects = {subject for fact in fresh for subject in fact.subjects}
    pending = [_as_fact(fact, 1 << 60 | order) for order, fact in enumerate(step.facts)]
    reconcile(step.hotel_id, subjects, pending=pending, now=step.now)


def _concerned(editions: Sequence[rulebook.Edition], subjects: Iterable[Subject]) -> set[Subject]:
    kinds = {kind for edition in editions for kind in edition.standard.subject_kinds}
    return {subject for subject in subjects if subject[0] in kinds}


def reconcile(hotel_id: UUID, subjects: Iterable[Subject], *, pending: Sequence[Fact] = (), now: datetime) -> int:
    """Make the stored duties of these subjects equal to the derived ones; how many rows changed. Repeating changes nothing."""
    editions = editions_of(hotel_id)
    wanted = _concerned(editions, subjects)
    if not wanted:
        return 0
    past = histories(hotel_id, wanted)
    calendars = calendars_of(hotel_id)
    derived: dict[tuple[str, str, str, str, str], DerivedDuty] = {}
    for subject in wanted:
        facts = [
            Fact(kind=fact.kind, at=fact.at, subjects=fact.subjects, attrs=fact.attrs, by=fact.by, seq=fact.seq)
            for fact in past[subject]
        ] + [fact for fact in pending if subject in fact.subjects]
        for duty in rulebook.derive(editions, facts, calendars, subject, until=now + HORIZON):
            derived[(duty.clause, duty.rule, subject[0], subject[1], duty.occurrence)] = duty
    return _write(hotel_id, wanted, derived, now)


@dataclass(slots=True)
class _Change:
    row: Duty
    fields: set[str]


def _write(hotel_id: UUID, subjects: set[Subject], derived: dict[Any, DerivedDuty], now: datetime) -> int:
    kinds, ids = {kind for kind, _ in subjects}, {pk for _, pk in subjects}
    stored = {
        (row.clause, row.rule, row.subject_kind, row.subject_id, row.occurrence): row
        for row in Duty.objects.of(hotel_id).filter(subject_kind__in=kinds, subject_id__in=ids)
        if (row.subject_kind, row.subject_id) in subjects
    }
    found = owners.Finder(hotel_id)
    fresh, changed = [], []
    for key, duty in derived.items():
        row = stored.get(key)
        if row is None:
            fresh.append(_new_row(hotel_id, key, duty, found, now))
        else:
            change = _changed_fields(row, duty, found)
            if change:
                changed.append(_Change(row, change))
    for key, row in stored.items():
        if key not in derived and row.ended_at is None:
            row.ended_at = now  # the facts that opened it no longer stand
            row.next_firing_at = None
            changed.append(_Change(row, {"ended_at", "next_firing_at"}))
    if fresh:
        Duty.objects.bulk_create(fresh, ignore_conflicts=True)
    _save(changed)
    return len(fresh) + len(changed)


def _save(changed: list[_Change]) -> None:
    if not changed:
        return
    timed = [change.row for change in changed if change.fields & {"escalations", "effects", "due_at", "met_at", "ended_at"}]
    fired: dict[UUID, set[str]] = {}
    if timed:
        for duty_id, what in Firing.objects.filter(duty__in=timed).values_list("duty_id", "what"):
            fired.setdefault(duty_id, set()).add(what)
    for row in timed:
        row.next_firing_at = next_firing(row, fired.get(row.pk, set()))
    fields = set().union(*(change.fields for change in changed)) | ({"next_firing_at"} if timed else set())
    if len(changed) == 1:  # the usual step: a plain UPDATE costs a third of one with cases
        Duty.objects.filter(pk=changed[0].row.pk).update(**{name: getattr(changed[0].row, name) for name in fields})
    else:
        Duty.objects.bulk_update([change.row for change in changed], sorted(fields))


def firings_of(row: Duty) -> list[tuple[str, str, str]]:
    """What the clock owes this duty: (moment, what, to), in order."""
    plan = [(moment, f"escalate:{share}:{to}", to) for moment, to, share in row.escalations]
    plan += [(moment, f"effect:{name}", "") for moment, name in row.effects]
    return sorted(plan)


def next_firing(row: Duty, fired: set[str]) -> datetime | None:
    """The earliest thing the clock has still to do about a duty, if it stands."""
    if row.met_at or row.ended_at or row.waived_at:
        return None
    moments = [moment for moment, what, _ in firings_of(row) if what not in fired]
    return datetime.fromisoformat(min(moments)) if moments else None


def _values(duty: DerivedDuty) -> dict[str, Any]:
    return {
        "opens_at": duty.opens_at, "starts_at": duty.starts_at, "due_at": duty.due_at, "missed_at": duty.missed_at,
        "met_at": duty.met_at, "met_by_id": UUID(duty.met_by) if duty.met_by else None, "ended_at": duty.ended_at,
        "charged_to": duty.charged_to or "", "evidence": duty.evidence or "",
        "because": [[text, kind, at.isoformat()] for text, kind, at in duty.because],
        "escalations": [[at.isoformat(), to, share] for at, to, share in _shared(duty)],
        "effects": [[at.isoformat(), name] for at, name in duty.effects],
        "visible_to": list(duty.visible_to or ()),
    }


def _shared(duty: DerivedDuty) -> list[tuple[datetime, str, str]]:
    """Escalations with the share of the time that has gone by then, for the words "half the time has passed"."""
    span = (duty.due_at - duty.starts_at).total_seconds()
    shares = []
    for at, to in duty.escalations:
        part = (at - duty.starts_at).total_seconds() / span if span > 0 else 1.0
        shares.append((at, to, f"{round(part * 100)}%"))
    return shares


def _new_row(hotel_id: UUID, key: tuple[str, str, str, str, str], duty: DerivedDuty, found: owners.Finder, now: datetime) -> Duty:
    clause, rule, subject_kind, subject_id, occurrence = key
    row = Duty(
        hotel_id=hotel_id, clause=clause, rule=rule, subject_kind=subject_kind, subject_id=subject_id,
        occurrence=occurrence, kind=duty.kind, edition_id=UUID(duty.edition), owner=duty.owner, **_values(duty),
    )
    found.put(row, duty)
    row.next_firing_at = next_firing(row, set())
    return row


def _changed_fields(row: Duty, duty: DerivedDuty, found: owners.Finder) -> set[str]:
    changed = set()
    for name, value in _values(duty).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.add(name)
    if row.reassigned_at is None and found.differs(row, duty):
        found.put(row, duty)
        changed |= {"owner", "owner_post", "owner_department", "owner_person_id"}
    return changed
