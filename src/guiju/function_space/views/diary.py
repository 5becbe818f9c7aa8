"""The function diary by day, week, month and year; and with the rooms on one screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext

from guiju.function_space import sheets, spread
from guiju.function_space.models import Function
from guiju.function_space.queries.space import Halls, halls_of, standing
from guiju.function_space.queries.waiting import waiting_list
from guiju.function_space.tape import day_of
from guiju.function_space.views.asking import day_asked, tape_of, today, zone_of
from guiju.function_space.views.functions import shown
from guiju.house.asking import Asked
from guiju.house.calendars import calendars_of
from guiju.house.doors import page
from guiju.house.lists import downloaded, formats
from guiju.rooms.queries.availability import availability

State = Function.State
VIEWS = ("day", "week", "month", "year")
DAYS = {"day": 1, "week": 7}
BOTH = (7, 14)


@page("function_space.view", methods=("GET",))
def diary(request: Asked) -> HttpResponse:
    """What stands in which hall: the hours of a day, or a week, a month, a year."""
    view = request.GET.get("view", "day")
    view = view if view in VIEWS else "day"
    on = day_asked(request)
    days = days_of(view, on)
    halls = halls_of(request.hotel.pk)
    if request.GET.get("export"):
        return _export(request, halls, days)
    context = {
        "view": view, "views": [(name, _label(name)) for name in VIEWS], "on": on, "days": days, "today": today(request),
        "before": _step(view, on, -1), "after": _step(view, on, 1), "formats": formats(request), "halls": halls.open,
        "may_hold": request.actor.may("function_space.hold"), "may_repair": request.actor.may("function_space.maintain"),
        "book_url": reverse("function_space:new"),
        **_VIEWS[view](request, halls, on, days),
    }
    return render(request, "function_space/diary.html", context)


def days_of(view: str, on: date) -> list[date]:
    """The days shown: one, the week from Monday, the month, or the year."""
    if view == "month":
        first = on.replace(day=1)
        many = ((first + timedelta(days=31)).replace(day=1) - first).days
    elif view == "year":
        first = on.replace(month=1, day=1)
        many = (first.replace(year=first.year + 1) - first).days
    else:
        first, many = (on, 1) if view == "day" else (on - timedelta(days=on.weekday()), 7)
    return [first + timedelta(days=n) for n in range(many)]


def _label(view: str) -> str:
    return {
        "day": pgettext("diary", "Day"), "week": pgettext("diary", "Week"), "month": pgettext("diary", "Month"),
        "year": pgettext("diary", "Year"),
    }[view]


def _step(view: str, on: date, by: int) -> date:
    if view in DAYS:
        return on + timedelta(days=DAYS[view] * by)
    if view == "year":
        return on.replace(year=on.year + by, day=min(on.day, 28))
    first = on.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1) if by < 0 else (first + timedelta(days=31)).replace(day=1)


def _day(request: Asked, halls: Halls, on: date, days: list[date]) -> dict[str, Any]:
    chosen = _chosen(request)
    tape = tape_of(request, halls, on, selected=chosen)
    functions = [row for row in tape.functions if row.state != State.OUT_OF_ORDER]
    firm = [row for row in functions if row.state == State.DEFINITE]
    ends = day_of(today(request), zone_of(request))[1]
    context = {
        "tape": tape, "many": len(functions), "firm": len(firm), "options": len(functions) - len(firm),
        "persons": sum(row.persons or 0 for row in firm), "persons_option": sum(row.persons or 0 for row in functions if row.state == State.OPTION),
        "ending": sum(1 for row in functions if row.option_until_at and row.option_until_at < ends),
        "repairs": len(tape.functions) - len(functions), "waiting": _waiting(request, on),
    }
    function = next((row for row in tape.functions if row.pk == chosen), None)
    return context | ({"chosen": shown(request, function, halls)} if function else {})


def _chosen(request: Asked) -> UUID | None:
    try:
        return UUID(request.GET.get("f", ""))
    except ValueError:
        return None


def _waiting(request: Asked, on: date) -> list[Any]:
    first, last = day_of(on, zone_of(request))
    return [row for row in waiting_list(request.hotel.pk) if row.from_at < last and row.until_at > first]


def _week(request: Asked, halls: Halls, on: date, days: list[date]) -> dict[str, Any]:
    zone = zone_of(request)
    functions = standing(request.hotel.pk, day_of(days[0], zone)[0], day_of(days[-1], zone)[1])
    booked = [row for row in functions if row.state != State.OUT_OF_ORDER]
    return {
        "rows": spread.week(halls, functions, days, zone=zone, now=request.now), "many": len(booked), "heads": _heads(request, days),
        "options": sum(1 for row in booked if row.state == State.OPTION),
    }


def _month(request: Asked, halls: Halls, on: date, days: list[date]) -> dict[str, Any]:
    return {"rows": spread.month(request.hotel.pk, halls, days, zone=zone_of(request)), "heads": _heads(request, days)}


def _year(request: Asked, halls: Halls, on: date, days: list[date]) -> dict[str, Any]:
    months, rows = spread.year(request.hotel.pk, halls, on.year, zone=zone_of(request))
    return {"months": months, "rows": rows, "many": sum(cell.functions for _hall, cells in rows for cell in cells)}


_VIEWS = {"day": _day, "week": _week, "month": _month, "year": _year}


def _heads(request: Asked, days: list[date]) -> list[tuple[date, bool, str]]:
    """Each day with whether it is a weekend, and the name of its holiday."""
    holidays = calendars_of(request.hotel.pk).at(request.now).holidays
    return [(day, day.weekday() >= 5, holidays.get(day, "")) for day in days]


def _export(request: Asked, halls: Halls, days: list[date]) -> HttpResponse:
    zone = zone_of(request)
    rows = standing(request.hotel.pk, day_of(days[0], zone)[0], day_of(days[-1], zone)[1])
    for row in rows:
        row.hall = halls.by_id[row.hall_id]
    return downloaded(request, rows, sheets.diary_columns(), f"functions-{days[0].isoformat()}")


@page("function_space.view", methods=("GET",))
def both(request: Asked) -> HttpResponse:
    """Rooms and function space on one screen: what is left of each room type in each night, and of each hall on each day."""
    request.actor.require("rooms.view")
    on, said = day_asked(request), request.GET.get("days", "")
    many = int(said) if said.isdecimal() and int(said) in BOTH else BOTH[0]
    days = [on + timedelta(days=n) for n in range(many)]
    hotel, zone = request.hotel, zone_of(request)
    halls = halls_of(hotel.pk)
    matrix = availability(hotel.pk, on, days[-1] + timedelta(days=1))
    types = [(row.room_type, list(zip(days, row.nights, strict=True))) for row in matrix.rows]
    rows = spread.month(hotel.pk, halls, days, zone=zone)
    context = {
        "types": types, "rows": rows, "heads": _heads(request, days), "on": on, "many": many, "days": days, "lengths": BOTH,
        "full": sum(1 for kind, nights in types for _on, night in nights if kind.physical and night.left <= 0),
        "taken": sum(cell.taken for _row, cells in rows for cell in cells), "before": on - timedelta(days=many),
        "after": on + timedelta(days=many), "diary": reverse("function_space:diary"),
    }
    return render(request, "function_space/both.html", context)
