"""Changing a clause or a case of a draft. A draft stays readable: what makes no sense is refused beside its field."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.editions import fields, merging, words
from guiju.editions.actions.drafting import save
from guiju.editions.models import Draft
from guiju.editions.wordings import clauses_of, run_cases, standard_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rulebook import editing
from guiju.rulebook.places import Places
from guiju.rulebook.standard import Case, Problem
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, Missing, Refusal

FEWEST_CASES = 3
LONGEST_BLOCK = 60_000
OWN_FILE = "own.toml"  # where clauses of the hotel's own are put


def coerced(one: fields.Field, value: Any) -> Any:
    """A value as the texts keep it; None takes the key out. Raises Invalid beside the field."""
    try:
        return COERCE.get(one.kind, _text)(value)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        raise Invalid(errors={one.path: [_("This cannot be entered here.")]}) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.replace("\r\n", "\n").strip()


def _number(value: Any) -> int | float:
    if isinstance(value, bool):
        raise TypeError
    found = float(value)
    if found != found or abs(found) > 1e9:
        raise ValueError
    return int(found) if found == int(found) else found


def _names(value: Any) -> list[str] | None:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise TypeError
    return list(dict.fromkeys(value))


def _escalates(value: Any) -> dict[str, list[str]] | None:
    rows = [(str(at).strip(), str(to).strip()) for at, to in zip(value["at"], value["to"], strict=True)]
    rows = [(at, to) for at, to in rows if at or to]
    return {"at": [at for at, _to in rows], "to": [to for _at, to in rows]} if rows else None


def _moment(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if found.tzinfo is not None or not 2000 <= found.year <= 2100:
        raise ValueError
    return found


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _yesno(value: Any) -> bool:
    return {"true": True, "false": False, True: True, False: False}[value]


COERCE: dict[str, Callable[[Any], Any]] = {
    "number": _number, "names": _names, "escalates": _escalates, "moment": _moment, "day": _day, "yesno": _yesno,
}


def _clause(draft: Draft, clause: str) -> dict[str, Any]:
    told = clauses_of(draft.texts).get(clause)
    if told is None:
        raise Missing("no such clause in this draft")
    return told


def _case(draft: Draft, clause: str, number: int) -> Case:
    standard, _problems = standard_of(draft.texts)
    found = [case for case in standard.cases if case.clause == clause]
    if not 0 <= number < len(found):
        raise Missing("no such case")
    return found[number]


def _wanted(known: Mapping[str, fields.Field], changes: Mapping[str, Any]) -> dict[str, Any]:
    """What is really changed, as the texts keep it."""
    errors: dict[str, list[str]] = {}
    out: dict[str, Any] = {}
    for path, value in changes.items():
        one = known.get(path)
        try:
            if one is None:
                raise Invalid(errors={path: [_("This is not a field of it.")]})
            found = coerced(one, value)
        except Invalid as wrong:
            errors |= wrong.errors
            continue
        if one.kind == "names":  # in the order of the text; a list is the same whatever its order
            found = [name for name in one.value if name in found] + [name for name in found if name not in one.value]
        if one.kind == "offset" and found and replace(one, value=found).parts == one.parts:
            continue  # "+1d 10:00" is said as "1d 10:00" by the form
        if found != (one.value or None) and found != one.value:
            out[path] = found
    if errors:
        raise Invalid(errors=errors)
    return out


def _fresh(before: Mapping[str, str], texts: Mapping[str, str]) -> list[Problem]:
    """What makes no sense now and was not there before."""
    known = {(one.file, one.message) for one in standard_of(before)[1]}
    return [one for one in standard_of(texts)[1] if (one.file, one.message) not in known]


def _sound(
    before: Mapping[str, str], texts: Mapping[str, str], at: Mapping[str, tuple[str, tuple[str | int, ...]]], otherwise: str
) -> None:
    """Raise Invalid beside the field whose line does not make sense any more, or at `otherwise`."""
    problems = _fresh(before, texts)
    if not problems:
        return
    errors: dict[str, list[str]] = {}
    for problem in problems:
        errors.setdefault(_field_of(problem, texts, at) or otherwise, []).append(problem.message)
    raise Invalid(errors=errors)


def _field_of(problem: Problem, texts: Mapping[str, str], at: Mapping[str, tuple[str, tuple[str | int, ...]]]) -> str | None:
    on_line = [
        field for field, (file, path) in at.items() if file == problem.file and Places(texts[file]).of(path) == problem.line
    ]
    named = [field for field in on_line if problem.message.startswith(field.rpartition(".")[2])]
    beside = [  # what is missing is named at the table that should hold it
        field for field, (file, path) in at.items()
        if file == problem.file and Places(texts[file]).of(path[:-1]) == problem.line and str(path[-1]) in problem.message.split()
    ]
    return next(iter(named or on_line or beside), None)


def _versioned(draft: Draft, version: int, mine: Mapping[str, Any], theirs: Callable[[Draft], Mapping[str, Any]], **write: Any) -> None:
    try:
        save(draft, version, mine, **write)
    except Conflict:
        raise Conflict(
            "somebody saved this before you", mine={key: str(value) for key, value in mine.items()},
            theirs={key: str(value) for key, value in theirs(draft).items()}, version=draft.version,
        ) from None


@verb("standard.edit")
def change_clause(draft: Draft, *, clause: str, changes: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Draft:
    """Change fields of a clause: {"rule.0.due.within": "20m"}. Raises Invalid beside the field, Conflict when somebody saved before."""
    told = _clause(draft, clause)
    place = editing.place_of(draft.texts, clause)
    assert place is not None
    known = fields.every(fields.of_clause(told))
    wanted = _wanted(known, changes)
    if not wanted:
        return draft
    text, at = draft.texts[place.file], {}
    for path, value in wanted.items():
        where = (*place.path, *fields.place_of(path))
        try:
            text = editing.put(text, where, value)
        except ValueError as error:
            raise Invalid(errors={path: [str(error)]}) from error
        at[path] = (place.file, where)
    texts = {**draft.texts, place.file: text}
    _sound(draft.texts, texts, at, "clause")

    def theirs(row: Draft) -> dict[str, Any]:
        now_told = clauses_of(row.texts).get(clause, {})
        return {str(known[path].label): words.value(fields.place_of(path), editing.get(now_told, fields.place_of(path))) for path in wanted}

    mine = {str(known[path].label): words.value(fields.place_of(path), value) for path, value in wanted.items()}
    _versioned(draft, version, mine, theirs, texts=texts, now=now)
    note("draft.changed", draft, clause=clause, fields=sorted(wanted))
    return draft


def _rewritten(draft: Draft, clause: str, texts: Mapping[str, str], version: int, what: Sequence[str], now: datetime) -> Draft:
    _versioned(draft, version, {clause: ""}, lambda row: {clause: ""}, texts=dict(texts), now=now)
    note("draft.changed", draft, clause=clause, fields=list(what))
    return draft


@verb("standard.edit")
def rewrite_clause(draft: Draft, *, clause: str, toml: str, version: int, by: Actor, now: datetime) -> Draft:
    """Change the whole clause as its TOML, with its cases. Raises Invalid at "toml" with the line of each slip."""
    _clause(draft, clause)
    place = editing.place_of(draft.texts, clause)
    assert place is not None
    texts = {**draft.texts, place.file: editing.with_block(draft.texts[place.file], place, _one_clause(toml, clause))}
    _sound_block(draft.texts, texts, place.file, place.first)
    return _rewritten(draft, clause, texts, version, ["toml"], now)


@verb("standard.edit")
def add_clause(draft: Draft, *, toml: str, version: int, by: Actor, now: datetime) -> Draft:
    """Add a clause of the hotel's own, as TOML with its cases. Raises Invalid at "toml" with the line of each slip."""
    block = _one_clause(toml)
    name = str(tomllib.loads(block)["clause"][0].get("id", ""))
    if name in clauses_of(draft.texts):
        raise Invalid(errors={"toml": [_("There is a clause {id} already.").format(id=name)]})
    text = draft.texts.get(OWN_FILE, "")
    new = editing.with_clause(text, block) if text else block + "\n"
    texts = {**draft.texts, OWN_FILE: new}
    _sound_block(draft.texts, texts, OWN_FILE, new.count("\n") - block.count("\n"))
    return _rewritten(draft, name, texts, version, ["new"], now)


