"""Asking for approval, and taking the question back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.approvals import chains
from guiju.approvals.models import Approval, ApprovalStep
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.rulebook.clauses import Step
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal

WAITS = gettext_noop("Waits for your approval: %(title)s")
WAITS_AFTER = gettext_noop("Done already, waits for your approval: %(title)s")
BRIEF = gettext_noop("Something waits for your approval")
MOST_WORDS = 300


@verb("approvals.ask")
def ask(
    hotel: Hotel, *, kind: str, about: tuple[str, str], title: str, text: str = "", steps: Sequence[str | Step], afterwards: bool = False,
    by: Actor, now: datetime,
) -> Approval:
    """Ask for approval of something: the first step's post is told, the newest asking takes the place of an open one.

    `kind` is one of registry.approval_kinds; `steps` are posts in order or the steps of the standard (queries.steps_for).
    Nobody approves what he asks for himself, the general manager excepted: a last step of the asker's own post goes to
    the general manager. `afterwards`: it was done in an emergency and is approved after the fact.
    """
    if kind not in registry.approval_kinds:
        raise Refusal(f"no room asks for approval of {kind!r}", code="unknown_kind")
    if by.person_id is None:
        raise NotAllowed("a person asks", permission="approvals.ask")
    if not title.strip():
        raise Invalid(errors={"title": [_("Say what is to be approved.")]})
    _replace(hotel.pk, kind, about, now)
    approval = Approval.objects.create(
        hotel=hotel, kind=kind, about_kind=about[0], about_id=str(about[1]), title=title.strip()[:160], text=text.strip()[:2000],
        is_afterwards=afterwards, asked_by_id=by.person_id, asked_at=now,
    )
    links = chains.links_of(hotel.pk, steps, by, now)
    first = next(number for number, link in enumerate(links) if not link.own)
    rows = [
        ApprovalStep(
            hotel=hotel, approval=approval, number=number, key=link.key, post=link.post, opened_at=now if number <= first else None,
            accepted=True if link.own else None, decided_at=now if link.own else None, decided_by_id=by.person_id if link.own else None,
        )
        for number, link in enumerate(links)
    ]
    ApprovalStep.objects.bulk_create(rows)
    note("approval.asked", approval, about, matter=kind, afterwards=afterwards, step=links[first].key, steps=[link.key for link in links])
    for row in rows[:first]:
        note("approval.given", approval, about, matter=kind, afterwards=afterwards, step=row.key, last=False, delegate=False)
    tell_deciders(approval, rows[first], now)
    return approval


def _replace(hotel_id: UUID, kind: str, about: tuple[str, str], now: datetime) -> None:
    """The question that is still open about the same thing gives way to the new one."""
    for row in Approval.objects.of(hotel_id).filter(kind=kind, about_kind=about[0], about_id=str(about[1]), state=Approval.State.WAITING):
        Approval.objects.filter(pk=row.pk).update(state=Approval.State.REPLACED, ended_at=now)
        note("approval.withdrawn", row, about, matter=kind, afterwards=row.is_afterwards, replaced=True)


def tell_deciders(approval: Approval, step: ApprovalStep, now: datetime) -> None:
    """The post of a step hears of it, and whoever acts for its holder while he is away."""
    said: dict[str, Any] = {
        "text": WAITS_AFTER if approval.is_afterwards else WAITS, "values": {"title": approval.title}, "brief": BRIEF,
        "url": reverse("approvals:approval", args=[approval.pk]), "urgency": "soon", "about": approval.subject, "now": now,
    }
    key = f"approval:{approval.pk}:{step.number}"
    tell(approval.hotel_id, post=step.post, key=key, **said)
    held = chains.holders(approval.hotel_id, [step.post], now).get(step.post, set())
    for person in chains.delegates(approval.hotel_id, held, now):
        tell(approval.hotel_id, person_id=person, key=f"{key}:{person}", chat=False, **said)


@verb("approvals.ask")
def withdraw(approval: Approval, *, reason: str, by: Actor, now: datetime) -> Approval:
    """The asker takes his question back, with a reason; Refusal once it is decided."""
    if by.person_id != approval.asked_by_id and not by.everything:
        raise NotAllowed("the asker's own", permission="approvals.ask")
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why.")]})
    if len(reason.strip()) > MOST_WORDS:
        raise Invalid(errors={"reason": [_("At most %(most)s characters.") % {"most": MOST_WORDS}]})
    drop(approval, reason=reason.strip(), now=now)
    kind = registry.approval_kinds.get(approval.kind)
    if kind is not None and kind.withdrawn is not None:
        kind.withdrawn(approval.about_id, approval=approval, by=by, now=now)
    return approval


def drop(approval: Approval, *, reason: str, now: datetime) -> None:
    """Within another step: the question falls away because what it was about does. Refusal "decided" once it is over."""
    ended = Approval.objects.filter(pk=approval.pk, state=Approval.State.WAITING).update(
        state=Approval.State.WITHDRAWN, ended_at=now, reason=reason[:MOST_WORDS]
    )
    approval.refresh_from_db()
    if not ended:
        raise Refusal(_("This was decided already."), code="decided")
    about = (approval.about_kind, approval.about_id)
    note("approval.withdrawn", approval, about, text=reason, matter=approval.kind, afterwards=approval.is_afterwards, replaced=False)
