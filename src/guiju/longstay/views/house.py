"""What the house does: the numbered rooms, flowers and fruit by department, the monthly lists, the confidential notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.clients.forms import carried
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.longstay import actions, confidential, queries
from guiju.longstay.forms import NoteForm, ReasonForm, RoomForm
from guiju.longstay.models import Apartment, GuestOrder, LongStay, MonthlyList, WatchNote
from guiju.longstay.views.common import pick, step_of, to_stay, today
from guiju.papers.queries import department_name, form_name
from guiju.shelf.errors import Missing
from guiju.shelf.tables import FORMATS, export

DONE_DAYS = 3


@page("longstay.view", methods=("GET",))
def rooms(request: Asked) -> HttpResponse:
    """The numbered rooms that are let for months, the higher floors first, with who lives there."""
    rows = queries.rooms(request.actor.hotel_id, today(request))
    if request.GET.get("export"):
        request.actor.require("house.export")
        heads = [
            (_("Room"), "number"), (_("Floor"), "floor"), (_("Room type"), "type"), (_("Let as"), "unit"), (_("Guide rent a month"), "rent"),
            (_("Guest"), "guest"), (_("Until"), "until_on"),
        ]
        lines = [
            {
                "number": room.number, "floor": room.floor, "type": room.type_name, "unit": room.get_unit_display(), "rent": room.rent,
                "guest": stay.guest if stay else "", "until_on": stay.until_on if stay else None,
            }
            for room, stay in rows
        ]
        return export(lines, heads, "long-stay-rooms", request.GET["export"])  # type: ignore[return-value]  # a streaming answer
    free = sum(stay is None and room.closed_at is None for room, stay in rows)
    context = {"rows": rows, "free": free, "formats": FORMATS if request.actor.may("house.export") else ()}
    return render(request, "longstay/rooms.html", context)


@page("longstay.setup")
def room(request: Asked, pk: UUID | None = None) -> HttpResponse:
    """Put a room on the list, change it, take it off or put it back."""
    row: Apartment | None = Apartment.objects.select_related("room_type").pick(request.actor.hotel_id, pk) if pk else None  # type: ignore[attr-defined]
    if row is not None and request.POST.get("what") in ("close", "reopen"):
        (actions.close_room if request.POST["what"] == "close" else actions.reopen_room)(row, **step_of(request))
        return HttpResponseRedirect(reverse("longstay:rooms"))
    first = {name: getattr(row, name) for name in RoomForm.base_fields} | {"room_type": row.room_type.code} if row else {}
    form = RoomForm(request.POST or None, hotel_id=request.actor.hotel_id, initial=first)

    def step(values: dict[str, Any]) -> Apartment:
        version = values.pop("version") or 0
        if row is None:
            return actions.add_room(request.hotel, **values, **step_of(request))
        return actions.edit_room(row, version=version, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return HttpResponseRedirect(reverse("longstay:rooms"))
    title = _("Room %(number)s") % {"number": row.number} if row else _("New long-stay room")
    context = {"form": form, "title": title, "submit": _("Save"), "room": row}
    return render(request, "longstay/form.html", context, status=422 if form.errors else 200)


@page("longstay.orders", methods=("GET",))
def orders(request: Asked) -> HttpResponse:
    """Flowers and fruit to send: my department's, on a phone first."""
    rows = queries.open_orders(request.actor)
    if request.GET.get("export"):
        request.actor.require("house.export")
        heads = [
            (_("Room"), lambda one: one.longstay.room), (_("What"), lambda one: one.get_what_display()),
            (_("Occasion"), lambda one: one.get_occasion_display()), (_("Department"), lambda one: department_name(one.department)),
            (_("Needed by"), "needed_at"), (_("Remarks"), "text"),
        ]
        return export(rows[:5000], heads, "flowers-and-fruit", request.GET["export"])  # type: ignore[return-value]  # a streaming answer
    lately = GuestOrder.objects.of(request.actor.hotel_id).filter(done_at__gte=request.now - timedelta(days=DONE_DAYS))
    if not request.actor.may("longstay.edit"):
        lately = lately.filter(department__in=request.actor.departments)
    context = {
        "rows": [(row, department_name(row.department), row.department in request.actor.departments) for row in rows[:100]],
        "lately": lately.select_related("longstay__apartment", "done_by").order_by("-done_at")[:20],
        "formats": FORMATS if request.actor.may("house.export") else (), "may": request.actor.permissions,
    }
    return render(request, "longstay/orders.html", context)


