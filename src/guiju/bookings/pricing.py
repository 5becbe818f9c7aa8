"""What a booking costs: each night looked up, meals by standard, free beds of a group, approved deviations.

Rates are never typed (booking.rate-by-agreement): a night's amount comes from the agreement, the rack, the manager's
decision on a group, or a deviation with its approver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.bookings import lines
from guiju.bookings.models import Booking
from guiju.bookings.shapes import MealLine, RoomLine
from guiju.clients.models import Client
from guiju.rates import queries as rates
from guiju.rates.models import Agreement, Deviation
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

CENT = Decimal("0.01")
INCLUDED = ("", "included")  # a meal whose price is in the room rate, or is not charged
Amounts = Mapping[UUID, tuple[Decimal, str]]  # room type -> (amount, where it comes from)


@dataclass(frozen=True, slots=True)
class MealCost:
    """A meal's looked-up price and what it comes to."""

    amount: Decimal
    escort_amount: Decimal
    per: str
    total: Decimal


@dataclass(slots=True)
class Price:
    """The whole price, line by line in the order of the lines given."""

    nightly: list[list[dict[str, str]]] = field(default_factory=list)
    breakfasts: list[int] = field(default_factory=list)
    meals: list[MealCost] = field(default_factory=list)
    rooms_total: Decimal = Decimal(0)
    meals_total: Decimal = Decimal(0)
    free_beds: int = 0
    free_value: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """What the booking comes to, less the free beds."""
        return (self.rooms_total + self.meals_total - self.free_value).quantize(CENT, ROUND_HALF_UP)


def price(
    hotel_id: UUID,
    *,
    kind: str,
    client: Client | None,
    agreement: Agreement | None,
    rooms: Sequence[RoomLine],
    meals: Sequence[MealLine],
    persons: int,
    types: Mapping[UUID, RoomType],
    decision: Mapping[str, Any],
    today: date,
    deviations: Amounts | None = None,
) -> Price:
    """Price these lines. Raises Refusal ("no_rate", "no_meal_rate") naming what has no rate, Invalid without any room."""
    if not rooms:
        raise Invalid(errors={"rooms": [_("At least one room is needed.")]})
    found = Price()
    own = _own_amounts(types, decision, deviations or {})
    nights = [line.from_on for line in rooms] + [line.until_on - timedelta(days=1) for line in rooms]
    covers = agreement is not None and agreement.until_on >= max(nights)
    book = rates.PriceBook(
        hotel_id, client=client, agreement=agreement if covers else None, nights=sorted(set(nights))
    )
    for line in rooms:
        nightly, breakfasts = _nights(book, line, types[line.room_type_id], kind, own, today)
        found.nightly.append(nightly)
        found.breakfasts.append(breakfasts)
        found.rooms_total += sum((Decimal(night["amount"]) for night in nightly), Decimal(0)) * line.rooms
    for meal in meals:
        cost = _meal(hotel_id, meal, agreement)
        found.meals.append(cost)
        found.meals_total += cost.total
    if kind == Booking.Kind.GROUP:
        found.free_beds = rates.free_beds(agreement, persons)
        found.free_value = _free_value(found, rooms, types)
    return found


def _own_amounts(
    types: Mapping[UUID, RoomType], decision: Mapping[str, Any], deviations: Amounts
) -> dict[UUID, tuple[Decimal, str]]:
    given = decision.get("rates") or {}
    own = {
        pk: (Decimal(str(given[row.code])), _("Manager's decision"))
        for pk, row in types.items()
        if decision.get("accept") and row.code in given
    }
    return own | dict(deviations)


