"""The long work on a batch, done by the worker (or the terminal) beside everything else: looking through, summing up, clearing.

Each chunk is a short transaction that also says how far the work has come, so nobody waits long for the database and a process
that is killed leaves a batch that counts nowhere: whoever comes next begins it again. Only the last step puts it in force.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID, uuid4

from django.db import close_old_connections, transaction
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from guiju.history import bulk, sums
from guiju.history.files import Unreadable, open_table
from guiju.history.models import BadRow, Batch, Figure, Movement, PastBooking, PastGroup
from guiju.history.reading import RowReader
from guiju.logbook.writing import durably, note, writing
from guiju.notices.actions import tell
from guiju.papers.files import read_back
from guiju.shelf import clock as the_clock
from guiju.shelf.actor import Actor

log = logging.getLogger("guiju.history")
EVERY_SECONDS = 1.0
Clock = Callable[[], datetime]
LEASE = timedelta(seconds=60)
LONG = timedelta(seconds=10)
MOST_ATTEMPTS = 3
MOST_BAD = 5000
State = Batch.State
OVER = (State.UNDONE, State.DROPPED, State.FAILED)
PARTS = (Movement, Figure, PastGroup, BadRow, PastBooking)


class Taken(Exception):
    """The batch was dropped meanwhile, or somebody else works on it."""


class TooManyBad(Exception):
    """So many rows have errors that the columns are surely named wrongly."""


def waiting(now: datetime) -> list[UUID]:
    """Batches on which there is work to do and nobody does it."""
    wanted = Q(state__in=[State.CHECKING, State.APPLYING]) | Q(state__in=OVER, cleared_at__isnull=True)
    rows = Batch.objects.filter(wanted).order_by("received_at")
    return [batch.pk for batch in rows if is_free(batch, now)]


def is_free(batch: Batch, now: datetime) -> bool:
    """Whether nobody works on it: its time has run out, or the process that did was killed."""
    if batch.working_until_at is None or batch.working_until_at <= now:
        return True
    host, pid, _rest = batch.worker.split("/")
    if host != socket.gethostname() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True  # it was killed
    except OSError:
        return False
    return False


def work_once(clock: Clock, stop: Callable[[], bool] = lambda: False) -> int:
    """Do what waits, batch after batch; how many were worked on. What a terminal began and left is dropped: nobody waits for it."""
    count = 0
    for pk in waiting(clock()):
        if stop():
            break
        batch = Batch.objects.get(pk=pk)
        if batch.received_by_id is None and batch.state not in OVER:
            if not batch.attempts and batch.received_at + LEASE > clock():
                continue  # the terminal has just begun with it
            Batch.objects.filter(pk=pk, state=batch.state, worker=batch.worker).update(state=State.DROPPED, working_until_at=None, attempts=0)
        try:
            count += run(pk, clock)
        except Exception:  # the file is gone from the disk, say: the other batches do not wait for this one
            log.exception("the work on a file of past bookings failed: %s", pk)
            Batch.objects.filter(pk=pk).update(working_until_at=None, worker="")
    return count


def watch(stop: Event) -> None:
    """The worker's thread for history: looks for work every second until told to stop. Rounds go on beside it."""
    while not stop.wait(EVERY_SECONDS):
        try:
            work_once(the_clock.now, stop.is_set)
        except Exception:
            log.exception("the work on a file of past bookings failed; it is begun again")
        close_old_connections()


def run(pk: UUID, clock: Clock, told: Callable[[Batch], None] = lambda batch: None) -> bool:
    """Work on one batch until its present step is done; False when there was nothing to do or somebody else does it."""
    batch = Batch.objects.get(pk=pk)
    if not is_free(batch, clock()):
        return False
    if batch.attempts >= MOST_ATTEMPTS and batch.state in (State.CHECKING, State.APPLYING):
        _stop(batch, State.FAILED, N_("The work on it was cut off %(n)s times."), n=MOST_ATTEMPTS)
        return True
    work = Work(batch, clock, told)
    try:
        work.claim()
        steps = {State.CHECKING: work.look_through, State.APPLYING: work.put_in_force}
        steps.get(State(batch.state), work.clear)()
    except Taken:
        return False
    except TooManyBad:
        _stop(batch, State.RECEIVED, N_("More than %(n)s rows have errors: the columns are surely named wrongly."), n=MOST_BAD)
    except Unreadable as wrong:
        _stop(batch, State.FAILED, wrong.text, **wrong.values)
    return True


