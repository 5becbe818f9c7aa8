"""What other rooms do to an event: a sign ordered for it stands on its order at once, a hall moved in the diary moves its function."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from guiju.events.models import Event, EventFunction
from guiju.logbook.writing import Noted, Writing

SIGNS = frozenset({"art.ordered", "art.changed", "art.cancelled"})
COPIED = ("from_at", "until_at", "setup_minutes", "turn_minutes", "hall_id")


def follow(step: Writing, facts: list[Noted]) -> None:
    """Within the step that notes such a fact: the event and the next revision of its order, for those whom it concerns."""
    if step.hotel_id is None:
        return  # a step of the installation: no event is concerned
    signs = {pk for fact in facts if fact.kind in SIGNS for kind, pk in fact.subjects if kind == "event"}
    moved = {pk for fact in facts if fact.kind == "function.moved" for kind, pk in fact.subjects if kind == "function"}
    if signs:
        _signs(step.hotel_id, step, signs)
    if moved:
        _moved(step.hotel_id, step, moved)


def _signs(hotel_id: UUID, step: Writing, events: Iterable[str]) -> None:
    from guiju.events.papers import follow_change  # read when it is needed, not at start

    for event in Event.objects.of(hotel_id).filter(pk__in=list(events), state=Event.State.DEFINITE):
        follow_change(event, by=step.by, now=step.now)


def _moved(hotel_id: UUID, step: Writing, functions: Iterable[str]) -> None:
    """Somebody moved the hall in the function diary: the event's own function goes with it."""
    from guiju.events.actions.steps import changed, refresh_times  # read when they are needed, not at start

    rows = EventFunction.objects.of(hotel_id).filter(diary__in=list(functions), removed_at__isnull=True)
    for row in rows.select_related("event__hotel", "diary"):
        diary = row.diary
        new = {name: getattr(diary, name) for name in COPIED if getattr(row, name) != getattr(diary, name)}
        if not new:
            continue  # it was moved from here
        EventFunction.objects.filter(pk=row.pk).update(**new)
        refresh_times(row.event)
        changed(row.event, [name.removesuffix("_id") for name in new], by=step.by, now=step.now)