def _nights(
    book: rates.PriceBook, line: RoomLine, room_type: RoomType, kind: str, own: Amounts, today: date
) -> tuple[list[dict[str, str]], int]:
    days = [line.from_on + timedelta(days=n) for n in range((line.until_on - line.from_on).days)]
    if line.use == "free":
        return [{"night": day.isoformat(), "amount": "0", "basis": _("Complimentary")} for day in days], 0
    if line.use == "guest" and line.room_type_id in own and kind == Booking.Kind.GROUP and not book.tariff.agreements:
        amount, basis = own[line.room_type_id]
        return [{"night": day.isoformat(), "amount": str(amount), "basis": basis} for day in days], 0
    if line.use == "extra":  # added on arrival: the published rate, whatever the agreement says
        book = rates.PriceBook(book.hotel_id, client=None, nights=days)
    use = "escort" if line.use == "escort" else "group" if kind == Booking.Kind.GROUP else "fit"
    quote = book.quote(room_type, use, days, today=today)
    nightly = []
    for night in quote.lines:
        item = {
            "night": night.night.isoformat(), "amount": str(night.amount), "basis": night.basis, "basis_zh": night.basis_zh,
            "basis_en": night.basis_en,
        }
        if line.use == "guest" and line.room_type_id in own:
            amount, basis = own[line.room_type_id]
            item = {"night": item["night"], "looked_up": item["amount"], "amount": str(amount), "basis": basis}
        nightly.append(item)
    return nightly, max((night.breakfasts for night in quote.lines), default=0) * line.rooms


def _meal(hotel_id: UUID, meal: MealLine, agreement: Agreement | None) -> MealCost:
    if meal.standard.strip().lower() in INCLUDED:
        return MealCost(Decimal(0), Decimal(0), "head", Decimal(0))
    found = rates.meal_price(hotel_id, meal=meal.meal, standard=meal.standard, agreement=agreement)
    if found.per == "table":
        tables = -(-meal.persons // 10)  # ten to a table
        return MealCost(found.amount, found.escort_amount, "table", found.amount * tables)
    total = found.amount * meal.persons + found.escort_amount * meal.escorts
    return MealCost(found.amount, found.escort_amount, "head", total)


def _free_value(found: Price, rooms: Sequence[RoomLine], types: Mapping[UUID, RoomType]) -> Decimal:
    """What the free beds are worth: per night a bed's share of the room most of the guests have, less free rooms given."""
    if not found.free_beds:
        return Decimal(0)
    per_night: dict[str, tuple[int, Decimal]] = {}
    given: dict[str, int] = {}
    for line, nightly in zip(rooms, found.nightly, strict=True):
        beds = max(types[line.room_type_id].beds, 1)
        for night in nightly:
            if line.use == "free":
                given[night["night"]] = given.get(night["night"], 0) + beds * line.rooms
            elif line.use == "guest" and line.rooms > per_night.get(night["night"], (0, Decimal(0)))[0]:
                per_night[night["night"]] = (line.rooms, Decimal(night["amount"]) / beds)
    value = sum(
        (share * max(found.free_beds - given.get(night, 0), 0) for night, (_rooms, share) in per_night.items()), Decimal(0)
    )
    return value.quantize(CENT, ROUND_HALF_UP)


def deviations_of(booking: Booking) -> list[Deviation]:
    """The last deviation asked for each room type of this booking."""
    kind, pk = booking.subject
    last: dict[UUID, Deviation] = {}
    for row in Deviation.objects.of(booking.hotel_id).filter(about_kind=kind, about_id=pk).order_by("asked_at", "id"):
        last[row.room_type_id] = row
    return list(last.values())


def open_deviations(booking: Booking) -> list[Deviation]:
    """Deviations nobody has decided yet: they hold up the confirmation (booking.rate-by-agreement)."""
    return [row for row in deviations_of(booking) if row.approved is None]


def asked_amounts(booking: Booking) -> dict[UUID, tuple[Decimal, str]]:
    """Rates asked for and not refused, by room type."""
    words = {True: _("Approved deviation: %(reason)s"), None: _("Deviation asked: %(reason)s")}
    return {
        row.room_type_id: (row.asked, words[row.approved] % {"reason": row.reason})
        for row in deviations_of(booking)
        if row.approved is not False
    }


def price_booking(booking: Booking, *, now: datetime) -> Price:
    """Price a stored booking's lines in force."""
    return price(
        booking.hotel_id, kind=booking.kind, client=booking.client, agreement=booking.agreement,
        rooms=lines.room_shapes(booking), meals=lines.meal_shapes(booking), persons=booking.persons,
        types=lines.all_types(booking.hotel_id), decision=booking.decision,
        today=now.astimezone(ZoneInfo(booking.hotel.zone)).date(), deviations=asked_amounts(booking),
    )
