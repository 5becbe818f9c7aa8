"""The contract put up for approval, and what its approval does (longstay.credit-first, contract-terms)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.approvals import actions as approvals
from guiju.approvals.actions.asking import drop
from guiju.approvals.chains import steps_for
from guiju.approvals.models import Approval
from guiju.duties.gates import gate
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay import papers
from guiju.longstay.actions.blocking import firm, give_back, take_room
from guiju.longstay.actions.caring import welcome
from guiju.longstay.models import Charge, CreditCheck, LongStay
from guiju.longstay.terms import attrs_of, months
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.shelf.wording import day, local

State = LongStay.State
KIND = "longstay_contract"
GATE = "longstay_contract.approve"


def needs_of(stay: LongStay) -> dict[str, bool]:
    """What the standard may ask before a contract: credit checked, rent agreed, and what must stand in it."""
    return {
        "credit_checked": CreditCheck.objects.of(stay.hotel_id).filter(longstay=stay).exists(),
        "rent_agreed": stay.rent is not None and stay.rent_agreed_at is not None,
        "period": stay.from_on is not None and stay.until_on is not None,
        "room_number": stay.apartment_id is not None,
        "prepayment": bool(stay.prepayment),
    }


def _ask_gate(stay: LongStay, now: datetime) -> None:
    gate(stay.hotel_id, GATE, stay.subject, attrs=attrs_of(stay), needs=needs_of(stay), now=now)
    wanted: dict[str, Any] = {name: getattr(stay, name) for name in ("apartment", "from_on", "until_on", "rent", "prepayment")}
    lacking = [name for name, value in wanted.items() if value is None]
    if lacking:  # whatever was waived: a contract without these is none
        raise Invalid(errors={name: [_("The contract names it.")] for name in lacking})


@verb("longstay.edit")
def ask_approval(stay: LongStay, *, by: Actor, now: datetime) -> Approval:
    """Put the contract up for approval; from now on its room is blocked for the whole period.

    Raises GateRefused naming the clause and what is missing, Refusal "room_taken", NoRoom.
    """
    _ask_gate(stay, now)
    if not LongStay.objects.filter(pk=stay.pk, state__in=(State.DRAFT, State.ASKED)).update(state=State.ASKED):
        raise Refusal(_("This contract is no longer being made."), code="wrong_state")
    assert stay.from_on is not None and stay.until_on is not None and stay.apartment is not None
    if stay.state == State.DRAFT:
        if stay.apartment.closed_at is not None:
            raise Refusal(_("Room %(room)s is no longer let.") % {"room": stay.room}, code="closed")
        take_room(stay, stay.from_on, stay.until_on, about=stay.subject, by=by, now=now)
    stay.refresh_from_db()
    return approvals.ask(
        stay.hotel, kind=KIND, about=stay.subject, title=_said(stay), text=_about(stay, local(now).date()),
        steps=steps_for(stay.hotel_id, GATE, attrs_of(stay), now), by=by, now=now,
    )


def _said(stay: LongStay) -> str:
    return _("Long-stay contract %(number)s: %(guest)s, room %(room)s") % {"number": stay.number, "guest": stay.guest, "room": stay.room}


def _about(stay: LongStay, today: date) -> str:
    assert stay.from_on is not None
    assert stay.until_on is not None
    last = CreditCheck.objects.of(stay.hotel_id).filter(longstay=stay).order_by("-at").first()
    lines = [
        _("From %(from)s to %(until)s") % {"from": day(stay.from_on, today, weekday=False), "until": day(stay.until_on, today, weekday=False)},
        _("Rent %(rent)s a month, guide rent %(guide)s") % {"rent": f"{stay.rent:,}", "guide": f"{stay.apartment.rent:,}" if stay.apartment else "–"},
        _("Prepayment %(amount)s, deposit %(deposit)s") % {"amount": f"{stay.prepayment:,}", "deposit": f"{stay.deposit:,}"},
    ]
    if last is not None:
        lines.append(_("Credit: %(nature)s, %(standing)s") % {"nature": last.nature, "standing": last.get_standing_display()})
    return "\n".join(lines)


@verb("longstay.edit")
def take_back(stay: LongStay, *, reason: str, by: Actor, now: datetime) -> LongStay:
    """The contract is to be changed once more: the question is withdrawn, the room freed. Raises Refusal once it is decided."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why: it goes into the record.")]})
    if stay.state != State.ASKED:
        raise Refusal(_("This contract does not wait for approval."), code="wrong_state")
    waiting = Approval.objects.of(stay.hotel_id).filter(kind=KIND, about_kind="longstay", about_id=str(stay.pk), state=Approval.State.WAITING)
    for one in waiting:  # whoever asked
        drop(one, reason=reason.strip(), now=now)
    _to_draft(stay, reason.strip(), by, now)
    return stay


def _to_draft(stay: LongStay, reason: str, by: Actor, now: datetime) -> None:
    if not LongStay.objects.filter(pk=stay.pk, state=State.ASKED).update(state=State.DRAFT):
        raise Refusal(_("This contract does not wait for approval."), code="wrong_state")
    assert stay.from_on is not None
    give_back(stay, stay.from_on, about=stay.subject, by=by, now=now)
    note("longstay.returned", stay, reason=reason[:300])
    stay.refresh_from_db()


def decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on a contract: in force with all that follows, or back to who made it (within the step of that word)."""
    rows = LongStay.objects.of(by.hotel_id).select_related("hotel", "apartment__room_type", "client", "seller")
    stay: LongStay = rows.pick(by.hotel_id, about_id)
    if not accepted:
        _to_draft(stay, approval.reason, by, now)
        return
    _ask_gate(stay, now)
    if not LongStay.objects.filter(pk=stay.pk, state=State.ASKED).update(state=State.IN_FORCE, signed_at=now):
        raise Refusal(_("This contract does not wait for approval."), code="wrong_state")
    stay.refresh_from_db()
    firm(stay, about=stay.subject, by=by, now=now)
    lay_out(stay, now)
    others = LongStay.objects.of(stay.hotel_id).filter(state=State.IN_FORCE).exclude(pk=stay.pk).exists()
    if not others:
        note("longstay.house_has", ("hotel", str(stay.hotel_id)))
    note("longstay.signed", stay, stay.client, **attrs_of(stay))
    for kind in papers.AT_SIGNING:
        papers.put_out(stay, kind, now=now)
    papers.put_out(stay, "longstay_contract", now=now)
    welcome(stay, now=now)


def withdrawn(about_id: str, *, approval: Approval, by: Actor, now: datetime) -> None:
    """The asker took the question back: the contract is being made again, its room free (within that step)."""
    rows = LongStay.objects.of(by.hotel_id).select_related("hotel", "apartment__room_type", "seller")
    stay: LongStay = rows.pick(by.hotel_id, about_id)
    if stay.state == State.ASKED:
        _to_draft(stay, approval.reason, by, now)


def lay_out(stay: LongStay, now: datetime) -> None:
    """The rents of the whole contract, each with the day it falls due."""
    assert stay.from_on is not None and stay.until_on is not None and stay.rent is not None
    rents = months(stay.from_on, stay.until_on, stay.rent)
    Charge.objects.bulk_create(
        Charge(hotel_id=stay.hotel_id, longstay=stay, due_on=due, until_on=until, amount=amount, at=now) for due, until, amount in rents
    )
