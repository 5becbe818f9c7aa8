"""What programs send and get about the standard itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.shapes import AnswerIn, Given, Moment, VersionIn

Title = Annotated[str, Field(min_length=2, max_length=120)]
Toml = Annotated[str, Field(max_length=60_000)]
Value = str | int | float | bool | list[str] | dict[str, list[str]]


class EditionOut(Schema):
    """An edition: its number, since or from when it is in force, and who stood behind it."""

    id: UUID
    number: int
    effective_at: datetime
    in_force: bool
    changed: int | None = Field(description="clauses it changed; null for the first")
    proposed_by: str
    approved_by: str
    digest: str


class LineOut(Schema):
    """One field that two wordings have otherwise, in the reader's language."""

    what: str
    old: str
    new: str


class ChangeOut(Schema):
    """A clause that the draft has otherwise than the edition it began from."""

    clause: str
    state: str
    text: str
    lines: list[LineOut]
    cases: list[dict[str, Any]]


class DifferenceOut(Schema):
    """What a case expects and what the clause gives."""

    what: str
    expected: str
    derived: str


class CaseOut(Schema):
    """A case that was run: `number` is its place in the clause."""

    clause: str
    number: int
    says: str
    holds: bool
    differences: list[DifferenceOut]


class DraftLineOut(Schema):
    """A draft."""

    id: UUID
    title: str
    state: str
    version: int
    base: int = Field(description="number of the edition it began from")
    behind: bool = Field(description="a newer edition was approved since")
    effective_at: datetime | None
    words: str


class DraftOut(DraftLineOut):
    """A draft with what it changes and how its cases stand."""

    changes: list[ChangeOut]
    cases_run: int
    failing: list[CaseOut]
    problems: list[str]


class FieldOut(Schema):
    """One value of a clause or case that can be changed by its path."""

    path: str
    label: str
    kind: str
    value: Any


class DraftClauseOut(Schema):
    """A clause of a draft: its text as TOML, its fields, its cases as they run now."""

    clause: str
    version: int
    toml: str
    fields: list[FieldOut]
    cases: list[CaseOut]


class DraftIn(Given):
    """What the draft is about."""

    title: Title


class StandardFileIn(Given):
    """A zip or a TOML file as base64."""

    name: Annotated[str, Field(max_length=120)] = "edition.zip"
    content: Annotated[str, Field(max_length=8_000_000)]


class DraftFileIn(StandardFileIn):
    """A file that becomes a draft."""

    title: Title


class ChangesIn(VersionIn):
    """Fields by their path, e.g. {"rule.0.due.within": "20m"}."""

    changes: dict[Annotated[str, Field(max_length=120)], Value]


class TomlIn(VersionIn):
    """A clause with its cases as TOML."""

    toml: Toml


class SaysIn(VersionIn):
    """The sentence of a case."""

    says: Annotated[str, Field(max_length=200)]


class ProposeIn(VersionIn):
    """From when the edition shall hold."""

    effective_at: Moment


class DraftDecideIn(AnswerIn, VersionIn):
    """Approved, or returned with a reason."""


class KeepIn(VersionIn):
    """For each clause that both changed: mine or theirs."""

    keep: dict[Annotated[str, Field(max_length=60)], Literal["mine", "theirs"]] = {}


class StandardCheckOut(Schema):
    """What `standard check` says of a file."""

    cases_run: int
    problems: list[str]
    failures: list[str]


class MineOut(Schema):
    """A clause of my posts; send `wording` back to acknowledge it."""

    clause: str
    text: str
    wording: str
    read: bool
    read_at: datetime | None
    changed: list[LineOut]


class ReadIn(Given):
    """The clauses I have read, each with the wording I read."""

    clauses: Annotated[dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=64)]], Field(max_length=500)]


class ReaderOut(Schema):
    """What one person has still to read."""

    person: str
    posts: list[str]
    concerned: int
    unread: list[str]
    last_at: datetime | None


class PostDutyOut(Schema):
    """A duty of a post by the manual, and what carries it."""

    id: str
    source: str
    text: str
    training: bool
    carriers: list[dict[str, str]]
