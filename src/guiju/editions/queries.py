"""Reading drafts, editions and who has read what, for pages and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.duties import saying
from guiju.duties.models import Edition
from guiju.editions import differences, posts
from guiju.editions.models import Acknowledgement, Draft
from guiju.editions.reading import Owed, owed_by
from guiju.editions.wordings import changed_clauses, clauses_of, newest, run_cases, standard_of, wording_of
from guiju.house.facts import POSTS
from guiju.house.models import Person
from guiju.house.naming import post_name
from guiju.logbook.models import Entry
from guiju.rulebook.derived import Outcome
from guiju.shelf.actor import Actor

LISTED = 40


@dataclass(frozen=True, slots=True)
class Proof:
    """How a draft stands to `standard check`: what makes no sense, how many cases were run, those that do not hold."""

    problems: tuple[Any, ...]
    run: int
    failing: tuple[Outcome, ...]

    @property
    def holds(self) -> bool:
        return not self.problems and not self.failing


@dataclass(slots=True)
class EditionLine:
    """One edition in the list, with the people behind it and what it changed."""

    row: Edition
    in_force: bool = False
    ahead: bool = False
    proposed_by: str = ""
    approved_by: str = ""
    changed: int | None = None
    first: bool = False


@dataclass(slots=True)
class DraftLine:
    """One draft in the list."""

    row: Draft
    by: str
    changed: int
    proof: Proof
    behind: bool


@dataclass(slots=True)
class ReaderLine:
    """What one person has still to read."""

    person: Person
    posts: list[str]
    owed: Owed
    last_at: datetime | None = None

    @property
    def read(self) -> int:
        """How many clauses of his posts he has acknowledged."""
        return len(self.owed.concerned) - len(self.owed.unread)


@dataclass(slots=True)
class Mine:
    """A clause on my page: how it concerns me, since when I know it, what changed since."""

    clause: str
    title: str
    ways: list[str]
    wording: str
    changed: differences.Changed | None = None
    known: bool = False
    read_at: datetime | None = None


def proof_of(texts: Mapping[str, str]) -> Proof:
    """Everything `standard check` says about these texts."""
    _standard, problems = standard_of(texts)
    outcomes = run_cases(texts)
    return Proof(problems, len(outcomes), tuple(one for one in outcomes if not one.holds))


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of people by their keys: one query."""
    wanted = {pk for pk in people if pk}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def draft_lines(hotel_id: UUID) -> list[DraftLine]:
    """The drafts in work and those that wait for approval, newest first: three queries."""
    open_ones = (*Draft.EDITABLE, Draft.State.PROPOSED)
    rows = list(Draft.objects.of(hotel_id).filter(state__in=open_ones).select_related("base").order_by("-changed_at", "-id")[:LISTED])
    names, latest = names_of(row.proposed_by_id or row.begun_by_id for row in rows), newest(hotel_id)
    return [
        DraftLine(
            row, names.get(row.proposed_by_id or row.begun_by_id, ""), len(changed_clauses(row.base.texts, row.texts)), proof_of(row.texts),
            latest is not None and latest.pk != row.base_id,
        )
        for row in rows
    ]


def edition_lines(hotel_id: UUID, now: datetime) -> list[EditionLine]:
    """All editions, newest first, with who proposed and approved them: two queries."""
    rows = list(
        Edition.objects.of(hotel_id).filter(approved_at__isnull=False, standard="hotel-sales").select_related("draft").order_by("-number")[:LISTED]
    )
    drafts = {row.pk: getattr(row, "draft", None) for row in rows}
    names = names_of([one for row in rows for one in (row.approved_by_id, drafts[row.pk].proposed_by_id if drafts[row.pk] else None)])
    lines, current = [], max((row for row in rows if row.effective_at <= now), key=lambda row: (row.effective_at, row.number), default=None)
    for place, row in enumerate(rows):
        draft = drafts[row.pk]
        before = rows[place + 1] if place + 1 < len(rows) else None
        lines.append(
            EditionLine(
                row, row is current, row.effective_at > now, names.get(draft.proposed_by_id, "") if draft else "",
                names.get(row.approved_by_id, ""), len(changed_clauses(before.texts, row.texts)) if before else None, row.number == 1,
            )
        )
    return lines


def edition_before(row: Edition) -> Edition | None:
    """The edition that this one came after."""
    rows = Edition.objects.of(row.hotel_id).filter(standard=row.standard, number__lt=row.number, approved_at__isnull=False)
    found: Edition | None = rows.order_by("-number").first()
    return found


