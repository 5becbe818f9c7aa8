"""One function: taken, shown, confirmed, moved, changed, given back; and halls out of order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.clients.views.files import step_of
from guiju.function_space import actions
from guiju.function_space.forms import DetailsForm, ExtendForm, HoldForm, MoveForm, ReasonForm, RepairForm, first_of_hold, first_of_move
from guiju.function_space.models import Function
from guiju.function_space.queries.space import Halls, clashes, halls_of
from guiju.function_space.refusing import HallTaken
from guiju.function_space.spans import Span
from guiju.function_space.tape import Trying
from guiju.function_space.views.asking import carried, refusal, tape_of, zone_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.models import Person
from guiju.shelf import registry

State = Function.State


def to_function(row: Function) -> HttpResponse:
    """To the page of this function."""
    return HttpResponseRedirect(reverse("function_space:function", args=[row.pk]))


@page("function_space.hold")
def new(request: Asked) -> HttpResponse:
    """Take a hall. Refused, the page shows what is in the way, what else is free, and the waiting list."""
    zone, halls = zone_of(request), halls_of(request.hotel.pk)
    form = HoldForm(request.POST or None, halls=halls, zone=zone, initial=first_of_hold(request.GET, halls, zone, request.now))
    found: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        wait = request.POST.get("what") == "wait"

        def step(values: dict[str, Any]) -> Any:
            if wait:
                given = {**form.taken(values), **{name: values[name] for name in ("label", "persons", "setup_minutes", "turn_minutes")}}
                return actions.wait_for(request.hotel, **given, **step_of(request))
            return actions.hold(request.hotel, **form.asked(values), **step_of(request))

        try:
            row = carried(form, step)
            if row is not None:
                if wait:
                    messages.success(request, _("%(label)s is on the waiting list.") % {"label": row.label})
                    return HttpResponseRedirect(reverse("function_space:waiting"))
                messages.success(request, _("Taken: %(hall)s.") % {"hall": row.hall.shown})
                return to_function(row)
            status = 422
        except HallTaken as taken:
            found |= {"refused": refusal(taken, zone), "kept": _kept(request.POST), "asked": _asked(request.POST)}
            found["tape"] = tape_of(request, halls, _on(taken.span, zone), trying=Trying(taken.hall, taken.span, taken.clash))
            status = 409
    if "tape" not in found:
        found |= _looked_up(request, form, halls)
    return render(request, "function_space/new.html", found, status=status)


def _on(span: Span, zone: Any) -> date:
    return span.from_at.astimezone(zone).date()


def _kept(given: Any) -> list[tuple[str, str]]:
    """What was entered, without the hall and time: an offer sends it again."""
    asked = ("label", "persons", "style", "remarks", "setup_minutes", "turn_minutes", "option_until")
    return [(name, given[name]) for name in asked if given.get(name)]


def _asked(given: Any) -> list[tuple[str, str]]:
    """All that was entered: the waiting list takes it as it is."""
    return [(name, given[name]) for name in HoldForm.base_fields if given.get(name)]


def _looked_up(request: Asked, form: HoldForm, halls: Halls) -> dict[str, Any]:
    """The day the form is about, with what it would take, before anything is sent."""
    values = form.cleaned_data if form.is_bound and not form.errors else form.initial
    hall, zone = form.halls.get(str(values.get("hall"))), zone_of(request)
    if hall is None or not values.get("on") or not values.get("from_time") or not values.get("until_time"):
        return {}
    last = values.get("last_on") or values["on"]
    span = Span(form.moment(values["on"], values["from_time"]), form.moment(last, values["until_time"]), hall.setup_minutes, hall.turn_minutes)
    if span.until_at <= span.from_at:
        return {}
    trying = Trying(hall, span, clashes(halls, hall, span))
    return {"tape": tape_of(request, halls, _on(span, zone), trying=trying), "trying": trying}


@page("function_space.maintain")
def repair(request: Asked) -> HttpResponse:
    """A hall is out of order for a while. Refused, the page names the functions that stand in it."""
    zone, halls = zone_of(request), halls_of(request.hotel.pk)
    form = RepairForm(request.POST or None, halls=halls, zone=zone, initial=first_of_hold(request.GET, halls, zone, request.now))
    found: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":

        def step(values: dict[str, Any]) -> Function:
            return actions.put_out_of_order(request.hotel, **form.taken(values), reason=values["reason"], **step_of(request))

        try:
            row = carried(form, step)
            if row is not None:
                return to_function(row)
            status = 422
        except HallTaken as taken:
            found["refused"] = {**refusal(taken, zone), "offers": []}
            found["tape"] = tape_of(request, halls, _on(taken.span, zone), trying=Trying(taken.hall, taken.span, taken.clash))
            status = 409
    return render(request, "function_space/repair.html", found, status=status)


@page("function_space.view")
def function(request: Asked, pk: Any) -> HttpResponse:
    """A function with its day, and what can be done with it."""
    row = Function.objects.select_related("hall", "hotel").pick(request.hotel.pk, pk)
    halls = halls_of(request.hotel.pk)
    forms: dict[str, Any] = {}
    found: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        what = request.POST.get("what", "")
        request.actor.require("function_space.maintain" if what == "back" else "function_space.hold")
        try:
            if _STEPS[what](request, row, halls, forms) if what in _STEPS else False:
                return to_function(row)
            status = 422
        except HallTaken as taken:
            found["refused"] = refusal(taken, zone_of(request))
            found["kept"] = [(name, getattr(taken.span, name)) for name in ("setup_minutes", "turn_minutes")]
            found["trying"] = Trying(taken.hall, taken.span, taken.clash)
            status = 409
    day = _on(found["trying"].span, zone_of(request)) if "trying" in found else row.from_at.astimezone(zone_of(request)).date()
    tape = tape_of(request, halls, day, trying=found.get("trying"), selected=row.pk)
    context = {**shown(request, row, halls), **_forms(request, row, halls, forms), **found, "tape": tape}
    return render(request, "function_space/function.html", context, status=status)


def shown(request: Asked, row: Function, halls: Halls) -> dict[str, Any]:
    """What the page and the diary's side say about a function."""
    about = (row.about_kind, row.about_id)
    title, url = ("", "")
    if about != row.subject:
        title, url = registry.titles(request.hotel.pk, [about], request.actor).get(about, ("", ""))
    handler = Person.objects.filter(pk=row.handler_id).values_list("name", flat=True).first() if row.handler_id else ""
    return {
        "function": row, "hall": halls.by_id[row.hall_id], "parts": halls.parts_text(row.hall_id), "about_title": title, "about_url": url,
        "option": {"starts_at": row.created_at, "due_at": row.option_until_at}, "handler": handler or "",
        "capacity": halls.by_id[row.hall_id].capacity.get(row.style), "day": row.from_at.astimezone(zone_of(request)).date(),
        "may_hold": request.actor.may("function_space.hold"), "may_repair": request.actor.may("function_space.maintain"),
        "book_url": reverse("function_space:new"),
    }


