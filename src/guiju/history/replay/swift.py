"""The rulebook's own `derive`, asked once for each shape of facts instead of once for each booking.

Three things make it fast, and none changes a duty (tests/history/replay proves it against `derive` itself):
a rule is given only the facts and attributes it reads; a rule whose opening conditions cannot fit is not asked; and where
the same facts fell on another day, the duties of that day are moved, if every day the rulebook looked up in the calendar is of
the same sort again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from guiju.history.replay.relevance import Reads, reads_of
from guiju.history.replay.watching import Sorts, steady_offset, watched
from guiju.rulebook import NEVER, Calendar, Calendars, DerivedDuty, Edition, Fact, derive
from guiju.rulebook.history import History

ABSENT = "\0absent"
YES, NO = "\0yes", "\0no"  # yes is not 1
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MIDNIGHT = EPOCH.toordinal()
TRIED = 4000  # answers after which it is judged whether remembering pays
MOST = 40_000  # shapes remembered of one rule
Questions = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Answer:
    """The duties of one rule for facts of one shape, on the day they were first seen."""

    base: int  # the local day, as an ordinal
    questions: Questions  # (what, days after the base, sort of that day)
    duties: list[DerivedDuty]
    rows: Any = ()  # what `count` makes of them


@dataclass(slots=True)
class Memory:
    """What was answered for one rule. A rule whose facts hardly ever come again is not remembered: that costs more than it saves."""

    asked: int = 0
    kept: int = 0
    answers: dict[Any, list[Answer]] | None = field(default_factory=dict)

    def weigh(self) -> None:
        """Give it up where it does not pay; begin afresh where it grows too large."""
        if self.answers is not None and self.asked >= TRIED and self.kept < self.asked / 4:
            self.answers = None
        elif self.answers is not None and len(self.answers) > MOST:
            self.answers.clear()


class Swift:
    """Duties of many subjects by one edition and one calendar, between two days.

    `count` makes of each answer's duties what is kept of them; without it the duties themselves are kept.
    """

    def __init__(
        self, edition: Edition, calendar: Calendar, first: date, last: date, *, until: datetime, count: Callable[[DerivedDuty], Any] | None = None
    ) -> None:
        self.rules = reads_of(edition)
        self.calendar, self.until = calendar, until
        self.plain = Calendars([calendar])
        self.offset = steady_offset(calendar.zone, first, last)
        self.sorts = Sorts(calendar)
        self.count = count
        self.memories: dict[int, Memory] = {id(one): Memory() for rules in self.rules.values() for one in rules}
        self._candidates: dict[Any, tuple[Reads, ...]] = {}
        self._tested = {
            kind: sorted({name for one in rules for trigger in one.bound.rule.opens for name, _ in trigger.where})
            for kind, rules in self.rules.items()
        }

    def duties(self, subject: tuple[str, str], facts: Sequence[Fact]) -> list[DerivedDuty]:
        """All duties of one subject, as `derive` gives them; facts in their order."""
        out: list[DerivedDuty] = []
        for answer, days in self.answers(subject, facts):
            out += [moved(duty, days) for duty in answer.duties] if days else answer.duties
        return out

    def answers(self, subject: tuple[str, str], facts: Sequence[Fact]) -> list[tuple[Answer, int]]:
        """The same as answers, each with the days by which its duties are to be moved."""
        return [self._answer(one, subject, facts) for one in self._concerned(subject[0], facts)]

    def _concerned(self, kind: str, facts: Sequence[Fact]) -> tuple[Reads, ...]:
        rules = self.rules.get(kind)
        if not rules:
            return ()
        names = self._tested[kind]
        signature = (kind, *((fact.kind, *(_told(fact.attrs, name) for name in names)) for fact in facts))
        found = self._candidates.get(signature)
        if found is None:
            found = self._candidates[signature] = tuple(one for one in rules if _may_open(one, facts))
        return found

    def _answer(self, one: Reads, subject: tuple[str, str], facts: Sequence[Fact]) -> tuple[Answer, int]:
        read = [fact for fact in facts if fact.kind in one.kinds or not one.attrs.isdisjoint(fact.attrs)]
        memory = self.memories[id(one)]
        if self.offset is None or not one.rebasable or memory.answers is None:
            memory.asked += 1
            return self._made(0, (), derive([one.edition], _trimmed(read, one), self.plain, subject, until=self.until)), 0
        base = (read[0].at + self.offset).toordinal()
        midnight = EPOCH - self.offset + timedelta(days=base - MIDNIGHT)
        key = tuple([(fact.kind, fact.at - midnight, fact.by, _shape(fact.attrs, one, base, midnight)) for fact in read])
        known = memory.answers.get(key, ())
        of = self.sorts.of
        for answer in known:
            if all(of(name, base + after) == sort for name, after, sort in answer.questions):
                memory.kept += 1
                return answer, base - answer.base
        return self._derived(one, subject, read, base, key, memory), 0

    def _derived(self, one: Reads, subject: tuple[str, str], read: list[Fact], base: int, key: Any, memory: Memory) -> Answer:
        under_watch = watched(self.calendar)
        duties = derive([one.edition], _trimmed(read, one), Calendars([under_watch]), subject, until=self.until)
        questions = tuple((name, ordinal - base, self.sorts.of(name, ordinal)) for name, ordinal in under_watch.asked)
        answer = self._made(base, questions, duties)
        memory.asked += 1
        if memory.answers is not None and not any(duty.due_at == NEVER for duty in duties):
            memory.answers.setdefault(key, []).append(answer)
        memory.weigh()
        return answer

    def _made(self, base: int, questions: Questions, duties: list[DerivedDuty]) -> Answer:
        if self.count is None:
            return Answer(base, questions, duties)
        return Answer(base, questions, [], [self.count(duty) for duty in duties])


def _told(attrs: Any, name: str) -> Any:
    """An attribute in a signature: of dates and moments only that they are given."""
    value = attrs.get(name, ABSENT)
    if value is True:
        return YES
    if value is False:
        return NO
    if isinstance(value, date):
        return date
    return tuple(value) if isinstance(value, list) else value


def _may_open(one: Reads, facts: Sequence[Fact]) -> bool:
    """Whether the rule may open on facts of this signature; tests of a date are left to `derive`."""
    present = {fact.kind for fact in facts}
    if one.opening.isdisjoint(present):
        return False
    rule = one.bound.rule
    if rule.due is None or rule.due.form not in ("within", "by", "anchor") or rule.kind == "approval":
        return True
    if any(isinstance(fact.attrs.get(name), date) for name in one.tests for fact in facts):
        return True
    history = History(facts)
    return any(history.fits(trigger, index) for trigger in rule.opens for index in range(len(history.facts)))


def _trimmed(read: list[Fact], one: Reads) -> list[Fact]:
    return [
        Fact(fact.kind, fact.at, fact.subjects, {name: value for name, value in fact.attrs.items() if name in one.attrs}, fact.by, fact.seq)
        for fact in read
    ]


def _shape(attrs: Any, one: Reads, base: int, midnight: datetime) -> tuple[Any, ...]:
    """Attributes as they matter: moments relative to the first day, with what the rule's tests say of them as they stand."""
    out: list[Any] = []
    for name, value in attrs.items():
        if name not in one.attrs:
            continue
        if value is True or value is False:
            out.append((name, YES if value else NO))
        elif isinstance(value, datetime):
            away = value - midnight if value.tzinfo is not None else (value, base)  # without a zone: not used on another day
            out.append((name, away, *(test(value) for test in one.tests.get(name, ()))))
        elif isinstance(value, date):
            out.append((name, date, value.toordinal() - base, *(test(value) for test in one.tests.get(name, ()))))
        elif isinstance(value, list | tuple):
            out.append((name, repr(value)))
        elif isinstance(value, str) and len(value) > 7 and value[:4].isdigit():
            out.append((name, value, base))  # it may be read as a date: not used on another day
        else:
            out.append((name, type(value), value))
    return tuple(out)


def moved(duty: DerivedDuty, days: int) -> DerivedDuty:
    """The same duty so many days later."""
    by = timedelta(days=days)
    return replace(
        duty, opens_at=duty.opens_at + by, starts_at=duty.starts_at + by, due_at=duty.due_at + by,
        missed_at=duty.missed_at and duty.missed_at + by, met_at=duty.met_at and duty.met_at + by, ended_at=duty.ended_at and duty.ended_at + by,
        because=tuple((why, kind, at + by) for why, kind, at in duty.because),
        escalations=tuple((at + by, to) for at, to in duty.escalations), effects=tuple((at + by, name) for at, name in duty.effects),
    )
