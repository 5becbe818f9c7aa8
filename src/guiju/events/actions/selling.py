"""From the offer to the promise: quotations in versions, definite, guaranteed numbers, deposits, cancellation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.duties.gates import gate
from guiju.events import pricing
from guiju.events.actions.opening import give_halls_back
from guiju.events.actions.steps import BEFORE, OPEN, Errors, changed, client_of, complain, enquiry_of, for_the_house, fresh, move, need_open
from guiju.events.models import Deposit, Event, EventFunction, Quotation
from guiju.events.shape import attrs_of, cancel_percent, functions_of, halls_held, lines_of, priced, size_of, today_of, working_total, zone_of
from guiju.function_space import actions as halls
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

TOLD_HOW = ("fax", "mail", "phone", "letter", "wechat", "front_desk", "system")
DUE_CLOCK = time(18, 0)  # a deposit is expected in the course of its day


@verb("events.edit")
def quote(event: Event, *, valid_until_on: date, remarks: str = "", by: Actor, now: datetime) -> Quotation:
    """Put the offer on paper for the client: the next version, with what it comes to. The same offer again is the same version.

    Raises Invalid when nothing is offered yet or its time is over before it begins.
    """
    from guiju.events.papers import issue_quotation  # papers stand on the same steps

    need_open(event)
    event = fresh(event)
    errors: Errors = {}
    if not lines_of(event):
        errors["lines"] = [_("Nothing is offered yet.")]
    if valid_until_on < today_of(event, now):
        errors["valid_until_on"] = [_("This day has passed.")]
    elif valid_until_on > event.on:
        errors["valid_until_on"] = [_("This is after the event.")]
    complain(errors)
    total = pricing.total(priced(event), pricing.ESTIMATED, event.service_percent).total
    last: Quotation | None = event.quotations.order_by("-number").first()
    number = last.number + 1 if last else 1
    paper, revision = issue_quotation(event, valid_until_on=valid_until_on, remarks=remarks.strip(), by=by, now=now)
    if last is not None and last.revision == revision and last.paper_id == paper.pk:
        return last
    row = Quotation.objects.create(
        hotel_id=event.hotel_id, event=event, number=number, paper=paper, revision=revision, total=total, valid_until_on=valid_until_on,
        remarks=remarks.strip()[:1000], at=now, by_id=by.person_id,
    )
    if event.state == Event.State.ASKED:
        move(event, when=(Event.State.ASKED,), state=Event.State.QUOTED)
    note("event.quoted", event, number=number, total=total, valid_until=valid_until_on)
    return row


@verb("events.confirm")
def confirm_event(event: Event, *, agreed_how: str, by: Actor, now: datetime) -> Event:
    """Make it definite on what the client agreed (contract, written order, deposit receipt); options on its halls become definite.

    Raises Invalid without functions or agreement, GateRefused, Refusal in another state. Repeating changes nothing.
    """
    if event.state == Event.State.DEFINITE:
        return event
    need_open(event, BEFORE)
    functions, agreed = functions_of(event), " ".join(agreed_how.split())
    errors: Errors = {}
    if not functions:
        errors["functions"] = [_("When and where? Add its functions first.")]
    if len(agreed) > 200:
        errors["agreed_how"] = [_("At most %(most)s characters.") % {"most": 200}]
    if not agreed:
        errors["agreed_how"] = [_("What did the client agree with: contract, written order, deposit?")]
    if functions and not halls_held(functions):
        missing = ", ".join(row.name for row in functions if row.hall_id and not (row.diary and row.diary.standing))
        errors["functions"] = [_("No hall is held yet: %(names)s") % {"names": missing}]
    complain(errors)
    gate(event.hotel_id, "event.confirm", event.subject, attrs=size_of(event, now), needs={"halls_held": True, "agreed": True}, now=now)
    for row in functions:
        if row.diary is not None:
            halls.confirm(row.diary, by=for_the_house(by), now=now)
    move(event, when=BEFORE, state=Event.State.DEFINITE, agreed_how=agreed, confirmed_at=now)
    note("event.confirmed", event, enquiry_of(event), client_of(event), **attrs_of(event, now))
    return event


@verb("events.edit")
def guarantee(event: Event, *, counts: Mapping[UUID, Sequence[int]], by: Actor, now: datetime) -> Event:
    """The client guarantees how many come: function -> (persons, tables). May be told again; the order follows.

    Raises Invalid naming the function, Refusal before it is definite.
    """
    need_open(event, (Event.State.DEFINITE,))
    write_counts(event, counts, "guaranteed")
    if not all(row.guaranteed_persons is not None for row in functions_of(event)):
        raise Invalid(errors={"counts": [_("How many persons at each function?")]})
    move(event, when=(Event.State.DEFINITE,), guaranteed_at=now)
    event = fresh(event)
    note("event.guaranteed", event, **attrs_of(event, now))
    changed(event, ["guaranteed"], by=by, now=now)
    return event


def write_counts(event: Event, counts: Mapping[UUID, Sequence[int]], which: str) -> None:
    """Persons and tables of functions: guaranteed or actual. Raises Invalid at "counts <number of the function>"."""
    errors: Errors = {}
    rows = {row.pk: (place, row) for place, row in enumerate(functions_of(event), start=1)}
    for pk in counts:
        if pk not in rows:
            errors["counts"] = [_("This function is not of this event.")]
    for pk, (place, row) in rows.items():
        if pk not in counts:
            continue
        persons, tables = (int(one) for one in counts[pk])
        if not (0 <= persons <= 20_000 and 0 <= tables <= 2_000):
            errors[f"counts {place}"] = [_("This is no possible number.")]
            continue
        setattr(row, f"{which}_persons", persons)
        setattr(row, f"{which}_tables", tables)
    complain(errors)
    for _place, row in rows.values():
        if row.pk in counts:
            EventFunction.objects.of(event.hotel_id).filter(pk=row.pk).update(
                **{f"{which}_persons": getattr(row, f"{which}_persons"), f"{which}_tables": getattr(row, f"{which}_tables")}
            )


@verb("events.edit")
def agree_deposit(event: Event, *, label: str, amount: Decimal, due_on: date, by: Actor, now: datetime) -> Deposit:
    """Agree a deposit: what for, how much, until which day. Raises Invalid at the field."""
    need_open(event)
    errors: Errors = {}
    label = " ".join(label.split()) or _("Deposit")
    if len(label) > 60:
        errors["label"] = [_("At most %(most)s characters.") % {"most": 60}]
    if not Decimal(0) < amount < Decimal(100_000_000):
        errors["amount"] = [_("How much?")]
    if due_on < today_of(event, now):
        errors["due_on"] = [_("This day has passed.")]
    complain(errors)
    row = Deposit.objects.create(hotel_id=event.hotel_id, event=event, label=label, amount=amount, due_on=due_on)
    due_at = datetime.combine(due_on, DUE_CLOCK, zone_of(event))
    note("deposit.agreed", row, event, amount=amount, due_at=due_at, seller=str(event.seller_id) if event.seller_id else None)
    return row


@verb("events.deposit")
def receive_deposit(
    row: Deposit, *, amount: Decimal, receipt: str, how: str = "", on: date | None = None, by: Actor, now: datetime
) -> Deposit:
    """The deposit came: how much, with which receipt. Raises Invalid at the field, Refusal when it was received or dropped before."""
    errors: Errors = {}
    receipt, on = " ".join(receipt.split()), on or today_of(row.event, now)
    if not Decimal(0) < amount < Decimal(100_000_000):
        errors["amount"] = [_("How much?")]
    if not 1 <= len(receipt) <= 40:
        errors["receipt"] = [_("The number of the receipt, at most 40 characters.")]
    if on > today_of(row.event, now):
        errors["on"] = [_("This day has not come yet.")]
    complain(errors)
    free = Deposit.objects.of(row.hotel_id).filter(pk=row.pk, received_on__isnull=True, dropped_at__isnull=True)
    if not free.update(received_on=on, received_amount=amount, receipt=receipt, how=how.strip()[:40], received_by_id=by.person_id):
        raise Refusal(_("This deposit was received or dropped before."), code="received")
    row.refresh_from_db()
    note("deposit.received", row, row.event, amount=amount, receipt=receipt)
    return row


@verb("events.edit")
def drop_deposit(row: Deposit, *, reason: str, by: Actor, now: datetime) -> Deposit:
    """The deposit is not asked for any more. Raises Invalid without a reason; dropping twice changes nothing."""
    reason = " ".join(reason.split())
    if not 2 <= len(reason) <= 200:
        raise Invalid(errors={"reason": [_("Say why, in at most 200 characters.")]})
    _drop(row, reason, now)
    return row


def _drop(row: Deposit, reason: str, now: datetime) -> None:
    open_ones = Deposit.objects.of(row.hotel_id).filter(pk=row.pk, received_on__isnull=True, dropped_at__isnull=True)
    if open_ones.update(dropped_at=now, dropped_reason=reason):
        note("deposit.dropped", row, ("event", str(row.event_id)), reason=reason)
    row.refresh_from_db()


@verb("events.cancel")
def cancel_event(
    event: Event, *, reason: str, told_by: str, told_how: str, version: int | None = None, waive_charge: str = "", by: Actor, now: datetime
) -> Event:
    """Cancel: halls go back, deposits not received fall away, everybody who holds the order is told and signs; the charge follows the terms.

    `told_how`: fax, mail, phone, letter, wechat, front_desk, system. Raises Invalid, Conflict, Refusal "wrong_state" once it is over.
    """
    from guiju.events.papers import follow_cancellation  # papers stand on the same steps

    errors: Errors = {}
    reason, told_by = " ".join(reason.split()), " ".join(told_by.split())
    if not 2 <= len(reason) <= 200:
        errors["reason"] = [_("Why is it cancelled?")]
    if not 1 <= len(told_by) <= 80:
        errors["told_by"] = [_("Who told us?")]
    if told_how not in TOLD_HOW:
        errors["told_how"] = [_("How were we told?")]
    complain(errors)
    event = fresh(event)
    charge = Decimal(0) if waive_charge.strip() else pricing.cancellation(working_total(event), cancel_percent(event, now))
    if version is not None:
        event.save_from(version)
    move(event, when=OPEN, state=Event.State.CANCELLED, closed_at=now, cancelled_reason=reason, cancel_charge=charge)
    give_halls_back(event, reason=reason, by=by, now=now)
    for row in event.deposits.filter(received_on__isnull=True, dropped_at__isnull=True):
        _drop(row, reason, now)
    note("event.cancelled", event, reason=reason, charge=charge)
    follow_cancellation(event, reason=reason, told_by=told_by, told_how=told_how, by=by, now=now)
    return event