def _forms(request: Asked, row: Function, halls: Halls, used: Mapping[str, Any]) -> dict[str, Any]:
    """The forms of the page: those that were sent with what was wrong, the others as the function is."""
    if not row.standing or row.state == State.OUT_OF_ORDER:
        return {}
    zone = zone_of(request)
    details = {name: getattr(row, name) for name in ("label", "persons", "style", "remarks", "version")}
    return {
        "move": used.get("move") or MoveForm(initial=first_of_move(row, zone), halls=halls, zone=zone, auto_id="move_%s"),
        "details": used.get("change") or DetailsForm(initial=details, auto_id="details_%s"),
        "extend": used.get("extend") or ExtendForm(initial={"option_until": row.option_until_at}, auto_id="extend_%s"),
        "release": used.get("release") or ReasonForm(auto_id="release_%s"),
    }


Step = Callable[[Asked, Function, Halls, dict[str, Any]], bool]


def _confirm(request: Asked, row: Function, halls: Halls, forms: dict[str, Any]) -> bool:
    actions.confirm(row, **step_of(request))
    messages.success(request, _("Definite."))
    return True


def _extend(request: Asked, row: Function, halls: Halls, forms: dict[str, Any]) -> bool:
    form = forms["extend"] = ExtendForm(request.POST, auto_id="extend_%s")
    return carried(form, lambda values: actions.extend_option(row, option_until_at=values["option_until"], **step_of(request))) is not None


def _move(request: Asked, row: Function, halls: Halls, forms: dict[str, Any]) -> bool:
    form = forms["move"] = MoveForm(request.POST, halls=halls, zone=zone_of(request), auto_id="move_%s")

    def step(values: dict[str, Any]) -> Function:
        more = {name: values[name] for name in ("setup_minutes", "turn_minutes", "version")}
        return actions.move(row, **form.taken(values), **more, **step_of(request))

    return carried(form, step) is not None


def _change(request: Asked, row: Function, halls: Halls, forms: dict[str, Any]) -> bool:
    form = forms["change"] = DetailsForm(request.POST, auto_id="details_%s")
    return carried(form, lambda values: actions.change(row, **values, **step_of(request))) is not None


def _release(request: Asked, row: Function, halls: Halls, forms: dict[str, Any]) -> bool:
    form = forms["release"] = ReasonForm(request.POST, auto_id="release_%s")
    return carried(form, lambda values: actions.release(row, reason=values["reason"], **step_of(request))) is not None


def _back(request: Asked, row: Function, halls: Halls, forms: dict[str, Any]) -> bool:
    actions.put_back_in_order(row, **step_of(request))
    return True


_STEPS: dict[str, Step] = {"confirm": _confirm, "extend": _extend, "move": _move, "change": _change, "release": _release, "back": _back}
