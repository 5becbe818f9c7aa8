"""What an event costs: pure sums, exact to the cent. Estimated before the guarantee, guaranteed after it, charged at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ESTIMATED, GUARANTEED, CHARGED = "estimated", "guaranteed", "charged"
LEVELS = (ESTIMATED, GUARANTEED, CHARGED)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one kind (persons or tables): expected, guaranteed by the client, and how many it was in the end."""

    expected: int
    guaranteed: int | None = None
    actual: int | None = None

    def at(self, level: str) -> int:
        """The number that is charged: fewer than guaranteed pays the guaranteed ones, more pays what came."""
        if level == ESTIMATED:
            return self.expected
        guaranteed = self.expected if self.guaranteed is None else self.guaranteed
        if level == GUARANTEED or self.actual is None:
            return guaranteed
        return max(guaranteed, self.actual)


@dataclass(frozen=True, slots=True)
class Line:
    """Something charged: for each table, for each person, or by quantity (then `actual` is what was used)."""

    part: str
    basis: str  # table | person | piece
    price: Decimal
    quantity: Decimal = Decimal(1)
    actual: Decimal | None = None
    persons: Count = Count(0)
    tables: Count = Count(0)

    def units(self, level: str) -> Decimal:
        """How many times the price is charged."""
        if self.basis == "table":
            return self.tables.at(level) * self.quantity
        if self.basis == "person":
            return self.persons.at(level) * self.quantity
        return self.actual if level == CHARGED and self.actual is not None else self.quantity

    def amount(self, level: str) -> Decimal:
        """Units times price, to the cent."""
        return cents(self.units(level) * self.price)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with its parts and its service charge."""

    parts: dict[str, Decimal] = field(default_factory=dict)
    net: Decimal = Decimal(0)
    service: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """Net with service."""
        return self.net + self.service


def cents(amount: Decimal) -> Decimal:
    """To the cent, halves upward, as a cashier does."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def total(lines: Iterable[Line], level: str, service_percent: Decimal = Decimal(0)) -> Sum:
    """Everything added up; the service charge is reckoned once, on the whole."""
    parts: dict[str, Decimal] = {}
    for line in lines:
        parts[line.part] = parts.get(line.part, Decimal(0)) + line.amount(level)
    net = sum(parts.values(), Decimal(0))
    return Sum(parts, net, cents(net * service_percent / 100))


def cancellation(amount: Decimal, percent: Decimal) -> Decimal:
    """What cancelling costs: a share of the event's total."""
    return cents(amount * percent / 100)