def _one_clause(toml: str, clause: str = "") -> str:
    """The text of exactly one [[clause]]. Raises Invalid at "toml"."""
    block = toml.replace("\r\n", "\n").strip("\n")
    if len(block) > LONGEST_BLOCK:
        raise Invalid(errors={"toml": [_("This is too long for one clause.")]})
    try:
        told = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid(errors={"toml": [str(error)]}) from error
    found = told.get("clause")
    if set(told) != {"clause"} or not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], Mapping):
        raise Invalid(errors={"toml": [_("Write one clause that begins with [[clause]].")]})
    if clause and found[0].get("id") != clause:
        raise Invalid(errors={"toml": [_("The id of a clause stays: {id}").format(id=clause)]})
    return block


def _sound_block(before: Mapping[str, str], texts: Mapping[str, str], file: str, first: int) -> None:
    problems = _fresh(before, texts)
    if problems:
        said = [
            _("Line {n}: {what}").format(n=max(1, one.line - first + 1), what=one.message)
            if one.file == file
            else f"{one.file}:{one.line}: {one.message}"
            for one in problems
        ]
        raise Invalid(errors={"toml": said})


@verb("standard.edit")
def restore_clause(draft: Draft, *, clause: str, version: int, by: Actor, now: datetime) -> Draft:
    """Put a clause back as the edition has it from which the draft began."""
    if clause not in clauses_of(draft.texts) and clause not in clauses_of(draft.base.texts):
        raise Missing("no such clause")
    return _rewritten(draft, clause, merging.with_clause_of(draft.texts, draft.base.texts, clause), version, ["restored"], now)


