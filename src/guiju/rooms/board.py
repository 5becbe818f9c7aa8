"""The board of rooms: matrix, tape of blocks and one cell opened, read in a few queries for any period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from guiju.rooms.lines import Line, cells_of
from guiju.rooms.models import Block, BlockNight, RoomType, SellLimit
from guiju.rooms.queries.availability import Matrix, Night, availability, state_of
from guiju.shelf import registry

TAPE_ROOMS = 5  # blocks of at least so many rooms stand on the tape
TAPE_LINES = 30
BAR = 60  # width of a cell's bar
Subject = tuple[str, str]


@dataclass(slots=True)
class Cell:
    """One night of one type as the board shows it: numbers, bar, and marks of holds that lapse."""

    night: date
    there: Night
    mark: str = ""  # act: a hold lapses today; late: one has passed
    after: int | None = None
    weekend: bool = False
    open: bool = False

    @property
    def state(self) -> str:
        """full, tight or nothing, after what is being tried."""
        return state_of(self.there.left if self.after is None else self.after, self.there.physical)

    @property
    def bar(self) -> dict[str, str]:
        """Places and widths on a bar of sixty: sold, held, out of order, limit."""
        return bar_of(self.there, BAR)


def bar_of(there: Night, width: int) -> dict[str, str]:
    """Where sold, held, out of order and the limit stand on a bar of this width."""
    whole = max(there.limit, there.physical, 1)
    sold, held, out = (width * number / whole for number in (there.sold, there.held, there.out_of_order))
    shown = {"sold": sold, "held": held, "held_at": sold, "out": out, "out_at": sold + held}
    shown["limit"] = min(width * there.limit / whole, width - 0.5)
    return {name: f"{value:.1f}" for name, value in shown.items()}


@dataclass(slots=True)
class Bar:
    """A block on the tape: its classes, what it is, where it leads."""

    block: Block
    css: str
    title: str
    url: str
    seal: str
    label_css: str
    cut: bool


@dataclass(slots=True)
class Board:
    """Everything the page needs."""

    matrix: Matrix
    days: list[tuple[date, bool, str]]  # night, weekend, holiday
    rows: list[tuple[RoomType, list[Cell]]]
    bars: list[Bar]
    late: int = 0
    today: int = 0
    full: list[tuple[RoomType, date]] = field(default_factory=list)
    short: list[tuple[RoomType, date, int]] = field(default_factory=list)
    cell: Opened | None = None


def board(
    hotel_id: UUID,
    first: date,
    nights: int,
    *,
    now: datetime,
    day_ends: datetime,
    holidays: Mapping[date, str],
    types: Sequence[RoomType],
    trying: Sequence[Line] = (),
    opened: tuple[UUID, date] | None = None,
) -> Board:
    """The board of these types from `first` on: three queries, two more for an opened cell, and the titles.

    `trying`: rooms somebody would take, shown as before → after.
    """
    until = first + timedelta(days=nights)
    matrix = availability(hotel_id, first, until, types=types)
    marks, late, today = _marks(hotel_id, first, until, now, day_ends)
    wanted = cells_of(hotel_id, trying) if trying else {}
    found = Board(matrix, [(night, night.weekday() >= 5, holidays.get(night, "")) for night in matrix.nights], [], [])
    for row in matrix.rows:
        cells = []
        for night, there in zip(matrix.nights, row.nights, strict=True):
            place = (row.room_type.pk, night)
            after = there.left - wanted[place] if place in wanted else None
            cells.append(Cell(night, there, marks.get(place, ""), after, night.weekday() >= 5, place == opened))
            if there.left <= 0 and row.room_type.physical:
                found.full.append((row.room_type, night))
            if after is not None and after < 0:
                found.short.append((row.room_type, night, there.left))
        found.rows.append((row.room_type, cells))
    found.late, found.today = late, today
    blocks = _blocks(hotel_id, first, until)
    inside = _inside(hotel_id, *opened) if opened else []
    titles = registry.titles(hotel_id, {(row.about_kind, row.about_id) for row in [*blocks, *(one.block for one in inside)]})
    found.bars = [_bar(row, titles, first, until, now, day_ends) for row in blocks]
    number = matrix.at(*opened) if opened else None
    if opened and number:
        room_type = next(row for row in types if row.pk == opened[0])
        found.cell = _opened(room_type, opened[1], number, inside, titles, now)
    return found


def _marks(hotel_id: UUID, first: date, until: date, now: datetime, day_ends: datetime) -> tuple[dict[tuple[UUID, date], str], int, int]:
    """Nights with a hold that lapses today or has passed; how many holds have passed, how many lapse today."""
    rows = BlockNight.objects.of(hotel_id).filter(night__gte=first, night__lt=until, block__state=Block.State.HELD, block__hold_until_at__lt=day_ends)
    marks: dict[tuple[UUID, date], str] = {}
    holds: dict[str, set[UUID]] = {"late": set(), "act": set()}
    for room_type, night, block, moment in rows.values_list("room_type_id", "night", "block_id", "block__hold_until_at"):
        mark = "late" if moment is not None and moment <= now else "act"
        holds[mark].add(block)
        if marks.get((room_type, night)) != "late":
            marks[(room_type, night)] = mark
    return marks, len(holds["late"]), len(holds["act"])


def _blocks(hotel_id: UUID, first: date, until: date) -> list[Block]:
    rows = Block.objects.of(hotel_id).exclude(state=Block.State.RELEASED)
    rows = rows.filter(last_night__gte=first, first_night__lt=until, rooms__gte=TAPE_ROOMS)
    return sorted(rows.order_by("-rooms", "id")[:TAPE_LINES], key=lambda row: (row.first_night, row.last_night))


def _bar(
    block: Block,
    titles: Mapping[Subject, tuple[str, str]],
    first: date,
    until: date,
    now: datetime,
    day_ends: datetime,
) -> Bar:
    """Two columns a night: a stay begins at noon of its first night and ends at noon of its departure."""
    last = 2 * (until - first).days
    begins = max(1, 2 * (block.first_night - first).days + 2)
    ends = min(last + 1, 2 * (block.last_night - first).days + 4)
    cut = block.first_night < first
    if cut:
        begins = 1
    right_half = begins > last // 2
    title, url = titles.get((block.about_kind, block.about_id), ("", ""))
    state, seal = _look(block, now, day_ends)
    return Bar(
        block=block,
        css=f"{state} gc{begins} gs{max(1, ends - begins)}",
        title=block.label or title,
        url=url,
        seal=seal,
        label_css=f"l ge{max(2, begins)}" if right_half else f"toend gc{min(ends, last)}",
        cut=cut,
    )


def _look(block: Block, now: datetime, day_ends: datetime) -> tuple[str, str]:
    """The bar's class and its seal."""
    if block.source == Block.Source.OUT_OF_ORDER:
        return "ooo", ""
    if block.state == Block.State.SOLD:
        return "firm", ""
    until = block.hold_until_at
    if until is None or until >= day_ends:
        return "held", ""
    return ("late", "late") if until <= now else ("act", "soon")


