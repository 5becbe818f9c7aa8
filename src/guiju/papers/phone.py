"""A copy's link for a phone, told in the department's chat: short-lived, one copy, opened by name and PIN."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.house.acting import on_tablet
from guiju.house.middleware import address_of
from guiju.house.models import Person, Pin
from guiju.papers.models import Copy, PhoneLink
from guiju.shelf.actor import Actor

LASTS = timedelta(hours=12)
OPEN_FOR = timedelta(minutes=10)  # then name and PIN are asked again
WRONG = 10  # wrong names or PINs end the link, whoever's they were
COOKIE = "guiju_copy"
SALT = "guiju.papers.phone"


@dataclass(frozen=True, slots=True)
class Opened:
    """Who has opened a link, and what he may do there."""

    person: Person
    actor: Actor


def make_link(hotel_id: UUID, copy_id: str, department: str, now: datetime) -> UUID | None:
    """A link to this copy for this department; None when it is another department's or needs nothing any more."""
    rows = Copy.objects.of(hotel_id).filter(pk=copy_id, department=department, must_sign=True, signed_at__isnull=True)
    copy = rows.filter(superseded_at__isnull=True).first()
    if copy is None:
        return None
    return PhoneLink.objects.create(hotel_id=hotel_id, copy=copy, created_at=now, expires_at=now + LASTS).pk


def path_of(link: UUID) -> str:
    """Where the link leads: its key and a seal nobody can make without the installation's key."""
    return reverse("papers:phone", args=[_text(link.bytes) + _seal(link)])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _seal(link: UUID) -> str:
    return _text(hmac.new(settings.LOGBOOK_KEY, b"copy link:" + link.bytes, hashlib.sha256).digest()[:18])


def recognise(token: str, now: datetime) -> PhoneLink | None:
    """The living link with this address; None for any other, in the same way."""
    try:
        key = UUID(bytes=base64.urlsafe_b64decode(f"{token[:22]}=="))
    except ValueError:
        return None
    if not hmac.compare_digest(token[22:].encode(), _seal(key).encode()):
        return None
    rows = PhoneLink.objects.select_related("hotel", "copy__paper", "copy__revision")
    return rows.filter(pk=key, expires_at__gt=now, ended_at__isnull=True, failures__lt=WRONG).first()


def count_wrong(link: PhoneLink) -> None:
    """One more wrong name or PIN at this link."""
    PhoneLink.objects.filter(pk=link.pk).update(failures=F("failures") + 1)


def let_in(response: HttpResponse, link: PhoneLink, person: Person, now: datetime) -> None:
    """This browser may read and sign this one copy for ten minutes: a signed note of its own, no session."""
    kept = {"link": str(link.pk), "person": str(person.pk), "epoch": person.session_epoch, "until": (now + OPEN_FOR).isoformat()}
    response.set_cookie(
        COOKIE, signing.dumps(kept, salt=SALT), max_age=int(OPEN_FOR.total_seconds()), path=path_of(link.pk), httponly=True,
        samesite="Lax", secure=settings.HTTPS,
    )


def let_out(response: HttpResponse, link: PhoneLink) -> None:
    """This browser asks for name and PIN again."""
    response.delete_cookie(COOKIE, path=path_of(link.pk))


def who(request: HttpRequest, link: PhoneLink, now: datetime) -> Opened | None:
    """Who opened this link in this browser, if he still may: his post, his PIN and his account are looked at each time."""
    try:
        kept: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    if kept["link"] != str(link.pk) or datetime.fromisoformat(kept["until"]) < now:
        return None
    person = Person.objects.filter(pk=kept["person"], is_active=True, session_epoch=kept["epoch"]).first()
    if person is None or not Pin.objects.of(link.hotel_id).filter(person=person, locked_at__isnull=True).exists():
        return None
    actor = on_tablet(
        person, link.hotel, link.copy.department, now=now, address=address_of(request), device=f"phone {link.pk}", via="phone"
    )
    return Opened(person, actor) if actor.departments else None
