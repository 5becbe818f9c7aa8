"""The list of bookings and the day's arrivals."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.bookings import queries
from guiju.bookings.models import Booking
from guiju.house.doors import page
from guiju.shelf.tables import FORMATS, export

MOST_EXPORTED = 20_000


@page("bookings.view", methods=("GET",))
def bookings(request: HttpRequest) -> HttpResponse:
    """Bookings in order of arrival; filters stand in the address."""
    wanted = {name: request.GET.get(name, "") for name in ("state", "kind", "q", "from", "until")}
    today = timezone.localtime(request.now).date()  # type: ignore[attr-defined]
    if not any(wanted.values()) and not request.GET.get("all"):
        wanted["from"] = today.isoformat()
    rows = queries.filtered(request.actor.hotel_id, wanted)  # type: ignore[attr-defined]
    if request.GET.get("export") in FORMATS:
        columns = [
            (_("Number"), "number"), (_("Kind"), lambda row: row.get_kind_display()), (_("State"), lambda row: row.get_state_display()),
            (_("Group or guest"), "name"), (_("Client"), lambda row: row.client.name if row.client else ""), (_("Arrival"), "arrival_on"),
            (_("Departure"), "departure_on"), (_("Persons"), "persons"), (_("Total"), "total"),
        ]
        shown = rows.select_related("client").order_by("arrival_on", "id")[:MOST_EXPORTED]
        return export(shown, columns, "bookings", request.GET["export"])  # type: ignore[return-value]
    listing = queries.page_of(rows, request.GET.get("after", ""))
    kept = {key: value for key, value in {**wanted, "all": request.GET.get("all", "")}.items() if value}
    return render(request, "bookings/list.html", {
        "listing": listing, "wanted": wanted, "states": Booking.State.choices, "kinds": Booking.Kind.choices, "query": urlencode(kept),
    })


@page("bookings.view", methods=("GET",))
def arrivals(request: HttpRequest) -> HttpResponse:
    """Who comes and who leaves on a day, for the front desk; printable, and as a file for the PMS."""
    today = timezone.localtime(request.now).date()  # type: ignore[attr-defined]
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today
    coming = queries.arriving(request.actor.hotel_id, on)  # type: ignore[attr-defined]
    if request.GET.get("export") in FORMATS:
        columns = [
            (_("Number"), "number"), (_("Group or guest"), "name"), (_("Client"), lambda row: row.client.name if row.client else ""),
            (_("Arrival"), "arrival_on"), (_("Arrival time"), "arrival_time"), (_("Departure"), "departure_on"), (_("Rooms"), _rooms),
            (_("Persons"), "persons"), (_("Payment"), "payment"), (_("Hold until"), "hold_until_at"), (_("Guaranteed by"), "guarantee"),
            (_("State"), lambda row: row.get_state_display()), (_("Special requests"), "requests"),
        ]
        return export(coming, columns, f"arrivals-{on}", request.GET["export"])  # type: ignore[return-value]
    return render(request, "bookings/arrivals.html", {
        "on": on, "today": today, "before": on - timedelta(days=1), "after": on + timedelta(days=1),
        "rows": [(row, _rooms(row)) for row in coming], "leaving": queries.leaving(request.actor.hotel_id, on),  # type: ignore[attr-defined]
        "may": request.actor.may("bookings.arrivals"),  # type: ignore[attr-defined]
    })


def _rooms(booking: Booking) -> str:
    lines = [line for line in booking.rooms.all() if line.removed_at is None]
    return ", ".join(f"{line.room_type.shown} × {line.rooms}" for line in lines)
