"""Writing a booking down, changing it, cancelling it, its rooming list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings import actions, lines
from guiju.bookings.actions.closing import TOLD_HOW, cancellation_of
from guiju.bookings.models import Booking
from guiju.bookings.shapes import GuestLine, MealLine, RoomLine
from guiju.bookings.views.reading import found
from guiju.clients.models import Client
from guiju.house.doors import answer_once, page
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

ROOM_ROWS, MEAL_ROWS = 5, 8
Errors = dict[str, list[str]]


def _day(text: str, field: str, errors: Errors) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors.setdefault(field, []).append(_("A day, please."))
        return None


def _clock(text: str, field: str, errors: Errors) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        errors.setdefault(field, []).append(_("A time like 18:30, please."))
        return None


def _whole(text: str, field: str, errors: Errors) -> int:
    if text.strip().isdecimal() and len(text.strip()) < 6:
        return int(text)
    errors.setdefault(field, []).append(_("A number, please."))
    return 0


def _rooms(request: HttpRequest, arrival: date | None, departure: date | None, errors: Errors) -> list[RoomLine]:
    types = {str(row.pk): row for row in RoomType.objects.of(request.actor.hotel_id)}  # type: ignore[attr-defined]
    made = []
    columns = [request.POST.getlist(name) for name in ("room_type", "room_count", "room_use")]
    for number, (kind, count, use) in enumerate(zip(*columns, strict=False), start=1):
        if not count.strip() or not arrival or not departure:
            continue
        row = types.get(kind)
        if row is None:
            errors.setdefault(f"rooms {number}", []).append(_("This room type is not sold here."))
            continue
        made.append(RoomLine(row.pk, arrival, departure, _whole(count, f"rooms {number}", errors), use or "guest"))
    return made


def _meals(request: HttpRequest, errors: Errors) -> list[MealLine]:
    names = ("meal_on", "meal_kind", "meal_time", "meal_place", "meal_persons", "meal_standard", "meal_diet")
    made = []
    for number, row in enumerate(zip(*(request.POST.getlist(name) for name in names), strict=False), start=1):
        on, kind, clock, place, persons, standard, diet = row
        if not on and not persons.strip():
            continue
        at = f"meals {number}"
        day = _day(on, at, errors)
        if day:
            made.append(MealLine(day, kind, _whole(persons, at, errors), _clock(clock, at, errors), place[:60], 0, standard[:40], diet=diet[:120]))
    return made


def _client(request: HttpRequest, errors: Errors) -> Client | None:
    text = request.POST.get("client", "").strip()
    if not text:
        return None
    rows = Client.objects.of(request.actor.hotel_id).filter(merged_into__isnull=True)  # type: ignore[attr-defined]
    row = rows.filter(number__iexact=text.split(" ")[0]).first() or rows.filter(name=text).first()
    if row is None:
        errors.setdefault("client", []).append(_("No such client. Type the number or the whole name."))
    return row


def _context(request: HttpRequest, errors: Errors, row: Booking | None) -> dict[str, Any]:
    used = {line.room_type_id for line in lines.room_shapes(row)} if row else set()
    types = [one for one in RoomType.objects.of(request.actor.hotel_id) if one.closed_at is None or one.pk in used]  # type: ignore[attr-defined]
    clients = Client.objects.of(request.actor.hotel_id).filter(merged_into__isnull=True).order_by("name")[:300]  # type: ignore[attr-defined]
    return {"errors": errors, "data": request.POST, "types": types, "clients": clients, "booking": row, "kinds": Booking.Kind.choices}


def _padded(rows: list[Any], least: int) -> list[Any]:
    return rows + [None] * max(1, least - len(rows))


@page("bookings.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Write a booking down: an individual paying cash, one on account, or a group."""
    errors: Errors = {}
    if request.method == "POST":
        asked = request.POST
        arrival, departure = (_day(asked.get(name, ""), name, errors) for name in ("arrival_on", "departure_on"))
        rooms, meals, client = _rooms(request, arrival, departure, errors), _meals(request, errors), _client(request, errors)
        persons = _whole(asked.get("persons", ""), "persons", errors)
        clock = _clock(asked.get("arrival_time", ""), "arrival_time", errors)
        if not errors and arrival and departure:
            try:
                row = actions.draft_booking(
                    request.hotel, kind=asked.get("kind", ""), name=asked.get("name", ""), client=client, arrival_on=arrival,  # type: ignore[attr-defined]
                    departure_on=departure, arrival_time=clock, persons=persons, rooms=rooms, meals=meals,
                    tour_code=asked.get("tour_code", "")[:40], requests=asked.get("requests", "")[:2000],
                    payment=asked.get("payment", ""), by=request.actor, now=request.now,  # type: ignore[attr-defined]
                )
            except Invalid as wrong:
                errors = dict(wrong.errors)
            else:
                return HttpResponseRedirect(reverse("bookings:booking", args=[row.pk]))
    context = _context(request, errors, None) | {"room_rows": [None] * ROOM_ROWS, "meal_rows": [None] * MEAL_ROWS}
    return render(request, "bookings/form.html", context, status=422 if errors else 200)


