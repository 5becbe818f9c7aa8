"""Reading visits: the list, who may see which, one visit with everything on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.duties import records
from guiju.house.models import Person
from guiju.logbook.models import EntrySubject
from guiju.papers.models import Copy, Paper, StoredFile
from guiju.papers.queries import sees_all
from guiju.shelf import wording
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.words import vocabulary
from guiju.visitors.content import KIND
from guiju.visitors.models import Visit, VisitChange, VisitPaper, VisitPart
from guiju.visitors.records import record_of
from guiju.visitors.words import field_name, value_words

PAGE = 50
LIST = "visits"  # the name under which this list's views are saved
FILTERS = ("state", "visitor", "grade", "handler", "when", "q", "from", "until")
WHEN = {"today": 0, "week": 6, "month": 30}


def seen_by(actor: Actor) -> QuerySet[Visit]:
    """The visits this person may read: all with the right to, else those in which he takes part."""
    rows: QuerySet[Visit] = Visit.objects.of(actor.hotel_id)
    if actor.may("visitors.all"):
        return rows
    return rows.filter(Exists(VisitPart.objects.filter(visit=OuterRef("pk"), person_id=actor.person_id, removed_at__isnull=True)))


def pick(actor: Actor, pk: Any) -> Visit:
    """The visit, for those who may read it; for everybody else it is not there."""
    row: Visit = seen_by(actor).select_related("hotel", "handler").pick(actor.hotel_id, pk)  # type: ignore[attr-defined]  # a HotelQuerySet
    return row


def pick_shown(actor: Actor, pk: Any) -> Visit:
    """The visit as its page shows it: with the key of its paper where this person may open that."""
    paper = Paper.objects.of(actor.hotel_id).filter(kind=KIND, about_kind="visit", about_id=str(pk), voided_at__isnull=True)
    if not sees_all(actor):
        paper = paper.filter(Exists(Copy.objects.filter(paper=OuterRef("pk"), department__in=actor.departments, superseded_at__isnull=True)))
    rows = seen_by(actor).select_related("hotel", "handler").annotate(paper_pk=Subquery(paper.values("pk")[:1]))
    row: Visit = rows.pick(actor.hotel_id, pk)  # type: ignore[attr-defined]  # a HotelQuerySet
    return row


def pick_paper(actor: Actor, pk: Any) -> VisitPaper:
    """A paper of a visit this person may read."""
    paper: VisitPaper = VisitPaper.objects.select_related("visit__hotel", "file").pick(actor.hotel_id, pk)
    pick(actor, paper.visit_id)
    return paper


def filters_in(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address, those that the list knows."""
    return {name: asked.get(name, "")[:60] for name in FILTERS}


def check_filters(wanted: Mapping[str, str]) -> None:
    """Raise Invalid for a filter that the list does not know, where somebody typed it at a terminal."""
    errors = {name: [_("This is not a day.")] for name in ("from", "until") if wanted.get(name) and _day(wanted[name]) is None}
    if wanted.get("state") and wanted["state"] not in Visit.State.values:
        errors["state"] = [_("Choose one of the list.")]
    if errors:
        raise Invalid(errors=errors)


def filtered(actor: Actor, wanted: Mapping[str, str], *, today: date) -> QuerySet[Visit]:
    """Visits that fit the filters of the address."""
    rows = seen_by(actor)
    if wanted.get("handler") == "me":
        rows = rows.filter(handler_id=actor.person_id)
    for name, choices in (("state", Visit.State), ("visitor", Visit.Visitor), ("grade", Visit.Grade)):
        if wanted.get(name) in choices.values:
            rows = rows.filter(**{name: wanted[name]})
    ahead = WHEN.get(wanted.get("when") or "")
    if ahead is not None:
        rows = _between(rows, today, today + timedelta(days=ahead))
    text = (wanted.get("q") or "").strip()[:60]
    if text:
        named = Q(number__icontains=text) | Q(organisation__icontains=text) | Q(guests__name__icontains=text)
        rows = rows.filter(pk__in=Visit.objects.of(actor.hotel_id).filter(named).values("pk"))
    return _between(rows, _day(wanted.get("from")), _day(wanted.get("until")))


def _between(rows: QuerySet[Visit], first: date | None, last: date | None) -> QuerySet[Visit]:
    """Arriving from the first to the last of these days, in the hotel's zone."""
    if first:
        rows = rows.filter(arrival_at__gte=_midnight(first))
    if last:
        rows = rows.filter(arrival_at__lt=_midnight(last + timedelta(days=1)))
    return rows


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day))


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


@dataclass(slots=True)
class Listing:
    """A page of visits and where the next one begins."""

    rows: list[Visit]
    next_after: str


