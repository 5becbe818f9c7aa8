"""The working calendar and the departments' hours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.house import actions
from guiju.house.actions.working_days import DAYS, read_spans, write_spans
from guiju.house.asking import Asked
from guiju.house.calendars import latest_content, public_days
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.house.models import Department
from guiju.house.naming import department_name
from guiju.house.views.keeping import may_keep, today_of
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.tables import Column

DAY_NAMES = {
    "mon": gettext_lazy("Monday"), "tue": gettext_lazy("Tuesday"), "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"), "fri": gettext_lazy("Friday"), "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"), "holiday": gettext_lazy("Public holidays"),
}


@page("house.roster")
def calendar(request: Asked) -> HttpResponse:
    """Public holidays and make-up working days of a year, and each department's hours."""
    number, content = latest_content(request.hotel.pk, request.now)
    year = _year(request)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        request.actor.require("house.setup")
        try:
            _change(request, content, year)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("Saved: a new revision of the calendar is in force from now."))
            return HttpResponseRedirect(f"{reverse('house:calendar')}?year={year}")
    days = [(date.fromisoformat(one), name, "") for one, name in content.get("holidays", {}).items()]
    days += [(date.fromisoformat(one), "", "makeup") for one in content.get("makeup", ())]
    if request.GET.get("export"):
        columns = [
            Column(_("Date"), lambda row: row[0]), Column(_("Kind"), lambda row: _("make-up working day") if row[2] else _("public holiday"), 20),
            Column(_("Name"), lambda row: row[1], 20),
        ]
        return downloaded(request, sorted(one for one in days if one[0].year == year), columns, f"calendar-{year}")
    context = {
        "year": year, "years": range(year - 1, year + 2), "number": number, "errors": errors, "data": request.POST,
        "days": sorted(one for one in days if one[0].year == year), "published": year in content.get("years", ()),
        "can_take": bool(public_days((year,))[2]) and year not in content.get("years", ()),
        "departments": [
            {"key": row.key, "name": department_name(row.key), "hours": _lines(row.hours)}
            for row in Department.objects.of(request.hotel.pk).order_by("order")
        ],
        "may": request.actor.may("house.setup"),
    }
    return render(request, "house/calendar.html", context, status=422 if errors else 200)


def _year(request: Asked) -> int:
    said = request.GET.get("year", "")
    return int(said) if said.isdecimal() and len(said) == 4 and 2000 <= int(said) <= 2100 else today_of(request).year


def _change(request: Asked, content: dict[str, Any], year: int) -> None:
    asked = request.POST
    step: dict[str, Any] = {"by": request.actor, "now": request.now}
    if asked.get("what") == "take":
        actions.take_published_year(request.hotel, year=year, **step)
        return
    if asked.get("what") not in ("holiday", "makeup", "remove"):
        raise Invalid(errors={"what": [_("There is no such step.")]})
    try:
        on = date.fromisoformat(asked.get("on", ""))
    except ValueError:
        raise Invalid(errors={"on": [_("A day like 2026-11-30, please.")]}) from None
    holidays = {date.fromisoformat(one): name for one, name in content.get("holidays", {}).items()}
    makeup = {date.fromisoformat(one) for one in content.get("makeup", ())}
    holidays.pop(on, None)
    makeup.discard(on)
    if asked.get("what") == "holiday":
        name = asked.get("name", "").strip()[:40]
        if not name:
            raise Invalid(errors={"name": [_("The name is missing.")]})
        holidays[on] = name
    elif asked.get("what") == "makeup":
        makeup.add(on)
    base = int(asked["base"]) if asked.get("base", "").isdecimal() else 0
    years = content.get("years", ())
    actions.change_calendar(request.hotel, holidays=holidays, makeup=makeup, years=years, base=base, **step)


def _lines(hours: dict[str, Any]) -> list[tuple[Any, str]]:
    """Days with the same hours in one line: Monday–Friday 08:30–12:00, 13:00–18:00."""
    found: list[list[Any]] = []
    for one in DAYS:
        if one == "holiday" and "holiday" not in hours:
            continue
        said = write_spans(hours.get(one, ())) or _("not working")
        if found and found[-1][2] == said and one != "holiday":
            found[-1][1] = DAY_NAMES[one]
        else:
            found.append([DAY_NAMES[one], None, said])
    return [(f"{first}–{last}" if last else first, said) for first, last, said in found]


@page("house.roster")
def hours(request: Asked, key: str) -> HttpResponse:
    """One department's working hours by weekday and on public holidays."""
    row = Department.objects.of(request.hotel.pk).select_related("hotel").filter(key=key).first()
    if row is None:
        raise Missing("no such department")
    errors: dict[str, list[str]] = {}
    said = {one: write_spans(row.hours.get(one, ())) for one in DAYS}
    if request.method == "POST":
        said = {one: request.POST.get(one, "")[:200] for one in DAYS}
        wanted: dict[str, Any] = {}
        for one, text in said.items():
            try:
                wanted[one] = read_spans(text)
            except Invalid as wrong:
                errors[one] = wrong.errors["hours"]
        if not errors:
            version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else 0
            actions.change_hours(row, hours=wanted, version=version, by=request.actor, now=request.now)
            messages.success(request, _("Saved: a new revision of the calendar is in force from now."))
            return HttpResponseRedirect(reverse("house:calendar"))
    days = [(one, DAY_NAMES[one], said[one], errors.get(one, [])) for one in DAYS]
    context = {"row": row, "name": department_name(key), "days": days, "errors": errors, "may": may_keep(request, key)}
    return render(request, "house/hours.html", context, status=422 if errors else 200)
