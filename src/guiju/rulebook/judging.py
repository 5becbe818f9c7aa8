"""Verdicts on steps, and what clauses list: copies, approvers, rows of a table, gaps of a record, figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiju.rulebook.clauses import Clause, Rule, Step
from guiju.rulebook.conditions import fits
from guiju.rulebook.standard import Edition, in_force


@dataclass(frozen=True, slots=True)
class Refused:
    """One clause that stands in the way."""

    clause: str
    rule: str
    missing: tuple[str, ...]
    text: str
    waive_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the clauses say about a step; `waived` would refuse, had nobody entitled let it pass."""

    allowed: bool
    refusals: tuple[Refused, ...]
    verb: str
    waived: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressed:
    """One department that gets a copy, and by which clause."""

    department: str
    clause: str
    purpose: str
    must_sign: bool
    archive: bool


def judge(
    editions: Sequence[Edition],
    verb: str,
    *,
    attrs: Mapping[str, Any],
    needs: Mapping[str, bool],
    at: datetime,
    also_waived: Collection[tuple[str, str]] = frozenset(),
) -> Verdict:
    """Whether a step may be taken at a moment. A need that is not told is not fulfilled."""
    edition = in_force(editions, at)
    refusals: list[Refused] = []
    waived: list[Refused] = []
    for bound in edition.standard.gates.get(verb, ()) if edition else ():
        refused = refusal(bound.clause, bound.rule, attrs, needs)
        if refused is not None:
            (waived if (refused.clause, refused.rule) in also_waived else refusals).append(refused)
    return Verdict(not refusals, tuple(refusals), verb, tuple(waived))


def refusal(
    clause: Clause, rule: Rule, attrs: Mapping[str, Any], needs: Mapping[str, bool]
) -> Refused | None:
    """What one gate has against a step; None if nothing."""
    if not fits(rule.where, attrs):
        return None
    missing = tuple(need for need in rule.needs if not needs.get(need))
    if not missing:
        return None
    return Refused(clause.id, rule.name, missing, clause.text.get("zh", ""), rule.waive_by)


def distribution(
    editions: Sequence[Edition], paper_kind: str, attrs: Mapping[str, Any], at: datetime
) -> list[Addressed]:
    """Who gets a copy of a paper: each department once, by the first clause that names it; archive last."""
    edition = in_force(editions, at)
    found: dict[str, Addressed] = {}
    for bound in edition.standard.papers.get(paper_kind, ()) if edition else ():
        for item in addressed(bound.clause, bound.rule, attrs):
            known = found.get(item.department)
            if (
                known is None
                or (known.archive and not item.archive)
                or (item.must_sign and not known.must_sign)
            ):
                found[item.department] = item
    return sorted(found.values(), key=lambda item: item.archive)


def addressed(clause: Clause, rule: Rule, attrs: Mapping[str, Any]) -> list[Addressed]:
    """The copies that one rule gives."""
    if not fits(rule.where, attrs):
        return []
    purpose = rule.purpose or rule.name
    out = [Addressed(department, clause.id, purpose, rule.sign, False) for department in rule.to]
    return out + [Addressed(department, clause.id, "archive", False, True) for department in rule.archive]


def approvals(editions: Sequence[Edition], verb: str, attrs: Mapping[str, Any], at: datetime) -> list[Step]:
    """Whose approval a step needs, in order; none if no clause asks for it."""
    edition = in_force(editions, at)
    for clause in edition.standard.clauses.values() if edition else ():
        for rule in clause.rules:
            if rule.kind == "approval" and rule.verb == verb and fits(rule.where, attrs):
                return list(rule.steps)
    return []


def look_up(
    editions: Sequence[Edition], clause: str, rule: str, attrs: Mapping[str, Any], at: datetime
) -> Mapping[str, Any] | None:
    """The first row of a table whose conditions fit; None if no row does."""
    edition = in_force(editions, at)
    found = edition.standard.clauses.get(clause) if edition else None
    for one in found.rules if found else ():
        if one.name == rule:
            return first_row(one, attrs)
    return None


def first_row(rule: Rule, attrs: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first row that fits."""
    return next((row.gives for row in rule.rows if fits(row.when, attrs)), None)


def completeness(rule: Rule, row: Mapping[str, Any]) -> tuple[int, int, tuple[str, ...]] | None:
    """(filled, required, gaps) of a record; None where the rule does not concern it."""
    if not fits(rule.where, row):
        return None
    gaps = tuple(name for name in rule.fields if row.get(name) in (None, "", [], ()))
    return len(rule.fields) - len(gaps), len(rule.fields), gaps


def figure_stands(rule: Rule, value: float | None, count: int) -> str:
    """above, below or too_few: how a figure stands to its threshold."""
    if value is None or count < rule.min_count:
        return "too_few"
    below = (rule.at_least is not None and value < rule.at_least) or (
        rule.at_most is not None and value > rule.at_most
    )
    return "below" if below else "above"
