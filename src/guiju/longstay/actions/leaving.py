"""Near the end of a contract: the talk about going on, the renewal, and moving out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from guiju.approvals import actions as approvals
from guiju.approvals.actions.asking import drop
from guiju.approvals.chains import steps_for
from guiju.approvals.models import Approval
from guiju.duties.gates import gate
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay import papers, queries
from guiju.longstay.actions.blocking import firm, give_back, take_room
from guiju.longstay.actions.numbered import MOST_RENT
from guiju.longstay.actions.renting import stand
from guiju.longstay.models import Charge, GuestOrder, LongStay, Renewal, Word
from guiju.longstay.terms import CENT, attrs_of, months
from guiju.rooms.lines import MOST_NIGHTS
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

State = LongStay.State
KIND = "longstay_renewal"
GATE = "longstay_contract.renew"


def _in_force(stay: LongStay) -> None:
    if stay.state != State.IN_FORCE:
        raise Refusal(_("This contract is not in force."), code="wrong_state")


@verb("longstay.edit")
def talk_renewal(stay: LongStay, *, goes_on: bool, with_whom: str, text: str, by: Actor, now: datetime) -> Word:
    """Note the talk about going on: with whom, and what the guest intends (longstay.contract-terms)."""
    _in_force(stay)
    errors = {}
    if not with_whom.strip():
        errors["with_whom"] = [_("With whom?")]
    if not text.strip():
        errors["text"] = [_("What was said?")]
    if errors:
        raise Invalid(errors=errors)
    row: Word = Word.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, kind=Word.Kind.CLIENT, with_whom=with_whom.strip()[:60], text=text.strip()[:300],
        by_id=by.person_id, at=now,
    )
    note("longstay.renewal_talked", stay, goes_on=goes_on)
    return row


@verb("longstay.edit")
def ask_renewal(stay: LongStay, *, until_on: date, rent: Decimal, by: Actor, now: datetime) -> Renewal:
    """Put a renewal up for approval: the same room until another day, at this rent. The room is blocked for it at once.

    Raises Invalid at the field, Refusal "room_taken" when another contract has the room by then, NoRoom.
    """
    _in_force(stay)
    assert stay.until_on is not None
    errors: dict[str, list[str]] = {}
    if not 0 < (until_on - stay.until_on).days <= MOST_NIGHTS:
        errors["until_on"] = [_("Later than %(until)s, by at most %(most)s nights.") % {"until": stay.until_on, "most": MOST_NIGHTS}]
    if not 0 < rent < MOST_RENT:
        errors["rent"] = [_("A rent above zero, please.")]
    if errors:
        raise Invalid(errors=errors)
    if stay.renewals.filter(decided_at__isnull=True).exists():
        raise Refusal(_("A renewal waits for approval already."), code="asked_already")
    attrs = {**attrs_of(stay), "until_on": until_on, "rent": rent}
    gate(stay.hotel_id, GATE, stay.subject, attrs=attrs, needs={}, now=now)
    row: Renewal = Renewal.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, from_on=stay.until_on, until_on=until_on, rent=rent, asked_at=now, asked_by_id=by.person_id
    )
    take_room(stay, row.from_on, row.until_on, about=(KIND, str(row.pk)), by=by, now=now)
    note("longstay.renewal_asked", stay, until_on=until_on, rent=rent)
    title = _("Renewal of %(number)s: %(guest)s, room %(room)s") % {"number": stay.number, "guest": stay.guest, "room": stay.room}
    text = _("Until %(until)s, rent %(rent)s a month (so far %(before)s)") % {"until": until_on, "rent": f"{rent:,}", "before": f"{stay.rent:,}"}
    approvals.ask(
        stay.hotel, kind=KIND, about=stay.subject, title=title, text=text, steps=steps_for(stay.hotel_id, GATE, attrs, now), by=by, now=now
    )
    return row


def renewal_decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on a renewal: the contract goes on with its papers, or the room is freed after it (within that step)."""
    rows = LongStay.objects.of(by.hotel_id).select_related("hotel", "apartment__room_type", "client", "seller")
    stay: LongStay = rows.pick(by.hotel_id, about_id)
    row = stay.renewals.filter(decided_at__isnull=True).first()
    if row is None:
        raise Refusal(_("This renewal was decided already."), code="decided")
    Renewal.objects.filter(pk=row.pk).update(decided_at=now, accepted=accepted)
    about = (KIND, str(row.pk))
    if not accepted:
        give_back(stay, row.from_on, about=about, by=by, now=now)
        return
    _in_force(stay)
    firm(stay, about=about, by=by, now=now)
    stay.save_from(stay.version, until_on=row.until_on, rent=row.rent)
    Charge.objects.bulk_create(
        Charge(hotel_id=stay.hotel_id, longstay=stay, due_on=due, until_on=until, amount=amount, at=now)
        for due, until, amount in months(row.from_on, row.until_on, row.rent)
    )
    note("longstay.renewed", stay, **attrs_of(stay))
    for kind in papers.AT_SIGNING:
        papers.put_out(stay, kind, now=now)
    papers.put_out(stay, "longstay_contract", now=now)


