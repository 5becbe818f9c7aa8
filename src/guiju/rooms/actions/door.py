"""The one door of the inventory: counters move by conditional UPDATE, night by night in one fixed order,
whole or not at all.

Nobody counts rooms and then writes. Each UPDATE carries its own condition (sold + held + out of order + n
≤ sell limit);
if one of them finds no row to change, everything since the savepoint is undone. Each movement is also a
ledger row, and
queries.verify proves that the counters are the sums of the ledger. Implements booking.no-oversell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from guiju.rooms.lines import Cell, in_order, say_night
from guiju.rooms.models import InventoryEntry, RoomNight, RoomType
from guiju.rooms.queries.availability import lefts
from guiju.shelf.errors import NoRoom

T = TypeVar("T")

MOVE = """
UPDATE rooms_roomnight SET sold = sold + %s, held = held + %s, out_of_order = out_of_order + %s
 WHERE hotel_id = %s AND room_type_id = %s AND night = %s
   AND sold + held + out_of_order + %s <= sell_limit
   AND sold + %s >= 0 AND held + %s >= 0 AND out_of_order + %s >= 0
"""


@dataclass(frozen=True, slots=True)
class Move:
    """How the counters of one room type in one night change."""

    sold: int = 0
    held: int = 0
    out_of_order: int = 0

    @property
    def total(self) -> int:
        """Rooms taken (or, below zero, given back)."""
        return self.sold + self.held + self.out_of_order

    def __add__(self, other: Move) -> Move:
        return Move(self.sold + other.sold, self.held + other.held, self.out_of_order + other.out_of_order)


@dataclass(frozen=True, slots=True)
class About:
    """For whom and by whom rooms move: repeated in each ledger row."""

    kind: str
    id: str
    source: str
    by_id: UUID | None
    at: datetime


class Short(Exception):
    """Not every night could be taken: what was taken since the savepoint is undone."""


def whole_or_not(hotel_id: UUID, cells: Iterable[Cell], take: Callable[[], T]) -> T:
    """Run `take` in a savepoint; nights without a row are made and it runs once more; then NoRoom, nothing
    changed.

    `cells` are the nights of which rooms are taken, with the numbers in `take`'s own hands.
    """
    wanted = list(cells)
    try:
        with transaction.atomic():
            return take()
    except Short:
        open_nights(hotel_id, wanted)
    with transaction.atomic():
        return take()


def take_or_refuse(hotel_id: UUID, needed: Mapping[Cell, int], take: Callable[[], T]) -> T:
    """`whole_or_not`, with the refusal: NoRoom.shortage lists (RoomType, night, rooms left, rooms wanted)
    per short night."""
    try:
        return whole_or_not(hotel_id, needed, take)
    except Short:
        raise no_room(hotel_id, needed) from None


def shift(hotel_id: UUID, moves: Mapping[Cell, Move]) -> None:
    """Move the counters, in the fixed order, by one statement a night in one go; Short if any night did
    not move."""
    rows = []
    for (room_type_id, night), move in sorted(moves.items(), key=in_order):
        if move == Move():
            continue
        rows.append(
            [
                move.sold,
                move.held,
                move.out_of_order,
                key(hotel_id),
                key(room_type_id),
                day(night),
                max(move.total, 0),
                move.sold,
                move.held,
                move.out_of_order,
            ]
        )
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(MOVE, rows)
        if cursor.rowcount != len(rows):
            raise Short


def write_ledger(hotel_id: UUID, moves: Mapping[Cell, Move], about: About) -> None:
    """One ledger row for each night that moved."""
    insert(
        [
            InventoryEntry(
                hotel_id=hotel_id,
                room_type_id=room_type_id,
                night=night,
                sold=move.sold,
                held=move.held,
                out_of_order=move.out_of_order,
                source=about.source,
                about_kind=about.kind,
                about_id=about.id,
                by_id=about.by_id,
                at=about.at,
            )
            for (room_type_id, night), move in moves.items()
            if move != Move()
        ]
    )


def move_rooms(hotel_id: UUID, moves: Mapping[Cell, Move], about: About) -> None:
    """Counters and ledger together. Raises Short."""
    shift(hotel_id, moves)
    write_ledger(hotel_id, moves, about)


def move_back(hotel_id: UUID, moves: Mapping[Cell, Move], about: About) -> None:
    """Give rooms back, or turn held into sold ones: what can only fail if somebody wrote past this door."""
    try:
        move_rooms(hotel_id, moves, about)
    except Short:
        raise no_room(hotel_id, {}) from None


def open_nights(hotel_id: UUID, cells: Iterable[Cell]) -> None:
    """Make the rows of nights that have none, with the rooms there are as their limit.

    The room types are locked meanwhile, so that a change of their number of rooms (actions.room_types)
    cannot pass by.
    """
    wanted = sorted(set(cells), key=lambda cell: in_order((cell, None)))
    types = RoomType.objects.of(hotel_id).filter(pk__in={room_type for room_type, _night in wanted})
    limits = {
        row.pk: 0 if row.closed_at else row.physical for row in types.order_by("pk").select_for_update()
    }
    insert(
        [
            RoomNight(hotel_id=hotel_id, room_type_id=room_type, night=night, sell_limit=limits[room_type])
            for room_type, night in wanted
            if room_type in limits
        ],
        unless_there=True,
    )


def no_room(hotel_id: UUID, needed: Mapping[Cell, int]) -> NoRoom:
    """The refusal, with what is left of each short night, read after nothing was changed."""
    if not needed:
        raise RuntimeError(
            "rooms could not be given back: the counters do not agree with the blocks (guiju verify)"
        )
    types = {row.pk: row for row in RoomType.objects.of(hotel_id).filter(pk__in={cell[0] for cell in needed})}
    left = lefts(hotel_id, list(needed), types)
    shortage = [
        (types[room_type], night, left[(room_type, night)], rooms)
        for (room_type, night), rooms in needed.items()
        if left[(room_type, night)] < rooms
    ]
    if not shortage:  # it came free in between: the same request may be sent again
        return NoRoom(_("Somebody else was faster; please try again."), shortage=[])
    shown = [
        _("%(type)s, %(night)s: %(left)s left")
        % {"type": kind.shown, "night": say_night(night), "left": max(rest, 0)}
        for kind, night, rest, _rooms in shortage[:6]
    ]
    return NoRoom(_("Not enough rooms: %(list)s.") % {"list": _("; ").join(shown)}, shortage=shortage)


def key(value: UUID) -> Any:
    """A UUID as this database keeps it."""
    return value if connection.features.has_native_uuid_field else value.hex


def day(value: date) -> Any:
    """A date as this database keeps it."""
    return connection.ops.adapt_datefield_value(value)


def insert(rows: Sequence[Model], *, unless_there: bool = False) -> int:
    """Insert the rows in one statement and say how many; with `unless_there`, rows that are there already
    stay as they are.

    Django's bulk_create does not say how many of the rows were new, and that is the whole question when two
    processes start the same block.
    """
    if not rows:
        return 0
    meta = rows[0]._meta
    fields = meta.concrete_fields
    count = 0
    size = max(1, 900 // len(fields))  # parameters a statement may have on the older SQLite lines
    head = f"INSERT INTO {meta.db_table} ({', '.join(field.column for field in fields)}) VALUES "
    tail = " ON CONFLICT DO NOTHING" if unless_there else ""
    place = "(" + ", ".join(["%s"] * len(fields)) + ")"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            values = [
                field.get_db_prep_save(getattr(row, field.attname), connection)
                for row in part
                for field in fields
            ]
            cursor.execute(head + ", ".join([place] * len(part)) + tail, values)
            count += cursor.rowcount
    for row in rows:
        row._state.adding = False
    return count