@verb("standard.edit")
def remove_clause(draft: Draft, *, clause: str, version: int, by: Actor, now: datetime) -> Draft:
    """Take a clause out of the draft; duties that run by it keep running. Raises Refusal while a duty of a post rests on it."""
    _clause(draft, clause)
    place = editing.place_of(draft.texts, clause)
    assert place is not None
    texts = {**draft.texts, place.file: editing.with_block(draft.texts[place.file], place, "")}
    problems = _fresh(draft.texts, texts)
    if problems:
        raise Refusal("; ".join(one.message for one in problems), code="clause_needed")
    return _rewritten(draft, clause, texts, version, ["gone"], now)


@verb("standard.edit")
def change_case(draft: Draft, *, clause: str, number: int, changes: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Draft:
    """Change a case: {"facts.1.at": "2026-11-24T10:20"}. Raises Invalid beside the field."""
    case = _case(draft, clause, number)
    wanted = _wanted(fields.every(fields.of_case(case.told)), changes)
    if not wanted:
        return draft
    return _case_saved(draft, case, number, {fields.place_of(path): value for path, value in wanted.items()}, sorted(wanted), version, now)


def _path_of(text: str, case: Case) -> tuple[str | int, ...]:
    """Where a case stands in its file. Raises Refusal for one that has no table of its own."""
    for path, line in Places(text).lines.items():
        if line == case.line and len(path) >= 2 and path[-2] == "case":
            return path
    raise Refusal(_("This case can only be changed in the text of the clause."), code="case_inline")


def _case_saved(
    draft: Draft, case: Case, number: int, values: Mapping[tuple[str | int, ...], Any], what: Sequence[str], version: int, now: datetime
) -> Draft:
    text = draft.texts[case.file]
    head = _path_of(text, case)
    at = {}
    for path, value in values.items():
        try:
            text = editing.put(text, (*head, *path), value)
        except ValueError as error:
            raise Invalid(errors={".".join(map(str, path)): [str(error)]}) from error
        at[".".join(map(str, path))] = (case.file, (*head, *path))
    texts = {**draft.texts, case.file: text}
    _sound(draft.texts, texts, at, "says")
    return _rewritten(draft, case.clause, texts, version, [f"case.{number}.{one}" for one in what], now)


@verb("standard.edit")
def expect_derived(draft: Draft, *, clause: str, number: int, version: int, by: Actor, now: datetime) -> Draft:
    """Let a case expect what the clause now gives; the old expectation stays to be seen beside it."""
    case = _case(draft, clause, number)
    outcome = next(one for one in run_cases(draft.texts, clause) if one.case is case or one.case == case)
    if outcome.holds:
        return draft
    if outcome.derived is None:
        raise Refusal(_("This case cannot be run: {why}").format(why=outcome.failure), code="case_broken")
    values: dict[tuple[str | int, ...], Any] = {(key,): value for key, value in outcome.derived.items() if case.told.get(key) != value}
    return _case_saved(draft, case, number, values, [str(path[0]) for path in values], version, now)


@verb("standard.edit")
def copy_case(draft: Draft, *, clause: str, number: int, says: str, version: int, by: Actor, now: datetime) -> Draft:
    """Write a case once more, under another sentence, to be changed from there."""
    case = _case(draft, clause, number)
    says = says.strip()
    if not says or any(one.get("says") == says for one in _clause(draft, clause)["case"]):
        raise Invalid(errors={"says": [_("Say in a sentence what the new case shows.")]})
    _path_of(draft.texts[case.file], case)
    texts = {**draft.texts, case.file: editing.with_case_again(draft.texts[case.file], case.line, says[:200])}
    _sound(draft.texts, texts, {}, "says")
    return _rewritten(draft, clause, texts, version, [f"case.{number}.copied"], now)


@verb("standard.edit")
def remove_case(draft: Draft, *, clause: str, number: int, version: int, by: Actor, now: datetime) -> Draft:
    """Take a case out; a clause keeps at least three."""
    case = _case(draft, clause, number)
    if len(_clause(draft, clause)["case"]) <= FEWEST_CASES:
        raise Refusal(_("A clause is shown by at least three cases."), code="too_few_cases")
    _path_of(draft.texts[case.file], case)
    texts = {**draft.texts, case.file: editing.without_case(draft.texts[case.file], case.line)}
    return _rewritten(draft, clause, texts, version, [f"case.{number}.gone"], now)


