"""Who has still to read which clauses (manual.read): asked when an edition is approved or somebody takes a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guiju.duties.models import Edition
from guiju.editions import posts
from guiju.editions.models import Acknowledgement
from guiju.editions.wordings import newest, standard_of, wordings_of
from guiju.house.facts import POSTS
from guiju.logbook.writing import Noted, Writing, note

ASKING = ("edition.adopted", "person.appointed")
ENDING = ("person.relieved", "person.disabled")


@dataclass(frozen=True, slots=True)
class Owed:
    """What a person of these posts is to read: the newest edition, its clauses that concern him, and those he has not acknowledged."""

    edition: Edition
    concerned: Mapping[str, list[str]]  # clause -> how it concerns him
    unread: tuple[str, ...]


def owed_by(hotel_id: UUID, people: Mapping[UUID, Iterable[str]]) -> dict[UUID, Owed]:
    """What each of these people has to read by the newest edition: two queries, whatever their number."""
    edition = newest(hotel_id)
    if edition is None:
        return {}
    standard, now_worded = standard_of(edition.texts)[0], wordings_of(edition.texts)
    rows = Acknowledgement.objects.of(hotel_id).filter(person_id__in=list(people), clause__in=list(now_worded))
    known = set(rows.values_list("person_id", "clause", "wording"))
    by_posts: dict[frozenset[str], dict[str, list[str]]] = {}
    out = {}
    for person, held in people.items():
        key = frozenset(held)
        if key not in by_posts:
            by_posts[key] = posts.clauses_for(standard, key)
        concerned = by_posts[key]
        unread = tuple(name for name in concerned if (person, name, now_worded.get(name, "")) not in known)
        out[person] = Owed(edition, concerned, unread)
    return out


def follow(step: Writing, fresh: list[Noted]) -> None:
    """Subscriber of the logbook: a new edition and a new post ask for reading; leaving a post may end it."""
    if step.hotel_id is None:
        return
    kinds = {fact.kind for fact in fresh}
    if "edition.adopted" in kinds:
        _ask(step, posts.posts_held(step.hotel_id, step.now))
    for fact in fresh:
        if fact.kind in ("person.appointed", *ENDING) and "edition.adopted" not in kinds:
            person = UUID(next(pk for kind, pk in fact.subjects if kind == "person"))
            held = posts.posts_held(step.hotel_id, step.now, person_id=person)
            if fact.kind == "person.appointed":
                _ask(step, held)
            elif not any(owed.unread for owed in owed_by(step.hotel_id, held).values()):
                note("reading.ended", ("reading", person))


def _ask(step: Writing, people: Mapping[UUID, Iterable[str]]) -> None:
    assert step.hotel_id is not None
    for person, owed in owed_by(step.hotel_id, people).items():
        if owed.unread:
            note("standard.to_read", ("reading", person), **asked(person, people[person], owed))


def asked(person: UUID, held: Iterable[str], owed: Owed) -> dict[str, Any]:
    """What is said when somebody is asked to read."""
    department = next((POSTS[post][0] for post in sorted(held) if post in POSTS), "")
    return {"reader": str(person), "department": department, "unread": len(owed.unread), "edition": owed.edition.number}


def ask_everybody(hotel_id: UUID, now: datetime) -> None:
    """Ask all who hold a post and have not read their clauses; within a step."""
    for person, owed in owed_by(hotel_id, held := posts.posts_held(hotel_id, now)).items():
        if owed.unread:
            note("standard.to_read", ("reading", person), **asked(person, held[person], owed))
