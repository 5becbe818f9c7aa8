"""Asking for a replay, and stopping it. The work itself is done beside the worker's rounds (replay.working)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.history.models import Batch
from guiju.history.queries import applied
from guiju.history.replay.choosing import Chosen, choose, in_force
from guiju.history.replay.figures import Handling
from guiju.history.replay.models import Replay
from guiju.history.replay.profile import BadProfile, profile_from
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rulebook.loading import readable
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.shelf.words import vocabulary

State = Replay.State
MOST_MINUTES = 8 * 60
MOST_WAITING = 5


@verb("history.replay")
def ask(
    hotel: Hotel, *, edition: str, beside: bool = False, minutes: int = 5, by_clause: Mapping[str, int] | None = None, goal: float = 0.95,
    profile: Mapping[str, Any] | None = None, batch: Batch | None = None, by: Actor, now: datetime,
) -> Replay:
    """Ask that a wording of the standard be run over the imported history; with `beside` the edition in force runs too.

    Raises Invalid at `edition`, `minutes`, `by_clause`, `goal`, a key of the profile, or `history`; Refusal when too many wait already.
    """
    chosen = choose(hotel.pk, edition)
    against = choose(hotel.pk, in_force(hotel.pk, now)) if beside else None
    if against is not None and against.digest == chosen.digest:
        raise Invalid(errors={"beside": [_("It is the edition in force: there is nothing to compare.")]})
    handling = handling_of(chosen, minutes, by_clause or {}, goal, against)
    try:
        profile_from(profile or {})
    except BadProfile as wrong:
        raise Invalid(errors={key: [text] for key, text in wrong.errors.items()}) from wrong
    if not applied(hotel) or (batch is not None and batch.pk not in applied(hotel)):
        raise Invalid(errors={"history": [_("No past bookings are imported yet.")]})
    if Replay.objects.of(hotel.pk).filter(state__in=[State.WAITING, State.RUNNING]).count() >= MOST_WAITING:
        raise Refusal(_("Several replays wait already. Let them finish first."))
    row: Replay = Replay.objects.create(
        hotel=hotel, edition=chosen.source, edition_label=chosen.label, against=against.source if against else "",
        against_label=against.label if against else "", batch_id=batch.pk if batch else None,
        handling={"minutes": handling.minutes, "by_clause": dict(handling.by_clause), "goal": handling.goal}, profile=dict(profile or {}),
        asked_at=now, asked_by_id=by.person_id,
    )
    note("replay.asked", row, edition=chosen.source, against=row.against or None)
    return row


@verb("history.replay")
def stop(row: Replay, *, by: Actor, now: datetime) -> Replay:
    """Stop a replay that waits or runs. Raises Refusal when it is over."""
    changed = Replay.objects.of(row.hotel_id).filter(pk=row.pk, state__in=[State.WAITING, State.RUNNING])
    if not changed.update(state=State.STOPPED, ended_at=now, worker="", working_until_at=None):
        raise Refusal(_("It is over already."))
    note("replay.stopped", row)
    row.refresh_from_db()
    return row


def handling_of(chosen: Chosen, minutes: int, by_clause: Mapping[str, int], goal: float, against: Chosen | None = None) -> Handling:
    """The handling times, checked against the clauses there are. Raises Invalid at `minutes`, `by_clause`, `goal`."""
    errors: dict[str, list[str]] = {}
    if not 1 <= minutes <= MOST_MINUTES:
        errors["minutes"] = [_("From 1 to %(most)s minutes.") % {"most": MOST_MINUTES}]
    if not 0.5 <= goal <= 1:
        errors["goal"] = [_("From 50 to 100 percent.")]
    known: set[str] = set()
    for one in (chosen, against):
        for clause in readable(one.texts, vocabulary())[0].clauses.values() if one else ():
            known |= {clause.id, *(f"{clause.id}/{rule.name}" for rule in clause.rules)}
    for name, takes in by_clause.items():
        if name not in known:
            errors.setdefault("by_clause", []).append(_("There is no clause %(name)s.") % {"name": name[:60]})
        elif not 0 <= takes <= MOST_MINUTES:
            errors.setdefault("by_clause", []).append(_("%(name)s: from 0 to %(most)s minutes.") % {"name": name, "most": MOST_MINUTES})
    if errors:
        raise Invalid(errors=errors)
    return Handling(minutes, dict(by_clause), goal)
