"""Runs the cases of a standard: facts in, duties, verdicts or lists out, compared with what the case says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from guiju.rulebook import judging
from guiju.rulebook.calendar import DAYS, Calendar, Calendars, zone_of
from guiju.rulebook.clauses import Clause, DerivedDuty, Fact, Rule
from guiju.rulebook.conditions import fits
from guiju.rulebook.deriving import acting, derive
from guiju.rulebook.loading import read, texts_of
from guiju.rulebook.standard import Case, Edition, Problem, Standard, StandardError
from guiju.rulebook.status import Status, status
from guiju.rulebook.vocabulary import Vocabulary

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=45)
OFFICE = {day: [["08:30", "12:00"], ["13:30", "18:00"]] for day in DAYS[:5]}
ROUND = {day: [["00:00", "24:00"]] for day in DAYS}
ROUND_THE_CLOCK = ("front_desk", "front_cashier", "fnb", "housekeeping", "security", "bell_desk")
RESERVED = ("at", "kind", "fact", "by", "subject", "attrs")
EXPECTED = (
    "rule",
    "subject",
    "occurrence",
    "due",
    "starts",
    "opens",
    "met",
    "ended",
    "status",
    "owner",
    "owner_id",
    "charged_to",
    "evidence",
    "effects",
    "escalated",
    "acts",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a standard found."""

    problems: tuple[Problem, ...]
    failures: tuple[str, ...]
    cases_run: int


class Wrong(Exception):
    """The case and the clause say different things."""


def check(path: Path, vocabulary: Vocabulary) -> Report:
    """Load a standard and run all its cases."""
    if not Path(path).exists():
        return Report((Problem(str(path), 1, "there is no such folder"),), (), 0)
    try:
        texts = texts_of(Path(path))
    except StandardError as error:
        return Report(error.problems, (), 0)
    if not texts:
        return Report((Problem(str(path), 1, "there is no TOML file here"),), (), 0)
    return check_texts(texts, vocabulary)


def check_texts(texts: Mapping[str, str], vocabulary: Vocabulary) -> Report:
    """Read the texts of a standard strictly and run all its cases."""
    standard, problems = read(texts, vocabulary, strict=True)
    if problems:
        return Report(tuple(problems), (), 0)
    failures = [said for case in standard.cases if (said := run_case(standard, case, vocabulary))]
    return Report((), tuple(failures), len(standard.cases))


def run_case(standard: Standard, case: Case, vocabulary: Vocabulary) -> str | None:
    """None if the case holds; otherwise where it stands and what differs."""
    place = f"{case.file}:{case.line}: {case.clause}: {case.says}"
    try:
        _judged(standard, case, vocabulary)
    except Wrong as wrong:
        return f"{place}: {wrong}"
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        return f"{place}: cannot be run: {type(error).__name__}: {error}"
    return None


def _judged(standard: Standard, case: Case, vocabulary: Vocabulary) -> None:
    told, clause = case.told, standard.clauses[case.clause]
    asked = False
    for key, how in CHECKS.items():
        if key in told:
            asked = True
            how(clause, told)
    if "facts" in told or "expect" in told:
        asked = True
        _duties(clause, told, vocabulary)
    if not asked:
        raise Wrong("the case expects nothing")


def _rule(clause: Clause, told: Mapping[str, Any], kind: str) -> Rule:
    for rule in clause.rules:
        if rule.kind == kind and told.get("rule", rule.name) == rule.name:
            return rule
    raise Wrong(f"the clause has no {kind} rule {told.get('rule', '')}")


def _equal(what: str, wanted: Any, found: Any) -> None:
    if wanted != found:
        raise Wrong(f"{what}: expected {_said(wanted)}, found {_said(found)}")


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else repr(value)


def _gate(clause: Clause, told: Mapping[str, Any]) -> None:
    if "verdict" not in told:
        raise Wrong("a case of a verb names its verdict")
    edition = Edition("case", LONG_AGO, Standard.of([clause]))
    waived = {(clause.id, name) for name in told.get("waived", [])}
    said = judging.judge(
        [edition],
        told["verb"],
        attrs=told.get("attrs", {}),
        needs=told.get("needs", {}),
        at=LONG_AGO,
        also_waived=waived,
    )
    found = "refused" if not said.allowed else "waived" if said.waived else "allowed"
    _equal("verdict", told["verdict"], found)
    if "missing" in told:
        missing = [need for one in (*said.refusals, *said.waived) for need in one.missing]
        _equal("missing", sorted(told["missing"]), sorted(missing))


