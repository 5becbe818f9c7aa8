"""Which clauses concern a post: what it owes, signs for, hears of, waives, or may not do without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.house.facts import POSTS
from guiju.house.models import Appointment
from guiju.house.rights import HEADS, SELLERS
from guiju.rulebook import Clause, Rule, Standard

SELLING = frozenset(SELLERS)
SUPERVISORS = frozenset(post for post in POSTS if post.endswith("_supervisor"))
BY_SALES = ("handler", "duty_seller", "liaison", "issuer", "seller")  # roles that somebody of sales or PR takes
WAYS: dict[str, Any] = {
    "owes": _("owes it"), "signs": _("signs for it"), "gets": _("gets a copy"), "step": _("takes this step"), "writes": _("writes it down"),
    "told": _("is told when time runs out"), "waives": _("may waive it"),
}


def _means(word: str, post: str, receiving: frozenset[str]) -> bool:
    """Whether an owner of a clause may be somebody in this post."""
    department = POSTS[post][0]
    if word in (post, department, "reader"):
        return True
    if word in BY_SALES:
        return post in SELLING
    if word == "supervisor":
        return post in SUPERVISORS
    if word == "department_head":
        return post in HEADS
    return word in ("receiver", "department") and department in receiving


def receiving(standard: Standard) -> frozenset[str]:
    """The departments that any paper goes to."""
    rules = (rule for clause in standard.clauses.values() for rule in clause.rules)
    return frozenset(name for rule in rules for name in rule.to)


def _owners(rule: Rule) -> list[str]:
    return [one.owner for one in rule.parts if one.owner] + ([rule.owner] if rule.owner else []) + [step.by for step in rule.steps]


def _rule_ways(rule: Rule, post: str, to: frozenset[str]) -> Iterable[str]:
    if any(_means(word, post, to) for word in _owners(rule)):
        yield "signs" if rule.kind == "notice" and rule.owner == "receiver" else "owes"
    if POSTS[post][0] in (*rule.to, *rule.archive):
        yield "gets"
    if rule.kind == "gate" and (POSTS[post][0] in to if rule.verb == "copy.sign" else _takes(rule.verb, post)):
        yield "step"
    if rule.kind == "record" and (post == "sales_manager" if rule.record == "edition" else post in SELLING):
        yield "writes"
    if any(_means(word, post, to) for _share, word in rule.escalates):
        yield "told"
    if post in rule.waive_by:
        yield "waives"


def _takes(verb: str, post: str) -> bool:
    if verb.startswith("edition."):
        return post == ("gm" if verb.endswith("approve") else "sales_manager")
    return post in SELLING


def ways(clause: Clause, posts: Iterable[str], to: frozenset[str]) -> list[str]:
    """How a clause concerns these posts; empty if it does not."""
    found = {way for post in posts if post in POSTS for rule in clause.rules for way in _rule_ways(rule, post, to)}
    return [way for way in WAYS if way in found]


def clauses_for(standard: Standard, posts: Iterable[str]) -> dict[str, list[str]]:
    """The clauses that concern these posts, and how: clause id -> ways."""
    held, to = [post for post in posts if post != "administrator"], receiving(standard)
    return {name: found for name, clause in standard.clauses.items() if (found := ways(clause, held, to))}


def posts_held(hotel_id: UUID, at: datetime, *, person_id: UUID | None = None) -> Mapping[UUID, set[str]]:
    """Who holds which posts at a moment: person -> posts; one query."""
    rows = Appointment.objects.of(hotel_id).filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at, person__is_active=True)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    found: dict[UUID, set[str]] = {}
    for person, post in rows.values_list("person_id", "post"):
        found.setdefault(person, set()).add(post)
    return found
