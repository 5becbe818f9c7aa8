"""Pace and pick-up, the mix, and totals: charts with their tables beside them, for the screen and for A4."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.views.files import today
from guiju.history import drawing, mix, pace, sheets, words
from guiju.history.figures import BY, in_force, totals
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid

HALF_YEAR = 182
EXPORTS = ("xlsx", "csv")


def _chosen(request: Asked, here: str) -> dict[str, Any]:
    """What every page of figures needs: how far the history reaches, which hotel of the files, which measure."""
    found = pace.reach(request.hotel)
    measure = request.GET.get("measure", "room_nights")
    past_hotel = request.GET.get("of", "")
    return {
        "here": here, "reach": found, "past_hotel": past_hotel if found and past_hotel in found.hotels else "",
        "measure": measure if measure in pace.MEASURES else "room_nights",
        "measures": [(key, words.MEASURE_WORDS[key]) for key in pace.MEASURES],
    }


def _day(text: str) -> date | None:
    """A day as the browser sends it. Raises Invalid for anything else."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not 1980 <= found.year <= 2098:
        raise Invalid(errors={"at": [_("Give the day as 2026-11-24.")]})
    return found


def _month(text: str) -> date | None:
    return _day(f"{text}-01") if text else None


def default_day(found: pace.Reach, on: date) -> date:
    """Today while arrivals still lie ahead; of a history that is over a day half a year before its end, so that there is a pace to see."""
    return on if on <= found.last_on else found.last_on - timedelta(days=HALF_YEAR)


@page("history.view", methods=("GET",))
def pace_page(request: Asked) -> HttpResponse:
    """On the books by month of arrival as at any day, against the same time last year, and what came in 7 and 30 days."""
    context = _chosen(request, "pace")
    found: pace.Reach | None = context["reach"]
    if found is None:
        return render(request, "history/pace.html", context)
    problem = ""
    try:
        at = _day(request.GET.get("at", "")) or default_day(found, today(request))
        chosen = _month(request.GET.get("month", ""))
    except Invalid as wrong:
        at, chosen, problem = default_day(found, today(request)), None, wrong.errors["at"][0]
    measure, past_hotel = context["measure"], context["past_hotel"]
    lines = pace.pace(request.hotel, at, past_hotel=past_hotel)
    last = pace.month_of(found.last_on)
    lines = [line for line in lines if line.month_on <= last or line.now.bookings] or lines[:1]
    if request.GET.get("export"):
        request.actor.require("house.export")
        return sheets.exported_pace(lines, request.GET["export"])
    months = [line.month_on for line in lines]
    chosen = chosen if chosen in months else months[min(1, len(months) - 1)]
    curve = pace.curve(request.hotel, chosen, at, measure, past_hotel=past_hotel)
    context |= {
        "problem": problem, "measure_name": words.MEASURE_WORDS[measure], "at": at, "before_on": pace.year_before(at),
        "month": chosen, "month_name": words.month(chosen),
        "lines": [_shown(line, measure, line.month_on == chosen) for line in lines],
        "whole": _whole(lines, measure),
        "chart": drawing.pairs(
            [words.short_month(month) for month in months],
            [line.now.of(measure) for line in lines],
            [line.before.of(measure) if line.before else None for line in lines],
            [line.ended.of(measure) if line.ended else None for line in lines],
        ),
        "curve": drawing.curves(curve),
        "steps": [(day, curve.at(-day), curve.at(-day, last=True)) for day in (180, 90, 60, 30, 14, 7, 0)],
    }
    return render(request, "history/pace.html", context, status=422 if problem else 200)


def _shown(line: pace.Pace, measure: str, chosen: bool) -> dict[str, Any]:
    return {
        "month": line.month_on, "name": words.month(line.month_on), "chosen": chosen, "now": line.now.of(measure),
        "before": line.before.of(measure) if line.before else None, "ahead": line.ahead(measure),
        "ended": line.ended.of(measure) if line.ended else None, "week": line.week.of(measure), "month_pick": line.month.of(measure),
    }


def _whole(lines: list[pace.Pace], measure: str) -> dict[str, Any]:
    """All months together, compared only where the year before is known."""
    known = [line for line in lines if line.before]
    before = sum(line.before.of(measure) for line in known if line.before)
    return {
        "now": sum(line.now.of(measure) for line in lines), "before": before if known else None,
        "ahead": pace.percent(sum(line.now.of(measure) for line in known) - before, before) if before else None,
        "week": sum(line.week.of(measure) for line in lines), "month_pick": sum(line.month.of(measure) for line in lines),
    }


@page("history.view", methods=("GET",))
def mix_page(request: Asked) -> HttpResponse:
    """Segments, channels, lead time, cancellations and no-shows of a period of arrivals."""
    context = _chosen(request, "mix")
    found: pace.Reach | None = context["reach"]
    if found is None:
        return render(request, "history/mix.html", context)
    problem = ""
    last = pace.month_of(min(found.last_on, max(today(request), found.first_on)))
    first = max(pace.later(last, -11), pace.month_of(found.first_on))
    try:
        first, last = _month(request.GET.get("from", "")) or first, _month(request.GET.get("to", "")) or last
    except Invalid as wrong:
        problem = wrong.errors["at"][0]
    if last < first:
        problem = _("The period ends before it begins.")
    shown = mix.mix(request.hotel, first, last, context["past_hotel"])
    context |= {
        "problem": problem, "first": first, "last": last, "mix": shown, "first_name": words.month(first), "last_name": words.month(last),
        "segments": drawing.beside(shown.segments, drawing.shares([line.bookings for line in shown.segments])),
        "channels": drawing.beside(shown.channels, drawing.shares([line.bookings for line in shown.channels])),
        "months": [(words.month(line.key), line) for line in shown.months],
        "rates": drawing.columns(
            [words.short_month(line.key) for line in shown.months], [line.bookings for line in shown.months],
            [line.cancelled_rate for line in shown.months],
        ),
        "leads": [(words.lead(one.first, one.until), one) for one in shown.leads],
        "lead_chart": drawing.columns(
            [words.lead(one.first, one.until) for one in shown.leads], [one.bookings for one in shown.leads],
            [one.cancelled_rate for one in shown.leads],
        ),
    }
    return render(request, "history/mix.html", context, status=422 if problem else 200)


@page("history.view", methods=("GET",))
def totals_page(request: Asked) -> HttpResponse:
    """Totals by month, segment or channel, a line a hotel of the files."""
    context = _chosen(request, "totals")
    by = request.GET.get("by", "month")
    by = by if by in BY else "month"
    lines = totals(request.hotel, by, rows=in_force(request.hotel, context["past_hotel"])) if context["reach"] else []
    if request.GET.get("export"):
        request.actor.require("house.export")
        return sheets.exported_totals(lines, by, request.GET["export"])
    shown = [(words.month(line.key) if by == "month" else line.key or "—", line) for line in lines]
    context |= {"by": by, "lines": shown, "whole": mix.together(lines)}
    return render(request, "history/totals.html", context)
