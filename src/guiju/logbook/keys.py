"""Personal values beside the chain: encrypted with a key a person can have destroyed."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guiju.logbook.models import PersonalKey


def _master() -> AESGCM:
    return AESGCM(hashlib.sha256(b"personal:" + settings.LOGBOOK_KEY).digest())


def key_of(hotel_id: UUID | None, about: str) -> PersonalKey:
    """The person's key, made when first needed."""
    found = PersonalKey.objects.filter(hotel_id=hotel_id, about=about).first()
    if found:
        return found
    nonce = os.urandom(12)
    wrapped = nonce + _master().encrypt(nonce, os.urandom(32), about.encode())
    return PersonalKey.objects.create(hotel_id=hotel_id, about=about, wrapped=wrapped)


def _open_key(key: PersonalKey) -> AESGCM | None:
    if not key.wrapped:
        return None
    raw = bytes(key.wrapped)
    return AESGCM(_master().decrypt(raw[:12], raw[12:], key.about.encode()))


def lock(key: PersonalKey, text: str) -> bytes:
    """The text encrypted with the person's key; an erased person's values are written empty."""
    cipher = _open_key(key)
    if cipher is None:
        return b""
    nonce = os.urandom(12)
    return nonce + cipher.encrypt(nonce, text.encode(), None)


def unlock(key: PersonalKey, sealed: bytes) -> str | None:
    """What was written, or None when the person was erased."""
    cipher = _open_key(key)
    if cipher is None or not sealed:
        return None
    raw = bytes(sealed)
    return cipher.decrypt(raw[:12], raw[12:], None).decode()


def destroy(hotel_id: UUID | None, about: str, *, now: datetime) -> bool:
    """Destroy a key: what was written with it can never be read again, while the record and its chain stay whole."""
    return bool(PersonalKey.objects.filter(hotel_id=hotel_id, about=about, wrapped__isnull=False).update(wrapped=None, erased_at=now))
