"""What art orders show on other rooms' pages: the orders for a booking, a VIP plan or an event, with the button to order."""

from __future__ import annotations

from typing import Any

from guiju.artwork import queries
from guiju.house.asking import Asked
from guiju.papers.queries import sees_all


def of_subject(request: Asked, subject: Any) -> dict[str, Any] | None:
    """What was ordered for this and where each stands."""
    actor = request.actor
    rows = queries.about(actor.hotel_id, subject.subject)
    shown = rows if sees_all(actor) else [row for row in rows if row.department in actor.departments]
    kind, pk = subject.subject
    lines = [{"row": row, "seal": queries.seal(row, request.now, makes=False)} for row in shown]
    may = actor.may("artwork.order")
    return {"art_lines": lines, "art_about": f"{kind}:{pk}", "may_order_art": may} if lines or may else None


def of_booking(request: Asked, booking: Any) -> dict[str, Any] | None:
    """The same for a booking: offered for groups, shown for whatever has art orders."""
    found = of_subject(request, booking)
    return found if found and (found["art_lines"] or booking.kind == "group") else None
