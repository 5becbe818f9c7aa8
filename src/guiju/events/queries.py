"""Reading events: the list by keyset, one event with all that is known of it, my department's part of what comes, deposits that are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from guiju.bookings.offers import keys_of
from guiju.events.models import Event, Menu
from guiju.events.papers import ORDER
from guiju.events.shape import FUNCTIONS, LINES
from guiju.function_space.models import Hall
from guiju.house.models import Person
from guiju.logbook.models import EntrySubject
from guiju.papers.forms import Line, lines_for
from guiju.papers.models import Copy, Paper
from guiju.shelf.actor import Actor
from guiju.shelf.words import vocabulary

PAGE = 50
FILTERS = ("state", "kind", "seller", "q", "from", "until")
COMING = (Event.State.ASKED, Event.State.QUOTED, Event.State.DEFINITE)
AHEAD = 14  # days a department looks ahead


@dataclass(slots=True)
class Listing:
    """A page of events and where the next one begins."""

    rows: list[Event]
    next_after: str


def filters_in(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address, those that the list knows."""
    return {name: asked.get(name, "")[:60] for name in FILTERS}


def filtered(hotel_id: UUID, wanted: Mapping[str, str], *, person_id: UUID | None = None) -> QuerySet[Event]:
    """Events that fit: state (or "open", "to_file"), kind, seller (me), text, from and until."""
    rows: QuerySet[Event] = Event.objects.of(hotel_id)
    if wanted.get("seller") == "me":
        rows = rows.filter(seller_id=person_id)
    state = wanted.get("state", "")
    if state == "open":
        rows = rows.filter(state__in=COMING)
    elif state in Event.State.values:
        rows = rows.filter(state=state)
    if wanted.get("kind") in Event.Kind.values:
        rows = rows.filter(kind=wanted["kind"])
    text = (wanted.get("q") or "").strip()
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(name__icontains=text) | Q(client__name__icontains=text) | Q(organiser__icontains=text))
    for name, look_up in (("from", "on__gte"), ("until", "on__lte")):
        day = _day(wanted.get(name))
        if day:
            rows = rows.filter(**{look_up: day})
    return rows


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def page_of(rows: QuerySet[Event], after: str) -> Listing:
    """Fifty in order of their day, after the one named by "day:id"."""
    day, _sep, pk = after.partition(":")
    start, keys = _day(day), keys_of([pk])
    if start:
        rows = rows.filter(Q(on__gt=start) | Q(on=start, id__gt=keys[0])) if keys else rows.filter(on__gte=start)
    found: list[Any] = list(rows.select_related("client", "seller", "hotel").prefetch_related(FUNCTIONS).order_by("on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Listing(found[:PAGE], f"{last.on.isoformat()}:{last.pk}" if last else "")


def read(actor: Actor, pk: Any) -> Event:
    """One event with its functions and lines, or 404."""
    rows = Event.objects.select_related("hotel", "client", "seller", "booking", "again_of").prefetch_related(FUNCTIONS, LINES)
    event: Event = rows.pick(actor.hotel_id, pk)
    return event


def halls_for(hotel_id: UUID) -> list[Hall]:
    """The halls that are let."""
    return list(Hall.objects.of(hotel_id).filter(closed_at__isnull=True))


def menus_for(hotel_id: UUID, *, all_of_them: bool = False) -> list[Menu]:
    """The menus on offer, by what they are priced for and their price."""
    rows = Menu.objects.of(hotel_id) if all_of_them else Menu.objects.of(hotel_id).filter(is_active=True)
    return list(rows.order_by("-is_active", "-basis", "price", "name"))


def sellers_of(hotel_id: UUID) -> Sequence[Person]:
    """The people with a sales post."""
    rows = Person.objects.filter(
        appointments__hotel=hotel_id, appointments__until_at__isnull=True, appointments__post__contains="sales", is_active=True
    )
    return list(rows.distinct().order_by("name"))


def papers_of(event: Event) -> list[Paper]:
    """Its order and quotation, void ones too, oldest first."""
    rows = Paper.objects.of(event.hotel_id).filter(about_kind="event", about_id=str(event.pk))
    return list(rows.order_by("created_at", "id"))


@dataclass(slots=True)
class Part:
    """What one department reads of one event."""

    event: Event
    copy: Copy
    lines: list[Line] = field(default_factory=list)


def parts_of(actor: Actor, on: date, lang: str, *, days: int = AHEAD) -> list[Part]:
    """My department's part of the events of the coming days: two queries, however many there are."""
    copies = (
        Copy.objects.of(actor.hotel_id)
        .filter(paper__kind=ORDER, superseded_at__isnull=True, paper__voided_at__isnull=True, department__in=actor.departments)
        .select_related("paper", "revision").order_by("issued_at")
    )
    held = {copy.paper.about_id: copy for copy in copies}
    rows = Event.objects.of(actor.hotel_id).filter(pk__in=keys_of(held), on__gte=on, on__lt=on + timedelta(days=days), state__in=("definite", "held"))
    found = []
    for event in rows.order_by("on", "starts_at", "id"):
        copy = held[str(event.pk)]
        found.append(Part(event, copy, lines_for(ORDER, copy.revision.content, copy.department, lang=lang)))
    return found


def history(event: Event, english: bool, most: int = 40) -> list[dict[str, Any]]:
    """What the logbook says of it, latest first."""
    words = vocabulary().kinds
    rows = (
        EntrySubject.objects.filter(hotel_id=event.hotel_id, kind="event", subject_id=str(event.pk))
        .exclude(entry__kind__startswith="copy.").order_by("-entry__seq").values_list("entry__kind", "entry__at", "entry__by_id")[:most]
    )
    found: list[tuple[str, datetime, UUID | None]] = list(rows)
    names = dict(Person.objects.filter(pk__in={by for _kind, _at, by in found if by}).values_list("pk", "name"))
    return [
        {"what": (words[kind].en if english else words[kind].zh) if kind in words else kind, "at": at, "name": names.get(by, "") if by else ""}
        for kind, at, by in found
    ]
