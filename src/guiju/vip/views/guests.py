"""The file of a VIP: what he likes, his stays; the personal note for named posts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Conflict, Invalid, NotAllowed
from guiju.vip import actions, queries
from guiju.vip.forms import GuestForm
from guiju.vip.models import VipGuest
from guiju.vip.shapes import GUEST
from guiju.vip.words import GUEST_NAMES


@page("vip.whole")
def guest(request: Asked, pk: Any) -> HttpResponse:
    """One guest: who he is, what he likes, when he stayed; the personal note only for whoever may read it."""
    row = queries.pick_guest(request.actor, pk)
    if request.method == "GET":
        return _page(request, row, GuestForm(initial={name: getattr(row, name) for name in GUEST}), row.version)
    if not request.actor.may("vip.edit"):
        raise NotAllowed("vip.edit", permission="vip.edit")
    form, version = GuestForm(request.POST), request.POST.get("version", "")
    if form.is_valid() and version.isdecimal() and len(version) < 10:
        try:
            actions.change_guest(row, version=int(version), fields=form.cleaned_data, by=request.actor, now=request.now)
        except Invalid as wrong:
            for name, texts in wrong.errors.items():
                form.add_error(name if name in form.fields else None, " ".join(texts))
        except Conflict as clash:
            row = queries.pick_guest(request.actor, pk)
            return _page(request, row, form, clash.details["version"], clash=_clash(clash), status=409)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("vip:guest", args=[pk]))
    return _page(request, row, form, version or row.version, status=422)


@page("vip.notes", methods=("POST",))
def note(request: Asked, pk: Any) -> HttpResponse:
    """Write the personal note."""
    row, version = queries.pick_guest(request.actor, pk), request.POST.get("version", "")
    form = GuestForm(initial={name: getattr(row, name) for name in GUEST})
    try:
        actions.write_note(
            row, text=request.POST.get("note", ""), version=int(version) if version.isdecimal() and len(version) < 10 else 0, by=request.actor,
            now=request.now,
        )
    except Invalid as wrong:
        return _page(request, row, form, row.version, note_errors=wrong.errors["note"], status=422)
    except Conflict:
        row = queries.pick_guest(request.actor, pk)
        said = [_("Somebody saved this file before you. Compare with what is saved: %(note)s") % {"note": row.note}]
        return _page(request, row, form, row.version, note_errors=said, status=409)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("vip:guest", args=[pk]))


def _clash(clash: Conflict) -> list[tuple[Any, Any, Any]]:
    mine, theirs = clash.details.get("mine") or {}, clash.details.get("theirs") or {}
    return [(GUEST_NAMES.get(name, name), value, theirs.get(name, "")) for name, value in mine.items() if value != theirs.get(name)]


def _page(
    request: Asked, row: VipGuest, form: GuestForm, version: Any, *, clash: Any = None, note_errors: Any = (), status: int = 200
) -> HttpResponse:
    may_note = request.actor.may("vip.notes")
    return render(request, "vip/guest.html", {
        "guest": row, "form": form, "version": version, "clash": clash, "stays": queries.stays_of(row), "may_note": may_note,
        "note": (request.POST.get("note", row.note) if note_errors else row.note) if may_note else "", "note_errors": note_errors,
        "may_edit": request.actor.may("vip.edit"),
    }, status=status)
