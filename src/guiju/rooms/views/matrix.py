"""The availability matrix with its tape, and what stands behind one cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.views.files import today
from guiju.house.asking import Asked
from guiju.house.calendars import calendars_of
from guiju.house.doors import page
from guiju.rooms.board import board
from guiju.rooms.forms import TryForm
from guiju.rooms.queries import availability
from guiju.rooms.queries.availability import Matrix
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import FORMATS, export

LENGTHS = (7, 14, 31)
FAR = timedelta(days=800)


def _first(request: Asked, on: date) -> date:
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return on
    return min(max(first, on - FAR), on + FAR)


def _length(request: Asked) -> int:
    said = request.GET.get("days", "")
    return int(said) if said.isdecimal() and int(said) in LENGTHS else 14


@page("rooms.view", methods=("GET",))
def matrix(request: Asked) -> HttpResponse:
    """What is left of each type in each night, who holds rooms, and what would be left after others are taken."""
    hotel, now = request.hotel, request.now
    on, days = today(request), _length(request)
    first = _first(request, on)
    if request.GET.get("export"):
        request.actor.require("house.export")
        return _export(availability(hotel.pk, first, first + timedelta(days=days)), request.GET["export"])
    asked = {name: request.GET[name] for name in TryForm.base_fields if request.GET.get(name)}
    form = TryForm(asked or None, hotel_id=hotel.pk)
    trying = [form.line(form.cleaned_data)] if asked and form.is_valid() else []
    day_ends = datetime.combine(on + timedelta(days=1), time(0), ZoneInfo(hotel.zone))
    cell = _cell(request, form, first, days)
    holidays = calendars_of(hotel.pk).at(now).holidays
    parts = {"now": now, "day_ends": day_ends, "holidays": holidays, "opened": cell, "types": list(form.types.values())}
    try:
        shown = board(hotel.pk, first, days, trying=trying, **parts)
    except Invalid as wrong:
        for texts in wrong.errors.values():
            for text in texts:
                form.add_error(None, text)
        shown = board(hotel.pk, first, days, **parts)
    context = {
        "board": shown,
        "first": first,
        "last": first + timedelta(days=days - 1),
        "days": days,
        "lengths": LENGTHS,
        "before": first - timedelta(days=days),
        "after": first + timedelta(days=days),
        "on": on,
        "form": form,
        "trying": bool(trying),
        "cell": shown.cell,
        "formats": FORMATS if request.actor.may("house.export") else (),
    }
    return render(request, "rooms/matrix.html", context)


def _cell(request: Asked, form: TryForm, first: date, days: int) -> Any:
    code, _at, said = request.GET.get("cell", "").partition("@")
    row = form.types.get(code)
    try:
        night = date.fromisoformat(said)
    except ValueError:
        return None
    return (row.pk, night) if row and 0 <= (night - first).days < days else None


def _export(found: Matrix, fmt: str) -> HttpResponse:
    lines = [
        {"type": row.room_type, "night": night, "there": there} for row in found.rows for night, there in zip(found.nights, row.nights, strict=True)
    ]
    columns = [
        (_("Room type"), lambda line: line["type"].name),
        (_("Night"), lambda line: line["night"]),
        (_("Sell limit"), lambda line: line["there"].limit),
        (_("Sold"), lambda line: line["there"].sold),
        (_("Held"), lambda line: line["there"].held),
        (_("Out of order"), lambda line: line["there"].out_of_order),
        (_("Left"), lambda line: line["there"].left),
    ]
    return export(lines, columns, "rooms", fmt)  # type: ignore[return-value]


def seven_nights(request: Asked, subject: Any) -> dict[str, Any]:
    """The panel on Today: what is left in the next seven nights."""
    on = today(request)
    return {"seven": availability(request.hotel.pk, on, on + timedelta(days=7)), "on": on}
