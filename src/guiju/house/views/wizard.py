"""The first steps of a real hotel, one after another; each can be done later, none invents anything."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guiju.house import actions
from guiju.house.actions.founding import FIELDS
from guiju.house.asking import Asked
from guiju.house.calendars import latest_content
from guiju.house.doors import page
from guiju.house.models import Appointment, Department, RosterEntry
from guiju.house.naming import department_name
from guiju.house.receivers import departments_without
from guiju.house.views.keeping import today_of
from guiju.shelf.errors import Invalid

ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Europe/Berlin", "UTC")


@page("house.setup")
def wizard(request: Asked) -> HttpResponse:
    """Hotel, hours, people, calendar, receivers, roster, then rooms, seasons and agreements: what is done and what is next."""
    hotel = request.hotel
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        step: dict[str, Any] = {"by": request.actor, "now": request.now}
        if request.POST.get("what") == "finish":
            actions.finish_setup(hotel, **step)
            return HttpResponseRedirect(reverse("desk:home"))
        try:
            actions.change_hotel(hotel, card={key: request.POST.get(key, "") for key in FIELDS}, **step)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return HttpResponseRedirect(reverse("house:wizard") + "#hours")
    today = today_of(request)
    _number, content = latest_content(hotel.pk, request.now)
    departments = list(Department.objects.of(hotel.pk).order_by("order"))
    without = departments_without(hotel.pk, [row.key for row in departments], today)
    staff = Appointment.objects.of(hotel.pk).filter(until_at__isnull=True).values("person").distinct().count()
    data = request.POST if errors else {key: getattr(hotel, key) for key in FIELDS}
    context = {
        "errors": errors, "data": data, "zones": ZONES, "staff": staff,
        "departments": [(row.key, department_name(row.key)) for row in departments],
        "without": [department_name(key) for key in without], "year": today.year,
        "published": today.year in content.get("years", ()), "next_published": today.year + 1 in content.get("years", ()),
        "may": {
            "rooms": request.actor.may("rooms.setup"), "halls": request.actor.may("function_space.setup"),
            "rates": request.actor.may("rates.edit"),
        },
        "rostered": RosterEntry.objects.of(hotel.pk).filter(department="sales", is_duty=True, on__gte=today).exists(),
    }
    return render(request, "house/wizard.html", context, status=422 if errors else 200)
