"""A message as read, before anything is written: what it is, its words and points, what hangs on it, or why it is refused.

Nothing here writes, and nothing here runs inside a step: opening a file may take seconds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.enquiries import incoming_ota
from guiju.house.models import Hotel
from guiju.papers.files import MIMES
from guiju.reading import airlock, apart, cards, envelope, hypertext, mail, ota, text
from guiju.reading.ota_answers import Head
from guiju.rooms.models import RoomType

CHANNELS = {"eml": "mail", "xml": "ota", "text": "text", "html": "text", "pdf": "fax", "png": "fax", "jpeg": "fax", "tiff": "fax"}
SCANS = frozenset({"png", "jpeg", "tiff"})
MOST_CHARS = 100_000
BASE64 = re.compile(r"\n(?:[A-Za-z0-9+/]{40,80}=*\r?\n)+[A-Za-z0-9+/]{0,80}=*")
BORDER = re.compile(r"""boundary\s*=\s*["']?([^"'\s;]{1,80})""", re.I)
FORMS = {"cancellation": "cancellation", "cancel": "cancellation", "modification": "modification", "change": "modification"}


@dataclass(slots=True)
class Read:
    """One request of a message: its points by name, and the identity that makes a repeat a repeat."""

    form: str
    channel: str
    words: str = ""
    subject_line: str = ""
    sender: str = ""
    unique_id: str = ""
    unique_type: str = ""
    mail_id: str = ""
    business_hash: str = ""
    kind: str = "fit"
    lang: str = "zh-hans"
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    said_at: datetime | None = None
    echo_token: str = ""
    hung: int | None = None  # the attachment it was read from
    is_request: bool = True  # no: a covering letter, kept without a request of its own
    about: str = ""  # the number of ours that it names


@dataclass(slots=True)
class Hung:
    """Something that hangs on a mail: what it is, and why it was not read (empty when it was)."""

    name: str
    data: bytes
    kind: str = ""
    why: str = ""
    refused_code: str = ""
    sealed: bool = False
    to_read: airlock.Admitted | None = None


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file whose words are only a picture: 0 the message's own, else its attachment of that place; some of its pages, or all."""

    order: int
    kind: str
    only: tuple[int, ...] = ()


@dataclass(slots=True)
class Prepared:
    """A file or text, opened and read. `refused` is (code, why, what it seemed to be)."""

    data: bytes
    filename: str
    sender: str
    channel: str
    mime: str = "application/octet-stream"
    reads: list[Read] = field(default_factory=list)
    hung: list[Hung] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    to_read: list[ToRead] = field(default_factory=list)
    sealed: bool = False
    refused: tuple[str, str] | None = None
    why_empty: str = ""
    head: Head | None = None
    envelope: envelope.Envelope | None = None  # of a mail: what it answers, whether a machine wrote it
    arrived_at: datetime | None = None  # when it was there, if it lay in a mailbox before it was read


def room_words(hotel_id: Any) -> dict[str, list[str]]:
    """How clients write this hotel's room types: code, names and further words, by code."""
    rows = RoomType.objects.of(hotel_id).filter(closed_at__isnull=True)
    return {row.code: [word for word in (row.code, row.name, row.name_en, row.short_name, *row.words) if word] for row in rows}


def prepare(hotel: Hotel, *, data: bytes, filename: str, sender: str = "", channel: str | None = None, now: datetime) -> Prepared:
    """Open and read a file or text as far as it goes; what cannot be read says so in `refused`."""
    name = cards.mask_pans(filename.replace("\\", "/").rpartition("/")[2].replace("\x00", ""))[:200] or "message"
    found = Prepared(data, name, cards.mask_pans(sender), channel or "text")
    try:
        admitted = airlock.admit(data, filename)
    except airlock.Refused as refused:
        found.refused = (refused.code, refused.message)
        return found
    found.channel, found.mime = channel or CHANNELS.get(admitted.kind, "text"), MIMES.get(admitted.kind, "text/plain")
    today = now.astimezone(ZoneInfo(hotel.zone)).date()
    try:
        if admitted.kind == "xlsx":
            found.refused = ("unknown", _("A table is no request. Paste it into the booking's rooming list."))
        elif admitted.kind == "xml":
            _ota(found, hotel, today)
        elif admitted.kind == "eml":
            _mail(found, hotel, today)
        else:
            _plain(found, admitted, hotel, today)
    except RecursionError:  # parts nested in parts past any real mail
        found.refused = ("hostile", _("The file is damaged or not what it says."))
    return found


def _ota(found: Prepared, hotel: Hotel, today: date) -> None:
    found.channel = "ota"
    try:
        message = ota.read(found.data)
    except ota.Fault as fault:
        found.refused, found.head = (fault.code, cards.mask_pans(fault.text)), fault.head
        return
    found.head, found.why_empty = message.head, message.why_empty
    found.sealed = cards.holds_card(_decoded(found.data, "xml"))
    found.reads = [incoming_ota.read_one(one, message.head, hotel, found.sender, today) for one in message.reservations]


def _plain(found: Prepared, admitted: airlock.Admitted, hotel: Hotel, today: date) -> None:
    raw = admitted.words if admitted.kind == "pdf" else _decoded(found.data, admitted.kind)
    words = hypertext.words(raw) if admitted.kind == "html" else raw
    found.sealed = cards.holds_card(raw) or cards.holds_card(words)
    read = Read("text" if words.strip() else "scan", found.channel, words=words, sender=found.sender)
    if admitted.kind in SCANS or admitted.kind == "pdf":  # the same scan, to the last bit, is the same fax
        read.unique_id = f"sha256:{hashlib.sha256(found.data).hexdigest()}"
    found.to_read = _to_read(0, admitted)
    if admitted.kind in ("pdf", "tiff") and not found.sealed:
        found.pictures = _pictures(admitted.kind, found.data)
    _points(read, hotel, today, found.data)
    found.reads = [read]


def _to_read(order: int, admitted: airlock.Admitted) -> list[ToRead]:
    if admitted.kind in SCANS:
        return [ToRead(order, admitted.kind)]
    return [ToRead(order, "pdf", admitted.bare)] if admitted.bare else []


def _decoded(data: bytes, kind: str) -> str:
    if kind == "xml":
        from guiju.reading import safe_xml

        return safe_xml.decoded(data)
    if kind in SCANS:
        return ""
    return airlock.decode(data, hypertext.charset_of(data) if kind == "html" else "") or ""


def _pictures(kind: str, data: bytes) -> list[bytes]:
    try:
        return apart.open_apart(kind, data, pictures=True).pictures
    except apart.Failed:  # it opens, yet cannot be drawn within the bounds: the words and the file are there
        return []


def _mail(found: Prepared, hotel: Hotel, today: date) -> None:
    letter = mail.read(found.data)
    found.envelope = envelope.read(found.data)
    sender = found.sender or cards.mask_pans(letter.sender)
    read = Read("text", "mail" if found.channel == "text" else found.channel, sender=sender, unique_id=letter.message_id[:120])
    read.subject_line, read.mail_id, words = letter.subject, letter.message_id, letter.text
    raw = BASE64.sub("\n", _decoded(found.data, "text"))
    for border in set(BORDER.findall(raw)):  # the borders of a mail's parts are long random numbers
        raw = raw.replace(border, "")
    found.sealed = any(cards.holds_card(one) for one in (raw, f"{letter.subject}\n{letter.text}", letter.aside))
    inner: list[Read] = []
    for place, one in enumerate(letter.attachments):
        hung, said = _hung(one, sender, hotel, today)
        if hung.to_read is not None:
            found.to_read += _to_read(place + 1, hung.to_read)
        found.hung.append(hung)
        found.sealed = found.sealed or hung.sealed
        for further in said if isinstance(said, list) else ():
            further.hung = place
            inner.append(further)
        if isinstance(said, str) and said.strip():
            words += f"\n\n—— {hung.name} ——\n{said.strip()}"
    read.words = words.strip()
    _points(read, hotel, today, found.data)
    if letter.left_out:
        told = _("%(n)s parts of the mail were not read") % {"n": letter.left_out}
        read.fields["left_out"] = {"value": told, "sure": False, "places": [], "why": "too many parts, or too deep in each other"}
    read.is_request = not inner or any(value_of(read.fields, name) for name in ("arrival", "rooms"))
    found.reads = [read, *inner]


def _hung(one: mail.Attachment, sender: str, hotel: Hotel, today: date) -> tuple[Hung, str | list[Read]]:
    """What hangs on a mail, and what was read from it: words that follow the letter's, or OpenTravel requests."""
    name = cards.mask_pans(one.name.replace("\\", "/").rpartition("/")[2].replace("\x00", ""))[:200] or "attachment"
    hung = Hung(name, one.data)
    try:
        admitted = airlock.admit(one.data, one.name)
    except airlock.Refused as refused:
        hung.why, hung.refused_code = refused.message, refused.code
        return hung, ""
    hung.kind, hung.to_read = admitted.kind, admitted
    if admitted.kind == "xml":
        return hung, _hung_ota(hung, sender, hotel, today)
    words = ""
    try:
        if admitted.kind == "xlsx":
            words = apart.open_apart("xlsx", one.data).words
        elif admitted.kind == "eml":
            words = mail.read(one.data).text
        elif admitted.kind in SCANS:
            hung.why = "a picture is read by a person"
        else:
            raw = admitted.words if admitted.kind == "pdf" else _decoded(one.data, admitted.kind)
            words = hypertext.words(raw) if admitted.kind == "html" else raw
    except (apart.Failed, RecursionError) as error:
        hung.why = str(error)[:200]
    if not words.strip() and not hung.why:
        hung.why = "no words in it: it is read by a person"
    hung.sealed = cards.holds_card(words)
    return hung, words[:MOST_CHARS]


def _hung_ota(hung: Hung, sender: str, hotel: Hotel, today: date) -> list[Read]:
    try:
        message = ota.read(hung.data)
    except ota.Fault as fault:
        hung.why, hung.refused_code = cards.mask_pans(fault.text)[:200], fault.code
        return []
    hung.sealed = cards.holds_card(_decoded(hung.data, "xml"))
    return [incoming_ota.read_one(one, message.head, hotel, sender, today) for one in message.reservations]


def read_words(read: Read, hotel: Hotel, now: datetime) -> None:
    """Read the points of words that were kept, as if they came today."""
    _points(read, hotel, now.astimezone(ZoneInfo(hotel.zone)).date(), b"")


def _points(read: Read, hotel: Hotel, today: date, data: bytes) -> None:
    read.subject_line = cards.mask_pans(read.subject_line.replace("\x00", ""))
    read.words = cards.mask_pans(read.words.replace("\x00", "")[:MOST_CHARS])
    content = "".join((read.subject_line + read.words).split())
    read.business_hash = hashlib.sha256(content.encode("utf-8", "replace") or data).hexdigest()
    if not read.words.strip():
        return
    reading = text.read(read.words, room_words(hotel.pk), today, read.subject_line)
    read.kind, read.lang = reading.kind, reading.lang
    read.form = FORMS.get(str(getattr(reading, "form", "") or ""), read.form)
    read.about = str(getattr(reading, "about", "") or "")
    for name, one in reading.fields.items():
        read.fields[name] = {"value": one.value, "sure": one.sure, "places": [list(place) for place in one.places], "why": cards.mask_all(one.why)}


def value_of(fields: Mapping[str, Mapping[str, Any]], name: str) -> Any:
    """What was read for a point, or None."""
    return fields.get(name, {}).get("value")
