"""One booking: its facts, rooms, meals, people, papers, duties, history; and the steps that fit now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.bookings import queries
from guiju.bookings.actions.liaising import PRE_ARRIVAL
from guiju.bookings.actions.serving import SERVICES
from guiju.bookings.actions.steps import LIVE, OPEN
from guiju.bookings.models import Booking
from guiju.bookings.papers import form_of
from guiju.bookings.readiness import confirm_verdict
from guiju.bookings.stay import lines_of
from guiju.duties.queries import duties_of
from guiju.duties.today import rows_of
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Person

STAGES = ("tentative", "held", "confirmed", "issued", "arrived", "departed")


def found(request: HttpRequest, pk: Any) -> Booking:
    """The booking of this hotel, or 404."""
    rows = Booking.objects.select_related("hotel", "client", "agreement", "contact", "liaison", "seller")
    booking: Booking = rows.pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined]
    return booking


def key_of(text: str) -> UUID | None:
    """A key as a page posts it; None for an empty or a broken one, which then names nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _stage(booking: Booking, has_form: bool) -> int:
    if booking.state in (Booking.State.ARRIVED, Booking.State.DEPARTED):
        return 4 if booking.state == Booking.State.ARRIVED else 5
    if booking.state == Booking.State.CONFIRMED:
        return 3 if has_form else 2
    return 1 if booking.hold_until_at else 0


@page("bookings.view", methods=("GET",))
def booking(request: HttpRequest, pk: Any) -> HttpResponse:
    """The booking's page."""
    row = found(request, pk)
    now, actor, english = request.now, request.actor, request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    duties = [duty for duty in duties_of(row.hotel_id, row.subject, now) if duty.status not in ("superseded",)]
    log = queries.history(row, english)
    names = dict(Person.objects.filter(pk__in={item["by"] for item in log if item["by"]}).values_list("pk", "name"))
    for item in log:
        item["name"] = names.get(item["by"], "")
    form = form_of(row)
    verdict = confirm_verdict(row, now=now) if row.state == Booking.State.TENTATIVE else None
    return render(request, "bookings/booking.html", {
        "booking": row, "rooms": lines_of(row), "meals": row.meal_plan.filter(removed_at__isnull=True).order_by("on", "time", "id"),
        "guests": row.guests.filter(removed_at__isnull=True).order_by("order"), "escorts": row.escort_people.filter(removed_at__isnull=True),
        "services": row.service_lines.filter(dropped_at__isnull=True).order_by("ordered_at"), "differences": queries.differences_of(row),
        "duties": rows_of(row.hotel_id, duties, now), "changes": queries.changes_of(row), "log": log, "form": form,
        "stage": _stage(row, form is not None), "stages": STAGES, "open": row.state in OPEN, "live": row.state in LIVE,
        "tentative": row.state == Booking.State.TENTATIVE, "verdict": verdict, "group": row.kind == Booking.Kind.GROUP,
        "may_edit": actor.may("bookings.edit"), "may_arrive": actor.may("bookings.arrivals"), "may_decide": actor.may("enquiries.decide"),
        "may_serve": actor.may("bookings.service"), "may_check": actor.may("bookings.check"),
        "people": Person.objects.filter(
            appointments__hotel=row.hotel_id, appointments__until_at__isnull=True, appointments__post__contains="sales", is_active=True
        ).distinct().order_by("name"),
        "service_kinds": SERVICES, "departments": [(key, names_[english]) for key, names_ in DEPARTMENTS.items()], "pre_arrival": PRE_ARRIVAL,
        "needs_decision": row.kind == Booking.Kind.GROUP and row.agreement_id is None and row.state == Booking.State.TENTATIVE,
    })
