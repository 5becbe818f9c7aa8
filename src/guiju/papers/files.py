"""Files as received: kept unchanged under their hash, looked at by the airlock before anything else.

A file with a card number in it, and whatever was refused, is kept encrypted (sealed): unchanged, but not readable on the disk,
in a backup or on a page. docs/decisions/0004-card-numbers.md says why.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.logbook.writing import after_commit
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
    "html": "text/html",
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
    sealed: bool = False,
    now: datetime,
    keep_days: int | None = None,
) -> StoredFile:
    """Write bytes under their hash and remember them; `sealed` and quarantined ones encrypted."""
    digest = hashlib.sha256(data).hexdigest()
    drop_after_at = now + timedelta(days=keep_days) if keep_days else None
    known = StoredFile.objects.of(hotel_id).filter(sha256=digest).first()
    if known is not None:
        if known.quarantined and not quarantined:  # let in after all: it is kept, and no longer dropped
            StoredFile.objects.filter(pk=known.pk).update(quarantined=False, drop_after_at=None, mime=mime, name=name[:200])
            known.refresh_from_db()
        elif known.quarantined and drop_after_at and known.drop_after_at and drop_after_at > known.drop_after_at:
            StoredFile.objects.filter(pk=known.pk).update(drop_after_at=drop_after_at)  # refused again: kept for the later one
            known.refresh_from_db()
        return known
    folder = "quarantine" if quarantined else "received"
    path = f"{folder}/{hotel_id}/{digest[:2]}/{digest}" + (".sealed" if sealed or quarantined else "")
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(_seal(data, digest) if path.endswith(".sealed") else data))
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                hotel_id=hotel_id,
                sha256=digest,
                name=name[:200],
                mime=mime,
                size=len(data),
                path=path,
                quarantined=quarantined,
                received_at=now,
                drop_after_at=drop_after_at,
            )
    except IntegrityError:  # the same bytes in the same moment: the other one stored them
        return StoredFile.objects.get(hotel_id=hotel_id, sha256=digest)


def read_back(file: StoredFile) -> bytes:
    """The bytes as received, a sealed file's too: for the programs that read them, never for a page (see `is_sealed`)."""
    with default_storage.open(file.path, "rb") as handle:
        raw = bytes(handle.read())
    return _cipher().decrypt(raw[:12], raw[12:], file.sha256.encode()) if file.is_sealed else raw


def seal_up(file: StoredFile) -> None:
    """Keep a file encrypted from now on: a card number was found in it after it was stored. The plain one goes when the row says so."""
    if file.is_sealed:
        return
    plain, data = file.path, read_back(file)
    sealed = f"{plain}.sealed"
    if not default_storage.exists(sealed):
        sealed = default_storage.save(sealed, ContentFile(_seal(data, file.sha256)))
    StoredFile.objects.filter(pk=file.pk).update(path=sealed)
    file.refresh_from_db()
    after_commit(lambda: default_storage.delete(plain))


def drop(file: StoredFile) -> None:
    """Delete a refused file, from the disk first: what is interrupted is done again at the next round."""
    default_storage.delete(file.path)
    file.delete()


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"files:" + settings.LOGBOOK_KEY).digest())


def _seal(data: bytes, digest: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + _cipher().encrypt(nonce, data, digest.encode())
