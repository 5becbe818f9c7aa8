"""What waits for whom, what was asked and decided, and a chain in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from guiju.approvals.chains import TOP, stands_for, steps_for
from guiju.approvals.models import Approval, ApprovalStep
from guiju.house.models import Person
from guiju.house.naming import post_name
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing
from guiju.shelf.memory import once_a_page

__all__ = ["decided", "lines", "of_about", "pick", "steps_for", "titles", "waiting_for"]
LISTED = 100


@dataclass(slots=True)
class Link:
    """One step in words: whose, what became of it, by whom and for whom."""

    key: str
    post_key: str
    post: str
    state: str  # the seal: done, late (sent back), due (his turn), next, free (not asked any more)
    accepted: bool | None = None
    who: str = ""
    for_whom: str = ""
    at: datetime | None = None
    words: str = ""


@dataclass(slots=True)
class Line:
    """One approval as a page shows it."""

    row: Approval
    asker: str
    title: str
    url: str
    label: Any
    links: list[Link] = field(default_factory=list)
    may_decide: bool = False
    may_withdraw: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody has said the last word yet."""
        return bool(self.row.state == Approval.State.WAITING)

    @property
    def whose(self) -> str:
        """The post whose turn it is."""
        return next((link.post for link in self.links if link.state == "due"), "")


def _open_steps(hotel_id: UUID) -> QuerySet[ApprovalStep]:
    """The steps whose turn it is."""
    found: QuerySet[ApprovalStep] = ApprovalStep.objects.of(hotel_id).filter(opened_at__isnull=False, decided_at__isnull=True)
    return found


def waiting_for(actor: Actor, now: datetime) -> QuerySet[Approval]:
    """What waits for this person's word, oldest first: his posts' steps and those he decides for somebody who is away."""
    posts = set(actor.posts) | set(_stands(actor, now))
    mine = _open_steps(actor.hotel_id).filter(approval=OuterRef("pk"), post__in=posts)
    rows = Approval.objects.of(actor.hotel_id).filter(Exists(mine), state=Approval.State.WAITING)
    return (rows if TOP in actor.posts else rows.exclude(asked_by_id=actor.person_id)).order_by("asked_at", "id")


@once_a_page
def _stands(actor: Actor, now: datetime) -> dict[str, UUID]:
    return stands_for(actor, now)


def asked_by(actor: Actor) -> QuerySet[Approval]:
    """What this person asked for, newest first."""
    rows: QuerySet[Approval] = Approval.objects.of(actor.hotel_id).filter(asked_by_id=actor.person_id).order_by("-asked_at", "-id")
    return rows


def decided(actor: Actor) -> QuerySet[Approval]:
    """What was decided by this person or in his posts, newest first."""
    rows: QuerySet[Approval] = seen_by(actor).exclude(state=Approval.State.WAITING).order_by("-ended_at", "-id")
    return rows


def seen_by(actor: Actor) -> QuerySet[Approval]:
    """The approvals this person may read: his own and those in whose chain his posts stand; the general manager reads all."""
    rows: QuerySet[Approval] = Approval.objects.of(actor.hotel_id)
    if TOP in actor.posts or actor.everything:
        return rows
    steps = ApprovalStep.objects.filter(approval=OuterRef("pk")).filter(Q(post__in=actor.posts) | Q(decided_by_id=actor.person_id))
    return rows.filter(Q(asked_by_id=actor.person_id) | Exists(steps))


def pick(actor: Actor, pk: Any, now: datetime) -> Approval:
    """The approval, for those whom it concerns; for everybody else it is not there."""
    row: Approval = Approval.objects.of(actor.hotel_id).pick(actor.hotel_id, pk)
    if seen_by(actor).filter(pk=row.pk).exists() or waiting_for(actor, now).filter(pk=row.pk).exists():
        return row
    raise Missing("no such approval")


def of_about(hotel_id: UUID, about: tuple[str, str]) -> QuerySet[Approval]:
    """All that was asked about one thing, newest first."""
    rows: QuerySet[Approval] = Approval.objects.of(hotel_id).filter(about_kind=about[0], about_id=str(about[1])).order_by("-asked_at", "-id")
    return rows


def lines(actor: Actor, rows: Iterable[Approval], now: datetime, *, titled: bool = True) -> list[Line]:
    """Approvals in words: their steps in one query, and one a kind of thing for its title (`titled`), whatever their number."""
    found = list(rows)
    if not found:
        return []
    steps: dict[UUID, list[Any]] = {}
    told = ApprovalStep.objects.filter(approval__in=found).annotate(
        decider=_name("decided_by_id"), decided_for=_name("for_id"), asker=_name("approval__asked_by_id")
    )
    for step in told.order_by("number"):
        steps.setdefault(step.approval_id, []).append(step)
    abouts = registry.titles(actor.hotel_id, {(row.about_kind, row.about_id) for row in found}, actor) if titled else {}
    entitled = set(actor.posts) | set(_stands(actor, now))
    return [_line(actor, row, steps.get(row.pk, []), abouts.get((row.about_kind, row.about_id), ("", "")), entitled) for row in found]


def _name(key: str) -> Subquery:
    return Subquery(Person.objects.filter(pk=OuterRef(key)).values("name")[:1])


def _line(actor: Actor, row: Approval, steps: list[Any], about: tuple[str, str], entitled: set[str]) -> Line:
    kind = registry.approval_kinds.get(row.kind)
    asker = next((step.asker for step in steps), "") or ""
    line = Line(row, asker, about[0] or row.title, about[1], kind.label if kind else row.kind)
    waits, own = row.state == Approval.State.WAITING, row.asked_by_id == actor.person_id
    for step in steps:
        state = _state(step, waits)
        line.links.append(
            Link(
                step.key, step.post, post_name(step.post), state, step.accepted, step.decider or "", step.decided_for or "", step.decided_at,
                step.words,
            )
        )
        if state == "due" and step.post in entitled and (not own or TOP in actor.posts):
            line.may_decide = actor.may("approvals.decide")
    line.may_withdraw = waits and own
    return line


def _state(step: ApprovalStep, waits: bool) -> str:
    if step.decided_at:
        return "done" if step.accepted else "late"
    if not waits:
        return "free"
    return "due" if step.opened_at else "next"


# ── what other rooms ask ────────────────────────────────────────────────────────────────────────


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Approval id -> (what is to be approved, its page)."""
    rows = Approval.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "title")
    return {str(pk): (title, reverse("approvals:approval", args=[pk])) for pk, title in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Approval id -> what kind of thing it is, without anybody's name."""
    rows = Approval.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "kind")
    return {str(pk): str(registry.approval_kinds[kind].label) if kind in registry.approval_kinds else kind for pk, kind in rows}


def waiting_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: how many wait for this person's word."""
    return waiting_for(actor, now).count(), False


@dataclass(slots=True)
class Asked:
    """Something I asked for that waits for others, on Today."""

    verb: str
    title: str
    url: str
    text: str
    clause: str = ""
    duty: Any = None


def waiting_for_others(actor: Actor, now: datetime) -> list[Asked]:
    """What I asked for and nobody has decided yet."""
    turn = _open_steps(actor.hotel_id).filter(approval=OuterRef("pk")).order_by("number").values("post")[:1]
    rows = asked_by(actor).filter(state=Approval.State.WAITING).annotate(turn=Subquery(turn)).values_list("pk", "kind", "title", "turn")[:12]
    kinds = registry.approval_kinds
    return [
        Asked(str(kinds[kind].label) if kind in kinds else kind, title, reverse("approvals:approval", args=[pk]), post_name(post or ""))
        for pk, kind, title, post in rows
    ]