def renewal_withdrawn(about_id: str, *, approval: Approval, by: Actor, now: datetime) -> None:
    """The asker took the question back: the room is free after the contract (within that step)."""
    rows = LongStay.objects.of(by.hotel_id).select_related("hotel", "apartment__room_type")
    stay: LongStay = rows.pick(by.hotel_id, about_id)
    row = stay.renewals.filter(decided_at__isnull=True).first()
    if row is not None:
        Renewal.objects.filter(pk=row.pk).update(decided_at=now, accepted=False)
        give_back(stay, row.from_on, about=(KIND, str(row.pk)), by=by, now=now)


@verb("longstay.edit")
def leave(stay: LongStay, *, on: date, deposit_back: Decimal = Decimal(0), opinion: str = "", by: Actor, now: datetime) -> LongStay:
    """The guest moves out: the rent ends with that day, the final bill is drawn, the deposit goes back, the room is free.

    Raises Invalid for a day before the contract began, or a deposit that was never given.
    """
    _in_force(stay)
    assert stay.from_on is not None and stay.until_on is not None
    errors: dict[str, list[str]] = {}
    if not stay.from_on < on <= stay.until_on:
        errors["on"] = [_("Between %(from)s and %(until)s.") % {"from": stay.from_on, "until": stay.until_on}]
    elif on > queries.today_of(stay.hotel_id, now):
        errors["on"] = [_("That day is still to come.")]
    if not 0 <= deposit_back <= stay.deposit:
        errors["deposit_back"] = [_("The deposit was %(deposit)s.") % {"deposit": f"{stay.deposit:,}"}]
    if errors:
        raise Invalid(errors=errors)
    owed = _close_account(stay, on, now)
    changed = LongStay.objects.filter(pk=stay.pk, state=State.IN_FORCE).update(
        state=State.LEFT, left_on=on, final_bill=owed, deposit_back=deposit_back, opinion=opinion.strip()[:300]
    )
    if not changed:
        raise Refusal(_("This contract is not in force."), code="wrong_state")
    stay.refresh_from_db()
    _free_room(stay, on, by, now)
    for order in GuestOrder.objects.filter(longstay=stay, done_at__isnull=True, dropped_at__isnull=True):
        GuestOrder.objects.filter(pk=order.pk).update(dropped_at=now)
        note("guest_order.dropped", order, stay, what=order.what)
    note("longstay.left", stay, stay.client, on=on, owed=owed)
    stand(stay, now)
    if not LongStay.objects.of(stay.hotel_id).filter(state=State.IN_FORCE).exists():
        note("longstay.house_empty", ("hotel", str(stay.hotel_id)))
    return stay


def _close_account(stay: LongStay, on: date, now: datetime) -> Decimal:
    """Rents after the day fall away, the running month is charged by the day; what is owed then (below zero: to be given back)."""
    owed = Decimal(0)
    for charge in Charge.objects.filter(longstay=stay, dropped_at__isnull=True).order_by("due_on", "at"):
        amount = charge.amount
        if charge.kind == Charge.Kind.RENT and charge.due_on >= on:
            amount = Decimal(0)
        elif charge.kind == Charge.Kind.RENT and charge.until_on is not None and charge.until_on > on:
            share = Decimal((on - charge.due_on).days) / Decimal((charge.until_on - charge.due_on).days)
            amount = (charge.amount * share).quantize(CENT, ROUND_HALF_UP)
        owed += amount - charge.paid
        if amount == charge.amount:
            continue
        if charge.paid or amount:  # what came in for it stays written down
            kept = max(amount, charge.paid)
            Charge.objects.filter(pk=charge.pk).update(amount=kept, paid_on=charge.paid_on or (on if kept == charge.paid else None))
        else:
            Charge.objects.filter(pk=charge.pk).update(dropped_at=now)
    return owed


def _free_room(stay: LongStay, on: date, by: Actor, now: datetime) -> None:
    for row in stay.renewals.exclude(accepted=False):
        give_back(stay, max(on, row.from_on), about=(KIND, str(row.pk)), by=by, now=now)
    for row in stay.renewals.filter(decided_at__isnull=True):
        Renewal.objects.filter(pk=row.pk).update(decided_at=now, accepted=False)
        for one in Approval.objects.of(stay.hotel_id).filter(kind=KIND, about_kind="longstay", about_id=str(stay.pk), state=Approval.State.WAITING):
            drop(one, reason=_("The guest moves out."), now=now)
    give_back(stay, on, about=stay.subject, by=by, now=now)
