"""Receivers, roster and settings."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.house import actions
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Receiver, RosterEntry
from guiju.house.naming import department_name
from guiju.house.receivers import named
from guiju.house.settings import SETTINGS, settings_of
from guiju.house.views.parts import clock, day, person_here, staff_of, table, uploaded
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Column

DAYS = 28


def today_of(request: Asked) -> date:
    """The hotel's day."""
    return timezone.localtime(request.now).date()


def may_keep(request: Asked, department: str) -> bool:
    """Whether this person keeps the lists of a department."""
    actor = request.actor
    return actor.may("house.setup") or bool(actor.posts & {"gm", "duty_manager"}) or department in actor.departments


@page("house.receivers")
def receivers(request: Asked) -> HttpResponse:
    """Who signs for which department (booking.named-receivers)."""
    today, asked = today_of(request), request.POST
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        step: dict[str, Any] = {"by": request.actor, "now": request.now}
        try:
            if asked.get("remove"):
                actions.remove_receiver(Receiver.objects.pick(request.hotel.pk, asked["remove"]), **step)
            else:
                until = asked.get("until_on", "")
                actions.name_receiver(
                    request.hotel, department=asked.get("department", ""), deputy=asked.get("deputy") == "on",
                    person=person_here(request, asked.get("person"), "person"),
                    from_on=day(asked.get("from_on", ""), "from_on", today),
                    until_on=day(until, "until_on") if until else None, **step,
                )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return HttpResponseRedirect(reverse("house:receivers"))
    held: dict[str, list[Receiver]] = {key: [] for key in DEPARTMENTS}
    for row in _receivers(request, today):
        held.setdefault(row.department, []).append(row)
    context = {
        "held": [(key, department_name(key), rows, may_keep(request, key)) for key, rows in held.items()],
        "mine": [(key, department_name(key)) for key in DEPARTMENTS if may_keep(request, key)],
        "staff": staff_of(request), "errors": errors, "today": today, "data": asked,
    }
    return render(request, "house/receivers.html", context, status=422 if errors else 200)


def _receivers(request: Asked, today: date) -> Any:
    coming = Receiver.objects.of(request.hotel.pk).filter(from_on__gt=today, person__is_active=True)
    return (named(request.hotel.pk, today) | coming).select_related("person").order_by("is_deputy", "from_on", "id")


@page("house.receivers", methods=("GET",))
def receivers_export(request: Asked, fmt: str) -> HttpResponse:
    """The named receivers as xlsx or csv."""
    request.actor.require("house.export")
    columns = [
        Column(_("The department"), lambda row: department_name(row.department)), Column(_("Person"), lambda row: row.person.name),
        Column(_("Deputy"), lambda row: row.is_deputy), Column(_("Begins"), lambda row: row.from_on),
        Column(_("Ends"), lambda row: row.until_on),
    ]
    rows = _receivers(request, today_of(request)).order_by("department", "is_deputy", "from_on")
    return table(rows, columns, _("receivers"), fmt)


def _department(request: Asked) -> str:
    chosen = request.POST.get("department", "") or request.GET.get("department", "")
    if chosen in DEPARTMENTS:
        return chosen
    own = [key for key in DEPARTMENTS if key in request.actor.departments]
    return "sales" if "sales" in own or not own or own[0] == "gm_office" else own[0]


@page("house.roster", once=False)
def roster(request: Asked) -> HttpResponse:
    """Who is a department's duty person, four weeks ahead; days without are marked."""
    department, today = _department(request), today_of(request)
    first = max(min(_week(request, today), today + timedelta(days=3650)), today - timedelta(days=3650))
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        here = f"{reverse('house:roster')}?department={department}&from={first.isoformat()}"
        try:
            lines = uploaded(request) if request.POST.get("what") == "import" else None
            return answer_once(request, lambda: _set(request, department, lines, here))
        except Invalid as wrong:
            errors = wrong.errors
    last = first + timedelta(days=DAYS)
    entries = {row.on: row for row in _duties(request, department).filter(on__gte=first, on__lt=last)}
    posts = {key for key, (where, _zh, _en) in POSTS.items() if where == department}
    days = [(one, entries.get(one)) for one in (first + timedelta(days=n) for n in range(DAYS))]
    context = {
        "days": days, "missing": sum(row is None for one, row in days if one >= today), "department": department,
        "departments": [(key, department_name(key)) for key in DEPARTMENTS], "errors": errors, "data": request.POST,
        "staff": [one for one in staff_of(request) if posts & set(one["keys"])], "may": may_keep(request, department),
        "today": today, "first": first, "before": first - timedelta(days=DAYS), "next": last,
    }
    return render(request, "house/roster.html", context, status=422 if errors else 200)


