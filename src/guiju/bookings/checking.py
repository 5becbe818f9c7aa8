"""What must be true of a booking's fields before they are written; each complaint stands at its field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.bookings.models import Booking
from guiju.bookings.shapes import ESCORT_ROLES, MEALS, USES, EscortLine, GuestLine, MealLine, RoomLine
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

LONGEST = 366  # nights
MOST_ROOMS = 2000
PAYMENTS = ("cash", "on_account", "transfer", "voucher", "prepaid")
Errors = dict[str, list[str]]


class Complaints:
    """Gathers what is wrong, field by field, and raises it all at once."""

    def __init__(self) -> None:
        self.errors: Errors = defaultdict(list)

    def unless(self, good: object, field: str, text: str) -> None:
        """Note `text` at `field` unless it is good."""
        if not good and text not in self.errors[field]:
            self.errors[field].append(text)

    def raise_any(self) -> None:
        """Raise Invalid when anything was noted."""
        wrong = {field: texts for field, texts in self.errors.items() if texts}
        if wrong:
            raise Invalid(errors=wrong)


def check_dates(arrival_on: date, departure_on: date, *, today: date | None, complaints: Complaints) -> None:
    """Departure after arrival, not longer than a year, not in the past (last night is allowed until morning)."""
    complaints.unless(departure_on > arrival_on, "departure_on", _("Departure must be after arrival."))
    complaints.unless(
        (departure_on - arrival_on).days <= LONGEST, "departure_on", _("More than a year: please make a long-stay booking.")
    )
    if today is not None:
        complaints.unless(arrival_on >= today - timedelta(days=1), "arrival_on", _("This day has passed."))


def check_rooms(
    rooms: Sequence[RoomLine], types: Mapping[UUID, RoomType], *, arrival_on: date, departure_on: date, complaints: Complaints
) -> None:
    """At least one room; each line within the stay, of a type this hotel sells."""
    complaints.unless(any(line.rooms for line in rooms), "rooms", _("At least one room is needed."))
    complaints.unless(sum(line.rooms for line in rooms) <= MOST_ROOMS, "rooms", _("That is more rooms than a hotel has."))
    for order, line in enumerate(rooms, start=1):
        at = f"rooms {order}"
        complaints.unless(line.room_type_id in types, at, _("This room type is not sold here."))
        complaints.unless(line.rooms >= 1, at, _("The number of rooms is missing."))
        complaints.unless(line.use in USES, at, _("Guest, escort, complimentary or working room?"))
        complaints.unless(line.until_on > line.from_on, at, _("Until must be after from."))
        complaints.unless(
            arrival_on <= line.from_on and line.until_on <= departure_on, at, _("These nights lie outside the stay.")
        )


def check_meals(meals: Sequence[MealLine], *, arrival_on: date, departure_on: date, complaints: Complaints) -> None:
    """Each meal on a day of the stay, for somebody."""
    for order, line in enumerate(meals, start=1):
        at = f"meals {order}"
        complaints.unless(line.meal in MEALS, at, _("Breakfast, lunch or dinner?"))
        complaints.unless(arrival_on <= line.on <= departure_on, at, _("This day lies outside the stay."))
        complaints.unless(line.persons + line.escorts >= 1, at, _("For how many persons?"))


def check_people(
    guests: Sequence[GuestLine], escorts: Sequence[EscortLine], types: Mapping[UUID, RoomType], complaints: Complaints
) -> None:
    """Names present, room types known, roles known."""
    for order, guest in enumerate(guests, start=1):
        complaints.unless(guest.name.strip(), f"guests {order}", _("The name is missing."))
        known = guest.room_type_id is None or guest.room_type_id in types
        complaints.unless(known, f"guests {order}", _("This room type is not sold here."))
    for order, escort in enumerate(escorts, start=1):
        complaints.unless(escort.role in ESCORT_ROLES, f"escort_people {order}", _("Leader, guide or driver?"))


def check_payer(kind: str, payment: str, client: Any, complaints: Complaints) -> None:
    """Who pays, and whether that client may pay later."""
    complaints.unless(kind in Booking.Kind.values, "kind", _("Which kind of booking?"))
    complaints.unless(payment in PAYMENTS, "payment", _("How is it paid?"))
    if kind != Booking.Kind.FIT_CASH:
        complaints.unless(client is not None, "client", _("Which client?"))
    if kind == Booking.Kind.FIT_CASH:
        complaints.unless(payment != "on_account", "payment", _("On account needs a reservation form: choose “on account” as the kind."))
    if client is not None and (payment == "on_account" or kind == Booking.Kind.ON_ACCOUNT):
        complaints.unless(client.on_account, "client", _("This client has no right to book on account."))
