"""Puts one duty together: owner, times, escalations, effects and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from guiju.rulebook.calendar import NEVER
from guiju.rulebook.clauses import Clause, DerivedDuty, Due, Rule
from guiju.rulebook.clocks import Clock, at_share, moved
from guiju.rulebook.evidence import Outcome
from guiju.rulebook.history import History

BY_ATTRIBUTE = {
    "handler": "handler",
    "liaison": "liaison",
    "issuer": "issuer",
    "seller": "seller",
    "duty_seller": "duty_seller",
    "receiver": "department",
    "department": "department",
    "department_head": "department",
    "supervisor": "supervisor",
    "reader": "reader",
}
BY_AUTHOR = ("handler", "issuer")  # where no attribute names him, whoever did the opening act


@dataclass(frozen=True, slots=True)
class Opened:
    """A fact that may open a duty, with the rule and the edition that say so."""

    index: int
    clause: Clause
    rule: Rule
    edition: str


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of a duty before anything is made of them."""

    opens: datetime
    starts: datetime
    due: datetime
    missed: datetime | None
    charged: str | None = None


def owner_of(rule: Rule, history: History, opened: int, last: int) -> str | None:
    """Whom the subject names for a role: the newest fact that says so."""
    attr = BY_ATTRIBUTE.get(rule.owner)
    if attr is None:
        return None
    named = history.as_of(attr, last, given=True)
    if named is None and rule.owner in BY_AUTHOR:
        return history.facts[opened].by
    return None if named is None else str(named)


def missed_at(rule: Rule, clock: Clock, due: datetime, period_end: datetime | None) -> datetime | None:
    """When it is too late to do it at all."""
    after = rule.missed_after
    if after == "never" or due == NEVER:
        return None
    if after is None or after == "period":
        return max(period_end, due) if period_end is not None else None
    assert not isinstance(after, str)
    if after.seconds and not (after.days or after.months):
        return due + timedelta(seconds=after.seconds)
    local = after.after(clock.calendar.local(due).replace(tzinfo=None))
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return clock.calendar.moment(local.date(), seconds)


def make(
    one: Opened,
    history: History,
    clock: Clock,
    due: Due,
    times: Times,
    outcome: Outcome,
    occurrence: str,
    ended: datetime | None = None,
) -> DerivedDuty:
    """The duty."""
    rule, facts = one.rule, history.facts
    met = facts[outcome.met] if outcome.met is not None else None
    if outcome.ended is not None:
        ended = facts[outcome.ended].at
    closed = met.at if met else ended
    last = max(outcome.met, one.index) if outcome.met is not None else len(facts) - 1
    because = [("opened", facts[one.index].kind, facts[one.index].at)]
    if rule.pause_from is not None:
        because += [("paused", next(iter(rule.pause_from.own)), since) for since, _ in clock.pauses]
    if met is not None:
        because.append(("met", met.kind, met.at))
    elif outcome.ended is not None:
        because.append(("ended", facts[outcome.ended].kind, facts[outcome.ended].at))
    told = None
    if met is not None:
        told = (outcome.evidence.outcome if outcome.evidence else None) or met.kind
    return DerivedDuty(
        clause=one.clause.id,
        rule=rule.name,
        occurrence=occurrence,
        kind=_kind(rule),
        edition=one.edition,
        owner=rule.owner,
        owner_id=owner_of(rule, history, one.index, last),
        opens_at=times.opens,
        starts_at=times.starts,
        due_at=times.due,
        missed_at=times.missed,
        met_at=met.at if met else None,
        met_by=met.by if met else None,
        ended_at=ended if met is None else None,
        charged_to=times.charged,
        evidence=told,
        because=tuple(because),
        escalations=_escalations(rule, due, clock, times, closed),
        effects=_effects(rule, times, met is not None, closed),
        visible_to=rule.visible_to,
        paused=times.due == NEVER,
    )


def _kind(rule: Rule) -> str:
    return "timed" if rule.kind in ("checklist", "approval", "view", "record") else rule.kind


def _escalations(
    rule: Rule, due: Due, clock: Clock, times: Times, closed: datetime | None
) -> tuple[tuple[datetime, str], ...]:
    if times.due == NEVER:
        return ()
    out = []
    for share, to in rule.escalates:
        if share.part is None:
            at = max(times.starts, moved(clock.calendar, times.due, share.offset))
        elif share.part == 1:
            at = times.due
        else:
            at = at_share(due, clock, times.opens, times.starts, times.due, share.part)
        if closed is None or at < closed:
            out.append((at, to))
    return tuple(out)


def _effects(
    rule: Rule, times: Times, met: bool, closed: datetime | None
) -> tuple[tuple[datetime, str], ...]:
    out = []
    for when, name in rule.then:
        if when == "opened":
            out.append((times.opens, name))
        elif when == "met" and met and closed is not None:
            out.append((closed, name))
        elif when == "due" and times.due != NEVER and (closed is None or closed > times.due):
            out.append((times.due, name))
    return tuple(out)
