"""What a booking has and lacks before it can be confirmed: the yes/no facts the clauses ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from guiju.bookings import pricing
from guiju.bookings.blocks import held_block
from guiju.bookings.models import Booking
from guiju.bookings.stay import stay
from guiju.clients import queries as clients
from guiju.duties.gates import verdict
from guiju.rooms.models import Block


@dataclass(frozen=True, slots=True)
class Readiness:
    """The needs of booking.confirm with their present answer, and the attributes a clause may ask about."""

    needs: dict[str, bool]
    attrs: dict[str, Any]
    block: Block | None


def readiness(booking: Booking, *, manager_decision: bool = False) -> Readiness:
    """What stands and what is missing now; the figures are read, nothing is decided here."""
    block = held_block(booking)
    return Readiness(
        needs={
            "manager_decision": manager_decision or bool(booking.decision.get("accept")),
            "written_basis": booking.written_at is not None,
            "hold_until": booking.hold_until_at is not None or bool(booking.guarantee),
            "rate_by_agreement_or_approved": not pricing.open_deviations(booking),
            "rooms_held": block is not None,
            "credit_open": credit_open(booking),
        },
        attrs=stay(booking),
        block=block,
    )


def on_credit(booking: Booking) -> Decimal:
    """How much of the client's credit this booking takes: its total when it is paid on account, else nothing."""
    return booking.total if booking.payment == "on_account" else Decimal(0)


def credit_open(booking: Booking) -> bool:
    """Whether the client may still book this on account (always yes where nothing is on account)."""
    amount = on_credit(booking)
    if not amount or booking.client is None:
        return True
    if booking.state != Booking.State.TENTATIVE:
        return True  # taken when it was confirmed
    return clients.credit_open(booking.client, amount)


def confirm_verdict(booking: Booking, *, now: datetime) -> Any:
    """What the clauses would say to confirming now: for the panel "before confirming"."""
    ready = readiness(booking)
    return verdict(
        booking.hotel_id, "booking.confirm", booking.subject, attrs=ready.attrs, needs=ready.needs, now=now
    )
