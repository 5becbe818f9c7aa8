"""One booking: its facts, rooms, meals, people, papers, duties, history; and the steps that fit now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guiju.bookings import queries
from guiju.bookings.actions.liaising import HERE
from guiju.bookings.actions.steps import LIVE, OPEN
from guiju.bookings.lines import all_types
from guiju.bookings.models import Booking
from guiju.bookings.papers import form_of
from guiju.bookings.readiness import confirm_verdict
from guiju.bookings.stay import lines_of
from guiju.bookings.step_forms import FORMS, ResolveForm, StepForm
from guiju.bookings.words import ESCORT_NAMES, GENDER_NAMES, MEAL_NAMES, PAYER_NAMES, PAYMENT_NAMES, STYLE_NAMES, TOLD_NAMES, field_name, shown
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
    return booking_page(request, found(request, pk))


def booking_page(request: HttpRequest, row: Booking, *, form: StepForm | None = None, what: str = "") -> HttpResponse:
    """The booking's page; `form` is a refused step, shown in its place with what is wrong beside its fields."""
    now, actor, english = request.now, request.actor, request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    duties = [duty for duty in duties_of(row.hotel_id, row.subject, now) if duty.status not in ("superseded",)]
    log = queries.history(row, english)
    names = dict(Person.objects.filter(pk__in={item["by"] for item in log if item["by"]}).values_list("pk", "name"))
    for item in log:
        item["name"] = names.get(item["by"], "")
    paper = form_of(row)
    rooms = lines_of(row)
    kinds = {str(pk): kind.shown for pk, kind in all_types(row.hotel_id).items()}
    verdict = confirm_verdict(row, now=now) if row.state == Booking.State.TENTATIVE else None
    return render(request, "bookings/booking.html", {
        "booking": row, "rooms": rooms, "meals": _named_meals(row), "guests": _guests(row, kinds), "escorts": _escorts(row),
        "services": _services(row, english), "differences": _differences(request, row, form, what), "payers": _payers(row),
        "duties": rows_of(row.hotel_id, duties, now), "changes": _changes(row, kinds), "log": log, "form": paper,
        "stage": _stage(row, paper is not None), "stages": STAGES, "open": row.state in OPEN, "live": row.state in LIVE,
        "here": row.state in HERE, "tentative": row.state == Booking.State.TENTATIVE, "verdict": verdict, "group": row.kind == Booking.Kind.GROUP,
        "payment": PAYMENT_NAMES.get(row.payment, row.payment), "may": _rights(actor), "steps": _steps(request, row, form, what),
        "wrong": what, "wrong_form": form, "today": timezone.localtime(now).date(),
        "needs_decision": row.kind == Booking.Kind.GROUP and row.agreement_id is None and row.state == Booking.State.TENTATIVE,
    }, status=422 if form is not None else 200)


def _rights(actor: Any) -> dict[str, bool]:
    names = {
        "edit": "bookings.edit", "hold": "bookings.hold", "confirm": "bookings.confirm", "cancel": "bookings.cancel", "arrive": "bookings.arrivals",
        "decide": "enquiries.decide", "serve": "bookings.service", "check": "bookings.check", "liaise": "bookings.liaise", "issue": "papers.issue",
        "deviate": "rates.deviate", "client": "clients.view",
    }
    return {name: actor.may(permission) for name, permission in names.items()}


def _steps(request: HttpRequest, row: Booking, form: StepForm | None, what: str) -> dict[str, StepForm]:
    """The forms of the steps that fit this booking now; the refused one keeps what was typed."""
    wanted = ["hold", "written", "ask-rate"] if row.state in OPEN else []
    if row.state in OPEN:
        wanted += ["extend"] if row.hold_until_at else []
        wanted += [] if row.guarantee else ["guarantee"]
    if row.kind == Booking.Kind.GROUP and row.state in (*LIVE, *HERE):
        wanted += ["order", "see-off", "meet", "luggage"]
        wanted += ["liaison", "important", "check-rooms", "check-meals", "on-time", "pre-arrival"] if row.state in LIVE else []
        wanted += ["decide"] if row.agreement_id is None and row.state == Booking.State.TENTATIVE else []
    english = request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    made = {
        name.replace("-", "_"): FORMS[name](what=name, booking=row, now=request.now, english=english)  # type: ignore[attr-defined]
        for name in dict.fromkeys(wanted)
    }
    if form is not None and what in FORMS:
        made[what.replace("-", "_")] = form
    return made


def _named_meals(row: Booking) -> list[dict[str, Any]]:
    meals = row.meal_plan.filter(removed_at__isnull=True).order_by("on", "time", "id")
    return [{"row": meal, "name": MEAL_NAMES.get(meal.meal, meal.meal), "style": STYLE_NAMES.get(meal.style, "")} for meal in meals]


def _guests(row: Booking, kinds: dict[str, str]) -> list[dict[str, Any]]:
    guests = row.guests.filter(removed_at__isnull=True).order_by("order")
    return [{"row": one, "gender": GENDER_NAMES.get(one.gender, ""), "type": kinds.get(str(one.room_type_id), "")} for one in guests]


def _escorts(row: Booking) -> list[dict[str, Any]]:
    return [{"row": one, "role": ESCORT_NAMES.get(one.role, one.role)} for one in row.escort_people.filter(removed_at__isnull=True).order_by("id")]


def _services(row: Booking, english: bool) -> list[dict[str, Any]]:
    lines = row.service_lines.filter(dropped_at__isnull=True).order_by("ordered_at", "id")
    return [
        {"row": line, "department": DEPARTMENTS[line.department][english] if line.department in DEPARTMENTS else line.department} for line in lines
    ]


def _payers(row: Booking) -> list[tuple[Any, Any]]:
    return [(PAYER_NAMES.get(key, key), PAYER_NAMES.get(value, value)) for key, value in row.payer_split.items()]


def _differences(request: HttpRequest, row: Booking, form: StepForm | None, what: str) -> list[dict[str, Any]]:
    found_ = []
    for one in queries.differences_of(row):
        name = f"resolve-{one.pk}"
        step = form if what == name else ResolveForm(what=name, booking=row, now=request.now)  # type: ignore[attr-defined]
        found_.append({"row": one, "form": step})
    return found_


def _changes(row: Booking, kinds: dict[str, str]) -> list[dict[str, Any]]:
    """The changes with their fields in words, old and new."""
    shown_ = []
    for change in queries.changes_of(row):
        fields = [
            {"name": field_name(name), "old": shown(name, change.old.get(name), kinds), "new": shown(name, change.new.get(name), kinds)}
            for name in change.fields if name != "contact_id"
        ]
        shown_.append({"row": change, "fields": fields, "told_how": TOLD_NAMES.get(change.told_how, "")})
    return shown_
