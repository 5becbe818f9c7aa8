"""Editions as records that a clause asks to be complete (manual.versions)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guiju.duties.models import Edition
from guiju.shelf.registry import Record, RecordKind

WORDS = {
    "number": _("Number"), "effective_at": _("In force from"), "proposed_by": _("Proposed by"), "approved_by": _("Approved by"),
}


def _record(row: Any) -> Record:
    draft = getattr(row, "draft", None)
    return Record(
        ("edition", str(row.pk)),
        {
            "number": row.number, "effective_at": row.effective_at, "approved_by": row.approved_by_id,
            "proposed_by": draft.proposed_by_id if draft else None, "first": row.number == 1,
        },
        draft.proposed_by_id if draft else None,
    )


def _rows(hotel_id: UUID, from_on: date, until_on: date) -> QuerySet[Edition]:
    """The editions that came into force in [from, until), by the clock of who asks, as everything that is shown."""
    first, last = (timezone.make_aware(datetime.combine(day, time())) for day in (from_on, until_on))
    return Edition.objects.of(hotel_id).filter(effective_at__gte=first, effective_at__lt=last, approved_at__isnull=False)


def _of_period(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    rows = _rows(hotel_id, from_on, until_on).select_related("draft").defer("texts", "draft__texts")
    yield from map(_record, rows.order_by("effective_at"))


def _one(hotel_id: UUID, key: str) -> Record | None:
    try:
        pk = UUID(key)
    except ValueError:
        return None
    row = Edition.objects.of(hotel_id).filter(pk=pk).select_related("draft").defer("texts", "draft__texts").first()
    return _record(row) if row else None


KIND = RecordKind(_of_period, _one, WORDS, _("Editions"), _rows)