def _copies(clause: Clause, told: Mapping[str, Any]) -> None:
    found = [
        item
        for rule in clause.rules
        if rule.kind == "distributes" and rule.paper == told["paper"]
        for item in judging.addressed(clause, rule, told.get("attrs", {}))
    ]
    _equal(
        "copies",
        sorted(told.get("copies", [])),
        sorted(item.department for item in found if not item.archive),
    )
    if "archived" in told:
        _equal(
            "archived", sorted(told["archived"]), sorted(item.department for item in found if item.archive)
        )


def _record(clause: Clause, told: Mapping[str, Any]) -> None:
    found = judging.completeness(_rule(clause, told, "record"), told["record"])
    gaps = found[2] if found else ()
    _equal("stands", told.get("stands"), "not_applicable" if found is None else "gap" if gaps else "complete")
    if "gaps" in told:
        _equal("gaps", sorted(told["gaps"]), sorted(gaps))


def _figure(clause: Clause, told: Mapping[str, Any]) -> None:
    figure = told["figure"]
    found = judging.figure_stands(_rule(clause, told, "view"), figure.get("value"), figure.get("count", 0))
    _equal("stands", told.get("stands"), found)


def _given(clause: Clause, told: Mapping[str, Any]) -> None:
    _equal("gives", told.get("gives"), judging.first_row(_rule(clause, told, "table"), told["given"]) or {})


def _steps(clause: Clause, told: Mapping[str, Any]) -> None:
    rule = _rule(clause, told, "approval")
    fit = fits(rule.where, told.get("attrs", {}))
    _equal("steps", list(told["steps"]), [step.by for step in rule.steps] if fit else [])


CHECKS: dict[str, Callable[[Clause, Mapping[str, Any]], None]] = {
    "verb": _gate,
    "paper": _copies,
    "record": _record,
    "figure": _figure,
    "given": _given,
    "steps": _steps,
}


def calendars_of(told: Mapping[str, Any]) -> Calendars:
    """The calendar of a case."""
    hours: dict[str, Any] = {"sales": OFFICE, "hotel": OFFICE, **dict.fromkeys(ROUND_THE_CLOCK, ROUND)}
    hours.update(told.get("hours", {}))
    holidays = dict.fromkeys(told.get("holidays", []), "holiday")
    zone = told.get("zone", "Asia/Shanghai")
    return Calendars(
        [Calendar(LONG_AGO, zone, hours, holidays, frozenset(told.get("makeup", [])), frozenset({2026}))]
    )


