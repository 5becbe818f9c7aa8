"""Editions and drafts: the list, a draft beside the edition in force, proposing and deciding."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.duties import saying
from guiju.duties.models import Edition
from guiju.editions import actions, cases, differences, merging, panels, queries
from guiju.editions.models import Draft
from guiju.editions.views.common import draft_of, step, to, version
from guiju.editions.wordings import clauses_of, newest, unchanged
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Conflict, Invalid


@page("standard.drafts", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """Drafts in work, those that wait, and all editions."""
    return _listed(request)


def _listed(request: Asked, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    context = {
        "drafts": queries.draft_lines(request.hotel.pk), "editions": queries.edition_lines(request.hotel.pk, request.now), "errors": errors or {},
        "asked": request.POST, "may_edit": request.actor.may("standard.edit"),
    }
    return render(request, "editions/list.html", context, status=422 if errors else 200)


@page("standard.edit", methods=("POST",))
def begin(request: Asked) -> HttpResponse:
    """Begin a draft."""
    try:
        found = actions.begin_draft(request.hotel, title=request.POST.get("title", ""), **step(request))
    except Invalid as wrong:
        return _listed(request, wrong.errors)
    return to("draft", found.pk)


@page("standard.view", methods=("GET",))
def edition(request: Asked, pk: UUID) -> HttpResponse:
    """One edition beside the one before it."""
    row = Edition.objects.pick(request.actor.hotel_id, pk)
    before = queries.edition_before(row)
    draft = Draft.objects.filter(edition=row).first()
    names = queries.names_of((row.approved_by_id, draft.proposed_by_id if draft else None))
    context = {
        "edition": row, "before": before, "changes": differences.compare(before.texts, row.texts) if before else [],
        "count": len(clauses_of(row.texts)), "approved_by": names.get(row.approved_by_id, ""),
        "proposed_by": names.get(draft.proposed_by_id, "") if draft else "", "draft": draft, "ahead": row.effective_at > request.now,
    }
    return render(request, "editions/edition.html", context)


@page("standard.drafts", methods=("GET",))
def draft(request: Asked, pk: UUID) -> HttpResponse:
    """A draft beside the edition in force, its cases, and what can be done with it."""
    return shown(request, draft_of(request, pk))


def shown(request: Asked, row: Draft, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    """The page of a draft; `errors` are what was wrong with proposing or returning it."""
    proof, latest = queries.proof_of(row.texts), newest(row.hotel_id, row.standard)
    changes = differences.compare(row.base.texts, row.texts)
    changed = {one.clause: one.state for one in changes}
    failing: dict[str, int] = {}
    for one in proof.failing:
        failing[one.case.clause] = failing.get(one.case.clause, 0) + 1
    names = queries.names_of((row.begun_by_id, row.proposed_by_id, row.decided_by_id))
    chapters: dict[str, list[dict[str, Any]]] = {}
    for name, told in clauses_of(row.texts).items():
        line = {"id": name, "text": told.get("text", {}).get("en" if saying.english() else "zh", ""), "state": changed.get(name, ""),
        "failing": failing.get(name, 0)}
        chapters.setdefault(name.partition(".")[0], []).append(line)
    behind = row.waiting and latest is not None and latest.pk != row.base_id
    context = {
        "draft": row, "proof": proof, "changes": changes, "posts": differences.post_duties(row.base.texts, row.texts),
        "same": unchanged(row.base.texts, row.texts), "chapters": chapters, "names": names, "errors": errors or {}, "asked": request.POST,
        "failing": [(one, cases.differences(one), _number(row, one)) for one in proof.failing[:20]],
        "behind": latest if behind else None, "first_day": _tomorrow(request), "place": panels.DRAFT_PANELS,
        "by": names.get(row.begun_by_id, ""), "proposed_by": names.get(row.proposed_by_id, ""), "decided_by": names.get(row.decided_by_id, ""),
        "may_edit": request.actor.may("standard.edit") and row.editable,
        "may_take_back": request.actor.may("standard.edit") and row.state == Draft.State.PROPOSED,
        "may_decide": request.actor.may("standard.approve") and row.state == Draft.State.PROPOSED and row.proposed_by_id != request.actor.person_id,
        "history": [(saying.fact(entry.kind), entry) for entry in queries.history_of(row.hotel_id, row.subject)],
    }
    return render(request, "editions/draft.html", context, status=422 if errors else 200)


def _number(row: Draft, one: Any) -> int:
    """Which case of its clause this is."""
    return next((n for n, told in enumerate(clauses_of(row.texts)[one.case.clause]["case"]) if told.get("says") == one.case.says), 0)


def _tomorrow(request: Asked) -> datetime:
    local = request.now.astimezone(ZoneInfo(request.hotel.zone))
    return datetime.combine(local.date() + timedelta(days=1), time(0))


def _moment(request: Asked) -> datetime:
    """The day and time of the form, on the hotel's clock. Raises Invalid."""
    try:
        found = datetime.fromisoformat(f"{request.POST.get('effective_on', '')}T{request.POST.get('effective_time') or '00:00'}")
        if not 2000 <= found.year <= 2100:
            raise ValueError
    except ValueError:
        raise Invalid(errors={"effective_at": [_("A day and time, please.")]}) from None
    return found.replace(tzinfo=ZoneInfo(request.hotel.zone))


