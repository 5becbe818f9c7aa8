"""What of a clause or a case is edited as a form: each value with its place, its name and how it is entered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.duties import saying
from guiju.editions import cases, terms, words
from guiju.house.facts import DEPARTMENTS, POSTS, ROLES
from guiju.house.rights import HEADS

UNITS = ("m", "h", "d", "w", "workdays", "months", "years")
LENGTH = re.compile(r"(\d+)\s*([a-z]+)")
OFFSET = re.compile(r"([+-]?)(?:(\d+)\s*([a-z]+))?(?:\s*(\d{1,2}:\d{2}))?")
SHORT = {"min": "m", "minute": "m", "minutes": "m", "hour": "h", "hours": "h", "day": "d", "days": "d", "week": "w", "weeks": "w",
         "workday": "workdays", "month": "months", "y": "years", "year": "years"}
SIZES = ("min", "max", "over", "under")


@dataclass(slots=True)
class Field:
    """One value that may be changed: `path` is its place in the clause, joined by dots."""

    path: str
    label: str
    kind: str  # area number length offset clock choice names escalates moment yesno text day
    value: Any
    choices: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def place(self) -> tuple[str | int, ...]:
        """The path as the texts have it."""
        return place_of(self.path)

    @property
    def parts(self) -> dict[str, str]:
        """A length or an offset taken apart for the form: number, unit, direction, clock."""
        text = str(self.value or "")
        found = OFFSET.fullmatch(text.strip()) if self.kind == "offset" else None
        if found:
            return {"n": found[2] or "", "u": SHORT.get(found[3] or "m", found[3] or "m"), "d": "-" if found[1] == "-" else "+", "t": found[4] or ""}
        hit = LENGTH.fullmatch(text.strip())
        return {"n": hit[1], "u": SHORT.get(hit[2], hit[2])} if hit else {"n": text, "u": "m"}

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The rows of an escalation and two empty ones."""
        given = self.value if isinstance(self.value, Mapping) else {}
        return [*zip(given.get("at", []), given.get("to", []), strict=False), ("", ""), ("", "")]


@dataclass(slots=True)
class Group:
    """The fields of one rule, or of the head of the clause."""

    title: str
    fields: list[Field]


def place_of(path: str) -> tuple[str | int, ...]:
    """ "rule.0.due.within" -> ("rule", 0, "due", "within")."""
    return tuple(int(part) if part.isdigit() else part for part in path.split("."))


def owner_choices() -> list[tuple[str, str]]:
    """Posts, departments and roles by their names."""
    keys = [*ROLES, *POSTS, *(key for key in DEPARTMENTS if key not in POSTS)]
    return [(key, saying.owner(key)) for key in keys]


def department_choices() -> list[tuple[str, str]]:
    """Departments by their names."""
    return [(key, saying.owner(key)) for key in DEPARTMENTS]


def waiver_choices(named: list[str]) -> list[tuple[str, str]]:
    """The posts that lead somebody, and whoever is named already: who may waive."""
    return [(key, saying.owner(key)) for key in POSTS if key in HEADS or key.endswith(("_manager", "_supervisor")) or key in named]


def of_clause(told: Mapping[str, Any]) -> list[Group]:
    """The form of a clause: its two texts and weight, then each rule's owner, numbers, clock, receivers and escalations."""
    text = told.get("text", {})
    head = [
        Field("text.zh", str(words.HEADINGS["text.zh"]), "area", text.get("zh", "")),
        Field("text.en", str(words.HEADINGS["text.en"]), "area", text.get("en", "")),
        Field("weight", str(words.HEADINGS["weight"]), "number", told.get("weight", 1)),
    ]
    groups = [Group("", head)]
    for place, rule in enumerate(told.get("rule", [])):
        found = list(_of_rule(rule, f"rule.{place}"))
        if found:
            kind = str(rule.get("kind", ""))
            groups.append(Group(str(saying.RULE_KINDS.get(kind, kind)), found))
    return groups


