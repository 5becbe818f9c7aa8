"""Proof that the inventory is right: counters = sums of the ledger = rooms of the blocks, and never over
the limit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from guiju.rooms.lines import Cell
from guiju.rooms.models import Block, BlockNight, InventoryEntry, RoomNight, RoomType

Counters = tuple[int, int, int]  # sold, held, out of order


@dataclass(frozen=True, slots=True)
class Violation:
    """A room night whose books do not agree."""

    room_type: str
    night: date | None
    what: str

    def __str__(self) -> str:
        return f"{self.room_type} {self.night.isoformat() if self.night else ''}: {self.what}"


def verify(hotel_id: UUID) -> list[Violation]:
    """Every room night whose counters, ledger and blocks do not agree, or that passes its limit; empty
    when all is right."""
    counters = _counters(hotel_id)
    ledger = _ledger(hotel_id)
    blocks = _blocks(hotel_id)
    codes = dict(RoomType.objects.of(hotel_id).values_list("pk", "code"))
    wrong = []
    zero: Counters = (0, 0, 0)
    for cell in sorted({*counters, *ledger, *blocks}, key=lambda cell: (str(cell[0]), cell[1])):
        said, booked, lived = counters.get(cell, zero), ledger.get(cell, zero), blocks.get(cell, zero)
        if said != booked:
            wrong.append(Violation(codes[cell[0]], cell[1], f"counters {said} but the ledger says {booked}"))
        if said != lived:
            wrong.append(Violation(codes[cell[0]], cell[1], f"counters {said} but the blocks have {lived}"))
    return wrong + _over(hotel_id, codes) + _empty(hotel_id)


def nights_checked(hotel_id: UUID) -> int:
    """How many room nights `verify` looked at."""
    return RoomNight.objects.of(hotel_id).count()


def _counters(hotel_id: UUID) -> dict[Cell, Counters]:
    rows = RoomNight.objects.of(hotel_id).values_list("room_type_id", "night", "sold", "held", "out_of_order")
    return {
        (kind, night): (sold, held, out) for kind, night, sold, held, out in rows.iterator(chunk_size=5000)
    }


def _ledger(hotel_id: UUID) -> dict[Cell, Counters]:
    rows = (
        InventoryEntry.objects.of(hotel_id)
        .values("room_type_id", "night")
        .annotate(s=Sum("sold"), h=Sum("held"), o=Sum("out_of_order"))
        .values_list("room_type_id", "night", "s", "h", "o")
    )
    return {(kind, night): (sold, held, out) for kind, night, sold, held, out in rows}


def _blocks(hotel_id: UUID) -> dict[Cell, Counters]:
    out = Q(block__source=Block.Source.OUT_OF_ORDER)
    held = Q(block__state=Block.State.HELD)
    rows = (
        BlockNight.objects.of(hotel_id)
        .exclude(block__state=Block.State.RELEASED)
        .values("room_type_id", "night")
        .annotate(
            s=Sum("rooms", filter=~held & ~out, default=0),
            h=Sum("rooms", filter=held & ~out, default=0),
            o=Sum("rooms", filter=out, default=0),
        )
        .values_list("room_type_id", "night", "s", "h", "o")
    )
    found: dict[Cell, Counters] = defaultdict(lambda: (0, 0, 0))
    found.update({(kind, night): (sold, held_, out_) for kind, night, sold, held_, out_ in rows})
    return found


def _over(hotel_id: UUID, codes: dict[UUID, str]) -> list[Violation]:
    rows = RoomNight.objects.of(hotel_id).filter(sell_limit__lt=F("sold") + F("held") + F("out_of_order"))
    return [Violation(codes[row.room_type_id], row.night, "more than the sell limit") for row in rows]


def _empty(hotel_id: UUID) -> list[Violation]:
    rows = (
        Block.objects.of(hotel_id)
        .exclude(state=Block.State.RELEASED)
        .annotate(many=Count("nights"))
        .filter(many=0)
        .values_list("about_kind", "about_id")
    )
    return [Violation(f"{kind} {pk}", None, "a block without nights") for kind, pk in rows]
