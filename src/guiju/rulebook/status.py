"""How a duty stands at a moment. Nothing here is stored: it is asked each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

SOON = timedelta(hours=1)


class Status(Enum):
    """How a duty stands."""

    PLANNED = "planned"
    OPEN = "open"
    SOON = "soon"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    WAIVED = "waived"
    SUPERSEDED = "superseded"


def status(duty: Any, now: datetime, soon: timedelta = SOON) -> Status:
    """How a derived duty or a stored one stands at `now`; what happens after `now` is not known yet."""
    waived_at = getattr(duty, "waived_at", None)
    if waived_at is not None and waived_at <= now:
        return Status.WAIVED
    if duty.met_at is not None and duty.met_at <= now:
        return Status.MET if duty.met_at <= duty.due_at else Status.MET_LATE
    if duty.ended_at is not None and duty.ended_at <= now:
        return Status.SUPERSEDED if duty.ended_at <= duty.due_at else Status.MISSED
    return _standing(duty, now, soon)


def _standing(duty: Any, now: datetime, soon: timedelta) -> Status:
    if duty.missed_at is not None and duty.missed_at < now:
        return Status.MISSED
    if duty.due_at < now:
        return Status.LATE
    if duty.starts_at > now:
        return Status.PLANNED
    return Status.SOON if duty.due_at <= now + soon else Status.OPEN
