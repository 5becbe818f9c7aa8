"""The menus of the house."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.events import actions, queries
from guiju.events.forms import MenuForm, complain
from guiju.events.models import Menu
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded, formats
from guiju.shelf.errors import Invalid, NotAllowed


@page("events.see_menus", methods=("GET",))
def menus(request: Asked) -> HttpResponse:
    """All menus, those on offer first."""
    rows = queries.menus_for(request.actor.hotel_id, all_of_them=True)
    if request.GET.get("export"):
        columns = [
            (_("Menu"), "name"), (_("English name"), "name_en"), (_("Price for"), lambda row: row.get_basis_display()), (_("Unit price"), "price"),
            (_("On offer"), lambda row: _("yes") if row.is_active else _("no")), (_("Dishes"), "dishes"),
        ]
        return downloaded(request, rows, columns, "menus")
    return render(request, "events/menus.html", {"rows": rows, "may": request.actor.may("events.menus"), "formats": formats(request)})


@page("events.menus")
def new(request: Asked) -> HttpResponse:
    """Put a menu into the library."""
    form = MenuForm(request.POST if request.method == "POST" else None, initial={"basis": "table"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_menu(request.hotel, card=form.cleaned_data, by=request.actor, now=request.now)
        except Invalid as wrong:
            complain(form, wrong.errors, wrong.message)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("events:menus"))
    return _form(request, form, None)


@page("events.see_menus")
def menu(request: Asked, pk: Any) -> HttpResponse:
    """One menu; who may change it has its form here."""
    row: Menu = Menu.objects.pick(request.actor.hotel_id, pk)
    if request.method == "GET":
        shown = {name: getattr(row, name) for name in MenuForm.base_fields}
        return _form(request, MenuForm(initial=shown), row)
    if not request.actor.may("events.menus"):
        raise NotAllowed("events.menus", permission="events.menus")
    step: dict[str, Any] = {"by": request.actor, "now": request.now}
    if request.POST.get("what") == "close":
        actions.close_menu(row, **step)
        return HttpResponseRedirect(reverse("events:menus"))
    form = MenuForm(request.POST)
    if form.is_valid():
        version = request.POST.get("version", "")
        try:
            actions.change_menu(row, version=int(version) if version.isdecimal() else row.version, card=form.cleaned_data, **step)
        except Invalid as wrong:
            complain(form, wrong.errors, wrong.message)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("events:menus"))
    return _form(request, form, row)


def _form(request: Asked, form: MenuForm, row: Menu | None) -> HttpResponse:
    context = {"form": form, "menu": row, "may": request.actor.may("events.menus")}
    return render(request, "events/menu.html", context, status=422 if form.errors else 200)
