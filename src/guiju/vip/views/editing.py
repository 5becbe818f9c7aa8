"""Writing a plan down, from the last one of the same guest; changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Conflict, Invalid, Refusal
from guiju.vip import actions, forms, queries
from guiju.vip.actions.planning import from_last, last_plan
from guiju.vip.models import VipGuest, VipPlan
from guiju.vip.stay import ladder
from guiju.vip.words import FIELD_NAMES


def _given(request: Asked) -> VipGuest | None:
    wanted = request.POST.get("guest") or request.GET.get("guest", "")
    return queries.pick_guest(request.actor, wanted) if wanted else None


@page("vip.edit")
def new(request: Asked) -> HttpResponse:
    """Plan the reception of a VIP: one who came before begins with his last plan and what he likes."""
    guest = _given(request)
    text = request.GET.get("name", "").strip()[:80]
    setup: dict[str, Any] = {"lang": request.LANGUAGE_CODE, "zone": request.hotel.zone, "with_guest": guest is None}
    if request.method == "GET":
        first = from_last(guest) if guest else {"grade": VipPlan.Grade.V2, "spaces": 1, "amenities": ladder(request.hotel.pk, "V2", request.now)}
        entry = forms.entry_for(None, initial={**first, **({"guest_name": text} if guest is None else {})}, **setup)
        return _page(request, entry, guest=guest, hits=queries.guests_like(request.hotel.pk, text) if guest is None else [], name=text)
    entry = forms.entry_for(request.POST, more=bool(request.POST.get("more")), **setup)
    if request.POST.get("more"):
        return _unchecked(request, entry, guest=guest)
    if entry.is_valid():
        try:
            return _draft(request, entry, guest)
        except Invalid as wrong:
            entry.complain(wrong)
    return _page(request, entry, guest=guest, status=422)


def _draft(request: Asked, entry: forms.Entry, guest: VipGuest | None) -> HttpResponse:
    step: dict[str, Any] = {"by": request.actor, "now": request.now}
    if guest is None:
        try:
            guest = actions.add_guest(request.hotel, fields=entry.form.guest_values(), **step)
        except Invalid as wrong:
            raise Invalid(errors={f"guest_{name}": texts for name, texts in wrong.errors.items()}) from wrong
    row = actions.draft_plan(request.hotel, guest=guest, fields=entry.form.values(), meals=entry.lines(), **step)
    return HttpResponseRedirect(reverse("vip:plan", args=[row.pk]))


@page("vip.edit")
def change(request: Asked, pk: Any) -> HttpResponse:
    """Change a plan: a draft at once; an approved one by asking for approval, in an emergency at once with approval afterwards."""
    row = queries.pick(request.actor, pk)
    setup: dict[str, Any] = {"lang": request.LANGUAGE_CODE, "zone": request.hotel.zone, "plan": row}
    if request.method == "GET":
        if row.state in queries.OVER:
            raise Refusal(_("A plan that is over does not change."), code="wrong_state")
        return _page(request, forms.entry_for(None, **setup), row=row, guest=row.guest, version=row.version)
    version = request.POST.get("version", "")
    entry = forms.entry_for(request.POST, more=bool(request.POST.get("more")), **setup)
    if request.POST.get("more"):
        return _unchecked(request, entry, row=row, guest=row.guest, version=version)
    if not version.isdecimal() or len(version) > 9:
        entry.notes.append(_("Open the page again: it does not say which version you changed."))
    elif entry.is_valid():
        got = entry.form.cleaned_data
        try:
            done = actions.change_plan(
                row, version=int(version), fields=entry.form.values(), meals=entry.lines(), reason=got["reason"], emergency=got["emergency"],
                by=request.actor, now=request.now,
            )
        except Invalid as wrong:
            entry.complain(wrong)
        except Conflict as clash:
            row = queries.pick(request.actor, pk)
            return _page(request, entry, row=row, guest=row.guest, version=row.version, clash=_clash(clash), status=409)
        else:
            if done is not None and done.made_at is None:
                messages.info(request, _("The change waits for approval; until then the plan stands as it was."))
            elif done is not None and done.is_emergency:
                messages.warning(request, _("Changed at once. The approval is owed afterwards."))
            return HttpResponseRedirect(reverse("vip:plan", args=[row.pk]))
    return _page(request, entry, row=row, guest=row.guest, version=version, status=422)


def _clash(clash: Conflict) -> list[tuple[Any, Any, Any]]:
    mine, theirs = clash.details.get("mine") or {}, clash.details.get("theirs") or {}
    differing = [name for name, value in mine.items() if name in FIELD_NAMES and value != theirs.get(name)]
    return [(FIELD_NAMES[name], mine[name], theirs.get(name, "")) for name in differing]


def _unchecked(request: Asked, entry: forms.Entry, **more: Any) -> HttpResponse:
    """Only further rows were asked for: nothing is complained about yet."""
    for form in (entry.form, *entry.meals):
        form._errors = {}  # type: ignore[assignment]  # Django's own mark of "checked, nothing wrong"
        form.cleaned_data = {}
    return _page(request, entry, **more)


def _page(
    request: Asked, entry: forms.Entry, *, row: VipPlan | None = None, guest: VipGuest | None = None, version: Any = "", clash: Any = None,
    hits: Any = (), name: str = "", status: int = 200,
) -> HttpResponse:
    firm = row is not None and row.state in (VipPlan.State.APPROVED, VipPlan.State.ARRIVED)
    return render(request, "vip/form.html", {
        "entry": entry, "form": entry.form, "plan": row, "guest": guest, "version": version, "clash": clash, "hits": hits, "name": name, "firm": firm,
        "last": last_plan(guest) if guest is not None and row is None else None,
    }, status=status)
