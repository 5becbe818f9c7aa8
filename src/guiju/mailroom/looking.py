"""A look into a mailbox: what is new is claimed and taken in, what is dealt with may be moved; and how the look went."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from guiju.mailroom import folder, taking
from guiju.mailroom.line import Line, Meta, Trouble
from guiju.mailroom.models import Item, Mailbox
from guiju.mailroom.secrets import secret_of
from guiju.reading.airlock import MAX_BYTES

log = logging.getLogger("guiju.mailroom")
AT_ONCE = 50  # messages a look
ASKED = 200  # whose size and moment are asked for at once
LONGEST_BACK_OFF = timedelta(minutes=15)
Clock = Callable[[], datetime]
Stopped = Callable[[], bool]


@dataclass(slots=True)
class Looked:
    """How a look went: pieces dealt with, and whether more is waiting."""

    taken: int = 0
    more: bool = False


def may_look(mailbox: Mailbox, now: datetime) -> bool:
    """Claim the next look: one worker a turn; a look that takes longer than a turn is shared by the next."""
    due = Mailbox.objects.filter(pk=mailbox.pk, is_on=True, closed_at__isnull=True, next_look_at__lte=now)
    return bool(due.update(next_look_at=now + mailbox.every))


def look(mailbox: Mailbox, *, clock: Clock, stopped: Stopped = lambda: False, wait: bool = False) -> Looked:
    """Look once and note how it went; trouble is noted too, and the next look comes later and later. Raises nothing of the wire's."""
    try:
        if mailbox.kind == Mailbox.Kind.FOLDER:
            found = folder.look(mailbox, clock=clock, stopped=stopped)
            _well(mailbox, clock())
        else:
            found = _look(mailbox, clock, stopped, wait)
    except Trouble as trouble:
        _badly(mailbox, trouble, clock())
        return Looked()
    except Exception as error:
        log.exception("a look into a mailbox failed")
        _badly(mailbox, Trouble("inside", type(error).__name__), clock())
        return Looked()
    if found.more or found.taken >= AT_ONCE:
        Mailbox.objects.filter(pk=mailbox.pk).update(next_look_at=clock())
    return found


def _line(mailbox: Mailbox, *, write: bool, seconds: float | None = None) -> Line:
    more = {"seconds": seconds} if seconds else {}
    return Line(
        mailbox.host, mailbox.port, security=mailbox.security, user=mailbox.user, secret=secret_of(mailbox), folder=mailbox.folder, write=write,
        **more,
    )


def _look(mailbox: Mailbox, clock: Clock, stopped: Stopped, wait: bool) -> Looked:
    moving = mailbox.after == Mailbox.After.MOVE
    with _line(mailbox, write=moving) as line:
        found = _take(mailbox, line, clock, stopped)
        _well(mailbox, clock())
        if wait and mailbox.idle and not found.more and not stopped() and line.wait(min(mailbox.every_seconds, 600)):
            found.more = True
    return found


def _take(mailbox: Mailbox, line: Line, clock: Clock, stopped: Stopped) -> Looked:
    if line.validity != mailbox.uid_validity:  # the server numbers anew: what came before is known by its identity
        Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=line.validity, uid_done=0)
        mailbox.uid_validity, mailbox.uid_done = line.validity, 0
    moving = mailbox.after == Mailbox.After.MOVE
    waiting = line.uids(0 if moving else mailbox.uid_done, mailbox.since_at)
    found, done, open_ends = Looked(), mailbox.uid_done, False
    for start in range(0, len(waiting), ASKED):
        batch = waiting[start : start + ASKED]
        known = _known(mailbox, line.validity, batch)
        told = line.meta(uid for uid in batch if uid not in known)
        for uid in batch:
            if found.taken >= AT_ONCE or stopped():
                found.more = True
                break
            settled = uid in known or _one(mailbox, line, told.get(uid), uid, found, clock)
            if settled and moving and (uid in known or uid in told):
                line.move(uid, mailbox.move_to) if _is_ours(mailbox, line.validity, uid) else None
            open_ends = open_ends or not settled
            done = done if open_ends else max(done, uid)
        if found.more:
            break
    rows = Mailbox.objects.filter(pk=mailbox.pk, uid_validity=line.validity, uid_done__lt=done)
    rows.update(uid_done=done)
    return found


