"""The points of a request: what was read from the original, what is sure, what a person must check first.

A request keeps each point as {"value", "sure", "places", "why", "confirmed_by", "confirmed_at"}; `why` is
a list of {"code", "quote"} from the reader, or a sentence. The points with a column of their own (client, dates,
persons, rooms, contact, address for the reply) are written into it as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from guiju.enquiries.models import Enquiry
from guiju.reading.doubt import MESSAGES
from guiju.reading.text import FORMS
from guiju.shelf.errors import Invalid

LABELS = {
    "client": gettext_lazy("Client"),
    "contact": gettext_lazy("Contact"),
    "arrival": gettext_lazy("Arrival"),
    "departure": gettext_lazy("Departure"),
    "persons": gettext_lazy("Number of guests"),
    "escorts": gettext_lazy("Drivers and escorts"),
    "rooms": gettext_lazy("Rooms"),
    "escort_rooms": gettext_lazy("Escort rooms"),
    "guests": gettext_lazy("Guest names"),
    "meals": gettext_lazy("Meals"),
    "transport": gettext_lazy("Transport"),
    "payment": gettext_lazy("Payment"),
    "tour_code": gettext_lazy("Tour code"),
    "reply_to": gettext_lazy("Reply to"),
    "requests": gettext_lazy("Special requests"),
    "phone": gettext_lazy("Telephone"),
    "agreement_words": gettext_lazy("Agreement mentioned"),
    "hotel": gettext_lazy("Hotel"),
    "kind": gettext_lazy("Kind"),
    "stays": gettext_lazy("Room stays"),
    "left_out": gettext_lazy("Not read"),
}
COLUMNS = {
    "client": "client_name",
    "contact": "contact_name",
    "arrival": "arrival_on",
    "departure": "departure_on",
    "persons": "persons",
    "rooms": "rooms",
    "reply_to": "reply_to",
}
ALIASES = {
    "arrival_on": "arrival",
    "departure_on": "departure",
    "client_name": "client",
    "contact_name": "contact",
    "fax": "reply_to",
    "email": "reply_to",
    "name": "client",
}
DATES = frozenset({"arrival", "departure"})
NUMBERS = frozenset({"persons", "escorts", "escort_rooms"})
NEEDED = ("arrival", "departure", "rooms")
ROOMS = re.compile(r"([^\s×xX*:：=,，、;；]+)\s*[×xX*:：=]?\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Point:
    """One point as the desk shows it, with its mark in the original."""

    name: str
    label: Any
    text: str
    raw: str
    sure: bool
    confirmed: bool
    why: str
    places: tuple[Any, ...]
    mark: int
    certain: int | None = None  # of a scan: how certain its least certain sign was read, of a hundred

    @property
    def settled(self) -> bool:
        """Sure as read, or checked by a person."""
        return self.sure or self.confirmed


def canonical(name: str) -> str:
    """One name for a point, whoever wrote it."""
    return ALIASES.get(name, name)


def is_settled(field: Mapping[str, Any]) -> bool:
    """Whether this point needs no further look."""
    return bool(field.get("sure")) or bool(field.get("confirmed_by"))


def unsettled(enquiry: Enquiry) -> list[str]:
    """The points a person must still check, by name."""
    return [name for name, field in enquiry.fields.items() if not is_settled(field)]


def lacking(enquiry: Enquiry) -> list[str]:
    """The points without which nothing can be booked or offered."""
    return [name for name in NEEDED if not getattr(enquiry, COLUMNS[name])]


def points_of(enquiry: Enquiry) -> list[Point]:
    """All points in the order of the desk; those that must be there come even when nothing was read."""
    known = {canonical(name): (name, field) for name, field in enquiry.fields.items()}
    for name in ("client", "contact", "arrival", "departure", "persons", "rooms", "reply_to"):
        if name not in known:
            value = getattr(enquiry, COLUMNS[name])
            plain = value.isoformat() if isinstance(value, date) else value
            known[name] = (name, {"value": plain, "sure": bool(value) or name not in NEEDED})
    order = [name for name in LABELS if name in known] + [name for name in known if name not in LABELS]
    return [
        _point(
            name, *known[name], column=getattr(enquiry, COLUMNS[name]) if name in COLUMNS else None, mark=mark
        )
        for mark, name in enumerate(order, start=1)
    ]


def _point(name: str, stored: str, field: Mapping[str, Any], *, column: Any, mark: int) -> Point:
    value = column if column not in (None, "", {}) else field.get("value")
    return Point(
        stored,
        LABELS.get(name, name),
        _(FORMS[value]) if name == "kind" and value in FORMS else show(value),
        raw(value),
        bool(field.get("sure")),
        bool(field.get("confirmed_by")),
        why_of(field),
        tuple(field.get("places") or ()),
        mark,
        None if field.get("confirmed_by") else field.get("certain"),
    )


def why_of(field: Mapping[str, Any]) -> str:
    """Why a point is not certain, each reason with the words that raised it, in the reader's language."""
    why = field.get("why") or ""
    if isinstance(why, str):
        return _(why) if why else ""
    said = []
    for one in why[:3]:
        reason = _(MESSAGES.get(one["code"], one["code"]))
        quote = one.get("quote")
        said.append(_("%(reason)s: “%(words)s”") % {"reason": reason, "words": quote} if quote else reason)
    return _("; ").join(said)


