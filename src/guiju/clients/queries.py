"""Reading clients: finding them, who is likely the same, and whether they may book on account."""

from __future__ import annotations

from decimal import Decimal

from guiju.clients.actions.credit import credit_taken
from guiju.clients.models import Client

__all__ = ["credit_open", "credit_taken"]


def credit_open(client: Client | None, amount: Decimal) -> bool:
    """Whether the client may book this amount on account: has the right, is not overdue, within the limit.

    The booking gate's need of that name (booking.collect-debts).
    """
    if client is None:
        return False
    return (
        client.on_account
        and client.overdue_since_on is None
        and client.merged_into_id is None
        and client.credit_used + amount <= client.credit_limit
    )
