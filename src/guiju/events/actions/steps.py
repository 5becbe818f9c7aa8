"""What the event verbs share: moving an event from one state to another, its times, acting for the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.events.models import Event, EventFunction
from guiju.events.shape import attrs_of, local
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

BEFORE = (Event.State.ASKED, Event.State.QUOTED)
OPEN = (*BEFORE, Event.State.DEFINITE)
OVER = (Event.State.HELD, Event.State.FILED, Event.State.ARCHIVED)
Errors = dict[str, list[str]]


def move(event: Event, *, when: Iterable[str], also: Mapping[str, Any] | None = None, **changes: Any) -> None:
    """Write `changes` if the event is in one of the states `when` (and `also` holds), whoever else is at it.

    Raises Refusal "wrong_state" naming the state it is really in.
    """
    rows = Event.objects.of(event.hotel_id).filter(pk=event.pk, state__in=list(when), **(also or {}))
    if not rows.update(version=F("version") + 1, **changes):
        refuse_state(Event.objects.of(event.hotel_id).get(pk=event.pk))
    for key, value in changes.items():
        setattr(event, key, value)
    event.version = Event.objects.of(event.hotel_id).values_list("version", flat=True).get(pk=event.pk)


def refuse_state(event: Event) -> None:
    """Say in which state the event is, so that this step cannot be taken."""
    raise Refusal(
        _("%(number)s is “%(state)s”; this step does not fit.") % {"number": event.number, "state": event.get_state_display()},
        code="wrong_state", state=event.state,
    )


def need_open(event: Event, when: Iterable[str] = OPEN) -> None:
    """The event can still be changed; raises Refusal "wrong_state"."""
    if event.state not in tuple(when):
        refuse_state(event)


def for_the_house(by: Actor) -> Actor:
    """The same person, when his step has a consequence in another room that his posts do not have as a step of its own."""
    return replace(by, everything=True)


def client_of(event: Event) -> tuple[str, str] | None:
    """The client, as a subject of the event's facts."""
    return ("client", str(event.client_id)) if event.client_id else None


def enquiry_of(event: Event) -> tuple[str, str] | None:
    """The enquiry it came from, as a subject of its facts."""
    return ("enquiry", str(event.enquiry_id)) if event.enquiry_id else None


def complain(errors: Errors) -> None:
    """Raise Invalid when anything is wrong."""
    wrong = {field: texts for field, texts in errors.items() if texts}
    if wrong:
        raise Invalid(errors=wrong)


def fresh(event: Event) -> Event:
    """The event as it stands in the database, with what papers and facts read."""
    found: Event = Event.objects.select_related("hotel", "client", "seller", "booking").get(pk=event.pk)
    return found


def refresh_times(event: Event) -> None:
    """Its beginning, end and day follow its functions."""
    rows = list(EventFunction.objects.of(event.hotel_id).filter(event=event, removed_at__isnull=True).values_list("from_at", "until_at"))
    event.starts_at = min((row[0] for row in rows), default=None)
    event.ends_at = max((row[1] for row in rows), default=None)
    if event.starts_at is not None:
        event.on = local(event, event.starts_at).date()
    Event.objects.of(event.hotel_id).filter(pk=event.pk).update(
        starts_at=event.starts_at, ends_at=event.ends_at, on=event.on, version=F("version") + 1
    )
    event.version += 1


def changed(event: Event, fields: Iterable[str], *, by: Actor, now: datetime) -> None:
    """Note that the event changed, and carry it to the departments that hold its order (inside a verb)."""
    from guiju.events.papers import follow_change  # papers stand on the same steps

    event = fresh(event)
    note("event.changed", event, fields=sorted(fields), **attrs_of(event, now))
    follow_change(event, by=by, now=now)
