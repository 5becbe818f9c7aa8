"""The list of events; filters stand in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.events import queries
from guiju.events.models import Event
from guiju.events.shape import FUNCTIONS, functions_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded, formats

MOST_EXPORTED = 20_000


def most(event: Event, what: str) -> int:
    """The largest of its functions: persons or tables."""
    return max((getattr(row, what) for row in functions_of(event)), default=0)


def halls(event: Event) -> str:
    """Its halls, each once."""
    return ", ".join(dict.fromkeys(row.hall.shown for row in functions_of(event) if row.hall))


@page("events.view", methods=("GET",))
def events(request: Asked) -> HttpResponse:
    """Events in order of their day, from today unless asked otherwise."""
    wanted = queries.filters_in(request.GET)
    if not any(wanted.values()) and not request.GET.get("all"):
        wanted["from"] = timezone.localtime(request.now).date().isoformat()
    rows = queries.filtered(request.actor.hotel_id, wanted, person_id=request.actor.person_id)
    if request.GET.get("export"):
        return _download(request, rows)
    asked = urlencode({key: value for key, value in {**wanted, "all": request.GET.get("all", "")}.items() if value})
    shown = urlencode({key: value for key, value in wanted.items() if request.GET.get(key)})
    built_in = [
        (_("From today"), ""), (_("To be made definite"), "state=quoted"), (_("To be filed"), "state=held"), (_("To be archived"), "state=filed"),
        (_("Mine"), "seller=me"), (_("All"), "all=1"),
    ]
    current = "all=1" if request.GET.get("all") and not shown else shown
    listing = queries.page_of(rows, request.GET.get("after", ""))
    return render(request, "events/list.html", {
        "lines": [(row, halls(row), most(row, "persons"), most(row, "tables")) for row in listing.rows], "next_after": listing.next_after,
        "wanted": wanted, "query": asked, "views": [{"label": label, "url": f"?{one}", "current": one == current} for label, one in built_in],
        "states": [("open", _("coming up")), *Event.State.choices], "kinds": Event.Kind.choices, "formats": formats(request),
        "may_edit": request.actor.may("events.edit"), "may_menus": request.actor.may("events.see_menus"),
    })


def _download(request: Asked, rows: Any) -> HttpResponse:
    columns = [
        (_("Number"), "number"), (_("Event"), "name"), (_("Kind"), lambda row: row.get_kind_display()),
        (_("State"), lambda row: row.get_state_display()),
        (_("Day"), "on"), (_("Halls"), halls), (_("Client"), lambda row: row.client.name if row.client else row.organiser),
        (_("Persons"), lambda row: most(row, "persons")), (_("Tables"), lambda row: most(row, "tables")), (_("Bill"), "bill_total"),
        (_("Followed up by"), lambda row: row.seller.name if row.seller else ""),
    ]
    found = rows.select_related("client", "seller", "hotel").prefetch_related(FUNCTIONS).order_by("on", "id")[:MOST_EXPORTED]
    return downloaded(request, found, columns, "events")
