"""Long-stay guests and their rent as tables: what stands in the columns of a file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.longstay.models import LongStay
from guiju.longstay.queries import LedgerLine


def columns() -> list[tuple[str, str]]:
    """The columns of the list of guests."""
    return [
        (_("Number"), "number"), (_("State"), "state"), (_("Room"), "room"), (_("Guest"), "guest"), (_("Client"), "client"), (_("From"), "from_on"),
        (_("Until"), "until_on"), (_("Rent a month"), "rent"), (_("Prepayment"), "prepayment"), (_("Owed"), "owed"), (_("Unpaid since"), "since"),
        (_("Looked after by"), "seller"),
    ]


def lines_of(rows: Iterable[LongStay], owed: dict[UUID, Decimal]) -> list[dict[str, Any]]:
    """One line a contract; the birthday is left out: a file goes further than a page."""
    return [
        {
            "number": row.number, "state": row.get_state_display(), "room": row.room, "guest": row.guest,
            "client": row.client.name if row.client else "", "from_on": row.from_on, "until_on": row.until_on, "rent": row.rent,
            "prepayment": row.prepayment, "owed": owed.get(row.pk, Decimal(0)), "since": row.stands_since_on, "seller": row.seller.name,
        }
        for row in rows
    ]


def ledger_columns() -> list[tuple[str, str]]:
    """The columns of a rent ledger."""
    return [
        (_("Due on"), "due_on"), (_("Until"), "until_on"), (_("What for"), "text"), (_("Amount"), "amount"), (_("Paid"), "paid"),
        (_("Paid on"), "paid_on"),
    ]


def ledger_lines(lines: Iterable[LedgerLine]) -> list[dict[str, Any]]:
    """One line a charge."""
    return [
        {
            "due_on": one.charge.due_on, "until_on": one.charge.until_on, "text": one.charge.text or one.charge.get_kind_display(),
            "amount": one.charge.amount, "paid": one.charge.paid, "paid_on": one.charge.paid_on,
        }
        for one in lines
    ]
