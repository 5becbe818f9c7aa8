"""What others sell counts: walk-ins, PMS and OTA sales and rooms out of order come through the same door.

Each seller's own reference is one block; the same reference again replaces what it said before and never
doubles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms.actions.blocks import block_of, change, nights_of, release, sell_directly
from guiju.rooms.lines import Line, cells_of, nights_between
from guiju.rooms.models import Block
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

SOURCES = (Block.Source.WALK_IN, Block.Source.PMS, Block.Source.OTA, Block.Source.OUT_OF_ORDER)
ABOUT = "elsewhere"
MOST_REFERENCE = 40


@dataclass(slots=True)
class Report:
    """All that one seller said about one reference; no lines: everything given back."""

    source: str
    reference: str
    lines: list[Line] = field(default_factory=list)
    label: str = ""


@verb("rooms.elsewhere")
def sold_elsewhere(
    hotel: Hotel,
    *,
    source: str,
    reference: str,
    lines: Iterable[Line],
    label: str = "",
    by: Actor,
    now: datetime,
) -> Block | None:
    """Enter what was sold (or put out of order) elsewhere; the same reference again replaces its own rows.

    `source` is walk_in, pms, ota or out_of_order; no lines means that all of it was given back. Raises
    NoRoom with the
    nights that are short and nothing changed; Invalid for an unknown source or no reference. Implements
    booking.no-oversell.
    """
    return _enter(hotel, Report(source, reference, list(lines), label), by, now)


@verb("rooms.elsewhere")
def sold_elsewhere_all(hotel: Hotel, *, reports: Sequence[Report], by: Actor, now: datetime) -> int:
    """Enter a whole list (an import): all of it or nothing; how many references were new or said something
    else.

    What is given back is entered before what is taken, so that rooms moved from one reference to another
    are no shortage.
    """
    seen: set[tuple[str, str]] = set()
    for report in reports:
        if (report.source, report.reference) in seen:
            raise Invalid(errors={"reference": [_("%(ref)s is listed twice.") % {"ref": report.reference}]})
        seen.add((report.source, report.reference))
    by_about = {(report.source, report.reference): report for report in reports}
    changed = 0
    for report in sorted(
        by_about.values(), key=lambda report: (bool(report.lines), report.source, report.reference)
    ):
        before = _stamp(hotel, report)
        _enter(hotel, report, by, now)
        changed += before != _stamp(hotel, report)
    return changed


def _stamp(hotel: Hotel, report: Report) -> tuple[str, dict[object, int]] | None:
    block = block_of(hotel.pk, about_of(report.source, report.reference))
    return (block.state, dict[object, int](nights_of(block).items())) if block else None


def about_of(source: str, reference: str) -> tuple[str, str]:
    """How a seller's reference is named in blocks and in the ledger."""
    return (ABOUT, f"{source}:{reference}")


def _enter(hotel: Hotel, report: Report, by: Actor, now: datetime) -> Block | None:
    reference = report.reference.strip()
    if report.source not in SOURCES:
        raise Invalid(errors={"source": [_("Choose walk-in, PMS, OTA or out of order.")]})
    if not reference or len(reference) > MOST_REFERENCE:
        raise Invalid(
            errors={
                "reference": [
                    _("Give a reference of at most %(most)s characters.") % {"most": MOST_REFERENCE}
                ]
            }
        )
    about, label = about_of(report.source, reference), (report.label or reference)[:120]
    block = block_of(hotel.pk, about)
    if not report.lines:
        if block is not None and release(block, by=by, now=now):
            note("rooms.given_back_elsewhere", hotel, source=report.source, reference=reference)
        return block
    if block is None or block.state == Block.State.RELEASED:
        block = sell_directly(
            hotel, about=about, label=label, lines=report.lines, source=report.source, by=by, now=now
        )
    elif nights_of(block) == cells_of(hotel.pk, report.lines):
        if report.label and label != block.label:
            change(block, report.lines, label=label, by=by, now=now)
        return block
    else:
        change(block, report.lines, label=label, by=by, now=now)
    for line in report.lines:
        note(
            "rooms.sold_elsewhere",
            line.room_type,
            source=report.source,
            reference=reference,
            rooms=line.rooms,
            night=line.from_on,
            until_on=line.until_on,
        )
    return block


def room_nights(lines: Iterable[Line]) -> int:
    """How many room nights these lines are."""
    return sum(line.rooms * len(nights_between(line.from_on, line.until_on)) for line in lines)
