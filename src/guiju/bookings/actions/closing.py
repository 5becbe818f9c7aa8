"""How a booking ends or is kept from ending: cancelled, lapsed, guaranteed, extended; arrived, no-show, departed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.bookings.actions.confirming import confirm, sell
from guiju.bookings.actions.serving import drop_service
from guiju.bookings.actions.settling import keep_outcome
from guiju.bookings.actions.steps import OPEN, client_of, enquiry_of, for_the_house, move
from guiju.bookings.blocks import as_lines, block_of, held_block
from guiju.bookings.group_terms import cost_of_no_show
from guiju.bookings.lines import all_types, room_shapes
from guiju.bookings.models import Booking, BookingRooms, Change, Difference, ServiceLine
from guiju.bookings.shapes import RoomLine
from guiju.bookings.stay import lines_of, most_rooms, zone_of
from guiju.clients import actions as accounts
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note, writing
from guiju.notices.actions import tell
from guiju.rates import queries as rates
from guiju.rooms import actions as inventory
from guiju.shelf.actor import Actor, the_clock
from guiju.shelf.errors import Invalid

TOLD_HOW = ("fax", "mail", "phone", "letter", "wechat", "front_desk", "system")


def cancellation_of(booking: Booking, *, now: datetime) -> rates.Charge:
    """What cancelling now would cost by the agreement's terms; a booking never confirmed costs nothing."""
    today = now.astimezone(zone_of(booking)).date()
    facts = rates.StayFacts(
        arrival_on=booking.arrival_on, first_night_amount=first_night_amount(booking), guaranteed=bool(booking.guarantee)
    )
    charge = rates.cancellation_charge(booking.agreement, facts, today)
    if booking.state == Booking.State.TENTATIVE:
        return rates.Charge(Decimal(0), Decimal(0), True, _("Not confirmed yet: no charge"))
    return charge


def first_night_amount(booking: Booking) -> Decimal:
    """One night of all rooms: the arrival night."""
    total = Decimal(0)
    night = booking.arrival_on.isoformat()
    for line in BookingRooms.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True):
        total += sum((Decimal(item["amount"]) for item in line.nightly if item["night"] == night), Decimal(0)) * line.rooms
    return total


def _told(told_by: str, told_how: str) -> None:
    errors: dict[str, list[str]] = {}
    if not told_by.strip():
        errors["told_by"] = [_("Who told us?")]
    if told_how not in TOLD_HOW:
        errors["told_how"] = [_("How were we told?")]
    if errors:
        raise Invalid(errors=errors)


@verb("bookings.cancel")
def cancel(
    booking: Booking, *, reason: str, told_by: str, told_how: str, told_at: datetime | None = None,
    version: int | None = None, waive_charge: str = "", by: Actor, now: datetime,
) -> Booking:
    """Cancel: rooms go back, credit is given back, the charge follows the agreement's terms (booking.change-notice).

    `told_how`: fax, mail, phone, letter, wechat, front_desk, system. Raises Invalid without a reason or who told us,
    Conflict when somebody saved since `version`, Refusal "wrong_state" when it is over.
    """
    _told(told_by, told_how)
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Why is it cancelled?")]})
    charge = cancellation_of(booking, now=now)
    amount = Decimal(0) if waive_charge.strip() else charge.amount
    if version is not None:
        booking.save_from(version)
    move(
        booking, when=OPEN, state=Booking.State.CANCELLED, closed_at=now, cancelled_reason=reason.strip()[:200],
        cancel_charge=amount,
    )
    let_go(booking, by=by, now=now)
    row = Change.objects.create(
        hotel_id=booking.hotel_id, booking=booking, what="cancel", reason=reason.strip()[:200], told_by=told_by.strip()[:80],
        told_how=told_how, told_at=told_at or now, in_time=charge.in_time, charge=amount, at=now, by_id=by.person_id,
        new={"charge": str(amount), "basis": charge.basis, "waived": waive_charge.strip()},
    )
    note(
        "booking.cancelled", booking, enquiry_of(booking), client_of(booking), kind=booking.kind, reason=reason.strip(),
        in_time=charge.in_time,
    )
    from guiju.bookings.papers import follow_cancellation  # papers stand on the same steps

    follow_cancellation(booking, row, by=by, now=now)
    booking.waits_for = row.waits_for
    return booking


