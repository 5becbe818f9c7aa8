"""Checklists on a phone: my department's items of today, one item with its proof, withdrawing a tick."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.checklists import actions, queries
from guiju.checklists.models import Tick
from guiju.checklists.words import PROOFS, bare, name_of
from guiju.duties.models import Duty
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.lists import downloaded
from guiju.papers.files import read_back, store
from guiju.papers.views.common import photo_of
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.tables import Column

COLUMNS = (
    Column(gettext_lazy("Due at"), lambda one: one.duty.due_at, 18), Column(gettext_lazy("About"), lambda one: one.title, 30),
    Column(gettext_lazy("Item"), lambda one: one.name, 40), Column(gettext_lazy("Department"), lambda one: one.department),
    Column(gettext_lazy("Proof"), lambda one: PROOFS.get(one.proof, one.proof)), Column(gettext_lazy("Done"), lambda one: one.duty.met_at, 18),
    Column(gettext_lazy("Done by"), lambda one: one.tick.done_by_name if one.tick else ""),
    Column(gettext_lazy("Value"), lambda one: one.tick.value if one.tick else "", 30),
)


@page("checklists.view", methods=("GET",))
def mine(request: Asked) -> HttpResponse:
    """What my department has to do today, by the hour."""
    items = queries.of_today(request.actor, request.now)
    if request.GET.get("export"):
        return downloaded(request, items, COLUMNS, "checklists")
    left = [one for one in items if one.stands]
    context = {
        "groups": queries.grouped(items, request.now), "left": len(left), "late": sum(one.duty.due_at < request.now for one in left),
        "first": min((one.duty for one in left), key=lambda duty: duty.due_at, default=None), "next_url": request.path, "with_title": True,
    }
    return render(request, "checklists/mine.html", context)


@page("checklists.tick", once=False)
def item(request: Asked, pk: UUID) -> HttpResponse:
    """One item: what it wants, who did it; a POST ticks it."""
    duty = _duty(request, pk)
    if request.method == "GET":
        return _page(request, duty, {})
    errors: dict[str, list[str]] = {}
    upload = photo_of(request, errors)
    if errors:
        return _page(request, duty, errors)

    def enter() -> HttpResponse:
        kept = store(duty.hotel_id, *upload[:2], mime=upload[2], now=request.now) if upload else None
        name = bare(duty.occurrence)
        try:
            row = actions.tick(
                request.hotel, subject=(duty.subject_kind, duty.subject_id), clause=duty.clause, rule=duty.rule, item=name,
                value=request.POST.get("value", ""), photo=kept, reason=request.POST.get("reason", ""), by=request.actor, now=request.now,
            )
        except Invalid as wrong:
            return _page(request, duty, wrong.errors)
        undo_url = reverse("checklists:undo", args=[row.pk])
        messages.success(
            request, _("Done: %(item)s") % {"item": name_of(duty.clause, name)}, extra_tags=f"undo {undo_url} {int(queries.UNDO.total_seconds())}"
        )
        return HttpResponseRedirect(_way_back(request))

    return answer_once(request, enter)


@page("checklists.tick")
def undo(request: Asked, pk: UUID) -> HttpResponse:
    """Withdraw a tick; after five minutes with a reason."""
    row: Tick = Tick.objects.pick(request.hotel.pk, pk)
    duty = actions.duty_of(row)
    if duty is None or not queries.sees(request.actor, duty):
        raise Missing("no such tick")
    if request.method == "GET":
        return HttpResponseRedirect(reverse("checklists:item", args=[duty.pk]))
    try:
        actions.untick(row, reason=request.POST.get("reason", ""), by=request.actor, now=request.now)
    except Invalid as wrong:
        return _page(request, duty, {"undo": wrong.errors["reason"]})
    messages.info(request, _("Withdrawn: %(item)s") % {"item": name_of(row.clause, row.item)})
    return HttpResponseRedirect(_way_back(request))


@page("checklists.view", methods=("GET",))
def photo(request: Asked, pk: UUID) -> HttpResponse:
    """The photo of a tick, as a download."""
    row: Tick = Tick.objects.select_related("photo").pick(request.hotel.pk, pk)
    duty = actions.duty_of(row)
    if row.photo is None or row.photo.quarantined or row.photo.is_sealed or duty is None or not queries.sees(request.actor, duty):
        raise Missing("no such photo")
    response = HttpResponse(read_back(row.photo), content_type=row.photo.mime)
    response["Content-Disposition"] = content_disposition_header(True, row.photo.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _duty(request: Asked, pk: UUID) -> Duty:
    found: Duty = Duty.objects.pick(request.hotel.pk, pk)
    if not queries.is_item(found) or not queries.sees(request.actor, found):
        raise Missing("no such item")
    return found


def _page(request: Asked, duty: Duty, errors: dict[str, list[str]]) -> HttpResponse:
    one = queries.item_of(request.actor, duty, request.now)
    about = (duty.subject_kind, duty.subject_id)
    title, url = registry.titles(duty.hotel_id, [about], request.actor).get(about, ("", ""))
    context: dict[str, Any] = {
        "one": one, "title": title, "url": url, "errors": errors, "data": request.POST, "undo_free": one.undo_free(request.now),
        "past": queries.withdrawn(duty), "next_url": _ours(request.POST.get("next", "") or request.GET.get("next", "")),
    }
    return render(request, "checklists/item.html", context, status=422 if errors else 200)


def _ours(wanted: str) -> str:
    """An address of this site, else nothing."""
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _way_back(request: Asked) -> str:
    """Where the form asked to return to, if that is a page of ours; else my department's items."""
    return _ours(str(request.POST.get("next", ""))) or reverse("checklists:mine")
