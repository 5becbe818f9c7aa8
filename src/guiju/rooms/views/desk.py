"""Sell limits, what others sell, the waiting list, room types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.forms import FileForm, carried, complain
from guiju.clients.views.files import step_of, today
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.lists import back, downloaded, formats
from guiju.house.models import Person
from guiju.rooms import actions, queries, sheets
from guiju.rooms.forms import SOURCES, ElsewhereForm, LimitForm, TypeForm, WaitingForm
from guiju.rooms.models import Block, RoomType, SellLimit, Waiting
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, NoRoom
from guiju.shelf.ids import uuid7
from guiju.shelf.tables import parse


@page("rooms.view")
def limits(request: Asked) -> HttpResponse:
    """Signed sell limits; a new one may be signed, more than there are rooms only with that right."""
    hotel = request.hotel
    first = {name: request.GET.get(name, "") for name in ("room_type", "from_on", "until_on")}
    form = LimitForm(request.POST or None, hotel_id=hotel.pk, initial=first)
    if request.method == "POST":
        request.actor.require("rooms.sell_limit")

        def step(values: dict[str, Any]) -> SellLimit:
            return actions.set_sell_limit(form.types[values.pop("room_type")], **values, **step_of(request))

        signed = carried(form, step)
        if signed is not None:
            messages.success(request, _("Signed: %(limit)s rooms.") % {"limit": signed.limit})
            return back("rooms:limits")
    rows = SellLimit.objects.of(hotel.pk).select_related("room_type").order_by("-at", "-id")
    if request.GET.get("export"):
        columns = [
            (_("Room type"), "room_type.name"),
            (_("First night"), "from_on"),
            (_("Until"), "until_on"),
            (_("Sell limit"), "limit"),
            (_("Reason"), "reason"),
            (_("Signed"), "at"),
        ]
        return downloaded(request, rows.iterator(2000), columns, "sell-limits")
    pager = Paginator(rows, 50).get_page(request.GET.get("page"))
    names = dict(Person.objects.filter(pk__in={row.by_id for row in pager}).values_list("pk", "name"))
    context = {
        "rows": [(row, names.get(row.by_id, ""), max(0, row.limit - row.room_type.physical)) for row in pager],
        "pager": pager,
        "form": form,
        "formats": formats(request),
    }
    return render(request, "rooms/limits.html", context, status=422 if form.errors else 200)


@page("rooms.elsewhere")
def elsewhere(request: Asked) -> HttpResponse:
    """What walk-ins, PMS, OTA and rooms out of order take; the same reference again replaces what it said."""
    hotel = request.hotel
    if request.POST.get("back"):
        block = Block.objects.pick(hotel.pk, request.POST["back"])
        source, _colon, reference = block.about_id.partition(":")
        actions.sold_elsewhere(hotel, source=source, reference=reference, lines=[], **step_of(request))
        return back("rooms:elsewhere")
    form = ElsewhereForm(request.POST or None, hotel_id=hotel.pk)

    def step(values: dict[str, Any]) -> bool:
        given = {name: values[name] for name in ("source", "reference", "label")}
        actions.sold_elsewhere(hotel, lines=[form.line(values)], **given, **step_of(request))
        return True

    status = 200
    if request.method == "POST":
        try:
            if carried(form, step):
                return back("rooms:elsewhere")
            status = 422
        except NoRoom as short:
            form.add_error("rooms", short.message)
            status = 409
    rows = Block.objects.of(hotel.pk).filter(about_kind="elsewhere").exclude(state=Block.State.RELEASED)
    rows = rows.filter(last_night__gte=today(request)).order_by("first_night", "id")
    if request.GET.get("source") in dict(SOURCES):
        rows = rows.filter(source=request.GET["source"])
    if request.GET.get("export"):
        return downloaded(request, sheets.taken(rows), list(_elsewhere_columns()), "sold-elsewhere")
    pager = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, row.about_id.partition(":")[2]) for row in pager],
        "pager": pager,
        "form": form,
        "sources": SOURCES,
        "source": request.GET.get("source", ""),
        "formats": formats(request),
    }
    return render(request, "rooms/elsewhere.html", context, status=status)


def _elsewhere_columns() -> Any:
    for name, head in sheets.ELSEWHERE.items():
        yield (head, name)


@page("rooms.elsewhere", once=False)
def elsewhere_table(request: Asked) -> HttpResponse:
    """A whole list of what others sold: all of it or nothing."""

    def take(lines: list[Any]) -> str:
        hotel = request.hotel
        reports = sheets.reports_from(hotel.pk, lines)
        many = actions.sold_elsewhere_all(hotel, reports=reports, **step_of(request))
        return _("%(many)s references new or changed.") % {"many": many}

    return _table(request, take, sheets.ELSEWHERE, _("What others sold, from a table"), "rooms:elsewhere")


@page("rooms.setup", once=False)
def types_table(request: Asked) -> HttpResponse:
    """Room types from a table, matched by code: all of it or nothing."""

    def take(lines: list[Any]) -> str:
        hotel = request.hotel
        done = actions.import_room_types(hotel, rows=_numbered(lines), **step_of(request))
        return _("%(many)s room types read in.") % {"many": len(done)}

    return _table(request, take, sheets.TYPES, _("Room types from a table"), "rooms:types")


def _numbered(lines: list[Any]) -> list[dict[str, Any]]:
    return sheets.type_rows(lines)


def _table(request: Asked, take: Any, heads: dict[str, Any], title: str, home: str) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                lines = parse(file.read(), file.name)

                def answer() -> HttpResponse:
                    messages.success(request, take(lines))
                    return back(home)

                return answer_once(request, answer)
            except Invalid as wrong:
                complain(form, wrong)
            except NoRoom as short:
                form.add_error("file", short.message)
                status = 409
    context = {"form": form, "heads": list(heads.values()), "title": title, "back": home}
    return render(request, "rooms/table.html", context, status=status)


@page("rooms.view")
def waiting(request: Asked) -> HttpResponse:
    """Who wants rooms that are full, longest first; who could have them now."""
    hotel = request.hotel
    form = WaitingForm(request.POST if request.POST.get("what") == "add" else None, hotel_id=hotel.pk)
    problem = ""
    if request.method == "POST":
        request.actor.require("bookings.hold")
        if request.POST.get("what") == "close":
            entry = Waiting.objects.pick(hotel.pk, request.POST.get("entry"))
            try:
                actions.close_waiting(entry, reason=request.POST.get("reason", ""), **step_of(request))
                return back("rooms:waiting")
            except Invalid as wrong:
                problem = " ".join(text for texts in wrong.errors.values() for text in texts)

        def step(values: dict[str, Any]) -> Waiting:
            line = form.line(values)
            return actions.wait_for(
                hotel,
                about=("waiting", str(uuid7())),
                label=values["label"],
                room_type=line.room_type,
                from_on=line.from_on,
                until_on=line.until_on,
                rooms=line.rooms,
                **step_of(request),
            )

        if not problem and carried(form, step) is not None:
            return back("rooms:waiting")
    rows = queries.waiting_list(hotel.pk, closed=request.GET.get("closed") == "1")
    if request.GET.get("export"):
        columns = [
            (_("Who waits"), "label"),
            (_("Room type"), "room_type.name"),
            (_("Arrival"), "from_on"),
            (_("Departure"), "until_on"),
            (_("Number of rooms"), "rooms"),
            (_("Since"), "at"),
            (_("What became of it"), "closed_reason"),
        ]
        return downloaded(request, rows, columns, "waiting-list")
    could = {row.pk for row in queries.could_have(hotel.pk, [row for row in rows if row.closed_at is None])}
    pairs = {(row.about_kind, row.about_id) for row in rows if row.about_kind != "waiting"}
    titles = registry.titles(hotel.pk, pairs)
    context = {
        "rows": [(row, row.pk in could, titles.get((row.about_kind, row.about_id), ("", ""))[1]) for row in rows],
        "form": form,
        "problem": problem,
        "closed": request.GET.get("closed") == "1",
        "could": len(could),
        "formats": formats(request),
    }
    return render(request, "rooms/waiting.html", context, status=422 if request.method == "POST" else 200)


@page("rooms.view", methods=("GET",))
def types(request: Asked) -> HttpResponse:
    """Room types with their rooms and words."""
    rows = list(RoomType.objects.of(request.actor.hotel_id))
    if request.GET.get("export"):
        columns = [(head, name) for name, head in sheets.TYPES.items()]
        return downloaded(request, rows, columns, "room-types")
    total = sum(row.physical for row in rows if row.closed_at is None)
    return render(request, "rooms/types.html", {"rows": rows, "total": total, "formats": formats(request)})


@page("rooms.setup")
def room_type(request: Asked, pk: Any = None) -> HttpResponse:
    """Add a room type, change one, close or reopen it."""
    hotel = request.hotel
    row: RoomType | None = RoomType.objects.pick(hotel.pk, pk) if pk else None
    what = request.POST.get("what", "")
    if row and what in ("close", "reopen"):
        said = request.POST.get("version", "")
        step_it = actions.close_room_type if what == "close" else actions.reopen_room_type
        step_it(row, version=int(said) if said.isdecimal() else 0, **step_of(request))
        return back("rooms:types")
    first = {name: getattr(row, name) for name in TypeForm.base_fields} if row else {}
    if row:
        first["words"] = ", ".join(row.words)
    form = TypeForm(request.POST or None, initial=first)

    def step(values: dict[str, Any]) -> RoomType:
        version = values.pop("version") or 0
        if row is None:
            return actions.add_room_type(hotel, **values, **step_of(request))
        return actions.edit_room_type(row, version=version, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return back("rooms:types")
    context = {"form": form, "room_type": row, "title": row.shown if row else _("New room type")}
    return render(request, "rooms/type.html", context, status=422 if form.errors else 200)