def let_go(booking: Booking, *, by: Actor, now: datetime) -> None:
    """Give rooms and credit back (inside a verb); what was given back already stays so."""
    house = for_the_house(by)
    block = held_block(booking)
    if block is not None:
        inventory.release(block, by=house, now=now)
    if booking.client is not None:
        accounts.give_back_credit(booking.client, about=booking.subject, by=house, now=now)
    _drop_differences(booking)
    _drop_services(booking, by=house, now=now)


def _drop_differences(booking: Booking) -> None:
    """What differed on the arrival day and was not settled no longer matters once the stay is over."""
    for row in Difference.objects.of(booking.hotel_id).filter(booking=booking, resolved_at__isnull=True).order_by("found_at", "id"):
        note("check.difference_dropped", ("difference", row.pk), booking, about=row.about)


def _drop_services(booking: Booking, *, by: Actor, now: datetime) -> None:
    """What was ordered for the stay is not wanted any more; a department that arranged it already is told in its bell."""
    for line in ServiceLine.objects.of(booking.hotel_id).filter(booking=booking, dropped_at__isnull=True).order_by("id"):
        drop_service(line, by=by, now=now)
        if line.confirmed_at is not None:
            tell(
                booking.hotel_id, department=line.department, key=f"service:{line.pk}:dropped", now=now,
                text=N_("%(booking)s is over: %(service)s is not wanted any more"),
                values={"booking": f"{booking.number} {booking.name}", "service": line.text}, urgency="soon",
                about=booking.subject, brief=N_("%(what)s is over: something ordered for it is not wanted any more"),
            )


@verb("bookings.lapse")
def lapse_hold(booking: Booking, *, late: bool = False, by: Actor, now: datetime) -> bool:
    """The hold-until has come: rooms go back and the seller is told (booking.hold-until). True when it lapsed now.

    The fact stands at the hold-until itself, when the hold was over, whenever the clock got round to it.
    Never once arrived, guaranteed, or confirmed without a hold, and not before its time; a second run changes nothing.
    """
    changed = (
        Booking.objects.of(booking.hotel_id)
        .filter(pk=booking.pk, state__in=OPEN, guarantee="", hold_until_at__isnull=False, hold_until_at__lte=now)
        .update(state=Booking.State.LAPSED, closed_at=now, version=F("version") + 1)
    )
    booking.refresh_from_db()
    if not changed:
        return False
    rooms = most_rooms(booking)
    let_go(booking, by=by, now=now)
    note("hold.lapsed", booking, at=booking.hold_until_at, rooms=rooms, late=late)
    tell(
        booking.hotel_id, text="Hold lapsed: %(number)s %(name)s, %(rooms)s rooms are free again", key=f"lapse:{booking.pk}",
        values={"number": booking.number, "name": booking.name, "rooms": rooms}, url=f"/bookings/{booking.pk}/",
        urgency="soon", now=now, person_id=booking.seller_id, post="" if booking.seller_id else "sales_manager",
        about=booking.subject, brief=N_("Hold lapsed: %(what)s, %(rooms)s rooms are free again"),
    )
    return True


def lapse_effect(subject: tuple[str, str], *, hotel_id: UUID, late: bool, now: datetime) -> None:
    """The clock's "hold.lapse" (registered in shelf.registry): lapses the hold of this booking if it is time."""
    booking = Booking.objects.of(hotel_id).filter(pk=subject[1]).select_related("hotel").first()
    if booking is not None:
        with writing(hotel_id, by=the_clock(hotel_id), now=now):
            lapse_hold(booking, late=late, by=the_clock(hotel_id), now=now)


@verb("bookings.hold")
def extend_hold(booking: Booking, *, until_at: datetime, reason: str = "", by: Actor, now: datetime) -> Booking:
    """Hold the rooms longer (续留). Raises Invalid for a moment gone by or past the stay, Refusal once lapsed."""
    if until_at <= now:
        raise Invalid(errors={"hold_until": [_("This moment has passed.")]})
    if until_at.astimezone(zone_of(booking)).date() > booking.departure_on:
        raise Invalid(errors={"hold_until": [_("This is after departure.")]})
    move(booking, when=OPEN, also={"hold_until_at__isnull": False}, hold_until_at=until_at)
    block = held_block(booking)
    if block is not None and block.state == block.State.HELD:
        inventory.extend(block, until_at=until_at, by=for_the_house(by), now=now)
    note("hold.extended", booking, text=reason.strip(), hold_until=until_at)
    return booking


