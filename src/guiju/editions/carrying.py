"""What carries a duty of a post: clauses that open duties or refuse steps, pages, papers, records; or training only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from guiju.duties import editions, saying
from guiju.editions import posts, terms
from guiju.editions.facts import PAGES
from guiju.rulebook.reading_posts import carriers
from guiju.rulebook.standard import PostDuty


@dataclass(frozen=True, slots=True)
class Carrier:
    """One thing that carries a duty: what kind it is, its name, its page."""

    kind: str  # clause page paper record
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty of a post as its page shows it."""

    id: str
    source: str
    text: str
    carriers: tuple[Carrier, ...]
    training: bool


def _text(told: Any) -> str:
    return str(told.get("en" if saying.english() else "zh", ""))


def _page(name: str) -> Carrier:
    address, zh, en = PAGES[name]
    try:
        url = reverse(address)
    except NoReverseMatch:
        url = ""
    return Carrier("page", en if saying.english() else zh, url)


def _carriers(standard: Any, duty: PostDuty) -> tuple[Carrier, ...]:
    carried = carriers(standard.post_duties, duty).carried
    out = [
        Carrier("clause", _text(standard.clauses[name].text), reverse("duties:clause", args=[name]))
        for name in carried.get("clauses", ()) if name in standard.clauses
    ]
    out += [_page(name) for name in carried.get("pages", ()) if name in PAGES]
    out += [Carrier("paper", terms.value(name), "") for name in carried.get("papers", ())]
    out += [Carrier("record", terms.value(name), "") for name in carried.get("records", ())]
    return tuple(out)


def counts(hotel_id: UUID, now: datetime) -> dict[str, int]:
    """How many duties the manual gives each post."""
    edition = editions.in_force(hotel_id, now)
    found: dict[str, int] = {}
    for duty in edition.standard.post_duties.values() if edition else ():
        for post in duty.posts:
            found[post] = found.get(post, 0) + 1
    return found


def of_post(hotel_id: UUID, post: str, now: datetime) -> tuple[list[Owed], list[tuple[str, str, list[Any]]]]:
    """(the duties of a post with their carriers, the clauses that concern it and how): of the edition in force."""
    edition = editions.in_force(hotel_id, now)
    if edition is None:
        return [], []
    standard = edition.standard
    duties = []
    for duty in standard.post_duties.values():
        if post in duty.posts:
            found = _carriers(standard, duty)
            training = carriers(standard.post_duties, duty).training or not found
            duties.append(Owed(duty.id, duty.source, _text(duty.text), found, training))
    concerned = posts.clauses_for(standard, [post])
    return duties, [(name, _text(standard.clauses[name].text), [posts.WAYS[way] for way in how]) for name, how in concerned.items()]
