"""The password of a mailbox: from the environment, or in its row, sealed with the installation's key."""

from __future__ import annotations

import hashlib
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guiju.mailroom.line import Trouble
from guiju.mailroom.models import Mailbox

VARIABLE = re.compile(r"GUIJU_MAIL_[A-Z0-9_]{1,60}")  # no other variable may be sent to a mail server


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"mailbox:" + settings.LOGBOOK_KEY).digest())


def _bound(mailbox: Mailbox) -> bytes:
    """The seal opens only for this mailbox at this server: who changes the server must know the password."""
    return f"{mailbox.pk}|{mailbox.host.lower()}|{mailbox.port}|{mailbox.user}".encode()


def seal(mailbox: Mailbox, secret: str) -> bytes:
    """The password as the row keeps it."""
    nonce = os.urandom(12)
    return nonce + _cipher().encrypt(nonce, secret.encode(), _bound(mailbox))


def secret_of(mailbox: Mailbox) -> str:
    """The password. Raises Trouble "secret" when there is none, or it was sealed for elsewhere."""
    if mailbox.secret_from:
        found = os.environ.get(mailbox.secret_from, "") if VARIABLE.fullmatch(mailbox.secret_from) else ""
        if not found:
            raise Trouble("secret", mailbox.secret_from)
        return found
    if not mailbox.secret_sealed:
        raise Trouble("secret")
    raw = bytes(mailbox.secret_sealed)
    try:
        return _cipher().decrypt(raw[:12], raw[12:], _bound(mailbox)).decode()
    except (InvalidTag, ValueError) as error:
        raise Trouble("secret") from error