@verb("bookings.hold")
def guarantee(booking: Booking, *, how: str, by: Actor, now: datetime) -> Booking:
    """The client guarantees the booking (deposit, card, letter): the hold no longer lapses."""
    if not how.strip():
        raise Invalid(errors={"how": [_("How is it guaranteed: deposit, card, letter?")]})
    move(booking, when=OPEN, guarantee=how.strip()[:40], hold_until_at=None)
    block = held_block(booking)
    if block is not None and block.state == block.State.HELD:
        inventory.extend(block, until_at=None, by=for_the_house(by), now=now)
    note("booking.guaranteed", booking, how=how.strip())
    return booking


@verb("bookings.arrivals")
def mark_arrived(booking: Booking, *, at: datetime | None = None, by: Actor, now: datetime) -> Booking:
    """They are here: one tap at the front desk, or the PMS arrivals file. Repeating changes nothing.

    A booking not confirmed yet is confirmed in the same step, if its clauses allow. Raises Invalid before the arrival
    day, GateRefused, Refusal "wrong_state" for a booking that lapsed or was cancelled.
    """
    if booking.state == Booking.State.ARRIVED:
        return booking
    _not_early(booking, now)
    if booking.state == Booking.State.TENTATIVE:
        confirm(booking, by=for_the_house(by), now=now)
    block = held_block(booking)
    move(booking, when=(Booking.State.CONFIRMED,), state=Booking.State.ARRIVED, hold_until_at=None)
    sell(booking, block, by=by, now=now)
    note("booking.arrived", booking, at=at or now, rooms=most_rooms(booking))
    return booking


def _not_early(booking: Booking, now: datetime) -> None:
    if now.astimezone(zone_of(booking)).date() < booking.arrival_on:
        raise Invalid(errors={"arrival_on": [_("The arrival day has not come yet.")]})


@verb("bookings.arrivals")
def mark_no_show(booking: Booking, *, by: Actor, now: datetime) -> Booking:
    """They did not come: rooms go back; a group pays by its agreement's terms, else a guaranteed booking the first night.

    Repeating changes nothing.
    """
    if booking.state == Booking.State.NO_SHOW:
        return booking
    _not_early(booking, now)
    was_firm = booking.state == Booking.State.CONFIRMED
    charge = cost_of_no_show(booking, lines_of(booking), 0).amount if was_firm or booking.guarantee else Decimal(0)
    rooms = most_rooms(booking)
    move(booking, when=OPEN, state=Booking.State.NO_SHOW, closed_at=now, cancel_charge=charge)
    let_go(booking, by=by, now=now)
    note("booking.no_show", booking, rooms=rooms)
    if booking.kind == Booking.Kind.GROUP and was_firm:
        keep_outcome(booking, rooms_used=0, by=by, now=now)
    return booking


@verb("bookings.arrivals")
def mark_departed(booking: Booking, *, at: datetime | None = None, by: Actor, now: datetime) -> Booking:
    """They have left; rooms of nights they do not use any more go back. Repeating changes nothing."""
    if booking.state == Booking.State.DEPARTED:
        return booking
    move(booking, when=(Booking.State.ARRIVED,), state=Booking.State.DEPARTED, closed_at=now)
    _leave_early(booking, by=by, now=now)
    _drop_differences(booking)
    note("booking.departed", booking, at=at or now)
    return booking


def _leave_early(booking: Booking, *, by: Actor, now: datetime) -> None:
    today = max(now.astimezone(zone_of(booking)).date(), booking.arrival_on)
    block = block_of(booking)
    if today >= booking.departure_on or block is None:
        return
    used: list[tuple[RoomLine, date]] = []
    for line in room_shapes(booking):
        until = min(line.until_on, max(today, booking.arrival_on))
        if until > line.from_on:
            used.append((line, until))
    house = for_the_house(by)
    if not used:
        inventory.release(block, by=house, now=now)
        return
    inventory.change(block, lines=as_lines([replace(line, until_on=until) for line, until in used], all_types(booking.hotel_id)), by=house, now=now)

