"""Writing down what was read: the message in its turn, its file and attachments, and the request it makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.enquiries import points
from guiju.enquiries.actions.intake_clients import client_named
from guiju.enquiries.actions.scanning import queue_scans
from guiju.enquiries.earlier import earlier_of
from guiju.enquiries.incoming import Prepared, Read, value_of
from guiju.enquiries.models import Attachment, Enquiry, Message
from guiju.house.models import Hotel
from guiju.house.numbers import next_number
from guiju.logbook.writing import note
from guiju.papers.files import MIMES, store
from guiju.papers.models import StoredFile
from guiju.rates.queries import agreement_of
from guiju.reading import cards

KEPT_DAYS = 30
CHANGING = ("modification", "cancellation")
Outcome = dict[str, Any]


def accept(hotel: Hotel, found: Prepared, *, now: datetime) -> list[Outcome]:
    """Write a prepared message: one outcome for each request in it."""
    file: StoredFile | None = None
    outcomes: list[Outcome] = []
    parent: Message | None = None
    for read in found.reads:
        known = _known(hotel, read)
        if known is not None and _is_repeat(known, read):
            outcomes.append(_summary("duplicate", read, _enquiry_of(known[-1], read)))
            continue
        file = file or store(hotel.pk, found.data, found.filename, mime=found.mime, sealed=found.sealed, now=now)
        message = write(hotel, read, file, parent, found.arrived_at or now)
        if message is None:  # the same message in the same moment: the other one won
            known = _known(hotel, read) or []
            outcomes.append(_summary("duplicate", read, _enquiry_of(known[-1], read) if known else None))
            continue
        if read.hung is None and found.hung:
            parent = message
            attach(hotel, message, found, now)
        if read.hung is None and found.pictures:
            _picture(hotel, message, found, now)
        if read.hung is None and found.to_read:
            queue_scans(hotel, message, found, now)
        if read.is_request:
            row = enquire(hotel, read, message, found.arrived_at or now)
            outcomes.append(_summary("accepted", read, row))
    return outcomes


def _known(hotel: Hotel, read: Read) -> list[Message] | None:
    """What came from this sender under this id, in its order."""
    if not read.unique_id:
        return None
    rows = Message.objects.of(hotel.pk).filter(sender=read.sender[:200], unique_id=read.unique_id, refused_code="")
    return list(rows.order_by("turn"))


def _is_repeat(known: list[Message], read: Read) -> bool:
    """The same content as the latest, or a late repeat of an older one: told by its echo token, or by the moment it was written.

    Without either, old content that comes again is a change back, and a person sees it.
    """
    if not known:
        return False
    latest = known[-1]
    if latest.business_hash == read.business_hash:
        return True
    for older in known[:-1]:
        if older.business_hash != read.business_hash:
            continue
        if read.echo_token and read.echo_token == older.echo_token:
            return True
        if read.said_at and older.said_at and read.said_at == older.said_at and latest.said_at and latest.said_at > read.said_at:
            return True
    return False


def write(hotel: Hotel, read: Read, file: StoredFile, parent: Message | None, arrived_at: datetime, **more: Any) -> Message | None:
    """The message in its turn; two at once under one id come one after the other. None: it is a repeat after all."""
    for _tries in range(20):
        known = _known(hotel, read) or []
        if known and _is_repeat(known, read):
            return None
        _settle_form(read, known)
        try:
            with transaction.atomic():
                message: Message = Message.objects.create(
                    hotel=hotel,
                    channel=read.channel,
                    form=read.form,
                    sender=read.sender[:200],
                    unique_id=read.unique_id,
                    business_hash=read.business_hash,
                    turn=known[-1].turn + 1 if known else 0,
                    said_at=read.said_at,
                    echo_token=read.echo_token,
                    parent=parent,
                    file=file,
                    text=read.words,
                    subject_line=read.subject_line[:300],
                    mail_message_id=read.mail_id[:300],
                    received_at=arrived_at,
                    **more,
                )
        except IntegrityError:
            continue
        note(
            "message.received",
            ("message", message.pk),
            at=arrived_at,
            channel=read.channel,
            form=read.form,
            personal={"sender": (f"message:{message.pk}", read.sender[:200])},
        )
        return message
    raise IntegrityError("a message could not find its turn")


def _settle_form(read: Read, known: list[Message]) -> None:
    """Other content under a known id is a modification; what of its order is doubtful, a person must look at."""
    if not known:
        return
    if read.form in ("reservation", "request"):
        read.form = "modification"
    why = ""
    if any(one.business_hash == read.business_hash for one in known[:-1]):
        why = "the same words came before, and others since: a change back, or a late repeat?"
    elif read.said_at and any(one.said_at and one.said_at > read.said_at for one in known):
        why = "it was written before one that is here already"
    elif read.form == "modification" and known[-1].form == "cancellation":
        why = "it comes after its own cancellation"
    if why:
        read.fields["kind"] = {"value": read.form, "sure": False, "places": [], "why": why}


def attach(hotel: Hotel, message: Message, found: Prepared, now: datetime) -> None:
    """Keep what hung on a mail, each file under its hash."""
    for order, one in enumerate(found.hung):
        refused = bool(one.refused_code)
        mime = "application/octet-stream" if refused else MIMES.get(one.kind, "text/plain")
        keep = KEPT_DAYS if refused else None
        file = None
        if one.data:
            file = store(hotel.pk, one.data, one.name, mime=mime, sealed=one.sealed, quarantined=refused, now=now, keep_days=keep)
        Attachment.objects.create(
            hotel=hotel,
            message=message,
            order=order,
            name=one.name,
            kind=one.kind,
            file=file,
            why=one.why[:200],
            refused_code=one.refused_code[:40],
            received_at=now,
        )


def _picture(hotel: Hotel, message: Message, found: Prepared, now: datetime) -> None:
    """Pictures of a PDF's or TIFF's pages, to stand beside the points."""
    pages = [
        str(store(hotel.pk, one, f"{found.filename}-{place}.png", mime="image/png", now=now).pk)
        for place, one in enumerate(found.pictures, start=1)
    ]
    Message.objects.filter(pk=message.pk).update(pages=pages)
    message.pages = pages


def _enquiry_of(message: Message, read: Read) -> Enquiry | None:
    rows = Enquiry.objects.filter(message__sender=message.sender, message__unique_id=message.unique_id, hotel_id=message.hotel_id)
    same = rows.filter(message__business_hash=read.business_hash).order_by("-received_at", "-id").first()
    found: Enquiry | None = same or rows.order_by("-received_at", "-id").first()
    return found


def enquire(hotel: Hotel, read: Read, message: Message, arrived_at: datetime) -> Enquiry:
    """The request that a message makes, with what it changes or cancels as a link; its clocks run from its arrival."""
    today = arrived_at.astimezone(ZoneInfo(hotel.zone)).date()
    fields = cards.mask_all(read.fields)
    name = str(value_of(fields, "client") or value_of(fields, "guests") or read.sender or "")[:160]
    client = client_named(hotel.pk, str(value_of(fields, "client") or ""), read.sender)
    arrival, departure = (_day(value_of(fields, key)) for key in ("arrival", "departure"))
    rooms = {code: count for code, count in (value_of(fields, "rooms") or {}).items() if code != "?" and isinstance(count, int)}
    given = fields.get("client") or {"value": None, "places": []}
    if client is None and fields:
        fields["client"] = {**given, "value": given["value"] or name, "sure": False, "why": "no such client on file"}
    elif client is not None and not given["value"]:  # told by the sender's address
        fields["client"] = {"value": client.name, "sure": True, "places": [], "why": ""}
    about = earlier_of(hotel.pk, read, message, client)
    row: Enquiry = Enquiry.objects.create(
        hotel=hotel,
        number=next_number(hotel.pk, "E", now=arrived_at, zone=hotel.zone),
        message=message,
        channel=read.channel,
        kind=read.kind,
        form=read.form if read.form in CHANGING else "request",
        client=client,
        agreement=agreement_of(client, arrival or today),
        client_name=client.name if client else name,
        contact_name=str(value_of(fields, "contact") or "")[:80],
        reply_to=_reply_to(fields, read.sender, client),
        lang=read.lang,
        arrival_on=arrival,
        departure_on=departure,
        persons=_whole(value_of(fields, "persons")),
        rooms=rooms,
        summary=_say(fields, rooms, about.enquiry)[:200],
        fields=fields,
        about=about.enquiry,
        about_booking=about.booking,
        received_at=arrived_at,
    )
    asker = ("client", str(client.pk)) if client else None
    note("enquiry.received", row, asker, at=arrived_at, **points.request_attrs(row, local_received_on=today))
    return row


def _say(fields: Mapping[str, Any], rooms: Mapping[str, int], earlier: Enquiry | None) -> str:
    said = [str(value_of(fields, "arrival") or ""), "–", str(value_of(fields, "departure") or "")]
    said = said if said[0] or said[2] else []
    said += [f"{code} × {count}" for code, count in rooms.items()]
    return " ".join(part for part in said if part) + (f" → {earlier.number}" if earlier else "")


def _reply_to(fields: Mapping[str, Any], sender: str, client: Any) -> str:
    given = str(value_of(fields, "reply_to") or "")
    if "@" in sender and "@" not in given:
        given = sender
    return (given or (client.email or client.fax if client else ""))[:200]


def _day(text_: Any) -> date | None:
    try:
        return date.fromisoformat(str(text_))
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int) and 0 < value < 30000 else None


def said_kind(form: str) -> str:
    """The kind of a message as programs are told it."""
    return form if form in ("reservation", "request", "modification", "cancellation", "scan", "note") else "text"


def outcome(status: str, kind: str | None, error: str = "") -> Outcome:
    """What became of a message, nothing read."""
    return {
        "status": status,
        "kind": kind,
        "enquiry": None,
        "client": None,
        "arrival": None,
        "departure": None,
        "rooms": {},
        "persons": None,
        "guests": None,
        "unsure": [],
        "error": error or None,
    }


def _summary(status: str, read: Read, row: Enquiry | None) -> Outcome:
    fields = row.fields if row and status == "accepted" else cards.mask_all(read.fields)
    return outcome(status, said_kind(read.form)) | {
        "enquiry": row.number if row else None,
        "client": row.client_name if row else value_of(fields, "client"),
        "arrival": value_of(fields, "arrival"),
        "departure": value_of(fields, "departure"),
        "rooms": value_of(fields, "rooms") or {},
        "persons": value_of(fields, "persons"),
        "guests": value_of(fields, "guests"),
        "unsure": sorted(name for name, one in fields.items() if not one["sure"]),
        "unique_id": read.unique_id,
        "unique_type": read.unique_type,
    }


def refuse(hotel: Hotel, found: Prepared, *, now: datetime) -> Outcome:
    """A message that cannot be taken: file, error and sender are kept a month, the refusal is one logbook entry."""
    code, why = found.refused or ("unknown", _("The file is damaged or not what it says."))
    file = None
    if 0 < len(found.data) <= 25 * 1024 * 1024:
        file = store(
            hotel.pk, found.data, found.filename, mime="application/octet-stream", quarantined=True, now=now, keep_days=KEPT_DAYS
        )
    digest = file.sha256 if file else ""
    message = Message.objects.create(
        hotel=hotel,
        channel=found.channel[:12],
        form="refused",
        sender=found.sender[:200],
        business_hash=digest,
        file=file,
        subject_line=found.filename[:300],
        received_at=now,
        refused_code=code[:40],
        refused_why=why[:300],
    )
    note(
        "message.refused",
        ("message", message.pk),
        channel=found.channel[:12],
        code=code[:40],
        form="refused",
        personal={"sender": (f"message:{message.pk}", found.sender[:200])},
    )
    return outcome("refused", None, error=why)
