"""A hall out of order: nobody can have it until it is repaired."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.function_space.actions.taking import OUT, let_go, take
from guiju.function_space.models import Function, Hall
from guiju.function_space.spans import LONGEST_REPAIR, Span, checked
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal


@verb("function_space.maintain")
def put_out_of_order(hotel: Hotel, *, hall: Hall, from_at: datetime, until_at: datetime, reason: str, by: Actor, now: datetime) -> Function:
    """Nobody can have the hall for a while. Raises HallTaken naming the functions that stand in it, Invalid at the field."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why.")]})
    span = checked(Span(from_at, until_at), longest=LONGEST_REPAIR)
    if until_at <= now:
        raise Invalid(errors={"until_at": [_("This time has passed.")]})
    row = Function(hotel_id=hotel.pk, state=OUT, label=reason.strip()[:120], about_kind="function", handler_id=by.person_id,
                   created_at=now, updated_at=now)
    row.about_id = str(row.pk)
    take(hotel, row, hall, span, now=now)
    note("hall.out_of_order", row, hall, text=row.label, from_at=from_at, until_at=until_at)
    return row


@verb("function_space.maintain")
def put_back_in_order(function: Function, *, by: Actor, now: datetime) -> Function:
    """The hall may be let again from now on; who waits for it is told. Repeating changes nothing."""
    if function.state != OUT and function.over_at is None:
        raise Refusal(_("This is no repair."), code="no_repair")
    if let_go(function, Function.State.RELEASED, _("repaired"), now=now, state=OUT):
        note("hall.back_in_order", function, function.hall)
    return function
