"""Figures of compliance: per clause and period, down to the list behind each number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median, quantiles
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from guiju.duties.models import Duty, GateWaiver
from guiju.duties.queries import owed_by, visible, with_status
from guiju.rulebook import Status
from guiju.shelf.actor import Actor

COUNTED = ("timed", "cadence", "notice", "check")


@dataclass(slots=True)
class Figure:
    """What one clause asked for in a period and what came of it."""

    clause: str
    met: int = 0
    met_late: int = 0
    missed: int = 0
    late: int = 0  # past due and still open
    running: int = 0
    waived: int = 0
    superseded: int = 0
    gates_waived: int = 0
    minutes: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    @property
    def due(self) -> int:
        """What had to be done by now: the base of the rate, waived ones included."""
        return self.met + self.met_late + self.missed + self.late + self.waived

    @property
    def rate(self) -> float | None:
        """On time ÷ (due − waived), in percent; None when nothing was due."""
        base = self.due - self.waived
        return round(100 * self.met / base, 1) if base else None

    @property
    def median_minutes(self) -> float | None:
        return round(median(self.minutes), 1) if self.minutes else None

    @property
    def ninetieth_minutes(self) -> float | None:
        if len(self.minutes) < 2:
            return self.median_minutes
        return round(quantiles(self.minutes, n=10, method="inclusive")[8], 1)

    @property
    def limit_minutes(self) -> float | None:
        return round(median(self.limits), 1) if self.limits else None


def base_rows(actor: Actor, now: datetime) -> QuerySet[Duty]:
    """The duties whose figures this person may see: his own, his people's (managers), all (GM and sales manager)."""
    rows = visible(Duty.objects.of(actor.hotel_id), actor)
    if actor.may("compliance.all"):
        return rows
    leads = {post for post in actor.posts if post.endswith(("_head", "_manager", "_supervisor"))}
    if leads:
        return rows.filter(Q(owner_department__in=actor.departments) | owed_by(actor, now))
    return rows.filter(owed_by(actor, now) | Q(met_by_id=actor.person_id))


def in_period(rows: QuerySet[Duty], first: datetime, last: datetime) -> QuerySet[Duty]:
    """Duties due within [first, last)."""
    return rows.filter(due_at__gte=first, due_at__lt=last, kind__in=COUNTED)


def by_clause(actor: Actor, first: datetime, last: datetime, now: datetime) -> dict[str, Figure]:
    """One figure a clause: two queries, whatever the number of duties."""
    found: dict[str, Figure] = {}
    rows = with_status(in_period(base_rows(actor, now), first, last), now)
    for clause, status, count in rows.values_list("clause", "status").annotate(count=Count("id")):
        figure = found.setdefault(clause, Figure(clause))
        _add(figure, status, count)
    spans = in_period(base_rows(actor, now), first, last).filter(met_at__isnull=False).values_list("clause", "starts_at", "met_at", "due_at")
    for clause, starts_at, met_at, due_at in spans.order_by("-due_at")[:20000]:
        figure = found.setdefault(clause, Figure(clause))
        figure.minutes.append(max(0.0, (met_at - starts_at).total_seconds() / 60))
        figure.limits.append((due_at - starts_at).total_seconds() / 60)
    for clause, count in (
        GateWaiver.objects.of(actor.hotel_id).filter(at__gte=first, at__lt=last).values_list("clause").annotate(count=Count("id"))
    ):
        found.setdefault(clause, Figure(clause)).gates_waived = count
    return found


def _add(figure: Figure, status: str, count: int) -> None:
    if status in (Status.OPEN.value, Status.SOON.value, Status.PLANNED.value):
        figure.running += count
    else:
        name = "met_late" if status == Status.MET_LATE.value else status
        setattr(figure, name, getattr(figure, name) + count)


LATE = (Status.MET_LATE.value, Status.MISSED.value, Status.LATE.value)
ASKED = (Status.MET.value, *LATE)  # what counts in a rate: due by now and not waived


def by_span(actor: Actor, edges: list[datetime], now: datetime) -> list[tuple[int, int]]:
    """(due, late among them) between each edge and the next: one query."""
    asked = {}
    for place, (first, last) in enumerate(pairwise(edges)):
        within = Q(due_at__gte=first, due_at__lt=last)
        asked[f"due{place}"] = Count("id", filter=within & Q(status__in=ASKED))
        asked[f"late{place}"] = Count("id", filter=within & Q(status__in=LATE))
    found = with_status(in_period(base_rows(actor, now), edges[0], edges[-1]), now).aggregate(**asked)
    return [(found[f"due{place}"], found[f"late{place}"]) for place in range(len(edges) - 1)]


def weekly(actor: Actor, until: datetime, now: datetime, weeks: int = 12) -> dict[str, list[float | None]]:
    """The on-time rate of each clause in each of the last weeks, oldest first; None when nothing was due: one query."""
    edges = [until - timedelta(weeks=weeks - place) for place in range(weeks + 1)]
    asked = {}
    for place, (first, last) in enumerate(pairwise(edges)):
        within = Q(due_at__gte=first, due_at__lt=last)
        asked[f"due{place}"] = Count("id", filter=within & Q(status__in=ASKED))
        asked[f"met{place}"] = Count("id", filter=within & Q(status=Status.MET.value))
    rows = with_status(in_period(base_rows(actor, now), edges[0], edges[-1]), now).values("clause").annotate(**asked)
    return {
        row["clause"]: [100 * row[f"met{place}"] / row[f"due{place}"] if row[f"due{place}"] else None for place in range(weeks)]
        for row in rows
    }


def total(figures: dict[str, Figure]) -> Figure:
    """All clauses together."""
    whole = Figure("")
    for figure in figures.values():
        for name in ("met", "met_late", "missed", "late", "running", "waived", "superseded", "gates_waived"):
            setattr(whole, name, getattr(whole, name) + getattr(figure, name))
    return whole


def before(first: datetime, last: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The same length of time one period earlier: as far into it as we are into this one."""
    length = last - first
    return first - length, min(now, last) - length


def period(name: str, today: date) -> tuple[date, date]:
    """[first, last) of this week, month or quarter."""
    if name == "week":
        first = today - timedelta(days=today.weekday())
        return first, first + timedelta(days=7)
    if name == "quarter":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return first, (first + timedelta(days=100)).replace(day=1)
    first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def behind(actor: Actor, clause: str, first: datetime, last: datetime, now: datetime, status: str = "") -> list[Duty]:
    """The list behind a number, latest first."""
    rows = with_status(in_period(base_rows(actor, now), first, last).filter(clause=clause), now)
    if status:
        rows = rows.filter(status=status)
    return list(rows.order_by("-due_at")[:200])


def names(ids: set[UUID]) -> dict[UUID, str]:
    """People's names."""
    from guiju.house.models import Person

    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
