"""The command palette's search: what each room finds, actions after ">", clauses after "§"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guiju.desk import shell
from guiju.shelf import registry
from guiju.shelf.actor import Actor

EACH = 6  # results a source gives in the palette


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the results."""

    title: str
    detail: str
    url: str
    icon: str
    key: str = ""


def find(actor: Actor, text: str) -> list[tuple[Any, list[Hit]]]:
    """Groups of results for `text`: everything, or only actions after ">", only clauses after "§"."""
    first, rest = text[:1], text[1:].strip()
    if first in (">", "＞"):
        return _kept([(_("Actions"), _actions(actor, rest)), (_("Pages"), _pages(actor, rest))])
    if first in ("§", "条"):
        clauses = _clauses(actor, rest)
        if first == "§" or clauses:
            return _kept([(_("Clauses"), clauses)])
    if not text:
        return _kept([(_("Actions"), _actions(actor, "")), (_("Pages"), _pages(actor, ""))])
    groups = [
        (source.label, [Hit(*line) for line in source.find(actor, text, EACH)][:EACH])
        for source in registry.searches
        if actor.may(source.permission)
    ]
    groups += [(_("Clauses"), _clauses(actor, text)), (_("Actions"), _actions(actor, text)), (_("Pages"), _pages(actor, text))]
    return _kept(groups)


def _kept(groups: Iterable[tuple[Any, list[Hit]]]) -> list[tuple[Any, list[Hit]]]:
    return [(label, hits) for label, hits in groups if hits]


def _actions(actor: Actor, text: str) -> list[Hit]:
    words = {step.url_name: step.words for step in registry.steps}
    return [
        Hit(str(step.label), "", step.url, step.icon, step.key.upper())
        for step in shell.steps_for(actor)
        if _fits(text, str(step.label), words.get(step.name, ""))
    ][:EACH]


def _pages(actor: Actor, text: str) -> list[Hit]:
    lines = [line for group in shell.lines_for(actor, "").values() for line in group]
    return [
        Hit(str(line.label), "", line.url, line.icon, f"G {line.key.upper()}" if line.key else "")
        for line in lines
        if _fits(text, str(line.label), "")
    ][: EACH * 3]


def _clauses(actor: Actor, text: str) -> list[Hit]:
    if registry.clause_search is None or not actor.may("standard.view"):
        return []
    found = registry.clause_search(actor, text, EACH)
    return [
        Hit(title, clause_id, url, "manual")
        for clause_id, title in found
        if (url := _clause_address(clause_id))
    ]


def _clause_address(clause_id: str) -> str:
    from guiju.desk.templatetags.parts import to

    return to("duties:clause", clause_id)


def _fits(text: str, label: str, words: str) -> bool:
    sought = text.casefold()
    return not sought or sought in label.casefold() or any(word.startswith(sought) for word in words.casefold().split())
