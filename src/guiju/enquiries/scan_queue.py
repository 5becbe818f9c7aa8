"""The worker's queue of scans: claim one under a lease, read it in a process apart, then write what it said; three tries."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.db.models import Q

from guiju.enquiries.actions.scanning import give_up, take_words
from guiju.enquiries.scans import Scan
from guiju.papers.files import read_back
from guiju.reading import engine, scan_apart
from guiju.reading.apart import Failed
from guiju.shelf import clock
from guiju.shelf.actor import the_clock

log = logging.getLogger("guiju.scans")
LEASE = timedelta(seconds=90)
RENEW_SECONDS = 20.0
EVERY_SECONDS = 2.0
TRIES = 3
BACK_OFF = timedelta(minutes=1)
FRESH = timedelta(days=14)  # nobody waits for the words of an older one


def due(now: datetime, limit: int = 20) -> list[Scan]:
    """Scans to be read, and those whose reader died while reading."""
    wanted = Q(state=Scan.State.WAITING, not_before_at__lte=now) | Q(state=Scan.State.READING, claimed_until_at__lt=now)
    rows = Scan.objects.filter(wanted, received_at__gt=now - FRESH).select_related("file", "message")
    return list(rows.order_by("not_before_at", "id")[:limit])


def read_due(now: datetime) -> int:
    """Read the scans that are due, one after the other; how many were read. Nothing where the extra is not installed."""
    rows = due(now)
    if not rows or not engine.installed():
        return 0
    begun = time.monotonic()
    return sum(read_one(scan, now + _since(begun)) for scan in rows)


def _since(begun: float) -> timedelta:
    return timedelta(seconds=int(time.monotonic() - begun))


def keep_reading(stop: threading.Event) -> None:
    """Beside the rounds, until told to stop: the clock never waits for a page."""
    while not stop.wait(EVERY_SECONDS):
        try:
            read_due(clock.now())
        except Exception:
            log.exception("scans could not be looked at; the next round tries again")
        close_old_connections()


def read_one(scan: Scan, now: datetime) -> bool:
    """Claim one scan and read it. False when another worker has it, or it could not be read."""
    rows = Scan.objects.filter(pk=scan.pk, tries=scan.tries)
    tries = scan.tries + 1
    if tries > TRIES:  # the reader died each time without a word
        if rows.filter(state=Scan.State.READING, claimed_until_at__lt=now).exists():
            give_up(scan, why="the reader did not come back", tries=scan.tries, by=the_clock(scan.hotel_id), now=now)
        return False
    free = Q(state=Scan.State.WAITING) | Q(state=Scan.State.READING, claimed_until_at__lt=now)
    if not rows.filter(free).update(state=Scan.State.READING, claimed_until_at=now + LEASE, tries=tries):
        return False
    begun = time.monotonic()

    def still() -> bool:
        """The lease runs on while the reader works."""
        mine = Scan.objects.filter(pk=scan.pk, state=Scan.State.READING, tries=tries)
        return bool(mine.update(claimed_until_at=now + _since(begun) + LEASE))

    try:
        looked = scan_apart.read_apart(scan.kind, read_back(scan.file), scan.only, still=still, every=RENEW_SECONDS)
        by, done_at = the_clock(scan.hotel_id), now + _since(begun)
        return take_words(scan, found=looked.scan, pictures=looked.pictures, tries=tries, by=by, now=done_at)
    except Failed as error:
        _failed(scan, str(error), tries, now + _since(begun))
    except Exception as error:  # whatever is wrong with one scan must not hold up the others
        log.exception("a scan could not be read: %s", scan.pk)
        _failed(scan, type(error).__name__, tries, now + _since(begun))
    return False


def _failed(scan: Scan, why: str, tries: int, now: datetime) -> None:
    if tries >= TRIES:
        give_up(scan, why=why, tries=tries, by=the_clock(scan.hotel_id), now=now)
        return
    mine = Scan.objects.filter(pk=scan.pk, state=Scan.State.READING, tries=tries)
    mine.update(state=Scan.State.WAITING, claimed_until_at=None, why=why[:200], not_before_at=now + tries * BACK_OFF)
    log.warning("a scan could not be read (try %s): %s", tries, why[:120])
