"""The list of bookings and the day's arrivals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.bookings import actions, queries
from guiju.bookings.models import Booking, SavedView
from guiju.bookings.words import PAYMENT_NAMES
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.shelf.errors import Invalid

MOST_EXPORTED = 20_000


@page("bookings.view", methods=("GET",))
def bookings(request: Asked) -> HttpResponse:
    """Bookings in order of arrival; filters stand in the address."""
    wanted = queries.filters_in(request.GET)
    today = timezone.localtime(request.now).date()
    if not any(wanted.values()) and not request.GET.get("all"):
        wanted["from"] = today.isoformat()
    rows = queries.filtered(request.actor.hotel_id, wanted, person_id=request.actor.person_id, today=today)
    if request.GET.get("export"):
        columns = [
            (_("Number"), "number"), (_("Kind"), lambda row: row.get_kind_display()), (_("State"), lambda row: row.get_state_display()),
            (_("Group or guest"), "name"), (_("Client"), lambda row: row.client.name if row.client else ""), (_("Arrival"), "arrival_on"),
            (_("Departure"), "departure_on"), (_("Persons"), "persons"), (_("Total"), "total"),
        ]
        shown = rows.select_related("client").order_by("arrival_on", "id")[:MOST_EXPORTED]
        return downloaded(request, shown, columns, "bookings")
    return list_page(request, wanted, queries.page_of(rows, request.GET.get("after", "")))


def list_page(request: Asked, wanted: dict[str, str], listing: Any, *, errors: Any = None, name: str = "", status: int = 200) -> HttpResponse:
    """The list with its views; `errors` are what was wrong with saving a view."""
    actor = request.actor
    kept = {key: value for key, value in {**wanted, "all": request.GET.get("all", "")}.items() if value}
    saved, now_shown = queries.views_for(actor, queries.LIST), urlencode(kept)
    asked = urlencode({key: value for key, value in wanted.items() if request.GET.get(key)})
    built_in = [
        (_("From today"), ""), (_("To confirm"), "state=tentative"), (_("Groups this month"), "kind=group&when=month"), (_("Mine"), "seller=me"),
        (_("All"), "all=1"),
    ]
    current = "all=1" if request.GET.get("all") and not asked else asked
    views = [{"label": label, "url": f"?{query}", "current": query == current} for label, query in built_in]
    views += [{"label": one.name, "url": f"?{one.query}", "current": one.query == current} for one in saved]
    return render(request, "bookings/list.html", {
        "listing": listing, "wanted": wanted, "states": Booking.State.choices, "kinds": Booking.Kind.choices, "query": now_shown, "views": views,
        "changed": bool(asked) and not any(view["current"] for view in views), "own": [one for one in saved if one.person_id == actor.person_id],
        "whens": [("today", _("today")), ("week", _("in 7 days")), ("month", _("in 30 days"))], "errors": errors or {}, "view_name": name,
        "asked": asked, "may_edit": actor.may("bookings.edit"),
    }, status=status)


@page("bookings.view", methods=("POST",))
def save_view(request: Asked) -> HttpResponse:
    """Save the filters under a name, for oneself or for the department."""
    query = urlencode({name: value for name, value in queries.filters_in(QueryDict(request.POST.get("query", "")[:2000])).items() if value})
    actor = request.actor
    share = next(iter(sorted(actor.departments)), "") if request.POST.get("share") else ""
    name = request.POST.get("name", "")
    try:
        actions.save_view(request.hotel, page=queries.LIST, name=name, query=query, shared_with=share, by=actor, now=request.now)
    except Invalid as wrong:
        request.GET = QueryDict(query)  # type: ignore[assignment]  # the list the view is of
        wanted = queries.filters_in(request.GET)
        today = timezone.localtime(request.now).date()
        rows = queries.filtered(actor.hotel_id, wanted, person_id=actor.person_id, today=today)
        return list_page(request, wanted, queries.page_of(rows, ""), errors=wrong.errors, name=name, status=422)
    return HttpResponseRedirect(f"{reverse('bookings:list')}?{query}")


@page("bookings.view", methods=("POST",))
def drop_view(request: Asked, pk: Any) -> HttpResponse:
    """Remove a view of one's own."""
    actions.drop_view(SavedView.objects.pick(request.actor.hotel_id, pk), by=request.actor, now=request.now)
    return HttpResponseRedirect(reverse("bookings:list"))


@page("bookings.view", methods=("GET",))
def arrivals(request: Asked) -> HttpResponse:
    """Who comes and who leaves on a day, for the front desk; printable, and as a file for the PMS."""
    today = timezone.localtime(request.now).date()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today
    coming = queries.arriving(request.actor.hotel_id, on)
    if request.GET.get("export"):
        columns = [
            (_("Number"), "number"), (_("Group or guest"), "name"), (_("Client"), lambda row: row.client.name if row.client else ""),
            (_("Arrival"), "arrival_on"), (_("Arrival time"), "arrival_time"), (_("Departure"), "departure_on"), (_("Rooms"), queries.rooms_text),
            (_("Persons"), "persons"), (_("Payment"), lambda row: PAYMENT_NAMES.get(row.payment, row.payment)),
            (_("Hold until"), "hold_until_at"), (_("Guaranteed by"), "guarantee"),
            (_("State"), lambda row: row.get_state_display()), (_("Special requests"), "requests"),
        ]
        return downloaded(request, coming, columns, f"arrivals-{on}")
    return render(request, "bookings/arrivals.html", {
        "on": on, "today": today, "before": on - timedelta(days=1), "after": on + timedelta(days=1),
        "rows": [(row, queries.rooms_text(row)) for row in coming], "leaving": queries.leaving(request.actor.hotel_id, on),
        "may": request.actor.may("bookings.arrivals"),
    })
