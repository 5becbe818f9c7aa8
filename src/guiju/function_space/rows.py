"""The rows of the diary: one for each section, those that open into each other together."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from guiju.function_space.models import Hall
from guiju.function_space.queries.space import Halls


@dataclass(slots=True)
class Row:
    """A section by the name of the smallest hall that has it."""

    section: UUID
    hall: Hall
    place: int = 0  # from 1, within its group


@dataclass(slots=True)
class Group:
    """Sections with walls that open between them, and the halls made of several of them."""

    rows: list[Row]
    combined: list[Hall] = field(default_factory=list)


def groups_of(halls: Halls) -> list[Group]:
    """The rows of the open halls in their order; sections of one combined hall stand together."""
    rows: dict[UUID, Row] = {}
    for hall in sorted(halls.open, key=lambda hall: (len(halls.sections[hall.pk]), hall.order, hall.code)):
        for section in halls.sections[hall.pk]:
            rows.setdefault(section, Row(section, hall))
    found: list[Group] = []
    left = sorted(rows.values(), key=lambda row: (row.hall.order, row.hall.code, str(row.section)))
    while left:
        group = _joined(left[0].section, halls)
        inside = [row for row in left if row.section in group]
        left = [row for row in left if row.section not in group]
        for place, row in enumerate(inside, 1):
            row.place = place
        combined = [hall for hall in halls.open if len(halls.sections[hall.pk]) > 1 and halls.sections[hall.pk] <= group]
        found.append(Group(inside, combined))
    return found


def _joined(section: UUID, halls: Halls) -> set[UUID]:
    """The section and all that open halls join to it."""
    found, before = {section}, 0
    while len(found) != before:
        before = len(found)
        for hall in halls.open:
            if halls.sections[hall.pk] & found:
                found |= halls.sections[hall.pk]
    return found


def runs(places: list[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, how many), so that a combined hall is one bar where its rows stand together."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][0] + found[-1][1] == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found
