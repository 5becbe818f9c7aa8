"""What a case would have to expect for its clause to fulfil it: the other half of every difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiju.rulebook import judging
from guiju.rulebook.cases import duties_of, local, moment_of, run_case, seen_of, uncalled
from guiju.rulebook.clauses import Clause, DerivedDuty, Rule
from guiju.rulebook.conditions import fits
from guiju.rulebook.standard import Case, Edition, Standard
from guiju.rulebook.status import status
from guiju.rulebook.vocabulary import Vocabulary

SAID_OF_NEW = ("rule", "due", "status")  # what is written about a duty that the case did not expect
LONG_AGO = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing a case expects otherwise: where it stands in the case, what it says, what the clause gives."""

    path: tuple[str | int, ...]
    wanted: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that was run: why it does not hold (None: it does), where it differs, and what it would have to expect."""

    case: Case
    failure: str | None
    differs: tuple[Differs, ...] = ()
    derived: Mapping[str, Any] | None = None  # the keys of the case with other values; None: it cannot be run

    @property
    def holds(self) -> bool:
        return self.failure is None


def run(standard: Standard, case: Case, vocabulary: Vocabulary) -> Outcome:
    """Run a case and say in which places it and its clause differ."""
    failure = run_case(standard, case, vocabulary)
    if failure is None:
        return Outcome(case, None)
    try:
        derived = as_derived(standard.clauses[case.clause], case.told, vocabulary)
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError, LookupError, RuntimeError):
        return Outcome(case, failure)
    return Outcome(case, failure, tuple(_differences(case.told, derived)), derived)


def _differences(told: Mapping[str, Any], derived: Mapping[str, Any]) -> list[Differs]:
    out = []
    for key, found in derived.items():
        wanted = told.get(key)
        if key != "expect":
            if wanted != found:
                out.append(Differs((key,), wanted, found))
            continue
        for place, one in enumerate(found):
            before = wanted[place] if wanted and place < len(wanted) else {}
            out += [Differs((key, place, name), before.get(name), value) for name, value in one.items() if before.get(name) != value]
        out += [Differs((key, place, "rule"), one.get("rule"), None) for place, one in enumerate(wanted or ()) if place >= len(found)]
    return out


def as_derived(clause: Clause, told: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """What the clause gives for the facts of a case, under the keys by which a case expects it."""
    out: dict[str, Any] = {}
    if "verb" in told:
        out |= _gate(clause, told)
    if "paper" in told:
        out |= _copies(clause, told)
    if "record" in told:
        found = judging.completeness(_rule(clause, told, "record"), told["record"])
        out["stands"] = "not_applicable" if found is None else "gap" if found[2] else "complete"
        if "gaps" in told:
            out["gaps"] = _ordered(told["gaps"], found[2] if found else ())
    if "figure" in told:
        out["stands"] = judging.figure_stands(_rule(clause, told, "view"), told["figure"].get("value"), told["figure"].get("count", 0))
    if "given" in told:
        out["gives"] = dict(judging.first_row(_rule(clause, told, "table"), told["given"]) or {})
    if "steps" in told:
        rule = _rule(clause, told, "approval")
        out["steps"] = [step.by for step in rule.steps] if fits(rule.where, told.get("attrs", {})) else []
    if "facts" in told or "expect" in told:
        out["expect"] = _expect(clause, told, vocabulary)
    return out


def _rule(clause: Clause, told: Mapping[str, Any], kind: str) -> Rule:
    return next(rule for rule in clause.rules if rule.kind == kind and told.get("rule", rule.name) == rule.name)


def _ordered(wanted: Any, found: Any) -> list[str]:
    """The names found, in the order of the case where they are the same."""
    return list(wanted) if sorted(wanted) == sorted(found) else list(found)


def _gate(clause: Clause, told: Mapping[str, Any]) -> dict[str, Any]:
    at = moment_of(LONG_AGO, "UTC")
    said = judging.judge(
        [Edition("case", at, Standard.of([clause]))],
        told["verb"],
        attrs=told.get("attrs", {}),
        needs=told.get("needs", {}),
        at=at,
        also_waived={(clause.id, name) for name in told.get("waived", [])},
    )
    out: dict[str, Any] = {"verdict": "refused" if not said.allowed else "waived" if said.waived else "allowed"}
    if "missing" in told:
        out["missing"] = _ordered(told["missing"], [need for one in (*said.refusals, *said.waived) for need in one.missing])
    return out


def _copies(clause: Clause, told: Mapping[str, Any]) -> dict[str, Any]:
    found = [
        item
        for rule in clause.rules
        if rule.kind == "distributes" and rule.paper == told["paper"]
        for item in judging.addressed(clause, rule, told.get("attrs", {}))
    ]
    out = {"copies": _ordered(told.get("copies", []), [item.department for item in found if not item.archive])}
    if "archived" in told:
        out["archived"] = _ordered(told["archived"], [item.department for item in found if item.archive])
    return out


Found = tuple[tuple[str, str], DerivedDuty]


def _expect(clause: Clause, told: Mapping[str, Any], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    zone = told.get("zone", "Asia/Shanghai")
    now = moment_of(told["now"], zone)
    left = [(found, seen_of(*found, now, zone, told)) for found in duties_of(clause, told, vocabulary)]
    wanted = [dict(one) for one in told.get("expect", [])]
    chosen: dict[int, dict[str, Any]] = {}
    exact = [place for place, one in enumerate(wanted) if _take(left, one, zone, chosen, place, exactly=True)]
    for place, one in enumerate(wanted):
        if place not in exact:
            _take(left, one, zone, chosen, place, exactly=False)
    out = [{key: _written(chosen[place][key], zone) for key in one} for place, one in enumerate(wanted) if place in chosen]
    names = {str(one.get("rule")) for one in wanted}
    picked = {str(one.get("rule")) for one in wanted if "occurrence" in one}
    for (_subject, duty), seen in left:
        if not uncalled(duty, status(duty, now), names, picked):
            out.append({key: _written(seen[key], zone) for key in SAID_OF_NEW})
    return out


def _take(
    left: list[tuple[Found, dict[str, Any]]], one: Mapping[str, Any], zone: str, chosen: dict[int, dict[str, Any]], place: int, *, exactly: bool
) -> bool:
    """Give an expected duty the derived one that fits it best; whether one was found."""
    best, most = None, -1
    for number, (_found, seen) in enumerate(left):
        if seen["rule"] != one.get("rule"):
            continue
        equal = sum(moment_of(value, zone) == seen[key] for key, value in one.items() if key in seen)
        if exactly and equal < len(one):
            continue
        if equal > most:
            best, most = number, equal
    if best is None:
        return False
    chosen[place] = left.pop(best)[1]
    return True


def _written(value: Any, zone: str) -> Any:
    return local(value, zone) if value is not None else ""
