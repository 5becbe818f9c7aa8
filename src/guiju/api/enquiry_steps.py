"""Further steps of a request for programs: noted calls, colleagues, clients, waiting, merging; what became of replies."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import prefetch_related_objects
from ninja import Field, Router, Schema

from guiju.api.clients import client_of, person_named
from guiju.api.doors import reads, step_of, writes
from guiju.api.enquiries import EnquiryOut, ReplyOut, as_out
from guiju.api.people import Username
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, Moment, Whole
from guiju.enquiries import actions
from guiju.enquiries.models import Enquiry, Message, Reply
from guiju.enquiries.queries import heard_of
from guiju.house.asking import Asked
from guiju.shelf.errors import Missing

router = Router(tags=["enquiries"])


class CallIn(Given):
    """A call noted while speaking: who called, what was said, what was asked for (the points of a request by name)."""

    caller: Annotated[str, Field(max_length=80)] = ""
    words: Annotated[str, Field(max_length=4000)] = ""
    values: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=400)]] = {}


class ToIn(Given):
    """A colleague."""

    to: Username


class WhoseIn(Given):
    """Which client it is, and what kind of request."""

    client: UUID | None = None
    kind: Literal["", "fit", "group"] = ""
    version: Whole | None = None


class WaitIn(Given):
    """The client wants to think (true), or has answered (false)."""

    waiting: bool


class IntoIn(Given):
    """The request that stays."""

    into: UUID


class AboutIn(Given):
    """The number of the booking or request it is about."""

    number: Annotated[str, Field(min_length=1, max_length=40)]


class ReceiptIn(Given):
    """What the fax machine or the post gave, and when."""

    receipt: Annotated[str, Field(min_length=1, max_length=200)]
    at: Moment | None = None


class HeardOut(Schema):
    """What came back on a request: a client's letter, a machine's answer (auto), or a report that a letter did not arrive (returned)."""

    id: UUID
    form: str
    sender: str
    subject_line: str
    text: str
    received_at: datetime
    seen_at: datetime | None
    became: list[str]


def _heard(row: Message) -> dict[str, Any]:
    return {
        "id": str(row.pk), "form": row.form, "sender": row.sender, "subject_line": row.subject_line, "text": row.text,
        "received_at": row.received_at.isoformat(), "seen_at": row.seen_at.isoformat() if row.seen_at else None,
        "became": [one.number for one in row.enquiries.all()],
    }


def _letter(request: Asked, pk: UUID) -> Message:
    row: Message = Message.objects.select_related("hotel", "answers__hotel").pick(request.actor.hotel_id, pk)
    if row.answers_id is None:
        raise Missing("no letter on a request")
    return row


def _row(request: Asked, pk: UUID) -> Enquiry:
    row: Enquiry = Enquiry.objects.select_related("hotel", "client", "agreement", "handler", "message").pick(request.actor.hotel_id, pk)
    return row


def _reply(request: Asked, pk: UUID) -> Reply:
    row: Reply = Reply.objects.select_related("enquiry__hotel", "letter", "by", "booking").pick(request.actor.hotel_id, pk)
    return row


def _said(row: Reply) -> dict[str, Any]:
    row.refresh_from_db()
    return {
        "id": str(row.pk), "kind": row.kind, "channel": row.channel, "complete": row.complete,
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
    }


@router.post("/calls", response={201: EnquiryOut, **PROBLEMS})
@writes("enquiries.intake", 201)
def call(request: Asked, data: CallIn) -> Any:
    """Note a call; it stays tentative until something written is here (booking.written-basis)."""
    row = actions.note_call(request.hotel, caller=data.caller, words=data.words, values=data.values, **step_of(request))
    return as_out(_row(request, row.pk))


@router.post("/{uuid:pk}/hand-over", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def hand_over(request: Asked, pk: UUID, data: ToIn) -> Any:
    """Give it to a colleague."""
    actions.hand_over(_row(request, pk), to=person_named(request, data.to, "to"), **step_of(request))
    return as_out(_row(request, pk))


@router.post("/{uuid:pk}/client", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def client(request: Asked, pk: UUID, data: WhoseIn) -> Any:
    """Say which client it is, and what kind of request."""
    row = _row(request, pk)
    chosen = client_of(request, data.client) if data.client else row.client
    actions.set_client(row, client=chosen, kind=data.kind, version=data.version, **step_of(request))
    return as_out(_row(request, pk))


@router.post("/{uuid:pk}/wait", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def wait(request: Asked, pk: UUID, data: WaitIn) -> Any:
    """The client wants to think, which is not counted against us; or has answered."""
    step = actions.ask_to_wait if data.waiting else actions.client_answered
    step(_row(request, pk), **step_of(request))
    return as_out(_row(request, pk))


@router.post("/{uuid:pk}/merge", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def merge(request: Asked, pk: UUID, data: IntoIn) -> Any:
    """The same request as another one, which is answered."""
    into = _row(request, data.into)
    actions.merge(_row(request, pk), into=into, **step_of(request))
    return as_out(_row(request, into.pk))


@router.post("/{uuid:pk}/relate", response={200: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle")
def relate(request: Asked, pk: UUID, data: AboutIn) -> Any:
    """Say which booking or request a modification or cancellation is about."""
    actions.relate(_row(request, pk), number=data.number, **step_of(request))
    return as_out(_row(request, pk))


@router.post("/replies/{uuid:pk}/receipt", response={200: ReplyOut, **PROBLEMS})
@writes("enquiries.reply")
def receipt(request: Asked, pk: UUID, data: ReceiptIn) -> Any:
    """Enter the receipt of a fax or letter: it counts as sent from then."""
    row = _reply(request, pk)
    actions.log_receipt(row, receipt=data.receipt, at=data.at, **step_of(request))
    return _said(row)


@router.post("/replies/{uuid:pk}/take-back", response={200: ReplyOut, **PROBLEMS})
@writes("enquiries.reply")
def take_back(request: Asked, pk: UUID) -> Any:
    """Undo a mail that has not left."""
    row = _reply(request, pk)
    actions.take_back(row, **step_of(request))
    return _said(row)


@router.post("/replies/{uuid:pk}/bounced", response={200: ReplyOut, **PROBLEMS})
@writes("enquiries.reply")
def bounced(request: Asked, pk: UUID) -> Any:
    """The reply came back."""
    row = _reply(request, pk)
    actions.note_bounce(row, **step_of(request))
    return _said(row)


@router.get("/{uuid:pk}/heard", response={200: list[HeardOut], **PROBLEMS})
@reads("enquiries.view")
def heard(request: Asked, pk: UUID) -> Any:
    """What came back on a request, newest first."""
    rows = heard_of(_row(request, pk))
    prefetch_related_objects(rows, "enquiries")
    return [_heard(one) for one in rows]


@router.post("/heard/{uuid:pk}/seen", response={200: HeardOut, **PROBLEMS})
@writes("enquiries.handle")
def seen(request: Asked, pk: UUID) -> Any:
    """What the client wrote back has been read and needs nothing more (booking.handle-at-once)."""
    return _heard(actions.see_message(_letter(request, pk), **step_of(request)))


@router.post("/heard/{uuid:pk}/split", response={201: EnquiryOut, **PROBLEMS})
@writes("enquiries.handle", 201)
def split(request: Asked, pk: UUID) -> Any:
    """What the client wrote back is a request of its own; its clocks run from the moment it arrived."""
    return as_out(_row(request, actions.split_message(_letter(request, pk), **step_of(request)).pk))
