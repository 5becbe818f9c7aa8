"""Requests for programs: take in, read, check, decide, book, reply; and the OpenTravel door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from inspect import signature
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from guiju.api.booking_shapes import BookingMore, whole
from guiju.api.doors import reads, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, Moment, unpacked
from guiju.enquiries import actions
from guiju.enquiries.actions.intake import ota_reply
from guiju.enquiries.incoming import prepare
from guiju.enquiries.models import Enquiry
from guiju.house.asking import Asked
from guiju.house.doors import allowed, answer_once
from guiju.shelf.errors import Invalid

router = Router(tags=["enquiries"])


class EnquiryOut(Schema):
    """A request and what was read from it; `unsure` names what a person must check."""

    id: UUID
    number: str
    version: int
    state: str
    kind: str
    form: str
    channel: str
    client: UUID | None
    client_name: str
    arrival_on: str | None
    departure_on: str | None
    persons: int | None
    rooms: dict[str, Any]
    unsure: list[str]
    handler: str | None
    received_at: datetime
    answered_at: datetime | None


class MessageIn(Given):
    """A message: its text, or a file in base64 with its name."""

    model_config = ConfigDict(extra="forbid")  # the text stays as it came, outer blanks too

    text: str = Field("", max_length=200_000)
    file: str = Field("", max_length=34_000_000)
    filename: str = Field("message.txt", max_length=200)
    sender: str = Field("", max_length=200)


class Outcome(Schema):
    """What became of a request in a message, and what was read of it."""

    status: Literal["accepted", "duplicate", "empty", "refused", "answered", "auto", "returned", "own"]
    kind: str | None
    enquiry: str | None = None
    client: str | None = None
    arrival: str | None = None
    departure: str | None = None
    rooms: dict[str, Any] = {}
    persons: int | None = None
    guests: str | None = None
    unsure: list[str] = []
    error: str | None = None


class FieldsIn(Given):
    """Points that a person checked (names), or corrected (name: value)."""

    version: int | None = None
    confirm: list[str] = Field([], max_length=60)
    correct: dict[str, str] = {}


class DecideIn(Given):
    """The manager's decision on a group without agreement."""

    accept: bool
    rates: dict[str, Decimal] = {}
    terms: str = Field("", max_length=500)


class BookIn(Given):
    """Book it: kind and hold when they differ from the usual."""

    kind: Literal["", "fit_cash", "on_account", "group"] = ""
    hold_until_at: Moment | None = None


class ReplyIn(Given):
    """A reply; without a body the draft is composed and sent as it is."""

    kind: Literal["confirmation", "quotation", "counter_offer", "regret"]
    channel: Literal["mail", "fax", "letter", "call", "wechat"]
    body: str = Field("", max_length=20_000)
    parts: dict[str, Any] = {}
    subject_line: str = Field("", max_length=200)
    to: str = Field("", max_length=200)
    spoken_to: str = Field("", max_length=80)
    reason: str = Field("", max_length=300)


class ReplyOut(Schema):
    """A reply; `sent_at` is empty while it waits."""

    id: UUID
    kind: str
    channel: str
    complete: bool
    sent_at: datetime | None


class ReasonIn(Given):
    """Why."""

    reason: str = Field(min_length=1, max_length=200)


def as_out(row: Enquiry) -> dict[str, Any]:
    """A request as programs see it."""
    unsure = [name for name, point in row.fields.items() if not point.get("sure") and not point.get("confirmed_at")]
    return {
        "id": str(row.pk), "number": row.number, "version": row.version, "state": row.state, "kind": row.kind,
        "form": row.form, "channel": row.channel, "client": str(row.client_id) if row.client_id else None,
        "client_name": row.client_name, "arrival_on": row.arrival_on.isoformat() if row.arrival_on else None,
        "departure_on": row.departure_on.isoformat() if row.departure_on else None, "persons": row.persons,
        "rooms": row.rooms, "unsure": sorted(unsure), "handler": row.handler.name if row.handler else None,
        "received_at": row.received_at.isoformat(),
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }


def _enquiry(request: Asked, pk: UUID) -> Enquiry:
    hotel_id = request.actor.hotel_id
    return Enquiry.objects.select_related("hotel", "client", "agreement", "handler", "message").pick(hotel_id, pk)


def _step(request: Asked) -> dict[str, Any]:
    return {"by": request.actor, "now": request.now}


@router.get("", response={200: list[EnquiryOut], **PROBLEMS})
@reads("enquiries.view")
def listed(request: Asked, state: str = Query("", max_length=20), limit: int = Query(50, ge=1, le=200)) -> Any:
    """Requests, newest first."""
    rows = Enquiry.objects.of(request.actor.hotel_id).select_related("handler")
    if state:
        rows = rows.filter(state=state)
    return [as_out(row) for row in rows.order_by("-received_at", "-id")[:limit]]


def _sent(request: Asked) -> bytes:
    """The message: the body itself, or the part "request" of a form, as AlpineBits sends it."""
    if not (request.content_type or "").startswith("multipart/"):
        return request.body
    try:
        file = request.FILES.get("request")
        return file.read() if file is not None else request.POST.get("request", "").encode("utf-8", "replace")
    except (MultiPartParserError, RawPostDataException):
        return b""


