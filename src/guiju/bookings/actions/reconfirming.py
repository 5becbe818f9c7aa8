"""Before a group comes: gone through once more with the agency, names asked for, unnamed rooms decided at the cut-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.bookings import lines
from guiju.bookings.actions.changing import change
from guiju.bookings.actions.steps import OPEN, refuse_state
from guiju.bookings.models import Booking, Change, Guest, Reconfirmation
from guiju.bookings.stay import group_dates, zone_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import post_letter
from guiju.notices.models import Letter
from guiju.rooms.models import RoomType
from guiju.shelf import wording
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

HOW = ("mail", "phone", "fax", "wechat", "letter")


def _coming(booking: Booking) -> None:
    if booking.kind != Booking.Kind.GROUP:
        raise Refusal(_("This step belongs to groups."), code="not_a_group")
    if booking.state not in OPEN:
        refuse_state(booking)


@verb("bookings.liaise")
def reconfirm(
    booking: Booking, *, outcome: str, spoke_with: str = "", how: str = "phone", text: str = "", by: Actor, now: datetime
) -> Reconfirmation:
    """The group was gone through once more with agency or escort: as agreed, changed, or no answer (group.pre-arrival).

    No answer leaves the duty open; what has changed is then written as a change. Raises Invalid naming what is missing.
    """
    _coming(booking)
    errors: dict[str, list[str]] = {}
    if outcome not in Reconfirmation.Outcome.values:
        errors["outcome"] = [_("As agreed, changed, or no answer?")]
    if how not in HOW:
        errors["how"] = [_("By telephone, mail, fax?")]
    if outcome in ("as_agreed", "changed") and not spoke_with.strip():
        errors["spoke_with"] = [_("With whom?")]
    if outcome == "changed" and not text.strip():
        errors["text"] = [_("What has changed?")]
    if errors:
        raise Invalid(errors=errors)
    row = Reconfirmation.objects.create(
        hotel_id=booking.hotel_id, booking=booking, outcome=outcome, spoke_with=spoke_with.strip()[:80], how=how,
        text=text.strip()[:300], at=now, by_id=by.person_id,
    )
    note("group.reconfirmed", booking, outcome=outcome)
    return row


def address_of(booking: Booking) -> str:
    """Where letters about this group go: to whoever booked it, else to the client."""
    contact, client = booking.contact, booking.client
    return (contact.email if contact else "") or (client.email if client else "")


def names_letter(booking: Booking, names: int) -> tuple[str, str]:
    """Subject and words of the letter that asks for the rooming list, in the client's language."""
    dates = group_dates(booking)
    with override(booking.client.lang if booking.client else "zh-hans"):
        on = dates.get("rooming_list_on") or booking.arrival_on
        values = {
            "number": booking.number, "name": booking.name, "arrival": wording.day(booking.arrival_on, booking.arrival_on, weekday=False),
            "due": wording.day(on, booking.arrival_on, weekday=False), "names": names, "persons": booking.persons, "hotel": booking.hotel.name,
            "contact": booking.contact.name if booking.contact else booking.client.name if booking.client else "",
        }
        subject = _("Rooming list for %(name)s, arriving %(arrival)s (%(number)s)") % values
        body = _(
            "Dear %(contact)s,\n\nfor your group %(name)s, arriving on %(arrival)s, we have %(names)s of %(persons)s names. "
            "Please send us the rooming list by %(due)s; a spreadsheet or plain text will do.\n\n%(hotel)s"
        ) % values
    return subject, body


@verb("bookings.liaise")
def chase_names(booking: Booking, *, how: str = "mail", text: str = "", by: Actor, now: datetime) -> Letter | None:
    """Ask the client for the rooming list (booking.form-group): a letter through the outbox, or a call that is noted.

    Raises Invalid without an address, Refusal "complete" when all names are here, "sent" for a second letter on one day.
    """
    _coming(booking)
    if how not in HOW:
        raise Invalid(errors={"how": [_("By telephone, mail, fax?")]})
    names = Guest.objects.of(booking.hotel_id).filter(booking=booking, removed_at__isnull=True).count()
    if names >= booking.persons:
        raise Refusal(_("All names are here."), code="complete")
    today = now.astimezone(zone_of(booking)).date()
    letter = None
    if how == "mail":
        to, key = address_of(booking), f"names:{booking.pk}:{today.isoformat()}"
        if not to:
            raise Invalid(errors={"how": [_("No e-mail address is known: telephone, or write one into the client's file.")]})
        if Letter.objects.of(booking.hotel_id).filter(key=key).exists():
            raise Refusal(_("A letter asking for the names went out today already."), code="sent")
        subject, body = names_letter(booking, names)
        letter = post_letter(booking.hotel_id, key=key, to=to, subject=subject, body=body, about=booking.subject, by=by, now=now)
    due = group_dates(booking).get("rooming_list_on")
    note("rooming_list.chased", booking, text=text.strip()[:200], overdue=due is not None and today > due, how=how)
    return letter


@verb("bookings.edit")
def decide_cut_off(
    booking: Booking, *, room_type: RoomType | None = None, release: int = 0, reason: str = "", by: Actor, now: datetime
) -> Change | None:
    """At the cut-off somebody decides: keep the unnamed rooms, or let so many of a type go back into sale.

    Nothing goes back by itself, and what the house lets go costs the client nothing; he is told by the change notice.
    Raises Invalid for more rooms than there are, or without a reason for keeping.
    """
    _coming(booking)
    if release < 0 or not reason.strip():
        raise Invalid(errors={"reason": [_("Why? It goes into the record.")]} if release >= 0 else {"release": [_("How many rooms?")]})
    row = None
    if release:
        row = change(
            booking, version=booking.version, fields={"rooms": _fewer(booking, room_type, release)}, reason=reason, told_how="system",
            charged=False, by=by, now=now,
        )
    note("cut_off.decided", booking, text=reason.strip()[:200], released=release)
    return row


def _fewer(booking: Booking, room_type: RoomType | None, release: int) -> list[Any]:
    shapes = lines.room_shapes(booking)
    mine = [line for line in shapes if line.use == "guest" and room_type is not None and line.room_type_id == room_type.pk]
    if not mine:
        raise Invalid(errors={"room_type": [_("This booking has no such rooms.")]})
    most = max(mine, key=lambda line: line.rooms)
    if release > most.rooms or (release == most.rooms and len(shapes) == 1):
        raise Invalid(errors={"release": [_("There are %(rooms)s; to let all go, cancel the booking.") % {"rooms": most.rooms}]})
    return [replace(line, rooms=line.rooms - release) if line is most else line for line in shapes if line is not most or line.rooms > release]
