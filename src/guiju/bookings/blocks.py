"""The rooms a booking has in the inventory: its block, and its lines as the inventory's door wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from guiju.bookings.lines import all_types, room_shapes
from guiju.bookings.models import Booking
from guiju.bookings.shapes import RoomLine
from guiju.rooms.lines import Line
from guiju.rooms.models import Block, RoomType


def block_of(booking: Booking) -> Block | None:
    """The block of this booking, whatever its state."""
    kind, pk = booking.subject
    found: Block | None = Block.objects.of(booking.hotel_id).filter(about_kind=kind, about_id=pk).first()
    return found


def held_block(booking: Booking) -> Block | None:
    """The block if it really has rooms (held or sold)."""
    block = block_of(booking)
    return None if block is None or block.state == Block.State.RELEASED else block


def as_lines(rooms: Iterable[RoomLine], types: Mapping[UUID, RoomType]) -> list[Line]:
    """Room lines as inventory lines; guest, escort, free and working rooms all take a room."""
    return [Line(types[line.room_type_id], line.from_on, line.until_on, line.rooms) for line in rooms]


def inventory_lines(booking: Booking) -> list[Line]:
    """The booking's room lines in force, for the inventory."""
    return as_lines(room_shapes(booking), all_types(booking.hotel_id))
