"""What a feed holds: a person's duties with an alarm, and the arrivals that concern him. Numbers, no guests' names.

A calendar program's server reads along, so a feed says less than a page: what it is by number, the clause, and a link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guiju.bookings.models import Booking, BookingRooms
from guiju.duties.models import Duty
from guiju.duties.queries import open_of, seen_by
from guiju.feeds.models import Feed
from guiju.function_space.models import Function
from guiju.house.calendars import local_day
from guiju.papers.models import Copy
from guiju.shelf import registry
from guiju.shelf.actor import Actor

AHEAD = timedelta(days=60)
BEFORE = timedelta(days=7)
DUTIES = 300
BOOKINGS = 3000
QUARTER = timedelta(minutes=15)
Briefs = Mapping[tuple[str, str], str]
COMING = (Booking.State.TENTATIVE, Booking.State.CONFIRMED, Booking.State.ARRIVED)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: a moment with its end, or whole days (the last one not counted)."""

    uid: str
    starts: datetime | date
    ends: datetime | date
    summary: str
    text: str = ""
    path: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A part of the feed that a person may leave out."""

    label: Any
    permission: str
    events: Callable[[Feed, Actor, datetime], Iterable[Event]]


def duties(feed: Feed, actor: Actor, now: datetime) -> list[Event]:
    """What the person owes, each at its due time."""
    rows = seen_by(actor, open_of(actor, now).filter(due_at__gte=now - BEFORE, due_at__lte=now + AHEAD), now, "due_at", DUTIES)
    what = _briefs(actor.hotel_id, rows)
    pairs = {(row.subject_kind, row.subject_id) for row in rows}
    titles = registry.titles(actor.hotel_id, pairs, actor)
    clauses = registry.clause_texts(actor.hotel_id) if registry.clause_texts else {}
    return [_duty(row, what, titles, clauses) for row in rows]


def _duty(row: Duty, what: Briefs, titles: Mapping[tuple[str, str], tuple[str, str]], clauses: Mapping[str, str]) -> Event:
    subject = (row.subject_kind, row.subject_id)
    verb = registry.duty_verbs.get(f"{row.clause}/{row.rule}") or registry.duty_verbs.get(row.clause)
    summary = " ".join(part for part in (str(verb) if verb else row.clause, what.get(subject, "")) if part)
    text = f"{clauses.get(row.clause, '')} ({row.clause})".strip()
    return Event(f"duty-{row.pk}", row.due_at, row.due_at + QUARTER, summary, text, titles.get(subject, ("", ""))[1], alarm=True)


def _briefs(hotel_id: UUID, rows: Iterable[Duty]) -> dict[tuple[str, str], str]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.subject_kind in registry.briefs:
            by_kind[row.subject_kind].add(row.subject_id)
    return {(kind, pk): text for kind, ids in by_kind.items() for pk, text in registry.briefs[kind](hotel_id, ids).items()}


def arrivals(feed: Feed, actor: Actor, now: datetime) -> list[Event]:
    """A seller's own bookings one by one; for a department each day's arrivals together: all for the desk, else those whose papers it holds."""
    today = local_day(actor.hotel_id, now)
    rows = Booking.objects.of(actor.hotel_id).filter(
        arrival_on__gte=today - BEFORE, arrival_on__lte=today + AHEAD, state__in=COMING
    )
    wide = actor.may("bookings.arrivals")
    mine = Q(seller_id=actor.person_id) | Q(liaison_id=actor.person_id)
    if not wide and not actor.departments - {"sales"}:
        rows = rows.filter(mine)
    columns = ("pk", "number", "kind", "arrival_on", "arrival_time", "persons", "seller_id", "liaison_id", "state")
    found = list(rows.order_by("arrival_on", "id").values(*columns)[:BOOKINGS])
    rooms = _rooms([one["pk"] for one in found])
    own = [one for one in found if actor.person_id in (one["seller_id"], one["liaison_id"]) and actor.may("bookings.view")]
    zone = ZoneInfo(feed.hotel.zone)
    events = [_arrival(one, rooms.get(one["pk"], 0), zone) for one in own]
    held = found if wide else _held(actor, found)
    return events + _days(held, rooms, wide, f"{feed.hotel.code}-{feed.person_id.hex[-12:]}")


def _rooms(keys: list[UUID]) -> dict[UUID, int]:
    """How many rooms on the first night; 0 where none are said yet."""
    rows = BookingRooms.objects.filter(booking__in=keys, removed_at__isnull=True, from_on=F("booking__arrival_on"))
    return {row["booking"]: row["n"] for row in rows.values("booking").annotate(n=Sum("rooms"))}


def _arrival(one: Mapping[str, Any], rooms: int, zone: ZoneInfo) -> Event:
    summary = _("Arrival %(number)s") % {"number": one["number"]}
    if rooms:
        summary += ", " + ngettext("%(n)s room", "%(n)s rooms", rooms) % {"n": rooms}
    text = "" if one["state"] != Booking.State.TENTATIVE else _("not confirmed yet")
    path = reverse("bookings:booking", args=[one["pk"]])
    if one["arrival_time"] is None:
        return Event(f"arrival-{one['pk']}", one["arrival_on"], one["arrival_on"] + timedelta(days=1), summary, text, path)
    starts = datetime.combine(one["arrival_on"], one["arrival_time"], zone)
    return Event(f"arrival-{one['pk']}", starts, starts + timedelta(minutes=30), summary, text, path)


def _held(actor: Actor, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    departments = actor.departments - {"sales"}
    if not departments or not actor.may("papers.view"):
        return []
    ids = [str(one["pk"]) for one in found]
    copies = Copy.objects.of(actor.hotel_id).filter(department__in=departments, superseded_at__isnull=True, paper__voided_at__isnull=True)
    about = set(copies.filter(paper__about_kind="booking", paper__about_id__in=ids).values_list("paper__about_id", flat=True))
    return [one for one in found if str(one["pk"]) in about]


def _days(held: list[dict[str, Any]], rooms: Mapping[UUID, int], wide: bool, whose: str) -> list[Event]:
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for one in held:
        by_day[one["arrival_on"]].append(one)
    events = []
    for day, ones in by_day.items():
        count, groups = len(ones), sum(one["kind"] == Booking.Kind.GROUP for one in ones)
        summary = ngettext("%(n)s arrival", "%(n)s arrivals", count) % {"n": count}
        total = sum(rooms.get(one["pk"], 0) for one in ones)
        summary += ", " + ngettext("%(n)s room", "%(n)s rooms", total) % {"n": total}
        if groups:
            summary += ", " + ngettext("%(n)s group", "%(n)s groups", groups) % {"n": groups}
        text = " ".join(one["number"] for one in ones[:40]) + (" …" if count > 40 else "")
        path = f"{reverse('bookings:arrivals')}?on={day.isoformat()}" if wide else reverse("papers:inbox")
        events.append(Event(f"arrivals-{day.isoformat()}-{whose}", day, day + timedelta(days=1), summary, text, path))
    return events


def functions(feed: Feed, actor: Actor, now: datetime) -> list[Event]:
    """Functions by their hall, nobody's name: a seller's own, all of them for F&B, which serves them."""
    rows = Function.objects.of(actor.hotel_id).filter(over_at__isnull=True, until_at__gte=now - BEFORE, from_at__lte=now + AHEAD)
    rows = rows.exclude(state=Function.State.OUT_OF_ORDER).select_related("hall")
    if "fnb" not in actor.departments:
        rows = rows.filter(handler_id=actor.person_id)
    return [_function(row) for row in rows.order_by("from_at", "id")[:BOOKINGS]]


def _function(row: Function) -> Event:
    summary = f"{row.hall.shown}" + (", " + ngettext("%(n)s person", "%(n)s persons", row.persons) % {"n": row.persons} if row.persons else "")
    text = _("not confirmed yet") if row.state == Function.State.OPTION else ""
    return Event(f"function-{row.pk}", row.from_at, row.until_at, summary, text, reverse("function_space:function", args=[row.pk]))


def link(path: str) -> str:
    """A path of ours as an address."""
    return settings.PUBLIC_URL.rstrip("/") + path if path else ""


SOURCES: dict[str, Source] = {
    "duties": Source(gettext_lazy("My duties, with an alarm"), "duties.view", duties),
    "functions": Source(gettext_lazy("Functions I handle; for F&B all of them"), "function_space.view", functions),
    "arrivals": Source(gettext_lazy("Arrivals of my bookings and of my department"), "papers.view", arrivals),
}
