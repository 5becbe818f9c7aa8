"""A case as a person reads it: what happens at which moment, when one looks, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from guiju.duties import saying
from guiju.editions import terms, words
from guiju.rulebook.cases import RESERVED
from guiju.rulebook.derived import Outcome

EXPECTED: dict[str, Any] = {
    "due": pgettext_lazy("case", "due"), "status": pgettext_lazy("case", "stands"), "met": pgettext_lazy("case", "done at"),
    "ended": pgettext_lazy("case", "fallen away at"),
    "starts": pgettext_lazy("case", "shown from"), "opens": pgettext_lazy("case", "begins"), "owner": pgettext_lazy("case", "owed by"),
    "owner_id": pgettext_lazy("case", "person"),
    "charged_to": pgettext_lazy("case", "lateness counts against"), "evidence": pgettext_lazy("case", "evidence"),
    "effects": pgettext_lazy("case", "done by the clock"),
    "escalated": pgettext_lazy("case", "told so far"), "acts": pgettext_lazy("case", "acting"), "occurrence": pgettext_lazy("case", "which"),
    "subject": pgettext_lazy("case", "about"),
    "rule": pgettext_lazy("case", "duty"), "verdict": pgettext_lazy("case", "verdict"), "missing": pgettext_lazy("case", "missing"),
    "copies": pgettext_lazy("case", "copies"),
    "archived": pgettext_lazy("case", "kept by"), "stands": pgettext_lazy("case", "stands"), "gaps": pgettext_lazy("case", "gaps"),
    "gives": pgettext_lazy("case", "gives"),
    "steps": pgettext_lazy("case", "approvers"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a case: where it stands in it, and the words."""

    path: tuple[str | int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a case expects and what the clause gives, in words."""

    what: str
    wanted: str
    found: str


def fact(told: Mapping[str, Any]) -> str:
    """周二 10:00 收到询订 (有协议 是)"""
    kind = str(told.get("fact") or told.get("kind") or "")
    attrs = {key: one for key, one in told.items() if key not in RESERVED} | dict(told.get("attrs", {}))
    if "fact" in told and "kind" in told:
        attrs["kind"] = told["kind"]
    about = f" {told['subject']}" if isinstance(told.get("subject"), str) else ""
    asked = f" ({words.conditions(attrs)})" if attrs else ""
    return f"{words.plain(told.get('at', ''))} {saying.fact(kind)}{about}{asked}"


def expected(key: str, found: Any) -> str:
    """One thing that is expected of a duty or a step, in words."""
    if found in (None, ""):
        return _("nobody") if key in ("owner_id", "charged_to", "acts") else _("nothing")
    if key == "status":
        return terms.status(str(found))
    if key in ("verdict", "stands"):
        return terms.verdict(str(found))
    if key == "missing":
        return words.needs(found)
    if key == "evidence":
        return saying.fact(str(found))
    if key in words.NAMES:
        return words.owners(found)
    if key in ("gaps",):
        return pgettext("list", ", ").join(terms.attribute(str(name)) for name in found) or _("none")
    if isinstance(found, Mapping):
        return words.listed(found) or _("nothing")
    return words.plain(found)


def duty(told: Mapping[str, Any]) -> str:
    """What is expected of one duty."""
    parts = [f"{EXPECTED.get(key, key)} {expected(key, one)}" for key, one in told.items() if key != "rule"]
    return pgettext("list", ", ").join(parts) or _("is owed")


def lines(told: Mapping[str, Any]) -> list[Said]:
    """The whole case, line by line."""
    out = [Said(("facts", place), fact(one)) for place, one in enumerate(told.get("facts", []))]
    for key, head in (("holidays", _("holidays")), ("makeup", _("make-up working days")), ("effective_at", _("this edition from"))):
        if key in told:
            out.append(Said((key,), f"{head}: {words.plain(told[key])}"))
    if "verb" in told:
        out.append(Said(("verb",), f"{words.HEADINGS['verb']}: {saying.step(str(told['verb']))}"))
    if "paper" in told:
        out.append(Said(("paper",), f"{words.HEADINGS['paper']}: {terms.value(str(told['paper']))}"))
    for key in ("attrs", "record", "figure", "given"):
        if told.get(key):
            out.append(Said((key,), words.conditions(told[key])))
    if "needs" in told:
        said = pgettext("list", ", ").join(f"{words.need(name)} {words.plain(one)}" for name, one in told["needs"].items())
        out.append(Said(("needs",), said))
    if "now" in told:
        out.append(Said(("now",), _("Looked at {when}").format(when=words.plain(told["now"]))))
    return out


def ends(told: Mapping[str, Any]) -> list[Said]:
    """What must come of it."""
    out = [Said(("expect", place), duty(one)) for place, one in enumerate(told.get("expect", []))]
    if "expect" in told and not told["expect"]:
        out.append(Said(("expect",), _("nothing is owed")))
    for key in ("verdict", "missing", "copies", "archived", "stands", "gaps", "gives", "steps"):
        if key in told:
            out.append(Said((key,), f"{EXPECTED[key]}: {expected(key, told[key])}"))
    return out


def differences(outcome: Outcome) -> list[Difference]:
    """What does not hold, expected against derived."""
    out = []
    for one in outcome.differs:
        key = str(one.path[-1])
        if key == "rule" and one.found is None:
            out.append(Difference(_("the whole duty"), duty({}), _("no such duty")))
        elif key != "rule":
            wanted = _("no such duty") if len(one.path) == 3 and one.wanted is None else expected(key, one.wanted)
            out.append(Difference(str(EXPECTED.get(key, key)), wanted, expected(key, one.found)))
    return out
