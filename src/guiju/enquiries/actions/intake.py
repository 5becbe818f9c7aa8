"""Taking messages in: every channel comes through here; what cannot be read is refused whole, and kept for a month."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.clients.models import Client
from guiju.enquiries import points
from guiju.enquiries.actions.intake_clients import client_named
from guiju.enquiries.models import Enquiry, Message
from guiju.house.models import Hotel
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.files import MIMES, store
from guiju.papers.models import StoredFile
from guiju.rates.queries import agreement_of
from guiju.reading import airlock, mail, ota, text
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

KEPT_DAYS = 30
WRITTEN = frozenset({"fax", "mail", "ota", "text", "letter", "wechat"})
CHANNELS = {"eml": "mail", "xml": "ota", "text": "text", "pdf": "fax", "png": "fax", "jpeg": "fax", "tiff": "fax"}
Outcome = dict[str, Any]


@dataclass(slots=True)
class Read:
    """A message as read, before anything is written."""

    form: str
    channel: str
    words: str = ""
    subject_line: str = ""
    sender: str = ""
    unique_id: str = ""
    mail_id: str = ""
    business_hash: str = ""
    kind: str = "fit"
    lang: str = "zh-hans"
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: str = ""


def room_words(hotel_id: Any) -> dict[str, list[str]]:
    """How clients write this hotel's room types: code, names and further words, by code."""
    rows = RoomType.objects.of(hotel_id).filter(closed_at__isnull=True)
    return {row.code: [word for word in (row.code, row.name, row.name_en, row.short_name, *row.words) if word] for row in rows}


@verb("enquiries.intake")
def take_in(hotel: Hotel, *, data: bytes, filename: str, sender: str = "", channel: str | None = None, by: Actor, now: datetime) -> list[Outcome]:
    """Take a file or text in: one outcome for each request in it.

    Outcome: status accepted | duplicate | empty | refused, kind, enquiry (number), client, arrival, departure, rooms,
    persons, unsure, error. A refused one leaves its file in quarantine, a row and one logbook entry for 30 days, and no
    enquiry. The same sender, unique id and business content again changes nothing.
    """
    try:
        admitted = airlock.admit(data, filename)
    except airlock.Refused as refused:
        return [_refuse(hotel, data, filename, sender, channel or "text", refused.code, refused.message, now)]
    if admitted.kind == "xlsx":
        text_ = _("A table is no request. Paste it into the booking's rooming list.")
        return [_refuse(hotel, data, filename, sender, channel or "text", "unknown", text_, now)]
    today = now.astimezone(ZoneInfo(hotel.zone)).date()
    if admitted.kind == "xml":
        return _take_ota(hotel, data, filename, sender, today, by, now)
    try:
        read = _read(hotel, admitted.kind, data, sender, channel, today)
    except RecursionError:  # parts nested in parts past any real mail
        text_ = _("The file is damaged or not what it says.")
        return [_refuse(hotel, data, filename, sender, channel or "mail", "hostile", text_, now)]
    file = store(hotel.pk, data, filename, mime=MIMES.get(admitted.kind, "text/plain"), now=now)
    return [_accept(hotel, read, file, by, now)]


def _read(hotel: Hotel, kind: str, data: bytes, sender: str, channel: str | None, today: date) -> Read:
    found = Read(form="scan" if kind in ("png", "jpeg", "tiff") else "text", channel=channel or CHANNELS[kind], sender=sender)
    if kind == "eml":
        letter = mail.read(data)
        found.words, found.subject_line = letter.text, letter.subject
        found.sender, found.unique_id, found.mail_id = sender or letter.sender, letter.message_id[:120], letter.message_id
    elif kind == "text":
        found.words = airlock.decode(data) or ""
    elif kind == "pdf":
        found.words = _pdf_words(data)
        found.form = "text" if found.words.strip() else "scan"
    found.words = airlock.mask_pans(found.words.replace("\x00", "")[:100_000])
    found.business_hash = hashlib.sha256("".join((found.subject_line + found.words).split()).encode() or data).hexdigest()
    if found.words.strip():
        reading = text.read(f"{found.words}", room_words(hotel.pk), today)
        found.kind, found.lang = reading.kind, reading.lang
        for name, one in reading.fields.items():
            found.fields[name] = {"value": one.value, "sure": one.sure, "places": [list(place) for place in one.places], "why": one.why}
    return found


