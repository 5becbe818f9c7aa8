"""What stands on the reception plan as a paper, and what decides who gets a copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guiju.visitors.models import Visit
from guiju.visitors.words import SCOPE_PAIRS

KIND = "reception_plan"


def content_of(visit: Visit) -> dict[str, Any]:
    """The plan's content (papers.forms): plain text, codes of the form's words, rows of guests, programme and participants."""
    zone = ZoneInfo(visit.hotel.zone)

    def said(at: datetime | None) -> str:
        return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""

    same = (
        "organisation", "visitor", "rank", "purpose", "persons", "contact", "phone", "vehicles", "grade", "host", "meeting_point", "language",
        "photos", "gifts", "protocol", "remarks",
    )
    parts = visit.parts.filter(removed_at__isnull=True).select_related("person").order_by("id")
    return {
        **{name: getattr(visit, name) for name in same}, "visit": visit.number, "arrival": said(visit.arrival_at), "until": said(visit.until_at),
        "reason": visit.grade_reason, "scope": [one for one in SCOPE_PAIRS if one in visit.scope],
        "issued_by": visit.handler.name,
        "guests": [{"name": row.name, "title": row.title} for row in visit.guests.order_by("order", "id")],
        "programme": [{"at": said(row.at), "place": row.place, "what": row.what, "who": row.who} for row in visit.programme.order_by("at", "id")],
        "parts": [{"person": row.person.name, "role": row.role} for row in parts],
    }


def paper_attrs(visit: Visit, now: datetime) -> dict[str, Any]:
    """What decides who gets a copy and until when."""
    zone = ZoneInfo(visit.hotel.zone)
    meals = "dining" in visit.scope or "kitchen" in visit.scope
    return {
        "important": visit.is_important, "meals": meals, "collection": False, "arrival_at": visit.arrival_at,
        "same_day_arrival": visit.arrival_at.astimezone(zone).date() == now.astimezone(zone).date(),
    }