def page_of(rows: QuerySet[Visit], after: str) -> Listing:
    """Fifty in order of arrival, after the one named by "arrival~id": flat however many there are."""
    start, _sep, pk = after.partition("~")
    try:
        at, key = datetime.fromisoformat(start), UUID(pk)
        rows = rows.filter(Q(arrival_at__gt=at) | Q(arrival_at=at, id__gt=key))
    except ValueError:
        pass
    told = rows.select_related("handler").annotate(
        taking_part=Count("parts", filter=Q(parts__removed_at__isnull=True), distinct=True),
        briefed=Count("parts", filter=Q(parts__removed_at__isnull=True, parts__briefed_at__isnull=False), distinct=True),
    )
    found = list(told.order_by("arrival_at", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Listing(found[:PAGE], f"{last.arrival_at.isoformat()}~{last.pk}" if last else "")


@dataclass(slots=True)
class Whole:
    """A visit with everything on its page."""

    visit: Visit
    guests: list[Any]
    programme: list[Any]
    parts: list[VisitPart]
    papers: list[VisitPaper]
    changes: list[dict[str, Any]]
    incomplete: list[Any]

    def part_of(self, person_id: UUID | None) -> VisitPart | None:
        """The part this person has in it."""
        return next((part for part in self.parts if part.person_id == person_id), None)

    @property
    def briefed(self) -> int:
        """How many have acknowledged the briefing."""
        return sum(1 for part in self.parts if part.briefed_at)


def whole(visit: Visit, now: datetime) -> Whole:
    """Everything that stands on the visit's page: five queries and the clauses."""
    parts = list(visit.parts.filter(removed_at__isnull=True).select_related("person").order_by("id"))
    papers = list(visit.papers.filter(removed_at__isnull=True).select_related("file").order_by("attached_at"))
    guests, programme = list(visit.guests.order_by("order", "id")), list(visit.programme.order_by("at", "id"))
    record = record_of(visit, guests=len(guests), programme=len(programme), parts=len(parts), papers=len(papers))
    lacking = [one for one in records.of_record(visit.hotel_id, record, now) if one.gaps]
    return Whole(visit, guests, programme, parts, papers, changes_of(visit, now), lacking)


def changes_of(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    """The changes of the approved plan, latest first, field by field in words."""
    asker = Subquery(Person.objects.filter(pk=OuterRef("asked_by_id")).values("name")[:1])
    rows = list(VisitChange.objects.filter(visit=visit).select_related("approval").annotate(asker=asker).order_by("-asked_at", "-id"))
    people = {UUID(one["person_id"]) for row in rows for values in (row.before, row.after) for one in values.get("parts", [])}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    return [{"row": row, "by": row.asker or "", "fields": _fields(row, names, now)} for row in rows]


def _fields(row: VisitChange, names: Mapping[UUID, str], now: datetime) -> list[dict[str, Any]]:
    found = []
    for name in row.after:
        old, new = (_lines(name, values.get(name), names, now) for values in (row.before, row.after))
        found.append({"name": field_name(name), "old": [one for one in old if one not in new], "new": [one for one in new if one not in old]})
    return found


def _lines(name: str, value: Any, names: Mapping[UUID, str], now: datetime) -> list[str]:
    if name == "parts":
        return [f"{names.get(UUID(one['person_id']), '')} {one['role']}".strip() for one in value or []]
    if name in ("arrival_at", "until_at"):
        return [_said(value, now)] if value else []
    if name == "programme":
        return [" ".join(part for part in (_said(one["at"], now), one["place"], one["what"], one["who"]) if part) for one in value or []]
    return value_words(name, value)


def _said(moment: str, now: datetime) -> str:
    return wording.moment(datetime.fromisoformat(moment), now)


def history(visit: Visit, english: bool, most: int = 60) -> list[dict[str, Any]]:
    """What the logbook says of it, latest first: two queries."""
    words = vocabulary().kinds
    rows = list(
        EntrySubject.objects.filter(hotel_id=visit.hotel_id, kind="visit", subject_id=str(visit.pk))
        .order_by("-entry__seq").values_list("entry__kind", "entry__at", "entry__by_id", "entry__seq")[:most]
    )
    names = dict(Person.objects.filter(pk__in={by for _kind, _at, by, _seq in rows if by}).values_list("pk", "name"))
    return [
        {"what": (words[kind].en if english else words[kind].zh) if kind in words else kind, "at": at, "name": names.get(by, ""), "seq": seq}
        for kind, at, by, seq in rows
    ]


def file_of(paper: VisitPaper) -> StoredFile:
    """The file of a paper; Missing where the paper itself lies somewhere."""
    if paper.file is None:
        raise Missing("no file")
    return paper.file
