"""The PMS's arrivals file: which booking, and arrived, no-show or departed, in the words PMSs use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from guiju.bookings.actions.arriving import Told
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Line

NUMBER = ("预订号", "编号", "订单号", "确认号", "预订编号", "Number", "Booking", "Booking number", "Confirmation", "Confirmation number")
STATUS = ("状态", "到店状态", "房态", "Status", "State")
WORDS = {
    "arrived": ("arrived", "in house", "in-house", "checked in", "checked-in", "check-in", "ci", "到店", "已到店", "已到", "入住", "已入住", "在住"),
    "no_show": ("no_show", "no-show", "no show", "noshow", "ns", "未到", "未到店", "应到未到"),
    "departed": ("departed", "checked out", "checked-out", "check-out", "co", "离店", "已离店", "已离", "退房", "已退房"),
}
EXPECTED = ("", "expected", "due in", "reserved", "confirmed", "tentative", "预订", "预抵", "待到", "已确认", "未确认")
SAID = {word: what for what, words in WORDS.items() for word in words}


def told_from(lines: Iterable[Line]) -> list[Told]:
    """The lines that say something; who is only expected is left out. Raises Invalid when a column is missing."""
    listed = list(lines)
    heads = {head.strip().casefold() for line in listed for head in line}
    for wanted in (NUMBER, STATUS):
        if listed and not heads & {head.casefold() for head in wanted}:
            raise Invalid(errors={"file": [_("Columns missing: %(heads)s") % {"heads": wanted[0]}]})
    found = []
    for line in listed:
        cells = {head.strip().casefold(): cell for head, cell in line.items()}
        number, said = _cell(cells, NUMBER), _cell(cells, STATUS)
        if said.casefold() in EXPECTED:
            continue
        told = Told(line.number, number.upper(), SAID.get(said.casefold(), ""))
        if not number:
            told.wrong = _("The booking number is missing.")
        elif not told.what:
            told.wrong = _("“%(said)s” is neither arrived, no-show nor departed.") % {"said": said[:40]}
        found.append(told)
    return found


def _cell(cells: dict[str, Any], heads: tuple[str, ...]) -> str:
    return next((str(cells[head.casefold()]).strip() for head in heads if cells.get(head.casefold()) is not None), "")
