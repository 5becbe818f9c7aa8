"""People and their posts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.house.actions.standing import guard, guard_post, known_here, plain, works_here
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Delegation, Hotel, Person, SignedIn
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, NotAllowed

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
FIELDS = ("name", "name_en", "email", "phone")


def one_time_password() -> str:
    """A password to be changed at the first sign-in."""
    return "-".join(secrets.token_hex(2) for _part in range(4))


def faults(*, username: str, name: str, posts: Sequence[str], email: str = "") -> dict[str, list[str]]:
    """What is wrong with a new person, by field; the same for the form, the import and the terminal."""
    errors: dict[str, list[str]] = {}
    if not USERNAME.fullmatch(username):
        errors["username"] = [_("Letters, figures, dot and dash; at least two.")]
    errors |= _card_faults({"name": name, "email": email})
    unknown = [post for post in posts if post not in POSTS]
    if unknown:
        errors["posts"] = [_("There is no such post: %(post)s") % {"post": ", ".join(unknown)}]
    return errors


def _card_faults(card: dict[str, str]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not card.get("name", "").strip():
        errors["name"] = [_("The name is missing.")]
    elif len(card["name"].strip()) > 60:
        errors["name"] = [_("At most 60 signs.")]
    if len(card.get("email", "")) > 254:
        errors["email"] = [_("This is no e-mail address.")]
    elif card.get("email", "").strip():
        try:
            validate_email(card["email"].strip())
        except ValidationError:
            errors["email"] = [_("This is no e-mail address.")]
    return errors


@verb("house.people")
def add_person(
    hotel: Hotel, *, username: str, name: str, posts: Sequence[str] = (), name_en: str = "", email: str = "",
    phone: str = "", by: Actor, now: datetime,
) -> tuple[Person, str]:
    """Add a person with posts; returns him and a one-time password. Raises Invalid at the field."""
    username, name = plain(username).lower(), plain(name)
    errors = faults(username=username, name=name, posts=posts, email=email)
    if errors:
        raise Invalid(errors=errors)
    password = one_time_password()
    person = Person(
        username=username, name=name, name_en=plain(name_en, 60), email=email.strip(), phone=plain(phone, 40),
        must_change_password=True,
    )
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise Invalid(errors={"username": [_("This sign-in name is taken.")]}) from None
    note("person.added", person, personal={"name": (f"person:{person.pk}", person.name)})
    for post in dict.fromkeys(posts):
        _appoint(hotel, person, post, by=by, now=now)
    return person, password


@verb("house.people")
def change_person(
    hotel: Hotel, *, person: Person, version: int, card: dict[str, str], by: Actor, now: datetime
) -> None:
    """Correct a person's name, English name, e-mail or telephone.

    Raises Invalid at the field, Conflict with both when somebody saved since `version`.
    """
    known_here(hotel, person)
    guard(hotel, person, by)
    clean = {key: plain(card[key]) for key in FIELDS if key in card}
    clean |= {key: clean[key][:longest] for key, longest in (("name_en", 60), ("phone", 40)) if key in clean}
    errors = _card_faults({"name": person.name, **clean})
    if errors:
        raise Invalid(errors=errors)
    changed = {key: value for key, value in clean.items() if getattr(person, key) != value}
    if not changed:
        return
    if not Person.objects.filter(pk=person.pk, version=version).update(version=F("version") + 1, **changed):
        theirs = Person.objects.get(pk=person.pk)
        raise Conflict(
            "somebody saved this before you", mine=changed, version=theirs.version,
            theirs={key: getattr(theirs, key) for key in changed},
        )
    name = {"name": (f"person:{person.pk}", changed["name"])} if "name" in changed else None
    note("person.changed", person, fields=sorted(changed), personal=name)


def _appoint(hotel: Hotel, person: Person, post: str, *, by: Actor, now: datetime) -> Appointment:
    guard_post(post, by)
    row, made = Appointment.objects.get_or_create(
        hotel=hotel, person=person, post=post, until_at__isnull=True, defaults={"from_at": now}
    )
    if made:
        note("person.appointed", person, post=post)
    return row


@verb("house.people")
def appoint(hotel: Hotel, *, person: Person, post: str, by: Actor, now: datetime) -> Appointment:
    """Give a person a post from now; having it already changes nothing. GM, finance and administrator: by the latter."""
    if post not in POSTS:
        raise Invalid(errors={"post": [_("There is no such post: %(post)s") % {"post": post}]})
    if by.person_id is not None:  # somebody of another hotel is appointed here at the terminal only
        known_here(hotel, person)
    return _appoint(hotel, person, post, by=by, now=now)


@verb("house.people")
def relieve(hotel: Hotel, *, person: Person, post: str, by: Actor, now: datetime) -> None:
    """Take a post from a person; the right is gone at the next request. The last administrator stays."""
    if post not in POSTS:
        raise Invalid(errors={"post": [_("There is no such post: %(post)s") % {"post": post}]})
    known_here(hotel, person)
    guard_post(post, by)
    if post == "administrator":
        _not_the_last(hotel, person)
    if Appointment.objects.of(hotel.pk).filter(person=person, post=post, until_at__isnull=True).update(until_at=now):
        note("person.relieved", person, post=post)


def _not_the_last(hotel: Hotel, person: Person) -> None:
    others = Appointment.objects.of(hotel.pk).filter(post="administrator", until_at__isnull=True, person__is_active=True)
    if not others.exclude(person=person).exists():
        raise Invalid(errors={"post": [_("This is the only administrator: appoint another one first.")]})


@verb("house.people")
def disable_person(hotel: Hotel, *, person: Person, by: Actor, now: datetime) -> None:
    """Nobody signs in with this account any more; his sessions end at once."""
    known_here(hotel, person)
    if person.pk == by.person_id:
        raise Invalid(errors={"person": [_("You cannot disable yourself.")]})
    guard(hotel, person, by)
    if Appointment.objects.of(hotel.pk).filter(person=person, post="administrator", until_at__isnull=True).exists():
        _not_the_last(hotel, person)
    here = Person.objects.filter(pk=person.pk, is_active=True)
    if here.update(is_active=False, session_epoch=F("session_epoch") + 1):
        SignedIn.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now)
        note("person.disabled", person)


@verb("house.sessions")
def name_delegate(
    hotel: Hotel, *, to: Person, from_at: datetime, until_at: datetime, by: Actor, now: datetime
) -> Delegation:
    """While I am away, somebody of this hotel acts for me; my open duties stand on his page too."""
    errors = {}
    if to.pk == by.person_id:
        errors["to"] = [_("Choose somebody else.")]
    if until_at <= from_at:
        errors["until_at"] = [_("Until must be after from.")]
    if errors:
        raise Invalid(errors=errors)
    works_here(hotel, to, "to")
    if by.person_id is None:
        raise NotAllowed("a person's own", permission="house.sessions")
    row = Delegation.objects.create(hotel=hotel, person_id=by.person_id, to=to, from_at=from_at, until_at=until_at)
    note("delegate.named", ("person", str(by.person_id)), to=str(to.pk), from_at=from_at, until_at=until_at)
    return row


@verb("house.sessions")
def end_delegation(delegation: Delegation, *, by: Actor, now: datetime) -> None:
    """I am back: nobody acts for me from now on; one that has not begun is taken back."""
    mine = Delegation.objects.filter(pk=delegation.pk, person=by.person_id, until_at__gt=now)
    done = mine.filter(from_at__lt=now).update(until_at=now) or mine.filter(from_at__gte=now).delete()[0]
    if done:
        note("delegate.ended", ("person", str(by.person_id)), to=str(delegation.to_id))
