"""When an opened duty is due: the clock of one clause, which no other clock overrules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from guiju.rulebook.calendar import NEVER, Calendar
from guiju.rulebook.clauses import Due, LateCase, Rule
from guiju.rulebook.history import History, moment_of
from guiju.rulebook.spans import Duration, Offset

Pauses = Sequence[tuple[datetime, datetime | None]]


@dataclass(frozen=True, slots=True)
class Clock:
    """The calendar, whose hours count (None: round the clock) and when the clock stood still."""

    calendar: Calendar
    department: str | None
    pauses: Pauses = ()

    def running(self, since: datetime, seconds: float) -> datetime:
        """The moment when so much unpaused working time has gone by; NEVER while paused."""
        at, left = since, seconds
        for begins, ends in self.pauses:
            if begins > at:
                worked = self.calendar.worked(self.department, at, begins)
                if worked >= left:
                    break
                left -= worked
            if ends is None:
                return NEVER
            at = max(at, ends)
        return self.calendar.add(self.department, at, left)

    def pushed(self, due: datetime) -> datetime:
        """A due moment moved by the pauses that began before it."""
        for begins, ends in self.pauses:
            if begins >= due:
                break
            if ends is None:
                return NEVER
            due += ends - begins
        return due


def owner_department(rule: Rule, history: History, last: int) -> str:
    """Whose hours count: the owner's department, as the rule or the subject tells it."""
    if rule.department is not None:
        return rule.department
    return str(history.as_of("department", last, given=True) or "sales")


def clock_of(rule: Rule, due: Due, calendar: Calendar, history: History, last: int, stood: Pauses) -> Clock:
    """The clock of a rule."""
    if due.calendar == "always":
        return Clock(calendar, None, stood)
    department = "hotel" if due.calendar == "hotel" else owner_department(rule, history, last)
    return Clock(calendar, department, stood)


def moved(calendar: Calendar, moment: datetime, offset: Offset) -> datetime:
    """A moment plus an offset, by local clocks."""
    length = offset.length
    if offset.clock is None and not length.days and not length.months:
        seconds = timedelta(seconds=length.seconds)
        return moment - seconds if offset.back else moment + seconds
    local = calendar.local(moment).replace(tzinfo=None)
    if offset.back:
        length = Duration(-length.seconds, -length.days, -length.months)
    local = length.after(local)
    seconds_of_day = local.hour * 3600 + local.minute * 60 + local.second
    return calendar.moment(local.date(), seconds_of_day if offset.clock is None else offset.clock)


def on_day(calendar: Calendar, due: Due, day: date) -> datetime:
    """The due moment on a local day: at `by`, else its end; moved off holidays as the clause says."""
    return calendar.moment(calendar.shifted(day, due.holiday), 86400 if due.by is None else due.by)


def due_at(rule: Rule, due: Due, clock: Clock, history: History, opened: int, last: int) -> datetime | None:
    """When a duty opened by a fact is due; None while the subject does not tell."""
    at = history.facts[opened].at
    if due.form == "within":
        found: datetime | None = _within(due, clock, at)
    elif due.form == "by":
        found = clock.pushed(_by(due, clock, history, opened))
    else:
        anchor = moment_of(history.as_of(due.attr, last, given=True), clock.calendar)
        found = None
        if anchor is not None:
            found = clock.pushed(_off_holiday(due, clock.calendar, moved(clock.calendar, anchor, due.offset)))
    return _capped(due, clock.calendar, history, found, at, last)


def _capped(
    due: Due, calendar: Calendar, history: History, found: datetime | None, at: datetime, last: int
) -> datetime | None:
    if found is None or due.never_after is None or found == NEVER:
        return found
    cap = moment_of(history.as_of(due.never_after, last, given=True), calendar)
    return min(found, cap) if cap is not None and cap > at else found


def _off_holiday(due: Due, calendar: Calendar, moment: datetime) -> datetime:
    if due.holiday == "same":
        return moment
    local = calendar.local(moment)
    day = calendar.shifted(local.date(), due.holiday)
    if day == local.date():
        return moment
    return calendar.moment(day, local.hour * 3600 + local.minute * 60 + local.second)


def _within(due: Due, clock: Clock, at: datetime) -> datetime:
    length = due.within or Duration()
    if length.workdays:
        department = clock.department or "hotel"
        day = clock.calendar.workday_after(department, clock.calendar.local(at).date(), length.workdays)
        spans = clock.calendar.spans(department, day)
        if due.by is not None or not spans:
            return clock.pushed(on_day(clock.calendar, due, day))
        return clock.pushed(spans[-1][1])
    if length.days or length.months:
        local = length.after(clock.calendar.local(at).replace(tzinfo=None))
        if due.by is not None:
            return clock.pushed(on_day(clock.calendar, due, local.date()))
        moment = local.replace(tzinfo=clock.calendar.local(at).tzinfo).astimezone(UTC)
        return clock.pushed(_off_holiday(due, clock.calendar, moment))
    return clock.running(at, length.seconds)


def _by(due: Due, clock: Clock, history: History, opened: int) -> datetime:
    at, calendar = history.facts[opened].at, clock.calendar
    local = calendar.local(at)
    found = on_day(calendar, due, local.date())
    if at <= found:
        return found
    for case in due.late:
        if all(test(history.as_of(name, opened)) for name, test in case.where):
            return _late(case, clock, at, local.date())
    return on_day(calendar, due, local.date() + timedelta(days=1))


def _late(case: LateCase, clock: Clock, at: datetime, day: date) -> datetime:
    if case.within is not None:
        return at + timedelta(seconds=case.within)
    if case.days == "next-day":
        day += timedelta(days=1)
    elif case.days == "next-workday":
        day = clock.calendar.workday_after(clock.department or "hotel", day, 1)
    return clock.calendar.moment(day, case.clock or 0)


def starts_at(rule: Rule, due: Due, clock: Clock, opens: datetime, due_moment: datetime) -> datetime:
    """From when the duty is shown and its time counts."""
    if rule.starts is not None and due_moment != NEVER:
        return max(opens, moved(clock.calendar, due_moment, rule.starts))
    if due.form == "within" and due.within is not None and due.within.seconds:
        return min(clock.calendar.next_open(clock.department, opens), due_moment)
    return opens


def at_share(
    due: Due, clock: Clock, opens: datetime, starts: datetime, ends: datetime, part: float
) -> datetime:
    """The moment when a part of a duty's time is gone: working time where its clock is working time."""
    length = due.within
    if due.form == "within" and length is not None and length.seconds and part <= 1:
        return min(ends, clock.running(opens, length.seconds * part))
    return starts + (ends - starts) * part
