"""Duties that the calendar opens: one per local period or year, as long as a state lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from guiju.rulebook import clocks
from guiju.rulebook.calendar import Calendar, Calendars
from guiju.rulebook.clauses import DerivedDuty, Due, Rule, Trigger
from guiju.rulebook.evidence import settle
from guiju.rulebook.history import History, day_of
from guiju.rulebook.making import Opened, Times, make, missed_at
from guiju.rulebook.periods import anniversary, occurrences, period_of, shape
from guiju.rulebook.standard import Bound, Edition

Window = tuple[Edition, datetime, datetime | None]
Occurrence = tuple[str, date, date, date]  # name, first day of the period, first day of the next, day named


def run(
    history: History, windows: Sequence[Window], calendars: Calendars, subject: str, until: datetime
) -> list[DerivedDuty]:
    """All cadence duties of one subject, laid out until `until`."""
    out: list[DerivedDuty] = []
    taken: dict[tuple[str, str], set[int]] = {}
    seen: set[tuple[str, str, str]] = set()
    for edition, begins, ends in windows:
        for bound in edition.standard.cadences.get(subject, ()):
            used = taken.setdefault((bound.clause.id, bound.rule.name), set())
            for since, index, stop in _states(history, bound.rule):
                first, last = max(begins, since), until if ends is None else min(until, ends)
                for duty in _laid_out(
                    history, bound, edition.id, index, stop, calendars, (first, last, begins, ends), used
                ):
                    key = (duty.clause, duty.rule, duty.occurrence)
                    if key not in seen:
                        seen.add(key)
                        out.append(duty)
    return out


def _states(history: History, rule: Rule) -> list[tuple[datetime, int, int | None]]:
    """(since, the fact that began it, the fact that ended it) for each time the state held."""
    due = rule.due
    assert due is not None
    starts: tuple[Trigger, ...] = (due.from_facts,) if due.from_facts else rule.opens
    stops: tuple[Trigger, ...] = (*rule.ends, *((due.to_facts,) if due.to_facts else ()))
    kinds = {kind for trigger in (*starts, *stops) for kind in trigger.own}
    out: list[tuple[datetime, int, int | None]] = []
    on: int | None = None
    for index in history.candidates(kinds):
        if on is not None and any(history.fits(trigger, index) for trigger in stops):
            out.append((history.facts[on].at, on, index))
            on = None
        elif on is None and any(history.fits(trigger, index) for trigger in starts):
            on = index
    if on is not None:
        out.append((history.facts[on].at, on, None))
    return out


def _laid_out(
    history: History,
    bound: Bound,
    edition: str,
    index: int,
    stop: int | None,
    calendars: Calendars,
    span: tuple[datetime, datetime, datetime, datetime | None],
    used: set[int],
) -> list[DerivedDuty]:
    rule, due = bound.rule, bound.rule.due
    assert due is not None
    since, until, begins, ends = span
    out = []
    one = Opened(index, bound.clause, rule, edition)
    for found in _occurrences(history, due, calendars.at(since), since, until):
        times = _times(rule, due, history, one, found, calendars)
        opens = times.opens
        if (
            opens < begins
            or opens > until
            or (ends is not None and opens >= ends)
            or times.due <= history.facts[index].at
        ):
            continue
        if stop is not None and history.facts[stop].at <= times.starts:
            break
        out.append(_duty(history, one, due, found, times, calendars, stop, used))
    return out


def _occurrences(
    history: History, due: Due, calendar: Calendar, since: datetime, until: datetime
) -> list[Occurrence]:
    first, last = calendar.local(since).date(), calendar.local(until).date()
    if due.form == "every":
        return list(occurrences(due.every, first, last + timedelta(days=1)))
    born = day_of(history.as_of(due.attr, len(history.facts) - 1, given=True), calendar)
    if born is None:
        return []
    out = []
    for year in range(first.year - 1, last.year + 2):
        day = anniversary(born, year, lunar=due.lunar)
        if day > born:
            out.append((str(year), *period_of("YEARLY", day)[:2], day))
    return out


def _times(
    rule: Rule, due: Due, history: History, one: Opened, found: Occurrence, calendars: Calendars
) -> Times:
    _, first, following, day = found
    state = history.facts[one.index].at
    calendar = calendars.at(max(state, calendars.revisions[0].from_at))
    calendar = calendars.at(calendar.moment(first, 0))
    clock = clocks.clock_of(rule, due, calendar, history, len(history.facts) - 1, ())
    if due.form == "yearly":
        anchor = calendar.local(clocks.moved(calendar, calendar.moment(day, 0), due.offset)).date()
        moment = clocks.on_day(calendar, due, anchor)
        if due.by is None and due.offset.clock is not None:
            moment = calendar.moment(calendar.shifted(anchor, due.holiday), due.offset.clock)
        starts = clocks.moved(calendar, moment, rule.starts) if rule.starts else calendar.moment(anchor, 0)
        opens = max(state, min(starts, calendar.moment(first, 0)))
        return Times(
            opens, max(opens, starts), moment, missed_at(rule, clock, moment, calendar.moment(following, 0))
        )
    freq, names_days = shape(due.every)
    if due.by is None and not names_days:
        moment = calendar.moment(following, 0)
    else:
        moment = clocks.on_day(calendar, due, day)
    local = calendar.local(moment - timedelta(microseconds=1)).date()
    end = calendar.moment(period_of(freq, local)[1], 0)
    starts = clocks.moved(calendar, moment, rule.starts) if rule.starts else calendar.moment(first, 0)
    opens = max(state, min(starts, calendar.moment(first, 0)))
    return Times(opens, max(opens, starts), moment, missed_at(rule, clock, moment, end))


def _duty(
    history: History,
    one: Opened,
    due: Due,
    found: Occurrence,
    times: Times,
    calendars: Calendars,
    stop: int | None,
    used: set[int],
) -> DerivedDuty:
    rule = one.rule
    until = times.missed
    if until is not None and times.due == until:
        until -= timedelta(microseconds=1)  # the moment that begins the next period belongs to it
    keyed = any(evidence.key for evidence in rule.met)
    outcome = settle(
        history,
        rule,
        one.index,
        occurrence=found[0],
        since=None if keyed else times.opens,
        until=until,
        taken=() if keyed else used,
        falls=frozenset(() if stop is None else (stop,)),
    )
    used |= outcome.used
    calendar = calendars.at(times.opens)
    last = len(history.facts) - 1
    clock = clocks.clock_of(rule, due, calendar, history, last, ())
    return make(one, history, clock, due, times, outcome, found[0])
