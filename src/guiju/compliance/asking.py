"""What is asked of compliance: a period, a department, post, person or clause; and whose figures somebody may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from guiju.duties.queries import owed_by
from guiju.shelf.actor import Actor

LONGEST_DAYS = 3700
LEADS = ("_head", "_manager", "_supervisor")


@dataclass(frozen=True, slots=True)
class Ask:
    """Local days [first, last), and which duties of them."""

    first: date
    last: date
    department: str = ""
    post: str = ""
    person: UUID | None = None
    clause: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether owners are chosen."""
        return bool(self.department or self.post or self.person)

    @property
    def until(self) -> date:
        """The last day of the period."""
        return self.last - timedelta(days=1)

    def during(self, first: date, last: date) -> Ask:
        """The same of another period."""
        return replace(self, first=first, last=last)


def period(name: str, today: date) -> tuple[date, date]:
    """[first, last) of this week, month or quarter."""
    if name == "week":
        first = today - timedelta(days=today.weekday())
        return first, first + timedelta(days=7)
    if name == "quarter":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return first, (first + timedelta(days=100)).replace(day=1)
    first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def before(ask: Ask, today: date) -> Ask:
    """The same length of time one period earlier: as far into it as we are into this one."""
    length = ask.last - ask.first
    return ask.during(ask.first - length, min(today + timedelta(days=1), ask.last) - length)


def leads(actor: Actor) -> bool:
    """Whether he has people of his own: then he sees his departments."""
    return any(post.endswith(LEADS) for post in actor.posts)


def own(actor: Actor, now: datetime) -> Q | None:
    """Whose duties this person sees in figures and lists; None: everybody's (GM, sales manager, duty manager).

    The same condition fits duties and tallies: their columns have the same names.
    """
    if actor.may("compliance.all"):
        return None
    mine = owed_by(actor, now) | Q(met_by_id=actor.person_id, met_by_id__isnull=False)
    return Q(owner_department__in=actor.departments) | mine if leads(actor) else mine


def chosen(ask: Ask) -> Q:
    """The owners that were asked for. A duty with no named owner is the person's who did it."""
    found = Q()
    if ask.department:
        found &= Q(owner_department=ask.department)
    if ask.post:
        found &= Q(owner_post=ask.post)
    if ask.person:
        found &= Q(owner_person_id=ask.person) | Q(owner_person_id__isnull=True, met_by_id=ask.person)
    return found


def may_know(actor: Actor, visible_to: Any) -> bool:
    """Whether a duty that is for named posts only is this person's to know of."""
    return not visible_to or actor.everything or bool(actor.posts.intersection(visible_to))
