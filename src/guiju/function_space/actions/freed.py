"""When a hall comes free, those who wait for it are not forgotten: the handler is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from guiju.function_space.models import HallWaiting
from guiju.function_space.queries.waiting import could_have, wanting
from guiju.function_space.spans import Span
from guiju.logbook.writing import note
from guiju.notices.actions import tell

MSG = gettext_noop("%(hall)s has come free for %(label)s")
BRIEF = gettext_noop("A hall is free again for somebody on the waiting list: %(hall)s")


def tell_waiting(hotel_id: UUID, sections: Iterable[UUID], span: Span, *, because: str, now: datetime) -> list[HallWaiting]:
    """Tell the handlers of waiting requests that this freed time made possible; once per cause. One query when nobody waits."""
    possible = could_have(hotel_id, wanting(hotel_id, sections, span, now=now))
    for entry in possible:
        note("hall_waiting.possible", entry, hall=entry.hall.code, handler=str(entry.handler_id) if entry.handler_id else None)
        tell(
            hotel_id, text=MSG, brief=BRIEF, key=f"hall_waiting:{entry.pk}:{because}", now=now, person_id=entry.handler_id,
            department="" if entry.handler_id else "sales", url=reverse("function_space:waiting"), urgency="soon",
            values={"label": entry.label, "hall": entry.hall.name}, about=entry.subject,
        )
    if possible:
        HallWaiting.objects.of(hotel_id).filter(pk__in=[entry.pk for entry in possible]).update(told_at=now)
    return possible
