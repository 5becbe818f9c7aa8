"""OpenTravel / AlpineBits messages as they come: reservations, requests for quote, modifications, cancellations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from guiju.reading import ota_stays, safe_xml
from guiju.reading.ota_answers import Fault, Head, answer, reply_name
from guiju.reading.ota_stays import Stay
from guiju.reading.tree import child, children, each, name_of, text_of

__all__ = ["Fault", "Head", "Message", "Reservation", "Stay", "answer", "read", "reply_name"]

KINDS = {
    "Reserved": "reservation",
    "Commit": "reservation",
    "Committed": "reservation",
    "Book": "reservation",
    "Booked": "reservation",
    "Requested": "request",
    "Initiate": "request",
    "Quote": "request",
    "Modify": "modification",
    "Modified": "modification",
    "Cancel": "cancellation",
    "Cancelled": "cancellation",
    "Canceled": "cancellation",
}
MODIFYING = {"OTA_HotelResModifyNotifRQ", "OTA_HotelResModifyRQ"}
BOOKING = {"OTA_ResRetrieveRS", "OTA_HotelResNotifRQ", "OTA_HotelResRQ", *MODIFYING}
WRAPPERS = ("HotelReservations", "ReservationsList", "HotelResModifies", "ReservationsModifies")
RESERVATIONS = ("HotelReservation", "HotelResModify")
READ_PARTS = {"POS", "ReadRequests", "UniqueID", "TPA_Extensions"}
# Moments and marks of sending: a message sent again has others, and is still the same message.
SENDING = {
    "CreateDateTime", "LastModifyDateTime", "TimeStamp", "EchoToken", "schemaLocation", "TransactionIdentifier",
    "SequenceNmbr", "RetransmissionIndicator", "CorrelationID",
}  # fmt: skip


@dataclass(slots=True)
class Reservation:
    """One HotelReservation of a message; `unsure` says by point what is not certain, `said_at` when the sender wrote this."""

    kind: str
    unique_id: str
    business_hash: str
    unique_type: str = "14"
    hotel_code: str = ""
    stays: list[Stay] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    company: str = ""
    phone: str = ""
    email: str = ""
    lang: str = ""
    comments: str = ""
    said_at: str = ""
    unsure: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    """A message as read: its head (for the answer) and its reservations (none: nothing to do)."""

    head: Head
    reservations: list[Reservation]
    why_empty: str = ""

    @property
    def root(self) -> str:
        """The message's name."""
        return self.head.root


def read(data: bytes) -> Message:
    """Read a message. Raises Fault for XML that is none, for messages this hotel does not take, and for what lacks its parts."""
    try:
        root = safe_xml.parse(data)
    except safe_xml.Unreadable as wrong:
        raise Fault("450", str(wrong), Head.of(*safe_xml.first_tag(data))) from wrong
    head = Head.of(name_of(root), {key.rpartition("}")[2]: value for key, value in root.attrib.items()})
    if not head.root.startswith("OTA_"):
        raise Fault("450", "not an OpenTravel message", head)
    if head.root == "OTA_PingRQ":
        return _ping(root, head)
    if head.root == "OTA_ReadRQ":
        return _read_request(root, head)
    if head.root == "OTA_CancelRQ":
        return Message(head, [_cancel(root, head)])
    if head.root not in BOOKING:
        raise Fault("450", f"{head.root} is not taken here: only reservations, requests, modifications and cancellations", head)
    return _booking(root, head)


def _ping(root: Any, head: Head) -> Message:
    echo = child(root, "EchoData")
    if echo is None or not (echo.text or "").strip():
        raise Fault("321", "the EchoData is missing", head)
    head.echo_data = "".join(echo.itertext())
    return Message(head, [], "a greeting, answered")


def _read_request(root: Any, head: Head) -> Message:
    strange = [name_of(one) for one in root if isinstance(one.tag, str) and name_of(one) not in READ_PARTS]
    if strange:
        raise Fault("450", f"{strange[0]} does not belong in {head.root}", head)
    asked = child(root, "ReadRequests")
    if child(root, "UniqueID") is None and (asked is None or not len(asked)):
        raise Fault("321", "the ReadRequests are missing", head)
    return Message(head, [], "nothing waits here to be fetched")


def _booking(root: Any, head: Head) -> Message:
    rows = [one for wrap in root if name_of(wrap) in WRAPPERS for name in RESERVATIONS for one in children(wrap, name)]
    errors = next(iter(each(root, "Error")), None)
    if errors is not None:
        told = (errors.text or errors.get("ShortText") or "").strip()[:200]
        raise Fault(errors.get("Code") or "450", f"the sender reports an error: {told}", head)
    if rows:
        return Message(head, [_reservation(one, root, head) for one in rows])
    empty = head.root == "OTA_ResRetrieveRS" and (child(root, "Success") is not None or child(root, "ReservationsList") is not None)
    if empty:
        return Message(head, [], "no reservations in it")
    raise Fault("321", "a HotelReservation is missing", head)


