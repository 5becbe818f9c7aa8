"""What becomes of a scan: queued when its message is taken in, its words put into the message and its points into the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from guiju.enquiries import points, scan_words
from guiju.enquiries.actions.intake_clients import client_named
from guiju.enquiries.earlier import CHANGING, earlier_of
from guiju.enquiries.incoming import FORMS, Prepared, Read, room_words, value_of
from guiju.enquiries.models import Attachment, Enquiry, Message
from guiju.enquiries.scans import Scan
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.files import seal_up, store
from guiju.papers.models import StoredFile
from guiju.rates.queries import agreement_of
from guiju.reading import cards, scanned
from guiju.reading.scan import Scan as Found
from guiju.reading.text import Reading
from guiju.shelf.actor import Actor

KEPT = ("client", "contact", "reply_to")  # what stands there already is not emptied by a scan that says nothing of it


def queue_scans(hotel: Hotel, message: Message, found: Prepared, now: datetime) -> None:
    """One row for each file of the message whose words are only a picture; the worker reads it when it comes to it."""
    hung: dict[int, StoredFile] = {}
    if any(one.order for one in found.to_read):
        hung = {row.order + 1: row.file for row in Attachment.objects.of(hotel.pk).filter(message=message).select_related("file") if row.file}
    for one in found.to_read:
        file = hung.get(one.order) if one.order else message.file
        if file is not None and not file.quarantined:
            Scan.objects.create(
                hotel=hotel, message=message, order=one.order, file=file, kind=one.kind, only=list(one.only), not_before_at=now, received_at=now
            )


@verb("enquiries.intake")
def take_words(scan: Scan, *, found: Found, pictures: Iterable[bytes], tries: int, by: Actor, now: datetime) -> bool:
    """Put a scan's words into its message, and what they say into its request where no person has spoken. False: another has done it."""
    is_secret = scanned.strike_out(found)
    state = Scan.State.READ if found.has_print else Scan.State.BLANK
    claimed = Scan.objects.of(scan.hotel_id).filter(pk=scan.pk, state=Scan.State.READING, tries=tries)
    if not claimed.update(state=state, done_at=now, claimed_until_at=None, why=""):
        return False
    message = Message.objects.select_for_update().get(pk=scan.message_id)
    text, part = scanned.append(message.text, found)
    kept = [] if is_secret or scan.file.is_sealed else _pictures(scan, pictures, now)
    row = {**found.as_row(), "runs": [[run.start, run.sheet, run.piece] for run in part.runs]}
    Scan.objects.of(scan.hotel_id).filter(pk=scan.pk).update(found=row, pictures=kept)
    Message.objects.filter(pk=message.pk).update(text=text)
    message.text = text
    if scan.order and found.has_print:
        Attachment.objects.filter(message=message, order=scan.order - 1).update(why="")
    if is_secret:
        _seal(scan, message)
    requests = list(Enquiry.objects.select_for_update().filter(message=message))
    unsure = 0
    if found.has_print:
        parts = [*scan_words.parts_of(message.pk, but=scan.pk), part]
        for enquiry in requests:
            if enquiry.state == Enquiry.State.OPEN:
                unsure += _propose(enquiry, message, parts)
    pages = len(found.sheets)
    note("message.words_read", ("message", str(message.pk)), *requests, pages=pages, pieces=len(part.runs), unsure=unsure)
    return True


@verb("enquiries.intake")
def give_up(scan: Scan, *, why: str, tries: int, by: Actor, now: datetime) -> None:
    """A scan that could not be read three times: the request says so, and a person types its points."""
    claimed = Scan.objects.of(scan.hotel_id).filter(pk=scan.pk, state=Scan.State.READING, tries=tries)
    if claimed.update(state=Scan.State.FAILED, done_at=now, claimed_until_at=None, why=why[:200]):
        note("message.words_missing", ("message", str(scan.message_id)), *Enquiry.objects.filter(message_id=scan.message_id), tries=tries)


def _pictures(scan: Scan, pictures: Iterable[bytes], now: datetime) -> list[str]:
    name = f"{scan.file.name[:180]}-{{}}.png"
    return [str(store(scan.hotel_id, one, name.format(place), mime="image/png", now=now).pk) for place, one in enumerate(pictures, start=1)]


def _seal(scan: Scan, message: Message) -> None:
    """A card number stands on the page: the file is locked away, and no picture of it is shown."""
    seal_up(scan.file)
    shown = [*message.pages, *scan.pictures]
    for file in StoredFile.objects.of(scan.hotel_id).filter(pk__in=shown):
        seal_up(file)
    Message.objects.filter(pk=message.pk).update(pages=[])
    message.pages = []