def _pdf_words(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(document[page].get_textpage().get_text_range() for page in range(min(len(document), 20)))
    finally:
        document.close()


def _take_ota(hotel: Hotel, data: bytes, filename: str, sender: str, today: date, by: Actor, now: datetime) -> list[Outcome]:
    try:
        message = ota.read(data)
    except ota.Fault as fault:
        return [_refuse(hotel, data, filename, sender, "ota", fault.code, fault.text, now) | {"root": fault.root}]
    if not message.reservations:
        return [_outcome("empty", None, error=message.why_empty) | {"root": message.root}]
    file = store(hotel.pk, data, filename, mime="application/xml", now=now)
    codes = {row.code.lower(): row.code for row in RoomType.objects.of(hotel.pk)}
    outcomes = []
    for one in message.reservations:
        read = _read_ota(one, sender, codes, today)
        outcomes.append(_accept(hotel, read, file, by, now) | {"root": message.root, "unique_id": one.unique_id})
    return outcomes


def _read_ota(one: ota.Reservation, sender: str, codes: Mapping[str, str], today: date) -> Read:
    found = Read(
        form=one.kind,
        channel="ota",
        sender=sender or "ota",
        unique_id=one.unique_id,
        business_hash=one.business_hash,
        lang="zh-hans" if one.lang.startswith("zh") else "en",
        words=airlock.mask_pans(one.comments),
        subject_line=one.unique_id,
    )
    points_ = found.fields
    if one.stays:
        stay = one.stays[0]
        _point(
            points_,
            "arrival",
            stay.arrival.isoformat() if stay.arrival else None,
            one.unsure.get("arrival") or ("this day has passed" if stay.arrival and stay.arrival < today else ""),
        )
        _point(points_, "departure", stay.departure.isoformat() if stay.departure else None, one.unsure.get("departure", ""))
        rooms: dict[str, int] = {}
        unknown = ""
        for item in one.stays:
            code = codes.get(item.room_type.lower())
            unknown = unknown or ("" if code else _("unknown room type %(code)s") % {"code": item.room_type or "?"})
            rooms[code or item.room_type or "?"] = rooms.get(code or item.room_type or "?", 0) + item.rooms
        _point(points_, "rooms", rooms, one.unsure.get("rooms") or unknown)
        _point(points_, "persons", sum(item.guests for item in one.stays) or None, "")
    if one.guest:
        _point(points_, "guests", one.guest, "")
    if one.email:
        _point(points_, "reply_to", one.email, "")
    if one.phone:
        _point(points_, "phone", one.phone, "")
    for name in ("hotel", "kind"):
        if name in one.unsure:
            _point(points_, name, one.hotel_code if name == "hotel" else one.kind, one.unsure[name])
    return found


def _point(into: dict[str, dict[str, Any]], name: str, value: Any, why: str) -> None:
    into[name] = {"value": value, "sure": not why and value is not None, "places": [], "why": why}


def _value(read: Read, name: str) -> Any:
    return read.fields.get(name, {}).get("value")


def _accept(hotel: Hotel, read: Read, file: StoredFile | None, by: Actor, now: datetime) -> Outcome:
    known = Message.objects.of(hotel.pk).filter(sender=read.sender[:200], unique_id=read.unique_id) if read.unique_id else None
    if known is not None and known.filter(business_hash=read.business_hash).exists():
        return _summary("duplicate", read, None)
    form = read.form
    if known is not None and form in ("reservation", "request") and known.filter(refused_code="").exists():
        form = "modification"
    try:
        with transaction.atomic():
            message = Message.objects.create(
                hotel=hotel,
                channel=read.channel,
                form=form,
                sender=read.sender[:200],
                unique_id=read.unique_id[:120],
                business_hash=read.business_hash,
                file=file,
                text=read.words,
                subject_line=read.subject_line[:300],
                mail_message_id=read.mail_id[:300],
                received_at=now,
            )
    except IntegrityError:
        return _summary("duplicate", read, None)  # the same message in the same moment: the other one won
    note(
        "message.received",
        ("message", message.pk),
        channel=read.channel,
        form=form,
        personal={"sender": (f"message:{message.pk}", read.sender[:200])},
    )
    row = _enquire(hotel, read, message, form, now)
    return _summary("accepted", read, row) | {"kind": _said_kind(form)}


def _said_kind(form: str) -> str:
    return form if form in ("reservation", "request", "modification", "cancellation", "scan", "note") else "text"


def _enquire(hotel: Hotel, read: Read, message: Message, form: str, now: datetime) -> Enquiry:
    today = now.astimezone(ZoneInfo(hotel.zone)).date()
    name = str(_value(read, "client") or _value(read, "guests") or read.sender or "")[:160]
    client = client_named(hotel.pk, str(_value(read, "client") or ""), read.sender)
    arrival, departure = (_day(_value(read, key)) for key in ("arrival", "departure"))
    rooms = {code: count for code, count in (_value(read, "rooms") or {}).items() if code != "?" and isinstance(count, int)}
    earlier = _earlier(hotel, read, message)
    row = Enquiry.objects.create(
        hotel=hotel,
        number=next_number(hotel.pk, "E", now=now, zone=hotel.zone),
        message=message,
        channel=read.channel,
        kind=read.kind,
        form=form if form in ("modification", "cancellation") else "request",
        client=client,
        agreement=agreement_of(client, arrival or today),
        client_name=client.name if client else name,
        contact_name=str(_value(read, "contact") or "")[:80],
        reply_to=_reply_to(read, client),
        lang=read.lang,
        arrival_on=arrival,
        departure_on=departure,
        persons=_whole(_value(read, "persons")),
        rooms=rooms,
        summary=_say(read, rooms, earlier)[:200],
        fields=read.fields,
        received_at=now,
    )
    if client is None and read.fields:
        given = row.fields.get("client", {"value": name, "places": []})
        row.fields["client"] = {**given, "sure": False, "why": "no such client on file"}
        Enquiry.objects.filter(pk=row.pk).update(fields=row.fields)
    asker = ("client", str(client.pk)) if client else None
    note("enquiry.received", row, asker, **points.request_attrs(row, local_received_on=today))
    return row


def _earlier(hotel: Hotel, read: Read, message: Message) -> Enquiry | None:
    if not read.unique_id:
        return None
    rows = Enquiry.objects.of(hotel.pk).filter(message__sender=read.sender[:200], message__unique_id=read.unique_id[:120])
    return rows.exclude(message=message).order_by("-received_at").first()


def _say(read: Read, rooms: Mapping[str, int], earlier: Enquiry | None) -> str:
    said = [str(_value(read, "arrival") or ""), "–", str(_value(read, "departure") or "")]
    said += [f"{code} × {count}" for code, count in rooms.items()]
    return " ".join(part for part in said if part) + (f" → {earlier.number}" if earlier else "")


def _reply_to(read: Read, client: Client | None) -> str:
    given = str(_value(read, "reply_to") or "")
    if "@" in read.sender and "@" not in given:
        given = read.sender
    return (given or (client.email or client.fax if client else ""))[:200]


def _day(text_: Any) -> date | None:
    try:
        return date.fromisoformat(str(text_))
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int) and 0 < value < 30000 else None


