"""The steps of the desk, each a POST: take in hand, check, say which client, decide, book, reply."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.clients.models import Client
from guiju.enquiries import actions
from guiju.enquiries.letters import letterhead
from guiju.enquiries.models import Enquiry, Reply
from guiju.enquiries.views.desk import picked, show_answer, show_enquiry
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.models import Person
from guiju.shelf.errors import Invalid

POST = ("POST",)
PARTS = ("offer", "next_step", "reason", "alternative", "spoken_to")


def _who(request: Asked) -> dict[str, Any]:
    return {"by": request.actor, "now": request.now}


def _back(row: Enquiry) -> HttpResponse:
    return HttpResponseRedirect(reverse("enquiries:enquiry", args=[row.pk]))


def _version(request: Asked) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None


@page("enquiries.handle", methods=POST)
def take(request: Asked, pk: UUID) -> HttpResponse:
    """Take in hand."""
    row = picked(request, pk)
    actions.take(row, **_who(request))
    return _back(row)


@page("enquiries.handle", methods=POST)
def hand_over(request: Asked, pk: UUID) -> HttpResponse:
    """Give to a colleague."""
    row = picked(request, pk)
    to = Person.objects.filter(pk=_uuid(request.POST.get("to"))).first()
    if to is None:
        return show_enquiry(request, row, errors={"to": [_("To whom?")]})
    actions.hand_over(row, to=to, **_who(request))
    return _back(row)


@page("enquiries.handle", methods=POST)
def check(request: Asked, pk: UUID) -> HttpResponse:
    """A point is right as read (confirm), or is corrected (name and value)."""
    row = picked(request, pk)
    names = request.POST.getlist("confirm")
    name, value = request.POST.get("name", ""), request.POST.get("value", "")
    try:
        if names:
            actions.confirm_fields(row, names=names, version=_version(request), **_who(request))
        elif name:
            actions.correct(row, values={name: value}, version=_version(request), **_who(request))
    except Invalid as wrong:
        return show_enquiry(request, row, errors=_at(wrong, name), entered={name: value} if name else {})
    return _back(row)


def _at(wrong: Invalid, name: str) -> dict[str, list[str]]:
    """An error of a canonical field beside the input it was typed in."""
    if name and len(wrong.errors) == 1:
        return {name: next(iter(wrong.errors.values()))}
    return dict(wrong.errors) or {"": [wrong.message]}


@page("enquiries.handle", methods=POST)
def client(request: Asked, pk: UUID) -> HttpResponse:
    """Which client it is, and what kind of request."""
    row = picked(request, pk)
    chosen = _client(request, row)
    if chosen is None and request.POST.get("client"):
        return show_enquiry(
            request,
            row,
            errors={"client": [_("No client file has this number.")]},
            entered={"client": request.POST["client"]},
        )
    try:
        actions.set_client(
            row,
            client=chosen or row.client,
            kind=request.POST.get("kind", ""),
            version=_version(request),
            **_who(request),
        )
    except Invalid as wrong:
        return show_enquiry(request, row, errors=wrong.errors)
    return _back(row)


def _client(request: Asked, row: Enquiry) -> Client | None:
    text = request.POST.get("client", "").strip()
    rows = Client.objects.of(row.hotel_id).filter(merged_into__isnull=True)
    key = _uuid(text)
    found: Client | None = (
        (rows.filter(pk=key) if key else rows.filter(number__iexact=text)).first() if text else None
    )
    return found


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@page("enquiries.handle", methods=POST)
def wait(request: Asked, pk: UUID) -> HttpResponse:
    """The client wants to think, or has answered."""
    row = picked(request, pk)
    if row.waiting_since_at is None:
        actions.ask_to_wait(row, **_who(request))
    else:
        actions.client_answered(row, **_who(request))
    return _back(row)


@page("enquiries.handle", methods=POST)
def withdraw(request: Asked, pk: UUID) -> HttpResponse:
    """The client no longer asks."""
    row = picked(request, pk)
    try:
        actions.withdraw(row, reason=request.POST.get("reason", ""), **_who(request))
    except Invalid as wrong:
        return show_enquiry(request, row, errors=wrong.errors)
    return HttpResponseRedirect(reverse("enquiries:queue"))


@page("enquiries.handle", methods=POST)
def relate(request: Asked, pk: UUID) -> HttpResponse:
    """Which booking or request a modification or cancellation is about."""
    row = picked(request, pk)
    number = request.POST.get("about", "")
    try:
        actions.relate(row, number=number, **_who(request))
    except Invalid as wrong:
        return show_enquiry(request, row, errors=wrong.errors, entered={"about": number})
    return _back(row)


@page("enquiries.handle", methods=POST)
def merge(request: Asked, pk: UUID) -> HttpResponse:
    """The same request as another one."""
    row = picked(request, pk)
    into = Enquiry.objects.pick(row.hotel_id, request.POST.get("into"))
    try:
        actions.merge(row, into=into, **_who(request))
    except Invalid as wrong:
        return show_enquiry(request, row, errors=wrong.errors)
    return _back(into)


@page("enquiries.decide", methods=POST)
def decide(request: Asked, pk: UUID) -> HttpResponse:
    """The manager's word with rate and terms."""
    row = picked(request, pk)
    entered = request.POST.dict()
    try:
        actions.decide(
            row,
            accept=request.POST.get("accept") == "yes",
            rates=_rates(request),
            terms=request.POST.get("terms", ""),
            **_who(request),
        )
    except Invalid as wrong:
        return show_answer(request, row, errors=wrong.errors, entered={**row.draft, **entered})
    return _back(row)


