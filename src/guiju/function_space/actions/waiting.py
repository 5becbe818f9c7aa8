"""The waiting list: who wants a hall that is taken, and is told when it comes free."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.function_space.actions.taking import hold
from guiju.function_space.models import Function, Hall, HallWaiting
from guiju.function_space.spans import Span, checked
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms.actions.door import insert
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal


@verb("function_space.hold")
def wait_for(
    hotel: Hotel,
    *,
    hall: Hall,
    from_at: datetime,
    until_at: datetime,
    label: str,
    setup_minutes: int | None = None,
    turn_minutes: int | None = None,
    about: tuple[str, str] | None = None,
    persons: int | None = None,
    handler_id: UUID | None = None,
    by: Actor,
    now: datetime,
) -> HallWaiting:
    """Put somebody on the waiting list for a hall; the same again is the same entry. `handler_id` is told when it comes free."""
    setup = hall.setup_minutes if setup_minutes is None else setup_minutes
    span = checked(Span(from_at, until_at, setup, hall.turn_minutes if turn_minutes is None else turn_minutes))
    errors: dict[str, list[str]] = {}
    if not label.strip():
        errors["label"] = [_("Say who is waiting.")]
    if until_at <= now:
        errors["until_at"] = [_("This time has passed.")]
    if errors:
        raise Invalid(errors=errors)
    entry = HallWaiting(
        hotel_id=hotel.pk, hall=hall, from_at=from_at, until_at=until_at, setup_minutes=span.setup_minutes,
        turn_minutes=span.turn_minutes, label=label.strip()[:120], persons=persons, handler_id=handler_id or by.person_id, at=now,
    )
    entry.about_kind, entry.about_id = (about[0], str(about[1])) if about else ("hall_waiting", label.strip()[:60])
    if not insert([entry], unless_there=True):
        same: Any = {"hall": hall, "from_at": from_at, "until_at": until_at, "closed_at__isnull": True}
        there: HallWaiting = HallWaiting.objects.of(hotel.pk).get(about_kind=entry.about_kind, about_id=entry.about_id, **same)
        return there
    note(
        "hall_waiting.added", entry, hall=hall.code, from_at=from_at, until_at=until_at,
        handler=str(entry.handler_id) if entry.handler_id else None,
    )
    return entry


@verb("function_space.hold")
def close_waiting(entry: HallWaiting, *, reason: str, by: Actor, now: datetime) -> HallWaiting:
    """Take somebody off the list, with what became of it; closing twice changes nothing."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say what became of it.")]})
    if HallWaiting.objects.of(entry.hotel_id).filter(pk=entry.pk, closed_at__isnull=True).update(
        closed_at=now, closed_reason=reason.strip()[:200]
    ):
        note("hall_waiting.closed", entry, reason=reason.strip()[:200])
    entry.refresh_from_db()
    return entry


@verb("function_space.hold")
def take_waited_for(entry: HallWaiting, *, option_until_at: datetime | None = None, by: Actor, now: datetime) -> Function:
    """The hall came free: take it for whoever waits, and close the entry. Raises HallTaken when somebody else was faster."""
    if entry.closed_at is not None:
        raise Refusal(_("This entry is closed."), code="waiting_closed")
    own = entry.about_kind == "hall_waiting"
    row = hold(
        entry.hotel, hall=entry.hall, from_at=entry.from_at, until_at=entry.until_at, label=entry.label,
        setup_minutes=entry.setup_minutes, turn_minutes=entry.turn_minutes,
        about=None if own else (entry.about_kind, entry.about_id), option_until_at=option_until_at, persons=entry.persons,
        handler_id=entry.handler_id, by=by, now=now,
    )
    close_waiting(entry, reason=_("has the hall"), by=by, now=now)
    return row
