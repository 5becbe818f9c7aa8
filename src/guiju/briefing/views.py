"""The sheet of a day on a page, as a file, and on one sheet of paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.briefing.gathering import sheet
from guiju.briefing.printing import one_page
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded

HEADLINE = ("arrivals", "departures", "vip", "functions")  # what the day is told by in a line
FURTHEST = 50  # years from today: no hotel's papers lie further away


@page("briefing.view", methods=("GET",))
def day(request: Asked) -> HttpResponse:
    """Everything of one day for the morning briefing, each line only for whoever may read it."""
    on, today = asked_day(request), timezone.localtime(request.now).date()
    found = sheet(request.actor, on)
    if request.GET.get("export"):
        rows = [{"part": part.label, "line": line} for part in found.parts for line in part.lines]
        return downloaded(request, rows, columns(), f"day-sheet-{on}")
    return render(request, "briefing/day.html", {
        "sheet": found, "headline": [part for part in found.parts if part.key in HEADLINE and part.count],
        "on": on, "today": today, "before": on - timedelta(days=1), "after": on + timedelta(days=1),
    })


@page("briefing.view", methods=("GET",))
def paper(request: Asked) -> HttpResponse:
    """The sheet of a day as PDF: one page of A4."""
    on = asked_day(request)
    made = one_page(sheet(request.actor, on), hotel=request.hotel, actor=request.actor, now=request.now)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="day-sheet-{on}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def asked_day(request: Asked) -> date:
    """The day in the address, else today."""
    today = timezone.localtime(request.now).date()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return on if abs(on.year - today.year) <= FURTHEST else today


def columns() -> list[Any]:
    """The columns of the sheet as a file."""
    return [
        (_("Part"), lambda row: row["part"]), (_("Time"), lambda row: row["line"].at), (_("What"), lambda row: row["line"].what),
        (_("Mark"), lambda row: row["line"].mark), (_("Place"), lambda row: row["line"].where), (_("Persons"), lambda row: row["line"].persons),
        (_("Remarks"), lambda row: row["line"].note),
    ]
