"""Two wordings side by side: clause by clause, field by field, case by case, in words (old → new)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guiju.duties import saying
from guiju.editions import cases, words
from guiju.editions.wordings import changed_clauses, clauses_of, post_duties_of

WHOLE = ("opens", "met", "ends", "pauses", "escalates", "waive", "then", "items", "steps", "rows", "grace", "score")  # said as one thing
OWN = ("grace", "score")  # tables whose keys are said one by one
SAME = object()
LONG = 24  # from this many letters on only what differs is marked
WORDS = re.compile(r"[A-Za-z0-9%']+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One field that two wordings have otherwise."""

    what: str
    old: str
    new: str
    prose: bool = False  # a sentence: only what differs of it is marked

    @property
    def cut(self) -> tuple[str, str, str, str] | None:
        """Of two long sentences: what both begin with, what was, what is, what both end with; None where they are better said whole."""
        if not self.prose or min(len(self.old), len(self.new)) < LONG:
            return None
        old, new = WORDS.findall(self.old), WORDS.findall(self.new)
        head = next((n for n, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), min(len(old), len(new)))
        rest = min(len(old), len(new)) - head
        tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
        if head + tail < max(len(old), len(new)) / 3:
            return None
        ends = (len(old) - tail, len(new) - tail)
        return "".join(old[:head]), "".join(old[head : ends[0]]), "".join(new[head : ends[1]]), "".join(old[ends[0] :])


@dataclass(frozen=True, slots=True)
class Part:
    """A rule (or the head) of a clause with its changed fields; `state`: changed, new or gone."""

    title: str
    state: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that was changed, added or taken out: its sentences and its differing lines, side by side."""

    state: str
    old_says: str
    new_says: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that two wordings have otherwise."""

    clause: str
    state: str
    text: Mapping[str, str]
    parts: tuple[Part, ...]
    cases: tuple[CaseChange, ...]

    @property
    def title(self) -> str:
        """The sentence of the clause in the reader's language."""
        return self.text.get("en" if saying.english() else "zh", "")

    @property
    def summary(self) -> str:
        """30 分 → 20 分; the first changed field in one line."""
        found = next((line for part in self.parts for line in part.lines if len(line.old) < 40 and len(line.new) < 40), None)
        return f"{found.what} {found.old} → {found.new}" if found else ""


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> list[Changed]:
    """All clauses that the new texts have otherwise than the old ones."""
    before, after = clauses_of(old), clauses_of(new)
    return [clause(name, before.get(name), after.get(name)) for name in changed_clauses(old, new)]


def post_duties(old: Mapping[str, str], new: Mapping[str, str]) -> list[Changed]:
    """The duties of posts that two wordings have otherwise."""
    before, after = ({str(one.get("id")): one for one in post_duties_of(texts)} for texts in (old, new))
    names = [name for name in dict.fromkeys((*after, *before)) if before.get(name) != after.get(name)]
    return [clause(name, before.get(name), after.get(name)) for name in names]


def clause(name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Changed:
    """One clause in two wordings; None where it is not there."""
    one = new or old or {}
    state = "changed" if old and new else "new" if new else "gone"
    parts = tuple(part for part in _parts(old or {}, new or {}) if part.lines or part.state != "changed")
    return Changed(name, state, one.get("text", {}), parts, tuple(_cases((old or {}).get("case", []), (new or {}).get("case", []))))


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Part]:
    head = {key for key in (*old, *new) if key not in ("rule", "case", "id")}
    yield Part("", "changed", tuple(_lines({k: old[k] for k in head if k in old}, {k: new[k] for k in head if k in new})))
    before = {str(rule.get("name")): rule for rule in old.get("rule", [])}
    after = {str(rule.get("name")): rule for rule in new.get("rule", [])}
    for name in dict.fromkeys((*before, *after)):
        state = "changed" if name in before and name in after else "new" if name in after else "gone"
        kind = str((after.get(name) or before[name]).get("kind", ""))
        title = str(saying.RULE_KINDS.get(kind, kind))
        record = str((after.get(name) or before[name]).get("record", ""))
        yield Part(title, state, tuple(_lines(_bare(before.get(name)), _bare(after.get(name)), record)))


def _bare(rule: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: one for key, one in (rule or {}).items() if key not in ("name", "kind")}


def _flat(told: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """The fields that are said one by one: path -> value."""
    out: dict[tuple[str | int, ...], Any] = {}
    for key, one in told.items():
        here = (*path, key)
        if (isinstance(one, Mapping) and (not path and key in ("text", "due", "where", *OWN))) or (isinstance(one, Mapping) and path == ("due",)):
            out |= _flat(one, here)
        elif key == "late" and isinstance(one, list):
            for place, late in enumerate(one):
                out |= _flat(late, (*here, place)) if isinstance(late, Mapping) else {(*here, place): late}
        else:
            out[here] = one
    return out


def _lines(old: Mapping[str, Any], new: Mapping[str, Any], record: str = "") -> Iterator[Line]:
    before, after = _flat(old), _flat(new)
    for path in dict.fromkeys((*before, *after)):
        left, right = before.get(path, SAME), after.get(path, SAME)
        if left != right or type(left) is not type(right):
            said = [_("not said") if one is SAME else words.value(path, one, record) for one in (left, right)]
            yield Line(words.heading(path), said[0], said[1], prose=path[0] == "text")


def _cases(old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> Iterator[CaseChange]:
    pairs = _paired(old, new)
    for left, right in pairs:
        if left == right:
            continue
        state = "changed" if left and right else "new" if right else "gone"
        yield CaseChange(state, str((left or {}).get("says", "")), str((right or {}).get("says", "")), tuple(_case_lines(left, right)))


def _paired(
    old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Cases that are the same one: equal, of the same sentence, or the ones left in the same order."""
    left, right = list(old), list(new)
    equal = [one for one in right if one in left]
    left, right = [one for one in left if one not in equal], [one for one in right if one not in equal]
    by_words = {str(one.get("says")): one for one in left}
    pairs: list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]] = []
    rest = []
    for one in right:
        same = by_words.pop(str(one.get("says")), None)
        if same is not None:
            pairs.append((same, one))
        else:
            rest.append(one)
    others = list(by_words.values())
    for place in range(max(len(rest), len(others))):
        pairs.append((others[place] if place < len(others) else None, rest[place] if place < len(rest) else None))
    return pairs


def _case_lines(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Line]:
    before = {one.path: one.text for one in (*cases.lines(old or {}), *cases.ends(old or {}))} if old else {}
    after = {one.path: one.text for one in (*cases.lines(new or {}), *cases.ends(new or {}))} if new else {}
    for path in dict.fromkeys((*before, *after)):
        if before.get(path) != after.get(path):
            what = words.HEADINGS["expect"] if path[0] == "expect" else cases.EXPECTED.get(str(path[0]), _("What happens"))
            yield Line(str(what), before.get(path, ""), after.get(path, ""))
