"""A person says which booking or request a modification or cancellation is about."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.enquiries.actions.taking import LIVE
from guiju.enquiries.earlier import by_number
from guiju.enquiries.models import Enquiry
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal


@verb("enquiries.handle")
def relate(enquiry: Enquiry, *, number: str, by: Actor, now: datetime) -> Enquiry:
    """Link a modification or cancellation to the booking or request with this number.

    Raises Invalid when there is none, or when it would be about itself.
    """
    if enquiry.state not in LIVE:
        raise Refusal(_("%(number)s is closed.") % {"number": enquiry.number}, code="wrong_state", state=enquiry.state)
    found = by_number(enquiry.hotel_id, number) if number.strip() else None
    if found is None:
        raise Invalid(errors={"about": [_("There is no booking and no request with this number.")]})
    if found.enquiry is not None and found.enquiry.pk == enquiry.pk:
        raise Invalid(errors={"about": [_("This is the request itself.")]})
    enquiry.save_from(enquiry.version, about=found.enquiry, about_booking=found.booking)
    enquiry.refresh_from_db()
    told = found.booking.number if found.booking else found.enquiry.number if found.enquiry else ""
    note("enquiry.linked", enquiry, ("booking", str(found.booking.pk)) if found.booking else None, about=told)
    return enquiry
