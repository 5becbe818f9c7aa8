"""The compliance page: every clause with its figures as they are drawn, and what is behind the chosen one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.utils.translation import get_language

from guiju.duties import drawing, editions, figures, records, saying
from guiju.duties.models import Duty
from guiju.duties.today import rows_of
from guiju.rulebook import Clause, Standard, Status
from guiju.shelf import registry
from guiju.shelf.actor import Actor

STATUSES = (Status.MET.value, Status.MET_LATE.value, Status.LATE.value, Status.MISSED.value, Status.WAIVED.value)
SHOWN = 30  # rows of the list behind a number on the page


@dataclass(slots=True)
class Line:
    """A clause in the table."""

    clause: Clause
    text: str
    figure: figures.Figure
    bar: list[tuple[str, str, str]]
    trend: drawing.Trend | None
    median: timedelta | None
    limit: timedelta | None
    written: records.Completeness | None = None  # how complete the records are that the clause asks for
    opens_chapter: bool = False

    @property
    def chapter(self) -> str:
        return self.clause.id.partition(".")[0]


@dataclass(slots=True)
class Behind:
    """What is behind the numbers of one clause."""

    clause: Clause
    text: str
    rules: list[saying.Told]
    rows: list[Any] = field(default_factory=list)  # (row, who, result, how long it took)
    all: int = 0
    dots: drawing.Dots | None = None
    timed: int = 0
    limit: timedelta | None = None
    people: list[tuple[str, int, int, timedelta | None]] = field(default_factory=list)
    statuses: list[tuple[str, Any, int]] = field(default_factory=list)
    earlier: str = ""
    later: str = ""
    written: records.Completeness | None = None
    gaps: list[tuple[str, str, str]] = field(default_factory=list)  # (title, address, what is missing)


@dataclass(slots=True)
class Page:
    """Everything the page needs."""

    table: list[Line]
    total: figures.Figure
    bar: list[tuple[str, str, str]]
    before: float | None
    days: list[dict[str, Any]]
    silent: int
    behind: Behind | None = None


def page(
    actor: Actor, now: datetime, first: datetime, last: datetime, *,
    chosen: str = "", status: str = "", worst: bool = False, most: int = SHOWN,
) -> Page:
    """The figures of a period, and the list behind one clause (of one result, if asked)."""
    found = figures.by_clause(actor, first, last, now)
    edition = editions.in_force(actor.hotel_id, now)
    standard = edition.standard if edition else Standard({})
    written = {name: figure for name, figure in records.of_period(actor, first.date(), last.date(), now).items() if figure.of}
    total = figures.total(found)
    made = Page(
        _table(actor, standard, found, written, now, worst), total, drawing.bar(total, 400), _before(actor, first, last, now),
        _days(actor, first, last, now), len(set(standard.clauses) - set(found) - set(written)),
    )
    if chosen in standard.clauses:
        made.behind = _behind(actor, standard, chosen, first, last, now, status, most)
        made.behind.written = written.get(chosen)
        made.behind.gaps = _gaps(actor, made.behind.written, most)
        order = [line.clause.id for line in made.table]
        if chosen in order:
            place = order.index(chosen)
            made.behind.earlier, made.behind.later = (order[place - 1] if place else ""), "".join(order[place + 1 : place + 2])
    return made


def _lang() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _gaps(actor: Actor, written: records.Completeness | None, most: int) -> list[tuple[str, str, str]]:
    """The records with something missing, each with its page: one query for all titles."""
    gaps = written.gaps[:most] if written else []
    titles = registry.titles(actor.hotel_id, [one.subject for one in gaps], actor)
    return [(*titles.get(one.subject, (one.subject[1], "")), one.lacking) for one in gaps]


def _table(
    actor: Actor, standard: Standard, found: dict[str, figures.Figure], written: dict[str, records.Completeness], now: datetime, worst: bool
) -> list[Line]:
    weeks = figures.weekly(actor, now, now)
    table = [
        Line(
            clause, clause.text[_lang()], figure, drawing.bar(figure), drawing.trend(weeks.get(clause.id, [])),
            _span(figure.median_minutes), _span(figure.limit_minutes), written.get(clause.id),
        )
        for clause in standard.clauses.values()
        if clause.id in found or clause.id in written
        for figure in (found.get(clause.id) or figures.Figure(clause.id),)
    ]
    if worst:
        table.sort(key=lambda line: (line.figure.rate is None, line.figure.rate or 0))
    for place, line in enumerate(table):
        line.opens_chapter = worst or place == 0 or table[place - 1].chapter != line.chapter
    return table


def _span(minutes: float | None) -> timedelta | None:
    return timedelta(minutes=minutes) if minutes is not None else None


def _before(actor: Actor, first: datetime, last: datetime, now: datetime) -> float | None:
    """The rate one period earlier, as far into it."""
    ((due, late),) = figures.by_span(actor, list(figures.before(first, last, now)), now) if now > first else ((0, 0),)
    return round(100 * (due - late) / due, 1) if due else None


def _days(actor: Actor, first: datetime, last: datetime, now: datetime) -> list[dict[str, Any]]:
    """A column for each day of the period until today, for a long one each week."""
    step = timedelta(days=1 if (last - first).days <= 31 else 7)
    edges = [first]
    while edges[-1] < min(last, now) and len(edges) < 60:
        edges.append(edges[-1] + step)
    if len(edges) < 3:
        return []
    return drawing.columns([edge.date() for edge in edges[:-1]], figures.by_span(actor, edges, now))


def _behind(
    actor: Actor, standard: Standard, chosen: str, first: datetime, last: datetime, now: datetime, status: str, most: int
) -> Behind:
    everything = figures.behind(actor, chosen, first, last, now)
    duties = [duty for duty in everything if duty.status == status] if status in STATUSES else _late_first(everything)
    people = figures.names({who for duty in everything if (who := duty.met_by_id or duty.owner_person_id)})
    met = [duty for duty in everything if duty.met_at]
    minutes = [_took(duty).total_seconds() / 60 for duty in met]
    limit = median([(duty.due_at - duty.starts_at).total_seconds() / 60 for duty in met]) if met else None
    clause = standard.clauses[chosen]
    made = Behind(clause, clause.text[_lang()], [saying.rule(rule) for rule in clause.rules], all=len(duties))
    made.dots, made.timed, made.limit = drawing.dots(minutes, limit, median(minutes) if minutes else None), len(minutes), _span(limit)
    made.statuses = [
        (name, saying.RESULTS[name], number) for name in STATUSES if (number := sum(duty.status == name for duty in everything))
    ]
    if actor.may("compliance.all"):
        made.people = _by_person(met, people)
    for row in rows_of(actor.hotel_id, duties[:most], now + timedelta(days=1), standard):
        duty = row.duty
        who = people.get(duty.met_by_id or duty.owner_person_id, "") or saying.owner(duty.owner_post or duty.owner_department or duty.owner)
        result = saying.RESULTS.get(duty.status, "")  # type: ignore[attr-defined]  # annotated by with_status
        made.rows.append((row, who, result, _took(duty) if duty.met_at else None))
    return made


def _late_first(duties: list[Any]) -> list[Any]:
    """What was not on time stands first, each part latest first."""
    return sorted(duties, key=lambda duty: duty.status not in figures.LATE)


def _took(duty: Duty) -> timedelta:
    assert duty.met_at is not None
    return max(timedelta(), duty.met_at - duty.starts_at)


def _by_person(met: list[Any], people: dict[Any, str]) -> list[tuple[str, int, int, timedelta | None]]:
    """(name, how many, on time, median time) of those who did it."""
    by_name: dict[str, list[Any]] = {}
    for duty in met:
        by_name.setdefault(people.get(duty.met_by_id or duty.owner_person_id, ""), []).append(duty)
    return sorted(
        (name, len(duties), sum(duty.status == Status.MET.value for duty in duties), median([_took(duty) for duty in duties]))
        for name, duties in by_name.items()
        if name
    )
