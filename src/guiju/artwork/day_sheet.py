"""What art orders add to the sheet of a day: what must be ready, and what comes down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.artwork.models import ArtOrder
from guiju.artwork.queries import TO_MAKE, seen_by, standing
from guiju.shelf.actor import Actor


def due(hotel_id: UUID, on: date, actor: Actor) -> Iterator[dict[str, Any]]:
    """What must be ready on this day and what is to be taken down: one query."""
    first = timezone.make_aware(datetime.combine(on, time()))
    last = first + timedelta(days=1)
    wanted = Q(state__in=(*TO_MAKE, ArtOrder.State.PROOF), due_at__lt=last, due_at__gte=first)
    down = standing(first) & Q(until_at__gte=first, until_at__lt=last)
    for row in seen_by(actor).filter(wanted | down).order_by("due_at", "id")[:60]:
        comes_down = row.state in (ArtOrder.State.DELIVERED, ArtOrder.State.SIGNED)
        yield {
            "at": row.until_at if comes_down else row.due_at, "what": row.shown, "where": row.place, "persons": None,
            "note": _("comes down") if comes_down else str(row.get_state_display()), "url": reverse("artwork:order", args=[row.pk]),
        }
