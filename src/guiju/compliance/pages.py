"""The compliance page: every clause with its figures as they are drawn, and what is behind the chosen one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import get_language

from guiju.compliance import aims, behind, drawing
from guiju.compliance.asking import Ask, before, leads
from guiju.compliance.figures import Figure, by_clause, total, whole
from guiju.compliance.reading import Days, Reading, between, weeks_until
from guiju.duties import editions, records, saying
from guiju.rulebook import Clause, Rule
from guiju.shelf import registry
from guiju.shelf.actor import Actor

DAYS_SHOWN, COLUMN_DAYS = 31, 7  # up to so many days each has a column, beyond that every week
STATUSES = ("met", "met_late", "late", "missed", "waived", "superseded", "running")


@dataclass(slots=True)
class Line:
    """A clause in the table."""

    clause: Clause
    text: str
    figure: Figure
    bar: list[tuple[str, str, str]]
    trend: drawing.Trend | None
    opens_chapter: bool = False
    dropped: bool = False  # no longer in the edition in force
    low: bool = False  # below the rate that the standard asks for

    @property
    def chapter(self) -> str:
        return self.clause.id.partition(".")[0]

    @property
    def median(self) -> timedelta | None:
        return span(self.figure.median_minutes)

    @property
    def ninetieth(self) -> timedelta | None:
        return span(self.figure.ninetieth_minutes)

    @property
    def limit(self) -> timedelta | None:
        return span(self.figure.limit_minutes)


@dataclass(slots=True)
class Week:
    """Seven days of a clause or of all: what was due and on time, and its days for the list behind it."""

    first: date
    until: date
    due: int
    met: int
    rate: float | None


@dataclass(slots=True)
class Behind:
    """What is behind the numbers of one clause."""

    clause: Clause
    text: str
    rules: list[saying.Told]
    figure: Figure
    rows: list[behind.One] = field(default_factory=list)
    all: int = 0
    dots: drawing.Dots | None = None
    timed: int = 0
    people: list[tuple[str, int, int, timedelta | None]] = field(default_factory=list)
    statuses: list[tuple[str, Any, int]] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    earlier: str = ""
    later: str = ""
    written: records.Completeness | None = None
    gaps: list[tuple[str, str, str]] = field(default_factory=list)  # (title, address, what is missing)

    @property
    def limit(self) -> timedelta | None:
        return span(self.figure.limit_minutes)


@dataclass(slots=True)
class Page:
    """Everything the page needs."""

    table: list[Line]
    total: Figure
    bar: list[tuple[str, str, str]]
    before: float | None
    days: list[dict[str, Any]]
    silent: int
    weeks: list[Week]
    aim: float | None = None  # percent; below it a clause is marked
    behind: Behind | None = None


def page(
    actor: Actor, ask: Ask, now: datetime, zone: ZoneInfo, *, chosen: str = "", status: str = "", worst: bool = False,
    most: int = behind.PAGE, names: dict[UUID, str] | None = None,
) -> Page:
    """The figures of a period, and the list behind one clause (of one result, if asked).

    `names`: of people, as far as one has them. How complete records are is asked of the chosen clause only: the rest has a page of its own.
    """
    today = now.astimezone(zone).date()
    earlier, until = before(ask, today), min(today + timedelta(days=1), ask.last)
    weeks = weeks_until(until)
    reading = Reading(actor, ask.during(min(earlier.first, weeks[0][0], ask.first), ask.last), now, zone)
    days = reading.by_day([*_stretches(earlier, weeks[0][0]), *_stretches(ask, weeks[0][0])])
    found = by_clause(between(days, ask.first, ask.last))
    for clause, number in behind.gates(actor, ask, now, zone).values_list("clause").annotate(number=Count("id")):
        found.setdefault(clause, Figure(clause)).gates_waived = number
    edition, aim = editions.in_force(actor.hotel_id, now), aims.aim(actor.hotel_id, now)
    clauses = dict(edition.standard.clauses) if edition else {}
    written = {} if ask.narrowed or not chosen else records.of_period(actor, ask.first, ask.last, now, only=(chosen,))
    kept = {clause.id for clauses_of in records.asked_of(actor, now).values() for clause in clauses_of}
    everything = total(found.values())
    made = Page(
        _table(actor, clauses, found, _rates(days, weeks), worst, aim), everything, drawing.bar(everything, 400),
        whole(between(days, earlier.first, earlier.last)).rate,
        _columns(days, ask, today), len(set(clauses) - set(found) - kept), _weeks(days, weeks, ""), aims.percent(aim),
    )
    if (clause := clauses.get(chosen) or (behind.clause_of(actor, chosen) if chosen else None)) is not None:
        made.behind = _behind(actor, reading, ask, clause, found.get(chosen) or Figure(chosen), status, most, names)
        made.behind.weeks = _weeks(days, weeks, chosen)
        made.behind.written = one if (one := written.get(chosen)) and one.of else None
        made.behind.gaps = _gaps(actor, made.behind.written, most)
        order = [line.clause.id for line in made.table]
        if chosen in order:
            place = order.index(chosen)
            made.behind.earlier, made.behind.later = (order[place - 1] if place else ""), "".join(order[place + 1 : place + 2])
    return made


def lang() -> str:
    """In which language a clause's sentence is shown."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def span(minutes: float | None) -> timedelta | None:
    """Minutes as a length of time."""
    return timedelta(minutes=minutes) if minutes is not None else None


