"""OpenTravel / AlpineBits messages: reservations, requests for quote, modifications, cancellations; and the answers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

NS = "http://www.opentravel.org/OTA/2003/05"
KINDS = {
    "Reserved": "reservation",
    "Requested": "request",
    "Cancelled": "cancellation",
    "Modify": "modification",
    "Commit": "reservation",
    "Cancel": "cancellation",
    "Initiate": "request",
}
UNREAD = {"Comments", "Comment", "TPA_Extensions"}  # words for people: they do not make a message another one
SECRET = {"CardNumber", "PlainText", "SeriesCode"}
BOOKING = {"OTA_ResRetrieveRS", "OTA_HotelResNotifRQ", "OTA_HotelResRQ", "OTA_HotelResModifyNotifRQ", "OTA_HotelResModifyRQ"}


class Fault(Exception):
    """A message that cannot be taken: `code` is the protocol's, `root` the message's name as far as it was read."""

    def __init__(self, code: str, text: str, root: str = "") -> None:
        super().__init__(text)
        self.code, self.text, self.root = code, text, root


@dataclass(slots=True)
class Stay:
    """One room stay: half-open dates, room type code, how many rooms, guests; `unsure` says what is not certain."""

    arrival: date | None
    departure: date | None
    room_type: str
    rooms: int
    guests: int


@dataclass(slots=True)
class Reservation:
    """One HotelReservation of a message."""

    kind: str
    unique_id: str
    business_hash: str
    hotel_code: str = ""
    stays: list[Stay] = field(default_factory=list)
    guest: str = ""
    phone: str = ""
    email: str = ""
    lang: str = ""
    comments: str = ""
    unsure: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    """A message as read: its root's name and its reservations (none: nothing to do)."""

    root: str
    reservations: list[Reservation]
    why_empty: str = ""


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element.iter() if _name(child) == name]


def _first(element: Any, name: str) -> Any:
    return next((child for child in element.iter() if _name(child) == name), None)


def read(data: bytes) -> Message:
    """Read a message. Raises Fault for XML that is none, or that carries no reservation where one must be."""
    try:
        root = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Fault("400", f"not well-formed, or not allowed XML: {type(error).__name__}") from error
    if _deep(root):
        raise Fault("400", "the elements stand too deep in each other")
    name = _name(root)
    if not name.startswith("OTA_"):
        raise Fault("400", "not an OpenTravel message", name)
    if name in BOOKING and _all(root, "HotelReservation"):
        return Message(name, [_reservation(one, name) for one in _all(root, "HotelReservation")])
    if name == "OTA_CancelRQ":
        return Message(name, [_cancel(root)])
    errors = _first(root, "Error")
    if errors is not None:
        raise Fault(errors.get("Code") or "400", f"the sender reports an error: {(errors.text or errors.get('ShortText') or '').strip()[:200]}", name)
    if name in BOOKING:
        if name == "OTA_ResRetrieveRS" and (_first(root, "Success") is not None or _first(root, "ReservationsList") is not None):
            return Message(name, [], "no reservations in it")
        raise Fault("321", "a HotelReservation is missing", name)
    return Message(name, [], "not a booking message")


def _deep(root: Any) -> bool:
    """Elements nested past any real message: what reads them walks down element by element."""
    level = [root]
    for _depth in range(100):
        level = [child for one in level for child in one]
        if not level:
            return False
    return True


def _cancel(root: Any) -> Reservation:
    unique = _first(root, "UniqueID")
    if unique is None or not unique.get("ID"):
        raise Fault("321", "the UniqueID is missing", _name(root))
    return Reservation("cancellation", unique.get("ID").strip()[:120], _hash(root))


