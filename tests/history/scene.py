"""A file of past bookings that waits for its columns to be named."""

from __future__ import annotations

from datetime import datetime

from guiju.history.fields import guess, signature
from guiju.history.models import Batch
from guiju.house.models import Hotel
from guiju.papers.models import StoredFile

HEADS = ["hotel", "lead_time", "arrival", "nights", "adr", "status"]


def past_file(hotel: Hotel, now: datetime) -> Batch:
    """A batch in its first state."""
    file = StoredFile.objects.create(hotel=hotel, sha256="f" * 64, name="past.csv", mime="text/csv", size=1, path="none", received_at=now)
    return Batch.objects.create(
        hotel=hotel, file=file, sha256="f" * 64, name="past.csv", signature=signature(HEADS), headings=HEADS, mapping=guess(HEADS), received_at=now
    )
