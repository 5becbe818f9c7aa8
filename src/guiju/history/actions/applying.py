"""A checked file is applied as one batch, undone as one batch, or dropped before it counts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.history.models import Batch
from guiju.history.work import entry_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

State = Batch.State


@verb("history.import")
def apply_batch(batch: Batch, *, by: Actor, now: datetime) -> Batch:
    """Let the worker put the file in force: all of it counts from one moment, or none of it. Asked for again, it changes nothing.

    Raises Invalid while rows with errors are neither put right nor set aside, or when nothing is left to apply.
    """
    batch.refresh_from_db()
    if batch.state in (State.APPLYING, State.APPLIED):
        return batch
    if batch.state == State.CHECKED and batch.bad_rows:
        raise Invalid(errors={"rows": [_("Put the %(many)s rows with errors right first, or set them aside.") % {"many": batch.bad_rows}]})
    if batch.state == State.CHECKED and not batch.rows:
        raise Invalid(errors={"rows": [_("There is no row to import.")]})
    found = Batch.objects.of(batch.hotel_id).filter(pk=batch.pk, state=State.CHECKED, bad_rows=0)
    if not found.update(state=State.APPLYING, applied_by_id=by.person_id, done=0, attempts=0, version=batch.version + 1):
        raise Refusal(_("Only a file that has been checked can be imported."), code="not_checked")
    batch.refresh_from_db()
    return batch


@verb("history.import")
def undo_batch(batch: Batch, *, by: Actor, now: datetime) -> Batch:
    """Take a whole batch out of the history, from this moment; its rows are cleared away afterwards. Undone already: nothing changes."""
    batch.refresh_from_db()
    if batch.state == State.UNDONE:
        return batch
    found = Batch.objects.of(batch.hotel_id).filter(pk=batch.pk, state=State.APPLIED)
    if not found.update(state=State.UNDONE, undone_at=now, undone_by_id=by.person_id, cleared_at=None, attempts=0, version=batch.version + 1):
        raise Refusal(_("Only a file that is imported can be undone."), code="not_applied")
    batch.refresh_from_db()
    note("history.undone", batch, **entry_of(batch))
    return batch


@verb("history.import")
def drop_batch(batch: Batch, *, by: Actor, now: datetime) -> Batch:
    """Give up a file that is not applied; whoever works on it stops. Dropped already: nothing changes."""
    batch.refresh_from_db()
    if batch.state in (State.DROPPED, State.FAILED):
        return batch
    found = Batch.objects.of(batch.hotel_id).filter(
        pk=batch.pk, state__in=[State.RECEIVED, State.CHECKING, State.CHECKED, State.APPLYING]
    )
    if not found.update(state=State.DROPPED, worker="", working_until_at=None, attempts=0, version=batch.version + 1):
        raise Refusal(_("A file that is imported is undone, not dropped."), code="applied")
    batch.refresh_from_db()
    return batch