def _known(mailbox: Mailbox, validity: int, uids: list[int]) -> set[int]:
    rows = Item.objects.filter(mailbox=mailbox, uid_validity=validity, uid__in=uids).exclude(state=Item.State.CLAIMED)
    return {uid for uid in rows.values_list("uid", flat=True) if uid is not None}


def _is_ours(mailbox: Mailbox, validity: int, uid: int) -> bool:
    """Whether it was dealt with here: what is older than the mailbox's beginning stays where it lies."""
    rows = Item.objects.filter(mailbox=mailbox, uid_validity=validity, uid=uid).exclude(state=Item.State.CLAIMED)
    return rows.exclude(state=Item.State.REFUSED, size__gt=MAX_BYTES).exists()


def _one(mailbox: Mailbox, line: Line, meta: Meta | None, uid: int, found: Looked, clock: Clock) -> bool:
    """Take one message in; True when nothing of it is left to do, here or in another worker."""
    if meta is None or meta.arrived_at < mailbox.since_at:  # gone meanwhile, or from before
        return True
    now = clock()
    piece = taking.Piece(meta.arrived_at, meta.size, line.validity, uid)
    item = taking.claim(mailbox, piece, now=now)
    if item is None:  # dealt with meanwhile: settled; in another worker's hands: not yet
        return uid in _known(mailbox, line.validity, [uid])
    try:
        large = meta.size > MAX_BYTES
        data = line.message(uid, meta.size, head=large)
    except Trouble:
        taking.put_back(item, now=clock())
        raise
    if data is None:
        item.delete()
        return True
    opened = taking.too_large(item, data) if large else taking.opened(mailbox, item, data, "mail.eml", now=now)
    taking.finish(mailbox, item, opened, now=clock())
    found.taken += 1
    return True


def _well(mailbox: Mailbox, now: datetime) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(
        tried_at=now, succeeded_at=now, failures=0, error_code="", error_detail="", error_at=None
    )


def _badly(mailbox: Mailbox, trouble: Trouble, now: datetime) -> None:
    failures = min(mailbox.failures + 1, 1000)
    pause = min(mailbox.every * 2 ** min(failures, 10), LONGEST_BACK_OFF)
    Mailbox.objects.filter(pk=mailbox.pk).update(
        tried_at=now, failures=F("failures") + 1, error_code=trouble.code, error_detail=trouble.detail, error_at=now,
        next_look_at=now + max(pause, mailbox.every),
    )
    log.warning("mailbox %s: %s (%s. time)", mailbox.pk, trouble.code, failures)


def attempt(mailbox: Mailbox, *, seconds: float = 40.0) -> tuple[str, str, int]:
    """Try a mailbox without taking anything in: ("ok" or what is wrong, what the far end said, how many wait)."""
    try:
        if mailbox.kind == Mailbox.Kind.FOLDER:
            return "ok", "", folder.waiting(mailbox)
        with _line(mailbox, write=False, seconds=seconds) as line:
            after = mailbox.uid_done if line.validity == mailbox.uid_validity else 0
            waiting = line.uids(after, mailbox.since_at)
            told = line.meta(waiting[-ASKED:])
            return "ok", "", sum(one.arrived_at >= mailbox.since_at for one in told.values())
    except Trouble as trouble:
        return trouble.code, trouble.detail, 0
    except Exception as error:
        log.exception("a mailbox could not be tried")
        return "inside", type(error).__name__, 0


def due(now: datetime) -> list[Mailbox]:
    """Mailboxes whose turn it is, or that somebody wants tried."""
    rows = Mailbox.objects.select_related("hotel").filter(closed_at__isnull=True)
    return list(rows.filter(Q(is_on=True, next_look_at__lte=now) | Q(try_asked_at__isnull=False)).order_by("next_look_at")[:100])
