"""What departments that see no bookings are asked to arrange, and what differed with them on the arrival day."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings import queries
from guiju.bookings.models import Difference, ServiceLine
from guiju.bookings.step_forms import ResolveForm, StepForm
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS
from guiju.house.lists import downloaded
from guiju.shelf.errors import NotAllowed

CHECKED_WITH = {"fnb": "meals", "front_desk": "rooms"}  # whose arrival-day check it is


@page("bookings.service", methods=("GET",))
def to_arrange(request: Asked) -> HttpResponse:
    """The department's list: what is ordered with it and not yet arranged, soonest needed first."""
    return departments_page(request)


@page("duties.view", methods=("GET",))
def service_line(request: Asked, pk: Any) -> HttpResponse:
    """Where one service line is dealt with: on its booking, or on the department's list for those who see no bookings.

    Only a way there, for everybody who may meet it in a list of duties; the page it leads to asks for its own right.
    """
    _sees_one_of("bookings.service", request)
    line = ServiceLine.objects.pick(request.actor.hotel_id, pk)
    if request.actor.may("bookings.view"):
        return HttpResponseRedirect(reverse("bookings:people", args=[line.booking_id]) + f"#line-{line.pk}")
    return HttpResponseRedirect(reverse("bookings:to_arrange") + f"#line-{line.pk}")


@page("duties.view", methods=("GET",))
def difference(request: Asked, pk: Any) -> HttpResponse:
    """Where one difference is settled."""
    _sees_one_of("bookings.check", request)
    row = Difference.objects.pick(request.actor.hotel_id, pk)
    if request.actor.may("bookings.view"):
        return HttpResponseRedirect(reverse("bookings:people", args=[row.booking_id]) + f"#difference-{row.pk}")
    return HttpResponseRedirect(reverse("bookings:to_arrange") + f"#difference-{row.pk}")


def _sees_one_of(permission: str, request: Asked) -> None:
    """Who sees bookings, or deals with this kind of thing; nobody else is led anywhere."""
    if not request.actor.may("bookings.view") and not request.actor.may(permission):
        raise NotAllowed(permission, permission=permission)


def departments_page(request: Asked, *, form: StepForm | None = None, what: str = "") -> HttpResponse:
    """The department's list; `form` is a refused one, shown with what is wrong."""
    actor, english = request.actor, request.LANGUAGE_CODE == "en"
    mine = sorted(actor.departments)
    if request.GET.get("export"):
        columns = [
            (_("Needed"), "at"), (_("What"), "text"), (_("Department"), lambda line: DEPARTMENTS[line.department][english]),
            (_("Group or guest"), "booking.name"), (_("Number"), "booking.number"), (_("Arrival"), "booking.arrival_on"),
        ]
        return downloaded(request, queries.to_arrange(actor.hotel_id, mine), columns, "to-arrange")
    abouts = [CHECKED_WITH[one] for one in mine if one in CHECKED_WITH] if actor.may("bookings.check") else []
    differences = [
        {"row": row, "form": form if what == f"resolve-{row.pk}" else ResolveForm(what=f"resolve-{row.pk}", booking=row.booking, now=request.now)}
        for row in queries.open_differences(actor.hotel_id, abouts)
    ]
    return render(request, "bookings/to_arrange.html", {
        "lines": queries.to_arrange(actor.hotel_id, mine), "differences": differences, "done": queries.arranged_lately(actor.hotel_id, mine),
        "names": [DEPARTMENTS[one][english] for one in mine if one in DEPARTMENTS], "may_view": actor.may("bookings.view"),
    }, status=422 if form is not None else 200)
