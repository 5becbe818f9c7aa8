"""Passwords: set by the person, reset by an administrator or by a link in a letter."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.house.actions.people import one_time_password
from guiju.house.actions.standing import guard, known_here
from guiju.house.models import Hotel, Person, Pin, ResetLink, SignedIn
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed

LINK_LASTS = timedelta(minutes=30)
LINK_EVERY = timedelta(minutes=5)


def _write(person: Person, password: str, *, forced: bool, now: datetime) -> None:
    person.set_password(password)
    Person.objects.filter(pk=person.pk).update(
        password=person.password, must_change_password=forced, session_epoch=F("session_epoch") + 1
    )
    SignedIn.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now)
    ResetLink.objects.filter(person=person, used_at__isnull=True).update(used_at=now)
    person.refresh_from_db()


def _strong(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Invalid(errors={"password": list(weak.messages)}) from None


@verb("house.password")
def set_password(hotel: Hotel, *, person: Person, password: str, by: Actor, now: datetime) -> None:
    """A person's new password; all his sessions end. One's own, or at the terminal. Raises Invalid for a weak one."""
    if by.person_id not in (None, person.pk):  # None: the installer at the terminal
        raise NotAllowed("only one's own password", permission="house.password")
    _strong(person, password)
    _write(person, password, forced=False, now=now)
    note("password.changed", person, how="own")


@verb("house.people")
def reset_password(hotel: Hotel, *, person: Person, by: Actor, now: datetime) -> str:
    """Give a person a one-time password, to be changed at the next sign-in; all his sessions end."""
    if by.person_id is not None:
        known_here(hotel, person)
        guard(hotel, person, by)
    password = one_time_password()
    _write(person, password, forced=True, now=now)
    Pin.objects.of(hotel.pk).filter(person=person).delete()  # set again after signing in
    note("password.changed", person, how="reset")
    return password


def hashed_link(text: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(text.encode()).hexdigest()


@verb("house.signin")
def send_reset_link(hotel: Hotel, *, person: Person, address: str, by: Actor, now: datetime) -> bool:
    """Send the person a one-time link to choose a new password, at most one in five minutes; whether one was sent.

    `address` is this installation's page for such links; the link's text is added to it.
    """
    if not person.email or registry.send_letter is None:
        return False
    if ResetLink.objects.filter(person=person, created_at__gt=now - LINK_EVERY).exists():
        return False
    text = secrets.token_urlsafe(32)
    row = ResetLink.objects.create(
        person=person, token_hash=hashed_link(text), created_at=now, expires_at=now + LINK_LASTS
    )
    words = {"name": person.name, "hotel": hotel.name, "link": address + text, "minutes": LINK_LASTS.seconds // 60}
    registry.send_letter(
        hotel.pk, key=f"reset:{row.pk}", to=person.email, subject=_("A new password for %(hotel)s") % words,
        body=_(
            "%(name)s, somebody asked for a new password for your account at %(hotel)s.\n\n%(link)s\n\n"
            "The link works once, for %(minutes)s minutes. If it was not you, do nothing."
        ) % words,
        about=person.subject, undo_seconds=0, by=by, now=now,
    )
    return True


def living_link(text: str, now: datetime) -> ResetLink | None:
    """The unused, unexpired link with this text, of an active person."""
    rows = ResetLink.objects.select_related("person").filter(token_hash=hashed_link(text), used_at__isnull=True)
    return rows.filter(expires_at__gt=now, person__is_active=True).first()


@verb("house.signin")
def use_reset_link(hotel: Hotel, *, link: ResetLink, password: str, by: Actor, now: datetime) -> Person:
    """Choose a new password by the link that came by mail; it works once. Raises Invalid for a weak password."""
    _strong(link.person, password)
    if not ResetLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=now).update(used_at=now):
        raise Invalid(errors={"link": [_("This link was used already, or its time is over.")]})
    _write(link.person, password, forced=False, now=now)
    note("password.changed", link.person, how="mail")
    return link.person