@page("bookings.edit")
def change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change a booking: what was stands beside; its papers and everybody who holds them follow in the same step."""
    row, errors = found(request, pk), {}
    if request.method == "POST":
        asked = request.POST
        arrival, departure = (_day(asked.get(name, ""), name, errors) for name in ("arrival_on", "departure_on"))
        rooms, meals = _rooms(request, arrival, departure, errors), _meals(request, errors)
        fields: dict[str, Any] = {
            "name": asked.get("name", ""), "arrival_on": arrival, "departure_on": departure,
            "arrival_time": _clock(asked.get("arrival_time", ""), "arrival_time", errors),
            "persons": _whole(asked.get("persons", ""), "persons", errors), "requests": asked.get("requests", "")[:2000],
        } | _touched(row, rooms, meals)
        if not errors:
            try:
                actions.change(
                    row, version=_whole(asked.get("version", ""), "version", errors), fields=fields, reason=asked.get("reason", ""),
                    told_by=asked.get("told_by", ""), told_how=asked.get("told_how", ""), by=request.actor, now=request.now,  # type: ignore[attr-defined]
                )
            except Invalid as wrong:
                errors = dict(wrong.errors)
            else:
                return HttpResponseRedirect(reverse("bookings:booking", args=[pk]))
    present = lines.room_shapes(row)
    context = _context(request, errors, row) | {
        "room_rows": _padded(list(present), ROOM_ROWS), "meal_rows": _padded(list(lines.meal_shapes(row)), MEAL_ROWS), "told_how": TOLD_HOW,
    }
    return render(request, "bookings/form.html", context, status=422 if errors else 200)


def _touched(row: Booking, rooms: list[RoomLine], meals: list[MealLine]) -> dict[str, Any]:
    """Rooms and meals only where the page changed them: split stays, extra beds and what escorts eat survive a change of the name."""
    known = {(meal.on, meal.meal): meal for meal in lines.meal_shapes(row)}
    meals = [
        replace(meal, escorts=was.escorts, per=was.per, style=was.style) if (was := known.get((meal.on, meal.meal))) else meal for meal in meals
    ]
    touched: dict[str, Any] = {}
    if [(one.room_type_id, one.rooms, one.use) for one in lines.room_shapes(row)] != [(one.room_type_id, one.rooms, one.use) for one in rooms]:
        touched["rooms"] = rooms
    if meals != list(lines.meal_shapes(row)):
        touched["meals"] = meals
    return touched


@page("bookings.cancel")
def cancel(request: HttpRequest, pk: Any) -> HttpResponse:
    """Cancel, with what it costs by the terms shown before."""
    row, errors = found(request, pk), {}
    if request.method == "POST":
        asked = request.POST
        try:
            actions.cancel(
                row, reason=asked.get("reason", ""), told_by=asked.get("told_by", ""), told_how=asked.get("told_how", ""),
                by=request.actor, now=request.now,  # type: ignore[attr-defined]
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return HttpResponseRedirect(reverse("bookings:booking", args=[pk]))
    context = {"booking": row, "errors": errors, "data": request.POST, "charge": cancellation_of(row, now=request.now), "told_how": TOLD_HOW}  # type: ignore[attr-defined]
    return render(request, "bookings/cancel.html", context, status=422 if errors else 200)


@page("bookings.edit", once=False)
def rooming(request: HttpRequest, pk: Any) -> HttpResponse:
    """The rooming list, pasted line by line or as a table; wrong rows are named and nothing is half-written."""
    row, errors = found(request, pk), {}
    words = request.POST.get("lines", "")
    if request.method == "POST":
        guests, errors = _guests(words)
        if not errors:
            def step() -> HttpResponse:
                actions.change(row, version=row.version, fields={"guests": guests}, by=request.actor, now=request.now)  # type: ignore[attr-defined]
                return HttpResponseRedirect(reverse("bookings:booking", args=[pk]))

            try:
                return answer_once(request, step)
            except Invalid as wrong:
                errors = wrong.errors
    elif not words:
        words = "\n".join("\t".join((guest.name, guest.share, guest.remarks)).rstrip() for guest in lines.guest_shapes(row))
    return render(request, "bookings/rooming.html", {"booking": row, "errors": errors, "words": words}, status=422 if errors else 200)


def _guests(words: str) -> tuple[list[GuestLine], Errors]:
    made, errors = [], {}
    for number, line in enumerate(words.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.replace("，", ",").replace("\t", ",").split(",")] + ["", ""]
        if not cells[0] or len(cells[0]) > 80 or len(cells[1]) > 10 or len(cells[2]) > 120:
            errors[_("row %(number)s") % {"number": number}] = [_("Name, shares with, remarks; the name is missing or something is too long.")]
        else:
            made.append(GuestLine(cells[0], share=cells[1], remarks=cells[2]))
    if len(made) > 2000:
        errors["lines"] = [_("At most 2,000 names.")]
    return made, errors
