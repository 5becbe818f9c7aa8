"""What a group pays for rooms it cut or did not take, by its agreement's terms: pure arithmetic, each amount with its because."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
LARGE = 50  # a group of more rooms than this has the larger allowance
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class GroupTerms:
    """The terms that cuts, no-shows and dates are reckoned from."""

    number: str
    cut_off_days: int
    cut_rooms: int  # so many rooms fewer cost nothing after the cut-off
    cut_rooms_large: int  # of a group of more than 50 rooms
    cut_notice_hours: int  # if they are told so many hours before arrival
    short_percent: int  # of the nights of the rooms cut beyond the allowance
    no_show_percent: int  # of the nights below, of rooms not taken
    no_show_nights: int  # 0: all nights

    def allowance(self, rooms: int) -> int:
        """How many rooms fewer cost nothing."""
        return self.cut_rooms_large if rooms > LARGE else self.cut_rooms


@dataclass(frozen=True, slots=True)
class Cell:
    """Rooms of a type in a night, and what one of them costs."""

    kind: str
    night: date
    rooms: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """What it comes to and why: a code with the figures that a sentence needs."""

    amount: Decimal
    code: str  # before_cut_off | no_terms | not_fewer | within_allowance | late | beyond_allowance | all_came | no_show
    short: int = 0  # the most rooms fewer in a night
    free: int = 0  # of them without charge
    percent: int = 100
    nights: int = 0
    number: str = ""

    @property
    def is_free(self) -> bool:
        """Whether nothing is charged."""
        return self.amount == 0


def cut_cost(
    terms: GroupTerms | None, guaranteed: Sequence[Cell], wanted: Sequence[Cell], *, past_cut_off: bool, hours_left: float
) -> Cost:
    """What fewer rooms than guaranteed cost: rooms beyond the allowance pay for their nights, all of them when told too late.

    `guaranteed` is what stood at the cut-off. The allowance is counted on the dearest rooms of a night first.
    """
    if terms is None:
        return Cost(NOTHING, "no_terms")
    if not past_cut_off:
        return Cost(NOTHING, "before_cut_off", number=terms.number)
    fewer = _fewer(guaranteed, wanted)
    short = max((len(amounts) for amounts in fewer.values()), default=0)
    if not short:
        return Cost(NOTHING, "not_fewer", number=terms.number)
    in_time = hours_left >= terms.cut_notice_hours
    free = terms.allowance(_most(guaranteed)) if in_time else 0
    charged = [amount for amounts in fewer.values() for amount in sorted(amounts, reverse=True)[free:]]
    amount = _share(sum(charged, NOTHING), terms.short_percent)
    code = "within_allowance" if not charged else "beyond_allowance" if in_time else "late"
    return Cost(amount, code, short, min(free, short), terms.short_percent, len(fewer), terms.number)


def _fewer(guaranteed: Sequence[Cell], wanted: Sequence[Cell]) -> dict[date, list[Decimal]]:
    """Night -> the amounts of the rooms that are fewer; a room of another type in the same night makes up for one."""
    left: dict[tuple[str, date], int] = {}
    more: dict[date, int] = {}
    amounts: dict[tuple[str, date], Decimal] = {}
    for cell in guaranteed:
        left[cell.kind, cell.night] = left.get((cell.kind, cell.night), 0) + cell.rooms
        amounts[cell.kind, cell.night] = cell.amount
    for cell in wanted:
        left[cell.kind, cell.night] = left.get((cell.kind, cell.night), 0) - cell.rooms
    for (_kind, night), rooms in left.items():
        if rooms < 0:
            more[night] = more.get(night, 0) - rooms
    found: dict[date, list[Decimal]] = {}
    for (kind, night), rooms in sorted(left.items(), key=lambda item: (item[0][1], amounts.get(item[0], NOTHING))):
        for _room in range(max(rooms, 0)):
            if more.get(night, 0):
                more[night] -= 1
            else:
                found.setdefault(night, []).append(amounts[kind, night])
    return found


def _most(cells: Sequence[Cell]) -> int:
    per_night: dict[date, int] = {}
    for cell in cells:
        per_night[cell.night] = per_night.get(cell.night, 0) + cell.rooms
    return max(per_night.values(), default=0)


def _share(amount: Decimal, percent: int | Decimal) -> Decimal:
    return (amount * percent / 100).quantize(CENT, ROUND_HALF_UP)


def no_show_cost(terms: GroupTerms | None, booked: Sequence[Cell], came: int, *, guaranteed: bool = False) -> Cost:
    """What the rooms cost that were not taken on the arrival night: so many percent of so many first nights.

    They count as rooms of the middling price of their night. Without agreement only a guaranteed booking pays, one night.
    """
    nights = sorted({cell.night for cell in booked})
    if not nights:
        return Cost(NOTHING, "all_came")
    first = {cell.kind: cell for cell in booked if cell.night == nights[0]}
    rooms = sum(cell.rooms for cell in booked if cell.night == nights[0])
    missing = max(rooms - came, 0)
    if not missing or not first:
        return Cost(NOTHING, "all_came", number=terms.number if terms else "")
    if terms is None and not guaranteed:
        return Cost(NOTHING, "no_terms", missing, missing)
    percent, many = (terms.no_show_percent, terms.no_show_nights or len(nights)) if terms else (100, 1)
    each = _each_night(booked)
    total = sum((each[night] * min(missing, _rooms(booked, night)) for night in nights[:many]), NOTHING)
    return Cost(_share(total, percent), "no_show", missing, 0, percent, min(many, len(nights)), terms.number if terms else "")


def _rooms(cells: Sequence[Cell], night: date) -> int:
    return sum(cell.rooms for cell in cells if cell.night == night)


def _each_night(cells: Sequence[Cell]) -> Mapping[date, Decimal]:
    """Night -> what a room costs in the middle."""
    worth: dict[date, Decimal] = {}
    for cell in cells:
        worth[cell.night] = worth.get(cell.night, NOTHING) + cell.amount * cell.rooms
    return {night: amount / max(_rooms(cells, night), 1) for night, amount in worth.items()}
