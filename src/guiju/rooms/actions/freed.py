"""When rooms come free, those who wait for them are not forgotten: the handler is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from guiju.notices.actions import tell
from guiju.rooms.lines import Cell
from guiju.rooms.models import Waiting
from guiju.rooms.queries.waiting import could_have

MSG = gettext_noop(
    "Rooms have come free for %(label)s: %(rooms)s × %(type)s, %(from_on)s to %(until_on)s"
)


def tell_waiting(hotel_id: UUID, cells: Iterable[Cell], *, because: str, now: datetime) -> list[Waiting]:
    """Tell the handlers of waiting requests that these freed nights made possible; once per cause.

    One query when nobody waits for these nights.
    """
    freed = set(cells)
    if not freed:
        return []
    nights = [night for _room_type, night in freed]
    waiting = list(
        Waiting.objects.of(hotel_id)
        .filter(
            closed_at__isnull=True,
            room_type_id__in={room_type for room_type, _night in freed},
            from_on__lte=max(nights),
            until_on__gt=min(nights),
        )
        .select_related("room_type")
        .order_by("at")[:50]
    )
    possible = could_have(hotel_id, waiting)
    for entry in possible:
        tell(
            hotel_id,
            text=MSG,
            brief=gettext_noop("Rooms are free again for somebody on the waiting list: %(rooms)s × %(type)s from %(from_on)s"),
            key=f"waiting:{entry.pk}:{because}:{now:%Y%m%d}",
            now=now,
            person_id=entry.handler_id,
            department="" if entry.handler_id else "sales",
            url=reverse("rooms:waiting"),
            urgency="soon",
            values={
                "label": entry.label,
                "rooms": entry.rooms,
                "type": entry.room_type.name,
                "from_on": entry.from_on.isoformat(),
                "until_on": entry.until_on.isoformat(),
            },
        )
    if possible:
        Waiting.objects.filter(pk__in=[entry.pk for entry in possible]).update(told_at=now)
    return possible
