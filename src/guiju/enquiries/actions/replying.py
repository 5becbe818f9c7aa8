"""The reply: checked and sent; it counts from the moment it really left, and a bounce undoes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings.blocks import held_block
from guiju.bookings.models import Booking
from guiju.duties.gates import gate
from guiju.enquiries import offering, wanted
from guiju.enquiries.actions.deciding import book
from guiju.enquiries.actions.drafting import MOST_BODY, check_kind
from guiju.enquiries.actions.hearing import see_all
from guiju.enquiries.actions.taking import LIVE, attrs_of
from guiju.enquiries.models import Enquiry, Reply
from guiju.enquiries.queries import live_booking
from guiju.enquiries.threads import marked
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices import actions as notices
from guiju.notices.models import Letter
from guiju.rooms import queries as rooms
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

AT_ONCE = ("call", "wechat")  # done when they are noted: there is nothing left to send


@verb("enquiries.reply")
def send_reply(
    enquiry: Enquiry,
    *,
    kind: str,
    channel: str,
    body: str,
    parts: Mapping[str, Any] | None = None,
    subject_line: str = "",
    lang: str = "",
    to: str = "",
    receipt: str = "",
    by: Actor,
    now: datetime,
) -> Reply:
    """Send a reply, or note the one that was given by telephone or WeChat (booking.reply-30).

    A mail goes into the outbox and counts when the mail server accepted it; a fax or letter is printed and
    counts from its receipt (`log_receipt`); a call or WeChat message counts now. Raises Invalid at the field,
    Refusal "decision_missing" (booking.group-escalate), GateRefused (letter.price-check,
    group.availability-first).
    """
    check_kind(kind, channel)
    if enquiry.state not in LIVE:
        raise Refusal(
            _("%(number)s is closed.") % {"number": enquiry.number}, code="wrong_state", state=enquiry.state
        )
    to = (to or enquiry.reply_to).strip()
    _check_text(kind, channel, body, dict(parts or {}), to)
    booking = live_booking(enquiry)
    if (
        kind == Reply.Kind.CONFIRMATION
        and wanted.needs_decision(enquiry)
        and not (booking and booking.decision.get("accept"))
    ):
        raise Refusal(
            _(
                "A group without agreement is not confirmed before the manager's decision with "
                "rate and terms."
            ),
            code="decision_missing",
            clause="booking.group-escalate",
        )
    said, missing = _checked(
        enquiry, booking, kind=kind, channel=channel, body=body, parts=dict(parts or {}), now=now
    )
    reply = Reply.objects.create(
        hotel_id=enquiry.hotel_id,
        enquiry=enquiry,
        booking=booking,
        kind=kind,
        channel=channel,
        lang=lang or enquiry.lang,
        subject_line=subject_line.strip()[:200],
        body=body.strip(),
        parts=said,
        complete=not missing,
        by_id=by.person_id,
        created_at=now,
        receipt=receipt.strip()[:200],
    )
    see_all(enquiry, by=by, now=now)
    if channel == "mail":
        _post(reply, enquiry, to, by, now)
    elif channel in AT_ONCE:
        _left(reply, now)
    return reply


def _checked(
    enquiry: Enquiry,
    booking: Booking | None,
    *,
    kind: str,
    channel: str,
    body: str,
    parts: dict[str, Any],
    now: datetime,
) -> tuple[dict[str, Any], list[str]]:
    types = {row.pk: row for row in rooms.open_types(enquiry.hotel_id)}
    offer = offering.offer_of(enquiry, booking, types, now=now)
    quoted = offering.QUOTED.get(enquiry.kind)
    if kind == Reply.Kind.QUOTATION and quoted is not None:
        priced = offering.as_quoted(body, quoted(enquiry))
    elif kind in ("counter_offer", "regret"):
        # the alternative's prices: none named is right, one named must be a rate in force
        priced = not offering.differing(body, offer)
    else:
        priced = offering.verified(body, offer)
    parts["price_verified"] = priced
    missing = offering.complete(kind, channel, parts)
    held = booking is not None and held_block(booking) is not None
    gate(
        enquiry.hotel_id,
        "enquiry.reply",
        enquiry.subject,
        attrs={**attrs_of(enquiry), "reply": kind},
        needs={
            "complete": not missing,
            "price_verified": priced,
            "held_or_regret": kind != Reply.Kind.CONFIRMATION or held,
        },
        now=now,
    )
    return parts, missing


@verb("enquiries.reply")
def reply_and_hold(
    enquiry: Enquiry,
    *,
    channel: str,
    body: str,
    parts: Mapping[str, Any],
    subject_line: str = "",
    lang: str = "",
    to: str = "",
    by: Actor,
    now: datetime,
) -> Reply:
    """Hold the rooms and send the confirmation in one step: both, or neither."""
    if live_booking(enquiry) is None:
        book(enquiry, by=by, now=now)
    return send_reply(
        enquiry,
        kind=Reply.Kind.CONFIRMATION,
        channel=channel,
        body=body,
        parts=parts,
        subject_line=subject_line,
        lang=lang,
        to=to,
        by=by,
        now=now,
    )


@verb("enquiries.reply")
def log_call(
    enquiry: Enquiry,
    *,
    kind: str,
    spoken_to: str,
    body: str,
    parts: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> Reply:
    """Note the call in which the client was answered: with whom, and what was offered."""
    if not spoken_to.strip():
        raise Invalid(errors={"spoken_to": [_("With whom did you speak?")]})
    return send_reply(
        enquiry,
        kind=kind,
        channel="call",
        body=body,
        parts={**parts, "spoken_to": spoken_to.strip()[:80]},
        by=by,
        now=now,
    )


@verb("enquiries.reply")
def log_receipt(reply: Reply, *, receipt: str, at: datetime | None = None, by: Actor, now: datetime) -> Reply:
    """Enter the sending receipt of a fax or letter; the reply counts from that moment.

    Raises Invalid for a moment before it was written or still to come, Refusal when it was already entered.
    """
    at = at or now
    if reply.channel not in ("fax", "letter"):
        raise Refusal(_("Only a fax or a letter has a receipt to enter."), code="wrong_state")
    if not reply.created_at <= at <= now:
        raise Invalid(errors={"at": [_("The receipt's time lies between the writing and now.")]})
    if not receipt.strip():
        raise Invalid(
            errors={"receipt": [_("What does the receipt say (number, or whom it was handed to)?")]}
        )
    _left(reply, at, receipt=receipt.strip()[:200])
    return reply


@verb("enquiries.reply")
def take_back(reply: Reply, *, by: Actor, now: datetime) -> Reply:
    """Undo a mail that has not left yet. Raises Refusal when it is on its way."""
    if reply.letter is None or reply.sent_at is not None:
        raise Refusal(_("This reply has already left."), code="letter_left")
    notices.stop_letter(reply.letter, by=by, now=now)
    return reply


@verb("enquiries.reply")
def note_bounce(reply: Reply, *, by: Actor, now: datetime) -> Reply:
    """The reply came back: the client was not reached, and the answer is owed again."""
    if reply.sent_at is None:
        raise Refusal(_("This reply has not left yet."), code="wrong_state")
    bounced(reply, now, by=by)
    return reply


def letter_left(letter: Letter, now: datetime) -> None:
    """The mail server accepted a reply's letter: from now on it counts."""
    reply = Reply.objects.of(letter.hotel_id).select_related("enquiry").filter(pk=letter.about_id).first()
    if reply is not None:
        _left(reply, now, receipt=letter.message_id[:200])


