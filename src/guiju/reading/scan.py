"""What was found on a scanned page: pieces of print with their place, how certain each sign is, and what stayed unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Box = tuple[int, int, int, int]  # left, top, right, bottom, in points of the page's picture


@dataclass(slots=True)
class Print:
    """A piece of print in one line: its signs, how certain each is (0 to 100), the middle of each, and a second reading that differs."""

    text: str
    box: Box
    sure: list[int]
    middles: list[int]
    second: str = ""

    def sign_box(self, start: int, end: int) -> Box:
        """The place of some of its signs."""
        left, top, right, bottom = self.box
        start, end = max(0, start), min(len(self.text), end)
        if 0 < start < len(self.middles):
            left = (self.middles[start - 1] + self.middles[start]) // 2
        if 0 < end < len(self.middles):
            right = (self.middles[end - 1] + self.middles[end]) // 2
        return (left, top, right, bottom)


@dataclass(slots=True)
class Sheet:
    """One page, set upright: its size, what was printed on it, and ink of which nothing was read."""

    number: int
    width: int
    height: int
    prints: list[Print] = field(default_factory=list)
    unread: list[Box] = field(default_factory=list)
    turned: int = 0  # by how many degrees it lay turned


@dataclass(frozen=True, slots=True)
class Run:
    """Where a piece of print stands in the text: from `start` on, for the length of its signs."""

    start: int
    sheet: int
    piece: int


@dataclass(slots=True)
class Scan:
    """The pages of a file that were read, and how many it has."""

    pages: int
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def has_print(self) -> bool:
        """Whether anything was found to read."""
        return any(sheet.prints for sheet in self.sheets)

    def as_row(self) -> dict[str, Any]:
        """As a row keeps it (JSON)."""
        return {
            "pages": self.pages,
            "sheets": [
                {
                    "number": sheet.number,
                    "size": [sheet.width, sheet.height],
                    "turned": sheet.turned,
                    "prints": [[one.text, list(one.box), one.sure, one.middles, one.second] for one in sheet.prints],
                    "unread": [list(box) for box in sheet.unread],
                }
                for sheet in self.sheets
            ],
        }


def from_row(row: Mapping[str, Any]) -> Scan:
    """What `as_row` wrote."""
    return Scan(int(row["pages"]), [_sheet(one) for one in row["sheets"]])


def _sheet(row: Mapping[str, Any]) -> Sheet:
    prints = [Print(text, _box(box), list(sure), list(middles), second) for text, box, sure, middles, second in row["prints"]]
    width, height = row["size"]
    return Sheet(row["number"], width, height, prints, [_box(box) for box in row["unread"]], row["turned"])


def _box(numbers: Iterable[int]) -> Box:
    left, top, right, bottom = numbers
    return (left, top, right, bottom)


def covered(scan: Scan, runs: Iterable[Run], start: int, end: int) -> Iterator[tuple[Run, Print, int, int]]:
    """The pieces of print under a span of the text, each with the part of its signs."""
    for run in runs:
        piece = scan.sheets[run.sheet].prints[run.piece]
        first, last = max(start, run.start), min(end, run.start + len(piece.text))
        if first < last:
            yield run, piece, first - run.start, last - run.start
