"""Room types on the cast's hotel, and short ways to hold and sell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from guiju.rooms import actions
from guiju.rooms.models import Block, RoomType
from tests.cast import TODAY, Cast


def room_types(cast: Cast, **physical: int) -> dict[str, RoomType]:
    """TWN 10, KNG 4 and ESC 2, or the numbers given."""
    given = {"TWN": 10, "KNG": 4, "ESC": 2, **physical}
    names = {"TWN": ("标准双人间", "Twin"), "KNG": ("大床间", "King"), "ESC": ("司陪房", "Escort room")}
    return {
        code: RoomType.objects.create(
            hotel=cast.hotel, code=code, name=names[code][0], name_en=names[code][1], physical=many, order=place
        )
        for place, (code, many) in enumerate(given.items())
    }


def day(n: int) -> date:
    """The night n days from the cast's today."""
    return TODAY + timedelta(days=n)


def hold(cast: Cast, room_type: RoomType, rooms: int, first: int, until: int, **more: Any) -> Block:
    """Hold rooms from day `first` up to day `until`."""
    given = {"about": ("sample", f"b{first}-{rooms}"), "label": "青岱生物", "until_at": None, **more}
    return actions.hold(
        cast.hotel, lines=[actions.Line(room_type, day(first), day(until), rooms)],
        by=cast.actor("lin"), now=cast.at("10:00"), **given,
    )