def _rates(request: Asked) -> dict[str, Decimal]:
    found, errors = {}, {}
    for name, text in request.POST.items():
        if name.startswith("rate_") and str(text).strip():
            try:
                amount = Decimal(str(text).strip().replace(",", ""))
            except InvalidOperation:
                errors[name] = [_("A number, please.")]
                continue
            if amount.is_finite():
                found[name.removeprefix("rate_")] = amount
    if errors:
        raise Invalid(errors=errors)
    return found


@page("bookings.edit", methods=POST)
def book(request: Asked, pk: UUID) -> HttpResponse:
    """Make the booking and hold its rooms."""
    row = picked(request, pk)
    try:
        booking = actions.book(row, hold_until_at=_moment(request, "hold_until"), **_who(request))
    except Invalid as wrong:
        return show_enquiry(request, row, errors=wrong.errors or {"": [wrong.message]})
    messages.success(request, _("%(number)s: the rooms are held.") % {"number": booking.number})
    return _back(row)


def _moment(request: Asked, name: str) -> datetime | None:
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(errors={name: [_("Write the moment as 2026-11-24 18:00.")]}) from error
    zone = ZoneInfo(request.hotel.zone)
    return at if at.tzinfo else at.replace(tzinfo=zone)


@page("enquiries.reply", methods=POST)
def reply(request: Asked, pk: UUID) -> HttpResponse:
    """Send, note, or keep the reply as a draft; "send and hold" does both or neither."""
    row = picked(request, pk)
    entered = request.POST.dict()
    try:
        done = _reply(request, row, entered)
    except Invalid as wrong:
        return show_answer(request, row, errors=wrong.errors or {"": [wrong.message]}, entered=entered)
    if isinstance(done, Reply):
        return _after_reply(request, row, done)
    messages.success(request, _("The draft is kept."))
    return _back(row)


def _reply(request: Asked, row: Enquiry, entered: dict[str, str]) -> Reply | dict[str, Any]:
    parts = {name: entered.get(name, "") for name in PARTS}
    kind, lang = entered.get("kind", ""), "en" if entered.get("lang") == "en" else "zh-hans"
    text: dict[str, Any] = {
        "body": entered.get("body", ""),
        "subject_line": entered.get("subject_line", ""),
        "lang": lang,
        "parts": parts,
    }
    if entered.get("do") == "save":
        return actions.save_draft(row, kind=kind, **text, **_who(request))
    where = {"channel": entered.get("channel", ""), "to": entered.get("to", "")}
    if entered.get("do") == "send_hold":
        return actions.reply_and_hold(row, **where, **text, **_who(request))
    return actions.send_reply(row, kind=kind, **where, **text, **_who(request))


def _after_reply(request: Asked, row: Enquiry, done: Reply) -> HttpResponse:
    if done.channel == "mail":
        undo = f"undo {reverse('enquiries:take_back', args=[done.pk])} 8"
        messages.success(
            request,
            _("The mail leaves in a moment; it counts when the mail server has taken it."),
            extra_tags=undo,
        )
        return _back(row)
    if done.sent_at is None:
        return HttpResponseRedirect(reverse("enquiries:print", args=[done.pk]))
    messages.success(request, _("Noted."))
    return _back(row)


def _reply_row(request: Asked, pk: UUID) -> Reply:
    rows = Reply.objects.select_related("enquiry__hotel", "letter", "by", "booking")
    found: Reply = rows.pick(request.hotel.pk, pk)
    return found


@page("enquiries.view", methods=("GET",))
def print_reply(request: Asked, pk: UUID) -> HttpResponse:
    """The reply as a letter to print, with the field for its receipt."""
    row = _reply_row(request, pk)
    return render(request, "enquiries/print.html", {"reply": row, "errors": {}, "letterhead": letterhead(request.hotel, row.lang)})


@page("enquiries.reply", methods=POST)
def receipt(request: Asked, pk: UUID) -> HttpResponse:
    """Enter the receipt of a fax or letter."""
    row = _reply_row(request, pk)
    try:
        actions.log_receipt(
            row, receipt=request.POST.get("receipt", ""), at=_moment(request, "at"), **_who(request)
        )
    except Invalid as wrong:
        return render(
            request,
            "enquiries/print.html",
            {"reply": row, "errors": wrong.errors, "entered": request.POST, "letterhead": letterhead(request.hotel, row.lang)},
            status=422,
        )
    return _to_request(row)


@page("enquiries.reply", methods=POST)
def take_back(request: Asked, pk: UUID) -> HttpResponse:
    """Undo a mail that has not left."""
    row = _reply_row(request, pk)
    actions.take_back(row, **_who(request))
    messages.success(request, _("The mail stays here."))
    return _to_request(row)


@page("enquiries.reply", methods=POST)
def bounce(request: Asked, pk: UUID) -> HttpResponse:
    """The reply came back."""
    row = _reply_row(request, pk)
    actions.note_bounce(row, **_who(request))
    return _to_request(row)


def _to_request(row: Reply) -> HttpResponse:
    if row.enquiry is None:
        return HttpResponseRedirect(reverse("enquiries:queue"))
    return _back(row.enquiry)
