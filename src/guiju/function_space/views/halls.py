"""The halls: listed, added, changed, closed, read from a table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.forms import FileForm, complain
from guiju.clients.views.files import step_of
from guiju.function_space import actions, sheets
from guiju.function_space.forms import HallForm
from guiju.function_space.models import Hall
from guiju.function_space.queries.space import halls_of
from guiju.function_space.views.asking import carried
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.lists import back, downloaded, formats
from guiju.shelf.errors import Invalid, Refusal
from guiju.shelf.tables import parse


@page("function_space.view", methods=("GET",))
def halls(request: Asked) -> HttpResponse:
    """All halls with size, capacities, hire, set-up and clearing, and what they are made of."""
    found = halls_of(request.hotel.pk)
    if request.GET.get("export"):
        return downloaded(request, found.all, sheets.hall_columns(found), "halls")
    rows = [(hall, found.parts_text(hall.pk)) for hall in found.all]
    context = {"rows": rows, "formats": formats(request), "may_setup": request.actor.may("function_space.setup"), "styles": sheets.styles()}
    return render(request, "function_space/halls.html", context)


@page("function_space.setup")
def hall(request: Asked, pk: Any = None) -> HttpResponse:
    """Add a hall, change one, close or reopen it."""
    found = halls_of(request.hotel.pk)
    row: Hall | None = Hall.objects.select_related("hotel").pick(request.hotel.pk, pk) if pk else None
    what = request.POST.get("what", "")
    if row and what in ("close", "reopen"):
        said = request.POST.get("version", "")
        step_it = actions.close_hall if what == "close" else actions.reopen_hall
        step_it(row, version=int(said) if said.isdecimal() else 0, **step_of(request))
        return back("function_space:halls")
    first = {name: getattr(row, name, None) for name in HallForm.base_fields} if row else {}
    if row:
        first["parts"] = [part.code for part in found.smallest(row.pk)]
    form = HallForm(request.POST or None, initial=first, halls=found, hall=row)

    def step(given: dict[str, Any]) -> Hall:
        values = form.said(given)
        if row is None:
            return actions.add_hall(request.hotel, **values, **step_of(request))
        return actions.edit_hall(row, version=given["version"] or 0, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return back("function_space:halls")
    context = {"form": form, "hall": row, "title": row.shown if row else _("New hall")}
    return render(request, "function_space/hall.html", context, status=422 if form.errors else 200)


@page("function_space.setup", once=False)
def table(request: Asked) -> HttpResponse:
    """Halls from a table, matched by code: all of it or nothing."""
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                rows = sheets.hall_rows(parse(file.read(), file.name))

                def answer() -> HttpResponse:
                    done = actions.import_halls(request.hotel, rows=rows, **step_of(request))
                    messages.success(request, _("%(many)s halls read in.") % {"many": len(done)})
                    return back("function_space:halls")

                return answer_once(request, answer)
            except Invalid as wrong:
                complain(form, wrong)
            except Refusal as refused:
                form.add_error("file", refused.message)
                status = refused.status
    context = {"form": form, "heads": sheets.heads(), "title": _("Halls from a table"), "back": "function_space:halls"}
    return render(request, "function_space/table.html", context, status=status)
