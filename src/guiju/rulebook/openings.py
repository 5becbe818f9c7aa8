"""Duties that a fact opens: once, each time, per element, per item, step after step, sliding, by age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from guiju.rulebook import clocks
from guiju.rulebook.calendar import NEVER, Calendar, Calendars
from guiju.rulebook.clauses import DerivedDuty, Due, Rule
from guiju.rulebook.clocks import Clock
from guiju.rulebook.conditions import held
from guiju.rulebook.evidence import Outcome, settle
from guiju.rulebook.history import History, day_of, pauses, text_of
from guiju.rulebook.making import Opened, Times, make, missed_at

Nothing = frozenset[int]()


def run(history: History, opened: Sequence[Opened], calendars: Calendars) -> list[DerivedDuty]:
    """All duties of one rule for one subject; `opened` are the facts that may open it, in order."""
    rule = opened[0].rule
    due = rule.due
    if due is not None and due.form == "after_last":
        return _sliding(history, opened, calendars)
    fitting = [one for one in opened if _opens(history, one, calendars)]
    if not fitting:
        return []
    if due is not None and due.form == "when_reaches":
        return _ageing(history, fitting, calendars)
    if rule.kind == "approval":
        return _chains(history, fitting, calendars)
    out: list[DerivedDuty] = []
    for name, stream, falls in _streams(history, fitting):
        out += _stream(history, name, stream, falls, calendars)
    return out


def _opens(history: History, one: Opened, calendars: Calendars) -> bool:
    for trigger in one.rule.opens:
        if history.fits(trigger, one.index):
            return trigger.days == "any" or history.on_day(
                trigger, one.index, calendars.at(history.facts[one.index].at)
            )
    return False


def _streams(history: History, fitting: Sequence[Opened]) -> list[tuple[str, list[Opened], frozenset[int]]]:
    """(occurrence, its openings, facts by which it falls away) for each item and each element of a list."""
    found: dict[str, list[Opened]] = {}
    present: dict[int, set[str]] = {}
    for one in fitting:
        names = present.setdefault(one.index, set())
        for rule in one.rule.parts or (one.rule,):
            if not all(test(history.as_of(name, one.index)) for name, test in rule.exists):
                continue
            for name in _names(history, rule, one.index):
                names.add(name)
                found.setdefault(name, []).append(replace(one, rule=rule))
    return [
        (name, stream, frozenset(index for index, names in present.items() if name not in names))
        for name, stream in found.items()
    ]


def _names(history: History, rule: Rule, index: int) -> list[str]:
    attr = rule.due.for_each if rule.due else None
    if attr is None:
        return [rule.element]
    elements = dict.fromkeys(text_of(element) for element in held(history.as_of(attr, index)))
    return [f"{rule.element}:{element}" if rule.element else element for element in elements]


def _stream(
    history: History, name: str, stream: Sequence[Opened], falls: frozenset[int], calendars: Calendars
) -> list[DerivedDuty]:
    out: list[DerivedDuty] = []
    for one in stream:
        occurs, at = one.rule.occurs, history.facts[one.index].at
        last = out[-1] if out else None
        if last is not None and occurs != "each":
            over = last.ended_at if last.ended_at is not None else last.met_at if occurs == "again" else None
            if over is None or over > at:
                continue
        occurrence = name
        if occurs != "once":
            stamp = calendars.at(at).local(at).replace(tzinfo=None).isoformat(timespec="seconds")
            occurrence = f"{name}:{stamp}" if name else stamp
        duty = opened_duty(history, one, calendars, occurrence, name, falls)[0]
        if duty is None:
            continue
        if (
            last is not None
            and occurs == "once"
            and last.ended_at is not None
            and last.ended_at <= last.due_at
        ):
            out.pop()  # fell away in time: the new opening begins it afresh under its key
        out.append(duty)
    return numbered(out)


def numbered(duties: list[DerivedDuty]) -> list[DerivedDuty]:
    """Occurrences of the same name get a number, in their order."""
    seen: dict[str, int] = {}
    for place, duty in enumerate(duties):
        seen[duty.occurrence] = count = seen.get(duty.occurrence, 0) + 1
        if count > 1:
            duties[place] = replace(duty, occurrence=f"{duty.occurrence}/{count}")
    return duties


def opened_duty(
    history: History,
    one: Opened,
    calendars: Calendars,
    occurrence: str,
    key: str,
    falls: frozenset[int] = Nothing,
) -> tuple[DerivedDuty | None, Outcome]:
    """The duty that one fact opens; None while its due moment is not told yet."""
    rule, due, at = one.rule, one.rule.due, history.facts[one.index].at
    assert due is not None
    outcome = settle(history, rule, one.index, occurrence=key, falls=falls)
    duty: DerivedDuty | None = None
    for calendar in (calendars.at(at), *calendars.after(at)):
        if duty is not None:
            closed = duty.met_at or duty.ended_at
            if (closed is not None and closed <= calendar.from_at) or duty.due_at < calendar.from_at:
                break  # a later revision moves open duties only
        duty, outcome = _reckoned(history, one, due, calendar, outcome, occurrence, key, falls)
    return duty, outcome


def _reckoned(
    history: History,
    one: Opened,
    due: Due,
    calendar: Calendar,
    outcome: Outcome,
    occurrence: str,
    key: str,
    falls: frozenset[int],
) -> tuple[DerivedDuty | None, Outcome]:
    rule, at = one.rule, history.facts[one.index].at
    closing = outcome.met if outcome.met is not None else outcome.ended
    last = max(closing, one.index) if closing is not None else len(history.facts) - 1
    clock = clocks.clock_of(
        rule, due, calendar, history, last, stood_still(history, rule, one.index, closing)
    )
    moment = clocks.due_at(rule, due, clock, history, one.index, last)
    if moment is None:
        return None, outcome
    moment, charged = _with_grace(history, rule, one.index, last, outcome, moment)
    missed = missed_at(rule, clock, moment, None)
    if missed is not None and outcome.met is not None and history.facts[outcome.met].at > missed:
        outcome = settle(history, rule, one.index, occurrence=key, falls=falls, until=missed)
    times = Times(at, clocks.starts_at(rule, due, clock, at, moment), moment, missed, charged)
    return make(one, history, clock, due, times, outcome, occurrence), outcome


def stood_still(
    history: History, rule: Rule, opened: int, closing: int | None
) -> list[tuple[datetime, datetime | None]]:
    """The pauses of a duty; one that was still on when the duty closed ends there."""
    last = closing if closing is not None else len(history.facts) - 1
    found = pauses(history, rule.pause_from, rule.pause_to, opened, last)
    if closing is not None and found and found[-1][1] is None:
        found[-1] = (found[-1][0], history.facts[closing].at)
    return found


def _with_grace(
    history: History, rule: Rule, opened: int, last: int, outcome: Outcome, due: datetime
) -> tuple[datetime, str | None]:
    grace = rule.grace
    if grace is None or due == NEVER:
        return due, None
    for index in history.candidates(grace.after.own, opened + 1):
        if index <= last and history.fits(grace.after, index):
            still = history.facts[index].at + timedelta(seconds=grace.seconds)
            return (still, grace.charge) if still > due else (due, None)
    return due, grace.charge if outcome.met is None else None


def _chains(history: History, fitting: Sequence[Opened], calendars: Calendars) -> list[DerivedDuty]:
    """Approval: each step opens when the one before it is given."""
    out: list[DerivedDuty] = []
    for number, one in enumerate(fitting):
        if number and one.rule.occurs == "once":
            break
        place = one
        for part in one.rule.parts:
            place = replace(place, rule=part)
            duty, outcome = opened_duty(history, place, calendars, part.element, part.element)
            if duty is not None:
                out.append(duty)
            if outcome.met is None:
                break
            place = replace(place, index=outcome.met)
    return numbered(out)


def _sliding(history: History, opened: Sequence[Opened], calendars: Calendars) -> list[DerivedDuty]:
    """Counted from the last such fact, else from the opening one."""
    out: list[DerivedDuty] = []
    running = False
    for place, one in enumerate(opened):
        due = one.rule.due
        assert due is not None and due.after_last is not None
        again = history.fits(due.after_last, one.index)
        starts = _opens(history, one, calendars)
        if not running:
            known = starts or (again and not out and _was_open(history, one))
            if not known:
                continue
        elif not again:
            continue
        following = next((n.index for n in opened[place + 1 :] if _follows(history, n)), None)
        duty, ended = _slide(history, one, due, calendars, following)
        running = not ended
        if duty is not None:
            out.append(duty)
    return numbered(out)


def _follows(history: History, one: Opened) -> bool:
    due = one.rule.due
    return due is not None and due.after_last is not None and history.fits(due.after_last, one.index)


def _was_open(history: History, one: Opened) -> bool:
    return any(history.fits(trigger, n) for trigger in one.rule.opens for n in range(one.index))


def _slide(
    history: History, one: Opened, due: Due, calendars: Calendars, following: int | None
) -> tuple[DerivedDuty | None, bool]:
    rule, at, base = one.rule, history.facts[one.index].at, one.index
    stop = len(history.facts) if following is None else following
    end_kinds = {kind for trigger in rule.ends for kind in trigger.own}
    ended = next(
        (
            n
            for n in history.candidates(end_kinds, base + 1)
            if n < stop and any(history.fits(trigger, n) for trigger in rule.ends)
        ),
        None,
    )
    outcome = Outcome(ended=ended) if ended is not None else Outcome(met=following)
    last = ended if ended is not None else stop - 1
    length, since = due.period, None
    if due.period_given is not None:
        length = due.periods.get(text_of(history.as_of(due.period_given, last)))
        since = _changed(history, due.period_given, base, last)
    if length is None:
        return None, ended is not None
    closing = outcome.met if outcome.met is not None else outcome.ended
    calendar = calendars.at(at)
    clock = clocks.clock_of(rule, due, calendar, history, last, stood_still(history, rule, base, closing))
    day = length.after(calendar.local(at).replace(tzinfo=None)).date()
    if length.workdays:
        day = calendar.workday_after(clock.department or "hotel", day, length.workdays)
    moment = clock.pushed(clocks.on_day(calendar, due, day))
    if (
        since is not None and moment < since
    ):  # a shorter period never makes late what was in time when it changed
        moment = clocks.on_day(calendar, due, calendar.local(since).date())
        moment = max(moment, since)
    times = Times(
        at, clocks.starts_at(rule, due, clock, at, moment), moment, missed_at(rule, clock, moment, None)
    )
    return make(
        one, history, clock, due, times, outcome, calendar.local(at).date().isoformat()
    ), ended is not None


def _changed(history: History, attr: str, base: int, last: int) -> datetime | None:
    """When an attribute last took another value after a fact, if it did."""
    value, found = history.as_of(attr, base), None
    for index, told in history.line(attr):
        if base < index <= last and told != value:
            value, found = told, history.facts[index].at
    return found


def _ageing(history: History, fitting: Sequence[Opened], calendars: Calendars) -> list[DerivedDuty]:
    """The day an as-of attribute reaches an age; another value, or none, withdraws it."""
    out: list[DerivedDuty] = []
    due = fitting[0].rule.due
    assert due is not None
    line = history.line(due.attr)
    segments: list[tuple[object, int, int | None]] = []
    for index, value in line:
        if segments and segments[-1][0] == value:
            continue
        if segments:
            segments[-1] = (segments[-1][0], segments[-1][1], index)
        segments.append((value, index, None))
    for value, index, end in segments:
        one = next((one for one in reversed(fitting) if one.index <= index), None)
        if one is None and segments:
            one = next((o for o in fitting if end is None or o.index < end), None)
            index = one.index if one else index
        if one is None or value in (None, "") or one.rule.due is None:
            continue
        duty = _aged(history, replace(one, index=index), one.rule.due, calendars, value, end)
        if duty is not None:
            out.append(duty)
    return numbered(out)


def _aged(
    history: History, one: Opened, due: Due, calendars: Calendars, value: object, end: int | None
) -> DerivedDuty | None:
    rule, at = one.rule, history.facts[one.index].at
    calendar = calendars.at(at)
    since = day_of(value, calendar)
    if since is None or due.age is None:
        return None
    reached = due.age.after(datetime(since.year, since.month, since.day)).date()
    name = since.isoformat()
    outcome = settle(
        history, rule, one.index, occurrence=name, falls=frozenset(() if end is None else (end,))
    )
    closing = outcome.met if outcome.met is not None else outcome.ended
    last = closing if closing is not None else len(history.facts) - 1
    clock: Clock = clocks.clock_of(
        rule, due, calendar, history, last, stood_still(history, rule, one.index, closing)
    )
    moment = clock.pushed(clocks.on_day(calendar, due, reached))
    starts = max(at, calendar.moment(calendar.shifted(reached, due.holiday), 0))
    if rule.starts is not None:
        starts = clocks.starts_at(rule, due, clock, at, moment)
    times = Times(at, min(starts, max(at, moment)), max(moment, at), missed_at(rule, clock, moment, None))
    return make(one, history, clock, due, times, outcome, name)
