"""What comes back after we answered: the client's letters on their request, machines' answers, and reports that a letter did not arrive."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.enquiries import threads
from guiju.enquiries.actions.receiving import CHANGING, Outcome, attach, enquire, outcome, write
from guiju.enquiries.actions.scanning import queue_scans
from guiju.enquiries.actions.taking import LIVE
from guiju.enquiries.incoming import Prepared, Read, read_words, value_of
from guiju.enquiries.models import Enquiry, Message
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices import actions as notices
from guiju.notices.models import Letter
from guiju.notices.sending import bounced_hooks, came_back, letters_named
from guiju.papers.files import store
from guiju.reading.quoted import own_words
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal

MACHINES = ("auto", "returned")  # forms of what no client wrote
SAME_WORDS = 3  # the same words from the same address, so often within a day: what comes after is a machine's echo
WITHIN = timedelta(days=1)
ANSWERING = re.compile(r"\s*(?:re|aw|sv|回复|答复|回覆)\s*[:：]", re.I)


def heard(hotel: Hotel, found: Prepared, *, now: datetime) -> list[Outcome] | None:
    """What became of a mail that is no new request (inside a step); None: it is one, and is taken in as such.

    Statuses: answered (a client's letter on his request), auto (a machine's answer), returned (a letter of ours came back),
    own (our own letter).
    """
    head = found.envelope
    if head is None or not found.reads:
        return None
    at = found.arrived_at or now
    if head.returned is not None:
        return [_returned(hotel, found, at, now)]
    own = _own(found.reads[0], hotel, now)
    named = [name for name in ("arrival", "rooms") if value_of(own.fields, name)]
    if _is_own(hotel.pk, found, bool(named) or len(found.reads) > 1):
        return [outcome("own", None, error=_("Our own letter."))]
    row = threads.request_of(hotel.pk, head)
    asked = len(found.reads) > 1 or len(named) == 2  # "back on 1 December" is a day, and no request
    if head.auto and not (head.auto in ("absence", "answer") and asked):
        return [_kept(hotel, found, row, "auto", at, now)]
    if _is_echo(hotel.pk, found, at):
        return [_kept(hotel, found, row, "auto", at, now, why=_("The same words from the same address again and again."))]
    if row is None or found.reads[0].hung is not None or len(found.reads) > 1:
        return None
    return [_client_wrote(hotel, found, row, own.form, at, now)]


def _is_own(hotel_id: UUID, found: Prepared, asked: bool) -> bool:
    """A copy of a letter of ours, told by its own id; or one from our sending address that asks for nothing.

    A form on the hotel's website often sends what guests ask from that address: that is a request.
    """
    head = found.envelope
    assert head is not None
    if head.message_id and Letter.objects.of(hotel_id).filter(message_id=head.message_id).exists():
        return True
    ours = str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip(">").strip().lower()
    return bool(head.sender) and head.sender == ours and not asked


def _is_echo(hotel_id: UUID, found: Prepared, at: datetime) -> bool:
    """A machine that answers our answers: the same words in answer to us again and again. A new request is never one."""
    read, head = found.reads[0], found.envelope
    assert head is not None
    if not read.sender or not read.words.strip() or not (head.answers or ANSWERING.match(head.subject)):
        return False
    same = Message.objects.of(hotel_id).filter(sender=read.sender[:200], business_hash=read.business_hash, received_at__gte=at - WITHIN)
    return same.exclude(unique_id=read.unique_id).count() >= SAME_WORDS


def _written(hotel: Hotel, found: Prepared, row: Enquiry | None, form: str, at: datetime, now: datetime) -> Message | None:
    read: Read = found.reads[0]
    read.form = form
    file = store(hotel.pk, found.data, found.filename, mime=found.mime, sealed=found.sealed, now=now)
    message = write(hotel, read, file, None, at, answers=row)
    if message is not None and row is not None:
        Enquiry.objects.of(hotel.pk).filter(pk=row.pk).update(heard_at=at)
    if message is not None and found.hung:
        attach(hotel, message, found, now)
    if message is not None and found.to_read and form not in MACHINES:
        queue_scans(hotel, message, found, now)
    return message


def _said(status: str, kind: str, row: Enquiry | None, error: str = "") -> Outcome:
    more = {"enquiry": row.number, "client": row.client_name} if row is not None else {}
    return {**outcome(status, kind, error), **more}


def _kept(hotel: Hotel, found: Prepared, row: Enquiry | None, form: str, at: datetime, now: datetime, *, why: str = "") -> Outcome:
    """A machine's answer: kept with its request, and nobody owes it anything."""
    if _written(hotel, found, row, form, at, now) is None:
        return _said("duplicate", form, row)
    return _said("auto", form, row, why or _("An automatic answer: nothing is owed for it."))


def _client_wrote(hotel: Hotel, found: Prepared, row: Enquiry, form: str, at: datetime, now: datetime) -> Outcome:
    """A client's letter on his request: it reopens nothing by itself, and what the standard asks then begins."""
    message = _written(hotel, found, row, form, at, now)
    if message is None:
        return _said("duplicate", form, row)
    note("client.wrote", row, ("message", message.pk), at=at, channel=message.channel, form=form)
    waiting = Enquiry.objects.of(hotel.pk).filter(pk=row.pk, waiting_since_at__isnull=False, state__in=LIVE)
    if waiting.update(waiting_since_at=None, version=F("version") + 1):  # he has thought: the time runs on
        note("client.answered", row, at=at)
    _tell(row, message, now)
    return _said("answered", form, row)