def _stop(batch: Batch, state: str, text: str, /, **values: object) -> None:
    """It goes no further: why, in words for whoever sent it."""
    Batch.objects.filter(pk=batch.pk, state__in=[State.CHECKING, State.APPLYING]).update(
        state=state, said={"text": text, "values": values}, working_until_at=None, worker="", attempts=0
    )


class Work:
    """One process at work on one batch."""

    def __init__(self, batch: Batch, clock: Clock, told: Callable[[Batch], None]) -> None:
        self.batch, self.clock, self.told = batch, clock, told
        self.began = clock()
        self.name = f"{socket.gethostname()[:30]}/{os.getpid()}/{uuid4().hex[:12]}"

    def claim(self) -> None:
        """Take the batch for this process. Raises Taken when another one was quicker."""
        batch = self.batch
        found = Batch.objects.filter(pk=batch.pk, state=batch.state, worker=batch.worker, attempts=batch.attempts)
        if not found.update(worker=self.name, working_until_at=self.clock() + LEASE, attempts=batch.attempts + 1, done=0):
            raise Taken
        batch.refresh_from_db()

    def tell(self, done: int, **more: object) -> None:
        """Say how far it has come, in the transaction of the chunk. Raises Taken, which undoes the chunk."""
        mine = Batch.objects.filter(pk=self.batch.pk, worker=self.name, state=self.batch.state)
        if not mine.update(done=done, working_until_at=self.clock() + LEASE, **more):
            raise Taken
        self.batch.done = done
        self.told(self.batch)

    def chunk(self, done: int, write: Callable[[], None]) -> None:
        """Write a chunk and how far that is: both or neither."""

        def step() -> None:
            with transaction.atomic():
                self.tell(done)
                write()

        durably(step)

    def done_with(self, state: str, **more: object) -> None:
        """The batch goes on to `state`, free for the next step. Raises Taken."""
        mine = Batch.objects.filter(pk=self.batch.pk, worker=self.name, state=self.batch.state)
        if not mine.update(state=state, worker="", working_until_at=None, attempts=0, **more):
            raise Taken
        self.batch.refresh_from_db()
        self.tell_sender()

    def tell_sender(self) -> None:
        """Long work has ended: whoever sent the file and went on to other things reads it at the bell."""
        batch, now = self.batch, self.clock()
        if batch.received_by_id is None or now - self.began < LONG:
            return
        if batch.state == State.CHECKED:
            text = "%(file)s has been looked through: %(bad)s rows with errors"
        elif batch.state == State.APPLIED:
            text = "%(file)s is imported: %(rows)s past bookings"
        else:
            return
        values = {"file": batch.name, "bad": batch.bad_rows, "rows": batch.rows}
        url, key = reverse("history:file", args=[batch.pk]), f"batch:{batch.pk}:{batch.state}:{batch.version}"
        tell(batch.hotel_id, person_id=batch.received_by_id, text=text, values=values, url=url, key=key, now=now)

    # ── looking through ──────────────────────────────────────────────────────────────────────────

    def look_through(self) -> None:
        """Read every row: good ones are laid ready (they count nowhere yet), the others kept with what is wrong."""
        batch = self.batch
        self.remove(PARTS)
        table = open_table(read_back(batch.file), batch.name)
        reader = RowReader(table.headings, batch.mapping, batch.options)
        self.tell(0, total=table.lines)
        good: list[dict[str, object]] = []
        bad: list[dict[str, object]] = []
        seen = bad_rows = 0
        for number, cells in table.rows():
            values, errors = reader.read(cells)
            if errors:
                bad_rows += 1
                bad.append({"row_number": number, "cells": cells, "errors": errors, "aside": False})
                if bad_rows > MOST_BAD:
                    raise TooManyBad
            else:
                good.append({**values, "row_number": number})
            seen += 1
            if len(good) + len(bad) >= bulk.CHUNK:
                self.lay_ready(seen, good, bad)
                good, bad = [], []
        self.lay_ready(seen, good, bad)
        self.done_with(State.CHECKED, checked_at=self.clock(), done=seen, total=seen, **counts(batch))

    def lay_ready(self, seen: int, good: list[dict[str, object]], bad: list[dict[str, object]]) -> None:
        """One chunk of rows."""
        batch = self.batch

        def write() -> None:
            bulk.insert(batch, PastBooking, good)
            BadRow.objects.bulk_create([BadRow(hotel_id=batch.hotel_id, batch_id=batch.pk, **row) for row in bad])

        self.chunk(seen, write)

    # ── applying ─────────────────────────────────────────────────────────────────────────────────

    def put_in_force(self) -> None:
        """Sum the batch up, then make it count: the last step is one short transaction with one entry in the logbook."""
        batch = self.batch
        self.remove((Movement, Figure, PastGroup))
        found = sums.Sums()
        for told in sums.sums_of(batch):
            if isinstance(told, sums.Sums):
                found = told
            else:
                self.tell(told, total=batch.rows)
        for model, rows in ((PastGroup, found.groups), (Figure, found.figures), (Movement, found.movements)):
            for some in _chunks(rows):
                self.chunk(batch.rows, lambda model=model, some=some: bulk.insert(batch, model, some))  # type: ignore[misc]
        now = self.clock()
        by = Actor(hotel_id=batch.hotel_id, person_id=batch.applied_by_id, name="", via="worker", everything=True)

        def step() -> None:
            with writing(batch.hotel_id, by=by, now=now):
                self.done_with(State.APPLIED, applied_at=now, groups=len(found.groups), done=batch.rows, total=batch.rows)
                note("history.applied", batch, **entry_of(batch))

        durably(step)

    # ── clearing ─────────────────────────────────────────────────────────────────────────────────

    def clear(self) -> None:
        """Delete the rows of a batch that is over; it counted nowhere any more from the moment it was undone or dropped."""
        self.remove(PARTS)
        self.done_with(self.batch.state, cleared_at=self.clock())

    def remove(self, models: tuple[type, ...]) -> None:
        """Delete what a batch has in these tables, a chunk at a time."""
        for model in models:
            while True:
                removed: list[int] = []
                self.chunk(0, lambda model=model, removed=removed: removed.append(bulk.remove_some(self.batch, model)))  # type: ignore[misc]
                if not removed[-1]:
                    break


