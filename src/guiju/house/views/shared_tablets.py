"""Shared tablets: enrolled in their own browser, signed in by name and PIN."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from guiju.house import actions, signing_in, tablets
from guiju.house.asking import Asked
from guiju.house.doors import page, public
from guiju.house.facts import DEPARTMENTS
from guiju.house.lists import downloaded
from guiju.house.models import SignedIn, Tablet
from guiju.house.naming import department_name
from guiju.house.views.keeping import may_keep
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid


@page("house.tablets", once=False)
def tablet_list(request: Asked) -> HttpResponse:
    """The departments' tablets; make this very device one, or end one."""
    errors: dict[str, list[str]] = {}
    asked = request.POST
    step: dict[str, Any] = {"by": request.actor, "now": request.now}
    if request.method == "POST" and asked.get("revoke"):
        actions.revoke_tablet(Tablet.objects.pick(request.hotel.pk, asked["revoke"]), **step)
        return HttpResponseRedirect(reverse("house:tablets"))
    if request.method == "POST":
        try:
            _row, text = actions.enroll_tablet(
                request.hotel, department=asked.get("department", ""), name=asked.get("name", ""), **step
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return _hand_over(request, text)
    rows = Tablet.objects.of(request.hotel.pk).filter(revoked_at__isnull=True).order_by("department", "enrolled_at")
    if request.GET.get("export"):
        columns = [
            (_("Name of the device"), "name"), (_("The department"), lambda row: department_name(row.department)), (_("Since"), "enrolled_at"),
        ]
        return downloaded(request, rows[:200], columns, "tablets")
    context = {
        "rows": [(row, department_name(row.department), may_keep(request, row.department)) for row in rows[:200]],
        "mine": [(key, department_name(key)) for key in DEPARTMENTS if may_keep(request, key)],
        "errors": errors, "data": asked, "this": tablets.recognise(request),
    }
    return render(request, "house/tablets.html", context, status=422 if errors else 200)


def _hand_over(request: Asked, text: str) -> HttpResponse:
    """The device is the department's from here on: whoever enrolled it is signed out on it."""
    SignedIn.objects.filter(pk=request.signed_in.pk).update(ended_at=request.now)
    request.session.flush()
    response = HttpResponseRedirect(reverse("house:tablet_sign_in"))
    tablets.give(response, text)
    return response


def _inbox() -> str:
    try:
        return reverse("papers:inbox")
    except NoReverseMatch:
        return reverse("desk:home")


@public
def tablet_sign_in(request: Asked) -> HttpResponse:
    """Name and six digits, on an enrolled tablet only."""
    tablet = tablets.recognise(request)
    if tablet is None:
        return render(request, "house/tablet_sign_in.html", {"tablet": None}, status=403)
    if request.method == "GET" and request.actor is not None and request.actor.via == "tablet":
        return HttpResponseRedirect(_inbox())
    people, error = tablets.people_of(tablet), ""
    chosen = request.POST.get("person", "")
    if request.method == "POST":
        person = None
        if chosen in {pk for pk, _name in people}:
            by = the_clock(tablet.hotel_id, via="tablet")
            pin = request.POST.get("pin", "")[:20]
            person = actions.try_pin(tablet, person=UUID(chosen), pin=pin, by=by, now=request.now)
        if person is not None:
            signing_in.open_session(request, person, tablet.hotel, how="tablet", now=request.now, tablet=tablet)
            return HttpResponseRedirect(_inbox())
        signing_in.refuse(tablet.hotel, dict(people).get(chosen, chosen), "pin", request.now)
        error = _("Name or PIN is wrong. After five wrong ones the PIN is locked until you set a new one at your own sign-in.")
    context = {
        "tablet": tablet, "people": people, "error": error, "chosen": chosen, "department": department_name(tablet.department),
        "hotel_name": tablet.hotel.name,
    }
    return render(request, "house/tablet_sign_in.html", context, status=422 if error else 200)
