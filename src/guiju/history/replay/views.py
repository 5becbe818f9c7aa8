"""The pages of the replays: the list with the form that asks for one, and one replay with its figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from guiju.history.queries import applied
from guiju.history.replay import actions, choosing, queries, showing
from guiju.history.replay.forms import ReplayForm
from guiju.history.replay.models import Replay
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import exported
from guiju.shelf.errors import Invalid, Missing


@page("history.replay")
def listing(request: Asked) -> HttpResponse:
    """The last replays, and what is needed to ask for another."""
    hotel_id, now = request.hotel.pk, request.now
    choices = choosing.choices(hotel_id, now)
    wanted, known = request.GET.get("edition", ""), dict(choices)
    draft = next((source for source in (wanted, f"draft:{wanted}") if source.startswith("draft:") and source in known), "")
    first = draft or (wanted if wanted in known else choosing.in_force(hotel_id, now))
    form = ReplayForm(choices, request.POST or None, initial={"edition": first, "beside": bool(draft)})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask(request.hotel, **form.asked(), by=request.actor, now=now)
        except Invalid as wrong:
            for name, texts in wrong.errors.items():
                for text in texts:
                    form.add_error(name if name in form.fields else None, text)
        else:
            return HttpResponseRedirect(reverse("replay:replay", args=[row.pk]))
    context = {"form": form, "rows": queries.newest(hotel_id), "has_history": bool(applied(request.hotel)), }
    return render(request, "replay/list.html", context, status=422 if form.errors else 200)


@page("history.replay", methods=("GET",))
def replay(request: Asked, pk: UUID) -> HttpResponse:
    """One replay: how far it is, or what it says; `export` gives the clauses as a table, or all of it as JSON."""
    row = _row(request, pk)
    if row.result is None:
        return render(request, "replay/running.html", {"row": row, "title": queries.in_words(row), "share": showing.share(row)})
    hotel = queries.hotel_of(row.result, request.GET.get("hotel", ""))
    asked = request.GET.get("export", "")
    if asked == "json":
        request.actor.require("house.export")
        return JsonResponse(row.result, json_dumps_params={"ensure_ascii": False})
    if asked:
        return exported(request, showing.lines(row.result, hotel), showing.COLUMNS, "replay")
    return render(request, "replay/replay.html", {"row": row, "title": queries.in_words(row), **showing.page(row, hotel, request.GET.get("who", ""))})


@page("history.replay", methods=("POST",))
def stop(request: Asked, pk: UUID) -> HttpResponse:
    """Stop a replay that waits or runs."""
    actions.stop(_row(request, pk), by=request.actor, now=request.now)
    return HttpResponseRedirect(reverse("replay:replay", args=[pk]))


def _row(request: Asked, pk: UUID) -> Any:
    row = Replay.objects.of(request.hotel.pk).filter(pk=pk).first()
    if row is None:
        raise Missing("no such replay")
    return row
