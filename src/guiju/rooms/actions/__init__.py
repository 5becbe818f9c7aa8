"""The one door for rooms: hold, sell, change, extend, give back; what others sell; limits; room types; the
waiting list."""

from guiju.rooms.actions.blocks import (
    block_of,
    change,
    extend,
    hold,
    lapse,
    nights_of,
    release,
    sell,
    sell_directly,
)
from guiju.rooms.actions.elsewhere import Report, sold_elsewhere, sold_elsewhere_all
from guiju.rooms.actions.limits import set_sell_limit
from guiju.rooms.actions.room_types import (
    add_room_type,
    close_room_type,
    edit_room_type,
    import_room_types,
    reopen_room_type,
)
from guiju.rooms.actions.waiting import close_waiting, wait_for
from guiju.rooms.lines import Line

__all__ = [
    "Line",
    "Report",
    "add_room_type",
    "block_of",
    "change",
    "close_room_type",
    "close_waiting",
    "edit_room_type",
    "extend",
    "hold",
    "import_room_types",
    "lapse",
    "nights_of",
    "release",
    "reopen_room_type",
    "sell",
    "sell_directly",
    "set_sell_limit",
    "sold_elsewhere",
    "sold_elsewhere_all",
    "wait_for",
]
