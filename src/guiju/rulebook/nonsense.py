"""What is well formed and still makes no sense: refused when a standard is checked, not when an approved one is read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

from guiju.rulebook import spans
from guiju.rulebook.places import Path
from guiju.rulebook.reading_parts import Reader, Table

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
LONGEST_TEXT = 600
HEAVIEST = 100
LENGTHS = ("within", "age", "period", "missed_after")


def number(value: Any) -> TypeGuard[int | float]:
    """A number, and not a yes or no."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def find(reader: Reader, table: Table, path: Path) -> None:
    """Note everything in a clause that no hotel can mean."""
    _head(reader, table, path)
    rules = table.get("rule", [])
    for place, rule in enumerate(rules if isinstance(rules, list) else []):
        if isinstance(rule, Mapping):
            at = (*path, "rule", place)
            _duty(reader, rule, at)
            _circles(reader, rule, at)
            _lists(reader, rule, at)
            _figures(reader, rule, at)
            _conditions(reader, rule, at)
    _cases(reader, table, path)


def _head(reader: Reader, table: Table, path: Path) -> None:
    name, weight = table.get("id"), table.get("weight", 1)
    if isinstance(name, str) and name and not ID.fullmatch(name):
        reader.wrong((*path, "id"), f"an id is written in small letters, a chapter and a name: 'booking.reply-30', not {name!r}")
    if number(weight) and not 0 < weight <= HEAVIEST:
        reader.wrong((*path, "weight"), f"a weight lies between 0 and {HEAVIEST}, not at {weight}")
    if not str(table.get("source", "")).strip():
        reader.wrong((*path, "source"), "a clause says where the manual has it: source")
    text = table.get("text")
    for lang, words in text.items() if isinstance(text, Mapping) else ():
        if lang not in ("zh", "en"):
            reader.wrong((*path, "text", lang), f"a text is written in zh and en, not in {lang!r}")
        elif len(str(words)) > LONGEST_TEXT:
            reader.wrong((*path, "text", lang), f"a clause is a sentence or two: {len(str(words))} letters are too many")


def _length(reader: Reader, value: Any, path: Path) -> None:
    """A length of time that is none."""
    try:
        found = spans.duration(value)
    except (ValueError, TypeError, AttributeError):
        return  # the reading itself has said so
    if found == spans.Duration():
        reader.wrong(path, f"{path[-1]}: no time at all: {value!r}")


def _duty(reader: Reader, rule: Table, path: Path) -> None:
    due = rule.get("due")
    for key in LENGTHS:
        if isinstance(due, Mapping) and key in due:
            _length(reader, due[key], (*path, "due", key))
    if rule.get("missed_after") not in (None, "period", "never"):
        _length(reader, rule["missed_after"], (*path, "missed_after"))
    grace = rule.get("grace")
    if isinstance(grace, Mapping):
        _length(reader, grace.get("within"), (*path, "grace", "within"))
    starts = rule.get("starts")
    if isinstance(starts, str) and not starts.strip().startswith("-") and ":" not in starts:
        reader.wrong((*path, "starts"), f"a duty begins before it is due: {starts!r}")
    _told(reader, rule, path)
    waive = rule.get("waive")
    if isinstance(waive, Mapping) and not waive.get("by"):
        reader.wrong((*path, "waive"), "waive names nobody: leave it out")


def _told(reader: Reader, rule: Table, path: Path) -> None:
    """Escalations: a share of the time lies between 0 and 100 %, and nobody is told twice at once."""
    given = rule.get("escalates")
    at, to = (given.get("at", []), given.get("to", [])) if isinstance(given, Mapping) else ([], [])
    place = (*path, "escalates")
    seen = set()
    for share, who in zip(at if isinstance(at, list) else [at], to if isinstance(to, list) else [to], strict=False):
        if isinstance(share, str) and share.endswith("%") and not _share(share):
            reader.wrong(place, f"a share lies between 0% and 100%, not at {share!r}")
        if (str(share), str(who)) in seen:
            reader.wrong(place, f"{who!r} is told twice at {share}")
        seen.add((str(share), str(who)))


def _share(text: str) -> bool:
    try:
        return 0 <= float(text[:-1]) <= 100
    except ValueError:
        return True  # the reading itself has said so


