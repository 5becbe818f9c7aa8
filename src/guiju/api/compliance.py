"""Is the standard followed, for programs: each clause's figures, the lists behind them, coverage, and the records clauses ask for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, row_or_missing
from guiju.api.duties import DutyOut, as_out
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day, Given, Whole
from guiju.compliance import aims, behind, coverage, pages
from guiju.compliance.asking import LONGEST_DAYS, Ask, period
from guiju.compliance.figures import Figure, by_clause, total, whole
from guiju.compliance.panels import entries_of
from guiju.compliance.reading import Reading, by_day
from guiju.duties import editions, records
from guiju.house.asking import Asked
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, Missing, NotAllowed

router = Router(tags=["compliance"])
MOST = 1000  # gaps listed of one clause; `gap` counts them all
Result = Literal[
    "all", "due", "met", "met_late", "late", "delayed", "missed", "not_on_time", "waived", "running", "superseded", "done",
]
COUNTS = (
    "due", "met", "met_late", "late", "missed", "waived", "running", "superseded", "gates_waived", "rate", "median_minutes", "ninetieth_minutes",
    "limit_minutes", "median_share", "ninetieth_share",
)
Id = Annotated[str, Field(max_length=60)]


class FiguresIn(Given):
    """Days [from_on, until_on), this month without them; and whose duties."""

    from_on: Day | None = None
    until_on: Day | None = None
    department: Annotated[str, Field(max_length=30)] = ""
    post: Annotated[str, Field(max_length=40)] = ""
    person: UUID | None = None
    clause: Id = ""


class ListIn(FiguresIn):
    """Of which result, and which part of the list."""

    status: Result = "all"
    first: Whole = 0
    most: Annotated[int, Field(ge=1, le=200)] = 50


class WrittenOut(Schema):
    """How many of the records a clause concerns are complete; percent is cut, so that 100 means all."""

    of: int
    complete: int
    gap: int
    percent: float | None


class FigureOut(Schema):
    """What was due and what came of it. rate = met ÷ (due − waived), in percent; shares are of the time allowed, in percent."""

    due: int
    met: int
    met_late: int
    late: int
    missed: int
    waived: int
    running: int
    superseded: int
    gates_waived: int
    rate: float | None
    median_minutes: float | None
    ninetieth_minutes: float | None
    limit_minutes: float | None
    median_share: float | None
    ninetieth_share: float | None


class ComplianceOut(FigureOut):
    """A clause in a period, whether it is below the rate asked for, and how complete its records are (null: it asks for none)."""

    clause: str
    below: bool
    records: WrittenOut | None


class SummaryOut(FigureOut):
    """All clauses together, with the formula, and the rate in percent below which a clause is marked (null: none is set)."""

    from_on: date
    until_on: date
    aim: float | None
    formula: str


class WeekOut(Schema):
    """Seven days: what was due (waived ones left out), what was on time."""

    from_on: date
    until_on: date
    due: int
    met: int
    rate: float | None


class BehindOut(Schema):
    """A list behind a number: how long it is, and the part that was asked for."""

    all: int
    rows: list[DutyOut]


class GateWaivedOut(Schema):
    """A step that was let pass a clause."""

    at: datetime
    clause: str
    step: str
    who: str
    reason: str
    title: str


class EntryOut(Schema):
    """An entry of the logbook: its number in the chain and its hash."""

    seq: int
    kind: str
    at: datetime
    by: UUID | None
    hash: str


class EvidenceOut(Schema):
    """What a duty rests on: the duty with its because, and the logbook's entries."""

    duty: DutyOut
    entries: list[EntryOut]


class CoveredOut(Schema):
    """A clause, or a duty of a post: enforced, attested or training; whether it has a record this quarter (null: none to be expected)."""

    id: str
    clause: bool
    carried: str
    recorded: bool | None


class CoverageOut(Schema):
    """How the manual is carried."""

    enforced: int
    attested: int
    training: int
    silent: int
    all: list[CoveredOut]


class JudgedOut(Schema):
    """A record under a clause: complete, gap or not_applicable; the fields it asks for, those missing, and these in words."""

    clause: str
    subject: list[str]
    stands: str
    required: list[str]
    gaps: list[str] = Field(description="names of the missing fields")
    missing: list[str] = Field(description="the missing fields in the reader's language")


def _zone(request: Asked) -> ZoneInfo:
    return ZoneInfo(request.hotel.zone)


def _ask(request: Asked, given: FiguresIn) -> Ask:
    first, last = period("month", request.now.astimezone(_zone(request)).date())
    first, last = given.from_on or first, given.until_on or last
    if not 0 < (last - first).days <= LONGEST_DAYS:
        raise Invalid(errors={"until_on": ["After from_on, and at most ten years later."]})
    for name, text, known in (("department", given.department, DEPARTMENTS), ("post", given.post, POSTS)):
        if text and text not in known:
            raise Invalid(errors={name: ["There is no such one."]})
    return Ask(first, last, given.department, given.post, given.person, given.clause)


def _figures(request: Asked, ask: Ask) -> dict[str, Figure]:
    found = by_clause(by_day(request.actor, ask, request.now, _zone(request)).values())
    for clause, number in behind.gates(request.actor, ask, request.now, _zone(request)).values_list("clause").annotate(number=Count("id")):
        found.setdefault(clause, Figure(clause)).gates_waived = number
    return found


