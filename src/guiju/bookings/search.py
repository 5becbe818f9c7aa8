"""Finding bookings by part of a name, tour code or number, in a few milliseconds of a million.

Names are found by neighbouring characters, numbers and codes by every piece of them from three signs on: figures repeat too much
for pairs to tell one number from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from guiju.bookings.models import Booking, SearchRow
from guiju.clients import search as clients
from guiju.clients.names import plain, tokens, wanted

CODE = re.compile(r"[0-9a-z]{3,}")
LONGEST = 16  # of a code: a longer one is found by its pieces of so many signs
MOST = 500  # the newest that fit, whatever their number
BATCH = 2000


def matching(hotel_id: UUID, text: str, most: int = MOST) -> list[UUID]:
    """Ids of bookings, newest first, that hold every word of `text` in their name, tour code or number."""
    words = [word for word in (plain(part) for part in text.split()) if word][:6]
    if not words:
        return []
    asked = list(dict.fromkeys(piece for word in words for piece in _wanted(word)))
    if connection.vendor == "sqlite":
        sql = (
            "SELECT s.booking_id FROM bookings_search CROSS JOIN bookings_searchrow s ON s.id = bookings_search.rowid "
            "WHERE bookings_search MATCH %s AND s.hotel_id = %s" + " AND instr(s.text, %s) > 0" * len(words)
            + " ORDER BY bookings_search.rowid DESC LIMIT %s"
        )
        match: Any = " AND ".join(f'"{piece}"' for piece in asked)
    else:
        sql = (
            "SELECT s.booking_id FROM bookings_searchrow s WHERE string_to_array(s.tokens, ' ') @> %s AND s.hotel_id = %s"
            + " AND position(%s in s.text) > 0" * len(words) + " ORDER BY s.id DESC LIMIT %s"
        )
        match = asked
    key = models.UUIDField().get_db_prep_value(hotel_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, key, *words, most])
        return [row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in cursor.fetchall()]


def _wanted(word: str) -> list[str]:
    """The tokens a booking must have to hold this word."""
    if CODE.fullmatch(word) and any(sign.isdigit() for sign in word):
        return [f"k{word[:LONGEST]}"]
    return wanted(word)


def fitting(hotel_id: UUID, text: str) -> Q:
    """The bookings of this text as a condition: by themselves, or by their client."""
    found = Q(pk__in=matching(hotel_id, text))
    of_clients = [row.pk for row in clients.search(hotel_id, text, 60)]
    return found | Q(client_id__in=of_clients) if of_clients else found


def index(booking: Booking) -> None:
    """Bring what this booking is found by up to date."""
    SearchRow.objects.update_or_create(booking=booking, defaults=values(booking.hotel_id, booking.number, booking.name, booking.tour_code))


def index_all(hotel_id: UUID) -> int:
    """Index every booking of the hotel anew; how many."""
    SearchRow.objects.filter(hotel_id=hotel_id).delete()
    rows = Booking.objects.of(hotel_id).order_by("created_at", "pk").values_list("pk", "number", "name", "tour_code")
    many, batch = 0, []
    for pk, *fields in rows.iterator(BATCH):
        batch.append(SearchRow(booking_id=pk, **values(hotel_id, *fields)))
        many += 1
        if len(batch) == BATCH:
            SearchRow.objects.bulk_create(batch)
            batch = []
    SearchRow.objects.bulk_create(batch)
    return many


def values(hotel_id: UUID, *fields: str) -> dict[str, Any]:
    """What is kept of these fields."""
    kept = list(dict.fromkeys(plain(field) for field in fields if plain(field)))
    return {"hotel_id": hotel_id, "text": " ".join(kept), "tokens": " ".join([*tokens(kept), *_codes(kept)])}


def _codes(fields: Iterable[str]) -> list[str]:
    """Every piece, from three signs on, of each run of letters and figures that has a figure in it."""
    found: dict[str, None] = {}
    for field in fields:
        for run in CODE.findall(field):
            if any(sign.isdigit() for sign in run):
                found.update(
                    dict.fromkeys(f"k{run[at:end]}" for at in range(len(run) - 2) for end in range(at + 3, min(at + LONGEST, len(run)) + 1))
                )
    return list(found)
