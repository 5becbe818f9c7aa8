"""While a group is here and when it leaves: rooms added, luggage down, the bill gone through, opinions, what it took and pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from guiju.bookings import lines
from guiju.bookings.actions.changing import change
from guiju.bookings.actions.steps import LIVE, client_of, move, refuse_state
from guiju.bookings.group_terms import charged_for_cuts, cost_of_no_show, in_both
from guiju.bookings.models import Booking, Change, Opinion, Outcome
from guiju.bookings.shapes import RoomLine
from guiju.bookings.stay import lines_of, zone_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates.models import ExtraRooms
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

HERE = (Booking.State.ARRIVED, Booking.State.DEPARTED)
MARKED = ("rooms", "meals", "service")


def _group(booking: Booking, states: tuple[str, ...]) -> None:
    if booking.kind != Booking.Kind.GROUP:
        raise Refusal(_("This step belongs to groups."), code="not_a_group")
    if booking.state not in states:
        refuse_state(booking)


def at_rack(booking: Booking, paper: bool) -> bool:
    """Whether further rooms on arrival cost the rack rate: by the agreement's terms, or for want of the agency's paper."""
    agreement = booking.agreement
    if agreement is None or agreement.extra_rooms == ExtraRooms.RACK:
        return True
    return bool(agreement.extra_rooms == ExtraRooms.PAPER and not paper)


@verb("bookings.edit")
def add_rooms(
    booking: Booking, *, room_type: RoomType, rooms: int, paper: bool, told_by: str, by: Actor, now: datetime
) -> Change | None:
    """The group takes more rooms on arrival or while it is here: from tonight, at the agreed terms.

    `paper`: the agency's paper for them is here. Raises NoRoom, Invalid without a number or who asked for them.
    """
    _group(booking, LIVE)
    errors = {} if rooms >= 1 else {"rooms": [_("How many rooms?")]}
    if not told_by.strip():
        errors["told_by"] = [_("Who asked for them?")]
    if errors:
        raise Invalid(errors=errors)
    tonight = max(now.astimezone(zone_of(booking)).date(), booking.arrival_on)
    if tonight >= booking.departure_on:
        raise Refusal(_("They leave today: there is no night to add rooms for."), code="no_night")
    rack = at_rack(booking, paper)
    line = RoomLine(room_type.pk, tonight, booking.departure_on, rooms, "extra" if rack else "guest")
    row = change(
        booking, version=booking.version, fields={"rooms": [*lines.room_shapes(booking), line]}, reason=_("Further rooms on arrival"),
        told_by=told_by, told_how="front_desk", by=by, now=now,
    )
    note("group.rooms_added", booking, rooms=rooms, at_rack=rack)
    return row


@verb("bookings.service")
def luggage_down(booking: Booking, *, pieces: int, text: str = "", by: Actor, now: datetime) -> None:
    """The luggage is down and counted; another number than went up needs a word why."""
    _group(booking, (*LIVE, *HERE))
    up = booking.details.get("luggage_pieces")
    if up is not None and up != pieces and not text.strip():
        raise Invalid(errors={"text": [_("%(up)s pieces went up. Where is the difference?") % {"up": up}]})
    told = {"pieces": pieces, "text": text.strip()[:200], "at": now.isoformat(), "by": by.name}
    move(booking, when=(*LIVE, *HERE), details={**booking.details, "luggage_down": told})
    note("group.luggage_down", booking, text=text.strip()[:200], pieces=pieces, different=up is not None and up != pieces)


@verb("bookings.liaise")
def agree_bill(booking: Booking, *, with_whom: str, text: str = "", by: Actor, now: datetime) -> None:
    """The bill was gone through with the leader or escort before they leave."""
    _group(booking, HERE)
    if not with_whom.strip():
        raise Invalid(errors={"with_whom": [_("With whom?")]})
    told = {"with": with_whom.strip()[:80], "text": text.strip()[:200], "at": now.isoformat(), "by": by.name}
    move(booking, when=HERE, details={**booking.details, "bill": told})
    note("group.bill_agreed", booking, text=text.strip()[:200])


def keep_opinion(
    booking: Booking, *, text: str, said_by: str = "", marks: Mapping[str, int | None] | None = None, by: Actor, now: datetime
) -> Opinion:
    """Keep what a group said, on the booking and its client (inside a verb). Raises Invalid for a mark outside 1 to 5."""
    given = {name: mark for name, mark in (marks or {}).items() if mark is not None}
    wrong = {name: [_("A mark from 1 to 5.")] for name, mark in given.items() if name not in MARKED or not 1 <= mark <= 5}
    if wrong:
        raise Invalid(errors=wrong)
    row = Opinion.objects.create(
        hotel_id=booking.hotel_id, booking=booking, client=booking.client, said_by=said_by.strip()[:80], text=text.strip()[:500], at=now,
        by_id=by.person_id, **given,
    )
    note("group.opinion", booking, client_of(booking), lowest=min(given.values(), default=None))
    return row


@verb("bookings.edit")
def settle(
    booking: Booking, *, rooms_used: int, meals_eaten: int | None = None, waive: str = "", by: Actor, now: datetime
) -> Outcome:
    """What a group took of what it had booked; rooms not taken are charged by its agreement's terms, or waived with a reason.

    Settling again replaces what was settled. Raises Invalid for less than none, Refusal unless it is here or has left.
    """
    _group(booking, HERE)
    if rooms_used < 0 or rooms_used > 2000:
        raise Invalid(errors={"rooms_used": [_("How many rooms did they take?")]})
    return keep_outcome(booking, rooms_used=rooms_used, meals_eaten=meals_eaten, waive=waive, by=by, now=now)


def keep_outcome(
    booking: Booking, *, rooms_used: int, meals_eaten: int | None = None, waive: str = "", by: Actor, now: datetime
) -> Outcome:
    """Write a group's outcome with its charge (inside a verb)."""
    rows = lines_of(booking)
    cost = cost_of_no_show(booking, rows, rooms_used)
    zh, en = in_both(cost)
    meals = booking.meal_plan.filter(removed_at__isnull=True).aggregate(all=Sum("persons"))["all"] or 0
    booked = sum(row.rooms for row in rows if row.use in ("guest", "extra") and row.from_on <= booking.arrival_on)
    row, _made = Outcome.objects.of(booking.hotel_id).update_or_create(
        booking=booking,
        defaults={
            "hotel_id": booking.hotel_id, "rooms_booked": booked, "rooms_used": rooms_used, "meals_booked": meals, "meals_eaten": meals_eaten,
            "cut_charge": charged_for_cuts(booking), "no_show_charge": cost.amount, "waived": waive.strip()[:200], "because_zh": zh,
            "because_en": en, "at": now, "by_id": by.person_id,
        },
    )
    note(
        "group.settled", booking, client_of(booking), text=waive.strip()[:200], rooms=booked, used=rooms_used, charge=row.charged or Decimal(0),
    )
    return row
