"""Sell limits: how many rooms of a type may be sold in a night, signed by somebody who may."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms.actions.door import Short, day, key, open_nights
from guiju.rooms.actions.freed import tell_waiting
from guiju.rooms.lines import MOST_NIGHTS, MOST_ROOMS, nights_between, say_nights
from guiju.rooms.models import RoomNight, RoomType, SellLimit
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

LIMIT = """
UPDATE rooms_roomnight SET sell_limit = %s
 WHERE hotel_id = %s AND room_type_id = %s AND night = %s AND sold + held + out_of_order <= %s
"""


@verb("rooms.sell_limit")
def set_sell_limit(
    room_type: RoomType, *, from_on: date, until_on: date, limit: int, reason: str, by: Actor, now: datetime
) -> SellLimit:
    """Sign how many rooms of the type may be sold in each night from `from_on` up to, not including,
    `until_on`.

    Below what is sold, held and out of order it is refused (Invalid names the nights, nothing changed).
    More rooms than
    there are is overbooking and needs rooms.oversell (NotAllowed). Implements booking.no-oversell.
    """
    _check(room_type, from_on, until_on, limit, reason)
    over = max(0, limit - room_type.physical)
    if over:
        by.require("rooms.oversell", hotel_id=room_type.hotel_id)
    nights = nights_between(from_on, until_on)
    cells = [(room_type.pk, night) for night in nights]
    open_nights(room_type.hotel_id, cells)
    rows = [[limit, key(room_type.hotel_id), key(room_type.pk), day(night), limit] for night in nights]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(LIMIT, rows)
            if cursor.rowcount != len(rows):
                raise Short
    except Short:
        raise _too_low(room_type, from_on, until_on, limit) from None
    signed = SellLimit.objects.create(
        hotel_id=room_type.hotel_id,
        room_type=room_type,
        from_on=from_on,
        until_on=until_on,
        limit=limit,
        reason=reason.strip()[:200],
        by_id=by.person_id,
        at=now,
    )
    note(
        "sell_limit.set",
        room_type,
        from_on=from_on,
        until_on=until_on,
        limit=limit,
        over=over,
        text=signed.reason,
    )
    tell_waiting(room_type.hotel_id, cells, because=str(signed.pk), now=now)
    return signed


def _check(room_type: RoomType, from_on: date, until_on: date, limit: int, reason: str) -> None:
    errors: dict[str, list[str]] = {}
    if room_type.closed_at is not None:
        errors["room_type"] = [_("%(type)s is no longer sold.") % {"type": room_type.shown}]
    if until_on <= from_on:
        errors["until_on"] = [_("The last day must be after the first.")]
    elif (until_on - from_on).days > MOST_NIGHTS:
        errors["until_on"] = [_("At most %(nights)s nights at once.") % {"nights": MOST_NIGHTS}]
    if not 0 <= limit <= MOST_ROOMS:
        errors["limit"] = [_("The limit must be between 0 and %(most)s.") % {"most": MOST_ROOMS}]
    if not reason.strip():
        errors["reason"] = [_("Say why: the limit is signed with its reason.")]
    if errors:
        raise Invalid(errors=errors)


def _too_low(room_type: RoomType, from_on: date, until_on: date, limit: int) -> Invalid:
    rows = RoomNight.objects.of(room_type.hotel_id).filter(
        room_type=room_type, night__gte=from_on, night__lt=until_on
    )
    over = [row for row in rows if row.sold + row.held + row.out_of_order > limit]
    most = max((row.sold + row.held + row.out_of_order for row in over), default=limit + 1)
    text = _(
        "Already sold, held or out of order beyond this: %(nights)s. The limit must be at least %(most)s."
    ) % {
        "nights": say_nights(row.night for row in over),
        "most": most,
    }
    return Invalid(
        errors={"limit": [text]},
        nights=[row.night.isoformat() for row in sorted(over, key=lambda row: row.night)],
    )
