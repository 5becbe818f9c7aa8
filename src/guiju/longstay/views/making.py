"""From the request to the contract: rooms recommended and quoted, the client card filled in, changed; the contract's papers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.clients.forms import carried
from guiju.enquiries.models import Enquiry, Reply
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.longstay import actions, queries
from guiju.longstay.actions.recommending import quotation
from guiju.longstay.forms import CardForm, SeekForm
from guiju.longstay.models import Apartment, LongStay, Recommendation
from guiju.longstay.views.common import pick, step_of, to_stay
from guiju.shelf.errors import Invalid


def _enquiry(request: Asked, pk: Any) -> Enquiry:
    rows = Enquiry.objects.select_related("hotel", "client", "message")
    return rows.pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined,no-any-return]  # HotelRow's query set is not generic


@page("longstay.edit")
def recommend(request: Asked, pk: UUID) -> HttpResponse:
    """Rooms for a long-stay request, the higher floors first; those chosen with their rent make the quotation."""
    enquiry = _enquiry(request, pk)
    asked = {"from_on": enquiry.arrival_on, "until_on": enquiry.departure_on}
    given = request.POST or request.GET
    seek = SeekForm(given if "from_on" in given else {key: value.isoformat() for key, value in asked.items() if value} or None)
    errors: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("send"):
        try:
            actions.letter(
                enquiry, channel=request.POST.get("channel", ""), body=request.POST.get("body", ""), to=request.POST.get("to", ""),
                spoken_to=request.POST.get("spoken_to", ""), **step_of(request),
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("The quotation is on its way."))
            return HttpResponseRedirect(reverse("enquiries:enquiry", args=[pk]))
    elif request.method == "POST" and seek.is_valid():
        try:
            when = {"from_on": seek.cleaned_data["from_on"], "until_on": seek.cleaned_data["until_on"]}
            actions.recommend(enquiry, rooms=_chosen(request), **when, **step_of(request))
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return HttpResponseRedirect(reverse("longstay:recommend", args=[pk]) + "#letter")
    row = queries.recommendation(enquiry.hotel_id, enquiry.pk)
    free = queries.free_rooms(enquiry.hotel_id, **seek.cleaned_data) if seek.is_valid() else []
    bad = request.method == "POST"
    context = {
        "enquiry": enquiry, "seek": seek, "rooms": _with_rents(request, free, row), "recommended": row, "errors": errors,
        "body": request.POST.get("body") or (quotation(enquiry, row, request.actor.name) if row else ""),
        "channels": [
            ("mail", _("e-mail")), ("fax", _("fax")), ("letter", _("letter")), ("call", _("telephone")), ("wechat", _("WeChat")),
        ],
        "channel": request.POST.get("channel", "mail" if enquiry.channel == "mail" else "letter"), "to": request.POST.get("to", enquiry.reply_to),
        "spoken_to": request.POST.get("spoken_to", ""),
        "sent": Reply.objects.filter(enquiry=enquiry, kind=Reply.Kind.QUOTATION).order_by("-created_at").first(),
    }
    return render(request, "longstay/recommend.html", context, status=422 if bad else 200)


def _chosen(request: Asked) -> list[tuple[Apartment, Decimal]]:
    """The rooms ticked, each with the rent beside it."""
    found, errors = [], {}
    for key in request.POST.getlist("room")[:50]:
        room = Apartment.objects.pick(request.actor.hotel_id, key)
        try:
            rent = Decimal(request.POST.get(f"rent_{key}", "").replace(",", "").strip())
        except InvalidOperation:
            errors["rooms"] = [_("Room %(number)s: which rent?") % {"number": room.number}]
            continue
        if not rent.is_finite() or rent != round(rent, 2):
            errors["rooms"] = [_("Room %(number)s: which rent?") % {"number": room.number}]
        found.append((room, rent))
    if errors:
        raise Invalid(errors=errors)
    return found


def _with_rents(request: Asked, free: list[Apartment], row: Recommendation | None) -> list[dict[str, Any]]:
    """Each free room with whether it is chosen and the rent to quote: as typed, as recommended, else the guide rent."""
    before = {one["apartment"]: one["rent"] for one in row.rooms} if row else {}
    ticked = set(request.POST.getlist("room")) if request.method == "POST" else set(before)
    return [
        {
            "room": room, "chosen": str(room.pk) in ticked,
            "rent": request.POST.get(f"rent_{room.pk}") or before.get(str(room.pk)) or f"{room.rent:f}".removesuffix(".00"),
        }
        for room in free
    ]


@page("longstay.edit")
def new(request: Asked) -> HttpResponse:
    """Begin a contract, from a request or from nothing."""
    enquiry = _enquiry(request, request.GET["enquiry"]) if request.GET.get("enquiry") else None
    form = CardForm(request.POST or None, hotel_id=request.actor.hotel_id, initial=_first(enquiry))

    def step(values: dict[str, Any]) -> LongStay:
        values.pop("version", None)
        return actions.draft(request.hotel, enquiry=enquiry, **values, **step_of(request))

    made = carried(form, step) if request.method == "POST" else None
    if made is not None:
        return to_stay(made.pk)
    return _form(request, form, _("New long-stay contract"), _("Begin"))


def _first(enquiry: Enquiry | None) -> dict[str, Any]:
    """What the request says already; of one room recommended, its number and rent."""
    if enquiry is None:
        return {}
    client = enquiry.client
    first = {
        "client": client.number if client else "", "guest": "", "address": client.address if client else "", "contact": enquiry.contact_name,
        "contact_phone": client.phone if client else "", "from_on": enquiry.arrival_on, "until_on": enquiry.departure_on,
    }
    row = queries.recommendation(enquiry.hotel_id, enquiry.pk)
    if row is not None:
        first |= {"from_on": row.from_on, "until_on": row.until_on}
        if len(row.rooms) == 1:
            first |= {"apartment": row.rooms[0]["apartment"], "rent": row.rooms[0]["rent"]}
    return first


@page("longstay.edit")
def edit(request: Asked, pk: UUID) -> HttpResponse:
    """Change the client card; room, period and money while the contract is being made."""
    row = pick(request, pk)
    fixed = row.state != LongStay.State.DRAFT
    first = {name: getattr(row, name) for name in CardForm.base_fields}
    first |= {"client": row.client.number if row.client else "", "apartment": str(row.apartment_id or "")}
    form = CardForm(request.POST or None, hotel_id=row.hotel_id, fixed=fixed, initial=first)

    def step(values: dict[str, Any]) -> LongStay:
        version = values.pop("version") or 0
        return actions.edit(row, version=version, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return to_stay(pk)
    return _form(request, form, _("Change the file"), _("Save"), stay=row)


def _form(request: Asked, form: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, **more}
    return render(request, "longstay/form.html", context, status=422 if form.errors else 200)
