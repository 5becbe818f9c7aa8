"""For the enquiry desk: what is left before and after these rooms, who else wants the same scarce nights,
what else would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from guiju.rooms.lines import Cell, Line, cells_of
from guiju.rooms.models import BlockNight, RoomType
from guiju.rooms.queries.availability import Matrix, availability, state_of

AROUND = 1  # nights shown before the arrival
SHOWN_NIGHTS = 6  # at least so many columns


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the before → after table."""

    before: int
    after: int
    wanted: int
    physical: int
    selected: bool

    @property
    def state(self) -> str:
        return state_of(self.after, self.physical)

    @property
    def short(self) -> bool:
        return self.after < 0


@dataclass(slots=True)
class BeforeAfter:
    """Availability around a stay, before and after its rooms are held; `short` lists (RoomType, night,
    left, wanted)."""

    nights: list[date]
    selected: list[bool]
    rows: list[tuple[RoomType, list[Shown]]]
    occupancy: list[int]
    short: list[tuple[RoomType, date, int, int]]
    scarce: list[
        tuple[RoomType, date, int]
    ]  # nights of the stay of which few are left after it: (type, night, after)

    @property
    def fits(self) -> bool:
        """Whether all of it is there (group.availability-first)."""
        return not self.short


@dataclass(frozen=True, slots=True)
class Competing:
    """Somebody else who wants the same scarce nights: a hold, or an enquiry still open."""

    about: tuple[str, str]
    label: str
    room_type: RoomType
    nights: tuple[date, ...]
    rooms: int
    until_at: datetime | None = None
    kind: str = "hold"


# The enquiries register here: (hotel_id, {cell: rooms wanted}, exclude about) -> who else wants them
others_wanting: list[Callable[[UUID, Mapping[Cell, int], tuple[str, str] | None], Iterable[Competing]]] = []


def before_after(
    hotel_id: UUID, lines: Iterable[Line], *, held: Mapping[Cell, int] | None = None
) -> BeforeAfter:
    """What is left around a stay, before → after, in two queries. `held`: what this booking has already
    (nights_of its block)."""
    wanted = cells_of(hotel_id, lines)
    mine = held or {}
    first, last = min(cell[1] for cell in wanted), max(cell[1] for cell in wanted)
    start = first - timedelta(days=AROUND)
    end = max(last + timedelta(days=3), start + timedelta(days=SHOWN_NIGHTS))
    matrix = availability(hotel_id, start, end)
    table = BeforeAfter(matrix.nights, [first <= night <= last for night in matrix.nights], [], [], [], [])
    for row in matrix.rows:
        cells = []
        for night, there in zip(matrix.nights, row.nights, strict=True):
            cell = (row.room_type.pk, night)
            rooms = wanted.get(cell, 0)
            before = there.left + mine.get(cell, 0)
            shown = Shown(before, before - rooms, rooms, row.room_type.physical, first <= night <= last)
            cells.append(shown)
            if shown.short and rooms:
                table.short.append((row.room_type, night, before, rooms))
            elif rooms and shown.state:
                table.scarce.append((row.room_type, night, shown.after))
        table.rows.append((row.room_type, cells))
    table.occupancy = _occupancy_after(matrix, wanted, mine)
    return table


def _occupancy_after(matrix: Matrix, wanted: Mapping[Cell, int], mine: Mapping[Cell, int]) -> list[int]:
    shares = []
    for index, night in enumerate(matrix.nights):
        column = [(row.room_type.pk, row.nights[index]) for row in matrix.rows]
        there = sum(cell.physical - cell.out_of_order for _pk, cell in column)
        taken = sum(
            cell.sold + cell.held + wanted.get((pk, night), 0) - mine.get((pk, night), 0)
            for pk, cell in column
        )
        shares.append(round(100 * taken / there) if there > 0 else 0)
    return shares