def _typed(operation: Callable[..., Any]) -> Callable[..., Any]:
    """The names in its annotations are this module's, whatever wraps it."""
    operation.__signature__ = signature(operation, eval_str=True)  # type: ignore[attr-defined]
    return operation


@router.post("/messages", response={200: list[Outcome], **PROBLEMS})
@allowed("enquiries.intake")
@_typed
def take_in(request: Asked, data: MessageIn) -> Any:
    """Take a message in at the same door as pages: text, or a file (PDF, image, eml, HTML, OpenTravel XML).

    What cannot be taken is 422 with the reason at `file` or `text`; the refusal stays in the logbook.
    """
    field = "file" if data.file else "text"
    raw = unpacked("file", data.file) if data.file else data.text.encode("utf-8", "replace")
    hotel, step = request.hotel, _step(request)
    opened = prepare(hotel, data=raw, filename=data.filename or "message.txt", sender=data.sender, now=step["now"])
    if opened.refused:
        actions.receive(hotel, prepared=opened, **step)
        raise Invalid(errors={field: [opened.refused[1]]}, reason=opened.refused[0])

    def receive() -> HttpResponse:
        found = actions.receive(hotel, prepared=opened, **step)
        return JsonResponse([{name: one.get(name) for name in Outcome.model_fields} for one in found], safe=False)

    return answer_once(request, receive)


@router.post("/ota", response={200: None, 400: None, **PROBLEMS}, openapi_extra={"requestBody": {"content": {"application/xml": {}}}})
@allowed("enquiries.intake")
def ota(request: Asked) -> Any:
    """An OpenTravel message; answered in the protocol's own form, errors too (400: no message at all)."""
    xml, status = ota_reply(request.hotel, _sent(request), **_step(request))
    return HttpResponse(xml, status=status, content_type="application/xml; charset=utf-8")


@router.get("/{uuid:pk}", response={200: EnquiryOut, **PROBLEMS})
@reads("enquiries.view")
def read(request: Asked, pk: UUID) -> Any:
    """One request."""
    return as_out(_enquiry(request, pk))


@router.post("/{uuid:pk}/take", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def take(request: Asked, pk: UUID) -> Any:
    """Take it in hand."""
    actions.take(_enquiry(request, pk), **_step(request))
    return as_out(_enquiry(request, pk))


@router.post("/{uuid:pk}/fields", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def fields(request: Asked, pk: UUID, data: FieldsIn) -> Any:
    """Check or correct what was read."""
    row = _enquiry(request, pk)
    if data.correct:
        row = actions.correct(row, values=data.correct, version=data.version, **_step(request))
    if data.confirm:
        actions.confirm_fields(
            _enquiry(request, pk), names=data.confirm, version=None if data.correct else data.version, **_step(request)
        )
    return as_out(_enquiry(request, pk))


@router.post("/{uuid:pk}/decide", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.decide")
def decide(request: Asked, pk: UUID, data: DecideIn) -> Any:
    """The manager decides on a group without agreement."""
    actions.decide(_enquiry(request, pk), accept=data.accept, rates=data.rates, terms=data.terms, **_step(request))
    return as_out(_enquiry(request, pk))


@router.post("/{uuid:pk}/book", response={201: BookingMore, **PROBLEMS})
@writes("bookings.edit", 201)
def book(request: Asked, pk: UUID, data: BookIn) -> Any:
    """Make a booking of it and hold the rooms."""
    return whole(actions.book(_enquiry(request, pk), kind=data.kind, hold_until_at=data.hold_until_at, **_step(request)))


@router.post("/{uuid:pk}/reply", response={200: ReplyOut, **PROBLEMS})
@writes("enquiries.reply")
def reply(request: Asked, pk: UUID, data: ReplyIn) -> Any:
    """Send a reply; only a complete one meets booking.reply-30, at the moment it leaves."""
    row = _enquiry(request, pk)
    draft: dict[str, Any] = {}
    if not data.body:
        draft = actions.draft_reply(row, kind=data.kind, reason=data.reason, **_step(request))
    body, parts = data.body or draft["body"], {**draft.get("parts", {}), **data.parts}
    if data.channel == "call":
        sent = actions.log_call(row, kind=data.kind, spoken_to=data.spoken_to, body=body, parts=parts, **_step(request))
    else:
        sent = actions.send_reply(
            row, kind=data.kind, channel=data.channel, body=body, parts=parts, to=data.to,
            subject_line=data.subject_line or draft.get("subject_line", ""), **_step(request),
        )
    return {
        "id": str(sent.pk), "kind": sent.kind, "channel": sent.channel, "complete": sent.complete,
        "sent_at": sent.sent_at.isoformat() if sent.sent_at else None,
    }


@router.post("/{uuid:pk}/withdraw", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def withdraw(request: Asked, pk: UUID, data: ReasonIn) -> Any:
    """The client withdrew it."""
    actions.withdraw(_enquiry(request, pk), reason=data.reason, **_step(request))
    return as_out(_enquiry(request, pk))
