"""Writing a booking down, changing it, cancelling it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings import actions, forms, lines, words
from guiju.bookings.actions import changing
from guiju.bookings.actions.closing import TOLD_HOW, cancellation_of
from guiju.bookings.models import Booking, Change
from guiju.bookings.views.choosing import chosen_client, hits_for
from guiju.bookings.views.reading import found
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.naming import department_name
from guiju.rates import queries as rates
from guiju.shelf.errors import Conflict, Invalid


@page("bookings.edit")
def new(request: Asked) -> HttpResponse:
    """Write a booking down: an individual paying cash, one on account, or a group."""
    hotel_id = request.actor.hotel_id
    if request.method == "GET":
        entry = forms.entry_for(None, hotel_id=hotel_id)
        entry.form.initial |= {name: request.GET[name] for name in ("kind", "client", "name", "arrival_on", "departure_on") if request.GET.get(name)}
        return _page(request, entry, hits=hits_for(request, request.GET.get("client", "")))
    entry = forms.entry_for(request.POST, hotel_id=hotel_id, more=request.POST.get("more", ""))
    if request.POST.get("more"):
        entry.leave_unchecked()
        return _page(request, entry, hits=hits_for(request, request.POST.get("client", "")))
    good = entry.is_valid()
    client, hits = chosen_client(request, entry.form)
    if good and not entry.errors:
        try:
            row = actions.draft_booking(
                request.hotel, kind=entry.form.cleaned_data["kind"], client=client, **forms.fields_of(entry), by=request.actor, now=request.now
            )
        except Invalid as wrong:
            entry.complain(wrong)
        else:
            return HttpResponseRedirect(reverse("bookings:booking", args=[row.pk]))
    return _page(request, entry, hits=hits, status=422)


@page("bookings.edit")
def change(request: Asked, pk: Any) -> HttpResponse:
    """Change a booking: its papers and everybody who holds them follow in the same step."""
    row = found(request, pk)
    if request.method == "GET":
        return _page(request, forms.entry_for(None, hotel_id=row.hotel_id, booking=row), row=row, version=row.version)
    version = request.POST.get("version", "")
    entry = forms.entry_for(request.POST, hotel_id=row.hotel_id, booking=row, more=request.POST.get("more", ""))
    if request.POST.get("more"):
        entry.leave_unchecked()
        return _page(request, entry, row=row, version=version)
    good = entry.is_valid()
    if not version.isdecimal() or len(version) > 9:
        good, entry.notes = False, [*entry.notes, _("Open the page again: it does not say which version you changed.")]
    if good:
        got, fields = entry.form.cleaned_data, forms.touched(entry, row, forms.fields_of(entry, row))
        try:
            seen = what_it_does(request, row, fields)
            if seen is not None:
                return _page(request, entry, row=row, version=version, effect=seen, status=200 if request.POST.get("look") else 422)
            done = actions.change(
                row, version=int(version), fields=fields, reason=got["reason"], told_by=got["told_by"], told_how=got["told_how"],
                by=request.actor, now=request.now,
            )
        except Conflict as clash:
            row = found(request, pk)
            return _page(request, entry, row=row, version=clash.details["version"], clash=clash_of(row, clash), status=409)
        except Invalid as wrong:
            entry.complain(wrong)
        else:
            say_what_waits(request, done)
            return HttpResponseRedirect(reverse("bookings:booking", args=[pk]))
    return _page(request, entry, row=row, version=version, status=422)


def what_it_does(request: Asked, row: Booking, fields: dict[str, Any]) -> dict[str, Any] | None:
    """What a change does to rooms, price and charges: when that was asked, and whenever it costs something nobody has seen yet."""
    look = bool(request.POST.get("look"))
    if not look and row.kind != Booking.Kind.GROUP:
        return None
    plan = changing.think(row, fields, now=request.now)
    cost = changing.cost_of(plan, now=request.now)
    unseen = cost is not None and cost.amount > 0 and request.POST.get("cost_seen") != str(cost.amount)
    if not look and not unseen:
        return None
    before, after = changing.price_before_after(plan)
    return {
        "before": before, "after": after, "nights": changing.effect_on_rooms(plan), "cost": cost, "said": rates.cost_said(cost) if cost else "",
        "must": unseen and not look, "names": [words.field_name(name) for name in plan.changed],
    }


def say_what_waits(request: Asked, done: Change | Booking | None) -> None:
    """A department has nobody who may sign: the change stands, its notice waits, and whoever changed it reads so at once."""
    if done is not None and done.waits_for:
        names = ", ".join(department_name(one) for one in done.waits_for)
        messages.warning(request, _("Written down, but the notice waits: nobody is named to sign for %(departments)s.") % {"departments": names})


def clash_of(booking: Booking, clash: Conflict) -> dict[str, Any]:
    """Both versions in words: only the fields that differ."""
    mine, theirs = clash.details.get("mine") or {}, clash.details.get("theirs") or {}
    types = {str(pk): row.shown for pk, row in lines.all_types(booking.hotel_id).items()}
    contacts = dict(booking.client.contacts.values_list("pk", "name")) if booking.client and "contact_id" in mine else {}
    rows = []
    for name, value in mine.items():
        pair = [contacts.get(UUID(one), one) if name == "contact_id" and one else one for one in (value, theirs.get(name))]
        ours, saved = words.difference(name, *pair, types)
        if ours != saved:
            rows.append({"name": words.field_name(name), "mine": ours, "theirs": saved})
    return {"rows": rows, "url": reverse("bookings:booking", args=[booking.pk])}


def _page(
    request: Asked, entry: forms.Entry, *, row: Booking | None = None, hits: Any = (), version: Any = "", clash: Any = None, effect: Any = None,
    status: int = 200,
) -> HttpResponse:
    asked = request.POST.get("client", "") if request.method == "POST" else request.GET.get("client", "")
    return render(request, "bookings/form.html", {
        "entry": entry, "form": entry.form, "booking": row, "hits": hits, "asked": asked.strip(), "chosen": request.POST.get("client_pk", ""),
        "version": version, "clash": clash, "effect": effect, "parts": entry.rows,
    }, status=status)


@page("bookings.cancel")
def cancel(request: Asked, pk: Any) -> HttpResponse:
    """Cancel, with what it costs by the terms shown before."""
    row, errors, status, version = found(request, pk), {}, 200, request.POST.get("version", "")
    if request.method == "POST":
        asked, status = request.POST, 422
        if not version.isdecimal() or len(version) > 9:
            errors["version"] = [_("Open the page again: it does not say which version you cancel.")]
        else:
            try:
                cancelled = actions.cancel(
                    row, reason=asked.get("reason", ""), told_by=asked.get("told_by", ""), told_how=asked.get("told_how", ""),
                    version=int(version), by=request.actor, now=request.now,
                )
            except Invalid as wrong:
                errors = wrong.errors
            except Conflict as clash:
                row, status, version = found(request, pk), 409, clash.details.get("version") or ""
                errors["version"] = [_("Somebody changed this booking since you opened the page. Look at it again before you cancel.")]
                version = str(row.version)
            else:
                say_what_waits(request, cancelled)
                return HttpResponseRedirect(reverse("bookings:booking", args=[pk]))
    context = {
        "booking": row, "errors": errors, "data": request.POST, "charge": cancellation_of(row, now=request.now),
        "told_how": [(key, words.TOLD_NAMES[key]) for key in TOLD_HOW], "version": version or row.version,
    }
    return render(request, "bookings/cancel.html", context, status=status)
