"""What came of a duty: met, undone, ended; read from the facts in their order."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime

from guiju.rulebook.clauses import Evidence, Fact, Rule
from guiju.rulebook.conditions import same
from guiju.rulebook.history import History, text_of


@dataclass(slots=True)
class Outcome:
    """How it ended, if it did; `used` are the facts that fulfilled it."""

    met: int | None = None
    evidence: Evidence | None = None
    ended: int | None = None
    used: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Gathered:
    parts: dict[str, int] = field(default_factory=dict)


def settle(
    history: History,
    rule: Rule,
    opened: int,
    *,
    occurrence: str = "",
    falls: frozenset[int] = frozenset(),
    since: datetime | None = None,
    until: datetime | None = None,
    taken: Container[int] = (),
) -> Outcome:
    """Go through the facts after the opening one. `falls`: further facts that end the duty;
    `since`, `until`: the span in which evidence counts; `taken`: facts that fulfilled another occurrence."""
    kinds = {kind for one in rule.met for kind in one.trigger.own}
    kinds |= {kind for one in rule.met for kind in one.undone_by}
    kinds |= {kind for trigger in rule.ends for kind in trigger.own}
    before = any(one.before for one in rule.met)
    found = sorted({*history.candidates(kinds, 0 if before else opened + 1), *falls})
    gathered = [_Gathered() for _ in rule.met]
    out = Outcome()
    for index in found:
        fact = history.facts[index]
        if index > opened and (index in falls or any(history.fits(trigger, index) for trigger in rule.ends)):
            if out.met is None:
                out.ended = index
            break
        if until is not None and fact.at > until:
            continue
        if out.met is not None:
            if out.evidence and _undoes(out.evidence, fact, occurrence):
                _undo(out.evidence, gathered[rule.met.index(out.evidence)], fact)
                out.met, out.evidence = None, None
            continue
        if index in taken or (since is not None and fact.at < since):
            continue
        for one, pile in zip(rule.met, gathered, strict=True):
            if _undoes(one, fact, occurrence):
                _undo(one, pile, fact)
            if (index > opened or one.before) and _counts(history, one, pile, index, occurrence):
                out.met, out.evidence = index, one
                out.used = frozenset(pile.parts.values())
                break
    return out


def _undoes(one: Evidence, fact: Fact, occurrence: str) -> bool:
    """Whether a fact takes back this evidence: of a named item only what names it, or names none."""
    if fact.kind not in one.undone_by:
        return False
    return one.key is None or one.key not in fact.attrs or text_of(fact.attrs[one.key]) == occurrence


def _undo(one: Evidence, pile: _Gathered, fact: Fact) -> None:
    name = text_of(fact.attrs[one.of]) if one.all_of and one.of in fact.attrs else None
    if name is None:
        pile.parts.clear()
    else:
        pile.parts.pop(name, None)


def _counts(history: History, one: Evidence, pile: _Gathered, index: int, occurrence: str) -> bool:
    """Add a fact to what was gathered; whether that is enough now."""
    fact = history.facts[index]
    if not history.fits(one.trigger, index):
        return False
    if one.key is not None and text_of(fact.attrs.get(one.key)) != occurrence:
        return False
    if one.all_of:
        for kind, value in one.all_of:
            if kind in ("", fact.kind) and same(fact.attrs.get(one.of), value):
                pile.parts[value] = index
        return len(pile.parts) >= len({value for _, value in one.all_of})
    name = text_of(fact.attrs.get(one.distinct)) if one.distinct else str(index)
    pile.parts.setdefault(name, index)
    return len(pile.parts) >= one.count
