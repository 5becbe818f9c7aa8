"""Sessions a person can see and end; the second step; the PIN for the department's tablet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.house import second_step
from guiju.house.actions.standing import guard, known_here
from guiju.house.models import Hotel, Person, Pin, SignedIn
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed
from guiju.shelf.models import HotelRow

PIN_FAILURES = 5


def _me(by: Actor) -> UUID:
    """Whoever acts, as a person. Raises NotAllowed for the clock, which has no sessions."""
    if by.person_id is None:
        raise NotAllowed("a person's own", permission="house.sessions")
    return by.person_id


@verb("house.sessions")
def revoke_session(hotel: Hotel, *, session: UUID, by: Actor, now: datetime) -> int:
    """End one of my sessions; the next request of it is refused. Somebody else's session is simply not found."""
    ended = SignedIn.objects.filter(pk=session, person=_me(by), ended_at__isnull=True).update(ended_at=now)
    if ended:
        note("session.revoked", ("person", str(by.person_id)), sessions=ended)
    return ended


@verb("house.sessions")
def revoke_other_sessions(hotel: Hotel, *, present: UUID, by: Actor, now: datetime) -> int:
    """End all my sessions but this one."""
    rows = SignedIn.objects.filter(person=_me(by), ended_at__isnull=True).exclude(pk=present)
    ended = rows.update(ended_at=now)
    if ended:
        note("session.revoked", ("person", str(by.person_id)), sessions=ended)
    return ended


@verb("house.people")
def revoke_sessions_of(hotel: Hotel, *, person: Person, by: Actor, now: datetime) -> int:
    """End every session of a person, after a lost phone for example."""
    known_here(hotel, person)
    guard(hotel, person, by)
    ended = SignedIn.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now)
    if ended:
        note("session.revoked", person, sessions=ended)
    return ended


@verb("house.signin")
def set_totp(hotel: Hotel, *, person: Person, secret: str, code: str, by: Actor, now: datetime) -> None:
    """Keep a person's second step after the first right code of his device. Raises Invalid for a wrong code."""
    step = second_step.step_of(secret, code, now)
    if step is None:
        raise Invalid(errors={"code": [_("This code is wrong. Is the clock of your phone right?")]})
    Person.objects.filter(pk=person.pk).update(totp_secret=second_step.seal(person.pk, secret), totp_last_step=step)
    note("totp.set", person)


def use_code(person: Person, code: str, now: datetime) -> bool:
    """Whether this is the code of now; each code opens once."""
    secret = second_step.unseal(person)
    step = second_step.step_of(secret, code, now) if secret else None
    if step is None:
        return False
    return bool(Person.objects.filter(pk=person.pk, totp_last_step__lt=step).update(totp_last_step=step))


@verb("house.people")
def remove_totp(hotel: Hotel, *, person: Person, by: Actor, now: datetime) -> None:
    """Take a lost device's second step away; the person sets it up anew at the next sign-in. All his sessions end."""
    known_here(hotel, person)
    guard(hotel, person, by)
    if Person.objects.filter(pk=person.pk, totp_secret__isnull=False).update(totp_secret=None):
        SignedIn.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now)
        note("totp.removed", person)


@verb("house.sessions")
def set_pin(hotel: Hotel, *, pin: str, by: Actor, now: datetime) -> None:
    """My six digits for the department's tablet; setting them unlocks. Raises Invalid for digits one would guess."""
    if len(pin) != 6 or not (pin.isascii() and pin.isdigit()):
        raise Invalid(errors={"pin": [_("Six digits, please.")]})
    if len(set(pin)) < 3 or pin in "01234567890" or pin in "09876543210":
        raise Invalid(errors={"pin": [_("These are too easy to guess.")]})
    values = {"pin_hash": make_password(pin), "failures": 0, "locked_at": None}
    Pin.objects.update_or_create(hotel=hotel, person_id=_me(by), defaults=values)
    note("pin.set", ("person", str(by.person_id)))


@verb("house.signin")
def try_pin(tablet: HotelRow, *, person: UUID, pin: str, by: Actor, now: datetime) -> Person | None:
    """The person when the PIN is right, on a tablet or at a copy's link; five wrong ones in a row lock it until he sets a new one."""
    rows = Pin.objects.of(tablet.hotel_id).filter(person_id=person, locked_at__isnull=True, failures__lt=PIN_FAILURES)
    row = rows.select_related("person").first()
    # counted before the check, so that guesses sent at once are five at most
    if row is None or not rows.update(failures=F("failures") + 1):
        return None
    if check_password(pin, row.pin_hash) and row.person.is_active:
        Pin.objects.filter(pk=row.pk).update(failures=0)
        return row.person
    if Pin.objects.filter(pk=row.pk, failures__gte=PIN_FAILURES, locked_at__isnull=True).update(locked_at=now):
        note("pin.locked", row.person)
    return None
