"""The waiting list, and who on it could have rooms now."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from guiju.rooms.lines import nights_between
from guiju.rooms.models import Waiting
from guiju.rooms.queries.availability import lefts


def waiting_list(hotel_id: UUID, *, closed: bool = False) -> list[Waiting]:
    """Who waits, longest first (or, with `closed`, what became of the last hundred)."""
    rows = Waiting.objects.of(hotel_id).select_related("room_type")
    if closed:
        return list(rows.filter(closed_at__isnull=False).order_by("-closed_at")[:100])
    return list(rows.filter(closed_at__isnull=True).order_by("at", "id")[:500])


def could_have(hotel_id: UUID, waiting: Iterable[Waiting]) -> list[Waiting]:
    """Those whose rooms are there in every night they want; no query when nobody waits."""
    asked = list(waiting)
    types = {entry.room_type_id: entry.room_type for entry in asked}
    cells = [
        (entry.room_type_id, night)
        for entry in asked
        for night in nights_between(entry.from_on, entry.until_on)
    ]
    left = lefts(hotel_id, cells, types)
    return [
        entry
        for entry in asked
        if all(
            left[(entry.room_type_id, night)] >= entry.rooms
            for night in nights_between(entry.from_on, entry.until_on)
        )
    ]
