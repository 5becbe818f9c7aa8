"""A booking begins: written down, priced, rooms held, its written basis attached, its liaison named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.bookings import lines, pricing
from guiju.bookings.actions import parts
from guiju.bookings.actions.steps import LIVE, OPEN, client_of, enquiry_of, for_the_house, move
from guiju.bookings.blocks import block_of, inventory_lines
from guiju.bookings.checking import Complaints, check_dates, check_meals, check_payer, check_people, check_rooms
from guiju.bookings.models import Booking, Series
from guiju.bookings.search import index
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine
from guiju.bookings.stay import stay
from guiju.clients.models import Client, Contact
from guiju.duties.gates import gate
from guiju.house.models import Hotel, Person
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.models import StoredFile
from guiju.rates import queries as rates
from guiju.rates.models import Agreement
from guiju.rooms import actions as inventory
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

PAPER_LENGTH = 200
SERIES = {Booking.Kind.FIT_CASH: "B", Booking.Kind.ON_ACCOUNT: "B", Booking.Kind.GROUP: "G"}


@verb("bookings.edit")
def draft_booking(
    hotel: Hotel,
    *,
    kind: str,
    name: str,
    arrival_on: date,
    departure_on: date,
    rooms: Sequence[RoomLine],
    persons: int,
    client: Client | None = None,
    agreement: Agreement | None = None,
    contact: Contact | None = None,
    escorts: int = 0,
    meals: Sequence[MealLine] = (),
    guests: Sequence[GuestLine] = (),
    escort_people: Sequence[EscortLine] = (),
    arrival_time: time | None = None,
    arrival_by: str = "",
    departure_time: time | None = None,
    departure_by: str = "",
    tour_code: str = "",
    nationality: str = "",
    payment: str = "",
    payer_split: Mapping[str, str] | None = None,
    collection: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    requests: str = "",
    rate_confidential: bool = False,
    seller: Person | None = None,
    liaison: Person | None = None,
    series: Series | None = None,
    enquiry_id: UUID | None = None,
    decision: Mapping[str, Any] | None = None,
    by: Actor,
    now: datetime,
) -> Booking:
    """Write a booking down: numbered, priced from the agreement in force, no rooms held yet.

    `rooms`, `meals`, `guests`, `escort_people` are shapes (bookings.shapes); `decision` is the manager's, as given on
    the enquiry ({"accept", "rates": {room type code: amount}, "terms"}). Raises Invalid naming each field or line.
    """
    payment = payment or ("on_account" if kind == Booking.Kind.ON_ACCOUNT else "cash")
    types = lines.types_of(hotel.pk)
    today = now.astimezone(ZoneInfo(hotel.zone)).date()
    complaints = Complaints()
    complaints.unless(name.strip(), "name", _("The name is missing."))
    complaints.unless(1 <= persons <= 5000, "persons", _("How many persons?"))
    check_payer(kind, payment, client, complaints)
    check_dates(arrival_on, departure_on, today=today, complaints=complaints)
    check_rooms(rooms, types, arrival_on=arrival_on, departure_on=departure_on, complaints=complaints)
    check_meals(meals, arrival_on=arrival_on, departure_on=departure_on, complaints=complaints)
    check_people(guests, escort_people, types, complaints)
    complaints.raise_any()
    if agreement is None and client is not None:
        agreement = rates.agreement_of(client, arrival_on)
    price = pricing.price(
        hotel.pk, kind=kind, client=client, agreement=agreement, rooms=rooms, meals=meals, persons=persons,
        types=types, decision=decision or {}, today=today,
    )
    booking = Booking(
        hotel=hotel, number=next_number(hotel.pk, SERIES[Booking.Kind(kind)], now=now, zone=hotel.zone), kind=kind,
        client=client, contact=contact, agreement=agreement, name=name.strip()[:120], tour_code=tour_code,
        nationality=nationality, persons=persons, escorts=escorts or len(escort_people), arrival_on=arrival_on,
        arrival_time=arrival_time, arrival_by=arrival_by, departure_on=departure_on, departure_time=departure_time,
        departure_by=departure_by, payment=payment, payer_split=dict(payer_split or {}), collection=dict(collection or {}),
        details=dict(details or {}), requests=requests, rate_confidential=rate_confidential, series=series,
        seller_id=seller.pk if seller else by.person_id, liaison=liaison, enquiry_id=enquiry_id,
        decision=dict(decision or {}), total=price.total, free_beds=price.free_beds, created_at=now,
    )
    booking.save(force_insert=True)
    parts.write_rooms(booking, rooms, price, types)
    parts.write_meals(booking, meals, price)
    parts.write_guests(booking, guests)
    parts.write_escorts(booking, escort_people)
    index(booking)
    note("booking.drafted", booking, enquiry_of(booking), client_of(booking), **stay(booking))
    return booking


@verb("bookings.hold")
def place_hold(booking: Booking, *, until_at: datetime | None = None, by: Actor, now: datetime) -> Booking:
    """Hold the booking's rooms until a moment; without one, until the agreement's or the hotel's usual time.

    Holding again what is held changes nothing but the time. Raises NoRoom naming nights, Invalid for a moment gone
    by, GateRefused (booking.hold-until).
    """
    until_at = until_at or rates.hold_until(booking.agreement, booking.arrival_on, now, booking.hotel)
    if until_at is not None and until_at <= now:
        raise Invalid(errors={"hold_until": [_("This moment has passed.")]})
    gate(booking.hotel_id, "booking.hold", booking.subject, attrs=stay(booking), needs={"hold_until": until_at is not None}, now=now)
    move(booking, when=(Booking.State.TENTATIVE,), hold_until_at=until_at)
    block = block_of(booking)
    if block is not None and block.state == block.State.HELD:
        inventory.extend(block, until_at=until_at, by=for_the_house(by), now=now)
        note("hold.extended", booking, hold_until=until_at)
        return booking
    inventory.hold(
        booking.hotel, about=booking.subject, label=label_of(booking), lines=inventory_lines(booking), until_at=until_at,
        by=for_the_house(by), now=now,
    )
    note("booking.held", booking, enquiry_of(booking), **stay(booking))
    return booking


def label_of(booking: Booking) -> str:
    """What the availability board writes on the bar: number and name."""
    return f"{booking.number} {booking.name}"[:120]


@verb("bookings.edit")
def attach_written(booking: Booking, *, file: StoredFile | None = None, paper: str = "", by: Actor, now: datetime) -> Booking:
    """The client's written request is here (booking.written-basis): a scan, a mail, the enquiry's own message, or a paper.

    `paper` says which paper it is and where it is kept. Raises Invalid when there is nothing one could look at.
    """
    paper = " ".join(paper.split())
    if file is None and not paper:
        if booking.written_at is not None:
            return booking
        raise Invalid(errors={"file": [_("Attach it, or say which paper it is and where it is kept.")]})
    if len(paper) > PAPER_LENGTH:
        raise Invalid(errors={"paper": [_("At most %(most)s characters.") % {"most": PAPER_LENGTH}]})
    move(
        booking, when=LIVE, written_at=booking.written_at or now, written_file=file or booking.written_file,
        written_paper=paper or booking.written_paper,
    )
    note("booking.written_basis", booking, enquiry_of(booking))
    return booking


@verb("bookings.edit")
def name_liaison(booking: Booking, *, person: Person, by: Actor, now: datetime) -> Booking:
    """Name who looks after the group (booking.liaison-named); naming another moves the open duties to him."""
    if booking.liaison_id == person.pk:
        return booking
    known = Person.objects.filter(pk=person.pk, is_active=True, appointments__hotel_id=booking.hotel_id).exists()
    if not known:
        raise Invalid(errors={"liaison": [_("This person does not work here.")]})
    move(booking, when=LIVE, liaison=person)
    note("liaison.named", booking, liaison=str(person.pk), important=booking.is_important)
    _papers_follow(booking, by=by, now=now)
    return booking


@verb("bookings.edit")
def mark_important(booking: Booking, *, reason: str, important: bool = True, by: Actor, now: datetime) -> Booking:
    """Mark a group as important, with the reason that stands on its form (booking.copies-important), or take it back."""
    if important and not reason.strip():
        raise Invalid(errors={"reason": [_("Why is this group important? The form says so.")]})
    if booking.is_important == important and booking.important_reason == reason.strip():
        return booking
    move(booking, when=LIVE, is_important=important, important_reason=reason.strip()[:200] if important else "")
    note("booking.marked_important", booking, **stay(booking, reason=reason.strip()))
    if booking.liaison_id:
        note("liaison.named", booking, liaison=str(booking.liaison_id), important=important)
    _papers_follow(booking, by=by, now=now)
    return booking


def _papers_follow(booking: Booking, *, by: Actor, now: datetime) -> None:
    from guiju.bookings.papers import follow_change  # papers stand on the same steps

    follow_change(booking, None, by=by, now=now)


@verb("bookings.edit")
def price(booking: Booking, *, by: Actor, now: datetime) -> Booking:
    """Look the rates up again, per night with where each comes from (booking.rate-by-agreement)."""
    if booking.state not in OPEN:
        raise Refusal(_("Only an open booking is priced."), code="wrong_state", state=booking.state)
    found = reprice(booking, now=now)
    note("booking.priced", booking, total=found.total, free_beds=found.free_beds)
    return booking


def reprice(booking: Booking, *, now: datetime) -> pricing.Price:
    """Price the lines in force and write rates, meals and total into them (inside a verb)."""
    rows = list(booking.rooms.filter(removed_at__isnull=True).order_by("id"))
    meals = list(booking.meal_plan.filter(removed_at__isnull=True).order_by("id"))
    found = pricing.price_booking(booking, now=now)
    for order, row in enumerate(rows):
        row.nightly = found.nightly[order]
        row.save(update_fields=["nightly"])
    for meal, cost in zip(meals, found.meals, strict=True):
        meal.amount, meal.escort_amount, meal.per, meal.total = cost.amount, cost.escort_amount, cost.per, cost.total
        meal.save(update_fields=["amount", "escort_amount", "per", "total"])
    move(booking, when=LIVE, total=found.total, free_beds=found.free_beds)
    return found
