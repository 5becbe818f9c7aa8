"""What the art workers do: take an order, show a proof, finish, have it checked, hand it over, take it down."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from guiju.artwork.actions.steps import MAKING, State, about_of, attrs_of, move, refuse_state
from guiju.artwork.models import ArtOrder, Proof
from guiju.duties.gates import gate
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.models import StoredFile
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal


@verb("artwork.make")
def take(order: ArtOrder, *, by: Actor, now: datetime) -> ArtOrder:
    """Take an order in hand (post.art.orders). Raises Refusal when a colleague has it."""
    move(order, State.ORDERED, state=State.TAKEN, worker_id=by.person_id, taken_at=now)
    note("art.taken", order, about_of(order), worker=str(by.person_id) if by.person_id else None)
    return order


@verb("artwork.make")
def show_proof(order: ArtOrder, *, file: StoredFile | None, remark: str = "", by: Actor, now: datetime) -> Proof:
    """Show a picture of the layout to whoever ordered it, who reads it character by character. Raises Invalid without a picture."""
    if not order.worded:
        raise Refusal(_("There is no text on it to be read."), code="wrong_state")
    if file is None:
        raise Invalid(errors={"file": [_("A picture of the layout is needed.")]})
    move(order, *MAKING, state=State.PROOF, approved_at=None, approved_by_id=None, approved_hash="")
    number = order.proofs.count() + 1
    proof = Proof.objects.create(
        hotel_id=order.hotel_id, order=order, round=number, file=file, note=remark.strip()[:200], text_zh=order.text_zh, text_en=order.text_en,
        shown_at=now, shown_by_id=by.person_id,
    )
    note("art.proof_shown", order, about_of(order), department=order.department, round=number)
    return proof


@verb("artwork.make")
def finish(order: ArtOrder, *, used: str = "", cost: Decimal | None = None, by: Actor, now: datetime) -> ArtOrder:
    """Say that the work is done, what went into it and what it cost. Raises GateRefused while its text is not approved."""
    if order.state not in MAKING:
        refuse_state(order)
    if cost is not None and not Decimal(0) <= cost < Decimal(10_000_000):
        raise Invalid(errors={"cost": [_("An amount of money, not below nothing.")]})
    approved = order.approved_at is not None and order.approved_hash == order.text_hash
    gate(order.hotel_id, "art_order.finish", order.subject, attrs=attrs_of(order), needs={"text_approved": approved}, now=now)
    move(order, *MAKING, state=State.MADE, made_at=now, used=used.strip()[:120], cost=cost)
    note("art.made", order, about_of(order), cost=float(cost) if cost is not None else None)
    return order


@verb("artwork.check")
def check(order: ArtOrder, *, good: bool, fault: str = "", by: Actor, now: datetime) -> ArtOrder:
    """Look at the finished work: good, or a fault that is put right at once (post.art.attendance). Nobody checks his own work."""
    if by.person_id is not None and by.person_id == order.worker_id:
        raise Refusal(_("Somebody else checks what you made."), code="own_work")
    words = fault.strip()
    if not good and len(words) < 2:
        raise Invalid(errors={"fault": [_("What is wrong with it?")]})
    if good:
        move(order, State.MADE, checked_at=now, checked_by_id=by.person_id, fault="")
    else:
        move(order, State.MADE, state=back_to(order), made_at=None, checked_at=None, checked_by_id=None, fault=words[:300])
    note("art.checked", order, about_of(order), good=good)
    return order


@verb("artwork.make")
def deliver(order: ArtOrder, *, photo: StoredFile | None = None, by: Actor, now: datetime) -> ArtOrder:
    """Hand the work over or hang it at its place, with a photo for the file. Raises GateRefused before its quality was checked."""
    if order.state != State.MADE:
        refuse_state(order)
    good = order.checked_at is not None
    gate(order.hotel_id, "art_order.deliver", order.subject, attrs=attrs_of(order), needs={"quality_checked": good}, now=now)
    move(order, State.MADE, state=State.DELIVERED, delivered_at=now, photo=photo)
    note("art.delivered", order, about_of(order), photo=photo is not None, **attrs_of(order))
    return order


@verb("artwork.make")
def file_photo(order: ArtOrder, *, photo: StoredFile | None, by: Actor, now: datetime) -> ArtOrder:
    """File a photo of work that was handed over without one (post.artist.products)."""
    if photo is None:
        raise Invalid(errors={"file": [_("A photo is needed.")]})
    move(order, State.DELIVERED, State.SIGNED, State.DOWN, photo=photo)
    return order


@verb("artwork.make")
def take_down(order: ArtOrder, *, by: Actor, now: datetime) -> ArtOrder:
    """Take down what hung until its time. Raises Refusal for what was not hung."""
    if not order.hangs:
        raise Refusal(_("This was not put up for a time: there is nothing to take down."), code="wrong_state")
    move(order, State.DELIVERED, State.SIGNED, state=State.DOWN, down_at=now)
    note("art.taken_down", order, about_of(order))
    return order


def back_to(order: ArtOrder) -> str:
    """Where work with a fault goes: its text stays approved."""
    return State.APPROVED if order.worded and order.approved_hash else State.TAKEN
