"""The rooming list as a table: pasted or sent as xlsx or csv, read row by row; and the template that goes out.

A wrong row is named by its number and nothing is written; what was read is shown before it is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from guiju.bookings.models import Booking
from guiju.bookings.shapes import GuestLine
from guiju.bookings.words import GENDER_NAMES
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Column, parse

MOST = 2000
HEADS: dict[str, Any] = {
    "name": gettext_lazy("Full name"), "gender": gettext_lazy("Gender"), "nationality": gettext_lazy("Nationality"),
    "room_type": gettext_lazy("Room type"), "share": gettext_lazy("Shares with"), "room_number": gettext_lazy("Room no."),
    "remarks": gettext_lazy("Remarks"),
}
LENGTHS = {"name": 80, "nationality": 40, "share": 10, "room_number": 12, "remarks": 120}
# What agencies' lists call the columns, besides our own headings in both languages.
ALSO = {
    "姓名": "name", "名称": "name", "客人姓名": "name", "宾客姓名": "name", "guest name": "name", "guest": "name", "性别": "gender", "sex": "gender",
    "国籍": "nationality", "国家": "nationality", "房型": "room_type", "房间类型": "room_type", "type": "room_type", "同住": "share",
    "合住": "share", "shares": "share", "share": "share", "房号": "room_number", "room": "room_number", "room number": "room_number",
    "备注": "remarks", "remark": "remarks",
}
IGNORED = frozenset({"序号", "no", "no.", "#", "编号"})
GENDERS = {
    "m": "m", "male": "m", "mr": "m", "mr.": "m", "男": "m", "先生": "m",
    "f": "f", "female": "f", "ms": "f", "ms.": "f", "mrs": "f", "mrs.": "f", "miss": "f", "女": "f", "女士": "f", "小姐": "f",
}
Errors = dict[str, list[str]]


@dataclass(slots=True)
class Reading:
    """A list as it was read: its guests, what is wrong by row, and the same list as text to go on with."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    guests: list[GuestLine] = field(default_factory=list)
    errors: dict[int, list[str]] = field(default_factory=dict)  # row number as the person sees it
    problem: str = ""  # what is wrong with the whole

    @property
    def is_good(self) -> bool:
        """Whether it may be saved."""
        return not self.errors and not self.problem

    @property
    def text(self) -> str:
        """The list as text with headings, as it goes back into the field."""
        heads = "\t".join(str(head) for head in HEADS.values())
        return "\n".join([heads, *("\t".join(row.get(name, "") for name in HEADS).rstrip("\t") for _number, row in self.rows)])

    def as_errors(self) -> Errors:
        """For Invalid: each wrong row by its number."""
        wrong = {_("row %(number)s") % {"number": number}: texts for number, texts in sorted(self.errors.items())}
        return wrong | ({"lines": [self.problem]} if self.problem else {})


def headings() -> dict[str, str]:
    """Heading in lower case -> column, in both languages and as agencies write them."""
    found = {**ALSO, **{name: name for name in HEADS}}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(head).casefold(): name for name, head in HEADS.items()}
    return found


def columns(types: Mapping[UUID, RoomType]) -> list[Column]:
    """The columns of the template; with guests it is the list as it stands."""

    def cell(name: str) -> Any:
        if name == "gender":
            return lambda guest: GENDER_NAMES.get(guest.gender, "")
        if name == "room_type":
            return lambda guest: types[guest.room_type_id].shown if guest.room_type_id in types else ""
        return lambda guest: getattr(guest, name)

    return [Column(head, cell(name), 22 if name in ("name", "remarks") else 12) for name, head in HEADS.items()]


def read_text(text: str, types: Mapping[UUID, RoomType]) -> Reading:
    """A pasted list: tabs or commas between the columns; with a line of headings any order will do."""
    known, order, rows = headings(), list(HEADS), []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        mark = "\t" if "\t" in line else ","
        cells = [cell.strip() for cell in (line.replace("，", ",") if mark == "," else line).split(mark)]
        if not rows and _are_heads(cells, known):
            order = [known.get(cell.casefold(), "") for cell in cells]
            continue
        rows.append((number, dict(zip(order, cells, strict=False)), cells[len(order):]))
    return _read(((number, {key: value for key, value in row.items() if key}, more) for number, row, more in rows), types)


