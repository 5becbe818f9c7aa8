"""The lists behind the numbers: each duty with who owed it, what came of it, how long it took; and the gates that were waived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guiju.compliance.asking import Ask, chosen, may_know, own
from guiju.compliance.counting import due_between, midnight
from guiju.compliance.figures import ASKED, DONE, LATE, RUNNING, Figure
from guiju.compliance.reading import Reading
from guiju.duties import editions, saying
from guiju.duties.models import Duty, GateWaiver
from guiju.duties.queries import with_status
from guiju.duties.today import Row, rows_of
from guiju.house.models import Person
from guiju.rulebook import Clause, Status
from guiju.shelf import registry
from guiju.shelf.actor import Actor

PAGE = 30
MOST = 5_000  # rows of a list that is taken away

# What a number counts -> the statuses of its duties. Each number of a figure has its list.
RESULTS: dict[str, tuple[str, ...]] = {
    "due": (*ASKED, Status.WAIVED.value), "met": (Status.MET.value,), "delayed": (Status.MET_LATE.value, Status.LATE.value),
    "met_late": (Status.MET_LATE.value,), "late": (Status.LATE.value,), "missed": (Status.MISSED.value,), "not_on_time": LATE,
    "waived": (Status.WAIVED.value,), "running": RUNNING, "superseded": (Status.SUPERSEDED.value,), "done": DONE, "all": (),
}
WORDS = {
    "due": _("due"), "met": _("on time"), "delayed": _("late"), "met_late": _("late, done"), "late": _("overdue"), "missed": _("missed"),
    "not_on_time": pgettext_lazy("compliance", "not on time"), "waived": _("waived"), "running": _("running"), "superseded": _("no longer asked"),
    "done": _("done"), "all": _("all"),
}


def number(figure: Figure, result: str) -> int:
    """The number of a figure that a list stands behind."""
    if result == "delayed":
        return figure.met_late + figure.late
    if result == "done":
        return figure.met + figure.met_late
    return int(getattr(figure, result))


@dataclass(slots=True)
class One:
    """A duty in a list behind a number."""

    row: Row
    who: str
    result: Any
    took: timedelta | None
    allowed: timedelta

    @property
    def duty(self) -> Any:
        return self.row.duty


def duties(reading: Reading, ask: Ask, result: str = "all") -> QuerySet[Duty]:
    """The duties of a period that this person may see, of one result."""
    actor, now = reading.actor, reading.now
    rows = due_between(actor.hotel_id, ask.first, ask.last, reading.zone).filter(chosen(ask))
    if (mine := own(actor, now)) is not None:
        rows = rows.filter(mine)
    if ask.clause:
        rows = rows.filter(clause=ask.clause)
    if secret := reading.kept_from(ask):
        rows = rows.exclude(pk__in=secret)
    found = with_status(rows, now)
    return found.filter(_of(RESULTS[result])) if RESULTS[result] else found


def _of(statuses: tuple[str, ...]) -> Q:
    """Of one of these statuses, as queries.with_status computes it."""
    return Q(status__in=statuses)


def listed(
    reading: Reading, ask: Ask, *, result: str, figure: Figure, first: int = 0, most: int = PAGE, longest: bool = False,
    known: dict[UUID, str] | None = None,
) -> list[One]:
    """So many duties from the `first` on: the latest first, of all those the ones not on time before the others.

    `figure` is the sum the list stands behind: by it one knows how many are not on time. `longest`: those that took longest first.
    """
    rows = duties(reading, ask, "done" if longest else result)
    latest = ("-due_at", "id")
    if longest:
        found = list(rows.order_by(F("starts_at") - F("met_at"), "id")[first : first + most])
    elif result == "all":
        late = figure.not_on_time
        found = list(rows.filter(_of(LATE)).order_by(*latest)[first : first + most]) if first < late else []
        left, skipped = most - len(found), max(0, first - late)
        if left > 0:
            found += list(rows.exclude(_of(LATE)).order_by(*latest)[skipped : skipped + left])
    else:
        found = list(rows.order_by(*latest)[first : first + most])
    return told(reading.actor, found, reading.now, known)


def told(actor: Actor, found: list[Duty], now: datetime, known: dict[UUID, str] | None = None) -> list[One]:
    """Duties with the titles of what they are about and the names of who did or owes them (`known`: those one has already)."""
    names = people({who for duty in found if (who := duty.met_by_id or duty.owner_person_id)}, known)
    edition = editions.in_force(actor.hotel_id, now)
    rows = rows_of(actor.hotel_id, found, now + timedelta(days=1), edition.standard if edition else None)
    return [
        One(
            row,
            names.get(row.duty.met_by_id or row.duty.owner_person_id)  # type: ignore[arg-type]  # None is in no table of names
            or saying.owner(row.duty.owner_post or row.duty.owner_department or row.duty.owner),
            saying.RESULTS.get(getattr(row.duty, "status", ""), ""), took(row.duty) if getattr(row.duty, "status", "") in DONE else None,
            row.duty.due_at - row.duty.starts_at,
        )
        for row in rows
    ]


def took(duty: Duty) -> timedelta:
    """How long it was from when its time began until it was done."""
    assert duty.met_at is not None
    return max(timedelta(), duty.met_at - duty.starts_at)


def people(ids: set[UUID], known: dict[UUID, str] | None = None) -> dict[UUID, str]:
    """People's names; only those one does not know yet are asked for."""
    found = {who: known[who] for who in ids if known and who in known}
    unknown = ids - set(found)
    return found | dict(Person.objects.filter(pk__in=unknown).values_list("pk", "name")) if unknown else found


