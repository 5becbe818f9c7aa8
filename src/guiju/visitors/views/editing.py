"""The plan as a form: a new visit, a plan being drawn up, a change of an approved one."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Conflict, Invalid
from guiju.visitors import actions, queries
from guiju.visitors.actions.steps import LOCKED
from guiju.visitors.forms import Entry
from guiju.visitors.models import Visit
from guiju.visitors.shapes import plan_of
from guiju.visitors.words import HOSTS, scope_words


def _entry(request: Asked, visit: Visit | None) -> Entry:
    data = request.POST if request.method == "POST" else None
    return Entry(
        hotel_id=request.hotel.pk, zone=ZoneInfo(request.hotel.zone), now=request.now, data=data, plan=plan_of(visit) if visit else None,
        by_table=visit.by_table if visit else None, version=visit.version if visit else None,
    )


@page("visitors.edit")
def new(request: Asked) -> HttpResponse:
    """Write a visit down."""
    entry = _entry(request, None)
    if request.method == "GET" or request.POST.get("more"):
        return _shown(request, entry, None)
    if not entry.is_valid():
        return _shown(request, entry, None, status=422)
    try:
        visit = actions.draw(request.hotel, plan=entry.read(), by=request.actor, now=request.now)
    except Invalid as wrong:
        entry.complain(wrong)
        return _shown(request, entry, None, status=422)
    messages.success(request, _("Written down: %(number)s.") % {"number": visit.number})
    return HttpResponseRedirect(reverse("visitors:visit", args=[visit.pk]))


@page("visitors.edit")
def change(request: Asked, pk: Any) -> HttpResponse:
    """Change a plan: freely while it is drawn up; once approved by asking, or at once in an emergency."""
    visit = queries.pick(request.actor, pk)
    entry = _entry(request, visit)
    if request.method == "GET" or request.POST.get("more"):
        return _shown(request, entry, visit)
    if not entry.is_valid():
        return _shown(request, entry, visit, status=422)
    try:
        done = _step(request, visit, entry)
    except Invalid as wrong:
        entry.complain(wrong)
        return _shown(request, entry, visit, status=422)
    except Conflict as conflict:
        return _shown(request, entry, visit, clash=conflict, status=409)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("visitors:visit", args=[visit.pk]))


def _step(request: Asked, visit: Visit, entry: Entry) -> str:
    step = {"version": entry.form.cleaned_data["version"] or 0, "by": request.actor, "now": request.now}
    reason = entry.form.cleaned_data["reason"]
    if visit.state not in LOCKED:
        actions.redraw(visit, plan=entry.read(), **step)
        return _("Saved.")
    how = request.POST.get("how", "ask")
    if how == "ask":
        actions.ask_change(visit, plan=entry.read(), reason=reason, **step)
        return _("Asked for. The plan stays as it is until the change is approved.")
    actions.change_plan(visit, plan=entry.read(), reason=reason, emergency=how == "emergency", **step)
    return _("Changed at once. It is to be approved afterwards, within 24 hours.")


def _shown(request: Asked, entry: Entry, visit: Visit | None, *, clash: Conflict | None = None, status: int = 200) -> HttpResponse:
    given = visit.by_table if visit else {}
    rows = []
    if clash is not None:
        rows = [{"name": label, "mine": mine, "theirs": theirs} for label, mine, theirs in clash.details.get("words", {}).values()]
    return render(request, "visitors/form.html", {
        "entry": entry, "form": entry.form, "visit": visit, "locked": visit is not None and visit.state in LOCKED,
        "table_grade": given.get("grade", ""), "table_scope": scope_words(given.get("scope", [])), "table_host": HOSTS.get(given.get("host", ""), ""),
        "clash": rows, "is_clash": clash is not None, "version": clash.details.get("version") if clash else visit.version if visit else None,
    }, status=status)
