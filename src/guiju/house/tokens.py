"""Keys for programs: shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guiju.house.actions.standing import plain
from guiju.house.models import ApiToken, Hotel, Person
from guiju.house.rights import RIGHTS
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

PREFIX = "gj_"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@verb("house.tokens")
def create(
    hotel: Hotel, *, person: Person, name: str, scopes: Sequence[str] = (), days: int | None = None, by: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token; its text is given once. Scopes narrow what the person may; raises Invalid for unknown ones.

    What a program does with it stands in the logbook under the person's name: so everybody makes his own, and only the
    installer, at the terminal, makes one for somebody else.
    """
    if by.person_id not in (None, person.pk):
        raise Invalid(errors={"person": [_("A key acts in its person's name: everybody makes his own.")]})
    unknown = sorted(set(scopes) - set(RIGHTS))
    if unknown:
        raise Invalid(errors={"scopes": [f"unknown: {', '.join(unknown)}"]})
    text = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        hotel=hotel, person=person, name=plain(name, 60) or "token", token_hash=_hash(text), scopes=list(scopes),
        created_at=now, expires_at=now + timedelta(days=days) if days else None,
    )
    note("token.created", person, name=row.name)
    return row, text


@verb("house.tokens")
def revoke(token: ApiToken, *, by: Actor, now: datetime) -> None:
    """End a token at once: one's own, or any as an administrator."""
    if by.person_id not in (None, token.person_id):
        by.require("house.setup")
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        note("token.revoked", token.person, name=token.name)


def visible(by: Actor) -> QuerySet[ApiToken]:
    """One's own tokens, the newest first; an administrator's view is of everybody's."""
    rows: QuerySet[ApiToken] = ApiToken.objects.of(by.hotel_id).select_related("person").order_by("-created_at")
    return rows if by.may("house.setup") else rows.filter(person_id=by.person_id)


def recognise(text: str, *, now: datetime) -> ApiToken | None:
    """The living token with this text and an active person; None otherwise."""
    if not text.startswith(PREFIX) or len(text) > 200:
        return None
    rows = ApiToken.objects.select_related("person", "hotel").filter(token_hash=_hash(text), revoked_at__isnull=True)
    row = rows.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), person__is_active=True).first()
    if row is not None and (row.last_used_at is None or now - row.last_used_at > timedelta(minutes=5)):
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    return row