def _outcome(status: str, kind: str | None, error: str = "") -> Outcome:
    return {
        "status": status,
        "kind": kind,
        "enquiry": None,
        "client": None,
        "arrival": None,
        "departure": None,
        "rooms": {},
        "persons": None,
        "unsure": [],
        "error": error or None,
    }


def _summary(status: str, read: Read, row: Enquiry | None) -> Outcome:
    unsure = sorted(name for name, one in (row.fields if row else read.fields).items() if not one["sure"])
    return _outcome(status, _said_kind(read.form)) | {
        "enquiry": row.number if row else None,
        "client": row.client_name if row else _value(read, "client"),
        "arrival": _value(read, "arrival"),
        "departure": _value(read, "departure"),
        "rooms": _value(read, "rooms") or {},
        "persons": _value(read, "persons"),
        "guests": _value(read, "guests"),
        "unsure": unsure,
    }


def _refuse(hotel: Hotel, data: bytes, filename: str, sender: str, channel: str, code: str, why: str, now: datetime) -> Outcome:
    file = None
    if 0 < len(data) <= airlock.MAX_BYTES:
        file = store(hotel.pk, data, filename, mime="application/octet-stream", quarantined=True, now=now, keep_days=KEPT_DAYS)
    message = Message.objects.create(
        hotel=hotel,
        channel=channel,
        form="refused",
        sender=sender[:200],
        business_hash=hashlib.sha256(data).hexdigest(),
        file=file,
        subject_line=filename[:300],
        received_at=now,
        refused_code=code[:40],
        refused_why=why[:300],
    )
    note(
        "message.refused",
        ("message", message.pk),
        channel=channel,
        code=code[:40],
        form="refused",
        personal={"sender": (f"message:{message.pk}", sender[:200])},
    )
    return _outcome("refused", None, error=why)


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
    read = Read(form="note", channel="phone", words=words.strip()[:5000], sender=caller.strip()[:200], kind=values.get("kind") or "fit")
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
    return _enquire(hotel, read, message, "note", now)


def _jsonable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def ota_reply(hotel: Hotel, data: bytes, by: Actor, now: datetime) -> tuple[bytes, int]:
    """Take an OpenTravel message in and answer it in the protocol's own form: (XML, HTTP status)."""
    found = take_in(hotel, data=data, filename="message.xml", channel="ota", sender=by.name or "ota", by=by, now=now)
    first = found[0]
    root = str(first.get("root") or "")
    if first["status"] == "refused":
        return ota.answer(root, [], ota.Fault("400", str(first["error"]), root)), 200
    return ota.answer(root, [str(one["unique_id"]) for one in found if one.get("unique_id")]), 200
