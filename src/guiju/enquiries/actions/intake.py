"""Taking messages in: every channel comes through here; what cannot be read is refused whole, and kept for a month."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.enquiries import points
from guiju.enquiries.actions.hearing import heard
from guiju.enquiries.actions.receiving import Outcome, accept, enquire, outcome, refuse
from guiju.enquiries.incoming import Prepared, Read, prepare
from guiju.enquiries.models import Enquiry, Message
from guiju.enquiries.reasons import reason
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.reading import cards, ota
from guiju.reading.ota_answers import Head, Taken
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid


def take_in(hotel: Hotel, *, data: bytes, filename: str, sender: str = "", channel: str | None = None, by: Actor, now: datetime) -> list[Outcome]:
    """Take a file or text in: one outcome for each request in it.

    Outcome: status accepted | duplicate | empty | refused | answered | auto | returned | own (the last four: mails that are no new
    request), kind, enquiry (number), client, arrival, departure, rooms,
    persons, unsure, error. A refused one leaves its file in quarantine, a row and one logbook entry for 30 days, and no
    enquiry. The same sender, unique id and business content again changes nothing. The file is read before the step begins.
    """
    by.require("enquiries.intake", hotel_id=hotel.pk)
    return receive(hotel, prepared=prepare(hotel, data=data, filename=filename, sender=sender, channel=channel, now=now), by=by, now=now)


@verb("enquiries.intake")
def receive(hotel: Hotel, *, prepared: Prepared, by: Actor, now: datetime) -> list[Outcome]:
    """Write down a message that was opened and read before (`incoming.prepare`)."""
    if prepared.refused:
        return [refuse(hotel, prepared, now=now)]
    if not prepared.reads:
        return [outcome("empty", None, error=prepared.why_empty)]
    back = heard(hotel, prepared, now=now)
    if back is not None:
        return back
    return accept(hotel, prepared, now=now)


@verb("enquiries.intake")
def note_call(hotel: Hotel, *, caller: str, words: str, values: Mapping[str, str], by: Actor, now: datetime) -> Enquiry:
    """Note a telephone request: what the caller said and the points asked for; tentative until something written comes.

    Raises Invalid at the field when nothing was noted or a date cannot be read.
    """
    errors: dict[str, list[str]] = {}
    if not (caller.strip() or str(values.get("client", "")).strip()):
        errors["client"] = [_("Who is calling?")]
    if not words.strip() and not any(str(value).strip() for value in values.values()):
        errors["words"] = [_("What do they want?")]
    types = {row.code.lower(): row for row in RoomType.objects.of(hotel.pk)}
    read = Read(form="note", channel="phone", words=cards.mask_pans(words.strip()[:5000]), sender=cards.mask_pans(caller.strip()[:200]))
    read.kind = values.get("kind") or "fit"
    read.business_hash = hashlib.sha256(words.encode()).hexdigest()
    for name, given in values.items():
        if name == "kind" or not str(given).strip():
            continue
        try:
            value = points.parse(name, str(given), {word: row for code, row in types.items() for word in (code, row.name, *row.words)})
        except Invalid as wrong:
            errors[name] = next(iter(wrong.errors.values()))
        else:
            read.fields[name] = {"value": _jsonable(value), "sure": True, "places": [], "why": ""}
    if errors:
        raise Invalid(errors=errors)
    message = Message.objects.create(
        hotel=hotel, channel="phone", form="note", sender=read.sender, business_hash=read.business_hash, text=read.words, received_at=now
    )
    note("message.received", ("message", message.pk), channel="phone", form="note", personal={"sender": (f"message:{message.pk}", read.sender)})
    return enquire(hotel, read, message, now)


def _jsonable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def ota_reply(hotel: Hotel, data: bytes, by: Actor, now: datetime) -> tuple[bytes, int]:
    """Take an OpenTravel message in and answer it in the protocol's own form: (XML, HTTP status).

    A message that names itself is answered by its own answer, errors too, with 200; what is no message at all with 400.
    """
    by.require("enquiries.intake", hotel_id=hotel.pk)
    prepared = prepare(hotel, data=data, filename="message.xml", sender=by.name or "ota", channel="ota", now=now)
    if prepared.head is None and not prepared.refused:  # words or a scan: not for this door
        prepared.refused = ("450", "not an OpenTravel message")
    found = receive(hotel, prepared=prepared, by=by, now=now)
    head = prepared.head or Head()
    if prepared.refused:
        code, why = prepared.refused
        return ota.answer(head, fault=ota.Fault(code, reason(why), head), now=now), 200 if head.root.startswith("OTA_") else 400
    taken = [Taken(str(one["unique_id"]), str(one["unique_type"]) or "14", str(one["enquiry"] or "")) for one in found if one.get("unique_id")]
    return ota.answer(head, taken, now=now), 200
