"""Which earlier request and booking a modification or cancellation speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from guiju.bookings.models import Booking
from guiju.enquiries.models import Enquiry, Message
from guiju.shelf.wording import local

NUMBER = re.compile(r"(?<![A-Za-z0-9])([EB]\d{2}-\d{3,6})(?![0-9])", re.I)
CHANGING = ("modification", "cancellation")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier request, and the booking that came of it; both None: linked to nothing."""

    enquiry: Enquiry | None = None
    booking: Booking | None = None


def earlier_of(hotel_id: UUID, read: Any, message: Message, client: Any) -> Earlier:
    """By the message's own id; else by our number named in its words. Never by guess: guesses are offered to a person."""
    if read.channel == "ota" or message.turn:
        row = by_id(hotel_id, message)
        return Earlier(row, booking_of(hotel_id, row)) if row else Earlier()
    if read.form not in CHANGING:
        return Earlier()
    for number in (read.about, *NUMBER.findall(f"{read.subject_line}\n{read.words}"[:20_000])):
        found = by_number(hotel_id, number) if number else None
        if found is not None:
            return found
    return Earlier()


def by_id(hotel_id: UUID, message: Message) -> Enquiry | None:
    """The latest request from the same sender under the same id, before this message."""
    if not message.unique_id:
        return None
    rows = Enquiry.objects.of(hotel_id).filter(message__sender=message.sender, message__unique_id=message.unique_id)
    found: Enquiry | None = rows.exclude(message=message).order_by("-message__turn", "-received_at").first()
    return found


def by_number(hotel_id: UUID, number: str) -> Earlier | None:
    """The request or booking with this number of ours."""
    number = number.strip().upper()
    booking = Booking.objects.of(hotel_id).filter(number__iexact=number).first()
    if booking is not None:
        enquiry = Enquiry.objects.of(hotel_id).filter(pk=booking.enquiry_id).first() if booking.enquiry_id else None
        return Earlier(enquiry, booking)
    row = Enquiry.objects.of(hotel_id).filter(number__iexact=number).first()
    return Earlier(row, booking_of(hotel_id, row)) if row else None


def booking_of(hotel_id: UUID, enquiry: Enquiry | None) -> Booking | None:
    """The booking that came of a request or of one that it changed, the newest first."""
    ids, at = [], enquiry
    while at is not None and at.pk not in ids and len(ids) < 20:
        ids.append(at.pk)
        at = at.about
    rows = Booking.objects.of(hotel_id).filter(enquiry_id__in=ids)
    found: Booking | None = rows.order_by("-created_at").first()
    return found


def candidates(enquiry: Enquiry, most: int = 5) -> list[Booking]:
    """Bookings that an unlinked modification or cancellation may mean: same client or name, nearest arrival first."""
    who = Q()
    if enquiry.client_id:
        who |= Q(client_id=enquiry.client_id)
    guests = str((enquiry.fields.get("guests") or {}).get("value") or "").strip()
    for name in (enquiry.client_name.strip(), guests):
        if len(name) >= 2:
            who |= Q(name__iexact=name)
    if not who:
        return []
    rows = Booking.objects.of(enquiry.hotel_id).filter(who, departure_on__gte=local(enquiry.received_at).date())
    rows = rows.exclude(state__in=(Booking.State.CANCELLED, Booking.State.LAPSED, Booking.State.DEPARTED))
    found = list(rows.order_by("arrival_on")[:50])
    if enquiry.arrival_on:
        wanted = enquiry.arrival_on
        found.sort(key=lambda row: abs((row.arrival_on - wanted).days))
    return found[:most]
