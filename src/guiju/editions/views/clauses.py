"""Editing a clause of a draft: as a form, with its cases run at once, or as text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.duties import saying
from guiju.editions import actions, cases, differences, fields
from guiju.editions.models import Draft
from guiju.editions.views.common import again, draft_of, entered, step, to, version
from guiju.editions.wordings import clauses_of, run_cases, standard_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.rulebook import editing
from guiju.shelf.errors import Invalid, Missing

NEW = '''[[clause]]
id     = "own.name"
source = ""
weight = 1
[clause.text]
zh = ""
en = ""

[[clause.rule]]
name  = "do"
kind  = "timed"
owner = "handler"
opens = { on = "enquiry.received" }
due   = { within = "30m", calendar = "owner" }
met   = { on = "enquiry.taken" }

[[clause.case]]
says   = ""
facts  = [ { at = 2026-11-24T10:00:00, kind = "enquiry.received" }, { at = 2026-11-24T10:30:00, kind = "enquiry.taken" } ]
now    = 2026-11-24T12:00:00
expect = [ { rule = "do", due = 2026-11-24T10:30:00, status = "met" } ]
'''


def _told(row: Draft, clause: str) -> dict[str, Any]:
    told = clauses_of(row.texts).get(clause)
    if told is None:
        raise Missing("no such clause in this draft")
    return told


@page("standard.drafts")
def clause(request: Asked, pk: UUID, clause: str) -> HttpResponse:
    """One clause of a draft: its form, what it changes, its cases run now."""
    row = draft_of(request, pk)
    told = _told(row, clause)
    groups, errors = fields.of_clause(told), {}
    if request.method == "POST":
        request.actor.require("standard.edit")
        try:
            actions.change_clause(row, clause=clause, changes=entered(request, groups), version=version(request), **step(request))
        except Invalid as wrong:
            errors = wrong.errors
            again(request, groups, errors)
        else:
            messages.success(request, _("Saved in the draft; its cases were run."))
            return to("clause", pk, clause)
    return _page(request, row, clause, groups, errors)


def _page(request: Asked, row: Draft, clause: str, groups: list[fields.Group], errors: dict[str, list[str]]) -> HttpResponse:
    told, base = _told(row, clause), clauses_of(row.base.texts).get(clause)
    outcomes = run_cases(row.texts, clause)
    before = {str(one.get("says")): one for one in (base or {}).get("case", [])}
    lines = [
        {
            "number": number, "outcome": one, "lines": cases.lines(one.case.told), "ends": cases.ends(one.case.told),
            "differences": cases.differences(one), "changed": base is not None and before.get(one.case.says) != dict(one.case.told),
        }
        for number, one in enumerate(outcomes)
    ]
    known = set(fields.every(groups))
    context = {
        "draft": row, "clause": clause, "told": told, "title": told.get("text", {}).get("en" if saying.english() else "zh", ""), "groups": groups,
        "errors": errors, "others": [text for path, texts in errors.items() if path not in known for text in texts],
        "change": differences.clause(clause, base, told) if base != told else None, "cases": lines,
        "failing": sum(not one.holds for one in outcomes), "units": _units(), "may_edit": request.actor.may("standard.edit") and row.editable,
        "new": base is None, "problems": list(standard_of(row.texts)[1]),
    }
    return render(request, "editions/clause.html", context, status=422 if errors else 200)


def _units() -> list[tuple[str, str]]:
    words = {
        "m": _("minutes"), "h": _("hours"), "d": _("days"), "w": _("weeks"), "workdays": _("working days"), "months": _("months"),
        "years": _("years"),
    }
    return [(key, words[key]) for key in fields.UNITS]


@page("standard.edit")
def text(request: Asked, pk: UUID, clause: str) -> HttpResponse:
    """The clause as its TOML, for what the form does not hold."""
    row = draft_of(request, pk)
    _told(row, clause)
    place = editing.place_of(row.texts, clause)
    assert place is not None
    toml, errors = editing.block(row.texts[place.file], place), []
    if request.method == "POST":
        toml = request.POST.get("toml", "")
        try:
            actions.rewrite_clause(row, clause=clause, toml=toml, version=version(request), **step(request))
        except Invalid as wrong:
            errors = [text for texts in wrong.errors.values() for text in texts]
        else:
            return to("clause", pk, clause)
    context = {"draft": row, "clause": clause, "toml": toml, "errors": errors, "rows": min(40, toml.count("\n") + 3)}
    return render(request, "editions/text.html", context, status=422 if errors else 200)


@page("standard.edit")
def add(request: Asked, pk: UUID) -> HttpResponse:
    """A clause of the hotel's own, as TOML."""
    row = draft_of(request, pk)
    toml, errors = request.POST.get("toml", NEW), []
    if request.method == "POST":
        try:
            actions.add_clause(row, toml=toml, version=version(request), **step(request))
        except Invalid as wrong:
            errors = [text for texts in wrong.errors.values() for text in texts]
        else:
            return to("draft", pk)
    context = {"draft": row, "clause": "", "toml": toml, "errors": errors, "rows": 26}
    return render(request, "editions/text.html", context, status=422 if errors else 200)


@page("standard.edit", methods=("POST",))
def restore(request: Asked, pk: UUID, clause: str) -> HttpResponse:
    """The clause as the edition has it."""
    row = actions.restore_clause(draft_of(request, pk), clause=clause, version=version(request), **step(request))
    return to("clause", pk, clause) if clause in clauses_of(row.texts) else to("draft", pk)


@page("standard.edit", methods=("POST",))
def remove(request: Asked, pk: UUID, clause: str) -> HttpResponse:
    """Take the clause out of the draft."""
    actions.remove_clause(draft_of(request, pk), clause=clause, version=version(request), **step(request))
    messages.success(request, _("Taken out of the draft."))
    return to("draft", pk)