def _are_heads(cells: Sequence[str], known: Mapping[str, str]) -> bool:
    said = [cell.casefold() for cell in cells if cell]
    return bool(said) and all(cell in known or cell in IGNORED for cell in said) and any(known.get(cell) == "name" for cell in said)


def read_file(data: bytes, filename: str, types: Mapping[UUID, RoomType]) -> Reading:
    """A list sent as xlsx or csv (UTF-8 with or without mark, UTF-16, GBK)."""
    try:
        lines = parse(data, filename, max_rows=MOST)
    except Invalid as wrong:
        return Reading(problem=" ".join(f"{'' if place == 'file' else place + ': '}{' '.join(texts)}" for place, texts in wrong.errors.items()))
    known = headings()
    if lines and not any(known.get(head.casefold()) == "name" for head in lines[0]):
        return Reading(problem=_("There is no column “Full name”. The first line has the headings."))
    return _read(
        (
            (line.number, {known[head.casefold()]: _text(cell) for head, cell in line.items() if head.casefold() in known and cell is not None}, [])
            for line in lines
        ),
        types,
    )


def _text(value: Any) -> str:
    return " ".join(str(value).split())


def _read(rows: Iterable[tuple[int, dict[str, str], Sequence[str]]], types: Mapping[UUID, RoomType]) -> Reading:
    by_name = {text.casefold(): pk for pk, row in types.items() for text in (row.code, row.name, row.name_en) if text}
    reading = Reading()
    for number, row, more in rows:
        reading.rows.append((number, row))
        wrong: list[str] = []
        if any(cell.strip() for cell in more):
            wrong.append(_("More columns than the list has."))
        reading.guests.append(_guest(row, by_name, wrong))
        if wrong:
            reading.errors[number] = wrong
    if not reading.rows:
        reading.problem = _("There is no name in it.")
    elif len(reading.rows) > MOST:
        reading.problem = _("At most %(most)s names.") % {"most": MOST}
    return reading


def _guest(row: Mapping[str, str], by_name: Mapping[str, UUID], wrong: list[str]) -> GuestLine:
    if not row.get("name", "").strip():
        wrong.append(_("The name is missing."))
    for name, most in LENGTHS.items():
        if len(row.get(name, "")) > most:
            wrong.append(_("%(column)s: at most %(most)s characters.") % {"column": HEADS[name], "most": most})
    said, kind = row.get("gender", "").strip(), row.get("room_type", "").strip()
    gender = GENDERS.get(said.casefold(), "")
    if said and not gender:
        wrong.append(_("“%(said)s” is no gender; male, female or empty.") % {"said": said[:20]})
    room_type = by_name.get(kind.casefold())
    if kind and room_type is None:
        wrong.append(_("“%(said)s” is no room type of this hotel.") % {"said": kind[:20]})
    return GuestLine(
        row.get("name", ""), gender, row.get("nationality", ""), room_type, row.get("share", ""), row.get("room_number", ""), row.get("remarks", "")
    )


def as_text(guests: Sequence[GuestLine], types: Mapping[UUID, RoomType]) -> str:
    """The list in force as text, for the field."""
    if not guests:
        return ""
    shown = columns(types)
    heads = "\t".join(str(column.label) for column in shown)
    return "\n".join([heads, *("\t".join(str(column.get(guest)) for column in shown).rstrip("\t") for guest in guests)])


def remarks_on(reading: Reading, booking: Booking) -> list[str]:
    """What is not wrong but worth a look: another number of names than persons, a mark that nobody shares."""
    said = []
    if reading.guests and len(reading.guests) != booking.persons:
        said.append(_("%(names)s names; the booking says %(persons)s guests.") % {"names": len(reading.guests), "persons": booking.persons})
    marks: dict[str, int] = {}
    for guest in reading.guests:
        if guest.share:
            marks[guest.share] = marks.get(guest.share, 0) + 1
    alone = [mark for mark, many in marks.items() if many == 1]
    if alone:
        said.append(_("Alone with their mark: %(marks)s") % {"marks": ", ".join(alone[:12])})
    return said