def moment_of(value: Any, zone: str) -> Any:
    """Times of a case without a zone are local."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=zone_of(zone))
    return [moment_of(one, zone) for one in value] if isinstance(value, list) else value


def facts_of(told: Mapping[str, Any], vocabulary: Vocabulary, zone: str) -> list[Fact]:
    """The facts of a case, in its order."""
    out = []
    for seq, given in enumerate(told.get("facts", [])):
        name = given.get("fact") or given.get("kind")
        kind = vocabulary.kinds.get(name)
        if kind is None:
            raise Wrong(f"no room declares the fact {name!r}")
        attrs = {key: value for key, value in given.items() if key not in RESERVED} | given.get("attrs", {})
        if "fact" in given and "kind" in given:
            attrs["kind"] = given["kind"]
        unknown = sorted(set(attrs) - set(kind.attrs) - set(kind.personal))
        if unknown:
            raise Wrong(f"the fact {name!r} has no attribute {', '.join(unknown)}")
        named = given.get("subject", [])
        ids = dict(one.split(":", 1) for one in ([named] if isinstance(named, str) else named))
        subjects = tuple((subject, ids.get(subject, "1")) for subject in kind.subjects)
        attrs = {key: moment_of(value, zone) for key, value in attrs.items()}
        out.append(Fact(kind.name, moment_of(given["at"], zone), subjects, attrs, given.get("by"), seq))
    return out


def _duties(clause: Clause, told: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    if "expect" not in told or "now" not in told:
        raise Wrong("a case with facts says `now` and what to expect")
    zone = told.get("zone", "Asia/Shanghai")
    _match(told, duties_of(clause, told, vocabulary), moment_of(told["now"], zone), zone)


def duties_of(clause: Clause, told: Mapping[str, Any], vocabulary: Vocabulary) -> list[tuple[tuple[str, str], DerivedDuty]]:
    """The duties that the facts of a case open under its clause, each with what it is about."""
    zone = told.get("zone", "Asia/Shanghai")
    now = moment_of(told["now"], zone)
    facts = [fact for fact in facts_of(told, vocabulary, zone) if fact.at <= now]
    effective = moment_of(told.get("effective_at", LONG_AGO), zone)
    edition = Edition("case", effective, Standard.of([clause]))
    subjects = dict.fromkeys(subject for fact in facts for subject in fact.subjects)
    found: list[tuple[tuple[str, str], DerivedDuty]] = []
    for subject in subjects:
        history = [fact for fact in facts if subject in fact.subjects]
        duties = derive([edition], history, calendars_of(told), subject, until=now + AHEAD)
        found += [
            (subject, duty) for duty in duties if duty.opens_at <= now or status(duty, now) is Status.PLANNED
        ]
    return found


def _match(
    told: Mapping[str, Any], found: list[tuple[tuple[str, str], DerivedDuty]], now: datetime, zone: str
) -> None:
    wanted = told["expect"]
    left = list(found)
    for one in wanted:
        unknown = sorted(set(one) - set(EXPECTED))
        if unknown or "rule" not in one:
            raise Wrong(f"an expected duty names its rule; unknown: {', '.join(unknown) or 'none'}")
        reasons = []
        for place, (subject, duty) in enumerate(left):
            if duty.rule == one["rule"]:
                reason = _differs(one, subject, duty, now, zone, told)
                if reason is None:
                    del left[place]
                    break
                reasons.append(reason)
        else:
            raise Wrong("; ".join(reasons) or f"no duty of the rule {one['rule']!r}")
    _nothing_else(wanted, left, now, zone)


def _nothing_else(
    wanted: Any, left: list[tuple[tuple[str, str], DerivedDuty]], now: datetime, zone: str
) -> None:
    names = {one["rule"] for one in wanted}
    picked = {one["rule"] for one in wanted if "occurrence" in one}
    for subject, duty in left:
        stands = status(duty, now)
        if uncalled(duty, stands, names, picked):
            continue
        due = duty.due_at.astimezone(zone_of(zone)).replace(tzinfo=None).isoformat()
        raise Wrong(
            f"unexpected duty {duty.rule} {duty.occurrence} of {':'.join(subject)}: {stands.value}, due {due}"
        )


def uncalled(duty: DerivedDuty, stands: Status, names: set[str], picked: set[str]) -> bool:
    """Whether a case may leave this duty unsaid: planned, of a rule it does not speak of, or of one whose occurrences it picks."""
    return stands is Status.PLANNED or bool(names and duty.rule not in names) or duty.rule in picked


def _differs(
    one: Mapping[str, Any],
    subject: tuple[str, str],
    duty: DerivedDuty,
    now: datetime,
    zone: str,
    told: Mapping[str, Any],
) -> str | None:
    seen = seen_of(subject, duty, now, zone, told)
    for key, value in one.items():
        wanted = moment_of(value, zone)
        if wanted != seen[key] and (wanted, seen[key]) != ("", None):  # TOML has no word for nobody: ""
            which = f"{duty.rule} {duty.occurrence}".rstrip()
            return f"{which}: {key}: expected {_said(value)}, found {_said(local(seen[key], zone))}"
    return None


def local(value: Any, zone: str) -> Any:
    """A moment as a case writes it; anything else as it stands."""
    return value.astimezone(zone_of(zone)).replace(tzinfo=None) if isinstance(value, datetime) else value


def seen_of(
    subject: tuple[str, str], duty: DerivedDuty, now: datetime, zone: str, told: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything a case may say about a duty."""
    return {
        "rule": duty.rule,
        "subject": ":".join(subject),
        "occurrence": duty.occurrence,
        "due": duty.due_at,
        "starts": duty.starts_at,
        "opens": duty.opens_at,
        "met": duty.met_at,
        "ended": duty.ended_at,
        "status": status(duty, now).value,
        "owner": duty.owner,
        "owner_id": duty.owner_id,
        "charged_to": duty.charged_to,
        "evidence": duty.evidence,
        "effects": [name for at, name in duty.effects if at <= now],
        "escalated": [to for at, to in sorted(duty.escalations) if at <= now],
        "acts": acting(duty.owner_id or "", _stand_ins(told, zone), now),
    }


def _stand_ins(told: Mapping[str, Any], zone: str) -> list[dict[str, Any]]:
    return [
        {
            "person": one["from"],
            "to": one["to"],
            "from_at": moment_of(one["from_at"], zone),
            "until_at": moment_of(one.get("until_at"), zone),
        }
        for one in told.get("stands_in", [])
    ]