def _week(request: Asked, today: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return today


def _duties(request: Asked, department: str) -> Any:
    rows = RosterEntry.objects.of(request.hotel.pk).filter(department=department, is_duty=True)
    return rows.select_related("person").order_by("on")


def _set(request: Asked, department: str, lines: Any, here: str) -> HttpResponse:
    asked = request.POST
    step: dict[str, Any] = {"by": request.actor, "now": request.now}
    if lines is not None:
        changed = actions.import_roster(request.hotel, department=department, lines=lines, **step)
        messages.success(request, _("%(n)s days set.") % {"n": changed})
        return HttpResponseRedirect(here)
    if asked.get("what", "") not in ("", "set", "clear"):
        raise Invalid(errors={"what": [_("There is no such step.")]})
    on = day(asked.get("on", ""), "on")
    if asked.get("what") == "clear":
        actions.clear_roster(request.hotel, department=department, on=on, **step)
        return HttpResponseRedirect(here)
    days = {"1": 1, "7": 7}.get(asked.get("days", "1"), 1)
    person = person_here(request, asked.get("person"), "person")
    hours: dict[str, Any] = {"starts": clock(asked.get("starts", ""), "starts", time(8)), "ends": clock(asked.get("ends", ""), "ends", time(20))}
    for count in range(days):
        one = on + timedelta(days=count)
        actions.set_roster(request.hotel, department=department, on=one, person=person, **hours, **step)
    return HttpResponseRedirect(f"{here}#d{on.isoformat()}")


@page("house.roster", methods=("GET",))
def roster_export(request: Asked, fmt: str) -> HttpResponse:
    """A department's duty roster as xlsx or csv, in the columns the import reads."""
    request.actor.require("house.export")
    department, today = _department(request), today_of(request)
    columns = [
        Column(_("Date"), lambda row: row.on), Column(_("Duty person"), lambda row: row.person.username),
        Column(_("Full name"), lambda row: row.person.name),
        Column(_("Begins"), lambda row: f"{timezone.localtime(row.starts_at):%H:%M}"),
        Column(_("Ends"), lambda row: f"{timezone.localtime(row.ends_at):%H:%M}"),
    ]
    rows = _duties(request, department).filter(on__gte=today - timedelta(days=31))
    return table(rows, columns, _("roster") + "-" + department, fmt)


@page("house.settings")
def settings_page(request: Asked) -> HttpResponse:
    """Every number the standard leaves to the hotel."""
    errors: dict[str, list[str]] = {}
    key = request.POST.get("key", "")
    if request.method == "POST":
        spec = SETTINGS.get(key)
        value = request.POST.getlist("value") if spec and spec.kind == "list" else request.POST.get("value", "")
        try:
            actions.change_setting(request.hotel, key=key, value=value, by=request.actor, now=request.now)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("house:settings"))
    values = settings_of(request.hotel.pk, *SETTINGS)
    if errors and key in values:
        values[key] = request.POST.get("value", "")
    may_secure = request.actor.may("house.setup")
    rows = [
        {"key": one, "spec": spec, "value": values[one], "errors": errors.get(one, []),
         "fixed": one.startswith("security.") and not may_secure}
        for one, spec in SETTINGS.items()
    ]
    departments = [(one, department_name(one)) for one in DEPARTMENTS]
    context = {"rows": rows, "departments": departments, "languages": {"zh-hans": "简体中文", "en": "English"}}
    return render(request, "house/settings.html", context, status=422 if errors else 200)
