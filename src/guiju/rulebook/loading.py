"""Reads the texts of a standard; every slip is named with its file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from guiju.rulebook import nonsense
from guiju.rulebook.clauses import Clause
from guiju.rulebook.places import Path, Places
from guiju.rulebook.reading_parts import Reader
from guiju.rulebook.reading_posts import check_references, read_post_duty
from guiju.rulebook.reading_rules import read_rule
from guiju.rulebook.standard import Case, PostDuty, Problem, Standard, StandardError
from guiju.rulebook.vocabulary import Vocabulary

CLAUSE_KINDS = ("timed", "cadence", "gate", "notice", "record", "view", "check")
CLAUSE_KEYS = ("id", "source", "kind", "weight", "text", "rule", "case")
CASE_KEYS = (
    "clause",
    "says",
    "facts",
    "now",
    "expect",
    "holidays",
    "makeup",
    "hours",
    "zone",
    "effective_at",
    "stands_in",
    "verb",
    "attrs",
    "needs",
    "waived",
    "verdict",
    "missing",
    "paper",
    "copies",
    "archived",
    "record",
    "stands",
    "gaps",
    "figure",
    "given",
    "gives",
    "steps",
    "rule",
)


ID = re.compile(r'^id\s*=\s*"([^"]+)"')


def texts_of(path: File) -> dict[str, str]:
    """The TOML files of a folder (or one file), by name."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return {file.name: decoded(file.name, file.read_bytes()) for file in files}


def decoded(name: str, content: bytes) -> str:
    """The text of a file. Raises StandardError with the line of the first byte that is no UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StandardError([Problem(name, line, f"the file is not UTF-8: {error.reason} at byte {error.start}")]) from error


def load_standard(path: File, vocabulary: Vocabulary) -> Standard:
    """Load a folder of TOML files. Raises StandardError with every problem found."""
    if not File(path).exists():
        raise StandardError([Problem(str(path), 1, "there is no such folder")])
    return Standard.from_toml_texts(texts_of(File(path)), vocabulary)


@dataclass
class _Read:
    """What the files have told so far."""

    clauses: dict[str, Clause] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    post_duties: dict[str, PostDuty] = field(default_factory=dict)
    at: dict[str, tuple[str, int]] = field(default_factory=dict)  # id of a clause -> where it stands
    strict: bool = False


@lru_cache(maxsize=48)
def parsed(text: str) -> dict[str, Any]:
    """The tables of a file, kept: a change makes one file another and leaves the others. Nobody changes what he is given."""
    return tomllib.loads(text)


_places = lru_cache(maxsize=48)(Places)


def read(texts: Mapping[str, str], vocabulary: Vocabulary, *, strict: bool = False) -> tuple[Standard, list[Problem]]:
    """The standard as far as it can be read, and what is wrong; `strict` also names what is well formed and makes no sense."""
    found = _Read(strict=strict)
    problems: list[Problem] = []
    for name in sorted(texts):
        try:
            told = parsed(texts[name])
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = re.search(r"line (\d+)", str(error))
            last = len(texts[name].splitlines()) or 1
            problems.append(Problem(name, int(line[1]) if line else last, f"not TOML: {error}"))
            continue
        reader = Reader(name, _places(texts[name]), vocabulary)
        _file(reader, told, found)
        problems += reader.problems
    known = set(found.clauses)
    problems += [
        Problem(case.file, case.line, f"the case is of an unknown clause {case.clause!r}")
        for case in found.cases
        if case.clause not in known
    ]
    problems += check_references(found.post_duties, known)
    if strict:
        problems += _unshown(found, texts, problems)
    return Standard.of(list(found.clauses.values()), found.cases, found.post_duties), problems


def _unshown(found: _Read, texts: Mapping[str, str], problems: list[Problem]) -> list[Problem]:
    names = nonsense.unshown(found.clauses, (case.clause for case in found.cases))
    told = [Problem(*found.at[name], f"nothing shows how the clause {name!r} works: it has no case") for name in names if name]
    if not found.clauses and not problems:
        told.append(Problem(sorted(texts)[0] if texts else "", 1, "there is no clause here"))
    return told


def readable(texts: Mapping[str, str], vocabulary: Vocabulary) -> tuple[Standard, dict[str, list[Problem]]]:
    """Of texts that were approved once, the clauses this version can still read; and what is wrong with the others, by clause."""
    standard, problems = read(texts, vocabulary)
    if not problems:
        return standard, {}
    broken: dict[str, list[Problem]] = {}
    begins = {name: _begins(text) for name, text in texts.items()}
    for problem in problems:
        above = [clause for line, clause in begins[problem.file] if line <= problem.line]
        broken.setdefault(above[-1] if above else problem.file, []).append(problem)
    kept = [clause for name, clause in standard.clauses.items() if name not in broken]
    cases = [case for case in standard.cases if case.clause not in broken]
    return Standard.of(kept, cases, standard.post_duties), broken


def _begins(text: str) -> list[tuple[int, str]]:
    """(line, id) of each clause of a file, in order."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip() == "[[clause]]":
            named = next((said[1] for said in map(ID.match, lines[number:]) if said), "")
            found.append((number, named))
    return found or [(1, next((said[1] for said in map(ID.match, lines) if said), ""))]


