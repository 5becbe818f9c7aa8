"""Beside the worker's rounds: each mailbox in a thread of its own, so that a slow one holds up neither the clock nor the others."""

from __future__ import annotations

import logging
import threading
from uuid import UUID

from django.db import close_old_connections, connection

from guiju.mailroom import folder, looking
from guiju.mailroom.models import Mailbox
from guiju.shelf import clock

log = logging.getLogger("guiju.mailroom")
EVERY_SECONDS = 2.0
MOST_AT_ONCE = 8


def collect(stop: threading.Event) -> None:
    """Look into mailboxes when their turn comes, until told to stop."""
    busy: dict[tuple[str, UUID], threading.Thread] = {}
    while not stop.wait(EVERY_SECONDS):
        try:
            busy = {key: thread for key, thread in busy.items() if thread.is_alive()}
            _begin(busy, stop)
        except Exception:
            log.exception("mailboxes could not be looked at; the next round tries again")
        close_old_connections()


def _begin(busy: dict[tuple[str, UUID], threading.Thread], stop: threading.Event) -> None:
    now = clock.now()
    folder.ensure(now)
    for mailbox in looking.due(now):
        if mailbox.try_asked_at is not None and ("try", mailbox.pk) not in busy:
            _start(busy, ("try", mailbox.pk), lambda one=mailbox: try_one(one))
        free = ("look", mailbox.pk) not in busy and len(busy) < MOST_AT_ONCE
        if free and mailbox.is_on and mailbox.next_look_at <= now and looking.may_look(mailbox, now):
            _start(busy, ("look", mailbox.pk), lambda one=mailbox: looking.look(one, clock=clock.now, stopped=stop.is_set, wait=True))


def _start(busy: dict[tuple[str, UUID], threading.Thread], key: tuple[str, UUID], work: object) -> None:
    def run() -> None:
        try:
            work()  # type: ignore[operator]  # a function without arguments
        except Exception:
            log.exception("a mailbox's thread failed")
        finally:
            connection.close()

    busy[key] = threading.Thread(target=run, name=f"mailbox-{key[0]}", daemon=True)
    busy[key].start()


def try_one(mailbox: Mailbox) -> bool:
    """Somebody wants it tried: the first worker that sees it does so and notes what came of it."""
    mine = Mailbox.objects.filter(pk=mailbox.pk, try_asked_at=mailbox.try_asked_at)
    if mailbox.try_asked_at is None or not mine.update(try_asked_at=None, try_code="running", try_detail="", try_done_at=clock.now()):
        return False
    code, detail, waiting = looking.attempt(mailbox)
    Mailbox.objects.filter(pk=mailbox.pk).update(try_code=code, try_detail=detail or str(waiting), try_done_at=clock.now())
    return True


def collect_once() -> list[tuple[Mailbox, looking.Looked]]:
    """Look into every mailbox now, one after the other, whatever their turn: for a person at a terminal."""
    folder.ensure(clock.now())
    rows = Mailbox.objects.select_related("hotel").filter(closed_at__isnull=True, is_on=True).order_by("hotel__code", "name")
    return [(one, looking.look(one, clock=clock.now)) for one in rows]
