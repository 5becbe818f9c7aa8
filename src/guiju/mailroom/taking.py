"""A piece of mail is claimed by one worker, opened outside any step, and taken in by the same verb as every other message.

Claim, then read, then write everything in one step: whoever dies between leaves a claim that lapses, and nothing else.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as N_

from guiju.enquiries import actions as enquiries
from guiju.enquiries.actions.receiving import Outcome, outcome
from guiju.enquiries.incoming import Prepared, prepare
from guiju.logbook.writing import durably, writing
from guiju.mailroom.models import Item, Mailbox
from guiju.reading import envelope
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7

log = logging.getLogger("guiju.mailroom")
LEASE = timedelta(minutes=3)  # longer than the slowest letter takes to open
MOST_TRIES = 5
# Why a piece was refused, for people.
WHY = {
    "empty": N_("The file is empty."),
    "too_large": N_("It is larger than 25 MB, or unpacks to too much."),
    "broken": N_("It is damaged and cannot be read."),
    "hostile": N_("It is damaged or not what it says."),
    "unknown": N_("This kind of file is not taken here."),
    "stopped": N_("It stopped the reader five times."),
}
ORDER = ("accepted", "answered", "returned", "auto", "own", "duplicate", "empty", "refused")


@dataclass(frozen=True, slots=True)
class Piece:
    """A message or file as it was found: its number in the mailbox or its identity, when it arrived, how large it is."""

    arrived_at: datetime
    size: int
    uid_validity: int | None = None
    uid: int | None = None
    identity: str = ""


def claim(mailbox: Mailbox, piece: Piece, *, now: datetime) -> Item | None:
    """This worker's claim on a piece; None when it is dealt with already, or in another worker's hands."""
    token = uuid7()
    try:
        with transaction.atomic():
            row: Item = Item.objects.create(
                hotel_id=mailbox.hotel_id, mailbox=mailbox, uid_validity=piece.uid_validity, uid=piece.uid, identity=piece.identity,
                claim=token, claimed_until_at=now + LEASE, arrived_at=min(piece.arrived_at, now), size=piece.size,
            )
            return row
    except IntegrityError:
        pass
    rows = Item.objects.of(mailbox.hotel_id)
    rows = rows.filter(mailbox=mailbox, uid_validity=piece.uid_validity, uid=piece.uid) if piece.uid else rows.filter(identity=piece.identity)
    known = rows.exclude(state=Item.State.DUPLICATE).first()
    if known is None or known.state != Item.State.CLAIMED:
        return None
    lapsed = Item.objects.filter(pk=known.pk, state=Item.State.CLAIMED, claim=known.claim, claimed_until_at__lt=now)
    if not lapsed.update(claim=token, claimed_until_at=now + LEASE, tries=known.tries + 1):
        return None
    known.refresh_from_db()
    return known


def put_back(item: Item, *, now: datetime) -> None:
    """The piece could not be had this time: the next look may take it at once."""
    Item.objects.filter(pk=item.pk, claim=item.claim, state=Item.State.CLAIMED).update(claimed_until_at=now - timedelta(seconds=1))


def opened(mailbox: Mailbox, item: Item, data: bytes, filename: str, *, now: datetime) -> Prepared:
    """Open and read a piece, whatever it is; what breaks the reader is refused with that as its reason."""
    hotel = mailbox.hotel
    channel = "mail" if mailbox.kind == Mailbox.Kind.IMAP else None
    if item.tries > MOST_TRIES:
        return _refused(data, filename, "stopped", WHY["stopped"])
    try:
        found = prepare(hotel, data=data, filename=filename, channel=channel, now=now)
    except Exception as error:  # hostile mail: whatever it does, it must not hold up the mailbox
        log.warning("a piece of mail could not be read: %s", type(error).__name__)
        found = _refused(data, filename, "broken", WHY["broken"])
    found.arrived_at = item.arrived_at
    if channel and found.refused:
        found.sender = found.sender or envelope.read(data[:200_000]).sender
    return found


def too_large(item: Item, head: bytes) -> Prepared:
    """A message above the limit: its head is kept and says from whom it was."""
    found = _refused(head[:200_000], "mail.eml", "too_large", WHY["too_large"])
    found.arrived_at = item.arrived_at
    found.sender = envelope.read(head[:200_000]).sender
    return found


def _refused(data: bytes, filename: str, code: str, why: str) -> Prepared:
    return Prepared(data, filename, "", "mail", refused=(code, why))


def identity_of(found: Prepared) -> str:
    """What makes two mails one: Message-ID and content, whatever way and however often they came."""
    head = found.envelope or envelope.read(found.data)
    return hashlib.sha256(f"{head.message_id}\n{head.content}".encode()).hexdigest()


def finish(mailbox: Mailbox, item: Item, found: Prepared, *, now: datetime, identity: str = "") -> Item:
    """Write down what became of a claimed piece: the message, the request, and the claim's end, in one step or not at all."""
    identity = identity or item.identity or identity_of(found)

    def step() -> None:
        with writing(mailbox.hotel_id, by=the_clock(mailbox.hotel_id), now=now):
            mine = Item.objects.filter(pk=item.pk, claim=item.claim, state=Item.State.CLAIMED)
            if not mine.update(done_at=now):  # the claim lapsed and another worker has it, or had it
                return
            known = Item.objects.of(mailbox.hotel_id).filter(identity=identity).exclude(state=Item.State.DUPLICATE).exclude(pk=item.pk)
            if known.exists():
                mine.update(identity=identity, state=Item.State.DUPLICATE)
                return
            mine.update(identity=identity)
            outcomes = enquiries.receive(mailbox.hotel, prepared=found, by=the_clock(mailbox.hotel_id), now=now)
            mine.update(**_told(outcomes, found))

    try:
        durably(step)
    except IntegrityError as error:  # the same mail in two mailboxes in the same moment: the other one was first
        if "mailroom_item" not in str(error):
            raise
        durably(step)
    item.refresh_from_db()
    return item


def _told(outcomes: list[Outcome], found: Prepared) -> dict[str, Any]:
    first = min(outcomes or [outcome("empty", None)], key=lambda one: ORDER.index(one["status"]))
    numbers = [one["enquiry"] for one in outcomes if one.get("enquiry")]
    said = (first.get("error") or "") if first["status"] == "returned" and numbers else ""
    return {"state": first["status"], "why": said[:300], "code": found.refused[0][:40] if found.refused else "", "enquiries": numbers}
