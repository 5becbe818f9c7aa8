"""What the department that ordered it says: to the proof, and to the finished work."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.artwork.actions.making import back_to
from guiju.artwork.actions.steps import State, about_of, move, refuse_state, require_orderer
from guiju.artwork.models import ArtOrder
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid


@verb("artwork.order")
def approve_text(order: ArtOrder, *, text_hash: str, by: Actor, now: datetime) -> ArtOrder:
    """Approve exactly the text that was read. Raises Conflict when it was changed meanwhile, NotAllowed for another department."""
    require_orderer(order, by)
    if order.state != State.PROOF:
        refuse_state(order)
    if text_hash != order.text_hash:
        raise Conflict(
            "the text was changed after it was read", version=order.version, mine={}, theirs={"text_zh": order.text_zh, "text_en": order.text_en}
        )
    move(
        order, State.PROOF, state=State.APPROVED, approved_at=now, approved_by_id=by.person_id, approved_hash=text_hash,
    )
    _answer(order, True, "", by, now)
    note("art.text_approved", order, about_of(order), department=order.department, text_hash=text_hash)
    return order


@verb("artwork.order")
def return_proof(order: ArtOrder, *, reason: str, by: Actor, now: datetime) -> ArtOrder:
    """Send a proof back, saying what is to be corrected. Raises Invalid without a reason."""
    require_orderer(order, by)
    why = _reason(reason)
    move(order, State.PROOF, state=State.RETURNED)
    _answer(order, False, why, by, now)
    note("art.proof_returned", order, about_of(order), department=order.department, reason=why)
    return order


@verb("artwork.order")
def sign_for(order: ArtOrder, *, by: Actor, now: datetime) -> ArtOrder:
    """Accept the finished work. Raises NotAllowed for another department."""
    require_orderer(order, by)
    move(order, State.DELIVERED, state=State.SIGNED, signed_at=now, signed_by_id=by.person_id)
    note("art.signed", order, about_of(order), department=order.department)
    return order


@verb("artwork.order")
def refuse(order: ArtOrder, *, reason: str, by: Actor, now: datetime) -> ArtOrder:
    """Not accept the finished work: it is put right at once and handed over again. Raises Invalid without a reason."""
    require_orderer(order, by)
    why = _reason(reason)
    move(
        order, State.DELIVERED, state=back_to(order), fault=why, made_at=None, checked_at=None, checked_by_id=None, delivered_at=None, photo=None,
    )
    note("art.refused", order, about_of(order), department=order.department, reason=why)
    return order


def _reason(text: str) -> str:
    why = text.strip()
    if len(why) < 2:
        raise Invalid(errors={"reason": [_("What is to be corrected?")]})
    return why[:300]


def _answer(order: ArtOrder, accepted: bool, why: str, by: Actor, now: datetime) -> None:
    last = order.proofs.order_by("-round").first()
    if last is not None:
        last.accepted, last.reason, last.answered_at, last.answered_by_id = accepted, why, now, by.person_id
        last.save(update_fields=["accepted", "reason", "answered_at", "answered_by"])