def _chunks(rows: list[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    for place in range(0, len(rows), bulk.CHUNK):
        yield rows[place : place + bulk.CHUNK]


def counts(batch: Batch) -> dict[str, object]:
    """What is laid ready in a batch, counted from its rows."""
    rows = PastBooking.objects.of(batch.hotel_id).filter(batch=batch)
    whole = rows.aggregate(rows=Count("pk"), first=Min("arrival_on"), last=Max("arrival_on"))
    flags: dict[str, int] = {}
    for words, many in rows.exclude(flags="").order_by().values_list("flags").annotate(many=Count("pk")):
        for flag in words.split():
            flags[flag] = flags.get(flag, 0) + many
    bad = BadRow.objects.of(batch.hotel_id).filter(batch=batch)
    return {
        "rows": whole["rows"],
        "first_arrival_on": whole["first"],
        "last_arrival_on": whole["last"],
        "past_hotels": sorted(rows.order_by().values_list("past_hotel", flat=True).distinct()),
        "flags": flags,
        "bad_rows": bad.filter(aside=False).count(),
        "aside_rows": bad.filter(aside=True).count(),
    }


def entry_of(batch: Batch) -> dict[str, Any]:
    """What the logbook says of a batch: which file, by its hash, and how much is in it."""
    return {
        "file": batch.name,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "aside": batch.aside_rows,
        "groups": batch.groups,
        "hotels": batch.past_hotels,
        "first_on": batch.first_arrival_on,
        "last_on": batch.last_arrival_on,
    }
