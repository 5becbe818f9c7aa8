"""Whether the clock is going: the worker's heartbeat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.rounds.models import Heartbeat

SILENT = timedelta(minutes=2)


def heartbeat(now: datetime) -> tuple[bool, Any]:
    """Ready while some worker went its round within two minutes; otherwise since when it is silent."""
    last = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return False, "no worker has run yet"
    return now - last <= SILENT, last.isoformat()
