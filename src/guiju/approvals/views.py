"""What waits for my word, what I asked, what was decided; one approval with its chain."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guiju.approvals import actions, queries
from guiju.approvals.models import Approval
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.shelf.errors import Invalid

MOST_EXPORTED = 5_000


@page("approvals.view", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """Three lists: waiting for me, asked by me, decided."""
    actor, now = request.actor, request.now
    which = request.GET.get("show", "")
    rows = {"asked": queries.asked_by, "decided": queries.decided}.get(which, lambda one: queries.waiting_for(one, now))(actor)
    if request.GET.get("export"):
        return downloaded(request, queries.lines(actor, rows[:MOST_EXPORTED], now), columns(), "approvals")
    waiting = queries.waiting_for(actor, now).count()
    views = [
        {"label": _("Waiting for me"), "url": "?", "current": which not in ("asked", "decided")},
        {"label": _("Asked by me"), "url": "?show=asked", "current": which == "asked"},
        {"label": _("Decided"), "url": "?show=decided", "current": which == "decided"},
    ]
    found = queries.lines(actor, rows[: queries.LISTED], now)
    context = {"lines": found, "views": views, "which": which, "waiting": waiting, "back": request.get_full_path()}
    return render(request, "approvals/list.html", context)


def columns() -> list[Any]:
    """The columns of the list as a file."""
    return [
        (_("What"), lambda line: str(line.label)), (_("About"), lambda line: line.row.title), (_("Asked by"), "asker"),
        (_("Asked at"), "row.asked_at"), (_("After the fact"), "row.is_afterwards"), (_("State"), lambda line: line.row.get_state_display()),
        (_("Whose turn"), "whose"), (_("Decided at"), "row.ended_at"), (_("Reason"), "row.reason"),
    ]


@page("approvals.view", methods=("GET",))
def approval(request: Asked, pk: Any) -> HttpResponse:
    """One approval: what is asked, why, the chain."""
    return _shown(request, queries.pick(request.actor, pk, request.now))


def _shown(request: Asked, row: Approval, errors: dict[str, list[str]] | None = None, at: str = "") -> HttpResponse:
    line = queries.lines(request.actor, [row], request.now)[0]
    context = {"line": line, "errors": errors or {}, "at": at, "asked": request.POST, "back": _back(request)}
    return render(request, "approvals/approval.html", context, status=422 if errors else 200)


@page("approvals.decide", methods=("POST",))
def decide(request: Asked, pk: Any) -> HttpResponse:
    """Approve, or send back with a reason."""
    row = queries.pick(request.actor, pk, request.now)
    accept = request.POST.get("answer") == "approve"
    try:
        actions.decide(row, accept=accept, reason=request.POST.get("reason", ""), by=request.actor, now=request.now)
    except Invalid as wrong:
        return _shown(request, row, wrong.errors, "decide")
    messages.success(request, _("Approved.") if accept else _("Sent back."))
    return HttpResponseRedirect(_back(request) or reverse("approvals:list"))


@page("approvals.ask", methods=("POST",))
def withdraw(request: Asked, pk: Any) -> HttpResponse:
    """Take one's question back."""
    row = queries.pick(request.actor, pk, request.now)
    try:
        actions.withdraw(row, reason=request.POST.get("reason", ""), by=request.actor, now=request.now)
    except Invalid as wrong:
        return _shown(request, row, wrong.errors, "withdraw")
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(_back(request) or reverse("approvals:approval", args=[pk]))


def _back(request: Asked) -> str:
    """The page the step was taken from."""
    path = request.POST.get("next", "")
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
