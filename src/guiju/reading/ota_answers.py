"""Answers in the protocol's own form: which message answers which, success naming what was taken, or the error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

NS = "http://www.opentravel.org/OTA/2003/05"
# Answers whose version is not their request's (AlpineBits 2017-10 to 2020-10).
VERSIONS = {
    "OTA_NotifReportRQ": "1.000",
    "OTA_NotifReportRS": "1.000",
    "OTA_ResRetrieveRS": "7.000",
    "OTA_HotelResNotifRS": "1.000",
    "OTA_PingRS": "8.000",
    "OTA_HotelAvailNotifRS": "1.001",
    "OTA_HotelInvCountNotifRS": "1.001",
    "OTA_HotelDescriptiveContentNotifRS": "3.000",
    "OTA_HotelDescriptiveInfoRS": "3.000",
    "OTA_HotelRatePlanNotifRS": "3.14",
    "OTA_HotelRatePlanRS": "3.000",
    "OTA_HotelPostEventNotifRS": "8.000",
}
OTHERWISE = {"OTA_ReadRQ": "OTA_ResRetrieveRS", "OTA_ResRetrieveRS": "OTA_NotifReportRQ"}
ACTIONS = {"action_OTA_Ping", "action_OTA_HotelResNotif_GuestRequests"}  # AlpineBits' names of what is done here
NAME = re.compile(r"OTA_[A-Za-z]{2,60}")
VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4})?")
BOOKED = {"OTA_HotelResNotifRS", "OTA_HotelResRS", "OTA_HotelResModifyNotifRS", "OTA_HotelResModifyRS", "OTA_NotifReportRQ"}
# Nothing is settled by a machine: a person decides, and says so by his own reply.
STATUS = {"OTA_HotelResRS": ' ResResponseType="Pending"', "OTA_HotelResModifyRS": ' ResResponseType="Pending"', "OTA_CancelRS": ' Status="Pending"'}


@dataclass(slots=True)
class Head:
    """What an answer needs of its question: name, version, echo token, moment, and the data of a greeting."""

    root: str = ""
    version: str = ""
    echo_token: str = ""
    time_stamp: str = ""
    echo_data: str = ""

    @classmethod
    def of(cls, root: str, attributes: Mapping[str, str]) -> Head:
        """From the first element's name and attributes."""
        get = lambda name, most: (attributes.get(name) or "").strip()[:most]  # noqa: E731
        return cls(root[:64], get("Version", 12), get("EchoToken", 128), get("TimeStamp", 40))

    @property
    def is_alpinebits(self) -> bool:
        """AlpineBits' narrower answers: known by its version numbers and the missing echo token."""
        return not self.echo_token and self.version in ("1.000", "7.000")


class Fault(Exception):
    """A message that cannot be taken: `code` is the protocol's, `head` what could be read of the message."""

    def __init__(self, code: str, text: str, head: Head | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.head = code, text, head or Head()

    @property
    def root(self) -> str:
        """The message's name as far as it was read."""
        return self.head.root


@dataclass(frozen=True, slots=True)
class Taken:
    """One reservation that was taken: the sender's id with its type, and our number."""

    unique_id: str
    type: str = "14"
    number: str = ""


def reply_name(root: str) -> str:
    """The name of the answer to a message; OTA_ErrorRS where the question's name could not be read or is an answer itself."""
    if root in OTHERWISE:
        return OTHERWISE[root]
    return root[:-2] + "RS" if NAME.fullmatch(root) and root.endswith("RQ") else "OTA_ErrorRS"


def answer(head: Head | str, taken: Iterable[Taken | str] = (), fault: Fault | None = None, *, now: datetime | None = None) -> bytes:
    """The reply: success naming what was taken, or the error with its code; always with the question's echo token."""
    head = Head(head) if isinstance(head, str) else head
    name = reply_name(head.root)
    rows = [Taken(one) if isinstance(one, str) else one for one in taken]
    if fault is not None:
        code = fault.code if fault.code.isascii() and fault.code.isdecimal() else "450"
        body = f'<Errors><Error Type="13" Code={quoteattr(code)}>{_plain(fault.text)}</Error></Errors>'
    else:
        body = _success(name, head, rows)
    version = VERSIONS.get(name) or (head.version if VERSION.fullmatch(head.version) else "1.000")
    if head.echo_token and VERSION.fullmatch(head.version):
        version = head.version
    attributes = f' Version="{version}"'
    if now is not None:
        attributes += f' TimeStamp="{now.isoformat(timespec="seconds")}"'
    if head.echo_token:
        attributes += f" EchoToken={quoteattr(_legal(head.echo_token))}"
    if fault is None:
        attributes += STATUS.get(name, "")
    elif name == "OTA_CancelRS":
        attributes += ' Status="Unsuccessful"'
    elif name == "OTA_ErrorRS":
        attributes += ' Status="NotProcessed"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NS}"{attributes}>{body}</{name}>'.encode()


def _success(name: str, head: Head, rows: list[Taken]) -> str:
    if name == "OTA_PingRS":
        return f"<Success/>{_handshake(head.echo_data)}<EchoData>{_plain(head.echo_data)}</EchoData>"
    if name == "OTA_ResRetrieveRS":
        return "<Success/><ReservationsList/>"
    if name == "OTA_CancelRS":
        ours = "".join(f'<UniqueID Type="15" ID={quoteattr(one.number)}/>' for one in rows if one.number)
        return "<Success/>" + "".join(_unique(one) for one in rows) + ours
    ids = "".join(f"<HotelReservation>{_unique(one)}{_ours(name, head, one)}</HotelReservation>" for one in rows)
    inner = f"<HotelReservations>{ids}</HotelReservations>" if ids else ""
    if name == "OTA_NotifReportRQ" and ids:
        inner = f"<NotifDetails><HotelNotifReport>{inner}</HotelNotifReport></NotifDetails>"
    return f"<Success/>{inner}"


def _handshake(echo: str) -> str:
    """AlpineBits' greeting lists versions and actions: what of it is done here, in the same form."""
    try:
        asked = json.loads(echo[:50_000])
        rows = [(str(row["version"])[:12], [str(one["action"]) for one in row["actions"]]) for row in asked["versions"]][:20]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    done = [{"version": version, "actions": [{"action": name} for name in names if name in ACTIONS]} for version, names in rows]
    return f'<Warnings><Warning Type="11" Status="ALPINEBITS_HANDSHAKE">{_plain(json.dumps({"versions": done}))}</Warning></Warnings>'


def _unique(one: Taken) -> str:
    return f"<UniqueID Type={quoteattr(_legal(one.type))} ID={quoteattr(_legal(one.unique_id))}/>"


def _ours(name: str, head: Head, one: Taken) -> str:
    """Our number, where this answer has a place for it (AlpineBits' has none)."""
    if name not in BOOKED or head.is_alpinebits or not one.number:
        return ""
    kind = "15" if one.type == "15" else "14"
    number = f'<HotelReservationID ResID_Type="{kind}" ResID_Value={quoteattr(one.number)} ResID_Source="Guiju"/>'
    return f"<ResGlobalInfo><HotelReservationIDs>{number}</HotelReservationIDs></ResGlobalInfo>"


def _legal(text: str) -> str:
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _plain(text: str) -> str:
    return escape(_legal(text))
