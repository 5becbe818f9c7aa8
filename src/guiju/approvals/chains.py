"""Whose word is wanted, step by step, and who may give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from guiju import rulebook
from guiju.duties.editions import editions_of
from guiju.duties.owners import head_post
from guiju.house.delegates import acting_for
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Appointment, Delegation
from guiju.rulebook.clauses import Step
from guiju.shelf.actor import Actor

TOP = "gm"  # where the standard names nobody, or nobody else may decide, the general manager does


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: what the clause calls it, the post that decides, and whether the asking itself is its yes."""

    key: str
    post: str
    own: bool = False


def steps_for(hotel_id: UUID, verb: str, attrs: Mapping[str, Any], now: datetime) -> tuple[Step, ...]:
    """Whose approval a step needs, in order, by the standard in force; none where no clause asks for one."""
    return tuple(rulebook.approvals(editions_of(hotel_id), verb, attrs, now))


def links_of(hotel_id: UUID, steps: Sequence[str | Step], by: Actor, now: datetime) -> list[Link]:
    """The chain for this asker: a step that is his own post's, or that nobody holds, goes to the general manager.

    The first steps, as long as they are his own and others follow, are given by his asking: a head who submits has signed.
    """
    asked = [(step, step) if isinstance(step, str) else (step.id, step.by) for step in steps] or [(TOP, TOP)]
    posts = {owner: _post(owner, by) for _key, owner in asked}
    held = set(
        Appointment.objects.of(hotel_id)
        .filter(_now(now), post__in=posts.values(), person__is_active=True)
        .exclude(person_id=by.person_id)
        .values_list("post", flat=True)
    )
    own = next((n for n, (_key, owner) in enumerate(asked) if posts[owner] not in by.posts), 0)
    return [
        Link(key, posts[owner], True) if n < own else Link(key, posts[owner] if posts[owner] in held and posts[owner] not in by.posts else TOP)
        for n, (key, owner) in enumerate(asked)
    ]


def _post(owner: str, by: Actor) -> str:
    """The post behind an owner word of the standard."""
    if owner in POSTS:
        return owner
    if owner in DEPARTMENTS:
        return head_post(owner)
    if owner == "department_head":
        return head_post(next(iter(sorted(by.departments)), "sales"))
    return TOP


def _now(now: datetime) -> Q:
    return Q(until_at__isnull=True) | Q(until_at__gt=now)


def holders(hotel_id: UUID, posts: Iterable[str], now: datetime) -> dict[str, set[UUID]]:
    """Who holds these posts at this moment."""
    found: dict[str, set[UUID]] = {}
    rows = Appointment.objects.of(hotel_id).filter(_now(now), post__in=set(posts), from_at__lte=now)
    for post, person in rows.values_list("post", "person_id"):
        found.setdefault(post, set()).add(person)
    return found


def delegates(hotel_id: UUID, people: Iterable[UUID], now: datetime) -> list[UUID]:
    """Who acts for these people at this moment."""
    rows = Delegation.objects.of(hotel_id).filter(person_id__in=list(people), from_at__lte=now, until_at__gt=now)
    return list(rows.values_list("to_id", flat=True).distinct())


def stands_for(actor: Actor, now: datetime) -> dict[str, UUID]:
    """The posts this person may decide for while somebody is away: post -> whose it is."""
    if actor.person_id is None:
        return {}
    away = acting_for(actor.hotel_id, actor.person_id, now)
    if not away:
        return {}
    rows = Appointment.objects.of(actor.hotel_id).filter(_now(now), person_id__in=away, from_at__lte=now)
    return {post: person for post, person in rows.order_by("from_at").values_list("post", "person_id") if post not in actor.posts}