def _gaps(actor: Actor, written: records.Completeness | None, most: int) -> list[tuple[str, str, str]]:
    """The records with something missing, each with its page: one query for all titles."""
    gaps = written.gaps[:most] if written else []
    titles = registry.titles(actor.hotel_id, [one.subject for one in gaps], actor)
    return [(*titles.get(one.subject, (one.subject[1], "")), one.lacking) for one in gaps]


def _table(
    actor: Actor, clauses: dict[str, Clause], found: dict[str, Figure], rates: dict[str, list[float | None]], worst: bool, aim: Rule | None,
) -> list[Line]:
    """The clauses in the order of the standard; then those that an earlier edition had."""
    shown = [clause for name, clause in clauses.items() if name in found]
    gone = [clause for name in sorted(set(found) - set(clauses)) if (clause := behind.clause_of(actor, name))]
    table = [
        Line(
            clause, clause.text[lang()], figure, drawing.bar(figure), drawing.trend(rates.get(clause.id, [])),
            dropped=clause.id not in clauses, low=aims.below(aim, figure),
        )
        for clause in shown + gone
        for figure in (found.get(clause.id) or Figure(clause.id),)
    ]
    if worst:
        table.sort(key=lambda line: (line.figure.rate is None, line.figure.rate or 0))
    for place, line in enumerate(table):
        line.opens_chapter = worst or place == 0 or table[place - 1].chapter != line.chapter
    return table


def _rates(days: Days, weeks: list[tuple[date, date]]) -> dict[str, list[float | None]]:
    """The on-time rate of each clause in each week; None when nothing was due."""
    found: dict[str, list[float | None]] = {}
    for place, (first, last) in enumerate(weeks):
        for clause, figure in by_clause(between(days, first, last), spans=False).items():
            found.setdefault(clause, [None] * len(weeks))[place] = figure.rate
    return found


def _weeks(days: Days, weeks: list[tuple[date, date]], clause: str) -> list[Week]:
    """Each week of one clause, or of all."""
    found = []
    for first, last in weeks:
        part = between(days, first, last)
        figure = whole([{clause: day[clause]} for day in part if clause in day] if clause else part)
        found.append(Week(first, last - timedelta(days=1), figure.asked, figure.met, figure.rate))
    return found


def _stretches(ask: Ask, until: date) -> list[tuple[date, date]]:
    """The whole weeks of a long period before a day, as its columns have them: nothing smaller is shown of them."""
    step, last = timedelta(days=COLUMN_DAYS), min(ask.last, until)
    if (ask.last - ask.first).days <= DAYS_SHOWN:
        return []
    return [(ask.first + step * n, ask.first + step * (n + 1)) for n in range((last - ask.first) // step)]


def _columns(days: Days, ask: Ask, today: date) -> list[dict[str, Any]]:
    """A column for each day of the period until today, for a long one each week."""
    step = timedelta(days=1 if (ask.last - ask.first).days <= DAYS_SHOWN else COLUMN_DAYS)
    edges = [ask.first]
    while edges[-1] < min(ask.last, today + timedelta(days=1)) and len(edges) < 60:
        edges.append(min(edges[-1] + step, ask.last))
    if len(edges) < 3:
        return []
    counts = []
    for first, last in pairwise(edges):
        figure = whole(between(days, first, last))
        counts.append((figure.asked, figure.not_on_time))
    columns = drawing.columns(edges[:-1], counts)
    for column, (first, last) in zip(columns, pairwise(edges), strict=True):
        column["first"], column["until"] = first, last - timedelta(days=1)
    return columns


def _behind(
    actor: Actor, reading: Reading, ask: Ask, clause: Clause, figure: Figure, status: str, most: int, names: dict[UUID, str] | None
) -> Behind:
    here = Ask(ask.first, ask.last, ask.department, ask.post, ask.person, clause.id)
    made = Behind(clause, clause.text[lang()], [saying.rule(rule) for rule in clause.rules], figure)
    result = status if status in behind.RESULTS else "all"
    made.all = behind.number(figure, result)
    made.rows = behind.listed(reading, here, result=result, figure=figure, most=most, known=names)
    made.dots, made.timed = drawing.dots(figure.used, figure.limit_minutes, figure.median_minutes), sum(figure.used.values())
    made.statuses = [(name, behind.WORDS[name], number) for name in STATUSES if (number := getattr(figure, name))]
    if names_people(actor):
        made.people = _people(reading, clause.id, ask, names)
    return made


def names_people(actor: Actor) -> bool:
    """Whether figures by person are shown: to who sees everybody's, and to those who lead people."""
    return actor.may("compliance.all") or leads(actor)


def _people(reading: Reading, clause: str, ask: Ask, known: dict[UUID, str] | None) -> list[tuple[str, int, int, timedelta | None]]:
    """(name, how many, on time, median time) of those who did it, by name: no order of merit."""
    found = {who: figure for who, figure in reading.by_person(clause, ask.first, ask.last).items() if figure.met + figure.met_late}
    names = behind.people(set(found), known)
    return sorted(
        (names[who], figure.met + figure.met_late, figure.met, span(figure.median_minutes)) for who, figure in found.items() if who in names
    )


def twelve_weeks(actor: Actor, ask: Ask, now: datetime, zone: ZoneInfo) -> list[Week]:
    """The weeks until the end of the period, or today."""
    weeks = weeks_until(min(now.astimezone(zone).date() + timedelta(days=1), ask.last))
    days = Reading(actor, ask.during(weeks[0][0], weeks[-1][1]), now, zone).by_day()
    return _weeks(days, weeks, ask.clause)
