"""What clauses ask to be written down of a visit (rules of kind "record")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guiju.shelf.registry import Record, RecordKind
from guiju.visitors.models import Visit
from guiju.visitors.words import LISTS

FIELDS = ("organisation", "visitor", "rank", "purpose", "persons", "arrival_at", "grade", "scope", "host", "meeting_point")
WORDS: dict[str, Any] = {
    **{name: Visit._meta.get_field(name).verbose_name for name in FIELDS},  # type: ignore[union-attr]
    "guests": LISTS["guests"], "programme": LISTS["programme"], "participants": LISTS["parts"], "papers": _("Papers attached"),
}


def record_of(visit: Visit, *, guests: int, programme: int, parts: int, papers: int) -> Record:
    """The record of a visit, with how many rows it has."""
    counted = {"guests": guests or None, "programme": programme or None, "participants": parts or None, "papers": papers or None}
    plain = {name: getattr(visit, name) or None for name in FIELDS}
    return Record(
        ("visit", str(visit.pk)), {**plain, **counted, "important": visit.is_important}, visit.handler_id,
        over=visit.state == Visit.State.CANCELLED,
    )


def _counted(rows: QuerySet[Visit]) -> Iterator[Record]:
    live, kept = Q(parts__removed_at__isnull=True), Q(papers__removed_at__isnull=True)
    told = rows.annotate(
        n_guests=Count("guests", distinct=True), n_programme=Count("programme", distinct=True), n_parts=Count("parts", filter=live, distinct=True),
        n_papers=Count("papers", filter=kept, distinct=True),
    )
    for row in told.order_by("arrival_at", "id"):
        yield record_of(row, guests=row.n_guests, programme=row.n_programme, parts=row.n_parts, papers=row.n_papers)


def _rows(hotel_id: UUID, first: date, until: date) -> QuerySet[Visit]:
    start, end = (timezone.make_aware(datetime(on.year, on.month, on.day)) for on in (first, until))
    return Visit.objects.of(hotel_id).filter(arrival_at__gte=start, arrival_at__lt=end)


def of_period(hotel_id: UUID, first: date, until: date) -> Iterator[Record]:
    """Visits arriving in [first, until)."""
    return _counted(_rows(hotel_id, first, until))


def one(hotel_id: UUID, pk: str) -> Record | None:
    """One visit's record."""
    try:
        key = UUID(pk)
    except ValueError:
        return None
    return next(_counted(Visit.objects.of(hotel_id).filter(pk=key)), None)


KIND = RecordKind(of_period, one, WORDS, _("Visits"), _rows)
