"""What the booking verbs share: moving a booking from one state to another, and acting for the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.bookings.models import Booking
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal

OPEN = (Booking.State.TENTATIVE, Booking.State.CONFIRMED)
LIVE = (*OPEN, Booking.State.ARRIVED)


def move(booking: Booking, *, when: tuple[str, ...], also: Mapping[str, Any] | None = None, **changes: Any) -> None:
    """Write `changes` if the booking is in one of the states `when` (and `also` holds), whoever else is at it.

    Raises Refusal "wrong_state" naming the state it is really in.
    """
    rows = Booking.objects.of(booking.hotel_id).filter(pk=booking.pk, state__in=when, **(also or {}))
    if not rows.update(version=F("version") + 1, **changes):
        refuse_state(Booking.objects.of(booking.hotel_id).get(pk=booking.pk))
    for key, value in changes.items():
        setattr(booking, key, value)
    booking.version = Booking.objects.of(booking.hotel_id).values_list("version", flat=True).get(pk=booking.pk)


def refuse_state(booking: Booking) -> None:
    """Say in which state the booking is, so that this step cannot be taken."""
    raise Refusal(
        _("%(number)s is “%(state)s”; this step does not fit.")
        % {"number": booking.number, "state": booking.get_state_display()},
        code="wrong_state",
        state=booking.state,
    )


def for_the_house(by: Actor) -> Actor:
    """The same person, when his step has a consequence in another room that his posts do not have as a step of its own.

    A no-show tapped at the front desk gives rooms back; a confirmation takes credit.
    """
    return replace(by, everything=True)


def enquiry_of(booking: Booking) -> tuple[str, str] | None:
    """The enquiry the booking came from, as a subject of its facts."""
    return ("enquiry", str(booking.enquiry_id)) if booking.enquiry_id else None


def client_of(booking: Booking) -> tuple[str, str] | None:
    """The client, as a subject of the booking's facts."""
    return ("client", str(booking.client_id)) if booking.client_id else None


def tell_names(booking: Booking, names: int) -> None:
    """Note whether a confirmed group's rooming list has a name for every guest; no name at all is nothing to note."""
    if names >= booking.persons:
        note("rooming_list.complete", booking, names=names, persons=booking.persons)
    elif names:
        note("rooming_list.short", booking, names=names, persons=booking.persons)
