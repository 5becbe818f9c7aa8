"""Who may know of a confidential note: the posts that the clause names, and nobody else (longstay.suspicious)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from guiju.duties.editions import in_force
from guiju.longstay.models import WatchNote
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing

CLAUSE = "longstay.suspicious"
PERMISSION = "longstay.watch"


def named_posts(hotel_id: UUID, now: datetime) -> frozenset[str]:
    """The posts the standard in force names; none when it has no such clause."""
    edition = in_force(hotel_id, now)
    clause = edition.standard.clauses.get(CLAUSE) if edition else None
    return frozenset(post for rule in clause.rules for post in rule.visible_to or ()) if clause else frozenset()


def may_know(actor: Actor, now: datetime) -> bool:
    """Whether this person holds one of the named posts, in person: not through a shared tablet or a link."""
    if actor.person_id is None or actor.via in ("tablet", "phone") or not actor.may(PERMISSION):
        return False
    return bool(actor.posts & named_posts(actor.hotel_id, now))


def require(actor: Actor, now: datetime) -> None:
    """Raise Missing for everybody else: to them there is no such thing."""
    if not may_know(actor, now):
        raise Missing("not found")


def notes_on(hotel_id: UUID, longstay_id: UUID) -> list[WatchNote]:
    """The open notes on a guest, without their text."""
    rows = WatchNote.objects.of(hotel_id).filter(longstay_id=longstay_id, closed_at__isnull=True).defer("sealed")
    return list(rows.order_by("at"))
