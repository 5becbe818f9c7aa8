"""What the rulebook speaks of: facts in, clauses and their rules, duties out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guiju.rulebook.spans import Duration, Offset, Share

Test = Callable[[Any], bool]
Where = tuple[tuple[str, Test], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, as the logbook tells it."""

    kind: str
    at: datetime
    subjects: tuple[tuple[str, str], ...]
    attrs: Mapping[str, Any]
    by: str | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Trigger:
    """Facts of these kinds, if their attributes fit."""

    own: Mapping[str, frozenset[str]]  # fact kind -> the attributes it carries itself
    where: Where = ()
    days: str = "any"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What fulfils a duty."""

    trigger: Trigger
    undone_by: frozenset[str] = frozenset()
    all_of: tuple[tuple[str, str], ...] = ()  # (fact kind or "", value of `of`)
    of: str = "department"
    count: int = 1
    distinct: str | None = None
    outcome: str | None = None
    key: str | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class LateCase:
    """What holds for a fact that came after the clock time."""

    where: Where
    within: float | None
    days: str  # "" same day, "next-day", "next-workday"
    clock: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty is due: exactly one of the forms."""

    form: str  # within by anchor every after_last when_reaches yearly
    within: Duration | None = None
    calendar: str = "owner"
    by: int | None = None  # seconds after midnight, local
    late: tuple[LateCase, ...] = ()
    never_after: str | None = None
    attr: str = ""  # anchor, when_reaches, yearly
    offset: Offset = field(default_factory=Offset)
    every: str = ""
    from_facts: Trigger | None = None
    to_facts: Trigger | None = None
    after_last: Trigger | None = None
    period: Duration | None = None
    period_given: str | None = None
    periods: Mapping[str, Duration] = field(default_factory=dict)
    age: Duration | None = None
    lunar: bool = False
    for_each: str | None = None
    holiday: str = "same"


@dataclass(frozen=True, slots=True)
class Grace:
    """Time that the owner still has when he got the thing late, and who answers for it."""

    after: Trigger
    seconds: float
    charge: str


@dataclass(frozen=True, slots=True)
class Step:
    """One approver of a chain."""

    id: str
    by: str
    within: Duration
    calendar: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    when: Where
    gives: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a clause. Keys that its kind does not use are empty."""

    name: str
    kind: str
    owner: str = ""
    waive_by: tuple[str, ...] = ()
    subject: str = ""
    department: str | None = None  # the owner's; None: told by the subject's attribute `department`
    opens: tuple[Trigger, ...] = ()
    occurs: str = "once"
    due: Due | None = None
    starts: Offset | None = None
    met: tuple[Evidence, ...] = ()
    pause_from: Trigger | None = None
    pause_to: Trigger | None = None
    ends: tuple[Trigger, ...] = ()
    escalates: tuple[tuple[Share, str], ...] = ()
    then: tuple[tuple[str, str], ...] = ()  # (due | met | opened, effect)
    missed_after: Duration | str | None = None
    grace: Grace | None = None
    visible_to: tuple[str, ...] = ()
    element: str = ""  # an item of a checklist, a step of an approval
    exists: Where = ()  # the duty stands only while this holds
    parts: tuple[Rule, ...] = ()  # items or steps as rules of their own
    verb: str = ""
    where: Where = ()
    needs: tuple[str, ...] = ()
    paper: str = ""
    to: tuple[str, ...] = ()
    sign: bool = True
    archive: tuple[str, ...] = ()
    purpose: str = ""
    record: str = ""
    fields: tuple[str, ...] = ()
    figure: str = ""
    over: str = ""
    at_least: float | None = None
    at_most: float | None = None
    min_count: int = 0
    list: str = ""
    proof: str = ""
    steps: tuple[Step, ...] = ()
    given: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the written standard."""

    id: str
    source: str
    kind: str
    weight: float
    text: Mapping[str, str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class DerivedDuty:
    """What somebody owes, why, and what came of it. Whether it is late is asked of `status`."""

    clause: str
    rule: str
    occurrence: str
    kind: str
    edition: str
    owner: str
    owner_id: str | None
    opens_at: datetime
    starts_at: datetime
    due_at: datetime
    missed_at: datetime | None = None
    met_at: datetime | None = None
    met_by: str | None = None
    ended_at: datetime | None = None
    charged_to: str | None = None
    evidence: str | None = None
    because: tuple[tuple[str, str, datetime], ...] = ()
    escalations: tuple[tuple[datetime, str], ...] = ()
    effects: tuple[tuple[datetime, str], ...] = ()
    visible_to: tuple[str, ...] = ()
    paused: bool = False