def _propose(enquiry: Enquiry, message: Message, parts: list[scanned.Part]) -> int:
    """Points where no person has spoken; how many of them a person must look at."""
    hotel, received_on = enquiry.hotel, enquiry.received_at.astimezone(ZoneInfo(enquiry.hotel.zone)).date()
    reading = scanned.read(message.text, parts, room_words(hotel.pk), received_on, subject=message.subject_line)
    fields = scan_words.merged(enquiry.fields, reading, parts)
    before = points.request_attrs(enquiry, local_received_on=received_on)
    changes = _changes(enquiry, message, fields, reading, received_on)
    # no new version: a person who is typing meanwhile keeps what he types
    Enquiry.objects.filter(pk=enquiry.pk).update(**changes)
    enquiry.refresh_from_db()
    after = points.request_attrs(enquiry, local_received_on=received_on)
    if after != before:
        client = ("client", str(enquiry.client_id)) if enquiry.client_id else None
        note("enquiry.reclassified", enquiry, client, at=enquiry.received_at, **after)  # it was theirs when it came: the clocks run from there
    return len(points.unsettled(enquiry))


def _changes(enquiry: Enquiry, message: Message, fields: dict[str, Any], reading: Reading, received_on: date) -> dict[str, Any]:
    """The columns that follow from the points; whoever was named by a person stays named."""
    free = {name for name, one in fields.items() if not one.get("confirmed_by")}
    changes: dict[str, Any] = {"lang": reading.lang}
    for name, column in points.COLUMNS.items():
        value = _column(name, value_of(fields, name))
        if name in free and not (value in (None, "", {}) and (name in KEPT or getattr(enquiry, column))):
            changes[column] = value
    read = Read(form=FORMS.get(reading.form, "request"), channel=enquiry.channel, words=message.text, subject_line=message.subject_line)
    read.sender = message.sender
    arrival = changes.get("arrival_on", enquiry.arrival_on)
    if enquiry.client_id is None and "client" in free:
        changes.update(_client(enquiry, fields, changes, read, arrival or received_on))
    elif enquiry.client_id is not None:
        changes.pop("client_name", None)
        changes["agreement"] = agreement_of(enquiry.client, arrival or received_on)
    if enquiry.kind == "fit":
        changes["kind"] = reading.kind
    if enquiry.form == "request" and read.form in CHANGING and enquiry.about_id is None:
        about = earlier_of(enquiry.hotel_id, read, message, enquiry.client)
        changes.update(form=read.form, about=about.enquiry, about_booking=about.booking)
    changes["summary"] = _said(changes, enquiry)[:200]
    changes["fields"] = fields
    return changes


def _client(enquiry: Enquiry, fields: dict[str, Any], changes: Mapping[str, Any], read: Read, on: date) -> dict[str, Any]:
    name = str(value_of(fields, "client") or "")
    client = client_named(enquiry.hotel_id, name, read.sender)
    if client is None:
        if name:
            given = fields["client"]
            fields["client"] = {**given, "sure": False, "why": given.get("why") or "no such client on file"}
        return {"client_name": (name or str(value_of(fields, "guests") or "") or enquiry.client_name)[:160]}
    found: dict[str, Any] = {"client": client, "client_name": client.name, "agreement": agreement_of(client, on)}
    if not (enquiry.reply_to or changes.get("reply_to")):
        found["reply_to"] = client.email or client.fax
    return found


def _column(name: str, value: Any) -> Any:
    if name in points.DATES:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None
    if name == "persons":
        return int(value) if isinstance(value, int) and 0 < value < 30_000 else None
    if name == "rooms":
        return {code: count for code, count in (value or {}).items() if code != "?" and isinstance(count, int)}
    return cards.mask_pans(str(value or ""))[: {"contact": 80, "client": 160}.get(name, 200)]


def _said(changes: Mapping[str, Any], enquiry: Enquiry) -> str:
    arrival, departure = (changes.get(name, getattr(enquiry, name)) for name in ("arrival_on", "departure_on"))
    days = [arrival.isoformat() if arrival else "", "–", departure.isoformat() if departure else ""] if arrival or departure else []
    rooms = changes.get("rooms", enquiry.rooms) or {}
    return " ".join(part for part in [*days, *(f"{code} × {count}" for code, count in rooms.items())] if part)
