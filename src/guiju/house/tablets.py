"""A department's shared tablet: this browser was enrolled once and carries a signed, long-lived token."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Pin, Tablet

COOKIE = "guiju_tablet"
SALT = "guiju.house.tablet"
LONG = 60 * 60 * 24 * 400  # the longest a browser keeps one


def new_token() -> str:
    """The text that this tablet will carry."""
    return secrets.token_urlsafe(32)


def hashed(text: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(text.encode()).hexdigest()


def give(response: HttpResponse, text: str) -> None:
    """Put the token into this browser."""
    response.set_signed_cookie(
        COOKIE, text, salt=SALT, max_age=LONG, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def recognise(request: HttpRequest) -> Tablet | None:
    """The enrolled, living tablet this browser is; None for any other browser."""
    text = request.get_signed_cookie(COOKIE, default=None, salt=SALT)
    if not text:
        return None
    return Tablet.objects.select_related("hotel").filter(token_hash=hashed(text), revoked_at__isnull=True).first()


def pins_in(hotel_id: UUID, department: str) -> QuerySet[Pin]:
    """The PINs of a department's people."""
    posts = [post for post, (where, _zh, _en) in POSTS.items() if where == department]
    held = Appointment.objects.of(hotel_id).filter(post__in=posts, until_at__isnull=True)
    return Pin.objects.of(hotel_id).filter(person__is_active=True, person__in=held.values("person"))


def people_of(tablet: Tablet) -> list[tuple[str, str]]:
    """(id, name) of the department's people who have a PIN, by name."""
    rows = pins_in(tablet.hotel_id, tablet.department)
    return [(str(pk), name) for pk, name in rows.order_by("person__name").values_list("person_id", "person__name")]


def named(hotel_id: UUID, department: str, name: str) -> UUID | None:
    """The one person of the department with this name or sign-in name and a PIN; None for nobody, or for two of one name."""
    rows = pins_in(hotel_id, department).filter(Q(person__username__iexact=name) | Q(person__name=name)).values_list("person_id", flat=True)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None
