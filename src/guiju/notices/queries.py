"""What stands in a person's bell, and letters on their way."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from guiju.notices.actions import addressed_to
from guiju.notices.models import BellSeen, Letter, Notice
from guiju.shelf.actor import Actor


def bell(actor: Actor, now: datetime, limit: int = 50) -> list[dict[str, Any]]:
    """The latest notices of a person, newest first, in his language."""
    rows = (
        Notice.objects.of(actor.hotel_id).filter(addressed_to(actor), show_from_at__lte=now).order_by("-show_from_at", "-id")[:limit]
    )
    seen = seen_at(actor)
    return [
        {
            "text": gettext(row.text) % row.values if row.values else gettext(row.text),
            "url": row.url,
            "at": row.at,
            "urgency": row.urgency,
            "fresh": seen is None or row.show_from_at > seen,
        }
        for row in rows
    ]


def seen_at(actor: Actor) -> datetime | None:
    """When the person last looked at the bell."""
    return BellSeen.objects.of(actor.hotel_id).filter(person_id=actor.person_id).values_list("seen_at", flat=True).first()


def has_fresh(actor: Actor, now: datetime) -> bool:
    """Whether something came since the person last looked: one query, for the dot."""
    rows = Notice.objects.of(actor.hotel_id).filter(addressed_to(actor), show_from_at__lte=now)
    seen = BellSeen.objects.of(actor.hotel_id).filter(person_id=actor.person_id).values("seen_at")
    return rows.exclude(show_from_at__lte=seen[:1]).exists() if seen.exists() else rows.exists()


def letters_about(hotel_id: UUID, about: tuple[str, str]) -> list[Letter]:
    """The letters of one enquiry or booking, newest first."""
    return list(Letter.objects.of(hotel_id).filter(about_kind=about[0], about_id=str(about[1])).order_by("-created_at"))
