"""The manager's word on a group without agreement, and the booking that a request becomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from guiju.bookings import actions as bookings
from guiju.bookings.models import Booking
from guiju.enquiries import points, wanted
from guiju.enquiries.actions.taking import LIVE, move
from guiju.enquiries.models import Enquiry
from guiju.enquiries.queries import live_booking
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms import queries as rooms
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

MOST_RATE = Decimal(1_000_000)


@verb("enquiries.decide")
def decide(
    enquiry: Enquiry,
    *,
    accept: bool,
    rates: Mapping[str, Decimal] | None = None,
    terms: str = "",
    by: Actor,
    now: datetime,
) -> Enquiry:
    """The manager decides on a group without agreement, with rate and terms (booking.group-escalate).

    The decision goes with the request into its booking. Raises Invalid when it is accepted without
    terms or without a rate for each room type of the guests.
    """
    given = {code: Decimal(amount) for code, amount in (rates or {}).items()}
    if accept:
        _check_rates(enquiry, given, terms)
    decision = {
        "accept": accept,
        "rates": {code: str(amount) for code, amount in given.items()},
        "terms": terms.strip(),
        "by": str(by.person_id),
        "by_name": by.name,
        "at": now.isoformat(),
    }
    move(enquiry, when=LIVE, decision=decision)
    booking = live_booking(enquiry)
    if booking is not None and booking.state == Booking.State.TENTATIVE:
        bookings.decide_group(booking, accept=accept, rates=given, terms=terms, by=by, now=now)
        return enquiry
    rate = min(given.values()) if given else None
    note("enquiry.decided", enquiry, accept=accept, rate=rate, decided_by=str(by.person_id))
    return enquiry


def _check_rates(enquiry: Enquiry, given: Mapping[str, Decimal], terms: str) -> None:
    escort = {kind.code for kind in rooms.open_types(enquiry.hotel_id) if kind.is_escort}
    errors = {
        f"rate_{code}": [_("The decision names the rate of each room type.")]
        for code in enquiry.rooms
        if code not in escort and code not in given
    }
    for code, amount in given.items():
        if not 0 < amount < MOST_RATE:
            errors[f"rate_{code}"] = [_("A rate above zero, please.")]
    if not given and not errors:
        errors["rates"] = [_("The decision names the rate of each room type.")]
    if not terms.strip():
        errors["terms"] = [_("The decision names the terms.")]
    if errors:
        raise Invalid(errors=errors)


@verb("bookings.edit")
def book(
    enquiry: Enquiry,
    *,
    kind: str = "",
    name: str = "",
    hold_until_at: datetime | None = None,
    by: Actor,
    now: datetime,
) -> Booking:
    """Make the booking of this request and hold its rooms; what the client wrote is its written basis.

    Raises Invalid naming the points still to be checked, Refusal "already_booked" with the number of the
    booking there is, NoRoom naming the nights, and what the booking's own verbs raise.
    """
    ready_to_book(enquiry)
    types = rooms.open_types(enquiry.hotel_id)
    strange = wanted.unknown_types(enquiry, types)
    if strange:
        raise Invalid(errors={"rooms": [_("This hotel has no room type “%(word)s”.") % {"word": strange[0]}]})
    there = live_booking(enquiry)
    if there is not None:
        raise Refusal(
            _("This request already has the booking %(number)s.") % {"number": there.number},
            code="already_booked",
            booking=there.number,
        )
    move(enquiry, when=LIVE, also={"version": enquiry.version}, state=Enquiry.State.BOOKED)
    assert enquiry.arrival_on and enquiry.departure_on  # ready_to_book
    booking = bookings.draft_booking(
        enquiry.hotel,
        kind=kind or wanted.booking_kind(enquiry),
        name=name or _name(enquiry),
        arrival_on=enquiry.arrival_on,
        departure_on=enquiry.departure_on,
        rooms=wanted.room_lines(enquiry, types),
        meals=wanted.meal_lines(enquiry),
        persons=enquiry.persons or 1,
        escorts=_number(enquiry, "escorts"),
        client=enquiry.client,
        agreement=enquiry.agreement,
        contact=enquiry.contact,
        tour_code=_text(enquiry, "tour_code")[:40],
        arrival_by=_text(enquiry, "transport")[:60],
        requests=_requests(enquiry),
        payment=_payment(enquiry),
        enquiry_id=enquiry.pk,
        decision=enquiry.decision,
        by=by,
        now=now,
    )
    if enquiry.channel not in points.UNWRITTEN and enquiry.message is not None:
        bookings.attach_written(booking, file=enquiry.message.file, paper=enquiry.number, by=by, now=now)
    bookings.place_hold(booking, until_at=hold_until_at, by=by, now=now)
    return booking


def ready_to_book(enquiry: Enquiry) -> None:
    """Nothing read automatically is booked without a person: raises Invalid naming each open point."""
    errors = {name: [_("Please check this first: it was not sure.")] for name in points.unsettled(enquiry)}
    errors |= {name: [_("This is missing.")] for name in points.lacking(enquiry)}
    if errors:
        raise Invalid(errors=errors)


def _text(enquiry: Enquiry, name: str) -> str:
    return points.show((enquiry.fields.get(name) or {}).get("value"))


def _number(enquiry: Enquiry, name: str) -> int:
    value = str((enquiry.fields.get(name) or {}).get("value") or "")
    return int(value) if value.isdecimal() else 0


def _payment(enquiry: Enquiry) -> str:
    said = _text(enquiry, "payment")
    allowed = enquiry.client is not None and enquiry.client.on_account
    if said == "on_account" and enquiry.kind in wanted.GROUPS and allowed:
        return said
    return said if said in ("transfer", "voucher", "prepaid") else ""


def _name(enquiry: Enquiry) -> str:
    guests = _text(enquiry, "guests")
    if enquiry.kind not in wanted.GROUPS and guests:
        return guests[:120]
    return (enquiry.client_name or enquiry.contact_name or enquiry.number)[:120]


def _requests(enquiry: Enquiry) -> str:
    parts = [_text(enquiry, "requests")]
    if not wanted.meal_lines(enquiry):
        parts.append(_text(enquiry, "meals"))
    return "\n".join(part for part in parts if part)
