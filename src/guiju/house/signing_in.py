"""Who may come in: the password checked, failures counted per account and per address, a session opened."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from guiju.house.middleware import address_of
from guiju.house.models import Appointment, Hotel, Person, SignedIn, SigninAttempt, Tablet
from guiju.logbook.writing import durably, note, writing
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Refusal

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
ACCOUNTS_PER_ADDRESS = 30  # different accounts failing from one address
KNOWN_FOR = timedelta(days=90)  # who came in from here lately is no stranger, whatever others do at this address
PENDING = "pending"
CODE_GIVEN = "code_given"  # this session has passed the second step
SEVERAL = "several_hotels"  # the menu offers the other hotels
PENDING_LASTS = timedelta(minutes=10)


class TooMany(Refusal):
    """Too many wrong passwords lately."""

    status = 429
    code = "too_many"


def _key(username: str) -> str:
    return hashlib.sha256(username.strip().casefold().encode()).hexdigest()


def attempt(account: str, *, address: str, now: datetime) -> SigninAttempt:
    """Count a try before it is checked, so that tries sent at once are counted too. Raises TooMany past the limits.

    Ten failures in a quarter of an hour close an account; failures on thirty accounts close an address, but not for
    those who came in from there before: one careless clerk does not lock out his office.
    """
    since = now - WINDOW
    row = SigninAttempt.objects.create(account=account, address=address, ok=False, at=now)
    failed = SigninAttempt.objects.filter(ok=False, at__gt=since)
    if failed.filter(account=account).count() > PER_ACCOUNT:
        row.delete()
        raise TooMany(_("Too many wrong passwords. Please wait a quarter of an hour, or ask the administrator."))
    if failed.filter(address=address).values("account").distinct().count() > ACCOUNTS_PER_ADDRESS:
        known = SigninAttempt.objects.filter(account=account, address=address, ok=True, at__gt=now - KNOWN_FOR)
        if not known.exists():
            row.delete()
            raise TooMany(_("Too many wrong passwords from here. Please wait a quarter of an hour."))
    return row


def succeeded(row: SigninAttempt, now: datetime) -> None:
    """The try was right: the account's failures are forgotten, and it is known at this address."""
    rows = SigninAttempt.objects.filter(account=row.account)
    rows.filter(ok=False, at__gt=now - WINDOW).exclude(pk=row.pk).delete()
    rows.filter(address=row.address, ok=True).delete()
    SigninAttempt.objects.filter(pk=row.pk).update(ok=True)


def check(username: str, password: str, *, address: str, now: datetime) -> Person | None:
    """The active person with this password; None otherwise, after the same time for names nobody has.

    Raises TooMany past the limits, for names nobody has as well.
    """
    row = attempt(_key(username), address=address, now=now)
    person = Person.objects.filter(username__iexact=username.strip()).first()
    if person is None:
        pretend(password)
        return None
    if not check_password(password, person.password) or not person.is_active:
        return None
    succeeded(row, now)
    return person


def pretend(secret: str) -> None:
    """Take as long as a check does, for a name nobody has."""
    make_password(secret)


def hotels_of(person: Person, now: datetime) -> list[Hotel]:
    """The hotels in which he has a post, the first one first."""
    held = Appointment.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), person=person, from_at__lte=now)
    return list({row.hotel_id: row.hotel for row in held.select_related("hotel").order_by("from_at", "id")}.values())


def hotel_of(person: Person, now: datetime) -> Hotel | None:
    """The hotel he comes into: where he was last, if he still has a post there, otherwise his first."""
    hotels = hotels_of(person, now)
    if len(hotels) < 2:
        return hotels[0] if hotels else None
    last = SignedIn.objects.filter(person=person).order_by("-created_at", "-id").values_list("hotel_id", flat=True).first()
    return next((hotel for hotel in hotels if hotel.pk == last), hotels[0])


def open_session(
    request: HttpRequest, person: Person, hotel: Hotel, *, how: str, now: datetime, tablet: Tablet | None = None
) -> SignedIn:
    """Begin a session under a new key, empty of what the browser did before, and write it down."""
    before, code_given = getattr(request, "signed_in", None), bool(request.session.get(CODE_GIVEN))
    request.session.flush()
    request.session.create()
    row = SignedIn(
        person=person, hotel=hotel, session_key=request.session.session_key or "", address=address_of(request),
        agent=request.headers.get("User-Agent", "")[:200], created_at=now, last_seen_at=now,
    )

    def step() -> None:
        with writing(hotel.pk, by=the_clock(hotel.pk, via="tablet" if tablet else "page"), now=now):
            if before is not None:
                SignedIn.objects.filter(pk=before.pk, ended_at__isnull=True).update(ended_at=now)
            row.save(force_insert=True)
            note("signin.done", person, how=how)

    durably(step)
    request.session["signed_in"] = str(row.pk)
    request.session["epoch"] = person.session_epoch
    request.session[CODE_GIVEN] = how == "password+code" or (how == "hotel" and code_given)
    request.session[SEVERAL] = tablet is None and len(hotels_of(person, now)) > 1
    if tablet is not None:
        request.session["tablet"] = str(tablet.pk)
    return row


def wait_for_code(request: HttpRequest, person: Person, hotel: Hotel, *, secret: str | None, target: str, now: datetime) -> None:
    """The password was right; the session opens after the second step (or after setting it up with `secret`)."""
    request.session.flush()
    request.session[PENDING] = {
        "person": str(person.pk), "epoch": person.session_epoch, "until": (now + PENDING_LASTS).isoformat(),
        "secret": secret, "next": target, "hotel": str(hotel.pk),
    }


def waiting(request: HttpRequest, now: datetime) -> tuple[Person, dict[str, Any]] | None:
    """Who has given his password and not yet his code."""
    kept = request.session.get(PENDING)
    if not kept or datetime.fromisoformat(kept["until"]) < now:
        return None
    person = Person.objects.filter(pk=kept["person"], is_active=True, session_epoch=kept["epoch"]).first()
    return (person, kept) if person else None


def refuse(hotel: Hotel | None, username: str, why: str, now: datetime) -> None:
    """Write a refused sign-in into the logbook of the hotel, if there is one."""
    hotel = hotel or Hotel.objects.order_by("created_at").first()
    if hotel is None:
        return
    found = hotel

    def step() -> None:
        with writing(found.pk, by=the_clock(found.pk, via="page"), now=now):
            note("signin.refused", found, why=why, personal={"name": (f"account:{_key(username)}", username[:60])})

    durably(step)
