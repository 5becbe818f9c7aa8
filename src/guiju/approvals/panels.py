"""An approval on the page of what it is about: the chain, and the two buttons for whose turn it is."""

from __future__ import annotations

from typing import Any

from guiju.approvals import queries
from guiju.house.asking import Asked

SHOWN = 5


def of(request: Asked, about: tuple[str, str]) -> dict[str, Any] | None:
    """What was asked about this, newest first; None when nothing was. For the template approvals/_of.html."""
    rows = queries.of_about(request.actor.hotel_id, about)[:SHOWN]
    found = queries.lines(request.actor, rows, request.now, titled=False)
    return {"approvals": found, "approvals_back": request.path} if found else None
