"""A booking becomes firm: the manager's decision where it needs one, the gate, rooms sold, credit taken, papers out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from guiju.bookings.actions.drafting import label_of, reprice
from guiju.bookings.actions.steps import client_of, enquiry_of, for_the_house, move, tell_names
from guiju.bookings.blocks import inventory_lines
from guiju.bookings.models import Booking, Guest
from guiju.bookings.readiness import on_credit, readiness
from guiju.bookings.stay import group_dates
from guiju.clients import actions as accounts
from guiju.duties.gates import gate
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates import actions as rates
from guiju.rates.models import Deviation
from guiju.rooms import actions as inventory
from guiju.rooms.models import Block, RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid


@verb("enquiries.decide")
def decide_group(
    booking: Booking, *, accept: bool, rates: Mapping[str, Decimal] | None = None, terms: str = "", by: Actor, now: datetime
) -> Booking:
    """The manager's word on a group without agreement, with rate by room type code and terms (booking.group-escalate).

    Raises Invalid when it is accepted without a room, without a rate for each room type of the guests, or with one below zero.
    """
    given = {code: Decimal(amount) for code, amount in (rates or {}).items()}
    if accept:
        wanted = set(
            booking.rooms.filter(removed_at__isnull=True, use="guest").values_list("room_type__code", flat=True)
        )
        missing = sorted(wanted - set(given))
        if missing:
            raise Invalid(errors={f"rate_{code}": [_("The decision names the rate of each room type.")] for code in missing})
        if any(amount < 0 for amount in given.values()):
            raise Invalid(errors={"rates": [_("A rate cannot be below zero.")]})
    decision = {
        "accept": accept, "rates": {code: str(amount) for code, amount in given.items()}, "terms": terms.strip(),
        "by": str(by.person_id), "by_name": by.name, "at": now.isoformat(),
    }
    move(booking, when=(Booking.State.TENTATIVE,), decision=decision)
    if accept:
        reprice(booking, now=now)
    rate = min(given.values()) if given else None
    note("enquiry.decided", enquiry_of(booking), booking, accept=accept, rate=rate, decided_by=str(by.person_id))
    return booking


@verb("rates.deviate")
def ask_rate(
    booking: Booking, *, room_type: RoomType, amount: Decimal, reason: str, by: Actor, now: datetime
) -> Deviation:
    """Ask for another rate than the looked-up one, with reason; who approves is named by the discount ladder.

    Until it is approved the booking cannot be confirmed (booking.rate-by-agreement).
    """
    line = booking.rooms.filter(removed_at__isnull=True, room_type=room_type, use="guest").first()
    if line is None:
        raise Invalid(errors={"room_type": [_("This booking has no such rooms.")]})
    looked_up = max((Decimal(night.get("looked_up", night["amount"])) for night in line.nightly), default=Decimal(0))
    deviation = rates.ask_deviation(
        booking.hotel, about=booking.subject, room_type=room_type, looked_up=looked_up, asked=amount, reason=reason,
        by=by, now=now,
    )
    reprice(booking, now=now)
    note("booking.rate_deviated", booking, below=looked_up - amount, approved=bool(deviation.approved))
    return deviation


@verb("bookings.confirm")
def confirm(booking: Booking, *, manager_decision: bool = False, by: Actor, now: datetime) -> Booking:
    """Make the booking firm: the gate booking.confirm asks its clauses, the held rooms become sold, credit is taken.

    A FIT without agreement keeps its hold-until (booking.hold-until); for all others the hold is over. Confirming
    twice is refused. Raises GateRefused, NoRoom, Refusal "wrong_state".
    """
    ready = readiness(booking, manager_decision=manager_decision)
    gate(booking.hotel_id, "booking.confirm", booking.subject, attrs=ready.attrs, needs=ready.needs, now=now)
    keeps_hold = booking.kind == Booking.Kind.FIT_CASH and booking.agreement_id is None and not booking.guarantee
    move(
        booking, when=(Booking.State.TENTATIVE,), state=Booking.State.CONFIRMED, confirmed_at=now,
        hold_until_at=booking.hold_until_at if keeps_hold else None,
    )
    sell(booking, ready.block, by=by, now=now)
    amount = on_credit(booking)
    if amount and booking.client is not None:
        accounts.take_credit(booking.client, amount=amount, about=booking.subject, by=for_the_house(by), now=now)
    told = {**ready.attrs, **group_dates(booking), "hold_until": booking.hold_until_at}
    note("booking.confirmed", booking, enquiry_of(booking), client_of(booking), **told)
    if booking.kind == Booking.Kind.GROUP:
        tell_names(booking, Guest.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).count())
    return booking


def sell(booking: Booking, block: Block | None, *, by: Actor, now: datetime) -> None:
    """Held rooms become sold; rooms of a booking whose gate let it pass without a hold are taken now."""
    house = for_the_house(by)
    if block is None:
        inventory.sell_directly(
            booking.hotel, about=booking.subject, label=label_of(booking), lines=inventory_lines(booking), by=house, now=now
        )
    elif block.state == Block.State.HELD:
        inventory.sell(block, by=house, now=now)