def gates(actor: Actor, ask: Ask, now: datetime, zone: ZoneInfo) -> QuerySet[GateWaiver]:
    """The steps that were let pass a clause: all of them for who sees everybody's figures, else those one let pass oneself."""
    rows = GateWaiver.objects.of(actor.hotel_id).filter(at__gte=midnight(ask.first, zone), at__lt=midnight(ask.last, zone))
    if own(actor, now) is not None:
        rows = rows.filter(by_id=actor.person_id) if actor.person_id else rows.none()
    if ask.person:
        rows = rows.filter(by_id=ask.person)
    if ask.department or ask.post:
        return rows.none()  # a gate has no owner
    return rows.filter(clause=ask.clause) if ask.clause else rows


def gates_listed(actor: Actor, ask: Ask, now: datetime, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The same with what each was about, who let it pass, and why."""
    rows = list(gates(actor, ask, now, zone).order_by("-at", "id")[:MOST])
    names = people({row.by_id for row in rows})
    titles = registry.titles(actor.hotel_id, {(row.subject_kind, row.subject_id) for row in rows}, actor)
    return [
        {
            "at": row.at, "clause": row.clause, "step": saying.step(row.verb), "who": names.get(row.by_id, ""), "reason": row.reason,
            "title": titles.get((row.subject_kind, row.subject_id), (row.subject_id, ""))[0],
            "url": titles.get((row.subject_kind, row.subject_id), ("", ""))[1],
        }
        for row in rows
    ]


def clause_of(actor: Actor, clause: str) -> Clause | None:
    """A clause by the latest edition that has it: the figures of one that was dropped stay."""
    return next((one.standard.clauses[clause] for one in reversed(editions.editions_of(actor.hotel_id)) if clause in one.standard.clauses), None)


def one(actor: Actor, pk: UUID, now: datetime) -> Duty | None:
    """One duty, if its figures are this person's to see."""
    rows = Duty.objects.of(actor.hotel_id).filter(pk=pk)
    if (mine := own(actor, now)) is not None:
        rows = rows.filter(mine)
    found = with_status(rows, now).first()
    return found if found is not None and may_know(actor, found.visible_to) else None
