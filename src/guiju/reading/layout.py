"""Pieces of print laid out as the lines a person reads: rows from the top, cells of a table kept apart, a table's heads beside its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from guiju.reading.labels import LABELS
from guiju.reading.scan import Print, Run, Scan, Sheet

HEADS = (
    r"抵店日期?|抵达日期?|到店日期?|入住日期?|离店日期?|离开日期?|退房日期?|人数|间数|房数|房间数|数量|用房|房型|房间类型|晚数|司陪房|性别|国籍"
    r"|arrival(?: date)?|departure(?: date)?|check[ -]?in(?: date)?|check[ -]?out(?: date)?|persons?|pax|no\. of (?:persons|pax|rooms)"
    r"|number of (?:persons|guests|rooms)|room type|rooms?|type|nights|qty"
)
NAMED = re.compile(rf"\s*(?:{'|'.join(words for _name, words in LABELS)}|{HEADS})\s*", re.I)
STARTS = re.compile(rf"\s*(?:{'|'.join(words for _name, words in LABELS)}|{HEADS})\s*[:：]", re.I)
CLOCK, MACHINE = re.compile(r"\d{1,2}:\d{2}"), re.compile(r"fax|传真|p\.? ?\d|page|from|to", re.I)
STAYING = re.compile(r"店|住|离|房|间|arriv|depart|check|room", re.I)
TYPE = re.compile(r"\s*(?:房型|房间类型|用房|room type|type|rooms?)\s*", re.I)
COUNT = re.compile(r"\s*(?:间数|房数|房间数|数量|rooms?|no\. of rooms|number of rooms|qty)\s*", re.I)
Place = tuple[int, int]  # (sheet, piece)


@dataclass(slots=True)
class Laid:
    """The text of a scan, and where each piece of print stands in it."""

    text: str = ""
    runs: list[Run] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Signs that stand on no page: separators, a head repeated."""
        self.text += words

    def put(self, piece: Print, place: Place) -> None:
        """A piece of print."""
        self.runs.append(Run(len(self.text), *place))
        self.text += piece.text


def lay_out(scan: Scan) -> Laid:
    """All pages as one text."""
    laid = Laid()
    for place, sheet in enumerate(scan.sheets):
        if not sheet.prints:
            continue
        if laid.text:
            laid.add("\n\n")
        _page(laid, place, sheet)
    laid.text = laid.text.rstrip()
    return laid


def _page(laid: Laid, page: int, sheet: Sheet) -> None:
    rows = rows_of(sheet)
    if rows and _is_machine_line(sheet, rows[0]):
        rows = rows[1:]
    heads: list[int] = []
    before = 0
    for number, row in enumerate(rows):
        if number:
            high = sheet.prints[row[0]].box[3] - sheet.prints[row[0]].box[1]
            laid.add("\n\n" if sheet.prints[row[0]].box[1] - before > 1.6 * high else "\n")
        before = max(sheet.prints[piece].box[3] for piece in row)
        if len(row) >= 3 and all(NAMED.fullmatch(sheet.prints[piece].text) for piece in row):
            heads = row
            _plain_row(laid, page, sheet, row, joined=False)
        elif heads and (matched := _under(sheet, heads, row)):
            _table_row(laid, page, sheet, row, matched)
        else:
            heads = []
            _plain_row(laid, page, sheet, row, joined=True)


def _is_machine_line(sheet: Sheet, row: Sequence[int]) -> bool:
    """The line that the sending machine puts at the very top: its number, the time and the page are no words of the letter."""
    words = " ".join(sheet.prints[piece].text for piece in row)
    top = max(sheet.prints[piece].box[3] for piece in row) < sheet.height * 0.07
    return top and bool(CLOCK.search(words) and MACHINE.search(words)) and not STAYING.search(words)


def rows_of(sheet: Sheet) -> list[list[int]]:
    """The pieces of each row from left to right, rows from the top."""
    order = sorted(range(len(sheet.prints)), key=lambda piece: _middle(sheet.prints[piece]))
    rows: list[list[int]] = []
    for piece in order:
        one = sheet.prints[piece]
        last = rows[-1] if rows else []
        level = median(_middle(sheet.prints[other]) for other in last) if last else 0.0
        high = min([one.box[3] - one.box[1], *(sheet.prints[other].box[3] - sheet.prints[other].box[1] for other in last)])
        if last and abs(_middle(one) - level) < 0.5 * high:
            last.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: sheet.prints[piece].box[0]) for row in rows]


def _middle(one: Print) -> float:
    return (one.box[1] + one.box[3]) / 2


def _plain_row(laid: Laid, page: int, sheet: Sheet, row: Sequence[int], *, joined: bool) -> None:
    """A row; a label in a cell of its own stands before the next cell's words."""
    last: Print | None = None
    labelled = False
    for piece in row:
        one = sheet.prints[piece]
        if last is not None:
            named = bool(NAMED.fullmatch(one.text))
            is_value = joined and not labelled and bool(NAMED.fullmatch(last.text)) and not named
            near = one.box[0] - last.box[2] < 0.8 * (one.box[3] - one.box[1])
            new = joined and (named or STARTS.match(one.text))  # the next point of the same row
            laid.add("：" if is_value else "\n" if new else " " if near else "    ")
            labelled = is_value
        laid.put(one, (page, piece))
        last = one


def _under(sheet: Sheet, heads: Sequence[int], row: Sequence[int]) -> dict[int, int]:
    """For each cell of the row the head it stands under; nothing when any stands under none or two under one."""
    found: dict[int, int] = {}
    for piece in row:
        left, _top, right, _bottom = sheet.prints[piece].box
        best = max(heads, key=lambda head: min(right, _column_end(sheet, heads, head)) - max(left, sheet.prints[head].box[0] - 30))
        if min(right, _column_end(sheet, heads, best)) <= max(left, sheet.prints[best].box[0] - 30) or best in found.values():
            return {}
        found[piece] = best
    return found if len(found) >= 2 else {}


def _column_end(sheet: Sheet, heads: Sequence[int], head: int) -> int:
    later = [sheet.prints[other].box[0] for other in heads if sheet.prints[other].box[0] > sheet.prints[head].box[0]]
    return min(later) - 10 if later else sheet.width


def _table_row(laid: Laid, page: int, sheet: Sheet, row: Sequence[int], under: dict[int, int]) -> None:
    """A row of a table, each cell with its head before it; a number of rooms stands right behind its room type."""
    last = ""
    for number, piece in enumerate(row):
        head = sheet.prints[under[piece]].text
        if TYPE.fullmatch(last) and COUNT.fullmatch(head):
            laid.add(" × ")
            laid.put(sheet.prints[piece], (page, piece))
        else:
            laid.add("    " if number else "")
            if not TYPE.fullmatch(head):
                laid.put(sheet.prints[under[piece]], (page, under[piece]))
                laid.add("：")
            laid.put(sheet.prints[piece], (page, piece))
        last = head
