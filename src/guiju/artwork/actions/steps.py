"""What the steps of an art order share: its facts, where it stands, whose order it is."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.artwork.models import ArtOrder
from guiju.house.facts import POSTS
from guiju.shelf.actor import Actor
from guiju.shelf.errors import NotAllowed, Refusal

State = ArtOrder.State
MAKING = (State.TAKEN, State.PROOF, State.RETURNED, State.APPROVED)
BEFORE_DELIVERY = (State.ORDERED, *MAKING, State.MADE)
ANSWERABLE = frozenset({"pr_manager", "gm"})  # they may answer for the department that ordered
MAKERS = frozenset({"art_supervisor", "art_worker"})


def attrs_of(order: ArtOrder) -> dict[str, Any]:
    """What every fact about an order repeats, so that a rule needs no look-up elsewhere."""
    return {
        "item": order.item, "department": order.department, "worded": order.worded, "hangs": order.hangs, "quantity": order.quantity,
        "due_at": order.due_at, "from_at": order.from_at, "until_at": order.until_at,
    }


def about_of(order: ArtOrder) -> tuple[str, str] | None:
    """What the work is for: (kind, id), or nothing."""
    return (order.about_kind, order.about_id) if order.about_kind else None


def move(order: ArtOrder, *states: str, **changes: Any) -> None:
    """Take the step if the order still stands where the step may be taken. Raises Refusal otherwise."""
    rows = ArtOrder.objects.of(order.hotel_id).filter(pk=order.pk, state__in=states)
    if not rows.update(version=F("version") + 1, **changes):
        refuse_state(order)
    order.refresh_from_db()


def refuse_state(order: ArtOrder) -> NoReturn:
    """Say where the order stands instead."""
    order.refresh_from_db()
    raise Refusal(_("Not possible: this order is “%(state)s”.") % {"state": order.get_state_display()}, code="wrong_state")


def answers_for(order: ArtOrder, by: Actor) -> bool:
    """Whether he speaks for the department that ordered it; whoever makes it does not, though he belongs to PR."""
    if by.everything or ANSWERABLE & by.posts:
        return True
    return order.department in {POSTS[post][0] for post in by.posts - MAKERS if post in POSTS}


def require_orderer(order: ArtOrder, by: Actor) -> None:
    """Only the department that ordered it answers for it. Raises NotAllowed."""
    if not answers_for(order, by):
        raise NotAllowed("artwork.order", permission="artwork.order")