def _of_rule(rule: Mapping[str, Any], path: str) -> Iterator[Field]:
    if "owner" in rule:
        yield Field(f"{path}.owner", str(words.HEADINGS["owner"]), "choice", rule["owner"], owner_choices())
    yield from _times(rule.get("due", {}), f"{path}.due")
    for key in ("starts", "missed_after"):
        if key in rule and rule[key] not in ("period", "never"):
            yield Field(f"{path}.{key}", str(words.HEADINGS[key]), "offset" if key == "starts" else "length", rule[key])
    grace = rule.get("grace")
    if isinstance(grace, Mapping):
        yield Field(f"{path}.grace.within", str(words.HEADINGS["grace.within"]), "length", grace.get("within"))
        yield Field(f"{path}.grace.charge", str(words.HEADINGS["grace.charge"]), "choice", grace.get("charge"), owner_choices())
    for key in ("at_least", "at_most", "min_count"):
        if key in rule:
            yield Field(f"{path}.{key}", str(words.HEADINGS[key]), "number", rule[key])
    yield from _sizes(rule, path)
    yield from _rows(rule, path)
    for key in ("to", "archive"):
        if key in rule:
            named = rule[key] if isinstance(rule[key], list) else [rule[key]]
            yield Field(f"{path}.{key}", str(words.HEADINGS[key]), "names", named, department_choices())
    if "due" in rule:
        yield Field(f"{path}.escalates", str(words.HEADINGS["escalates"]), "escalates", rule.get("escalates", {}), owner_choices())
    if isinstance(rule.get("waive"), Mapping):
        by = rule["waive"].get("by", [])
        named = by if isinstance(by, list) else [by]
        yield Field(f"{path}.waive.by", str(words.HEADINGS["waive"]), "names", named, waiver_choices(named))


def _times(due: Any, path: str) -> Iterator[Field]:
    if not isinstance(due, Mapping):
        return
    for key, kind in (("within", "length"), ("by", "clock"), ("offset", "offset"), ("age", "length"), ("period", "length"), ("every", "text")):
        if key in due and isinstance(due[key], str):
            yield Field(f"{path}.{key}", words.heading(("due", key)), kind, due[key])
    if isinstance(due.get("period"), Mapping):
        for key, one in due["period"].items():
            if key != "given":
                yield Field(f"{path}.period.{key}", f"{words.heading(('due', 'period'))} ({key})", "length", one)
    for place, late in enumerate(due.get("late", [])):
        for key, kind in (("within", "length"), ("at", "text")):
            if key in late:
                asked = f" ({words.conditions(late['where'])})" if late.get("where") else ""
                yield Field(f"{path}.late.{place}.{key}", words.heading(("due", "late", key)) + asked, kind, late[key])
    if "within" in due:
        choices = [(key, str(words.CHOICES["calendar"][key])) for key in ("owner", "hotel", "always")]
        yield Field(f"{path}.calendar", str(words.HEADINGS["due.calendar"]), "choice", due.get("calendar", "owner"), choices)
    if "holiday" in due or "every" in due:
        choices = [(key, str(name)) for key, name in words.CHOICES["holiday"].items()]
        yield Field(f"{path}.holiday", str(words.HEADINGS["due.holiday"]), "choice", due.get("holiday", "same"), choices)


