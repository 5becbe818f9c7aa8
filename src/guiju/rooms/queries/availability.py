"""What is left of each room type in each night: two queries for any period, nights without a row counted
as free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guiju.rooms.lines import Cell, Line, nights_between
from guiju.rooms.models import RoomNight, RoomType
from guiju.shelf.memory import once_a_page

TIGHT_ROOMS = 3  # this few are tight whatever the type's size,
TIGHT_SHARE = 0.02  # or this share of a large one


@dataclass(slots=True)
class Night:
    """One room type in one night; left = limit − sold − held − out_of_order."""

    limit: int
    sold: int
    held: int
    out_of_order: int
    physical: int

    @property
    def left(self) -> int:
        return self.limit - self.sold - self.held - self.out_of_order

    @property
    def state(self) -> str:
        """full, tight or nothing."""
        return state_of(self.left, self.physical)


def state_of(left: int, physical: int) -> str:
    """How a number of rooms left is marked: full, tight or not at all."""
    if left <= 0:
        return "full"
    return "tight" if left <= max(TIGHT_ROOMS, int(physical * TIGHT_SHARE)) else ""


@dataclass(slots=True)
class Row:
    """One room type over the nights of the period."""

    room_type: RoomType
    nights: list[Night]


@dataclass(slots=True)
class Matrix:
    """Room types down, nights across."""

    nights: list[date]
    rows: list[Row]

    def at(self, room_type_id: UUID, night: date) -> Night | None:
        """One cell, or None outside the matrix."""
        index = (night - self.nights[0]).days if self.nights else -1
        if not 0 <= index < len(self.nights):
            return None
        return next((row.nights[index] for row in self.rows if row.room_type.pk == room_type_id), None)

    def occupancy(self) -> list[int]:
        """Per night, sold and held rooms as a share of those that can be slept in, in per cent."""
        shares = []
        for index in range(len(self.nights)):
            column = [row.nights[index] for row in self.rows]
            there = sum(night.physical - night.out_of_order for night in column)
            taken = sum(night.sold + night.held for night in column)
            shares.append(round(100 * taken / there) if there > 0 else 0)
        return shares

    @property
    def rooms(self) -> int:
        """Rooms there are, of all types shown."""
        return sum(row.room_type.physical for row in self.rows)


def availability(
    hotel_id: UUID, from_on: date, until_on: date, *, types: Iterable[RoomType] | None = None
) -> Matrix:
    """The matrix of a period (`until_on` excluded) in two queries, whatever its length."""
    nights = nights_between(from_on, until_on)
    wanted = list(types) if types is not None else open_types(hotel_id)
    rows = {
        row.pk: Row(row, [Night(row.physical, 0, 0, 0, row.physical) for _night in nights]) for row in wanted
    }
    found = RoomNight.objects.of(hotel_id).filter(night__gte=from_on, night__lt=until_on)
    for room_type_id, night, limit, sold, held, out in found.values_list(
        "room_type_id", "night", "sell_limit", "sold", "held", "out_of_order"
    ):
        row = rows.get(room_type_id)
        if row is not None:
            row.nights[(night - from_on).days] = Night(limit, sold, held, out, row.room_type.physical)
    return Matrix(nights, list(rows.values()))


@once_a_page
def open_types(hotel_id: UUID) -> list[RoomType]:
    """The room types that are sold, in their order."""
    return list(RoomType.objects.of(hotel_id).filter(closed_at__isnull=True))


def lefts(hotel_id: UUID, cells: Sequence[Cell], types: Mapping[UUID, RoomType]) -> dict[Cell, int]:
    """What is left of each of these nights; a night without a row has all its rooms."""
    if not cells:
        return {}
    left = {(room_type, night): types[room_type].physical for room_type, night in cells}
    rows = RoomNight.objects.of(hotel_id).filter(
        room_type_id__in=set(types),
        night__gte=min(cell[1] for cell in cells),
        night__lte=max(cell[1] for cell in cells),
    )
    for room_type, night, limit, sold, held, out in rows.values_list(
        "room_type_id", "night", "sell_limit", "sold", "held", "out_of_order"
    ):
        if (room_type, night) in left:
            left[(room_type, night)] = limit - sold - held - out
    return left


def types_by_word(hotel_id: UUID) -> dict[str, RoomType]:
    """Every way clients write a room type (code, names, words; case ignored) -> the open type: one query."""
    found: dict[str, RoomType] = {}
    for row in open_types(hotel_id):
        for word in (row.code, row.name, row.name_en, row.short_name, *row.words):
            if word:
                found.setdefault(str(word).strip().casefold(), row)
    return found


def lines_from(room_type: RoomType, nights: Mapping[date, int]) -> list[Line]:
    """Nights with numbers as few lines as possible: neighbouring nights with the same number are one line."""
    lines: list[Line] = []
    for night in sorted(nights):
        last = lines[-1] if lines else None
        if last is not None and last.until_on == night and last.rooms == nights[night]:
            lines[-1] = Line(room_type, last.from_on, date.fromordinal(night.toordinal() + 1), last.rooms)
        elif nights[night]:
            lines.append(Line(room_type, night, date.fromordinal(night.toordinal() + 1), nights[night]))
    return lines
