"""The room stays of an OpenTravel reservation: rooms by type and night, and what of it is not certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guiju.reading.tree import child, children, each

MOST_NIGHTS = 366
MOST_ROOMS = 2000
MOST_STAYS = 200
DURATION = re.compile(r"P(?:(?P<w>\d{1,6})W)?(?:(?P<d>\d{1,6})[DN])?(?:T(?:(?P<h>\d{1,6})H)?(?:\d{1,6}M)?(?:\d{1,6}S)?)?", re.I)


@dataclass(slots=True)
class Stay:
    """One room stay: half-open dates, room type code, how many rooms, guests."""

    arrival: date | None
    departure: date | None
    room_type: str
    rooms: int
    guests: int


def read_stays(element: Any, found: Any) -> None:
    """Fill found.stays from a HotelReservation, and found.unsure with what does not fit together."""
    rows = each(element, "RoomStay")
    general = child(child(element, "ResGlobalInfo"), "TimeSpan")
    whole = _span(general, {}) if general is not None else None
    for row in rows[:MOST_STAYS]:
        found.stays += _stay(row, general, found.unsure)
    if len(rows) > MOST_STAYS:
        found.unsure["rooms"] = "more room stays than are read"
    if not rows and whole is not None and found.kind == "cancellation":
        found.stays.append(Stay(*whole, "", 1, 0))
    groups = [row.get("RoomStayGroupID") for row in rows if row.get("RoomStayGroupID")]
    if len(groups) != len(set(groups)):
        found.unsure["rooms"] = "alternatives: which one is wanted?"
    if whole is not None:
        _compare(found, whole)
    if len({(stay.arrival, stay.departure) for stay in found.stays}) > 1:
        for name in ("arrival", "departure", "rooms"):
            found.unsure.setdefault(name, "the room stays have different dates")
    _persons(element, found)


def _compare(found: Any, whole: tuple[date | None, date | None]) -> None:
    first = min((stay.arrival for stay in found.stays if stay.arrival), default=None)
    last = max((stay.departure for stay in found.stays if stay.departure), default=None)
    for name, given, said in (("arrival", first, whole[0]), ("departure", last, whole[1])):
        if given and said and given != said:
            found.unsure[name] = f"the room stays say {given}, the reservation says {said}"


def _persons(element: Any, found: Any) -> None:
    """Guests counted for the whole reservation stand in for those the room stays leave out; a difference is unsure."""
    counts = child(child(element, "ResGlobalInfo"), "GuestCounts")
    total, summed = _guests(counts, 1), sum(stay.guests for stay in found.stays)
    if total and found.stays and not summed:
        found.stays[0].guests = total
    elif total and summed and total != summed:
        found.unsure["persons"] = f"the room stays say {summed}, the reservation says {total}"


def _stay(row: Any, general: Any, unsure: dict[str, str]) -> list[Stay]:
    own = child(row, "TimeSpan")
    arrival, departure = _span(own if own is not None else general, unsure)
    if arrival is None:
        unsure.setdefault("arrival", "no arrival date")
    if departure is None:
        unsure.setdefault("departure", "no departure date")
    elif arrival is not None and departure <= arrival:
        unsure["departure"] = "the departure is not after the arrival"
    elif arrival is not None and (departure - arrival).days > MOST_NIGHTS:
        unsure["departure"] = "a very long stay"
    types = _types(row, unsure)
    guests = _guests(child(row, "GuestCounts"), sum(number for _code, number in types))
    return [Stay(arrival, departure, code, number, guests if place == 0 else 0) for place, (code, number) in enumerate(types)]


def _types(row: Any, unsure: dict[str, str]) -> list[tuple[str, int]]:
    named = [one for wrap in children(row, "RoomTypes") for one in children(wrap, "RoomType")]
    if not named:  # some name the type with its rate only; the same type on several days is one type
        rates = [one for wrap in children(row, "RoomRates") for one in children(wrap, "RoomRate")]
        named = list({one.get("RoomTypeCode") or "": one for one in reversed(rates)}.values())
    found = [((one.get("RoomTypeCode") or "").strip()[:40], _units(one, unsure)) for one in named[:50]] or [("", 1)]
    if any(not code for code, _number in found):
        unsure["rooms"] = "no room type in the message"
    return found


def _units(one: Any, unsure: dict[str, str]) -> int:
    text = (one.get("NumberOfUnits") or "1").strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    if not 1 <= number <= MOST_ROOMS:
        unsure["rooms"] = f"how many rooms? The message says {text[:12]!r}"
        return 1
    return number


def _guests(counts: Any, rooms: int) -> int:
    texts = [one.get("Count") or "" for one in children(counts, "GuestCount")]
    total = sum(int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 6)
    per_room = counts is not None and (counts.get("IsPerRoom") or "").lower() in ("true", "1")
    return min(total * rooms if per_room else total, 30_000)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _span(span: Any, unsure: dict[str, str]) -> tuple[date | None, date | None]:
    """Arrival and departure of a TimeSpan; a window gives its earliest day, unsure."""
    if span is None:
        return None, None
    arrival, departure = _date(span.get("Start")), _date(span.get("End"))
    for name, text, day in (("arrival", span.get("Start"), arrival), ("departure", span.get("End"), departure)):
        if text and day is None:
            unsure[name] = f"not a date: {text[:20]!r}"
    window = child(span, "StartDateWindow")
    if window is not None:
        arrival = arrival or _date(window.get("EarliestDate"))
        unsure["arrival"] = f"between {(window.get('EarliestDate') or '')[:10]} and {(window.get('LatestDate') or '')[:10]}"
    ends = child(span, "EndDateWindow")
    if ends is not None:
        departure = departure or _date(ends.get("EarliestDate"))
        unsure["departure"] = f"between {(ends.get('EarliestDate') or '')[:10]} and {(ends.get('LatestDate') or '')[:10]}"
    if departure is None and arrival is not None and span.get("Duration"):
        departure = _after(arrival, span.get("Duration"), unsure)
        if departure is not None and window is not None:
            unsure["departure"] = "follows the arrival, which is a window"
    return arrival, departure


def _after(arrival: date, duration: str, unsure: dict[str, str]) -> date | None:
    found = DURATION.fullmatch(duration.strip()[:40])
    nights = 0
    if found:
        nights = 7 * int(found["w"] or 0) + int(found["d"] or 0) + int(found["h"] or 0) // 24
    if not 1 <= nights <= MOST_NIGHTS:
        unsure["departure"] = f"how many nights? The message says {duration.strip()[:20]!r}"
        return None
    try:
        return arrival + timedelta(days=nights)
    except OverflowError:
        unsure["departure"] = "no such day"
        return None
