"""Which facts and which attributes one rule reads: what it does not read cannot change its duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.rulebook.clauses import Rule, Test, Trigger
from guiju.rulebook.making import BY_ATTRIBUTE
from guiju.rulebook.spans import Duration
from guiju.rulebook.standard import Bound, Edition, Standard

PLAIN_FORMS = ("within", "by", "anchor")


@dataclass(frozen=True, slots=True)
class Reads:
    """One rule alone, as an edition of its own, and what it reads."""

    bound: Bound
    edition: Edition
    kinds: frozenset[str]
    attrs: frozenset[str]
    tests: dict[str, tuple[Test, ...]]  # attribute -> every test the rule puts to it
    opening: frozenset[str]  # kinds of fact that may open it
    rebasable: bool  # the same facts on another day of the same sort give the same duties, moved by the days between


def reads_of(edition: Edition) -> dict[str, list[Reads]]:
    """Every rule that can open duties, by the kind of its subject."""
    found: dict[str, list[Reads]] = {}
    for clause in edition.standard.clauses.values():
        for rule in clause.rules:
            if not rule.subject:
                continue
            alone = type(clause)(clause.id, clause.source, clause.kind, clause.weight, clause.text, (rule,))
            single = Edition(edition.id, edition.effective_at, Standard.of([alone]))
            found.setdefault(rule.subject, []).append(_reads(Bound(alone, rule), single))
    return found


def _reads(bound: Bound, single: Edition) -> Reads:
    rules = list(_with_parts(bound.rule))
    triggers = [trigger for rule in rules for trigger in _triggers(rule)]
    kinds = {kind for trigger in triggers for kind in trigger.own}
    kinds |= {kind for rule in rules for one in rule.met for kind in one.undone_by}
    tests: dict[str, list[Test]] = {}
    for trigger in triggers:
        _put(tests, trigger.where)
    for rule in rules:
        _put(tests, rule.exists)
        for case in rule.due.late if rule.due else ():
            _put(tests, case.where)
    opening = {kind for trigger in bound.rule.opens for kind in trigger.own}
    if bound.rule.due is not None and bound.rule.due.after_last is not None:
        opening |= set(bound.rule.due.after_last.own)
    if bound.rule.due is not None and bound.rule.due.from_facts is not None:
        opening |= set(bound.rule.due.from_facts.own)
    attrs = {name for rule in rules for name in _names(rule)} | set(tests)
    return Reads(
        bound, single, frozenset(kinds), frozenset(attrs), {name: tuple(all_) for name, all_ in tests.items()}, frozenset(opening),
        all(_rebasable(rule) for rule in rules if rule.due is not None or not rule.parts),
    )


def _put(tests: dict[str, list[Test]], where: Iterable[tuple[str, Test]]) -> None:
    for name, test in where:
        tests.setdefault(name, []).append(test)


def _with_parts(rule: Rule) -> Iterator[Rule]:
    yield rule
    for part in rule.parts:
        yield from _with_parts(part)


def _triggers(rule: Rule) -> Iterator[Trigger]:
    yield from rule.opens
    yield from rule.ends
    yield from (one.trigger for one in rule.met)
    due = rule.due
    given = (rule.pause_from, rule.pause_to, rule.grace.after if rule.grace else None)
    timed = (due.from_facts, due.to_facts, due.after_last) if due else ()
    yield from (trigger for trigger in (*given, *timed) if trigger is not None)


def _names(rule: Rule) -> Iterator[str]:
    """Attributes read by name: anchors, caps, lists, owners, what evidence is counted by."""
    yield "department"
    if rule.owner in BY_ATTRIBUTE:
        yield BY_ATTRIBUTE[rule.owner]
    if rule.due is not None:
        yield from (name for name in (rule.due.attr, rule.due.never_after, rule.due.for_each, rule.due.period_given) if name)
    for one in rule.met:
        yield from (name for name in (one.of, one.key, one.distinct) if name)


def _rebasable(rule: Rule) -> bool:
    """Whether moving all its facts by whole days, onto days of the same sort, only moves its duties by as much.

    Months are not all of one length, cadences hang on the calendar's weeks, and occurrences that bear a date are named anew.
    """
    due = rule.due
    if due is None or due.form not in PLAIN_FORMS or rule.occurs != "once" or due.for_each or any(one.key for one in rule.met):
        return False
    lengths: list[Duration | None] = [due.within, due.offset.length, rule.starts.length if rule.starts else None]
    lengths += [share.offset.length for share, _ in rule.escalates]
    if isinstance(rule.missed_after, Duration):
        lengths.append(rule.missed_after)
    return not any(length.months for length in lengths if length is not None)


