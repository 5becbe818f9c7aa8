"""Files as received: kept unchanged under their hash, looked at by the airlock before anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.papers.models import StoredFile
from guiju.reading import airlock
from guiju.shelf.errors import Invalid

MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "eml": "message/rfc822",
    "xml": "application/xml",
    "text": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# What the airlock says, for people; it says it in English only.
REFUSED = {
    "empty": N_("The file is empty."),
    "too_large": N_("The file is too large."),
    "broken": N_("The file is damaged and cannot be opened."),
}
NOT_TAKEN = N_("This kind of file is not taken here.")


def admitted(data: bytes, name: str, *, kinds: Sequence[str] = ()) -> str:
    """The kind of a file that is let in. Raises Invalid for what the airlock refuses, or a kind not wanted here."""
    try:
        found = airlock.admit(data, name)
    except airlock.Refused as refused:
        text = REFUSED.get(refused.code) or NOT_TAKEN
        raise Invalid(errors={"file": [_(text)]}) from refused
    if kinds and found.kind not in kinds:
        raise Invalid(errors={"file": [_(NOT_TAKEN)]})
    return found.kind


def keep(hotel_id: UUID, data: bytes, name: str, *, kinds: Sequence[str] = (), now: datetime) -> StoredFile:
    """Store a file of an allowed kind; the same bytes are stored once. Raises Invalid for what the airlock refuses."""
    kind = admitted(data, name, kinds=kinds)
    return store(hotel_id, data, name, mime=MIMES.get(kind, "application/octet-stream"), now=now)


def store(
    hotel_id: UUID,
    data: bytes,
    name: str,
    *,
    mime: str,
    quarantined: bool = False,
    now: datetime,
    keep_days: int | None = None,
) -> StoredFile:
    """Write bytes under their hash and remember them."""
    digest = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.of(hotel_id).filter(sha256=digest).first()
    if known is not None:
        if known.quarantined and not quarantined:  # let in after all: it is kept, and no longer dropped
            StoredFile.objects.filter(pk=known.pk).update(quarantined=False, drop_after_at=None)
            known.refresh_from_db()
        return known
    folder = "quarantine" if quarantined else "received"
    path = f"{folder}/{hotel_id}/{digest[:2]}/{digest}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(data))
    return StoredFile.objects.create(
        hotel_id=hotel_id,
        sha256=digest,
        name=name[:200],
        mime=mime,
        size=len(data),
        path=path,
        quarantined=quarantined,
        received_at=now,
        drop_after_at=now + timedelta(days=keep_days) if keep_days else None,
    )


def read_back(file: StoredFile) -> bytes:
    """The bytes as received."""
    with default_storage.open(file.path, "rb") as handle:
        return bytes(handle.read())
