"""A thing's checklist on another room's page: include "checklists/_items.html" with what `of` gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guiju.checklists import queries
from guiju.house.asking import Asked


def of(request: Asked, subjects: Iterable[tuple[str, str]], *, next_url: str = "") -> dict[str, Any]:
    """The items of these things grouped by time, how many are left, and where a tick leads back to."""
    items = queries.items_of(request.actor, subjects, request.now)
    return {
        "groups": queries.grouped(items, request.now), "items": items, "left": sum(1 for one in items if one.stands),
        "late": sum(1 for one in items if one.stands and one.duty.due_at < request.now), "next_url": next_url or request.path,
    }