def _reservation(element: Any, root: str) -> Reservation:
    status = element.get("ResStatus", "")
    unique = next((one for one in _all(element, "UniqueID")), None)
    if unique is None or not (unique.get("ID") or "").strip():
        raise Fault("321", "the UniqueID of a HotelReservation is missing", root)
    kind = KINDS.get(status) or ("cancellation" if unique.get("Type") == "15" else "reservation")
    found = Reservation(kind, unique.get("ID").strip()[:120], _hash(element))
    if status not in KINDS:
        found.unsure["kind"] = f"unknown status {status!r}"
    basic = _first(element, "BasicPropertyInfo")
    found.hotel_code = (basic.get("HotelCode") or "").strip() if basic is not None else ""
    if not found.hotel_code:
        found.unsure["hotel"] = "no hotel code in the message"
    for stay in _all(element, "RoomStay"):
        found.stays.append(_stay(stay, found))
    if kind != "cancellation" and not found.stays:
        raise Fault("321", "a RoomStay is missing", root)
    _guest(element, found)
    texts = [" ".join((text.text or "").split()) for one in _all(element, "Comment") for text in one.iter() if _name(text) in ("Text", "ListItem")]
    found.comments = "; ".join(text for text in texts if text)[:1000]
    return found


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _stay(element: Any, found: Reservation) -> Stay:
    room = _first(element, "RoomType")
    span = _first(element, "TimeSpan")
    rooms = 1
    if room is not None and (room.get("NumberOfUnits") or "").isdecimal():
        rooms = max(1, int(room.get("NumberOfUnits")))
    guests = sum(int(one.get("Count")) for one in _all(element, "GuestCount") if (one.get("Count") or "").isdecimal())
    arrival = departure = None
    if span is not None:
        arrival, departure = _date(span.get("Start")), _date(span.get("End"))
        window = _first(span, "StartDateWindow")
        duration = span.get("Duration") or ""
        if window is not None:
            arrival = arrival or _date(window.get("EarliestDate"))
            found.unsure["arrival"] = f"between {window.get('EarliestDate')} and {window.get('LatestDate')}"
        if departure is None and arrival is not None and re.fullmatch(r"P\d{1,3}[ND]", duration):
            departure = date.fromordinal(min(date.max.toordinal(), arrival.toordinal() + int(duration.strip("PND"))))
            if window is not None:
                found.unsure["departure"] = "follows the arrival, which is a window"
    if arrival is None:
        found.unsure.setdefault("arrival", "no arrival date")
    if departure is None:
        found.unsure.setdefault("departure", "no departure date")
    elif arrival is not None and departure <= arrival:
        found.unsure["departure"] = "the departure is not after the arrival"
    code = (room.get("RoomTypeCode") or "").strip() if room is not None else ""
    if not code:
        found.unsure["rooms"] = "no room type in the message"
    if len(_all(element, "RoomStay")) > 1:
        found.unsure["rooms"] = "alternatives"
    return Stay(arrival, departure, code, rooms, guests)


def _guest(element: Any, found: Reservation) -> None:
    customer = _first(element, "Customer")
    if customer is None:
        return
    found.lang = (customer.get("Language") or "")[:10]
    parts = [" ".join((one.text or "").split()) for name in ("GivenName", "Surname") if (one := _first(customer, name)) is not None]
    found.guest = " ".join(part for part in parts if part)[:80]
    phone = _first(customer, "Telephone")
    found.phone = (phone.get("PhoneNumber") or "")[:40] if phone is not None else ""
    mail = _first(customer, "Email")
    found.email = " ".join((mail.text or "").split())[:200] if mail is not None else ""


def _hash(element: Any) -> str:
    """The business content: names, attributes and words, without comments, prefixes, white space and moments of writing."""
    digest = hashlib.sha256()

    def walk(node: Any) -> None:
        name = _name(node)
        if not isinstance(node.tag, str) or name in UNREAD:
            return
        digest.update(f"<{name}".encode())
        for key in sorted(node.attrib):
            short = key.rpartition("}")[2]
            if short not in ("CreateDateTime", "LastModifyDateTime", "TimeStamp", "EchoToken", "schemaLocation"):
                digest.update(f" {short}={' '.join(node.attrib[key].split())}".encode())
        digest.update(f">{' '.join((node.text or '').split())}".encode())
        for child in node:
            walk(child)
        digest.update(b"</>")

    walk(element)
    return digest.hexdigest()


def reply_name(root: str) -> str:
    """The name of the answer to a message."""
    if root.endswith("RQ"):
        return root[:-2] + "RS"
    return "OTA_NotifReportRQ" if root == "OTA_ResRetrieveRS" else "OTA_ErrorRS"


def answer(root: str, taken: list[str], fault: Fault | None = None) -> bytes:
    """The reply in the protocol's own form: success naming what was taken, or the error with its code."""
    name = reply_name(root or "OTA_Unknown")
    if fault is not None:
        body = f'<Errors><Error Type="11" Code={quoteattr(fault.code)}>{escape(fault.text)}</Error></Errors>'
    else:
        ids = "".join(f'<HotelReservation><UniqueID Type="14" ID={quoteattr(one)}/></HotelReservation>' for one in taken)
        inner = f"<HotelReservations>{ids}</HotelReservations>" if ids else ""
        if name == "OTA_NotifReportRQ" and ids:
            inner = f"<NotifDetails><HotelNotifReport>{inner}</HotelNotifReport></NotifDetails>"
        body = f"<Success/>{inner}"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NS}" Version="1.000">{body}</{name}>'
    return text.encode()
