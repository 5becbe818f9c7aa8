"""What clauses ask an art order to say, and what is filed of the finished work (kind "record")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from guiju.artwork.models import ArtOrder
from guiju.artwork.queries import keys_of
from guiju.shelf.registry import Record, RecordKind

WORDS: dict[str, Any] = {
    "size": gettext_lazy("Size"), "material": gettext_lazy("Material"), "place": gettext_lazy("Where it goes"),
    "quantity": gettext_lazy("Quantity"), "due_at": gettext_lazy("Ready by"), "photo": gettext_lazy("Photo of the finished work"),
}


def shown(order: ArtOrder) -> Record:
    """An art order as a record."""
    return Record(order.subject, {
        "item": order.item, "size": order.size or None, "material": order.material or None, "place": order.place or None,
        "quantity": order.quantity, "due_at": order.due_at, "photo": order.photo_id, "worded": order.worded,
        "delivered": order.delivered_at is not None,
    }, order.worker_id, order.state == ArtOrder.State.CANCELLED)


def _rows(hotel_id: UUID, from_on: date, until_on: date) -> QuerySet[ArtOrder]:
    """The orders that were to be ready in [from, until), by the clock of who asks, as everything that is shown."""
    first, last = (timezone.make_aware(datetime.combine(day, time())) for day in (from_on, until_on))
    return ArtOrder.objects.of(hotel_id).filter(due_at__gte=first, due_at__lt=last).exclude(state=ArtOrder.State.CANCELLED)


def _of_period(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    yield from map(shown, _rows(hotel_id, from_on, until_on).order_by("due_at", "id").iterator(chunk_size=2000))


def _one(hotel_id: UUID, key: str) -> Record | None:
    row = ArtOrder.objects.of(hotel_id).filter(pk__in=keys_of([key])).first()
    return shown(row) if row else None


KINDS = {"art_order": RecordKind(_of_period, _one, WORDS, gettext_lazy("Art orders"), _rows)}
