"""Tables of this room: what others sold, and room types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from guiju.rooms.actions import Report
from guiju.rooms.forms import SOURCES
from guiju.rooms.lines import Line as Rooms
from guiju.rooms.queries import lines_from, types_by_word
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Line

ELSEWHERE: dict[str, Any] = {
    "source": gettext_lazy("Sold by"),
    "reference": gettext_lazy("Their reference"),
    "label": gettext_lazy("Name or remark"),
    "room_type": gettext_lazy("Room type"),
    "from_on": gettext_lazy("Arrival"),
    "until_on": gettext_lazy("Departure"),
    "rooms": gettext_lazy("Number of rooms"),
}
TYPES: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "name_en": gettext_lazy("English name"),
    "short_name": gettext_lazy("Short name"),
    "words": gettext_lazy("How clients write it"),
    "physical": gettext_lazy("Rooms there are"),
    "beds": gettext_lazy("Beds"),
    "order": gettext_lazy("Place in lists"),
}


ALIASES = {
    "code": ("房型代码", "房型编码"), "name": ("房型", "房型名称"), "physical": ("房间数", "间数", "房数", "客房数"), "beds": ("床数",),
    "rooms": ("间数", "房数", "房间数"), "from_on": ("到店", "入住", "到店日期"), "until_on": ("离店", "退房", "离店日期"),
}


def by_field(line: Line, heads: dict[str, Any]) -> dict[str, Any]:
    """The cells of a line by field; headings in Chinese, English or as the field is called."""
    known = {name: name for name in heads}
    for language in ("zh-hans", "en"):
        with override(language):
            known |= {str(head).casefold(): name for name, head in heads.items()}
    known |= {word: name for name, words in ALIASES.items() if name in heads for word in words}
    named = {known.get(head.strip().casefold()): cell for head, cell in line.items()}
    return {name: cell for name, cell in named.items() if name}


def type_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Room types as a table names them."""
    rows = []
    for line in lines:
        cells = {name: value for name, value in by_field(line, TYPES).items() if value is not None}
        rows.append({**cells, "_row": line.number})
    return rows


def reports_from(hotel_id: UUID, lines: Iterable[Line]) -> list[Report]:
    """What others sold, lines of the same reference as one; 0 rooms means given back.

    Raises Invalid naming each row that cannot be read.
    """
    types = types_by_word(hotel_id)
    found: dict[tuple[str, str], Report] = {}
    errors: dict[str, list[str]] = {}
    for line in lines:
        cells = by_field(line, ELSEWHERE)
        wrong: list[str] = []
        source = _source(cells.get("source"))
        reference = str(cells.get("reference") or "").strip()
        if not source:
            wrong.append(_("Sold by: walk-in, PMS, OTA or out of order."))
        if not reference:
            wrong.append(_("The reference is missing."))
        rooms = _number(cells.get("rooms"))
        if rooms is None:
            wrong.append(_("The number of rooms cannot be read."))
        report = found.setdefault((source, reference), Report(source, reference, [], str(cells.get("label") or "")))
        if rooms:
            _add(report, cells, types, rooms, wrong)
        if wrong:
            errors[_("row {n}").format(n=line.number)] = wrong
    if errors:
        raise Invalid(errors=errors)
    return list(found.values())


def taken(blocks: Any) -> Iterator[dict[str, Any]]:
    """Each block as the lines an import would read: per room type and run of nights."""
    for block in blocks.prefetch_related("nights__room_type").iterator(500):
        by_type: dict[Any, dict[date, int]] = {}
        for night in block.nights.all():
            by_type.setdefault(night.room_type, {})[night.night] = night.rooms
        for room_type, nights in by_type.items():
            for line in lines_from(room_type, nights):
                yield {
                    "source": block.source, "reference": block.about_id.partition(":")[2], "label": block.label,
                    "room_type": room_type.code, "from_on": line.from_on, "until_on": line.until_on, "rooms": line.rooms,
                }


def _add(report: Report, cells: dict[str, Any], types: Any, rooms: int, wrong: list[str]) -> None:
    room_type = types.get(str(cells.get("room_type") or "").strip().casefold())
    first, until = _date(cells.get("from_on")), _date(cells.get("until_on"))
    if room_type is None:
        wrong.append(_("There is no room type “%(name)s”.") % {"name": cells.get("room_type") or ""})
    if first is None:
        wrong.append(_("The arrival must be a date, e.g. 2027-01-01."))
        return
    until = until or first + timedelta(days=1)
    if until <= first:
        wrong.append(_("The departure must be after the arrival."))
    elif room_type is not None:
        report.lines.append(Rooms(room_type, first, until, rooms))


def _source(said: Any) -> str:
    text = str(said or "").strip().casefold()
    for language in ("zh-hans", "en"):
        with override(language):
            for value, label in SOURCES:
                if text in (value, str(label).casefold()):
                    return value
    return ""


def _number(value: Any) -> int | None:
    try:
        number = int(str(value).strip())
    except ValueError:
        return None
    return number if 0 <= number <= 9999 else None


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or "").strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        return None
