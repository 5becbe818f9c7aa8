"""A robot's address and secret as its row keeps them: sealed with the installation's key, never shown again."""

from __future__ import annotations

import hashlib
import json
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"chat robot:" + settings.LOGBOOK_KEY).digest())


def seal(robot_id: UUID, address: str, secret: str) -> bytes:
    """Both as the row keeps them, bound to this robot."""
    nonce = os.urandom(12)
    return nonce + _cipher().encrypt(nonce, json.dumps([address, secret]).encode(), str(robot_id).encode())


def unseal(robot_id: UUID, sealed: bytes) -> tuple[str, str] | None:
    """(address, secret); None when they were sealed by another installation."""
    raw = bytes(sealed)
    try:
        address, secret = json.loads(_cipher().decrypt(raw[:12], raw[12:], str(robot_id).encode()))
    except (InvalidTag, ValueError):
        return None
    return address, secret
