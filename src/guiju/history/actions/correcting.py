"""Rows with errors are put right where they stand, or set aside; a row set aside can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from guiju.history import bulk
from guiju.history.models import BadRow, Batch, PastBooking
from guiju.history.reading import RowReader, said
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, Refusal

State = Batch.State
MOST_SIGNS = 200


@verb("history.import")
def correct_row(batch: Batch, *, row_number: int, values: Mapping[str, str], everywhere: bool = False, by: Actor, now: datetime) -> int:
    """Write these values (field -> text) into a row; how many rows are right now and go with the others.

    `everywhere`: the same wrong value in the same column of other rows is put right too. Raises Invalid by field while the row
    is still wrong, and changes nothing.
    """
    batch = _standing(batch)
    bad = BadRow.objects.of(batch.hotel_id).filter(batch=batch, row_number=row_number).first()
    if bad is None:
        raise Missing("no such row")
    places = {key: batch.headings.index(heading) for key, heading in batch.mapping.items()}
    unknown = sorted(set(values) - set(places))
    if unknown:
        raise Invalid(errors={unknown[0]: [_("The file has no such column.")]})
    long = sorted(key for key, text in values.items() if len(text) > MOST_SIGNS)
    if long:
        raise Invalid(errors={long[0]: [_("At most %(most)s characters.") % {"most": MOST_SIGNS}]})
    was = {places[key]: (_cell(bad.cells, places[key]), text) for key, text in values.items()}
    reader = RowReader(batch.headings, batch.mapping, batch.options)
    taken, errors = reader.read(_with(bad.cells, {place: new for place, (_old, new) in was.items()}))
    if errors:
        raise Invalid(errors={key: [said(error)] for key, error in errors.items()})
    rows = [{**taken, "row_number": bad.row_number}]
    done = [bad.pk]
    if everywhere:
        for other in BadRow.objects.of(batch.hotel_id).filter(batch=batch, aside=False).exclude(pk=bad.pk).iterator(500):
            cells = _with(other.cells, {place: new for place, (old, new) in was.items() if old != new and _cell(other.cells, place) == old})
            if cells != other.cells:
                taken, errors = reader.read(cells)
                if not errors:
                    rows.append({**taken, "row_number": other.row_number})
                    done.append(other.pk)
    _let_in(batch, bad, rows, done)
    return len(done)


def _let_in(batch: Batch, bad: BadRow, rows: list[dict[str, object]], done: Sequence[object]) -> None:
    for place in range(0, len(rows), bulk.CHUNK):
        bulk.insert(batch, PastBooking, rows[place : place + bulk.CHUNK])
    BadRow.objects.of(batch.hotel_id).filter(pk__in=done).delete()
    aside = int(bad.aside)
    flags = dict(batch.flags)
    for row in rows:
        for flag in str(row["flags"]).split():
            flags[flag] = flags.get(flag, 0) + 1
    days = [row["arrival_on"] for row in rows]
    first, last = min(days), max(days)  # type: ignore[type-var]
    Batch.objects.filter(pk=batch.pk).update(
        rows=F("rows") + len(done),
        bad_rows=F("bad_rows") - (len(done) - aside),
        aside_rows=F("aside_rows") - aside,
        flags=flags,
        first_arrival_on=min(filter(None, (batch.first_arrival_on, first))),  # type: ignore[type-var]
        last_arrival_on=max(filter(None, (batch.last_arrival_on, last))),  # type: ignore[type-var]
        past_hotels=sorted({*batch.past_hotels, *(str(row["past_hotel"]) for row in rows)}),
    )
    batch.refresh_from_db()


@verb("history.import")
def set_aside(batch: Batch, *, row_numbers: Sequence[int] | None = None, by: Actor, now: datetime) -> int:
    """Leave rows with errors out of this batch (all of them, or these); they can be downloaded in the same layout. How many."""
    return _move(batch, row_numbers, aside=True)


@verb("history.import")
def take_back(batch: Batch, *, row_numbers: Sequence[int] | None = None, by: Actor, now: datetime) -> int:
    """Rows set aside are to be put right after all. How many."""
    return _move(batch, row_numbers, aside=False)


def _move(batch: Batch, row_numbers: Sequence[int] | None, *, aside: bool) -> int:
    batch = _standing(batch)
    rows = BadRow.objects.of(batch.hotel_id).filter(batch=batch, aside=not aside)
    if row_numbers is not None:
        rows = rows.filter(row_number__in=row_numbers)
    many = rows.update(aside=aside)
    if row_numbers and not many:
        raise Missing("no such row")
    sign = 1 if aside else -1
    Batch.objects.filter(pk=batch.pk).update(bad_rows=F("bad_rows") - sign * many, aside_rows=F("aside_rows") + sign * many)
    batch.refresh_from_db()
    return many


def _standing(batch: Batch) -> Batch:
    """The batch as it is now, kept still for this step. Raises Refusal when it is not open for corrections."""
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.state != State.CHECKED:
        raise Refusal(_("This file is not open for corrections now."), code="not_open")
    batch.refresh_from_db()
    return batch


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _with(cells: Sequence[str], changes: Mapping[int, str]) -> list[str]:
    found = list(cells)
    for place, text in changes.items():
        found.extend([""] * (place + 1 - len(found)))
        found[place] = text
    return found
