"""The secret in a feed's address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from guiju.feeds.models import Feed
from guiju.house.models import Appointment


def fresh() -> str:
    """A new secret: 256 bits, that nobody guesses."""
    return secrets.token_urlsafe(32)


def hashed(text: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(text.encode()).hexdigest()


def address(text: str) -> str:
    """The whole address, as a calendar program wants it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("feeds:calendar", args=[text])


def recognise(text: str, now: datetime) -> Feed | None:
    """The living feed of somebody who still works here; None for anything else: one look-up, whatever is wrong."""
    here = {"hotel": OuterRef("hotel"), "person": OuterRef("person"), "from_at__lte": now}
    held = Appointment.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), **here)
    rows = Feed.objects.select_related("person", "hotel").filter(Exists(held), person__is_active=True, ended_at__isnull=True)
    return rows.filter(token_hash=hashed(text)).first()
