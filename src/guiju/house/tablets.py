"""A department's shared tablet: this browser was enrolled once and carries a signed, long-lived token."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
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


def people_of(tablet: Tablet) -> list[tuple[str, str]]:
    """(id, name) of the department's people who have a PIN, by name."""
    posts = [post for post, (department, _zh, _en) in POSTS.items() if department == tablet.department]
    held = Appointment.objects.of(tablet.hotel_id).filter(post__in=posts, until_at__isnull=True)
    rows = Pin.objects.of(tablet.hotel_id).filter(person__is_active=True, person__in=held.values("person"))
    return [(str(pk), name) for pk, name in rows.order_by("person__name").values_list("person_id", "person__name")]