@dataclass(slots=True)
class Opened:
    """One cell in full: its numbers, who holds rooms in it, the signed limit."""

    room_type: RoomType
    night: date
    there: Night
    holds: list[dict[str, Any]]
    sold: list[dict[str, Any]]
    signed: SellLimit | None
    late_rooms: int

    @property
    def bar(self) -> dict[str, str]:
        """Places and widths on a bar of three hundred."""
        return bar_of(self.there, 300)


def _inside(hotel_id: UUID, room_type_id: UUID, night: date) -> list[BlockNight]:
    """Who has rooms of a type in a night, the first to lapse on top."""
    rows = BlockNight.objects.of(hotel_id).filter(room_type_id=room_type_id, night=night)
    rows = rows.exclude(block__state=Block.State.RELEASED).select_related("block")
    return list(rows.order_by("block__hold_until_at", "-rooms")[:60])


def _opened(
    room_type: RoomType,
    night: date,
    there: Night,
    inside: Sequence[BlockNight],
    titles: Mapping[Subject, tuple[str, str]],
    now: datetime,
) -> Opened:
    holds: list[dict[str, Any]] = []
    sold: list[dict[str, Any]] = []
    for row in inside:
        block = row.block
        title, url = titles.get((block.about_kind, block.about_id), ("", ""))
        passed = block.hold_until_at is not None and block.hold_until_at <= now
        seal = "late" if passed else "next"
        line = {"block": block, "rooms": row.rooms, "title": block.label or title, "url": url, "seal": seal}
        line["starts_at"], line["due_at"] = block.created_at, block.hold_until_at
        (holds if block.state == Block.State.HELD else sold).append(line)
    limits = SellLimit.objects.of(room_type.hotel_id).filter(room_type=room_type, from_on__lte=night, until_on__gt=night)
    late = sum(line["rooms"] for line in holds if line["seal"] == "late")
    return Opened(room_type, night, there, holds, sold, limits.order_by("-at").first(), late)
