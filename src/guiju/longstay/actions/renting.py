"""The rent: what came in, how it stands, who is late, and finance asked to act (longstay.watch-account, two-months)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay import queries
from guiju.longstay.models import Charge, FinanceCase, LongStay, Payment, Word
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

State = LongStay.State
MOST = Decimal(100_000_000)


def _account(stay: LongStay) -> None:
    if stay.state not in (State.ASKED, State.IN_FORCE, State.LEFT):
        raise Refusal(_("There is no account yet: the contract is not made."), code="wrong_state")


def _amount(amount: Decimal) -> dict[str, list[str]]:
    return {} if 0 < amount < MOST else {"amount": [_("An amount above zero, please.")]}


@verb("longstay.rent")
def pay(
    stay: LongStay, *, amount: Decimal, on: date, kind: str = "rent", how: str = "transfer", reference: str = "", by: Actor, now: datetime
) -> Payment:
    """Enter money that came in. Rent goes to the oldest charge first; a part of it moves the oldest unpaid on.

    Raises Invalid for nothing, a day to come, or more than the contract will ever cost.
    """
    _account(stay)
    errors = _amount(amount)
    if on > queries.today_of(stay.hotel_id, now):
        errors["on"] = [_("That day is still to come.")]
    if kind not in Payment.Kind.values:
        errors["kind"] = [_("Rent, prepayment or deposit.")]
    if how not in LongStay.Pays.values:
        errors["how"] = [_("Choose how it was paid.")]
    if errors:
        raise Invalid(errors=errors)
    row: Payment = Payment.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, kind=kind, amount=amount, on=on, how=how, reference=reference.strip()[:60], by_id=by.person_id, at=now
    )
    if kind == Payment.Kind.RENT:
        _spread(stay, amount, on)
        note("rent.paid", stay, amount=amount, on=on)
        stand(stay, now)
    return row


def _spread(stay: LongStay, amount: Decimal, on: date) -> None:
    """Put money on the charges, the oldest first; each by a conditional update, so that two payments never pay one charge twice."""
    charges = Charge.objects.of(stay.hotel_id).filter(longstay=stay, dropped_at__isnull=True, paid__lt=F("amount"))
    left = amount
    for charge in charges.select_for_update().order_by("due_on", "at"):
        part = min(left, charge.amount - charge.paid)
        full = charge.paid + part == charge.amount
        Charge.objects.filter(pk=charge.pk).update(paid=F("paid") + part, paid_on=on if full else None)
        left -= part
        if not left:
            return
    raise Invalid(errors={"amount": [_("%(more)s more than is owed for the whole contract.") % {"more": f"{left:,}"}]})


@verb("longstay.rent")
def add_charge(stay: LongStay, *, amount: Decimal, due_on: date, text: str, by: Actor, now: datetime) -> Charge:
    """Enter something else that falls due (laundry, telephone, damage). Raises Invalid at the field."""
    _account(stay)
    errors = _amount(amount)
    if not text.strip():
        errors["text"] = [_("What is it for?")]
    if errors:
        raise Invalid(errors=errors)
    row: Charge = Charge.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, kind=Charge.Kind.OTHER, due_on=due_on, text=text.strip()[:120], amount=amount, at=now
    )
    note("rent.charged", stay, amount=amount, on=due_on)
    stand(stay, now)
    return row


@verb("longstay.rent")
def drop_charge(charge: Charge, *, by: Actor, now: datetime) -> None:
    """Strike out a charge that was entered by mistake. Raises Refusal for a rent, or once something was paid for it."""
    rows = Charge.objects.filter(pk=charge.pk, kind=Charge.Kind.OTHER, paid=0, dropped_at__isnull=True)
    if not rows.update(dropped_at=now):
        raise Refusal(_("Only a charge on which nothing was paid can be struck out."), code="wrong_state")
    stay = _stay(charge)
    note("rent.charged", stay, amount=-charge.amount, on=charge.due_on)
    stand(stay, now)


def _stay(row: Charge | FinanceCase) -> LongStay:
    rows = LongStay.objects.of(row.hotel_id).select_related("hotel", "seller", "apartment")
    found: LongStay = rows.get(pk=row.longstay_id)
    return found


def stand(stay: LongStay, now: datetime, *, days: int | None = None) -> None:
    """Note how the rent stands when that changed: the oldest unpaid, late or settled (inside a step)."""
    today = queries.today_of(stay.hotel_id, now)
    open_ = queries.unpaid(stay, today)
    first = open_.first()
    since = first.due_on if first else None
    present = LongStay.objects.values_list("stands_since_on", "late_since_on").get(pk=stay.pk)
    changes: dict[str, date | None] = {}
    if since != present[0]:
        changes["stands_since_on"] = since
        if since is None:
            changes["late_since_on"] = None
            note("rent.settled", stay)
        else:
            total = open_.aggregate(all=Sum(F("amount") - F("paid")))["all"]
            note("rent.stands", stay, unpaid_since=since, unpaid=total, seller=str(stay.seller_id))
    if since is not None and present[1] is None and today > since + timedelta(days=queries.grace(stay.hotel_id) if days is None else days):
        changes["late_since_on"] = since
        note("rent.late", stay, since=since, seller=str(stay.seller_id))
    if changes:
        LongStay.objects.filter(pk=stay.pk).update(**changes)
        for name, value in changes.items():
            setattr(stay, name, value)


@verb("longstay.late")
def flag_late(stay: LongStay, *, by: Actor, now: datetime) -> LongStay:
    """The client puts payment off: from now on finance is asked every week (longstay.watch-account), before the days of grace are over."""
    stand(stay, now)
    if stay.stands_since_on is None:
        raise Refusal(_("Nothing is unpaid."), code="nothing_unpaid")
    stand(stay, now, days=-1)
    return stay


@verb("longstay.late")
def speak(stay: LongStay, *, with_whom: str, text: str, kind: str = "finance", by: Actor, now: datetime) -> Word:
    """Note a talk: with finance about the account (longstay.watch-account), with the client, with the guest."""
    errors = {}
    if not with_whom.strip():
        errors["with_whom"] = [_("With whom?")]
    if not text.strip():
        errors["text"] = [_("What was said?")]
    if kind not in Word.Kind.values:
        errors["kind"] = [_("With finance, the client or the guest.")]
    if errors:
        raise Invalid(errors=errors)
    row: Word = Word.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, kind=kind, with_whom=with_whom.strip()[:60], text=text.strip()[:300], by_id=by.person_id, at=now
    )
    if kind == Word.Kind.FINANCE:
        note("rent.finance_spoken", stay)
    return row


@verb("longstay.late")
def ask_finance(stay: LongStay, *, by: Actor, now: datetime) -> FinanceCase:
    """Finance is asked to contact the guest about the oldest unpaid rent (longstay.two-months); asked again, it is the same case."""
    stand(stay, now)
    if stay.stands_since_on is None:
        raise Refusal(_("Nothing is unpaid."), code="nothing_unpaid")
    total = queries.owed(stay.hotel_id, [stay.pk], queries.today_of(stay.hotel_id, now)).get(stay.pk, Decimal(0))
    row, made = FinanceCase.objects.get_or_create(
        hotel_id=stay.hotel_id, longstay=stay, unpaid_since_on=stay.stands_since_on,
        defaults={"amount": total, "asked_at": now, "asked_by_id": by.person_id},
    )
    if made:
        note("rent.finance_asked", stay, since=stay.stands_since_on, amount=total)
    return row


@verb("longstay.take")
def take_case(case: FinanceCase, *, by: Actor, now: datetime) -> FinanceCase:
    """Finance signs for it."""
    if FinanceCase.objects.filter(pk=case.pk, taken_at__isnull=True).update(taken_at=now, taken_by_id=by.person_id):
        note("rent.finance_took", _stay(case))
    case.refresh_from_db()
    return case


@verb("longstay.take")
def note_outcome(case: FinanceCase, *, outcome: str, by: Actor, now: datetime) -> FinanceCase:
    """What came of it: promised, paid, notice given by the contract. Raises Invalid without words, Refusal before finance has taken it."""
    if not outcome.strip():
        raise Invalid(errors={"outcome": [_("What came of it?")]})
    rows = FinanceCase.objects.filter(pk=case.pk, taken_at__isnull=False, outcome_at__isnull=True)
    if not rows.update(outcome=outcome.strip()[:300], outcome_at=now):
        raise Refusal(_("Finance signs for it first, and notes the outcome once."), code="wrong_state")
    note("rent.outcome_noted", _stay(case))
    case.refresh_from_db()
    return case