def _file(reader: Reader, told: Mapping[str, Any], found: _Read) -> None:
    if "id" in told:
        _clause(reader, told, (), found)
        return
    reader.keys(told, ("clause", "case", "post_duty"), ())
    for number, table in enumerate(_tables(reader, told, "clause", ())):
        _clause(reader, table, ("clause", number), found)
    for number, table in enumerate(_tables(reader, told, "case", ())):
        _case(reader, table, ("case", number), reader.text(table, "clause", ("case", number)), found.cases)
    for number, table in enumerate(_tables(reader, told, "post_duty", ())):
        read_post_duty(reader, table, ("post_duty", number), found.post_duties)


def _tables(reader: Reader, told: Mapping[str, Any], key: str, path: Path) -> list[Mapping[str, Any]]:
    found = told.get(key, [])
    if isinstance(found, list) and all(isinstance(one, Mapping) for one in found):
        return found
    name = ".".join(part for part in (*path, key) if isinstance(part, str))
    reader.wrong((*path, key), f"write [[{name}]]: there may be several")
    return []


def _clause(reader: Reader, table: Mapping[str, Any], path: Path, found: _Read) -> None:
    clauses, cases = found.clauses, found.cases
    reader.keys(table, CLAUSE_KEYS, path)
    name, kind = reader.text(table, "id", path), reader.text(table, "kind", path)
    text = reader.table(table.get("text", {}), (*path, "text"))
    for lang in ("zh", "en"):
        if not str(text.get(lang, "")).strip():
            reader.wrong((*path, "text"), f"the text is missing in {lang}")
    if not name:
        reader.wrong(path, "a clause needs an id")
    elif name in clauses:
        reader.wrong((*path, "id"), f"the clause {name!r} stands here twice")
    tables = _tables(reader, table, "rule", path)
    rules = tuple(read_rule(reader, rule, (*path, "rule", n)) for n, rule in enumerate(tables))
    if not rules:
        reader.wrong(path, f"the clause {name!r} has no rule")
    for number, rule in enumerate(rules):
        if rule.name in {other.name for other in rules[:number]}:
            reader.wrong((*path, "rule", number), f"two rules are called {rule.name!r}")
    kind = kind or next((rule.kind for rule in rules if rule.kind in CLAUSE_KINDS), "record")
    reader.one_of(kind, CLAUSE_KINDS, "kind of clause", (*path, "kind"))
    weight = table.get("weight", 1)
    if not nonsense.number(weight):
        reader.wrong((*path, "weight"), f"a weight is a number, not {weight!r}")
        weight = 1
    if found.strict:
        nonsense.find(reader, table, path)
    found.at.setdefault(name, (reader.file, reader.places.of((*path, "id"))))
    clauses[name] = Clause(name, reader.text(table, "source", path), kind, float(weight), dict(text), rules)
    for number, case in enumerate(_tables(reader, table, "case", path)):
        _case(reader, case, (*path, "case", number), name, cases)


def _case(reader: Reader, table: Mapping[str, Any], path: Path, clause: str, cases: list[Case]) -> None:
    reader.keys(table, CASE_KEYS, path)
    says = reader.text(table, "says", path)
    if not says:
        reader.wrong(path, "a case says in a sentence what it shows")
    cases.append(Case(clause, says, dict(table), reader.file, reader.places.of(path)))
