"""What can be offered: the looked-up price of a request or its booking, and whether a letter says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guiju.bookings import lines as booked
from guiju.bookings import pricing
from guiju.bookings.models import Booking, BookingRooms, Meal
from guiju.bookings.shapes import MealLine, RoomLine
from guiju.enquiries import wanted
from guiju.enquiries.models import Enquiry
from guiju.rates.models import Deviation
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Refusal

# An amount of money in a letter: RMB 320, ￥320, 320元, 320 yuan.
AMOUNTS = re.compile(
    r"(?:RMB|CNY|[¥￥])\s*([0-9][0-9,]*(?:\.[0-9]+)?)|([0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:元|yuan)",
    re.IGNORECASE,
)

# Requests whose prices are not a night's rate: kind -> the amounts that were quoted for this one (a rent a month, a hall).
QUOTED: dict[str, Callable[[Enquiry], set[Decimal]]] = {}


@dataclass(slots=True)
class OfferLine:
    """A line of the price: what, the nights with their rates, what it comes to."""

    room_type: RoomType | None
    meal: MealLine | None
    rooms: int
    use: str
    nightly: list[dict[str, str]]
    total: Decimal
    breakfasts: int = 0
    each: Decimal = Decimal(0)

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """The nights gathered by rate: (first night, amount, where it comes from)."""
        found: list[tuple[str, str, str]] = []
        for night in self.nightly:
            if not found or found[-1][1:] != (night["amount"], night.get("basis", "")):
                found.append((night["night"], night["amount"], night.get("basis", "")))
        return found


@dataclass(slots=True)
class Offer:
    """The looked-up price of everything asked for, and what stands in its way."""

    lines: list[OfferLine] = field(default_factory=list)
    total: Decimal = Decimal(0)
    free_beds: int = 0
    problem: str = ""
    deviations: list[Deviation] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Whether the price stands: looked up, and every deviation decided."""
        return (
            bool(self.lines) and not self.problem and all(row.approved is not None for row in self.deviations)
        )

    @property
    def amounts(self) -> set[Decimal]:
        """Every amount a letter may name."""
        found = {self.total}
        for line in self.lines:
            found |= {line.total, line.each, *(Decimal(night["amount"]) for night in line.nightly)}
        return found


def offer_of(
    enquiry: Enquiry, booking: Booking | None, types: dict[UUID, RoomType], *, now: datetime
) -> Offer:
    """Look the price up now (booking.rate-by-agreement); what has no rate stands in `problem`."""
    if booking is not None:
        rooms, meals = booked.room_shapes(booking), booked.meal_shapes(booking)
    else:
        rooms, meals = wanted.room_lines(enquiry, types.values()), wanted.meal_lines(enquiry)
    if not rooms:
        return Offer()
    try:
        price = _price(enquiry, booking, rooms, meals, types, now)
    except Refusal as refusal:
        return Offer(problem=refusal.message)
    offer = Offer(total=price.total, free_beds=price.free_beds)
    for line, nightly, breakfasts in zip(rooms, price.nightly, price.breakfasts, strict=True):
        offer.lines.append(_room(types.get(line.room_type_id), line.rooms, line.use, nightly, breakfasts))
    for meal, cost in zip(meals, price.meals, strict=True):
        offer.lines.append(OfferLine(None, meal, meal.persons, "meal", [], cost.total, each=cost.amount))
    if booking is not None:
        offer.deviations = pricing.deviations_of(booking)
    return offer


def written_offer(booking: Booking, types: dict[UUID, RoomType]) -> Offer:
    """The price as it stands in the booking, for showing; sending looks it up again."""
    offer = Offer(total=booking.total, free_beds=booking.free_beds, deviations=pricing.deviations_of(booking))
    for row in (
        BookingRooms.objects.of(booking.hotel_id)
        .filter(booking=booking, removed_at__isnull=True)
        .order_by("id")
    ):
        offer.lines.append(
            _room(types.get(row.room_type_id), row.rooms, row.use, row.nightly, row.breakfasts)
        )
    for meal in (
        Meal.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).order_by("id")
    ):
        line = MealLine(
            on=meal.on, meal=meal.meal, persons=meal.persons, escorts=meal.escorts, standard=meal.standard
        )
        offer.lines.append(OfferLine(None, line, meal.persons, "meal", [], meal.total, each=meal.amount))
    return offer


def _room(
    kind: RoomType | None, rooms: int, use: str, nightly: list[dict[str, str]], breakfasts: int
) -> OfferLine:
    total = sum((Decimal(night["amount"]) for night in nightly), Decimal(0)) * rooms
    return OfferLine(kind, None, rooms, use, nightly, total, breakfasts)


def _price(
    enquiry: Enquiry,
    booking: Booking | None,
    rooms: list[RoomLine],
    meals: list[MealLine],
    types: dict[UUID, RoomType],
    now: datetime,
) -> pricing.Price:
    if booking is not None:
        return pricing.price_booking(booking, now=now)
    return pricing.price(
        enquiry.hotel_id,
        kind=wanted.booking_kind(enquiry),
        client=enquiry.client,
        agreement=enquiry.agreement,
        rooms=rooms,
        meals=meals,
        persons=enquiry.persons or 1,
        types=types,
        decision=enquiry.decision,
        today=now.astimezone(ZoneInfo(enquiry.hotel.zone)).date(),
    )


def amounts_in(text: str) -> list[Decimal]:
    """Every amount of money that a letter names."""
    found = []
    for before, after in AMOUNTS.findall(text):
        try:
            found.append(Decimal((before or after).replace(",", "")))
        except InvalidOperation:
            continue
    return found


def differing(text: str, offer: Offer) -> list[Decimal]:
    """Amounts in a letter that no rate in force gives (letter.price-check)."""
    return sorted(set(amounts_in(text)) - offer.amounts)


def verified(text: str, offer: Offer) -> bool:
    """Whether the letter's prices are those in force."""
    return offer.verified and not differing(text, offer)


def as_quoted(text: str, quoted: set[Decimal]) -> bool:
    """Whether a letter names only what was quoted, and something was."""
    return bool(quoted) and set(amounts_in(text)) <= quoted


def complete(kind: str, channel: str, parts: dict[str, Any]) -> list[str]:
    """What a reply lacks to be complete, by part; nothing when it is (booking.reply-30).

    A confirmation or quotation has offer, verified price and next step; a counter-offer the same for its
    alternative; a regret a reason and an alternative or "none"; a call the person spoken to as well.
    """
    needed = {
        "confirmation": ("offer", "price_verified", "next_step"),
        "quotation": ("offer", "price_verified", "next_step"),
        "counter_offer": ("alternative", "price_verified", "next_step"),
        "regret": ("reason", "alternative"),
    }[kind]
    spoken = ("spoken_to",) if channel == "call" else ()
    return [part for part in (*needed, *spoken) if not str(parts.get(part) or "").strip()]
