"""Writing an event down, its card, its functions, the lines of its offer, and cancelling it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.enquiries.models import Enquiry
from guiju.events import actions, pricing
from guiju.events.forms import CancelForm, EventForm, FunctionForm, LineForm, card_of, complain, line_of, plan_of
from guiju.events.models import Event, EventFunction, EventLine
from guiju.events.shape import cancel_percent, functions_of, working_total
from guiju.events.views.reading import found
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid, Missing


def _form(request: Asked, form: Any, title: str, submit: str, event: Event | None = None, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "event": event, **more}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


def _tried(form: Any, verb: Callable[[], Any]) -> Any:
    """What the verb gives; None when it refused, with its words beside the fields."""
    try:
        return verb()
    except Invalid as wrong:
        complain(form, wrong.errors, wrong.message)
        return None


@page("events.edit")
def new(request: Asked) -> HttpResponse:
    """Write an event down: from an enquiry (?enquiry=…), or from nothing."""
    enquiry = _enquiry(request)
    form = EventForm(request.POST if request.method == "POST" else None, hotel_id=request.actor.hotel_id, initial=_known(enquiry))
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: actions.open_event(
            request.hotel, card=form.card(), enquiry_id=enquiry.pk if enquiry else None, by=request.actor, now=request.now
        ))
        if made is not None:
            return HttpResponseRedirect(reverse("events:event", args=[made.pk]))
    return _form(request, form, _("New event"), _("Write it down"), enquiry=enquiry)


def _enquiry(request: Asked) -> Enquiry | None:
    text = request.GET.get("enquiry", "") or request.POST.get("enquiry", "")
    try:
        key = UUID(text)
    except ValueError:
        return None
    row: Enquiry | None = Enquiry.objects.of(request.actor.hotel_id).select_related("client").filter(pk=key).first()
    return row


def _known(enquiry: Enquiry | None) -> dict[str, Any]:
    """What the request says already."""
    if enquiry is None:
        return {"kind": "banquet", "service_percent": 0}
    return {
        "kind": "banquet", "on": enquiry.arrival_on, "client": enquiry.client.number if enquiry.client else "", "organiser": enquiry.client_name,
        "contact": enquiry.contact_name, "lang": enquiry.lang, "requests": enquiry.summary, "service_percent": 0,
    }


@page("events.edit")
def change(request: Asked, pk: Any) -> HttpResponse:
    """Change the event's card; a stale save shows both values."""
    row = found(request, pk)
    form = EventForm(request.POST if request.method == "POST" else None, hotel_id=request.actor.hotel_id, initial=card_of(row))
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        saved = _tried(form, lambda: actions.change_event(
            row, version=int(version) if version.isdecimal() else row.version, card=form.card(), by=request.actor, now=request.now
        ))
        if saved is not None:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("events:event", args=[row.pk]))
    return _form(request, form, _("Change the event"), _("Save"), row, versioned=True)


@page("events.edit")
def function_new(request: Asked, pk: Any) -> HttpResponse:
    """Add a function to the event."""
    row = found(request, pk)
    start = timezone.make_aware(timezone.datetime(row.on.year, row.on.month, row.on.day, 18))  # type: ignore[attr-defined]  # re-exported
    known = {"name": _("Banquet"), "from_at": start, "until_at": start + timedelta(hours=3), "setup": "banquet"}
    if functions_of(row):
        known.pop("name")
    form = FunctionForm(request.POST if request.method == "POST" else None, event=row, now=request.now, initial=known)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: actions.add_function(row, plan=form.plan(), by=request.actor, now=request.now))
        if made is not None:
            return HttpResponseRedirect(reverse("events:event", args=[row.pk]) + "#functions")
    return _form(request, form, _("Add a function"), _("Add"), row)


def _function(request: Asked, pk: Any) -> EventFunction:
    row: EventFunction = EventFunction.objects.select_related("event__hotel", "hall", "diary").pick(request.actor.hotel_id, pk)
    if row.removed_at is not None:
        raise Missing("no such function")
    return row


@page("events.edit")
def function(request: Asked, pk: Any) -> HttpResponse:
    """Change a function, or take it out; its hall moves with it."""
    row = _function(request, pk)
    back = HttpResponseRedirect(reverse("events:event", args=[row.event_id]) + "#functions")
    if request.method == "POST" and request.POST.get("what") == "drop":
        actions.drop_function(row, by=request.actor, now=request.now)
        return back
    form = FunctionForm(request.POST if request.method == "POST" else None, event=row.event, now=request.now, initial=plan_of(row))
    if request.method == "POST" and form.is_valid():
        saved = _tried(form, lambda: actions.change_function(row, plan=form.plan(), by=request.actor, now=request.now))
        if saved is not None:
            messages.success(request, _("Saved."))
            return back
    return _form(request, form, row.name, _("Save"), row.event, drop=_("Take this function out"))


@page("events.edit")
def line_new(request: Asked, pk: Any) -> HttpResponse:
    """Add a line to the offer."""
    row = found(request, pk)
    functions = functions_of(row)
    known = {"part": request.GET.get("part", "menu"), "function": str(functions[-1].pk) if functions else "", "quantity": 1}
    form = LineForm(request.POST if request.method == "POST" else None, event=row, initial=known)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: actions.add_line(row, line=form.line(), by=request.actor, now=request.now))
        if made is not None:
            return HttpResponseRedirect(reverse("events:event", args=[row.pk]) + "#offer")
    return _form(request, form, _("Add to the offer"), _("Add"), row)


@page("events.edit")
def line(request: Asked, pk: Any) -> HttpResponse:
    """Change a line of the offer, or take it out."""
    row: EventLine = EventLine.objects.select_related("event__hotel", "function", "menu").pick(request.actor.hotel_id, pk)
    if row.removed_at is not None:
        raise Missing("no such line")
    back = HttpResponseRedirect(reverse("events:event", args=[row.event_id]) + "#offer")
    if request.method == "POST" and request.POST.get("what") == "drop":
        actions.drop_line(row, by=request.actor, now=request.now)
        return back
    form = LineForm(request.POST if request.method == "POST" else None, event=row.event, initial=line_of(row))
    if request.method == "POST" and form.is_valid():
        saved = _tried(form, lambda: actions.change_line(row, line=form.line(), by=request.actor, now=request.now))
        if saved is not None:
            messages.success(request, _("Saved."))
            return back
    return _form(request, form, row.text, _("Save"), row.event, drop=_("Take this out of the offer"))


@page("events.cancel")
def cancel(request: Asked, pk: Any) -> HttpResponse:
    """Cancel the event, with what it costs by the terms."""
    row = found(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None, what="cancel", event=row, now=request.now)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        done = _tried(form, lambda: actions.cancel_event(
            row, **form.cleaned_data, version=int(version) if version.isdecimal() else None, by=request.actor, now=request.now
        ))
        if done is not None:
            messages.success(request, _("%(number)s is cancelled; everybody who holds its order is told.") % {"number": row.number})
            return HttpResponseRedirect(reverse("events:event", args=[row.pk]))
    percent = cancel_percent(row, request.now)
    charge = pricing.cancellation(working_total(row), percent)
    return _form(request, form, _("Cancel the event"), _("Cancel it"), row, charge=charge, percent=percent, versioned=True)
