"""What other rooms do to an event's order: a sign ordered, changed or cancelled with the art workers stands on it at once."""

from __future__ import annotations

from guiju.events.models import Event
from guiju.logbook.writing import Noted, Writing

SIGNS = frozenset({"art.ordered", "art.changed", "art.cancelled"})


def follow_signs(step: Writing, facts: list[Noted]) -> None:
    """Within the step that notes such a fact: the order's next revision, for those whom its signs concern."""
    about = {pk for fact in facts if fact.kind in SIGNS for kind, pk in fact.subjects if kind == "event"}
    if not about:
        return
    from guiju.events.papers import follow_change  # read when it is needed, not at start

    for event in Event.objects.of(step.hotel_id).filter(pk__in=about, state=Event.State.DEFINITE):  # type: ignore[arg-type]  # an event has a hotel
        follow_change(event, by=step.by, now=step.now)
