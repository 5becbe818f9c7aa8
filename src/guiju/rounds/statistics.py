"""What the planner knows: SQLite looks at its tables at start and each night, so that lists use the right index."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from guiju.house.models import Hotel

NIGHT_ENDS = timedelta(hours=3)  # three in the morning: the quietest hour of a hotel
SAMPLE = 1000  # rows looked at per index, so that a million of them take no longer


def take_statistics() -> None:
    """Look at every table that grew since the last time; PostgreSQL does so by itself (autovacuum)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("PRAGMA optimize=0x10002")


def working_night(now: datetime) -> date:
    """The night a moment belongs to, in the first hotel's zone: it changes at three in the morning."""
    zone = Hotel.objects.order_by("created_at").values_list("zone", flat=True).first() or "UTC"
    return (now.astimezone(ZoneInfo(zone)) - NIGHT_ENDS).date()