def competing(
    hotel_id: UUID, lines: Iterable[Line], exclude: tuple[str, str] | None = None
) -> list[Competing]:
    """Open holds, and open enquiries, that want nights of which little is left after these lines; soonest
    to lapse first."""
    asked = list(lines)
    wanted = cells_of(hotel_id, asked)
    table = before_after(hotel_id, asked)
    cells = [(kind.pk, night) for kind, night, _left, _wanted in table.short]
    cells += [(kind.pk, night) for kind, night, _after in table.scarce]
    scarce = {cell: wanted[cell] for cell in cells}
    if not scarce:
        return []
    found = _holds_on(hotel_id, scarce, exclude)
    for ask in others_wanting:
        found += list(ask(hotel_id, scarce, exclude))
    return found


@dataclass(slots=True)
class _Hold:
    room_type: RoomType
    label: str
    until_at: datetime | None
    nights: list[date] = field(default_factory=list)
    rooms: int = 0


def _holds_on(hotel_id: UUID, scarce: Mapping[Cell, int], exclude: tuple[str, str] | None) -> list[Competing]:
    nights = {night for _kind, night in scarce}
    rows = (
        BlockNight.objects.of(hotel_id)
        .filter(
            block__state="held",
            night__gte=min(nights),
            night__lte=max(nights),
            room_type_id__in={kind for kind, _night in scarce},
        )
        .select_related("block", "room_type")
        .order_by("block__hold_until_at", "block_id", "night")
    )
    holds: dict[tuple[str, str, UUID], _Hold] = {}
    for row in rows:
        about = (row.block.about_kind, row.block.about_id)
        if (row.room_type_id, row.night) not in scarce or about == exclude:
            continue
        hold = holds.setdefault(
            (*about, row.room_type_id), _Hold(row.room_type, row.block.label, row.block.hold_until_at)
        )
        hold.nights.append(row.night)
        hold.rooms = max(hold.rooms, row.rooms)
    return [
        Competing((kind, pk), hold.label, hold.room_type, tuple(hold.nights), hold.rooms, hold.until_at)
        for (kind, pk, _type), hold in holds.items()
    ]


def alternatives(hotel_id: UUID, lines: Iterable[Line], *, days: int = 7, most: int = 4) -> list[list[Line]]:
    """What else would do when it does not fit: other types on the same nights, then the same types on near
    dates. Two queries."""
    asked = list(lines)
    wanted = cells_of(hotel_id, asked)
    first, last = min(cell[1] for cell in wanted), max(cell[1] for cell in wanted)
    matrix = availability(hotel_id, first - timedelta(days=days), last + timedelta(days=days + 1))
    left = {
        (row.room_type.pk, night): cell.left
        for row in matrix.rows
        for night, cell in zip(matrix.nights, row.nights, strict=True)
    }
    offers = [offer for offer in _other_types(asked, matrix, left) if _fits(hotel_id, offer, left)]
    shifts = sorted((step for step in range(-days, days + 1) if step), key=lambda step: (abs(step), step < 0))
    offers += [offer for offer in (_moved(asked, step) for step in shifts) if _fits(hotel_id, offer, left)]
    return offers[:most]


def _fits(hotel_id: UUID, lines: list[Line], left: Mapping[Cell, int]) -> bool:
    return all(left.get(cell, 0) >= rooms for cell, rooms in cells_of(hotel_id, lines).items())


def _moved(lines: list[Line], step: int) -> list[Line]:
    by = timedelta(days=step)
    return [Line(line.room_type, line.from_on + by, line.until_on + by, line.rooms) for line in lines]


def _other_types(lines: list[Line], matrix: Matrix, left: Mapping[Cell, int]) -> Iterable[list[Line]]:
    """Each short line with another type of the same use; the other lines as they are."""
    short = [
        line
        for line in lines
        if any(
            left.get((line.room_type.pk, line.from_on + timedelta(days=day)), 0) < line.rooms
            for day in range((line.until_on - line.from_on).days)
        )
    ]
    for row in matrix.rows:
        kind = row.room_type
        if any(kind.pk == line.room_type.pk or kind.is_escort != line.room_type.is_escort for line in short):
            continue
        yield [
            Line(kind, line.from_on, line.until_on, line.rooms) if line in short else line for line in lines
        ]
