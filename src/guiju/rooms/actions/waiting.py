"""The waiting list: who wants rooms that are full, and is told when some come free."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms.actions.door import insert
from guiju.rooms.lines import Line, cells_of
from guiju.rooms.models import RoomType, Waiting
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid


@verb("bookings.hold")
def wait_for(
    hotel: Hotel,
    *,
    about: tuple[str, str],
    label: str,
    room_type: RoomType,
    from_on: date,
    until_on: date,
    rooms: int,
    handler_id: UUID | None = None,
    by: Actor,
    now: datetime,
) -> Waiting:
    """Put a request on the waiting list; the same request again is the same entry. Raises Invalid for
    impossible lines.

    `handler_id` is told when rooms come free (by default whoever enters it).
    """
    cells_of(hotel.pk, [Line(room_type, from_on, until_on, rooms)])
    if not label.strip():
        raise Invalid(errors={"label": [_("Say who is waiting.")]})
    entry = Waiting(
        hotel_id=hotel.pk,
        about_kind=about[0],
        about_id=str(about[1]),
        label=label.strip()[:120],
        handler_id=handler_id or by.person_id,
        room_type=room_type,
        from_on=from_on,
        until_on=until_on,
        rooms=rooms,
        at=now,
    )
    if not insert([entry], unless_there=True):
        return Waiting.objects.of(hotel.pk).get(
            about_kind=about[0],
            about_id=str(about[1]),
            room_type=room_type,
            from_on=from_on,
            until_on=until_on,
            closed_at__isnull=True,
        )
    note("waiting.added", entry, rooms=rooms, from_on=from_on, until_on=until_on)
    return entry


@verb("bookings.hold")
def close_waiting(entry: Waiting, *, reason: str, by: Actor, now: datetime) -> Waiting:
    """Take a request off the list, with what became of it; closing it twice changes nothing."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say what became of it.")]})
    open_ = Waiting.objects.filter(pk=entry.pk, closed_at__isnull=True)
    if open_.update(closed_at=now, closed_reason=reason.strip()[:200]):
        note("waiting.closed", entry, reason=reason.strip()[:200])
    entry.refresh_from_db()
    return entry
