"""The shapes of visits, as programs send and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.shapes import Given, Moment, Money, Short, VersionIn

Line = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=2000)]
Visitor = Literal["government", "client", "press", "peer", "school", "other"]
Rank = Literal["state", "ministry", "bureau", "county", "executive", "staff"]
Purpose = Literal["leaders", "inspection", "study", "venue", "interview", "courtesy"]
Place = Literal["lobby", "rooms", "suite", "dining", "kitchen", "back"]
Persons = Annotated[int, Field(ge=1, le=5000)]
MOST = 60


class VisitGuestIn(Given):
    """Somebody who comes."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    title: Annotated[str, Field(max_length=80)] = ""


class ProgrammeIn(Given):
    """A point of the programme."""

    at: Moment
    place: Annotated[str, Field(min_length=1, max_length=80)]
    what: Annotated[str, Field(min_length=1, max_length=160)]
    who: Annotated[str, Field(max_length=80)] = ""


class VisitPartIn(Given):
    """Somebody of the house who takes part, by his sign-in name."""

    person: Annotated[str, Field(min_length=1, max_length=150)]
    role: Annotated[str, Field(max_length=60)] = ""


class VisitIn(Given):
    """A visit; grade and scope left out are those of the standard."""

    organisation: Annotated[str, Field(min_length=1, max_length=120)]
    visitor: Visitor
    rank: Rank
    purpose: Purpose
    persons: Persons
    arrival_at: Moment
    until_at: Moment | None = None
    has_instruction: bool = False
    contact: Short = ""
    phone: Short = ""
    vehicles: Short = ""
    grade: Literal["", "A", "B", "C"] = ""
    scope: Annotated[list[Place], Field(max_length=6)] = []
    grade_reason: Annotated[str, Field(max_length=300)] = ""
    host: Short = ""
    meeting_point: Short = ""
    language: Short = ""
    photos: Line = ""
    gifts: Line = ""
    protocol: Text = ""
    remarks: Text = ""
    guests: Annotated[list[VisitGuestIn], Field(max_length=MOST)] = []
    programme: Annotated[list[ProgrammeIn], Field(max_length=MOST)] = []
    parts: Annotated[list[VisitPartIn], Field(max_length=MOST)] = []


class VisitPatch(VersionIn):
    """What changes of the plan; what is left out stays. `reason` is needed once the plan is approved."""

    organisation: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    visitor: Visitor | None = None
    rank: Rank | None = None
    purpose: Purpose | None = None
    persons: Persons | None = None
    arrival_at: Moment | None = None
    until_at: Moment | None = None
    has_instruction: bool | None = None
    contact: Short | None = None
    phone: Short | None = None
    vehicles: Short | None = None
    grade: Literal["", "A", "B", "C"] | None = None
    scope: Annotated[list[Place], Field(max_length=6)] | None = None
    grade_reason: Annotated[str, Field(max_length=300)] | None = None
    host: Short | None = None
    meeting_point: Short | None = None
    language: Short | None = None
    photos: Line | None = None
    gifts: Line | None = None
    protocol: Text | None = None
    remarks: Text | None = None
    guests: Annotated[list[VisitGuestIn], Field(max_length=MOST)] | None = None
    programme: Annotated[list[ProgrammeIn], Field(max_length=MOST)] | None = None
    parts: Annotated[list[VisitPartIn], Field(max_length=MOST)] | None = None
    reason: Annotated[str, Field(max_length=300)] = ""


class VisitPaperIn(Given):
    """A paper: its file as base64, or where it lies."""

    kind: Literal["instruction", "letter", "names", "other"]
    name: Short = ""
    file: Annotated[str, Field(max_length=14_000_000)] = ""
    lies_at: Short = ""


class VisitReportIn(Given):
    """How it went."""

    as_planned: bool
    shown_text: Annotated[str, Field(min_length=1, max_length=2000)]
    opinions: Text = ""
    differences: Text = ""
    cost: Money | None = None


class VisitViewIn(Given):
    """Filters of the list under a name."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    query: Annotated[str, Field(max_length=500)] = ""
    share: bool = False


class VisitGuestOut(Schema):
    """Somebody who comes."""

    name: str
    title: str


class ProgrammeOut(Schema):
    """A point of the programme."""

    at: datetime
    place: str
    what: str
    who: str


class VisitPartOut(Schema):
    """Somebody of the house, and when he acknowledged the briefing."""

    person: str
    name: str
    role: str
    asked_at: datetime | None
    briefed_at: datetime | None


class VisitPaperOut(Schema):
    """A paper attached."""

    id: UUID
    kind: str
    file: str
    lies_at: str


class VisitChangeOut(Schema):
    """A change of the approved plan: state asked, made or dropped."""

    id: UUID
    fields: list[str]
    reason: str
    emergency: bool
    state: str
    approval: UUID | None
    approval_state: str
    asked_at: datetime
    made_at: datetime | None


class VisitLineOut(Schema):
    """A visit in the list."""

    id: UUID
    version: int
    number: str
    organisation: str
    visitor: str
    rank: str
    purpose: str
    persons: int
    arrival_at: datetime
    until_at: datetime | None
    grade: str
    scope: list[str]
    host: str
    handler: str
    state: str


class VisitOut(VisitLineOut):
    """A visit with everything; `table` is what the standard gives for such visitors."""

    has_instruction: bool
    contact: str
    phone: str
    vehicles: str
    grade_reason: str
    table: dict[str, Any]
    meeting_point: str
    language: str
    photos: str
    gifts: str
    protocol: str
    remarks: str
    guests: list[VisitGuestOut]
    programme: list[ProgrammeOut]
    parts: list[VisitPartOut]
    papers: list[VisitPaperOut]
    changes: list[VisitChangeOut]
    missing: dict[str, list[str]]
    paper: UUID | None
    approved_at: datetime | None
    confirmed_at: datetime | None
    received_at: datetime | None
    reported_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    as_planned: bool | None
    shown_text: str
    opinions: str
    differences: str
    cost: str | None


class VisitViewOut(Schema):
    """A saved view of the list."""

    id: UUID
    name: str
    query: str
    shared_with: str