@page("standard.edit", methods=("POST",))
def propose(request: Asked, pk: UUID) -> HttpResponse:
    """Ask for approval, from a day on."""
    row = draft_of(request, pk)
    try:
        actions.propose(row, effective_at=_moment(request), version=version(request), **step(request))
    except Invalid as wrong:
        return shown(request, row, wrong.errors)
    messages.success(request, _("Proposed. The general manager has been told."))
    return to("draft", pk)


@page("standard.edit", methods=("POST",))
def take_back(request: Asked, pk: UUID) -> HttpResponse:
    """Take a proposal back into work."""
    actions.take_back(draft_of(request, pk), **step(request))
    return to("draft", pk)


@page("standard.approve", methods=("POST",))
def decide(request: Asked, pk: UUID) -> HttpResponse:
    """Approve, or return with a reason."""
    row = draft_of(request, pk)
    try:
        if request.POST.get("answer") == "approve":
            found = actions.approve(row, version=version(request), **step(request))
            messages.success(request, _("Approved: edition {number}.").format(number=found.number))
        else:
            actions.return_draft(row, reason=request.POST.get("reason", ""), version=version(request), **step(request))
            messages.success(request, _("Returned with your reason."))
    except Invalid as wrong:
        return shown(request, row, wrong.errors)
    return to("draft", pk)


@page("standard.edit", methods=("POST",))
def drop(request: Asked, pk: UUID) -> HttpResponse:
    """Give a draft up."""
    actions.drop_draft(draft_of(request, pk), **step(request))
    return to("list")


@page("standard.edit")
def newer(request: Asked, pk: UUID) -> HttpResponse:
    """Another edition was approved meanwhile: what both changed, side by side, and which of them holds."""
    row = draft_of(request, pk)
    latest = newest(row.hotel_id, row.standard)
    if latest is None or latest.pk == row.base_id:
        return to("draft", pk)
    both = merging.changed_twice(row.base.texts, row.texts, latest.texts)
    error = ""
    if request.method == "POST":
        keep = {name: request.POST.get(f"keep:{name}", "") for name in both}
        try:
            actions.take_in_newer(row, keep=keep, version=version(request), **step(request))
        except Conflict as conflict:
            if "clauses" not in conflict.details:
                raise
            error = _("Say for each clause which wording holds.")
        else:
            messages.success(request, _("The draft now stands on edition {number}.").format(number=latest.number))
            return to("draft", pk)
    mine, theirs = ({one.clause: one for one in differences.compare(row.base.texts, texts)} for texts in (row.texts, latest.texts))
    context = {
        "draft": row, "latest": latest, "both": [(name, mine[name], theirs[name], request.POST.get(f"keep:{name}", "")) for name in both],
        "theirs": [one for name, one in theirs.items() if name not in both], "error": error,
    }
    return render(request, "editions/newer.html", context, status=422 if error else 200)