def _sizes(value: Any, path: str, name: str = "") -> Iterator[Field]:
    """Numbers that conditions compare with, and how many pieces of evidence are wanted."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            if key in (*SIZES, "count") and isinstance(one, (int, float)) and not isinstance(one, bool):
                label = str(words.OPERATORS[key]).format(value="…") if key in SIZES else str(words.HEADINGS["count"])
                yield Field(f"{path}.{key}", f"{terms.attribute(name)} {label}".strip(), "number", one)
            else:
                yield from _sizes(one, f"{path}.{key}", key if key != "where" else name)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _sizes(one, f"{path}.{place}", name)


def _rows(rule: Mapping[str, Any], path: str) -> Iterator[Field]:
    """Items of a checklist and steps of an approval: who, and how long before or after."""
    for place, item in enumerate(rule.get("items", [])):
        for key, kind in (("owner", "choice"), ("offset", "offset"), ("within", "length")):
            if key in item:
                label = f"{terms.value(str(item.get('id', '')))}: {words.HEADINGS[key]}"
                yield Field(f"{path}.items.{place}.{key}", label, kind, item[key], owner_choices() if kind == "choice" else [])
    for place, step in enumerate(rule.get("steps", [])):
        for key, kind in (("by", "choice"), ("within", "length")):
            if key in step:
                label = _("Step {n}: {what}").format(n=place + 1, what=words.HEADINGS["owner" if key == "by" else "within"])
                yield Field(f"{path}.steps.{place}.{key}", label, kind, step[key], owner_choices() if kind == "choice" else [])


def of_case(told: Mapping[str, Any]) -> list[Group]:
    """The form of a case: its sentence, the moments and what is told at each, when one looks, what must come of it."""
    groups = [Group("", [Field("says", str(words.HEADINGS["says"]), "text", told.get("says", ""))])]
    for place, one in enumerate(told.get("facts", [])):
        kind = str(one.get("fact") or one.get("kind") or "")
        skip = ("fact", "subject") if "fact" in one else ("kind", "subject")
        groups.append(Group(saying.fact(kind), list(_leaves(one, f"facts.{place}", skip=skip))))
    rest = [Field("now", str(words.HEADINGS["now"]), "moment", told["now"])] if "now" in told else []
    for key in ("attrs", "needs", "record", "figure", "given"):
        rest += list(_leaves(told.get(key, {}), key))
    if rest:
        groups.append(Group("", rest))
    ends = [one for place, duty in enumerate(told.get("expect", [])) for one in _leaves(duty, f"expect.{place}", skip=("rule",))]
    ends += list(_leaves({key: told[key] for key in ("verdict", "stands", "copies", "archived", "gaps", "missing") if key in told}, ""))
    groups.append(Group(str(words.HEADINGS["expect"]), ends))
    return groups


def _leaves(told: Mapping[str, Any], path: str, skip: tuple[str, ...] = ()) -> Iterator[Field]:
    for key, one in told.items():
        if key in skip:
            continue
        here = f"{path}.{key}".lstrip(".")
        expects = path.startswith("expect") or not path
        label = str(cases.EXPECTED[key]) if expects and key in cases.EXPECTED else words.need(key) if path == "needs" else terms.attribute(key)
        if key == "at":
            label = _("When")
        if isinstance(one, Mapping):
            yield from _leaves(one, here)
        else:
            yield from _leaf(here, key, label, one)


def _leaf(path: str, key: str, label: str, one: Any) -> Iterator[Field]:
    tables = {"status": terms.STATUSES, "verdict": terms.VERDICTS, "stands": terms.VERDICTS}
    if key in tables:
        allowed = ("refused", "allowed", "waived") if key == "verdict" else tuple(k for k in tables[key] if k not in ("refused", "allowed", "waived"))
        keys = allowed if key != "status" else tuple(terms.STATUSES)
        yield Field(path, label, "choice", one, [(k, terms.status(k) if key == "status" else terms.verdict(k)) for k in keys])
    elif key in ("copies", "archived"):
        yield Field(path, label, "names", one, department_choices())
    elif isinstance(one, bool):
        yield Field(path, label, "yesno", one, [("true", _("yes")), ("false", _("no"))])
    elif isinstance(one, datetime):
        yield Field(path, label, "moment", one)
    elif isinstance(one, date):
        yield Field(path, label, "day", one)
    elif isinstance(one, (int, float)):
        yield Field(path, label, "number", one)
    elif key == "owner":
        yield Field(path, label, "choice", one, owner_choices())
    elif isinstance(one, str):
        yield Field(path, label, "text", one)


def every(groups: list[Group]) -> dict[str, Field]:
    """All fields of a form by their place."""
    return {one.path: one for group in groups for one in group.fields}
