"""What leaves the history as a table: rows that were left out, in the layout of their file; totals; pace."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, cast

from django.http import HttpResponse
from django.utils.translation import gettext as _

from guiju.history.figures import Line
from guiju.history.models import BadRow, Batch
from guiju.history.pace import Pace
from guiju.shelf.tables import Column, export

BELOW_ZERO = re.compile(r"-\d+(\.\d+)?")


def left_rows(batch: Batch, *, aside: bool, fmt: str) -> HttpResponse:
    """Rows with errors (or set aside) under the file's own headings, so that the same columns are known again when they come back."""
    rows = BadRow.objects.of(batch.hotel_id).filter(batch=batch, aside=aside).order_by("row_number").values_list("cells", flat=True)
    columns = [Column(heading, _cell(place)) for place, heading in enumerate(batch.headings)]
    return cast(HttpResponse, export(rows.iterator(500), columns, f"{batch.name.rpartition('.')[0] or batch.name}-rows", fmt))


def _cell(place: int) -> Any:
    """The cell as it was; a rate of -6.38 stays a number, other text is made safe against spreadsheets that take it for a formula."""

    def get(cells: list[str]) -> Any:
        text = cells[place] if place < len(cells) else ""
        return Decimal(text) if BELOW_ZERO.fullmatch(text) else text

    return get


def total_columns(by: str) -> list[Any]:
    """The columns of the totals: as the page shows them."""
    key = {"month": _("Month of arrival"), "segment": _("Segment"), "channel": _("Channel")}[by]
    return [
        (_("Hotel"), "hotel"), (key, "month" if by == "month" else "key"), (_("Bookings"), "bookings"), (_("of them in groups"), "grouped"),
        (_("Cancelled"), "cancelled"), (_("No-shows"), "no_show"), (_("Stayed"), "stayed"), (_("Room nights"), "room_nights"),
        (_("Room revenue"), "revenue"), (_("Average rate"), "average"), (_("Cancelled, %"), "cancelled_rate"), (_("No-shows, %"), "no_show_rate"),
    ]


def pace_columns() -> list[Any]:
    """The columns of the pace: all three measures."""
    found: list[Any] = [(_("Month of arrival"), lambda line: f"{line.month_on:%Y-%m}")]
    names = {"bookings": _("bookings"), "room_nights": _("room nights"), "revenue": _("revenue")}
    kinds = (
        ("now", _("On the books")), ("before", _("Same time last year")), ("ended", _("Last year in the end")),
        ("week", _("Picked up in 7 days")), ("month", _("Picked up in 30 days")),
    )
    for kind, label in kinds:
        found += [(f"{label}: {name}", _amount(kind, measure)) for measure, name in names.items()]
    return found


def _amount(kind: str, measure: str) -> Any:
    def get(line: Pace) -> Any:
        amount = getattr(line, kind)
        return None if amount is None else getattr(amount, measure)

    return get


def exported_totals(lines: list[Line], by: str, fmt: str) -> HttpResponse:
    """The totals as a download."""
    return cast(HttpResponse, export(lines, total_columns(by), f"history-by-{by}", fmt))


def exported_pace(lines: list[Pace], fmt: str) -> HttpResponse:
    """The pace as a download."""
    return cast(HttpResponse, export(lines, pace_columns(), "pace", fmt))
