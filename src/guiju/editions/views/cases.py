"""A case of a clause in a draft: as it was and as it is, side by side; its form; what the clause now gives taken over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.editions import actions, cases, differences, fields
from guiju.editions.views.common import again, draft_of, entered, step, to, version
from guiju.editions.wordings import clauses_of, run_cases
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid, Missing


@page("standard.edit")
def case(request: Asked, pk: UUID, clause: str, number: int) -> HttpResponse:
    """One case: its form beside what it was in the edition in force."""
    return _shown(request, pk, clause, number)


def _shown(request: Asked, pk: UUID, clause: str, number: int, wrong: dict[str, list[str]] | None = None) -> HttpResponse:
    row = draft_of(request, pk)
    outcomes = run_cases(row.texts, clause)
    if number >= len(outcomes):
        raise Missing("no such case")
    told = outcomes[number].case.told
    groups, errors = fields.of_case(told), wrong or {}
    if request.method == "POST" and wrong is None:
        try:
            actions.change_case(row, clause=clause, number=number, changes=entered(request, groups), version=version(request), **step(request))
        except Invalid as refused:
            errors = refused.errors
            again(request, groups, errors)
        else:
            return to("case", pk, clause, number)
    base = clauses_of(row.base.texts).get(clause, {}).get("case", [])
    old = next((one for one in base if one.get("says") == told.get("says")), base[number] if number < len(base) else None)
    context = {
        "draft": row, "clause": clause, "number": number, "outcome": outcomes[number], "groups": groups, "errors": errors,
        "says": told.get("says", ""),
        "others": [text for path, texts in errors.items() if path not in fields.every(groups) for text in texts],
        "differences": cases.differences(outcomes[number]), "old": old, "old_lines": [*cases.lines(old), *cases.ends(old)] if old else [],
        "new_lines": [*cases.lines(told), *cases.ends(told)], "change": _change(old, told), "many": len(outcomes), "version": row.version,
        "asked": request.POST,
    }
    return render(request, "editions/case.html", context, status=422 if errors else 200)


def _change(old: dict[str, object] | None, told: object) -> differences.CaseChange | None:
    found = differences.clause("", {"case": [old] if old else []}, {"case": [told]}).cases
    return found[0] if found else None


@page("standard.edit", methods=("POST",))
def expect(request: Asked, pk: UUID, clause: str, number: int) -> HttpResponse:
    """Let the case expect what the clause now gives."""
    actions.expect_derived(draft_of(request, pk), clause=clause, number=number, version=version(request), **step(request))
    messages.success(request, _("The case now expects what the clause gives. Look whether its sentence still fits."))
    return to("case", pk, clause, number)


@page("standard.edit", methods=("POST",))
def copy(request: Asked, pk: UUID, clause: str, number: int) -> HttpResponse:
    """The case once more, under another sentence."""
    says = request.POST.get("says", "")
    try:
        actions.copy_case(draft_of(request, pk), clause=clause, number=number, says=says, version=version(request), **step(request))
    except Invalid as wrong:
        return _shown(request, pk, clause, number, {"copy": [text for texts in wrong.errors.values() for text in texts]})
    return to("case", pk, clause, number + 1)


@page("standard.edit", methods=("POST",))
def remove(request: Asked, pk: UUID, clause: str, number: int) -> HttpResponse:
    """Take the case out."""
    actions.remove_case(draft_of(request, pk), clause=clause, number=number, version=version(request), **step(request))
    return to("clause", pk, clause)
