"""Saying yes or sending back: the current step's post, or who acts for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.approvals import chains
from guiju.approvals.actions.asking import MOST_WORDS, tell_deciders
from guiju.approvals.models import Approval, ApprovalStep
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal

GIVEN = gettext_noop("Approved: %(title)s")
SENT_BACK = gettext_noop("Sent back: %(title)s. %(reason)s")


@verb("approvals.decide")
def decide(approval: Approval, *, accept: bool, reason: str = "", by: Actor, now: datetime) -> Approval:
    """Say yes to the current step, or send the whole back with a reason. The last yes, or any no, ends it.

    A yes also counts for the steps that follow directly and are this person's too. Raises Refusal "own_question" for
    one's own, NotAllowed for anybody but the step's post and its delegate, Refusal "decided" when it is over, Invalid
    without a reason for sending back.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    if approval.state != Approval.State.WAITING:
        raise Refusal(_("This was decided already."), code="decided")
    steps = list(approval.steps.order_by("number"))
    current = next(step for step in steps if step.decided_at is None)
    stands = chains.stands_for(by, now)
    check_entitled(approval, current, by, stands)
    words = reason.strip()
    if len(words) > MOST_WORDS:
        raise Invalid(errors={"reason": [_("At most %(most)s characters.") % {"most": MOST_WORDS}]})
    if not accept and not words:
        raise Invalid(errors={"reason": [_("Say why it is sent back.")]})
    if accept:
        _accept(approval, steps[current.number :], words, stands, by, now)
    else:
        _send_back(approval, current, words, stands, by, now)
    return approval


def check_entitled(approval: Approval, step: ApprovalStep, by: Actor, stands: dict[str, UUID]) -> None:
    """Raise unless this person may decide this step."""
    if approval.asked_by_id == by.person_id and chains.TOP not in by.posts:
        raise Refusal(_("Nobody approves what he asked for himself."), code="own_question")
    if step.post not in by.posts and step.post not in stands:
        raise NotAllowed("approvals.decide", permission="approvals.decide", posts=[step.post])


def _mark(step: ApprovalStep, accepted: bool, words: str, stands: dict[str, UUID], by: Actor, now: datetime) -> bool:
    """Write the word down, once; whether a delegate gave it."""
    for_id = None if step.post in by.posts else stands[step.post]
    done = ApprovalStep.objects.filter(pk=step.pk, decided_at__isnull=True).update(
        accepted=accepted, decided_at=now, decided_by_id=by.person_id, for_id=for_id, words=words, opened_at=step.opened_at or now
    )
    if not done:
        raise Refusal(_("This was decided already."), code="decided")
    return for_id is not None


def _accept(approval: Approval, rest: list[ApprovalStep], words: str, stands: dict[str, UUID], by: Actor, now: datetime) -> None:
    about = (approval.about_kind, approval.about_id)
    while rest and (rest[0].post in by.posts or rest[0].post in stands):
        step, rest = rest[0], rest[1:]
        delegate = _mark(step, True, words, stands, by, now)
        note(
            "approval.given", approval, about, text=words, matter=approval.kind, afterwards=approval.is_afterwards, step=step.key,
            last=not rest, delegate=delegate,
        )
    if rest:
        ApprovalStep.objects.filter(pk=rest[0].pk).update(opened_at=now)
        tell_deciders(approval, rest[0], now)
        return
    _end(approval, Approval.State.GIVEN, words, by, now)


def _send_back(approval: Approval, step: ApprovalStep, words: str, stands: dict[str, UUID], by: Actor, now: datetime) -> None:
    delegate = _mark(step, False, words, stands, by, now)
    note(
        "approval.refused", approval, (approval.about_kind, approval.about_id), text=words, matter=approval.kind,
        afterwards=approval.is_afterwards, step=step.key, delegate=delegate,
    )
    _end(approval, Approval.State.REFUSED, words, by, now)


def _end(approval: Approval, state: str, words: str, by: Actor, now: datetime) -> None:
    """The last word: the asker hears of it, and the room that asked does what follows, in the same step."""
    Approval.objects.filter(pk=approval.pk).update(state=state, ended_at=now, reason=words if state == Approval.State.REFUSED else "")
    approval.refresh_from_db()
    accepted = state == Approval.State.GIVEN
    if approval.asked_by_id != by.person_id:
        tell(
            approval.hotel_id, person_id=approval.asked_by_id, key=f"approval:{approval.pk}:{state}", text=GIVEN if accepted else SENT_BACK,
            values={"title": approval.title, "reason": words}, url=reverse("approvals:approval", args=[approval.pk]),
            urgency="plain" if accepted else "soon", about=approval.subject, chat=False, now=now,
        )
    registry.approval_kinds[approval.kind].decided(approval.about_id, accepted=accepted, approval=approval, by=by, now=now)
