"""Who waits for a hall, longest first; who could have it now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.views.files import step_of
from guiju.function_space import actions, sheets
from guiju.function_space.forms import WaitForm
from guiju.function_space.models import HallWaiting
from guiju.function_space.queries.space import halls_of
from guiju.function_space.queries.waiting import could_have, waiting_list
from guiju.function_space.refusing import HallTaken
from guiju.function_space.views.asking import carried, zone_of
from guiju.function_space.views.functions import to_function
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import back, downloaded, formats
from guiju.shelf import registry
from guiju.shelf.errors import Invalid


@page("function_space.view")
def waiting(request: Asked) -> HttpResponse:
    """The waiting list for halls: put somebody on it, take the hall for him when it is free, close the entry."""
    hotel = request.hotel
    halls = halls_of(hotel.pk)
    what = request.POST.get("what", "")
    form = WaitForm(request.POST if what == "add" else None, halls=halls, zone=zone_of(request))
    problem, status = "", 200
    if request.method == "POST":
        request.actor.require("function_space.hold")
        status = 422
        if what in ("close", "take"):
            entry = HallWaiting.objects.select_related("hall", "hotel").pick(hotel.pk, request.POST.get("entry"))
            try:
                if what == "take":
                    row = actions.take_waited_for(entry, **step_of(request))
                    messages.success(request, _("Taken: %(hall)s.") % {"hall": row.hall.shown})
                    return to_function(row)
                actions.close_waiting(entry, reason=request.POST.get("reason", ""), **step_of(request))
                return back("function_space:waiting")
            except Invalid as wrong:
                problem = " ".join(text for texts in wrong.errors.values() for text in texts)
            except HallTaken as taken:
                problem, status = taken.message, 409
        elif _added(request, form):
            return back("function_space:waiting")
    closed = request.GET.get("closed") == "1"
    rows = waiting_list(hotel.pk, closed=closed)
    if request.GET.get("export"):
        return downloaded(request, rows, sheets.waiting_columns(), "halls-waiting")
    could = {row.pk for row in could_have(hotel.pk, [row for row in rows if row.closed_at is None and row.until_at > request.now], halls)}
    about = {(row.about_kind, row.about_id) for row in rows if row.about_kind != "hall_waiting"}
    titles = registry.titles(hotel.pk, about, request.actor)
    context = {
        "rows": [(row, row.pk in could, titles.get((row.about_kind, row.about_id), ("", ""))[1]) for row in rows],
        "form": form, "problem": problem, "closed": closed, "could": len(could), "formats": formats(request),
        "may_hold": request.actor.may("function_space.hold"),
    }
    return render(request, "function_space/waiting.html", context, status=status)


def _added(request: Asked, form: WaitForm) -> bool:
    def step(values: dict[str, Any]) -> HallWaiting:
        given = {**form.taken(values), "label": values["label"], "persons": values["persons"]}
        return actions.wait_for(request.hotel, **given, **step_of(request))

    return carried(form, step) is not None