def _names(value: Any) -> set[str]:
    """The facts that a trigger, or a list of them, waits for."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, list):
        return set().union(*(_names(one) for one in value)) if value else set()
    return _names(value.get("on", [])) if isinstance(value, Mapping) else set()


def _plain(value: Any) -> set[str]:
    """The facts that a trigger waits for whatever they say: without conditions."""
    if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        return set().union(*(_plain(one) for one in value))
    conditions = isinstance(value, Mapping) and any(value.get(key) for key in ("where", "days", "count", "all"))
    return set() if conditions else _names(value)


def _circles(reader: Reader, rule: Table, path: Path) -> None:
    """A duty that ends by what opens it, a pause that ends by what begins it, evidence that undoes itself."""
    opens, ends, met = _names(rule.get("opens")), _plain(rule.get("ends")), _plain(rule.get("met"))
    if rule.get("kind") != "record":
        for key, found in (("ends", ends & opens), ("met", met & opens)):
            if found and not (key == "met" and isinstance(rule.get("due"), Mapping) and "after_last" in rule["due"]):
                reader.wrong((*path, key), f"a circle: {', '.join(sorted(found))} opens the duty and ends it")
    for one in rule["met"] if isinstance(rule.get("met"), list) else [rule.get("met")]:
        if isinstance(one, Mapping) and _names(one.get("on")) & _names(one.get("undone_by")):
            reader.wrong((*path, "met"), "a circle: the evidence undoes itself")
    due = rule.get("due")
    for key, state in (("pauses", rule.get("pauses")), ("due", due.get("while") if isinstance(due, Mapping) else None)):
        if isinstance(state, Mapping) and not state.get("to_where") and not state.get("from_where"):
            same = _plain(state.get("from")) & _plain(state.get("to"))
            if same:
                reader.wrong((*path, key), f"a circle: {', '.join(sorted(same))} begins it and ends it")


def _lists(reader: Reader, rule: Table, path: Path) -> None:
    """Lists that are empty or name something twice."""
    wanted = {"gate": ("needs",), "record": ("fields",), "table": ("rows", "given"), "checklist": ("items",), "approval": ("steps",)}
    for key in wanted.get(str(rule.get("kind")), ()):
        if key in rule and not rule[key]:
            reader.wrong((*path, key), f"{key} is empty")
    if rule.get("kind") == "distributes" and not rule.get("to") and not rule.get("archive"):
        reader.wrong((*path, "to"), "a paper that goes to nobody")
    for key in ("needs", "fields", "to", "given", "visible_to"):
        _twice(reader, rule.get(key), (*path, key))
    for key, name in (("items", "id"), ("steps", "id")):
        rows = [one for one in rule.get(key, ()) if isinstance(one, Mapping)] if isinstance(rule.get(key), list) else []
        if key == "items" and any(not one.get("id") for one in rows):
            reader.wrong((*path, key), "every item has an id")
        _twice(reader, [str(one.get(name) or one.get("by", "")) for one in rows], (*path, key))
    lines = rule.get("rows")
    for row in lines[:-1] if isinstance(lines, list) else ():
        if isinstance(row, Mapping) and not row.get("when"):
            reader.wrong((*path, "rows"), "a row that always fits stands last: those below it are never reached")


def _twice(reader: Reader, value: Any, path: Path) -> None:
    names = value if isinstance(value, list) else []
    for name in dict.fromkeys(one for one in names if isinstance(one, str) and names.count(one) > 1):
        reader.wrong(path, f"{name!r} stands here twice")


def _figures(reader: Reader, rule: Table, path: Path) -> None:
    least, most = rule.get("at_least"), rule.get("at_most")
    for key in ("at_least", "at_most", "min_count"):
        if number(rule.get(key)) and rule[key] < 0:
            reader.wrong((*path, key), f"{key} is less than nothing: {rule[key]}")
    if rule.get("kind") == "view" and least is None and most is None:
        reader.wrong(path, "a view needs `at_least` or `at_most`")
    if number(least) and number(most) and least > most:
        reader.wrong((*path, "at_least"), f"at_least {least} is more than at_most {most}: nothing fits")


def _conditions(reader: Reader, value: Any, path: Path) -> None:
    """Comparisons that nothing can fulfil, anywhere in a rule."""
    if isinstance(value, Mapping):
        low, high = value.get("min"), value.get("max")
        if number(low) and number(high) and low > high:
            reader.wrong(path, f"nothing lies between {low} and {high}")
        for key, one in value.items():
            _conditions(reader, one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            _conditions(reader, one, (*path, place))


def _cases(reader: Reader, table: Table, path: Path) -> None:
    cases = table.get("case", [])
    says = [one.get("says") for one in cases if isinstance(one, Mapping)] if isinstance(cases, list) else []
    for place, words in enumerate(says):
        if words and words in says[:place]:
            reader.wrong((*path, "case", place), f"two cases say the same: {words!r}")


def unshown(names: Iterable[str], cases: Iterable[str]) -> list[str]:
    """Clauses that no case shows at work."""
    shown = set(cases)
    return [name for name in names if name not in shown]
