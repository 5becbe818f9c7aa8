"""Who waits for a hall, and who of them could have it now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from guiju.function_space.models import HallSection, HallWaiting
from guiju.function_space.queries.space import Halls, free, halls_of, standing
from guiju.function_space.spans import Span

SHOWN = 200


def waiting_list(hotel_id: UUID, *, closed: bool = False) -> list[HallWaiting]:
    """Who waits, longest first (or, with `closed`, what became of the last hundred)."""
    rows = HallWaiting.objects.of(hotel_id).select_related("hall")
    if closed:
        return list(rows.filter(closed_at__isnull=False).order_by("-closed_at")[:100])
    return list(rows.filter(closed_at__isnull=True).order_by("at", "id")[:SHOWN])


def wanting(hotel_id: UUID, sections: Iterable[UUID], span: Span, *, now: datetime) -> list[HallWaiting]:
    """Who waits for a hall with one of these sections at a time that meets this one; longest first."""
    rows = HallWaiting.objects.of(hotel_id).filter(closed_at__isnull=True, until_at__gt=now)
    day = 24 * 60  # set-up and clearing add at most a day on either side; looked at exactly below
    rows = rows.filter(from_at__lt=_plus(span.taken_until_at, day), until_at__gt=_plus(span.taken_from_at, -day))
    halls = HallSection.objects.of(hotel_id).filter(section_id__in=list(sections)).values("hall_id")
    found = rows.filter(hall_id__in=halls).select_related("hall").order_by("at", "id")[:SHOWN]
    return [entry for entry in found if _meets(span_of(entry), span)]


def could_have(hotel_id: UUID, waiting: Iterable[HallWaiting], halls: Halls | None = None) -> list[HallWaiting]:
    """Those whose hall is free for their time; no query when nobody waits."""
    asked = list(waiting)
    if not asked:
        return []
    spans = {entry.pk: span_of(entry) for entry in asked}
    halls = halls or halls_of(hotel_id)
    first, last = min(span.taken_from_at for span in spans.values()), max(span.taken_until_at for span in spans.values())
    wanted = {hall for entry in asked for hall in halls.sharing(entry.hall_id)}
    taken = standing(hotel_id, first, last, wanted)
    return [entry for entry in asked if entry.hall.closed_at is None and free(halls, taken, entry.hall_id, spans[entry.pk])]


def span_of(entry: HallWaiting) -> Span:
    """The time somebody waits for, with its set-up and clearing."""
    return Span(entry.from_at, entry.until_at, entry.setup_minutes, entry.turn_minutes)


def _meets(one: Span, other: Span) -> bool:
    return one.taken_from_at < other.taken_until_at and one.taken_until_at > other.taken_from_at


def _plus(moment: datetime, minutes: int) -> datetime:
    return moment + timedelta(minutes=minutes)