def _counted(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in COUNTS}


def _judged(one: records.Judged) -> dict[str, Any]:
    return {
        "clause": one.clause, "subject": list(one.subject), "stands": one.stands, "required": list(one.required), "gaps": list(one.gaps),
        "missing": one.missing,
    }


def _written(found: records.Completeness | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"of": found.of, "complete": found.complete, "gap": len(found.gaps), "percent": found.percent}


@router.get("", response={200: list[ComplianceOut], **PROBLEMS})
@reads("compliance.view")
def compliance(request: Asked, asked: Query[FiguresIn]) -> Any:
    """Each clause of the standard in force, and those of earlier editions that had anything due, with its figures."""
    ask = _ask(request, asked)
    found = _figures(request, ask)
    written = {} if ask.narrowed else records.of_period(request.actor, ask.first, ask.last, request.now, only=(ask.clause,) if ask.clause else None)
    edition, aim = editions.in_force(request.hotel.pk, request.now), aims.aim(request.hotel.pk, request.now)
    clauses = [clause for clause in (edition.standard.clauses if edition else ()) if ask.clause in ("", clause)]
    return [
        {
            "clause": clause, **_counted(figure := found.get(clause) or Figure(clause)), "below": aims.below(aim, figure),
            "records": _written(written.get(clause)),
        }
        for clause in [*clauses, *sorted(set(found) - set(clauses))]
    ]


@router.get("/summary", response={200: SummaryOut, **PROBLEMS})
@reads("compliance.view")
def summary(request: Asked, asked: Query[FiguresIn]) -> Any:
    """All clauses together."""
    ask = _ask(request, asked)
    found = total(_figures(request, ask).values())
    return {"from_on": ask.first, "until_on": ask.last, "formula": "met / (due - waived)",
        "aim": aims.percent(aims.aim(request.hotel.pk, request.now)), **_counted(found)}


@router.get("/weeks", response={200: list[WeekOut], **PROBLEMS})
@reads("compliance.view")
def weeks(request: Asked, asked: Query[FiguresIn]) -> Any:
    """Twelve weeks until the end of the period or today, of one clause or all."""
    found = pages.twelve_weeks(request.actor, _ask(request, asked), request.now, _zone(request))
    return [{"from_on": one.first, "until_on": one.until, "due": one.due, "met": one.met, "rate": one.rate} for one in found]


@router.get("/list", response={200: BehindOut, **PROBLEMS})
@reads("compliance.view")
def listed(request: Asked, asked: Query[ListIn]) -> Any:
    """The duties behind a number: `all` is that number."""
    ask = _ask(request, asked)
    reading = Reading(request.actor, ask, request.now, _zone(request))
    figure = whole(reading.by_day().values())
    rows = behind.listed(reading, ask, result=asked.status, figure=figure, first=asked.first, most=asked.most)
    return {"all": behind.number(figure, asked.status), "rows": [as_out(one.duty) for one in rows]}


@router.get("/duties/{uuid:pk}", response={200: EvidenceOut, **PROBLEMS})
@reads("compliance.view")
def evidence(request: Asked, pk: UUID) -> Any:
    """What one duty of such a list rests on."""
    duty = row_or_missing(behind.one(request.actor, pk, request.now))
    return {"duty": as_out(duty), "entries": entries_of(duty)}


@router.get("/gates", response={200: list[GateWaivedOut], **PROBLEMS})
@reads("compliance.view")
def gates(request: Asked, asked: Query[FiguresIn]) -> Any:
    """The steps that were let pass a clause."""
    return behind.gates_listed(request.actor, _ask(request, asked), request.now, _zone(request))


@router.get("/coverage", response={200: CoverageOut, **PROBLEMS})
@reads("compliance.view")
def covered(request: Asked) -> Any:
    """How each clause of the manual is carried, and which left no record this quarter."""
    found = coverage.of_hotel(request.hotel.pk, request.now, _zone(request))
    return {
        **found.counts, "silent": len(found.silent),
        "all": [{"id": one.id, "clause": one.clause is not None, "carried": one.how, "recorded": one.recorded} for one in found.all],
    }


@router.get("/{clause}/gaps", response={200: list[JudgedOut], **PROBLEMS})
@reads("compliance.view")
def gaps(request: Asked, clause: str, from_on: Day | None = None, until_on: Day | None = None) -> Any:
    """The records of [from_on, until_on) that lack something a clause asks for, and what; a thousand at most."""
    ask = _ask(request, FiguresIn(from_on=from_on, until_on=until_on))
    found = records.of_period(request.actor, ask.first, ask.last, request.now, only=(clause,)).get(clause)
    if found is None:
        raise Missing("no clause that asks for records")
    return [_judged(one) for one in found.gaps[:MOST]]


@router.get("/records/{kind}/{subject}", response={200: list[JudgedOut], **PROBLEMS})
@reads("compliance.view")
def record(request: Asked, kind: str, subject: str) -> Any:
    """One booking, service line or day of the roster under every clause that speaks of such records."""
    if kind in registry.records and not records.may_see(request.actor, kind):
        raise NotAllowed("not yours to read", permission="compliance.view")
    return [_judged(one) for one in records.of_subject(request.hotel.pk, (kind, subject), request.now)]
