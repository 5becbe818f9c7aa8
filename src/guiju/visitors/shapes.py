"""The plan of a reception as one value: what a page or a program says, checked and compared before anything is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from guiju.visitors.models import Visit


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody who comes."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A point of the programme."""

    at: datetime
    place: str
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """Somebody of the house who takes part."""

    person_id: UUID
    role: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything of a plan that people write; `grade` and `scope` empty: as the standard's table gives."""

    organisation: str
    visitor: str
    rank: str
    purpose: str
    persons: int
    arrival_at: datetime
    until_at: datetime | None = None
    has_instruction: bool = False
    contact: str = ""
    phone: str = ""
    vehicles: str = ""
    grade: str = ""
    scope: tuple[str, ...] = ()
    grade_reason: str = ""
    host: str = ""
    meeting_point: str = ""
    language: str = ""
    photos: str = ""
    gifts: str = ""
    protocol: str = ""
    remarks: str = ""
    guests: tuple[GuestLine, ...] = ()
    programme: tuple[ProgrammeLine, ...] = ()
    parts: tuple[PartLine, ...] = ()


ROWS = ("guests", "programme", "parts")
PLAIN = tuple(one.name for one in fields(Plan) if one.name not in ROWS)


def plan_of(visit: Visit) -> Plan:
    """The plan as it stands: three queries."""
    plain = {name: getattr(visit, name) for name in PLAIN}
    return Plan(
        **{**plain, "scope": tuple(visit.scope)},
        guests=tuple(GuestLine(row.name, row.title) for row in visit.guests.order_by("order", "id")),
        programme=tuple(ProgrammeLine(row.at, row.place, row.what, row.who) for row in visit.programme.order_by("at", "id")),
        parts=tuple(PartLine(row.person_id, row.role) for row in visit.parts.filter(removed_at__isnull=True).order_by("id")),
    )


def changed_fields(before: Plan, after: Plan) -> list[str]:
    """Which fields differ, in the order of the form; the order of scope and of participants does not matter."""
    return [one.name for one in fields(Plan) if _value(before, one.name) != _value(after, one.name)]


def _value(plan: Plan, name: str) -> Any:
    value = getattr(plan, name)
    if name == "scope":
        return sorted(value)
    if name == "parts":
        return sorted((str(one.person_id), one.role) for one in value)
    return value


def kept(plan: Plan, names: list[str]) -> dict[str, Any]:
    """Fields of a plan as they are kept in a change: plain values."""
    return {name: _plain(getattr(plan, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, GuestLine | ProgrammeLine | PartLine):
        return {name: _plain(one) for name, one in asdict(value).items()}
    return value


def with_kept(plan: Plan, values: dict[str, Any]) -> Plan:
    """The plan with the fields of a change put in."""
    found: dict[str, Any] = {one.name: getattr(plan, one.name) for one in fields(Plan)}
    for name, value in values.items():
        found[name] = _read(name, value)
    return Plan(**found)


def _read(name: str, value: Any) -> Any:
    if name in ("arrival_at", "until_at"):
        return datetime.fromisoformat(value) if value else None
    if name == "guests":
        return tuple(GuestLine(**one) for one in value)
    if name == "programme":
        return tuple(ProgrammeLine(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in value)
    if name == "parts":
        return tuple(PartLine(UUID(one["person_id"]), one["role"]) for one in value)
    return tuple(value) if name == "scope" else value