def _tell(row: Enquiry, message: Message, now: datetime) -> None:
    text = "%(number)s: the client wrote back"
    if message.form in CHANGING:
        text = "%(number)s: the client wants a change"
    notices.tell(
        row.hotel_id,
        person_id=row.handler_id,
        department="" if row.handler_id else "sales",
        key=f"wrote:{message.pk}",
        text=text,
        values={"number": row.number},
        url=reverse("enquiries:enquiry", args=[row.pk]),
        urgency="soon",
        now=now,
    )


def _returned(hotel: Hotel, found: Prepared, at: datetime, now: datetime) -> Outcome:
    """A report about letters of ours: those that did not arrive are marked, and what depends on them hears so."""
    head = found.envelope
    assert head is not None and head.returned is not None
    report = head.returned
    letters = letters_named(hotel.pk, [*report.letters, *head.answers], [*head.to, *report.recipients])
    row = threads.of_letters(hotel.pk, letters)
    if _written(hotel, found, row, "returned" if report.final else "auto", at, now) is None:
        return _said("duplicate", "returned", row)
    if not report.final:
        return _said("auto", "auto", row, _("The mail system still tries, or says that all is well."))
    marked = [letter for letter in letters[:1] if came_back(letter, report.said or head.subject, at=at)]
    for letter in marked:
        _tell_returned(letter, now)
    if not letters:
        return _said("returned", "returned", None, _("No letter of ours is named in it."))
    return _said("returned", "returned", row, report.said if marked else _("This letter is marked already."))


def _tell_returned(letter: Letter, now: datetime) -> None:
    """A letter that belongs to no reply (a reset link, a monthly letter) has nobody who waits for it: the administrator hears."""
    if letter.about_kind in bounced_hooks:
        return
    notices.tell(
        letter.hotel_id, post="administrator", key=f"returned:{letter.pk}", text="A letter did not arrive: %(subject)s",
        values={"subject": letter.subject}, urgency="soon", now=now,
    )


@verb("enquiries.handle")
def see_message(message: Message, *, by: Actor, now: datetime) -> Message:
    """What the client wrote back has been read and needs nothing more (booking.handle-at-once). Seen once is seen."""
    _seen(unread(message.hotel_id, message.answers_id).filter(pk=message.pk), by, now)
    message.refresh_from_db()
    return message


def see_all(enquiry: Enquiry, *, by: Actor, now: datetime) -> None:
    """Who answers has read what the client wrote (inside a step)."""
    _seen(unread(enquiry.hotel_id, enquiry.pk), by, now)


def unread(hotel_id: UUID, enquiry_id: UUID | None) -> Any:
    """What the client wrote back on a request and nobody has read yet."""
    rows = Message.objects.of(hotel_id).filter(answers_id=enquiry_id, answers__isnull=False, seen_at__isnull=True)
    return rows.exclude(form__in=MACHINES)


def _seen(rows: Any, by: Actor, now: datetime) -> None:
    for message in rows.order_by("received_at", "id"):
        if Message.objects.filter(pk=message.pk, seen_at__isnull=True).update(seen_at=now, seen_by_id=by.person_id):
            left = unread(message.hotel_id, message.answers_id).count()
            note("message.seen", ("enquiry", str(message.answers_id)), ("message", message.pk), left=left)


@verb("enquiries.handle")
def split_message(message: Message, *, by: Actor, now: datetime) -> Enquiry:
    """What the client wrote back is a request of its own (another stay, a change): it gets a number, and its own clocks.

    They run from the moment it arrived. Raises Refusal when it was made into one already.
    """
    row = message.answers
    if row is None or message.form in MACHINES:
        raise Refusal(_("This is no letter of a client."), code="wrong_state")
    if message.enquiries.exists():
        raise Refusal(_("It is a request of its own already."), code="wrong_state")
    read = _read_again(message, row, now)
    fresh = enquire(row.hotel, read, message, message.received_at)
    if read.form in CHANGING and fresh.about_id is None:
        Enquiry.objects.of(row.hotel_id).filter(pk=fresh.pk).update(about=row)
        fresh.refresh_from_db()
    note("message.split", row, ("message", message.pk), into=fresh.number)
    see_message(message, by=by, now=now)
    return fresh


def _own(read: Read, hotel: Hotel, now: datetime) -> Read:
    """What he wrote himself, read without our letter that his program put below it."""
    own = Read(
        "text", read.channel, words=own_words(read.words), subject_line=read.subject_line, sender=read.sender, unique_id=read.unique_id,
        mail_id=read.mail_id,
    )
    read_words(own, hotel, now)
    return own


def _read_again(message: Message, row: Enquiry, now: datetime) -> Read:
    """What he wrote himself; where that names neither days nor rooms, all his words."""
    whole = Read(
        message.form, message.channel, words=message.text, subject_line=message.subject_line, sender=message.sender,
        unique_id=message.unique_id, mail_id=message.mail_message_id,
    )
    own = _own(whole, row.hotel, now)
    if not any(value_of(own.fields, name) for name in ("arrival", "departure", "rooms")) and own.form not in CHANGING:
        read_words(whole, row.hotel, now)
        return whole
    return own
