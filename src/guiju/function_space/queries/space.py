"""Which halls there are, what stands in them, what is in the way of a function and what else is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from guiju.function_space.models import Function, Hall, HallSection
from guiju.function_space.spans import LONGEST_TAKEN, Span

MOST_HALLS, MOST_TIMES = 4, 2  # what a refusal offers instead
AROUND = timedelta(hours=12)  # how far another time may be
STEP = timedelta(minutes=30)


@dataclass(slots=True)
class Halls:
    """The halls of a hotel and their sections, read once: which halls share a wall that opens."""

    all: list[Hall]
    sections: Mapping[UUID, frozenset[UUID]]
    by_id: dict[UUID, Hall] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {hall.pk: hall for hall in self.all}

    @property
    def open(self) -> list[Hall]:
        """Those that are let."""
        return [hall for hall in self.all if hall.closed_at is None]

    def sharing(self, hall_id: UUID) -> set[UUID]:
        """The hall itself and every hall that has a section with it in common."""
        mine = self.sections.get(hall_id, frozenset())
        return {hall_id, *(other for other, theirs in self.sections.items() if mine & theirs)}

    def parts(self, hall_id: UUID) -> list[Hall]:
        """The smaller halls a combined hall is made of."""
        mine = self.sections.get(hall_id, frozenset())
        return [hall for hall in self.all if hall.pk != hall_id and self.sections[hall.pk] < mine]

    def smallest(self, hall_id: UUID) -> list[Hall]:
        """Of its parts those that divide no further."""
        return [hall for hall in self.parts(hall_id) if len(self.sections[hall.pk]) == 1]

    def parts_text(self, hall_id: UUID) -> str:
        """Its smallest parts by name, e.g. "A + B"; empty for a hall that does not divide."""
        return " + ".join(hall.shown for hall in self.smallest(hall_id))


def halls_of(hotel_id: UUID) -> Halls:
    """All halls of the hotel in their order, closed ones too: two queries."""
    halls = list(Hall.objects.of(hotel_id).order_by("order", "code"))
    sections: dict[UUID, set[UUID]] = {hall.pk: set() for hall in halls}
    for hall, section in HallSection.objects.of(hotel_id).values_list("hall_id", "section_id"):
        sections[hall].add(section)
    return Halls(halls, {hall: frozenset(found) for hall, found in sections.items()})


def standing(hotel_id: UUID, from_at: datetime, until_at: datetime, hall_ids: Iterable[UUID] | None = None) -> list[Function]:
    """What takes a hall within the time, set-up and clearing counted in; the earliest first."""
    rows = Function.objects.of(hotel_id).filter(over_at__isnull=True, taken_until_at__gt=from_at, taken_from_at__lt=until_at)
    rows = rows.filter(taken_until_at__lt=until_at + LONGEST_TAKEN)  # says nothing new, and keeps the search short
    if hall_ids is not None:
        rows = rows.filter(hall_id__in=list(hall_ids))
    return list(rows.order_by("from_at", "id"))


def clashes(halls: Halls, hall: Hall, span: Span, *, besides: UUID | None = None) -> list[Function]:
    """What is in the way of taking this hall: also what has a part of it, or the hall it is a part of."""
    found = standing(hall.hotel_id, span.taken_from_at, span.taken_until_at, halls.sharing(hall.pk))
    return [row for row in found if row.pk != besides]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something else that is free."""

    hall: Hall
    span: Span
    same_time: bool


def fits(hall: Hall, persons: int | None, style: str = "") -> bool:
    """Whether so many persons go in; a hall that says nothing about it is not ruled out."""
    if not persons or not hall.capacity:
        return True
    return int(hall.capacity.get(style, 0) if style and style in hall.capacity else hall.most) >= persons


def instead(halls: Halls, hall: Hall, span: Span, *, persons: int | None = None, style: str = "", besides: UUID | None = None,
            after: datetime | None = None) -> list[Offer]:
    """What else is free: other halls at this time, the closest in size first; then this hall at near times. One query."""
    around = standing(hall.hotel_id, span.taken_from_at - AROUND, span.taken_until_at + AROUND)
    around = [row for row in around if row.pk != besides]
    wanted = persons or hall.capacity.get(style, 0) or hall.most
    others = [other for other in halls.open if other.pk != hall.pk and fits(other, persons, style) and free(halls, around, other.pk, span)]
    others.sort(key=lambda other: (abs((other.capacity.get(style, 0) or other.most) - wanted), other.order))
    found = [Offer(other, span, True) for other in others[:MOST_HALLS]]
    steps = sorted((n * STEP for n in range(-24, 25) if n), key=lambda step: (abs(step), step < timedelta(0)))
    times = [span.moved(step) for step in steps]
    times = [time for time in times if (after is None or time.from_at > after) and free(halls, around, hall.pk, time)]
    earlier = [time for time in times if time.from_at < span.from_at][:1]
    later = [time for time in times if time.from_at > span.from_at][:1]
    near = sorted([*earlier, *later], key=lambda time: abs(time.from_at - span.from_at))
    return found + [Offer(hall, time, False) for time in near[:MOST_TIMES]]


def free(halls: Halls, taken: Iterable[Function], hall_id: UUID, span: Span) -> bool:
    """Whether nothing of what is taken is in the way."""
    sharing = halls.sharing(hall_id)
    return not any(
        row.hall_id in sharing and row.taken_from_at < span.taken_until_at and row.taken_until_at > span.taken_from_at for row in taken
    )
