"""The second step of a sign-in: a code of the person's own device (TOTP), its secret sealed with the installation's key."""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime
from urllib.parse import quote

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guiju.house.models import Hotel, Person, Setting
from guiju.house.settings import SETTINGS
from guiju.shelf.actor import Actor

NEED = frozenset({"gm", "finance_head", "finance", "administrator"})
STEP = 30
DRIFT = 1  # steps a device's clock may be off


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"totp:" + settings.LOGBOOK_KEY).digest())


def seal(person_id: object, secret: str) -> bytes:
    """The secret as the person's row keeps it."""
    nonce = os.urandom(12)
    return nonce + _cipher().encrypt(nonce, secret.encode(), str(person_id).encode())


def unseal(person: Person) -> str | None:
    """The person's secret; None when he has none or it was sealed by another installation."""
    if not person.totp_secret:
        return None
    raw = bytes(person.totp_secret)
    try:
        return _cipher().decrypt(raw[:12], raw[12:], str(person.pk).encode()).decode()
    except (InvalidTag, ValueError):
        return None


def required(actor: Actor, hotel: Hotel) -> bool:
    """Whether the posts held ask for a second step; in demo mode only where the hotel said so itself."""
    if not actor.posts & NEED:
        return False
    said = Setting.objects.of(hotel.pk).filter(key="security.totp_required").values_list("value", flat=True).first()
    if said is None:
        said = SETTINGS["security.totp_required"].default and settings.GUIJU_MODE != "demo"
    return bool(said)


def fresh() -> str:
    """A new secret."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; None for a wrong or stale one."""
    code = "".join(code.split())
    if len(code) != 6 or not code.isdecimal() or not code.isascii():
        return None
    here, codes = int(now.timestamp()) // STEP, pyotp.TOTP(secret)
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(codes.generate_otp(step), code):
            return step
    return None


def qr(person: Person, hotel: Hotel, secret: str) -> str:
    """The picture a phone reads, as the address of an image."""
    label = quote(f"{hotel.name}:{person.username}")
    uri = f"otpauth://totp/{label}?secret={secret}&issuer={quote(hotel.name)}&period={STEP}&digits=6"
    return segno.make(uri, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")