def letter_bounced(letter: Letter, now: datetime) -> None:
    """A reply's letter could not be delivered."""
    reply = Reply.objects.of(letter.hotel_id).select_related("enquiry").filter(pk=letter.about_id).first()
    if reply is not None:
        bounced(reply, now)


def _left(reply: Reply, at: datetime, *, receipt: str = "") -> None:
    rows = Reply.objects.of(reply.hotel_id).filter(pk=reply.pk, sent_at__isnull=True)
    if not rows.update(sent_at=at, receipt=receipt or reply.receipt):
        raise Refusal(_("This reply has already left."), code="wrong_state")
    reply.sent_at, reply.receipt = at, receipt or reply.receipt
    booking = ("booking", str(reply.booking_id)) if reply.booking_id else None
    enquiry = ("enquiry", str(reply.enquiry_id)) if reply.enquiry_id else None
    note(
        "reply.sent",
        enquiry,
        booking,
        at=at,
        kind=reply.kind,
        complete=reply.complete,
        channel=reply.channel,
        lang=reply.lang,
    )
    if reply.enquiry_id is None or not reply.complete:
        return
    asked = Enquiry.objects.of(reply.hotel_id).filter(pk=reply.enquiry_id)
    asked.filter(answered_at__isnull=True).update(answered_at=at)
    after = Enquiry.State.REGRETTED if reply.kind == Reply.Kind.REGRET else Enquiry.State.ANSWERED
    asked.filter(state=Enquiry.State.OPEN).update(state=after)


