"""Arrivals as the PMS tells them: a file of bookings with arrived, no-show or departed; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.bookings.actions.closing import mark_arrived, mark_departed, mark_no_show
from guiju.bookings.models import Booking
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

State = Booking.State
MARKS: dict[str, Callable[..., Booking]] = {"arrived": mark_arrived, "no_show": mark_no_show, "departed": mark_departed}
# What a file may say again later: who has left had come.
DONE = {"arrived": {State.ARRIVED, State.DEPARTED}, "no_show": {State.NO_SHOW}, "departed": {State.DEPARTED}}


@dataclass(slots=True)
class Told:
    """One line of the file, and afterwards what became of it: done, already, or what is wrong."""

    row: int
    number: str
    what: str  # arrived | no_show | departed
    name: str = ""
    outcome: str = ""
    wrong: str = ""


@verb("bookings.arrivals")
def take_arrivals(hotel: Hotel, *, rows: Sequence[Told], by: Actor, now: datetime) -> int:
    """Mark everybody in the list; how many marks were new. The same list again changes nothing.

    Raises Invalid naming each row that cannot be marked; then none was. Each row is told its outcome.
    """
    numbers = {told.number for told in rows}
    there = {row.number: row for row in Booking.objects.of(hotel.pk).select_related("hotel", "client").filter(number__in=numbers)}
    errors: dict[str, list[str]] = {}
    for told in rows:
        _take(told, there.get(told.number), by, now)
        if told.wrong:
            errors[_("row {n}").format(n=told.row)] = [told.wrong]
    if errors:
        raise Invalid(errors=errors)
    return sum(told.outcome == "done" for told in rows)


def _take(told: Told, booking: Booking | None, by: Actor, now: datetime) -> None:
    if told.wrong:
        return
    if booking is None:
        told.wrong = _("There is no booking with the number %(number)s.") % {"number": told.number[:40]}
        return
    told.name = booking.name
    if booking.state in DONE[told.what]:
        told.outcome = "already"
        return
    try:
        MARKS[told.what](booking, by=by, now=now)
    except Invalid as wrong:
        told.wrong = " ".join(text for texts in wrong.errors.values() for text in texts) or wrong.message
    except Refusal as refused:
        told.wrong = _words(refused, booking)
    else:
        told.outcome = "done"


def _words(refused: Any, booking: Booking) -> str:
    if refused.code == "gate":
        return _("The standard does not allow it yet: open the booking.")
    if refused.code == "wrong_state":
        return _("The booking is %(state)s.") % {"state": booking.get_state_display()}
    return str(refused.message)