def history_of(hotel_id: UUID, subject: tuple[str, str]) -> list[Entry]:
    """What the logbook says of a draft, newest first."""
    rows = Entry.objects.filter(hotel_id=hotel_id, subjects__kind=subject[0], subjects__subject_id=subject[1])
    return list(rows.order_by("-at", "-seq")[:LISTED])


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def mine(actor: Actor, now: datetime) -> tuple[Owed | None, list[Mine]]:
    """The clauses of my posts in the newest wording, unread first, with what changed since I last acknowledged them."""
    if actor.person_id is None:
        return None, []
    owed = owed_by(actor.hotel_id, {actor.person_id: actor.posts}).get(actor.person_id)
    if owed is None:
        return None, []
    told = clauses_of(owed.edition.texts)
    rows = list(
        Acknowledgement.objects.of(actor.hotel_id).filter(person_id=actor.person_id, clause__in=list(owed.concerned)).order_by("at", "id")
    )
    last = {row.clause: row for row in rows}
    old = {row.pk: row for row in Edition.objects.of(actor.hotel_id).filter(pk__in={row.edition_id for row in last.values()} - {owed.edition.pk})}
    unread, out = set(owed.unread), []
    for name, found in owed.concerned.items():
        known = last.get(name)
        changed = None
        if name in unread and known is not None:
            before = clauses_of(old[known.edition_id].texts).get(name) if known.edition_id in old else told.get(name)
            changed = differences.clause(name, _plain(before), _plain(told.get(name)))
        title = told[name].get("text", {}).get("en" if saying.english() else "zh", "")
        out.append(
            Mine(
                name, title, [str(posts.WAYS[way]) for way in found], wording_of(told[name]), changed, name not in unread,
                known.at if known else None,
            )
        )
    return owed, sorted(out, key=lambda one: one.known)


def _plain(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A clause without what a reader does not act by."""
    return {key: one for key, one in told.items() if key in ("text", "rule")} if told else None


def readers(actor: Actor, now: datetime) -> list[ReaderLine]:
    """Who has not read what: a head sees his department, the sales manager and the general manager everybody. Four queries."""
    held = posts.posts_held(actor.hotel_id, now)
    if not actor.may("compliance.all"):
        own = actor.departments
        held = {
            person: found for person, found in held.items() if own.intersection(POSTS[post][0] for post in found if post in POSTS)
        }
    owed = owed_by(actor.hotel_id, held)
    people = Person.objects.in_bulk(list(owed))
    last: dict[UUID, datetime] = {}
    for person, at in Acknowledgement.objects.of(actor.hotel_id).filter(person_id__in=list(owed)).values_list("person_id", "at"):
        last[person] = max(at, last.get(person, at))
    lines = [
        ReaderLine(people[person], [post_name(post) for post in sorted(held[person])], found, last.get(person))
        for person, found in owed.items()
        if found.concerned and person in people
    ]
    return sorted(lines, key=lambda line: (-len(line.owed.unread), line.person.username))


# ── what other rooms ask ────────────────────────────────────────────────────────────────────────


def unread_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: how many clauses I have still to read."""
    owed = owed_by(actor.hotel_id, {actor.person_id: actor.posts}).get(actor.person_id) if actor.person_id else None
    return (len(owed.unread) if owed else 0), False


def waiting_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: editions that wait for this person's word."""
    if not actor.may("standard.approve"):
        return 0, False
    return Draft.objects.of(actor.hotel_id).filter(state=Draft.State.PROPOSED).exclude(proposed_by_id=actor.person_id).count(), False


def draft_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Draft id -> (what it is about, its page)."""
    rows = Draft.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "title")
    return {str(pk): (title, reverse("editions:draft", args=[pk])) for pk, title in rows}


def reading_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Person id -> (whose clauses, the page on which he reads them)."""
    rows = Person.objects.filter(pk__in=list(ids), appointments__hotel=hotel_id).distinct().values_list("pk", "name")
    return {str(pk): (_("{name}'s clauses").format(name=name), reverse("editions:reading")) for pk, name in rows}


def edition_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Edition id -> (its number, its page)."""
    rows = Edition.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number")
    return {str(pk): (_("Edition {number}").format(number=number), reverse("editions:edition", args=[pk])) for pk, number in rows}
