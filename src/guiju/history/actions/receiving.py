"""A file comes in, and somebody says what its columns mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from guiju.history import fields, reading
from guiju.history.files import MIMES, Table
from guiju.history.models import Batch, Layout
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.papers.files import store
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, Refusal

State = Batch.State
SAMPLED, SHOWN = 3000, 4
DAYS = ("arrival_on", "booked_on", "departure_on", "status_on", "cancelled_on")


class AlreadyHere(Refusal):
    """The same file was taken before; `batch` is where."""

    code = "already_imported"


@verb("history.import")
def receive(hotel: Hotel, *, data: bytes, name: str, table: Table, by: Actor, now: datetime) -> Batch:
    """Keep a file that was let in (`files.open_table`) and guess its columns, or name them as its layout was named before.

    Raises AlreadyHere for a file that is in the history, or on its way into it: told, not doubled.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = Batch.objects.of(hotel.pk).filter(sha256=digest).exclude(state__in=[State.UNDONE, State.DROPPED, State.FAILED]).first()
    if known is not None:
        raise AlreadyHere(_already(known), batch=str(known.pk))
    file = store(hotel.pk, data, name, mime=MIMES[table.kind], sealed=True, now=now)
    signature = fields.signature(table.headings)
    first = [row[: len(table.headings)] for _number, row in islice(table.rows(), SAMPLED)]
    layout = Layout.objects.of(hotel.pk).filter(signature=signature).first()
    mapping = dict(layout.mapping) if layout else fields.guess(table.headings)
    options = dict(layout.options) if layout else {"hotel": hotel.name, "date_order": _order(table.headings, first, mapping), "words": {}}
    return Batch.objects.create(
        hotel=hotel,
        file=file,
        sha256=digest,
        name=name[:200],
        signature=signature,
        headings=table.headings,
        samples=[[cell[:60] for cell in row] for row in first[:SHOWN]],
        mapping={key: heading for key, heading in mapping.items() if heading in table.headings},
        options=options,
        total=table.lines,
        received_at=now,
        received_by_id=by.person_id,
    )


def _already(known: Batch) -> str:
    if known.state == State.APPLIED:
        return _("This file is in the history already, with %(rows)s rows. Undo that import first if it is to be read in again.") % {
            "rows": known.rows
        }
    return _("This file has been received already and is on its way. Go on with that one, or drop it.")


def _order(headings: list[str], rows: list[list[str]], mapping: Mapping[str, str]) -> str:
    places = [headings.index(mapping[key]) for key in DAYS if key in mapping]
    return reading.date_order([row[place] for row in rows for place in places if place < len(row)])


@verb("history.import")
def name_columns(
    batch: Batch, *, mapping: Mapping[str, str], options: Mapping[str, Any], version: int | None = None, by: Actor, now: datetime
) -> Batch:
    """Say what the columns mean (field -> heading) and have the file looked through; remembered for the next file of this layout.

    `options`: hotel (its name, where no column says it), date_order (ymd, dmy, mdy), words (status -> words that mean it).
    Raises Invalid for a field that is needed and has no column, or a column named twice.
    """
    named = {key: heading for key, heading in mapping.items() if heading}
    errors = fields.missing(named)
    for key, heading in named.items():
        if key not in fields.FIELDS:
            errors[key] = [_("There is no such field.")]
        elif heading not in batch.headings:
            errors[key] = [_("The file has no such column.")]
        elif list(named.values()).count(heading) > 1:
            errors[key] = [_("This column is named twice.")]
    chosen = {
        "hotel": str(options.get("hotel") or "").strip(),
        "date_order": str(options.get("date_order") or "ymd"),
        "words": {status: str(text)[:300] for status, text in dict(options.get("words") or {}).items() if status in reading.STATUS_WORDS and text},
    }
    if "hotel" not in named and not chosen["hotel"]:
        errors["hotel"] = [_("Name the column of the hotel, or write the hotel's name below.")]
    if len(chosen["hotel"]) > 80:
        errors["hotel_name"] = [_("At most %(most)s characters.") % {"most": 80}]
    if chosen["date_order"] not in reading.DATE_ORDERS:
        errors["date_order"] = [_("Choose the order of day, month and year.")]
    if errors:
        raise Invalid(errors=errors)
    wanted = Batch.objects.of(batch.hotel_id).filter(pk=batch.pk, state__in=[State.RECEIVED, State.CHECKED])
    if version is not None:
        wanted = wanted.filter(version=version)
    if not wanted.update(
        mapping=named, options=chosen, state=State.CHECKING, version=batch.version + 1, said={}, rows=0, bad_rows=0, aside_rows=0, done=0,
        flags={}, attempts=0, working_until_at=None, worker="",
    ):
        raise Conflict(_("Somebody else has gone on with this file meanwhile. Open it again."))
    Layout.objects.update_or_create(
        hotel_id=batch.hotel_id, signature=batch.signature, defaults={"mapping": named, "options": chosen, "used_at": now}
    )
    batch.refresh_from_db()
    return batch