@page("longstay.orders", methods=("POST",))
def order(request: Asked, pk: UUID, what: str) -> HttpResponse:
    """It stands in the room; or it is called off."""
    row: GuestOrder = GuestOrder.objects.pick(request.actor.hotel_id, pk)
    if what == "done":
        actions.do_order(row, **step_of(request))
    elif what == "drop":
        actions.drop_order(row, **step_of(request))
    else:
        raise Missing("no such step")
    return HttpResponseRedirect(reverse("longstay:orders"))


@page("longstay.view")
def lists(request: Asked) -> HttpResponse:
    """The monthly lists with who has signed; this month's is issued by itself on its first day, or here."""
    if request.method == "POST":
        request.actor.require("longstay.edit")
        actions.issue_list(request.hotel, **step_of(request))
        return HttpResponseRedirect(reverse("longstay:lists"))
    on = today(request)
    found = [
        {**one, "copies": [{"name": department_name(copy.department), "copy": copy} for copy in one["copies"]], "name": form_name("longstay_list")}
        for one in queries.lists(request.actor.hotel_id)
    ]
    this_month = MonthlyList.objects.of(request.actor.hotel_id).filter(month=on.replace(day=1)).exists()
    context = {
        "rows": found, "this_month": this_month, "may": request.actor.permissions, "birthdays": queries.birthdays(request.actor.hotel_id, on, 31),
        "here": queries.stays(request.actor.hotel_id, "here").count(), "today": on,
    }
    return render(request, "longstay/lists.html", context)


@page("longstay.watch")
def watch_new(request: Asked, pk: UUID) -> HttpResponse:
    """Write a confidential note on a guest; for the posts the standard names only."""
    confidential.require(request.actor, request.now)
    row = pick(request, pk)
    form = NoteForm(request.POST or None, what="note", stay=row, now=request.now)

    def step(values: dict[str, Any]) -> WatchNote:
        return actions.note_watch(row, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        messages.success(request, _("Noted. Floor staff and security are told that there is a note."))
        return to_stay(row.pk) if request.actor.may("longstay.view") else HttpResponseRedirect(reverse("desk:home"))
    context = {"form": form, "stay": row, "title": _("Confidential note"), "submit": _("Note it"), "secret": True}
    return render(request, "longstay/form.html", context, status=422 if form.errors else 200)


@page("longstay.watch")
def watch(request: Asked, pk: UUID) -> HttpResponse:
    """A confidential note: opening it is written down; told, movements noted, closed."""
    confidential.require(request.actor, request.now)
    row: WatchNote = WatchNote.objects.select_related("longstay__apartment", "longstay__hotel").pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined]
    stay: LongStay = row.longstay
    what = request.POST.get("what", "")
    forms = {
        name: kind(request.POST if what == name else None, what=name, stay=stay, now=request.now)
        for name, kind in (("observe", NoteForm), ("close", ReasonForm))
    }
    if what == "told":
        actions.tell_watch(row, **step_of(request))
        return HttpResponseRedirect(reverse("longstay:watch", args=[pk]))
    if what in forms:
        run: Any = actions.observe if what == "observe" else actions.close_watch
        if carried(forms[what], lambda values: run(row, **values, **step_of(request))) is not None:
            return HttpResponseRedirect(reverse("longstay:watch", args=[pk]) if what == "observe" else reverse("desk:home"))
    bad = request.method == "POST"
    text = "" if bad else actions.open_watch(row, **step_of(request))  # an answer that says no is not written down, so it shows nothing
    context = {
        "watch": row, "stay": stay, "lines": text.split("\n") if text else [], "forms": forms, "bad": bad,
        "mine": bool({"housekeeping", "security"} & request.actor.departments),
    }
    response = render(request, "longstay/watch.html", context, status=422 if bad else 200)
    response["Cache-Control"] = "no-store"
    return response
