"""Reads one rule of a clause, kind by kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from guiju.rulebook import conditions, spans
from guiju.rulebook.clauses import Due, Evidence, Rule, Trigger, Where
from guiju.rulebook.places import Path
from guiju.rulebook.reading_kinds import posts, special
from guiju.rulebook.reading_parts import Reader, Table

KINDS = (
    "timed",
    "cadence",
    "gate",
    "notice",
    "record",
    "view",
    "check",
    "distributes",
    "checklist",
    "approval",
    "table",
)
BASE = {"name", "kind"}
DUTY = {
    "subject",
    "owner",
    "opens",
    "occurs",
    "due",
    "starts",
    "met",
    "pauses",
    "ends",
    "escalates",
    "waive",
    "then",
    "missed_after",
    "grace",
    "visible_to",
}
OWN_KEYS: dict[str, set[str]] = {
    "timed": DUTY,
    "cadence": DUTY,
    "notice": DUTY,
    "check": DUTY | {"list", "score"},
    "checklist": DUTY | {"items"},
    "approval": DUTY | {"verb", "where", "steps"},
    "gate": {"verb", "where", "needs", "waive", "visible_to"},
    "distributes": {"paper", "to", "where", "sign", "archive", "purpose"},
    "table": {"given", "rows"},
    "record": DUTY | {"record", "where", "fields"},
    "view": DUTY | {"figure", "over", "at_least", "at_most", "min_count", "where"},
}
REQUIRED = {
    "gate": ("verb", "needs"),
    "distributes": ("paper",),
    "table": ("given", "rows"),
    "record": ("record", "fields"),
    "view": ("figure",),
    "check": ("list",),
    "checklist": ("items", "opens"),
    "approval": ("steps",),
    "timed": ("owner", "opens", "due"),
    "notice": ("owner", "opens", "due"),
    "cadence": ("owner", "due"),
}


def read_rule(reader: Reader, table: Table, path: Path) -> Rule:
    """The rule, with every slip noted."""
    kind, name = reader.text(table, "kind", path), reader.text(table, "name", path)
    if not name:
        reader.wrong(path, "a rule needs a name")
    if kind not in KINDS:
        reader.wrong((*path, "kind"), f"unknown kind of rule {kind!r}; known: {', '.join(KINDS)}")
        return Rule(name, kind)
    reader.keys(table, BASE | OWN_KEYS[kind], path)
    for key in REQUIRED[kind]:
        if key not in table:
            reader.wrong(path, f"a {kind} rule needs `{key}`")
    rule = Rule(name, kind, waive_by=posts(reader, table, "waive", path))
    rule = special(reader, rule, table, path)
    if "opens" in table or "due" in table:
        rule = _duty(reader, rule, table, path)
    return rule


def _duty(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    """The keys of a rule that opens duties."""
    subject = _subject(reader, table, path)
    owner = reader.text(table, "owner", path)
    if owner or rule.kind not in ("checklist", "approval"):
        reader.one_of(owner, reader.owners(), "owner", (*path, "owner"))
    occurs = reader.text(table, "occurs", path, "again" if rule.kind == "view" else "once")
    reader.one_of(occurs, ("once", "each", "again"), "occurs", (*path, "occurs"))
    pauses = reader.table(table.get("pauses", {}), (*path, "pauses"))
    reader.keys(pauses, ("from", "to", "from_where", "to_where"), (*path, "pauses"))
    rule = replace(
        rule,
        owner=owner,
        department=department_of(reader, owner),
        subject=subject,
        occurs=occurs,
        opens=reader.triggers(table["opens"], subject, (*path, "opens")) if "opens" in table else (),
        due=reader.due(table["due"], subject, (*path, "due")) if "due" in table else None,
        starts=reader.read((*path, "starts"), spans.offset, table["starts"], None)
        if "starts" in table
        else None,
        met=reader.evidence(table["met"], subject, (*path, "met"), rule.kind == "checklist")
        if "met" in table
        else (),
        pause_from=_pause(reader, pauses, "from", subject, path),
        pause_to=_pause(reader, pauses, "to", subject, path),
        ends=reader.triggers(table["ends"], subject, (*path, "ends")) if "ends" in table else (),
        escalates=_escalates(reader, table, path),
        then=_then(reader, table, path),
        missed_after=_missed(reader, table, path),
        visible_to=posts(reader, table, "visible_to", path),
        grace=reader.grace(table["grace"], subject, (*path, "grace")) if "grace" in table else None,
    )
    if (
        rule.due is not None
        and rule.due.form in ("every", "yearly")
        and not rule.opens
        and not rule.due.from_facts
    ):
        reader.wrong((*path, "due"), "a cadence needs a start: `opens` or `while`")
    return _compiled(reader, rule, table, path)


def _subject(reader: Reader, table: Table, path: Path) -> str:
    if "subject" in table:
        subject = reader.text(table, "subject", path)
        reader.one_of(
            subject,
            {name for kind in reader.words.kinds.values() for name in kind.subjects},
            "subject",
            (*path, "subject"),
        )
        return subject
    opens = table.get("opens")
    due = table.get("due")
    if opens is None and isinstance(due, dict):
        opens = (due.get("while") or {}).get("from")
    first = opens[0] if isinstance(opens, list) and opens else opens
    on: Any = first.get("on") if isinstance(first, dict) else first
    name = on[0] if isinstance(on, list) and on else on
    kind = reader.words.kinds.get(name) if isinstance(name, str) else None
    return kind.subjects[0] if kind and kind.subjects else ""


def department_of(reader: Reader, owner: str) -> str | None:
    """The department of an owner; None where the subject tells it."""
    if owner in reader.words.departments:
        return owner
    if owner in ("receiver", "department", "department_head", "reader"):
        return None
    known = reader.words.posts.departments.get(owner)
    if known is not None:
        return known
    return next(
        (name for name in sorted(reader.words.departments, key=len, reverse=True) if owner.startswith(name)),
        "sales",
    )


def _pause(reader: Reader, pauses: Table, key: str, subject: str, path: Path) -> Trigger | None:
    if key not in pauses:
        if pauses:
            reader.wrong((*path, "pauses"), "pauses needs `from` and `to`")
        return None
    given = {"on": pauses[key], "where": pauses.get(f"{key}_where", {})}
    return reader.trigger(given, subject, (*path, "pauses"))


def _escalates(reader: Reader, table: Table, path: Path) -> tuple[tuple[spans.Share, str], ...]:
    given, place = reader.table(table.get("escalates", {}), (*path, "escalates")), (*path, "escalates")
    reader.keys(given, ("at", "to"), place)
    at, to = reader.names(given.get("at", []), place), reader.names(given.get("to", []), place)
    if len(at) != len(to):
        reader.wrong(place, "escalates: `at` and `to` must be equally long")
    for one in to:
        reader.one_of(one, reader.owners(), "owner", place)
    return tuple(
        (reader.read(place, spans.share, one, spans.Share(1.0)), who)
        for one, who in zip(at, to, strict=False)
    )


def _then(reader: Reader, table: Table, path: Path) -> tuple[tuple[str, str], ...]:
    given, place, out = table.get("then", []), (*path, "then"), []
    for one in given if isinstance(given, list) else [given]:
        step = reader.table(one, place)
        reader.keys(step, ("at", "do"), place)
        reader.one_of(step.get("at"), ("due", "met", "opened"), "moment", place)
        reader.one_of(step.get("do"), reader.words.effects, "effect", place)
        out.append((str(step.get("at")), str(step.get("do"))))
    return tuple(out)


def _missed(reader: Reader, table: Table, path: Path) -> spans.Duration | str | None:
    value = table.get("missed_after")
    if value is None or value in ("period", "never"):
        return value
    return reader.read((*path, "missed_after"), spans.duration, value, None)


def _compiled(reader: Reader, rule: Rule, table: Table, path: Path) -> Rule:
    """Items and steps become rules of their own; figures and scores become conditions."""
    if rule.kind == "checklist":
        return replace(rule, parts=_items(reader, rule, table, path))
    if rule.kind == "approval":
        return replace(rule, parts=_step_rules(reader, rule))
    if rule.kind == "view":
        return _figure(reader, rule, path)
    score = table.get("score")
    if rule.kind == "check" and score is not None:
        given = reader.table(score, (*path, "score"))
        reader.keys(given, ("attr", "min"), (*path, "score"))
        name = reader.attr(given.get("attr"), rule.subject, (*path, "score"))
        more = (
            (
                name,
                reader.read(
                    (*path, "score"), conditions.test, {"min": given.get("min")}, lambda value: False
                ),
            ),
        )
        return replace(rule, met=tuple(_also(one, more) for one in rule.met))
    return rule


def _also(one: Evidence, more: Where) -> Evidence:
    return replace(one, trigger=replace(one.trigger, where=one.trigger.where + more))


def _items(reader: Reader, rule: Rule, table: Table, path: Path) -> tuple[Rule, ...]:
    out, place = [], (*path, "items")
    for one in reader.listed(table.get("items", []), place):
        item = reader.table(one, place)
        reader.keys(item, ("id", "owner", "offset", "within", "proof", "where", "for_each"), place)
        owner = reader.text(item, "owner", place, rule.owner)
        reader.one_of(owner, reader.owners(), "owner", place)
        due = rule.due
        if due is not None:
            if "offset" in item:
                due = replace(due, offset=reader.read(place, spans.offset, item["offset"], spans.Offset()))
            if "within" in item:
                due = replace(
                    due,
                    form="within",
                    within=reader.read(place, spans.duration, item["within"], spans.Duration()),
                )
            if "for_each" in item:
                due = replace(due, for_each=reader.attr(item["for_each"], rule.subject, place))
        out.append(
            replace(
                rule,
                owner=owner,
                department=department_of(reader, owner),
                due=due,
                element=reader.text(item, "id", place),
                proof=reader.text(item, "proof", place),
                exists=reader.where(item.get("where", {}), place, reader.attrs_of(rule.subject)),
            )
        )
    return tuple(out)


def _step_rules(reader: Reader, rule: Rule) -> tuple[Rule, ...]:
    return tuple(
        replace(
            rule,
            owner=step.by,
            department=department_of(reader, step.by),
            element=step.id,
            due=Due("within", within=step.within, calendar=step.calendar),
        )
        for step in rule.steps
    )


def _figure(reader: Reader, rule: Rule, path: Path) -> Rule:
    own, below, above = conditions.test(rule.figure), [], []
    for key, under, over in (("at_least", "under", "min"), ("at_most", "over", "max")):
        limit = getattr(rule, key)
        if limit is not None:
            below.append(("value", conditions.test({under: limit})))
            above.append(("value", conditions.test({over: limit})))
    counted = ("count", conditions.test({"min": rule.min_count}))
    opens = tuple(replace(t, where=(*t.where, ("figure", own), counted, *below)) for t in rule.opens)
    ends = tuple(replace(t, where=(*t.where, ("figure", own), *above)) for t in rule.opens)
    return replace(rule, opens=opens, ends=(*rule.ends, *ends))
