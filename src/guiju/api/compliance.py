"""Is the standard followed, for programs: each clause's figures, the records it asks to be complete, and one record alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ninja import Field, Router, Schema

from guiju.api.doors import reads
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day
from guiju.duties import editions, figures, records
from guiju.house.asking import Asked
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, Missing, NotAllowed

router = Router(tags=["compliance"])
LONGEST = timedelta(days=3700)
MOST = 1000  # gaps listed of one clause; `gap` counts them all


class WrittenOut(Schema):
    """How many of the records a clause concerns are complete; percent is cut, so that 100 means all."""

    of: int
    complete: int
    gap: int
    percent: float | None


class ComplianceOut(Schema):
    """A clause in a period: what was due and what came of it, and how complete its records are (null: it asks for none)."""

    clause: str
    due: int
    met: int
    met_late: int
    late: int
    missed: int
    waived: int
    running: int
    gates_waived: int
    rate: float | None
    median_minutes: float | None
    limit_minutes: float | None
    records: WrittenOut | None


class JudgedOut(Schema):
    """A record under a clause: complete, gap or not_applicable; the fields it asks for, those missing, and these in words."""

    clause: str
    subject: list[str]
    stands: str
    required: list[str]
    gaps: list[str] = Field(description="names of the missing fields")
    missing: list[str] = Field(description="the missing fields in the reader's language")


def _period(request: Asked, from_on: date | None, until_on: date | None) -> tuple[date, date]:
    """[from, until); this month without them."""
    first, last = figures.period("month", request.now.astimezone(ZoneInfo(request.hotel.zone)).date())
    first, last = from_on or first, until_on or last
    if not timedelta() < last - first <= LONGEST:
        raise Invalid(errors={"until_on": ["After from_on, and at most ten years later."]})
    return first, last


def _moment(request: Asked, on: date) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(request.hotel.zone))


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
def compliance(request: Asked, from_on: Day | None = None, until_on: Day | None = None) -> Any:
    """Each clause of the standard in force with its figures of [from_on, until_on), this month without them."""
    first, last = _period(request, from_on, until_on)
    found = figures.by_clause(request.actor, _moment(request, first), _moment(request, last), request.now)
    written = records.of_period(request.actor, first, last, request.now)
    edition = editions.in_force(request.hotel.pk, request.now)
    told = ("due", "met", "met_late", "late", "missed", "waived", "running", "gates_waived", "rate", "median_minutes", "limit_minutes")
    return [
        {
            "clause": clause, **{name: getattr(found.get(clause) or figures.Figure(clause), name) for name in told},
            "records": _written(written.get(clause)),
        }
        for clause in (edition.standard.clauses if edition else ())
    ]


@router.get("/{clause}/gaps", response={200: list[JudgedOut], **PROBLEMS})
@reads("compliance.view")
def gaps(request: Asked, clause: str, from_on: Day | None = None, until_on: Day | None = None) -> Any:
    """The records of [from_on, until_on) that lack something a clause asks for, and what; a thousand at most."""
    first, last = _period(request, from_on, until_on)
    found = records.of_period(request.actor, first, last, request.now, only=clause).get(clause)
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
