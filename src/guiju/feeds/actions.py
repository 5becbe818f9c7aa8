"""A person's calendar feed: opened (or given a new address), changed, ended by himself, by an administrator, or because he left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from guiju.feeds import tokens
from guiju.feeds.models import Feed
from guiju.feeds.sources import SOURCES
from guiju.house.actions.standing import guard, known_here
from guiju.house.models import Appointment, Hotel, Person
from guiju.logbook.verbs import verb
from guiju.logbook.writing import Noted, Writing, note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, NotAllowed

ALARMS = (0, 5, 15, 30, 60, 120)


def of_person(hotel_id: UUID, person_id: UUID | None) -> Feed | None:
    """The person's living feed in this hotel."""
    found: Feed | None = Feed.objects.of(hotel_id).filter(person_id=person_id, ended_at__isnull=True).first()
    return found


@verb("feeds.own")
def open_feed(hotel: Hotel, *, by: Actor, now: datetime) -> tuple[Feed, str]:
    """Make my feed's address, or a new one; the old one is dead at once. The text is given once."""
    if by.person_id is None:
        raise NotAllowed("a person's own", permission="feeds.own")
    text = tokens.fresh()
    row = of_person(hotel.pk, by.person_id)
    if row is None:
        lang = Person.objects.values_list("lang", flat=True).get(pk=by.person_id)
        row = Feed.objects.create(
            hotel=hotel, person_id=by.person_id, token_hash=tokens.hashed(text), created_at=now,
            lang=lang if lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        )
        note("feed.opened", ("person", str(by.person_id)), again=False)
    else:
        Feed.objects.filter(pk=row.pk).update(token_hash=tokens.hashed(text), created_at=now, last_used_at=None)
        row.refresh_from_db()
        note("feed.opened", ("person", str(by.person_id)), again=True)
    return row, text


@verb("feeds.own")
def change_feed(feed: Feed, *, parts: Sequence[str], alarm_minutes: int, lang: str, by: Actor, now: datetime) -> Feed:
    """What my feed holds, how long before a duty it rings, in which language. Raises Invalid at the field."""
    _mine(feed, by)
    errors: dict[str, list[str]] = {}
    if not set(parts) <= set(SOURCES):
        errors["parts"] = [_("Choose one of the list.")]
    if alarm_minutes not in ALARMS:
        errors["alarm_minutes"] = [_("Choose one of the list.")]
    if lang not in dict(settings.LANGUAGES):
        errors["lang"] = [_("Choose one of the list.")]
    if errors:
        raise Invalid(errors=errors)
    Feed.objects.filter(pk=feed.pk).update(without=sorted(set(SOURCES) - set(parts)), alarm_minutes=alarm_minutes, lang=lang)
    feed.refresh_from_db()
    return feed


@verb("feeds.own")
def end_feed(feed: Feed, *, by: Actor, now: datetime) -> None:
    """My feed's address is dead at once."""
    _mine(feed, by)
    _end(feed, "own", now)


@verb("house.people")
def end_feed_of(feed: Feed, *, by: Actor, now: datetime) -> None:
    """Somebody's address is dead at once, after a lost phone for example."""
    known_here(feed.hotel, feed.person)
    guard(feed.hotel, feed.person, by)
    _end(feed, "administrator", now)


def end_with_the_person(step: Writing, facts: list[Noted]) -> None:
    """Whoever is disabled or holds no post any more has no feed any more (a subscriber, in the same step)."""
    gone = {fact.subjects[0][1]: fact.kind for fact in facts if fact.kind in ("person.disabled", "person.relieved")}
    if not gone or step.hotel_id is None:
        return
    feeds = Feed.objects.filter(person_id__in=list(gone), ended_at__isnull=True).select_related("person")
    for feed in feeds:  # an account that was disabled is so in every hotel
        still = Appointment.objects.of(feed.hotel_id).filter(person=feed.person, until_at__isnull=True).exists()
        if not feed.person.is_active or (feed.hotel_id == step.hotel_id and not still):
            _end(feed, "left", step.now)


def _end(feed: Feed, why: str, now: datetime) -> None:
    if Feed.objects.filter(pk=feed.pk, ended_at__isnull=True).update(ended_at=now):
        feed.items.all().delete()
        note("feed.ended", ("person", str(feed.person_id)), why=why)


def _mine(feed: Feed, by: Actor) -> None:
    if feed.person_id != by.person_id or feed.ended_at is not None:
        raise Missing("no such feed")


def words(row: Feed | None) -> dict[str, Any]:
    """The feed as its page and the API say it, without its address."""
    if row is None:
        return {"open": False, "parts": [], "alarm_minutes": 0, "lang": "", "created_at": None, "last_used_at": None}
    return {
        "open": True, "parts": [key for key in SOURCES if key not in row.without], "alarm_minutes": row.alarm_minutes, "lang": row.lang,
        "created_at": row.created_at, "last_used_at": row.last_used_at,
    }
