"""Numbers people see: one series per kind of paper and year, without gaps."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F

from guiju.house.models import Counter, Hotel


def next_number(hotel_id: UUID, series: str, *, now: datetime, zone: str | None = None) -> str:
    """The next number of a series, e.g. "G26-0001"; must be called inside a verb, so that a rolled-back step gives none away."""
    local = ZoneInfo(zone or Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id))
    year = now.astimezone(local).year
    row = Counter.objects.of(hotel_id).filter(series=series, year=year)
    if not row.update(last=F("last") + 1):
        Counter.objects.bulk_create([Counter(hotel_id=hotel_id, series=series, year=year)], ignore_conflicts=True)
        row.update(last=F("last") + 1)
    return f"{series}{year % 100:02d}-{row.values_list('last', flat=True).get():04d}"