def _cancel(root: Any, head: Head) -> Reservation:
    ids = [one for one in children(root, "UniqueID") if (one.get("ID") or "").strip()]
    if not ids:
        raise Fault("321", "the UniqueID is missing", head)
    one = next((item for item in ids if item.get("Type") in ("14", "15")), ids[0])
    found = Reservation("cancellation", one.get("ID").strip()[:120], _hash(root), one.get("Type") or "15", said_at=head.time_stamp)
    _hotel(root, found)
    found.unsure.pop("hotel", None)  # a cancellation names the reservation; the hotel is known from it
    return found


def _reservation(element: Any, root: Any, head: Head) -> Reservation:
    status = element.get("ResStatus") or root.get("ResStatus") or ""
    unique, type_ = _unique_id(element)
    if not unique:
        raise Fault("321", "the UniqueID of a HotelReservation is missing", head)
    kind = KINDS.get(status) or ("cancellation" if type_ == "15" else "reservation")
    if head.root in MODIFYING and kind != "cancellation":
        kind = "modification"
    said_at = element.get("LastModifyDateTime") or head.time_stamp or element.get("CreateDateTime") or ""
    found = Reservation(kind, unique[:120], _hash(element), type_, said_at=said_at)
    if status not in KINDS and head.root not in MODIFYING:
        found.unsure["kind"] = f"unknown status {status!r}" if status else "no status in the message"
    _hotel(element, found)
    ota_stays.read_stays(element, found)
    if kind != "cancellation" and not found.stays:
        raise Fault("321", "a RoomStay is missing", head)
    _people(element, found)
    texts = [" ".join((text.text or "").split()) for one in each(element, "Comment") for text in one.iter() if name_of(text) in ("Text", "ListItem")]
    found.comments = "; ".join(text for text in texts if text)[:1000]
    return found


def _unique_id(element: Any) -> tuple[str, str]:
    """The reservation's own id: a UniqueID of its own (not a guest's), else its number in the sender's book."""
    own = [one for one in children(element, "UniqueID") if (one.get("ID") or "").strip()]
    if own:
        one = next((item for item in own if item.get("Type") in ("14", "15")), own[0])
        return one.get("ID").strip(), one.get("Type") or "14"
    for one in each(element, "HotelReservationID"):
        if one.get("ResID_Type") == "14" and (one.get("ResID_Value") or "").strip():
            return one.get("ResID_Value").strip(), "14"
    return "", "14"


def _hotel(element: Any, found: Reservation) -> None:
    codes = {one.get("HotelCode", "").strip() for one in each(element, "BasicPropertyInfo")} - {""}
    found.hotel_code = sorted(codes)[0] if codes else ""
    if not codes:
        found.unsure["hotel"] = "no hotel code in the message"
    elif len(codes) > 1:
        found.unsure["hotel"] = "more than one hotel code in the message"


def _people(element: Any, found: Reservation) -> None:
    guests = child(element, "ResGuests")
    customers = each(guests, "Customer") if guests is not None else each(element, "Customer")
    for customer in customers:
        given, family = (text_of(next(iter(each(customer, name)), None)) for name in ("GivenName", "Surname"))
        name = " ".join(part for part in (given, family) if part)[:80]
        if name and name not in found.guests and len(found.guests) < 50:
            found.guests.append(name)
        phone, mail = (next(iter(each(customer, part)), None) for part in ("Telephone", "Email"))
        found.lang = found.lang or (customer.get("Language") or "")[:10]
        found.phone = found.phone or ((phone.get("PhoneNumber") or "")[:40] if phone is not None else "")
        found.email = found.email or text_of(mail)[:200]
    info = child(element, "ResGlobalInfo")
    found.company = text_of(next(iter(each(info, "CompanyName")), None))[:160] if info is not None else ""


def _hash(element: Any) -> str:
    """The business content: names, attributes and words, without remarks, prefixes, white space and moments of sending."""
    digest = hashlib.sha256()

    def walk(node: Any) -> None:
        if not isinstance(node.tag, str) or name_of(node) == "POS":
            return
        digest.update(f"<{name_of(node)}".encode())
        for key in sorted(node.attrib, key=lambda key: key.rpartition("}")[2]):
            short = key.rpartition("}")[2]
            if short not in SENDING and not key.startswith("{http://www.w3.org/"):
                digest.update(f" {short}={' '.join(node.attrib[key].split())}".encode())
        digest.update(f">{' '.join((node.text or '').split())}".encode())
        for one in node:
            walk(one)
            digest.update(" ".join((one.tail or "").split()).encode())
        digest.update(b"</>")

    walk(element)
    return digest.hexdigest()
