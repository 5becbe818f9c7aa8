"""The worker's hand at replays: takes one that waits, runs it in child processes, says how far it is, keeps the result.

Each is claimed by a conditional update and a lease; a worker that is killed leaves it to the next one, three times at most.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID, uuid4

from django.db import close_old_connections
from django.db.models import F, Q
from django.utils.translation import gettext_noop as N_

from guiju.history.models import Batch
from guiju.history.replay import gathering, reporting
from guiju.history.replay.choosing import choose
from guiju.history.replay.figures import Handling
from guiju.history.replay.models import Replay
from guiju.history.replay.profile import profile_from
from guiju.history.replay.running import Stopped, span_of
from guiju.logbook.writing import durably
from guiju.shelf import clock
from guiju.shelf.errors import Refusal

log = logging.getLogger("guiju.replay")
State = Replay.State
EVERY_SECONDS = 2.0
LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 3
BROKEN = N_("Something went wrong; the log of the worker says what.")
Clock = Callable[[], datetime]


def stand_by(stop: Event) -> None:
    """Beside the worker's rounds: look for a replay that waits, until told to stop."""
    while not stop.wait(EVERY_SECONDS):
        try:
            work_once(clock.now, stop=stop.is_set)
        except Exception:
            log.exception("replays could not be looked at; the next look tries again")
        close_old_connections()


def waiting(now: datetime) -> list[UUID]:
    """Replays on which there is work to do and nobody does it."""
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, working_until_at__lt=now)
    return list(Replay.objects.filter(free).order_by("asked_at").values_list("pk", flat=True))


def work_once(time: Clock, *, processes: int = 2, stop: Callable[[], bool] = lambda: False) -> int:
    """Run what waits, one after the other; how many were run."""
    count = 0
    for pk in waiting(time()):
        if stop():
            break
        count += run(pk, time, processes=processes, stop=stop)
    return count


def run(pk: UUID, time: Clock, *, processes: int = 2, stop: Callable[[], bool] = lambda: False) -> bool:
    """Run one replay; False when somebody else has it."""
    name = f"{socket.gethostname()[:30]}/{os.getpid()}/{uuid4().hex[:12]}"
    free = Replay.objects.filter(pk=pk).filter(Q(state=State.WAITING) | Q(state=State.RUNNING, working_until_at__lt=time()))
    claimed = durably(lambda: free.update(state=State.RUNNING, worker=name, working_until_at=time() + LEASE, attempts=F("attempts") + 1, done=0))
    if not claimed:
        return False
    row = Replay.objects.select_related("hotel").get(pk=pk)
    mine = Replay.objects.filter(pk=pk, worker=name, state=State.RUNNING)

    def progress(done: int, total: int) -> None:
        if not durably(lambda: mine.update(done=done, total=total, working_until_at=time() + LEASE)):
            raise Stopped

    if row.attempts > MOST_ATTEMPTS:
        _end(row, name, time(), state=State.FAILED, said=N_("The work on it was cut off several times."))
        return True
    try:
        result = _result(row, time, processes, progress, stop)
    except Stopped:
        # the worker ends: the next one runs it (one that a person stopped is not `mine` any more)
        durably(lambda: mine.update(state=State.WAITING, worker="", working_until_at=None, attempts=F("attempts") - 1))
        return True
    except Refusal as wrong:
        _end(row, name, time(), state=State.FAILED, said=wrong.message[:300])
    except Exception:
        log.exception("a replay could not be run: %s", pk)
        _end(row, name, time(), state=State.FAILED, said=BROKEN)
    else:
        _end(row, name, time(), state=State.DONE, result=result)
    return True


def _end(row: Replay, name: str, now: datetime, **more: object) -> None:
    mine = Replay.objects.filter(pk=row.pk, worker=name, state=State.RUNNING)
    durably(lambda: mine.update(ended_at=now, worker="", working_until_at=None, **more))


def _result(
    row: Replay, time: Clock, processes: int, progress: Callable[[int, int], None], stop: Callable[[], bool]
) -> dict[str, object]:
    profile = profile_from(row.profile)
    chosen = choose(row.hotel_id, row.edition)
    against = choose(row.hotel_id, row.against) if row.against else None
    batch = Batch.objects.of(row.hotel_id).filter(pk=row.batch_id).first() if row.batch_id else None
    gathered = gathering.of_history(row.hotel, profile, batch)
    first, last = span_of([past for found in gathered.by_hotel.values() for past in found])
    calendar = gathering.calendar_of(row.hotel, profile, first, last, time())
    return reporting.report(
        chosen, gathered, calendar, handling=Handling(**row.handling), profile=profile, source="history", against=against,
        processes=processes, progress=progress, stop=stop,
    )
