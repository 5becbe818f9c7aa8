"""A request is taken in hand, handed over, waited for, withdrawn, or merged into the one it repeats."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.enquiries import points
from guiju.enquiries.models import Enquiry
from guiju.house.models import Person
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

OPEN = (Enquiry.State.OPEN,)
LIVE = (Enquiry.State.OPEN, Enquiry.State.ANSWERED, Enquiry.State.BOOKED, Enquiry.State.REGRETTED)


def attrs_of(enquiry: Enquiry) -> dict[str, Any]:
    """What the facts and gates about this request say of it."""
    received_on = enquiry.received_at.astimezone(ZoneInfo(enquiry.hotel.zone)).date()
    return points.request_attrs(enquiry, local_received_on=received_on)


def move(
    enquiry: Enquiry, *, when: tuple[str, ...], also: dict[str, Any] | None = None, **changes: Any
) -> None:
    """Write `changes` if the request is in one of these states (and `also`), else refuse ("wrong_state")."""
    rows = Enquiry.objects.of(enquiry.hotel_id).filter(pk=enquiry.pk, state__in=when, **(also or {}))
    if not rows.update(version=F("version") + 1, **changes):
        found = Enquiry.objects.of(enquiry.hotel_id).get(pk=enquiry.pk)
        raise Refusal(
            _("%(number)s is “%(state)s”; this step does not fit.")
            % {"number": found.number, "state": found.get_state_display()},
            code="wrong_state",
            state=found.state,
        )
    enquiry.refresh_from_db()


@verb("enquiries.handle")
def take(enquiry: Enquiry, *, by: Actor, now: datetime) -> Enquiry:
    """Take a request in hand (booking.handle-at-once). Raises Refusal "taken" naming who has it already."""
    mine = Enquiry.objects.of(enquiry.hotel_id).filter(pk=enquiry.pk, taken_at__isnull=True, state__in=LIVE)
    if not mine.update(handler_id=by.person_id, taken_at=now, version=F("version") + 1):
        found = Enquiry.objects.of(enquiry.hotel_id).select_related("handler").get(pk=enquiry.pk)
        if found.taken_at is not None and found.handler_id == by.person_id:
            enquiry.refresh_from_db()
            return enquiry
        if found.taken_at is not None and found.handler is not None:
            raise Refusal(
                _("%(number)s is in the hands of %(who)s.")
                % {"number": found.number, "who": found.handler.name},
                code="taken",
                handler=found.handler.name,
            )
        raise Refusal(
            _("%(number)s is closed.") % {"number": found.number}, code="wrong_state", state=found.state
        )
    enquiry.refresh_from_db()
    note("enquiry.taken", enquiry, handler=str(by.person_id))
    return enquiry


@verb("enquiries.handle")
def hand_over(enquiry: Enquiry, *, to: Person, by: Actor, now: datetime) -> Enquiry:
    """Give a request to a colleague; what is owed about it is owed by him. Raises Invalid for a stranger."""
    if not Person.objects.filter(pk=to.pk, is_active=True, appointments__hotel_id=enquiry.hotel_id).exists():
        raise Invalid(errors={"to": [_("This person does not work here.")]})
    move(enquiry, when=LIVE, handler=to, taken_at=enquiry.taken_at or now)
    note("enquiry.taken", enquiry, handler=str(to.pk))
    return enquiry


@verb("enquiries.handle")
def ask_to_wait(enquiry: Enquiry, *, by: Actor, now: datetime) -> Enquiry:
    """The client wants to think: the time to reply stands still until he answers (booking.reply-30)."""
    move(enquiry, when=LIVE, also={"waiting_since_at__isnull": True}, waiting_since_at=now)
    note("client.asked_to_wait", enquiry)
    return enquiry


@verb("enquiries.handle")
def client_answered(enquiry: Enquiry, *, by: Actor, now: datetime) -> Enquiry:
    """The client has answered: the time runs on."""
    move(enquiry, when=LIVE, also={"waiting_since_at__isnull": False}, waiting_since_at=None)
    note("client.answered", enquiry)
    return enquiry


@verb("enquiries.handle")
def withdraw(enquiry: Enquiry, *, reason: str, by: Actor, now: datetime) -> Enquiry:
    """The client no longer asks: nothing is owed any more. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Why was it withdrawn?")]})
    move(
        enquiry,
        when=(Enquiry.State.OPEN, Enquiry.State.ANSWERED),
        state=Enquiry.State.WITHDRAWN,
        waiting_since_at=None,
    )
    note("enquiry.withdrawn", enquiry, reason=reason.strip()[:200])
    return enquiry


@verb("enquiries.handle")
def merge(enquiry: Enquiry, *, into: Enquiry, by: Actor, now: datetime) -> Enquiry:
    """The same request as another: only that one is answered. Raises Invalid for itself or a closed one."""
    if into.pk == enquiry.pk or into.hotel_id != enquiry.hotel_id or into.state not in LIVE:
        raise Invalid(errors={"into": [_("Choose another request that is still open.")]})
    move(
        enquiry,
        when=(Enquiry.State.OPEN, Enquiry.State.ANSWERED),
        state=Enquiry.State.MERGED,
        merged_into=into,
    )
    note("enquiry.merged", enquiry, into=str(into.pk))
    return enquiry
