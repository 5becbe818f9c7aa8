"""Blocks: the rooms one booking has. Held, sold, changed, extended, given back; called inside the verbs of
bookings.

These are steps of other rooms' verbs (confirm, cancel, mark as no-show), which carry the permission; here
only the hotel
is checked. The same hold for the same booking again is the same block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.writing import durably, writing
from guiju.rooms.actions.door import About, Move, insert, move_back, move_rooms, take_or_refuse
from guiju.rooms.actions.freed import tell_waiting
from guiju.rooms.lines import Cell, Line, cells_of
from guiju.rooms.models import Block, BlockNight
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing, Refusal

State = Block.State
OUT: Final = Block.Source.OUT_OF_ORDER
KEEP: Final[Any] = object()  # "leave it as it is", where None means something


def hold(
    hotel: Hotel,
    *,
    about: tuple[str, str],
    label: str,
    lines: Iterable[Line],
    until_at: datetime | None,
    by: Actor,
    now: datetime,
) -> Block:
    """Hold rooms for somebody until a moment (None: until further notice); the same hold again is the same
    block.

    `about` is (kind, id), e.g. ("booking", id). Raises NoRoom with `shortage` [(RoomType, night, left,
    wanted)] and
    nothing changed; Invalid for impossible lines; Refusal "held_otherwise" if it holds other rooms already
    (change it).
    Implements booking.no-oversell, group.availability-first.
    """
    return _take(hotel, State.HELD, about, label, list(lines), until_at, "booking", by, now)


def sell_directly(
    hotel: Hotel,
    *,
    about: tuple[str, str],
    label: str,
    lines: Iterable[Line],
    by: Actor,
    now: datetime,
    source: str = "booking",
) -> Block:
    """Sell rooms that were not held before. Raises as `hold`; a block that is held for the same booking is
    sold."""
    return _take(hotel, State.SOLD, about, label, list(lines), None, source, by, now)


def sell(block: Block, *, by: Actor, now: datetime) -> Block:
    """Held rooms become sold rooms; sold ones stay so. Raises Refusal "block_released" if they were given
    back."""

    def step() -> Block:
        held = _mine(block, by).filter(state=State.HELD)
        if held.update(state=State.SOLD, hold_until_at=None, updated_at=now):
            block.state, block.hold_until_at, block.updated_at = State.SOLD, None, now
            moves = {cell: Move(sold=rooms, held=-rooms) for cell, rooms in nights_of(block).items()}
            move_back(block.hotel_id, moves, _about(block, by, now))
            return block
        block.refresh_from_db()
        if block.state == State.RELEASED:
            raise _released()
        return block

    return _step(block.hotel_id, step, by, now)


def release(block: Block, *, by: Actor, now: datetime) -> int:
    """Give all rooms of the block back; how many room nights came free (0 if it was given back before)."""
    return _release(block, _mine(block, by).exclude(state=State.RELEASED), by, now)


def lapse(block: Block, *, by: Actor, now: datetime) -> int:
    """Give a hold back if its time has come and nobody extended or sold it meanwhile; room nights that
    came free.

    Implements booking.hold-until.
    """
    due = _mine(block, by).filter(state=State.HELD, hold_until_at__isnull=False, hold_until_at__lte=now)
    return _release(block, due, by, now)


def extend(block: Block, until_at: datetime | None, *, by: Actor, now: datetime) -> Block:
    """Hold until another moment (None: no end, e.g. guaranteed). Raises Refusal "block_released" if given
    back already."""

    def step() -> Block:
        changed = _mine(block, by).filter(state=State.HELD).update(hold_until_at=until_at, updated_at=now)
        block.refresh_from_db()
        if not changed and block.state == State.RELEASED:
            raise _released()
        return block

    return _step(block.hotel_id, step, by, now)


def change(
    block: Block,
    lines: Iterable[Line],
    *,
    by: Actor,
    now: datetime,
    label: str | None = None,
    until_at: datetime | None = KEEP,
) -> Block:
    """Move the block to other rooms or nights: what is more is taken, what is less given back, whole or
    not at all.

    Raises NoRoom with what is left of the nights that are short (the block stays as it was), Refusal
    "block_released" if its rooms were given back.
    """
    wanted = cells_of(block.hotel_id, lines)

    def step() -> Block:
        row = _locked(block, by)
        if row.state == State.RELEASED:
            raise _released()
        present = nights_of(row)
        more = {
            cell: rooms - present.get(cell, 0)
            for cell, rooms in wanted.items()
            if rooms > present.get(cell, 0)
        }
        less = {
            cell: wanted.get(cell, 0) - rooms
            for cell, rooms in present.items()
            if rooms > wanted.get(cell, 0)
        }
        if more or less:
            moves = {cell: _move(row, rooms) for cell, rooms in {**more, **less}.items()}
            take_or_refuse(row.hotel_id, more, lambda: move_rooms(row.hotel_id, moves, _about(row, by, now)))
            _rewrite_nights(row, wanted)
        if label is not None:
            row.label = label[:120]
        if until_at is not KEEP and row.state == State.HELD:
            row.hold_until_at = until_at
        _span(row, wanted)
        row.updated_at = now
        row.save(update_fields=["label", "hold_until_at", "first_night", "last_night", "rooms", "updated_at"])
        _copy(row, block)
        if less:
            tell_waiting(row.hotel_id, less, because=str(row.pk), now=now)
        return block

    return _step(block.hotel_id, step, by, now)


def nights_of(block: Block) -> dict[Cell, int]:
    """Rooms of the block per (room type id, night)."""
    return {
        (room_type, night): rooms
        for room_type, night, rooms in BlockNight.objects.filter(block=block).values_list(
            "room_type_id", "night", "rooms"
        )
    }


def block_of(hotel_id: UUID, about: tuple[str, str]) -> Block | None:
    """The block of a booking (or enquiry), if it ever had one."""
    return Block.objects.of(hotel_id).filter(about_kind=about[0], about_id=str(about[1])).first()


# How it is done


def _take(
    hotel: Hotel,
    state: str,
    about: tuple[str, str],
    label: str,
    lines: list[Line],
    until_at: datetime | None,
    source: str,
    by: Actor,
    now: datetime,
) -> Block:
    if by.hotel_id != hotel.pk:
        raise Missing("no such hotel")
    wanted = cells_of(hotel.pk, lines)
    fresh = Block(
        hotel_id=hotel.pk,
        about_kind=about[0],
        about_id=str(about[1]),
        label=label[:120],
        state=state,
        hold_until_at=until_at,
        source=source,
        by_id=by.person_id,
        created_at=now,
        updated_at=now,
    )
    _span(fresh, wanted)

    def take() -> Block | None:
        if not insert([fresh], unless_there=True):
            return None
        _fill(fresh, wanted, by, now)
        return fresh

    def step() -> Block:
        return take_or_refuse(hotel.pk, wanted, take) or _again(fresh, wanted, by, now)

    return _step(hotel.pk, step, by, now)


def _fill(block: Block, wanted: Mapping[Cell, int], by: Actor, now: datetime) -> None:
    move_rooms(
        block.hotel_id, {cell: _move(block, rooms) for cell, rooms in wanted.items()}, _about(block, by, now)
    )
    _insert_nights(block, wanted)


def _again(fresh: Block, wanted: dict[Cell, int], by: Actor, now: datetime) -> Block:
    """The booking has a block already: the same request again, a sale of what is held, or rooms taken anew
    after a release."""
    row = (
        Block.objects.of(fresh.hotel_id)
        .select_for_update()
        .get(about_kind=fresh.about_kind, about_id=fresh.about_id)
    )
    if row.state == State.RELEASED:
        BlockNight.objects.filter(block=row).delete()
        for name in (
            "state",
            "label",
            "hold_until_at",
            "source",
            "first_night",
            "last_night",
            "rooms",
            "by_id",
            "updated_at",
        ):
            setattr(row, name, getattr(fresh, name))
        take_or_refuse(row.hotel_id, wanted, lambda: _fill(row, wanted, by, now))
        row.save()
        return row
    if nights_of(row) != wanted:
        raise Refusal(_("Other rooms are held for this already; change those."), code="held_otherwise")
    if row.state == State.HELD and fresh.state == State.SOLD:
        return sell(row, by=by, now=now)
    return row


def _release(block: Block, which: Any, by: Actor, now: datetime) -> int:
    def step() -> int:
        before = _locked(block, by)
        changed = which.update(state=State.RELEASED, hold_until_at=None, updated_at=now)
        if not changed:
            block.refresh_from_db()
            return 0
        freed = nights_of(block)
        moves = {cell: _move(before, -rooms) for cell, rooms in freed.items()}
        move_back(block.hotel_id, moves, _about(before, by, now))
        block.refresh_from_db()
        tell_waiting(block.hotel_id, freed, because=str(block.pk), now=now)
        return sum(freed.values())

    return _step(block.hotel_id, step, by, now)


def _step(hotel_id: UUID, step: Any, by: Actor, now: datetime) -> Any:
    def attempt() -> Any:
        with writing(hotel_id, by=by, now=now):
            return step()

    return durably(attempt)


def _mine(block: Block, by: Actor) -> Any:
    if by.hotel_id != block.hotel_id:
        raise Missing("no such block")
    return Block.objects.of(block.hotel_id).filter(pk=block.pk)


def _locked(block: Block, by: Actor) -> Block:
    """The block as it is now; until the end of the step nobody else changes it."""
    row = _mine(block, by).select_for_update().first()
    if row is None:
        raise Missing("no such block")
    return row


def _move(block: Block, rooms: int) -> Move:
    if block.source == OUT:
        return Move(out_of_order=rooms)
    return Move(held=rooms) if block.state == State.HELD else Move(sold=rooms)


def _about(block: Block, by: Actor, now: datetime) -> About:
    return About(block.about_kind, block.about_id, block.source, by.person_id, now)


def _span(block: Block, wanted: Mapping[Cell, int]) -> None:
    nights: dict[Any, int] = {}
    for (_room_type, night), rooms in wanted.items():
        nights[night] = nights.get(night, 0) + rooms
    block.first_night, block.last_night, block.rooms = min(nights), max(nights), max(nights.values())


def _insert_nights(block: Block, wanted: Mapping[Cell, int]) -> None:
    insert(
        [
            BlockNight(
                hotel_id=block.hotel_id, block_id=block.pk, room_type_id=room_type, night=night, rooms=rooms
            )
            for (room_type, night), rooms in wanted.items()
        ]
    )


def _rewrite_nights(block: Block, wanted: Mapping[Cell, int]) -> None:
    BlockNight.objects.filter(block=block).delete()
    _insert_nights(block, wanted)


def _copy(row: Block, block: Block) -> None:
    for field in Block._meta.concrete_fields:
        setattr(block, field.attname, getattr(row, field.attname))


def _released() -> Refusal:
    return Refusal(_("These rooms were given back; hold them anew."), code="block_released")
