"""Refused messages are kept a month and then dropped: file, error and sender; the logbook's entry of the refusal stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from guiju.enquiries.actions.receiving import KEPT_DAYS
from guiju.enquiries.models import Attachment, Message
from guiju.house.models import Hotel
from guiju.logbook import keys
from guiju.logbook.verbs import verb
from guiju.papers.files import drop
from guiju.papers.models import StoredFile
from guiju.shelf.actor import Actor, the_clock

AT_ONCE = 100


def drop_refused_of(hotel_id: UUID, now: datetime) -> int:
    """The clock's round: drop what has been kept long enough; two index look-ups when there is nothing."""
    before = now - timedelta(days=KEPT_DAYS)
    due = Message.objects.of(hotel_id).filter(received_at__lte=before).exclude(refused_code="").exists() or (
        Attachment.objects.of(hotel_id).filter(received_at__lte=before, file__isnull=False).exclude(refused_code="").exists()
    )
    return drop_refused(Hotel.objects.get(pk=hotel_id), by=the_clock(hotel_id), now=now) if due else 0


@verb("enquiries.intake")
def drop_refused(hotel: Hotel, *, by: Actor, now: datetime) -> int:
    """Drop refused messages and attachments older than a month; the sender's name is destroyed in the record too. How many."""
    before = now - timedelta(days=KEPT_DAYS)
    messages = list(Message.objects.of(hotel.pk).filter(received_at__lte=before).exclude(refused_code="").select_related("file")[:AT_ONCE])
    hung = list(
        Attachment.objects.of(hotel.pk).filter(received_at__lte=before, file__isnull=False).exclude(refused_code="").select_related("file")[:AT_ONCE]
    )
    for message in messages:
        keys.destroy(hotel.pk, f"message:{message.pk}", now=now)
        message.delete()
    for one in hung:
        Attachment.objects.filter(pk=one.pk).update(file=None)
    files: dict[Any, StoredFile] = {row.file.pk: row.file for row in messages if row.file} | {row.file.pk: row.file for row in hung if row.file}
    for file in files.values():
        _drop_unless_needed(file, now)
    return len(messages) + len(hung)


def _drop_unless_needed(file: StoredFile, now: datetime) -> None:
    """The same bytes may have been refused again since, or let in after all."""
    needed: Any = StoredFile.objects.filter(pk=file.pk, quarantined=True, drop_after_at__lte=now).first()
    if needed is None or Message.objects.filter(file=file).exists() or Attachment.objects.filter(file=file).exists():
        return
    drop(needed)
