"""The past bookings of a replay: the hotel's imported history, or a file that stays outside of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.history import fields, groups, queries
from guiju.history.files import open_table
from guiju.history.models import Batch
from guiju.history.reading import RowReader, said
from guiju.history.replay.profile import Profile
from guiju.history.replay.retelling import PastStay, stays_of
from guiju.history.replay.running import LONG_AGO
from guiju.history.shapes import Past
from guiju.house.calendars import latest_content, public_days
from guiju.house.models import Hotel
from guiju.rulebook import Calendar
from guiju.shelf.errors import Invalid

TOLD_ERRORS = 5
RECEIVED = ("receivedat", "requestedat", "收到时间", "来件时间")
REPLIED = ("repliedat", "answeredat", "答复时间", "回复时间")
TEXTS = ("room_type", "segment", "channel", "agent", "company", "customer_type", "meal", "country", "deposit")


@dataclass(slots=True)
class Gathered:
    """Bookings by past hotel, with what is told of where they came from."""

    by_hotel: dict[str, list[PastStay]] = field(default_factory=dict)
    rows: int = 0
    refused: int = 0
    errors: list[str] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    times: dict[int, tuple[datetime | None, datetime | None]] = field(default_factory=dict)  # row -> (received, replied), where a file has them

    def told(self, source: str) -> dict[str, Any]:
        """For the result."""
        stays = [past for found in self.by_hotel.values() for past in found]
        return {
            "source": source, "rows": self.rows, "bookings": len(stays), "groups": sum(past.group for past in stays),
            "rows_not_read": self.refused, "rows_with_reply_times": sum(all(pair) for pair in self.times.values()),
            "first_booked_on": self.first.isoformat() if self.first else None,
            "last_arrival_on": self.last.isoformat() if self.last else None, "hotels": sorted(self.by_hotel),
        }


def of_history(hotel: Hotel, profile: Profile, batch: Batch | None = None) -> Gathered:
    """The imported history, or one batch of it. Raises Invalid at `history` when there is none."""
    found = Gathered()
    _take(found, queries.past_bookings(hotel, batch), profile)
    if not found.by_hotel:
        raise Invalid(errors={"history": [_("No past bookings are imported yet.")]})
    return found


def of_file(data: bytes, name: str, profile: Profile) -> Gathered:
    """A file in any layout the import knows; rows with errors are left out and counted. Raises Invalid."""
    table = open_table(data, name)
    mapping = fields.guess(table.headings)
    missing = fields.missing(mapping)
    if missing:
        raise Invalid(errors={"bookings": [text for texts in missing.values() for text in texts]})
    found = Gathered()
    reader = RowReader(table.headings, mapping, {"hotel": name})
    _take(found, _grouped(list(_rows(_timed(table.rows(), table.headings, found), reader, found))), profile)
    for stays in found.by_hotel.values():
        for past in stays:
            past.received_at, past.replied_at = found.times.get(past.row, (None, None))
    if not found.by_hotel:
        raise Invalid(errors={"bookings": [_("No row of it can be read."), *found.errors]})
    return found


def _timed(rows: Iterable[tuple[int, list[str]]], headings: list[str], found: Gathered) -> Iterator[tuple[int, list[str]]]:
    """The rows as they are; on the way the minute of the request and of the reply is noted, where columns have them."""
    by_name = {fields.plain(heading): place for place, heading in enumerate(headings)}
    places = [next((by_name[name] for name in names if name in by_name), None) for names in (RECEIVED, REPLIED)]
    for number, cells in rows:
        if any(place is not None for place in places):
            received, replied = (_moment(cells[place]) if place is not None and place < len(cells) else None for place in places)
            found.times[number] = received, replied
        yield number, cells


def _moment(cell: str) -> datetime | None:
    """A day and time as tables write it; None for anything else, which is then no evidence."""
    try:
        at = datetime.fromisoformat(cell.strip().replace("/", "-"))
    except ValueError:
        return None
    return at if at.tzinfo is None and (at.hour or at.minute) else None  # a bare day is no minute


def _rows(rows: Iterable[tuple[int, list[str]]], reader: RowReader, found: Gathered) -> Iterator[Past]:
    words: dict[str, frozenset[str]] = {}
    for number, cells in rows:
        values, errors = reader.read(cells)
        if errors:
            found.refused += 1
            if len(found.errors) < TOLD_ERRORS:
                found.errors.append(f"row {number}: " + "; ".join(f"{key}: {said(one)}" for key, one in errors.items()))
            continue
        plain = {key: sys.intern(values[key]) for key in TEXTS}
        flags = words.setdefault(values["flags"], frozenset(values["flags"].split()))
        yield Past(
            hotel=sys.intern(values["past_hotel"]), row=number, booked_on=values["booked_on"], arrival_on=values["arrival_on"],
            departure_on=values["departure_on"], nights=values["nights"], rooms=values["rooms"], adults=values["adults"],
            children=values["children"], babies=values["babies"], rate=values["rate"], status=sys.intern(values["status"]),
            status_on=values["status_on"], group=values["likeness"], repeated=values["repeated"], flags=flags, **plain,
        )


def _grouped(rows: list[Past]) -> Iterator[Past]:
    """The same rows; a group is only what the import would recognise as one."""
    rooms: dict[int | None, int] = {}
    for row in rows:
        rooms[row.group] = rooms.get(row.group, 0) + row.rooms
    rows.sort(key=lambda row: (row.booked_on, row.arrival_on, row.row))
    for row in rows:
        yield row if groups.enough(rooms[row.group], row.segment) else replace(row, group=None)


def _take(found: Gathered, rows: Iterable[Past], profile: Profile) -> None:
    def seen() -> Iterator[Past]:
        for row in rows:
            found.rows += 1
            found.first = min(found.first or row.booked_on, row.booked_on)
            found.last = max(found.last or row.arrival_on, row.arrival_on)
            yield row

    for past in stays_of(seen(), profile):
        found.by_hotel.setdefault(past.hotel, []).append(past)
    for stays in found.by_hotel.values():
        stays.sort(key=lambda past: (past.booked_on, past.arrival_on, past.row))


def calendar_of(hotel: Hotel, profile: Profile, first: date, last: date, now: datetime) -> Calendar:
    """Today's service hours on the days of the past, with the public holidays then published (if the profile wants them)."""
    _revision, content = latest_content(hotel.pk, now)
    rest, makeup, published = public_days(tuple(range(first.year, last.year + 1))) if profile.holidays else ({}, frozenset(), frozenset())
    return Calendar(LONG_AGO, hotel.zone, content.get("hours", {}), rest, makeup, published)
