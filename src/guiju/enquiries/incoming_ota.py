"""An OpenTravel reservation as this hotel sees it: its points, its rooms by type and night, and what a person must check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.house.models import Hotel, Setting
from guiju.house.settings import setting
from guiju.reading import cards, ota
from guiju.reading.ota_answers import Head
from guiju.rooms.models import RoomType

# Why a point of a message is not certain: said in the reader's language where it is shown (points.why_of).
SAID = (
    gettext_noop("no such client on file"),
    gettext_noop("the room stays have different dates"),
    gettext_noop("no hotel code in the message"),
    gettext_noop("more than one hotel code in the message"),
    gettext_noop("no status in the message"),
    gettext_noop("no room type in the message"),
    gettext_noop("no arrival date"),
    gettext_noop("no departure date"),
    gettext_noop("the departure is not after the arrival"),
    gettext_noop("a very long stay"),
    gettext_noop("follows the arrival, which is a window"),
    gettext_noop("alternatives: which one is wanted?"),
    gettext_noop("the same words came before, and others since: a change back, or a late repeat?"),
    gettext_noop("it was written before one that is here already"),
    gettext_noop("it comes after its own cancellation"),
    gettext_noop("too many parts, or too deep in each other"),
)


def read_one(one: ota.Reservation, head: Head, hotel: Hotel, sender: str, today: date) -> Any:
    """One reservation of a message, as a Read."""
    from guiju.enquiries.incoming import Read

    found = Read(
        form=one.kind,
        channel="ota",
        sender=sender or "ota",
        unique_id=one.unique_id,
        unique_type=one.unique_type,
        business_hash=one.business_hash,
        lang="zh-hans" if not one.lang or one.lang.lower().startswith("zh") else "en",
        words=cards.mask_pans(one.comments),
        subject_line=one.unique_id,
        said_at=moment(one.said_at, hotel),
        echo_token=head.echo_token,
    )
    unsure = dict(one.unsure)
    if one.stays:
        _stays(found.fields, one, hotel, today, unsure)
    for name, value in (("client", one.company), ("guests", ", ".join(one.guests)), ("reply_to", one.email), ("phone", one.phone)):
        if value:
            found.fields[name] = point(cards.mask_pans(value), "")
    why = unsure.get("hotel") or _whose(one.hotel_code, hotel)
    if why:
        found.fields["hotel"] = point(one.hotel_code or hotel.name, why)
    if "kind" in unsure:
        found.fields["kind"] = point(one.kind, unsure["kind"])
    return found


def point(value: Any, why: str) -> dict[str, Any]:
    """A point read from a message; it has no place in words."""
    return {"value": value, "sure": not why and value is not None, "places": [], "why": why}


def _stays(fields: dict[str, dict[str, Any]], one: ota.Reservation, hotel: Hotel, today: date, unsure: Mapping[str, str]) -> None:
    codes = {row.code.lower(): row.code for row in RoomType.objects.of(hotel.pk)}
    rows = [
        {
            "type": codes.get(stay.room_type.lower(), stay.room_type or "?"),
            "from": stay.arrival.isoformat() if stay.arrival else "",
            "until": stay.departure.isoformat() if stay.departure else "",
            "rooms": stay.rooms,
        }
        for stay in one.stays
    ]
    arrival = min((stay.arrival for stay in one.stays if stay.arrival), default=None)
    departure = max((stay.departure for stay in one.stays if stay.departure), default=None)
    unknown = next((stay.room_type or "?" for stay in one.stays if stay.room_type.lower() not in codes), "")
    for name, day in (("arrival", arrival), ("departure", departure)):
        past = "this day has passed" if day and day < today else ""
        fields[name] = point(day.isoformat() if day else None, unsure.get(name) or past)
    why = unsure.get("rooms") or (_("unknown room type %(code)s") % {"code": unknown} if unknown else "")
    fields["rooms"] = point(most_at_once(rows), why)
    if len({(row["from"], row["until"]) for row in rows}) > 1:
        fields["stays"] = point(rows, "the room stays have different dates")
    fields["persons"] = point(sum(stay.guests for stay in one.stays) or None, unsure.get("persons", ""))


def most_at_once(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Rooms by type: the most wanted in one night. One room that follows another is one room, not two."""
    nights: dict[str, dict[str, int]] = {}
    for row in rows:
        for night in _nights(str(row["from"]), str(row["until"])):
            by_night = nights.setdefault(str(row["type"]), {})
            by_night[night] = by_night.get(night, 0) + int(row["rooms"])
    return {code: max(by_night.values()) for code, by_night in nights.items()}


def _nights(start: str, until: str) -> list[str]:
    """The nights of a stay; one nameless night where the dates are not there or do not fit."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(until)
    except ValueError:
        return [start or "?"]
    if not 0 < (last - first).days <= 400:
        return [start]
    return [(first + timedelta(days=day)).isoformat() for day in range((last - first).days)]


def moment(text: str, hotel: Hotel) -> datetime | None:
    """When the sender wrote it; without a zone it is the hotel's own time."""
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    if not 1990 < found.year < 2200:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(hotel.zone))


def _whose(code: str, hotel: Hotel) -> str:
    """Why the code in the message must be looked at: it is another hotel's, or nobody's; "" when it is ours."""
    wanted = code.strip().lower()
    if wanted == hotel.code.lower() or wanted in _codes(setting(hotel.pk, "ota.hotel_codes")):
        return ""
    others = Hotel.objects.exclude(pk=hotel.pk)
    theirs = others.filter(code__iexact=wanted).exists() or any(
        wanted in _codes(value)
        for value in Setting.objects.filter(key="ota.hotel_codes", hotel__in=others).values_list("value", flat=True)
    )
    if theirs:
        return _("the code %(code)s is another hotel's") % {"code": code}
    return _("the code %(code)s is not one of this hotel's") % {"code": code}


def _codes(value: Any) -> set[str]:
    return {part.lower() for part in re.split(r"[\s,，;；、]+", str(value or "")) if part}