def show(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, Mapping):
        return _(", ").join(
            _("%(type)s × %(rooms)s") % {"type": key, "rooms": number}
            if not isinstance(number, Mapping | list)
            else str(key)
            for key, number in value.items()
        )
    if isinstance(value, list | tuple):
        return _("; ").join(_item(item) for item in value)
    return raw(value)


def _item(item: Any) -> str:
    if isinstance(item, Mapping):
        return " ".join(str(part) for part in item.values() if part not in (None, ""))
    return str(item)


def raw(value: Any) -> str:
    """A value as it stands in the form to be corrected."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return ", ".join(f"{key} × {number}" for key, number in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_item(item) for item in value)
    return str(value)


def parse(name: str, text: str, types: Mapping[str, Any]) -> Any:
    """What a person typed, as a value. `types`: every way a room type is written -> the type.

    Raises Invalid at the field.
    """
    name, text = canonical(name), text.strip()
    if not text:
        return {} if name == "rooms" else (None if name in DATES | NUMBERS else "")
    if name in DATES:
        return _date(name, text)
    if name in NUMBERS:
        return _number(name, text)
    if name == "rooms":
        return _rooms(text, types)
    return text[:200]


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError as error:
        raise Invalid(errors={name: [_("Write the day as 2026-11-24.")]}) from error


def _number(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) > 5000:
        raise Invalid(errors={name: [_("A number, please.")]})
    return int(text)


def _rooms(text: str, types: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word, number in ROOMS.findall(text):
        kind = types.get(word.strip().casefold())
        if kind is None:
            raise Invalid(errors={"rooms": [_("This hotel has no room type “%(word)s”.") % {"word": word}]})
        found[kind.code] = found.get(kind.code, 0) + int(number)
    if not found or any(number < 1 for number in found.values()):
        raise Invalid(errors={"rooms": [_("Write the rooms as TWN × 11, KNG × 2.")]})
    return found


def stored(value: Any) -> Any:
    """A value as the row keeps it (JSON)."""
    return value.isoformat() if isinstance(value, date) else value


CHANNELS = {
    "fax": gettext_noop("Fax"),
    "mail": gettext_noop("E-mail"),
    "wechat": gettext_noop("WeChat"),
    "phone": gettext_noop("Telephone"),
    "walk_in": gettext_noop("At the desk"),
    "ota": gettext_noop("Online"),
    "text": gettext_noop("Text"),
    "letter": gettext_noop("Letter"),
    "call": gettext_noop("Telephone"),
}
UNWRITTEN = frozenset({"phone", "walk_in"})


def request_attrs(enquiry: Enquiry, *, local_received_on: date) -> dict[str, Any]:
    """What every fact and gate about a request says of it."""
    return {
        "channel": enquiry.channel,
        "kind": enquiry.kind,
        "agreement": enquiry.agreement_id is not None,
        "written": enquiry.channel not in UNWRITTEN,
        "same_day_arrival": enquiry.arrival_on == local_received_on,
        "arrival_on": enquiry.arrival_on,
        "handler": str(enquiry.handler_id) if enquiry.handler_id else None,
    }
