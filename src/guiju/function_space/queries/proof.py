"""Proof that the diary is right: the quarters of an hour are exactly those of the functions that stand, section by section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from guiju.function_space.models import Function, FunctionSlot, Hall, HallSection
from guiju.function_space.spans import Span


def verify(hotel_id: UUID) -> list[str]:
    """Every function whose slots are not those of its hall and time, and every slot of one that is over; empty when all is right."""
    sections: dict[UUID, set[UUID]] = defaultdict(set)
    for hall, section in HallSection.objects.of(hotel_id).values_list("hall_id", "section_id"):
        sections[hall].add(section)
    changed = dict(Hall.objects.of(hotel_id).values_list("pk", "parts_changed_at"))
    wanted = _wanted(hotel_id)
    faults = []
    for function, written in _written(hotel_id):
        if function not in wanted:
            faults.append(f"function {function}: it is over and still takes {sum(map(len, written.values()))} quarters of an hour")
            continue
        hall, slots, until_at, label = wanted.pop(function)
        parts_since = changed.get(hall)
        other_parts = parts_since is not None and until_at <= parts_since  # it stood in the parts the hall had then
        if (set(written) != sections[hall] and not other_parts) or any(found != set(slots) for found in written.values()):
            faults.append(f"function {function} ({label}): its quarters of an hour are not those of its hall and time")
    faults += [f"function {function} ({label}): it stands and takes nothing" for function, (_hall, _slots, _until, label) in wanted.items()]
    faults += [f"hall {hall}: it has no section" for hall in _empty_halls(hotel_id, sections)]
    return faults


def slots_checked(hotel_id: UUID) -> int:
    """How many quarters of an hour `verify` looked at."""
    return FunctionSlot.objects.of(hotel_id).count()


def _wanted(hotel_id: UUID) -> dict[UUID, tuple[UUID, range, datetime, str]]:
    rows = Function.objects.of(hotel_id).filter(over_at__isnull=True)
    fields = ("pk", "hall_id", "label", "from_at", "until_at", "setup_minutes", "turn_minutes")
    return {
        pk: (hall, (span := Span(from_at, until_at, setup, turn)).slots, span.taken_until_at, label)
        for pk, hall, label, from_at, until_at, setup, turn in rows.values_list(*fields).iterator(chunk_size=5000)
    }


def _written(hotel_id: UUID) -> Iterator[tuple[UUID, dict[UUID, set[int]]]]:
    """Function by function, its quarters of an hour a section."""
    present: UUID | None = None
    found: dict[UUID, set[int]] = {}
    rows = FunctionSlot.objects.of(hotel_id).order_by("function_id").values_list("function_id", "section_id", "slot")
    for function, section, slot in rows.iterator(chunk_size=10000):
        if function != present:
            if present is not None:
                yield present, found
            present, found = function, {}
        found.setdefault(section, set()).add(slot)
    if present is not None:
        yield present, found


def _empty_halls(hotel_id: UUID, sections: dict[UUID, set[UUID]]) -> list[str]:
    return [code for pk, code in Hall.objects.of(hotel_id).values_list("pk", "code") if not sections.get(pk)]
