"""Confidential notes: written, opened (each time noted), told to floor and security, movements noted, closed (longstay.suspicious)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.logbook import keys
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay.confidential import require
from guiju.longstay.models import LongStay, WatchNote
from guiju.longstay.terms import about
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal
from guiju.shelf.wording import local

TOLD = ("housekeeping", "security")


@verb("longstay.watch")
def note_watch(stay: LongStay, *, text: str, by: Actor, now: datetime) -> WatchNote:
    """Write a confidential note on a guest: sealed with the guest's key; floor staff and security are told that there is one.

    Raises Missing for anybody but the named posts, Invalid without words.
    """
    require(by, now)
    if not text.strip():
        raise Invalid(errors={"text": [_("What was noticed?")]})
    if len(text) > 2000:
        raise Invalid(errors={"text": [_("At most %(most)s characters.") % {"most": 2000}]})
    key = keys.key_of(stay.hotel_id, about(stay))
    row: WatchNote = WatchNote.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, sealed=keys.lock(key, text.strip()), by_id=by.person_id, at=now
    )
    note("watch.noted", row, personal={"text": (about(stay), text.strip())})
    return row


@verb("longstay.watch")
def open_watch(watch: WatchNote, *, by: Actor, now: datetime) -> str:
    """The text of a note; that it was opened, by whom and when, goes into the logbook before anybody reads it."""
    require(by, now)
    note("watch.opened", watch)
    key = keys.key_of(watch.hotel_id, f"longstay:{watch.longstay_id}")
    return keys.unlock(key, bytes(watch.sealed)) or ""


@verb("longstay.watch")
def tell_watch(watch: WatchNote, *, by: Actor, now: datetime) -> WatchNote:
    """Housekeeping or security has been told and watches. Raises NotAllowed for other departments."""
    require(by, now)
    mine = [department for department in TOLD if department in by.departments]
    if not mine:
        raise NotAllowed("longstay.watch", permission="longstay.watch")
    _open(watch)
    for department in mine:
        note("watch.told", watch, department=department)
    return watch


@verb("longstay.watch")
def observe(watch: WatchNote, *, text: str, by: Actor, now: datetime) -> WatchNote:
    """What was seen today; it stands below the note, sealed like it."""
    require(by, now)
    _open(watch)
    if not text.strip():
        raise Invalid(errors={"text": [_("What was noticed?")]})
    if len(text) > 500:
        raise Invalid(errors={"text": [_("At most %(most)s characters.") % {"most": 500}]})
    key = keys.key_of(watch.hotel_id, f"longstay:{watch.longstay_id}")
    watch = WatchNote.objects.select_for_update().get(pk=watch.pk)
    before = keys.unlock(key, bytes(watch.sealed)) or ""
    line = f"{before}\n{local(now):%Y-%m-%d %H:%M} {by.name}: {text.strip()}"
    WatchNote.objects.filter(pk=watch.pk).update(sealed=keys.lock(key, line))
    note("watch.observed", watch, personal={"text": (f"longstay:{watch.longstay_id}", text.strip())})
    return watch


@verb("longstay.watch")
def close_watch(watch: WatchNote, *, reason: str, by: Actor, now: datetime) -> WatchNote:
    """There is nothing to watch any more. Raises Invalid without a reason."""
    require(by, now)
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why: it goes into the record.")]})
    if not WatchNote.objects.filter(pk=watch.pk, closed_at__isnull=True).update(closed_at=now):
        raise Refusal(_("This note is closed."), code="closed")
    note("watch.closed", watch, personal={"reason": (f"longstay:{watch.longstay_id}", reason.strip()[:300])})
    return watch


def _open(watch: WatchNote) -> None:
    if watch.closed_at is not None:
        raise Refusal(_("This note is closed."), code="closed")
