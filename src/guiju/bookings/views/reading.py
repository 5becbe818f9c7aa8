"""One booking in three parts: the booking itself, its people and arrival, its changes and history; each with its steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guiju.bookings import queries, records
from guiju.bookings.actions.liaising import checked_items
from guiju.bookings.actions.settling import HERE
from guiju.bookings.actions.steps import LIVE, OPEN
from guiju.bookings.group_forms import ALL_FORMS
from guiju.bookings.group_forms import FORMS as GROUP_FORMS
from guiju.bookings.lines import all_types
from guiju.bookings.models import Booking
from guiju.bookings.papers import form_of
from guiju.bookings.readiness import confirm_verdict
from guiju.bookings.stay import MEALS, ROOMS, group_dates, has_meals, lines_of, meals_of
from guiju.bookings.step_forms import ResolveForm, StepForm
from guiju.bookings.words import (
    ESCORT_NAMES,
    GENDER_NAMES,
    MEAL_NAMES,
    PAYER_NAMES,
    PAYMENT_NAMES,
    PRE_ARRIVAL_NAMES,
    STYLE_NAMES,
    TOLD_NAMES,
    difference,
    field_name,
)
from guiju.duties.queries import duties_of
from guiju.duties.records import Judged, of_record
from guiju.duties.today import Row, state_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Person
from guiju.papers.queries import open_to

PEOPLE_STEPS = frozenset({
    "liaison", "important", "ordinary", "order", "check-rooms", "check-meals", "on-time", "check-in", "leader", "see-off", "pre-arrival", "meet",
    "luggage",
})
STAGES = ("tentative", "held", "confirmed", "issued", "arrived", "departed")


def found(request: Asked, pk: Any, *lines: Any) -> Booking:
    """The booking of this hotel, or 404; `lines` are read with it (stay.ROOMS, stay.MEALS)."""
    rows = Booking.objects.select_related("hotel", "client", "agreement", "contact", "liaison", "seller", "series").prefetch_related(*lines)
    booking: Booking = records.with_lines(rows).pick(request.actor.hotel_id, pk)
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
def booking(request: Asked, pk: Any) -> HttpResponse:
    """The booking: what stands in its way, the stay, rooms and rates, meals, duties, papers."""
    return booking_page(request, found(request, pk, ROOMS, MEALS))


@page("bookings.view", methods=("GET",))
def people(request: Asked, pk: Any) -> HttpResponse:
    """Who comes and who looks after them: rooming list, arrangements, checks and steps around the arrival."""
    return people_page(request, found(request, pk, MEALS))


@page("bookings.view", methods=("GET",))
def history(request: Asked, pk: Any) -> HttpResponse:
    """What was changed, old and new, and what the logbook says."""
    row = found(request, pk)
    log = queries.history(row, _english(request))
    names = dict(Person.objects.filter(pk__in={item["by"] for item in log if item["by"]}).values_list("pk", "name"))
    for item in log:
        item["name"] = names.get(item["by"], "")
    return shown_page(request, row, "history", {"log": log, "changes": _changes(row, _kinds(row), _english(request))})


@page("bookings.view", methods=("GET",))
def side(request: Asked, pk: Any) -> HttpResponse:
    """What the standard asks about this booking, its papers and where it came from: beside the booking, or a page of its own."""
    row, now = found(request, pk), request.now
    duties = [duty for duty in duties_of(row.hotel_id, row.subject, now) if duty.status not in ("superseded",)]
    rows = [Row(duty, row.name, "", "", state_of(duty, now)) for duty in duties]
    whole = "bookings/_side.html" if request.headers.get("HX-Request") else "bookings/side.html"
    return render(request, whole, {"booking": row, "duties": rows, "dates": group_dates(row)})


def step_page(request: Asked, row: Booking, form: StepForm, what: str) -> HttpResponse:
    """The page a refused step stands on."""
    from guiju.bookings.views.group import group_page  # it stands on this page's head

    shown_ = {"people": people_page, "group": group_page}.get(tab_of(what), booking_page)
    return shown_(request, row, form=form, what=what)


def tab_of(what: str) -> str:
    """Which part of the booking a step belongs to."""
    if what in GROUP_FORMS:
        return "group"
    return "people" if what in PEOPLE_STEPS or what.startswith("resolve-") else "booking"


def booking_page(request: Asked, row: Booking, *, form: StepForm | None = None, what: str = "") -> HttpResponse:
    """The first page; `form` is a refused step, shown in its place with what is wrong beside its fields."""
    now = request.now
    wanted = ["hold", "written", "ask-rate"] if row.state in OPEN else []
    if row.state in OPEN:
        wanted += ["extend"] if row.hold_until_at else []
        wanted += [] if row.guarantee else ["guarantee"]
    needs_decision = row.kind == Booking.Kind.GROUP and row.agreement_id is None and row.state == Booking.State.TENTATIVE
    wanted += ["decide"] if needs_decision else []
    return shown_page(request, row, "booking", {
        "rooms": lines_of(row), "meals": _named_meals(row), "payers": _payers(row), "payment": PAYMENT_NAMES.get(row.payment, row.payment),
        "needs_decision": needs_decision,
        "verdict": confirm_verdict(row, now=now) if row.state == Booking.State.TENTATIVE else None,
        "steps": steps_for(request, row, wanted, form, what),
    }, form, what)


def people_page(request: Asked, row: Booking, *, form: StepForm | None = None, what: str = "") -> HttpResponse:
    """Guests, escorts, arrangements and the steps around the arrival."""
    wanted: list[str] = []
    if row.kind == Booking.Kind.GROUP and row.state in (*LIVE, *HERE):
        wanted += ["order", "see-off", "meet", "luggage"]
        wanted += ["liaison", "important", "check-rooms", "check-meals", "on-time", "pre-arrival"] if row.state in LIVE else []
    return shown_page(request, row, "people", {
        "guests": _guests(row), "escorts": _escorts(row), "services": _services(row, _english(request)),
        "differences": _differences(request, row, form, what), "meals": has_meals(row), "checked": named_items(row),
        "steps": steps_for(request, row, wanted, form, what),
    }, form, what)


def shown_page(
    request: Asked, row: Booking, tab: str, context: dict[str, Any], form: StepForm | None = None, what: str = ""
) -> HttpResponse:
    """One part of the booking under its head."""
    now = request.now
    paper = None if row.state == Booking.State.TENTATIVE else form_of(row)
    known = {
        "booking": row, "tab": tab, "paper": paper, "stage": _stage(row, paper is not None), "stages": STAGES, "open": row.state in OPEN,
        "live": row.state in LIVE, "here": row.state in HERE, "tentative": row.state == Booking.State.TENTATIVE,
        "group": row.kind == Booking.Kind.GROUP, "may": _rights(request.actor, paper), "wrong": what, "wrong_form": form,
        "today": timezone.localtime(now).date(), "incomplete": _incomplete(row, now),
    }
    return render(request, f"bookings/{tab}.html", known | context, status=422 if form is not None else 200)


def _incomplete(row: Booking, now: datetime) -> list[Judged]:
    """The clauses that ask for more than is written down in it."""
    return [one for one in of_record(row.hotel_id, records.shown(row), now) if one.gaps]


def _english(request: Asked) -> bool:
    return bool(request.LANGUAGE_CODE == "en")


def _kinds(row: Booking) -> dict[str, str]:
    return {str(pk): kind.shown for pk, kind in all_types(row.hotel_id).items()}


def _rights(actor: Any, paper: Any = None) -> dict[str, bool]:
    names = {
        "edit": "bookings.edit", "hold": "bookings.hold", "confirm": "bookings.confirm", "cancel": "bookings.cancel", "arrive": "bookings.arrivals",
        "decide": "enquiries.decide", "serve": "bookings.service", "check": "bookings.check", "liaise": "bookings.liaise", "issue": "papers.issue",
        "deviate": "rates.deviate", "client": "clients.view",
    }
    may = {name: actor.may(permission) for name, permission in names.items()}
    return {**may, "open_form": paper is not None and bool(open_to(actor, [paper.pk]))}


def steps_for(request: Asked, row: Booking, wanted: list[str], form: StepForm | None, what: str) -> dict[str, StepForm]:
    """The forms of the steps that fit this booking now; the refused one keeps what was typed."""
    made = {
        name.replace("-", "_"): ALL_FORMS[name](what=name, booking=row, now=request.now, english=_english(request))
        for name in wanted
    }
    if form is not None and what in ALL_FORMS:
        made[what.replace("-", "_")] = form
    return made


def _named_meals(row: Booking) -> list[dict[str, Any]]:
    return [{"row": meal, "name": MEAL_NAMES.get(meal.meal, meal.meal), "style": STYLE_NAMES.get(meal.style, "")} for meal in meals_of(row)]


def named_items(row: Booking) -> list[dict[str, Any]]:
    """What was gone through before arrival, item by item."""
    return [{"name": PRE_ARRIVAL_NAMES[item], **told} for item, told in checked_items(row).items()]


def _guests(row: Booking) -> list[dict[str, Any]]:
    guests = row.guests.filter(removed_at__isnull=True).select_related("room_type").order_by("order")
    return [
        {"row": one, "gender": GENDER_NAMES.get(one.gender, ""), "type": one.room_type.shown if one.room_type else ""} for one in guests
    ]


def _escorts(row: Booking) -> list[dict[str, Any]]:
    return [{"row": one, "role": ESCORT_NAMES.get(one.role, one.role)} for one in row.escort_people.filter(removed_at__isnull=True).order_by("id")]


def _services(row: Booking, english: bool) -> list[dict[str, Any]]:
    lines = row.service_lines.filter(dropped_at__isnull=True).order_by("ordered_at", "id")
    return [
        {"row": line, "department": DEPARTMENTS[line.department][english] if line.department in DEPARTMENTS else line.department} for line in lines
    ]


def _payers(row: Booking) -> list[tuple[Any, Any]]:
    return [(PAYER_NAMES.get(key, key), PAYER_NAMES.get(value, value)) for key, value in row.payer_split.items()]


def _differences(request: Asked, row: Booking, form: StepForm | None, what: str) -> list[dict[str, Any]]:
    found_ = []
    for one in queries.differences_of(row):
        name = f"resolve-{one.pk}"
        step = form if what == name else ResolveForm(what=name, booking=row, now=request.now)
        found_.append({"row": one, "form": step})
    return found_


def _changes(row: Booking, kinds: dict[str, str], english: bool) -> list[dict[str, Any]]:
    """The changes with their fields in words, old and new."""
    shown_ = []
    for change in queries.changes_of(row):
        fields = []
        for name in change.fields:
            old, new = difference(name, change.old.get(name), change.new.get(name), kinds)
            if name != "contact_id":
                fields.append({"name": field_name(name), "old": old, "new": new})
        basis = change.new.get("charge_en" if english else "charge_zh") or change.new.get("basis", "")
        shown_.append({"row": change, "fields": fields, "told_how": TOLD_NAMES.get(change.told_how, ""), "basis": basis})
    return shown_
