"""A replay that waits in the demo hotel: the worker runs it over the invented past while one looks around."""

from __future__ import annotations

from guiju.demo.base import Stage
from guiju.history.queries import applied
from guiju.history.replay import actions, choosing
from guiju.house.acting import acting
from guiju.shelf.errors import Invalid


def waiting(stage: Stage) -> None:
    """The sales manager asked for the draft she works at (else the edition in force) over the past bookings, if there are any."""
    if not applied(stage.hotel):
        return
    drafts = [source for source, _words in choosing.choices(stage.hotel.pk, stage.now) if source.startswith("draft:")]
    edition = drafts[0] if drafts else choosing.in_force(stage.hotel.pk, stage.now)
    by = acting(stage.people["shen"], stage.hotel, now=stage.now)
    try:
        actions.ask(stage.hotel, edition=edition, beside=bool(drafts), by=by, now=stage.now)
    except Invalid:  # a draft that changes nothing yet
        actions.ask(stage.hotel, edition=edition, by=by, now=stage.now)