def bounced(reply: Reply, now: datetime, *, by: Actor | None = None) -> None:
    """Note that a reply came back and reopen its request (inside a step)."""
    rows = Reply.objects.of(reply.hotel_id).filter(pk=reply.pk, bounced_at__isnull=True)
    if not rows.update(bounced_at=now):
        return
    reply.bounced_at = now
    note(
        "reply.bounced",
        ("enquiry", str(reply.enquiry_id)) if reply.enquiry_id else None,
        channel=reply.channel,
    )
    _tell_handler(reply, now, by)
    if reply.enquiry_id is None or _otherwise_answered(reply):
        return
    requests = Enquiry.objects.of(reply.hotel_id).filter(pk=reply.enquiry_id)
    requests.update(answered_at=None)
    requests.filter(state__in=(Enquiry.State.ANSWERED, Enquiry.State.REGRETTED)).update(
        state=Enquiry.State.OPEN
    )


def _tell_handler(reply: Reply, now: datetime, by: Actor | None) -> None:
    """Whoever has the request hears at once that the answer did not arrive; without one, whoever wrote it."""
    enquiry, booking = reply.enquiry, reply.booking
    about = enquiry or booking
    handler = (enquiry.handler_id if enquiry is not None else None) or reply.by_id
    if about is None or (by is not None and by.person_id == handler):  # he entered it himself
        return
    place = "enquiries:enquiry" if enquiry is not None else "bookings:booking"
    notices.tell(
        reply.hotel_id,
        person_id=handler,
        key=f"bounced:{reply.pk}",
        text="The reply to %(number)s came back: it did not arrive",
        values={"number": about.number},
        url=reverse(place, args=[about.pk]),
        urgency="late",
        now=now,
    )


def _otherwise_answered(reply: Reply) -> bool:
    others = (
        Reply.objects.of(reply.hotel_id)
        .filter(enquiry_id=reply.enquiry_id, complete=True)
        .exclude(pk=reply.pk)
    )
    return others.filter(sent_at__isnull=False, bounced_at__isnull=True).exists()


def _post(reply: Reply, enquiry: Enquiry, to: str, by: Actor, now: datetime) -> None:
    heard = enquiry.message.mail_message_id if enquiry.message is not None else ""
    reply.letter = notices.post_letter(
        reply.hotel_id,
        key=f"reply:{reply.pk}",
        to=to,
        subject=marked(reply.subject_line or reply.get_kind_display(), enquiry.number),
        body=reply.body,
        about=("reply", str(reply.pk)),
        in_reply_to=heard,
        by=by,
        now=now,
    )
    reply.save(update_fields=["letter"])


def _check_text(kind: str, channel: str, body: str, parts: dict[str, Any], to: str) -> None:
    errors = {}
    if not body.strip():
        errors["body"] = [_("The reply is empty.")]
    if len(body) > MOST_BODY:
        errors["body"] = [_("That is too long.")]
    if kind == Reply.Kind.REGRET:
        if not str(parts.get("reason") or "").strip():
            errors["reason"] = [_("A regret says why.")]
        if not str(parts.get("alternative") or "").strip():
            errors["alternative"] = [_("A regret offers an alternative, or says “none”.")]
    if kind == Reply.Kind.COUNTER_OFFER and not str(parts.get("alternative") or "").strip():
        errors["alternative"] = [_("What do you offer instead?")]
    if channel == "call" and not str(parts.get("spoken_to") or "").strip():
        errors["spoken_to"] = [_("With whom did you speak?")]
    if channel == "mail":
        try:
            validate_email(to)
        except ValidationError:
            errors["to"] = [_("This is not an e-mail address.")]
    if errors:
        raise Invalid(errors=errors)
