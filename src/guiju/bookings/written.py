"""The client's written request as a file: what may be kept, and keeping it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.bookings.models import Booking
from guiju.papers.files import MIMES, admitted, store
from guiju.papers.models import StoredFile
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import MAX_BYTES

KINDS = ("pdf", "png", "jpeg", "tiff", "eml", "text")


def keep(booking: Booking, data: bytes, name: str, *, now: datetime) -> StoredFile:
    """Store the request under its hash. Raises Invalid for a file that is too large or no such request."""
    if len(data) > MAX_BYTES:
        raise Invalid(errors={"file": [_("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024}]})
    kind = admitted(data, name, kinds=KINDS)
    return store(booking.hotel_id, data, name, mime=MIMES[kind], now=now)
