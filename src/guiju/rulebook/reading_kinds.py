"""Reads what gates, distributions, records, views, checks, approvals and tables have of their own."""

from __future__ import annotations

from dataclasses import replace

from guiju.rulebook import spans
from guiju.rulebook.clauses import Row, Rule, Step
from guiju.rulebook.places import Path
from guiju.rulebook.reading_parts import Reader, Table


def posts(reader: Reader, table: Table, key: str, path: Path) -> tuple[str, ...]:
    if key not in table:
        return ()
    value = table[key]
    if key == "waive":
        given = reader.table(value, (*path, key))
        reader.keys(given, ("by",), (*path, key))
        value = given.get("by", [])
    found = reader.names(value, (*path, key))
    for post in found:
        reader.one_of(post, reader.words.posts, "post", (*path, key))
    return found


def special(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    """The keys of gates, distributions, records, views, checks, approvals and tables."""
    if rule.kind == "gate" or "verb" in table:
        rule = _of_verb(reader, rule, table, path)
    elif "where" in table:
        rule = replace(rule, where=reader.where(table["where"], (*path, "where"), None))
    if rule.kind == "distributes":
        return _distributes(reader, rule, table, path)
    if rule.kind == "record":
        return replace(
            rule,
            record=reader.text(table, "record", path),
            fields=reader.names(table.get("fields", []), (*path, "fields")),
        )
    if rule.kind == "view":
        return _view(reader, rule, table, path)
    if rule.kind == "check":
        name = reader.text(table, "list", path)
        if reader.words.lists:
            reader.one_of(name, reader.words.lists, "list", (*path, "list"))
        return replace(rule, list=name)
    if rule.kind == "approval":
        return replace(rule, steps=_steps(reader, table, path))
    if rule.kind == "table":
        return _table(reader, rule, table, path)
    return rule


def _of_verb(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    name = reader.text(table, "verb", path)
    verb = reader.words.verbs.get(name)
    if verb is None:
        reader.wrong((*path, "verb"), f"no room declares the verb {name!r}")
    needs = reader.names(table.get("needs", []), (*path, "needs"))
    for need in needs:
        if verb is not None:
            reader.one_of(need, verb.needs, f"need of {name}", (*path, "needs"))
    where = reader.where(table.get("where", {}), (*path, "where"), verb.attrs if verb else None)
    return replace(
        rule, verb=name, needs=needs, where=where, visible_to=posts(reader, table, "visible_to", path)
    )


def _distributes(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    paper = reader.text(table, "paper", path)
    if reader.words.papers:
        reader.one_of(paper, reader.words.papers, "paper", (*path, "paper"))
    to, archive = (reader.names(table.get(key, []), (*path, key)) for key in ("to", "archive"))
    for key, departments in (("to", to), ("archive", archive)):
        for department in departments:
            reader.one_of(department, reader.words.departments, "department", (*path, key))
    sign = table.get("sign", True)
    return replace(
        rule,
        paper=paper,
        to=to,
        archive=archive,
        sign=bool(sign),
        purpose=reader.text(table, "purpose", path),
    )


def _view(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    figure, over = reader.text(table, "figure", path), reader.text(table, "over", path, "month")
    if reader.words.figures:
        reader.one_of(figure, reader.words.figures, "figure", (*path, "figure"))
    reader.one_of(over, ("week", "month", "quarter", "year"), "period", (*path, "over"))
    limits: dict[str, float | None] = {"at_least": None, "at_most": None, "min_count": 0}
    for key in limits:
        value = table.get(key, limits[key])
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            reader.wrong((*path, key), f"{key} is a number, not {value!r}")
        else:
            limits[key] = value
    return replace(
        rule,
        figure=figure,
        over=over,
        at_least=limits["at_least"],
        at_most=limits["at_most"],
        min_count=int(limits["min_count"] or 0),
    )


def _steps(reader: Reader, table: Table, path: Path) -> tuple[Step, ...]:
    out = []
    for one in reader.listed(table.get("steps", []), (*path, "steps")):
        place = (*path, "steps")
        step = reader.table(one, place)
        reader.keys(step, ("id", "by", "within", "calendar"), place)
        by = reader.text(step, "by", place)
        reader.one_of(by, reader.owners(), "approver", place)
        within = reader.read(place, spans.duration, step.get("within", "24h"), spans.Duration())
        out.append(
            Step(
                reader.text(step, "id", place, by), by, within, reader.text(step, "calendar", place, "always")
            )
        )
    return tuple(out)


def _table(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    given, rows = reader.names(table.get("given", []), (*path, "given")), []
    for one in reader.listed(table.get("rows", []), (*path, "rows")):
        place = (*path, "rows")
        row = reader.table(one, place)
        reader.keys(row, ("when", "gives"), place)
        rows.append(
            Row(
                reader.where(row.get("when", {}), place, given),
                dict(reader.table(row.get("gives", {}), place)),
            )
        )
    return replace(rule, given=given, rows=tuple(rows))
