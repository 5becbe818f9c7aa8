"""The list of art orders by due time, and ordering one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.artwork import actions, queries
from guiju.artwork.forms import OrderForm, complain
from guiju.artwork.models import ArtOrder
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.house.naming import department_name
from guiju.shelf import registry
from guiju.shelf.errors import Invalid


def columns() -> list[Any]:
    """The columns of the list as it goes out."""
    return [
        (_("Number"), "number"), (_("What"), lambda row: row.get_item_display()), (_("For what occasion"), "title"),
        (_("State"), lambda row: row.get_state_display()), (_("Ready by"), "due_at"), (_("Chinese text"), "text_zh"), (_("English text"), "text_en"),
        (_("Size"), "size"), (_("Material"), "material"), (_("Quantity"), "quantity"), (_("Where it goes"), "place"), (_("Stands from"), "from_at"),
        (_("Stands until"), "until_at"), (_("Department"), lambda row: department_name(row.department)),
        (_("Ordered by"), lambda row: row.ordered_by.name if row.ordered_by else ""),
        (_("Made by"), lambda row: row.worker.name if row.worker else ""),
        (_("Material used"), "used"), (_("Cost"), "cost"),
    ]


@page("artwork.view", methods=("GET",))
def orders(request: Asked) -> HttpResponse:
    """The art orders, soonest due first; filters stand in the address."""
    actor, now = request.actor, request.now
    wanted = queries.filters_in(request.GET)
    rows = queries.listed(actor, wanted["view"], now, item=wanted["item"], text=wanted["q"])
    if request.GET.get("export"):
        return downloaded(request, rows[: queries.MOST_EXPORTED], columns(), "art-orders")
    makes = actor.may("artwork.make")
    found = list(rows[: queries.MOST + 1])
    names = registry.titles(actor.hotel_id, {(row.about_kind, row.about_id) for row in found if row.about_kind}, actor)
    shown = [
        {
            "row": row, "seal": queries.seal(row, now, makes=makes), "department": department_name(row.department),
            "about": names.get((row.about_kind, row.about_id), ("", "")),
        }
        for row in found[: queries.MOST]
    ]
    kept = {key: wanted[key] for key in ("item", "q") if wanted[key]}
    labels = {"open": _("To make"), "mine": _("Mine"), "standing": _("Standing now"), "done": _("Finished")}
    views = [{"label": labels[name], "url": f"?{urlencode({'view': name, **kept})}", "current": name == wanted["view"]} for name in queries.VIEWS]
    return render(request, "artwork/list.html", {
        "lines": shown, "more": len(found) > queries.MOST, "wanted": wanted, "views": views, "items": ArtOrder.Item.choices, "makes": makes,
        "late": sum(one["seal"] == "late" for one in shown), "may_order": actor.may("artwork.order"),
    })


@page("artwork.order")
def new(request: Asked) -> HttpResponse:
    """Order art work, for what the address names or for nothing in particular."""
    actor, now = request.actor, request.now
    about = _about(request)
    title = registry.titles(actor.hotel_id, [about], actor).get(about, ("", "")) if about else ("", "")
    tomorrow = timezone.localtime(now + timedelta(days=1)).replace(hour=17, minute=0, second=0, microsecond=0)
    initial = {"due_at": tomorrow, "title": request.GET.get("title", "")[:120], "item": request.GET.get("item", "welcome_board")}
    form = OrderForm(request.POST or None, actor=actor, zone=request.hotel.zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.card()
        try:
            row = actions.order(
                request.hotel, about=about, what=given.pop("item"), **given, department=form.cleaned_data.get("department", ""), by=actor, now=now
            )
        except Invalid as wrong:
            complain(form, wrong.errors)
        else:
            messages.success(request, _("Ordered: %(what)s.") % {"what": row})
            return HttpResponseRedirect(reverse("artwork:order", args=[row.pk]))
    return render(request, "artwork/form.html", {
        "form": form, "order": None, "about": f"{about[0]}:{about[1]}" if about else "", "about_title": title[0], "about_url": title[1],
    }, status=422 if form.errors else 200)


def _about(request: Asked) -> tuple[str, str] | None:
    """What the address (or the form) names: "booking:<id>"; None for nothing, or for what this hotel does not have."""
    kind, _colon, key = str(request.POST.get("about", "") or request.GET.get("about", "")).partition(":")
    pair = (kind[:30], key[:60])
    return pair if kind and pair in registry.titles(request.actor.hotel_id, [pair]) else None
