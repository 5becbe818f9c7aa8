"""Service lines: what was ordered for a group, with which department, and whether it is arranged (group.order-details)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.bookings.actions.steps import refuse_state
from guiju.bookings.models import Booking, ServiceLine
from guiju.house.facts import DEPARTMENTS
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal

SERVICES = (
    "rooms", "meals", "meal_time", "tickets", "transfer", "guide", "luggage", "wake_up", "meeting", "sign", "request",
)
CLOSED = (Booking.State.CANCELLED, Booking.State.LAPSED, Booking.State.NO_SHOW)


@verb("bookings.service")
def order_service(
    booking: Booking, *, service: str, department: str, text: str, at: datetime | None = None, by: Actor, now: datetime
) -> ServiceLine:
    """Order something with a department; it stays open until that department confirms it."""
    if booking.state in CLOSED:
        refuse_state(booking)
    errors: dict[str, list[str]] = {}
    if service not in SERVICES:
        errors["service"] = [_("Which kind of service?")]
    if department not in DEPARTMENTS:
        errors["department"] = [_("Which department?")]
    if not text.strip():
        errors["text"] = [_("What is ordered?")]
    if errors:
        raise Invalid(errors=errors)
    line = ServiceLine.objects.create(
        hotel_id=booking.hotel_id, booking=booking, service=service, department=department, text=text.strip()[:200], at=at,
        ordered_at=now,
    )
    note("service_line.ordered", ("service_line", line.pk), booking, service=service, department=department, needed_at=at)
    return line


@verb("bookings.service")
def confirm_service(line: ServiceLine, *, by: Actor, now: datetime) -> ServiceLine:
    """The department has arranged it. Only its own people (or sales for it) say so; saying it twice changes nothing."""
    if not by.departments & {line.department, "sales"} and not by.everything:
        raise NotAllowed(_("This line is another department's."), permission="bookings.service")
    done = ServiceLine.objects.of(line.hotel_id).filter(
        pk=line.pk, confirmed_at__isnull=True, dropped_at__isnull=True
    ).update(confirmed_at=now, confirmed_by_id=by.person_id)
    line.refresh_from_db()
    if line.dropped_at is not None:
        raise Refusal(_("This line was dropped."), code="dropped")
    if done:
        note("service_line.confirmed", ("service_line", line.pk), line.booking, department=line.department)
    return line


@verb("bookings.service")
def drop_service(line: ServiceLine, *, by: Actor, now: datetime) -> ServiceLine:
    """It is not wanted any more. Dropping twice changes nothing."""
    if ServiceLine.objects.of(line.hotel_id).filter(pk=line.pk, dropped_at__isnull=True).update(dropped_at=now):
        note("service_line.dropped", ("service_line", line.pk), line.booking)
    line.refresh_from_db()
    return line
