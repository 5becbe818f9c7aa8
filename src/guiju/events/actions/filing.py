"""After the event: what it was, the bill, opinions, photos, the file, the clerk's library, next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.events import pricing
from guiju.events.actions.selling import write_counts
from guiju.events.actions.steps import OVER, Errors, complain, fresh, move, need_open
from guiju.events.models import Enclosure, Event, EventLine
from guiju.events.shape import attrs_of, lines_of, sums, today_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.files import MIMES, admitted, store
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.shelf.tables import MAX_BYTES

FILE_KINDS = ("pdf", "png", "jpeg", "tiff")


@verb("events.file")
def took_place(
    event: Event, *, counts: Mapping[UUID, Sequence[int]], used: Mapping[UUID, Decimal] | None = None, by: Actor, now: datetime
) -> Event:
    """It was held: how many came to each function (persons, tables), and what was used of lines charged by quantity.

    Raises Invalid before it begins or naming the function, Refusal unless it is definite. May be corrected until the file is handed in.
    """
    need_open(event, (Event.State.DEFINITE, Event.State.HELD))
    event = fresh(event)
    if event.starts_at is None or now < event.starts_at:
        raise Invalid(errors={"counts": [_("It has not begun yet.")]})
    write_counts(event, counts, "actual")
    _write_used(event, used or {})
    event = fresh(event)
    if any(row.actual_persons is None for row in event.functions.filter(removed_at__isnull=True)):
        raise Invalid(errors={"counts": [_("How many came to each function?")]})
    move(event, when=(Event.State.DEFINITE, Event.State.HELD), state=Event.State.HELD, bill_total=sums(event)[pricing.CHARGED].total)
    note("event.held", event, **attrs_of(event, now))
    return event


def _write_used(event: Event, used: Mapping[UUID, Decimal]) -> None:
    errors: Errors = {}
    rows = {line.pk: line for line in lines_of(event) if line.basis == EventLine.Basis.PIECE}
    for pk, quantity in used.items():
        if pk not in rows or not quantity.is_finite() or not 0 <= quantity < 1_000_000:
            errors["used"] = [_("This is no possible number.")]
    complain(errors)
    for pk, quantity in used.items():
        EventLine.objects.of(event.hotel_id).filter(pk=pk).update(actual_quantity=quantity)


@verb("events.file")
def enclose(event: Event, *, what: str, data: bytes, name: str, caption: str = "", by: Actor, now: datetime) -> Enclosure:
    """Put a file to the event: contract, photo, bill or opinion. The same file twice is one. Raises Invalid for no such file."""
    if what not in Enclosure.What.values:
        raise Invalid(errors={"what": [_("What is it?")]})
    if event.state == Event.State.ARCHIVED:
        raise Refusal(_("The file is archived."), code="wrong_state", state=event.state)
    if len(data) > MAX_BYTES:
        raise Invalid(errors={"file": [_("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024}]})
    kind = admitted(data, name, kinds=FILE_KINDS)
    kept = store(event.hotel_id, data, name, mime=MIMES[kind], now=now)
    known = Enclosure.objects.of(event.hotel_id).filter(event=event, file=kept).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            row = Enclosure.objects.create(
                hotel_id=event.hotel_id, event=event, what=what, file=kept, caption=" ".join(caption.split())[:120], at=now, by_id=by.person_id
            )
    except IntegrityError:  # the same file in the same moment
        return Enclosure.objects.get(event=event, file=kept)
    note("event.enclosed", event, what=what)
    return row


@verb("events.file")
def file_event(event: Event, *, report: Mapping[str, Any], by: Actor, now: datetime) -> Event:
    """Hand the event's file in to the clerk (event.file): bill number and money received, opinions, problems, rival hotels, next time.

    `report`: bill_number, bill_received, opinions, problems, rivals, occasion, requests, again_on (by default a year later).
    Raises Invalid at the field, Refusal before it was held. What is still missing is listed, not refused.
    """
    need_open(event, (Event.State.HELD, Event.State.FILED))
    errors: Errors = {}
    values: dict[str, Any] = {}
    for key, most in (("bill_number", 40), ("opinions", 2000), ("problems", 2000), ("rivals", 120), ("occasion", 200), ("requests", 2000)):
        if key in report:
            values[key] = str(report[key] or "").strip()
            if len(values[key]) > most:
                errors[key] = [_("At most %(most)s characters.") % {"most": most}]
    if not values.get("opinions", event.opinions):
        errors["opinions"] = [_("What did the client say? If nothing, write that.")]
    received = report.get("bill_received")
    if received is not None:
        if not 0 <= received < Decimal(100_000_000):
            errors["bill_received"] = [_("This is no possible amount.")]
        values["bill_received"] = received
    again_on: date = report.get("again_on") or event.again_on or event.on + relativedelta(years=1)
    if again_on <= today_of(event, now):
        errors["again_on"] = [_("This day has passed.")]
    complain(errors)
    move(event, when=(Event.State.HELD, Event.State.FILED), state=Event.State.FILED, filed_at=now, again_on=again_on, **values)
    event = fresh(event)
    note("event.filed", event, **attrs_of(event, now))
    return event


@verb("events.archive")
def archive_event(event: Event, *, place: str, by: Actor, now: datetime) -> Event:
    """The clerk puts the file into the library, class large events (event.archive). Raises Invalid without a place, Refusal before it is filed."""
    place = " ".join(place.split())
    if not 1 <= len(place) <= 80:
        raise Invalid(errors={"place": [_("Where is it kept? Cabinet, shelf or folder.")]})
    move(event, when=(Event.State.FILED,), state=Event.State.ARCHIVED, archived_at=now, archive_place=place, closed_at=now)
    note("event.archived", event, place=place, **attrs_of(event, now))
    return event


@verb("events.edit")
def ask_again(event: Event, *, reason: str, by: Actor, now: datetime) -> Event:
    """The client was asked about next time and will not come, or not yet (event.archive/again). Raises Invalid without what he said."""
    reason = " ".join(reason.split())
    if not 2 <= len(reason) <= 200:
        raise Invalid(errors={"reason": [_("What did the client say? At most 200 characters.")]})
    need_open(event, OVER)
    note("event.asked_again", event, reason=reason)
    return event
