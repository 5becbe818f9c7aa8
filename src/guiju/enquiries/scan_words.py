"""Scans as pages and verbs need them: their parts of a message's text, the points read from them, and the marks on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guiju.enquiries.marking import span_of
from guiju.enquiries.models import Message
from guiju.enquiries.points import Point
from guiju.enquiries.scans import Scan
from guiju.reading import cards, engine, scanned
from guiju.reading.field import Field
from guiju.reading.scan import Box, Run, Sheet, from_row
from guiju.reading.text import Reading

PAD = 6  # points between the print and its mark
MARGIN = 60


def part_of(row: Mapping[str, Any]) -> scanned.Part:
    """A scan's row as its part of the text."""
    return scanned.Part(from_row(row), [Run(*run) for run in row["runs"]])


def parts_of(message_id: UUID, *, but: UUID | None = None) -> list[scanned.Part]:
    """The parts of a message that came from scans, in order."""
    rows = Scan.objects.filter(message_id=message_id, state=Scan.State.READ).exclude(pk=but).order_by("order")
    return [part_of(row.found) for row in rows]


def merged(known: Mapping[str, Any], reading: Reading, parts: list[scanned.Part]) -> dict[str, Any]:
    """The points of a request with those of its scan: what a person confirmed or wrote stays as it is."""
    found = {name: one for name, one in known.items() if one.get("confirmed_by") or name == "left_out"}
    for name, one in reading.fields.items():
        if name not in found:
            found[name] = _stored(one, parts)
    for name, one in known.items():  # what was known otherwise (the sender's address told the client) is not forgotten
        if name not in found or (found[name].get("value") in (None, "", {}) and one.get("value")):
            found[name] = dict(one)
    return found


def _stored(one: Field, parts: list[scanned.Part]) -> dict[str, Any]:
    row = {"value": cards.mask_all(one.value), "sure": one.sure, "places": [list(place) for place in one.places], "why": cards.mask_all(one.why)}
    certain = scanned.certainty(parts, one)
    return row if certain is None else {**row, "certain": certain}


# On pages


@dataclass(frozen=True, slots=True)
class Mark:
    """A point's place on a page; where its number stands."""

    number: int
    name: str
    left: int
    top: int
    width: int
    height: int
    unsure: bool


@dataclass(slots=True)
class Leaf:
    """A page shown: its picture's address parts, its size, the marks on it and what stayed unread."""

    scan: int
    number: int
    width: int
    height: int
    marks: list[Mark] = field(default_factory=list)
    unread: list[tuple[int, int, int, int]] = field(default_factory=list)
    view: str = ""  # the part of it that has something on it
    is_cropped: bool = False


@dataclass(slots=True)
class Shown:
    """The scans of a message as the desk shows them: leaves with marks, and in words where each stands."""

    scans: list[Scan] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    is_installed: bool = True

    @property
    def under_way(self) -> bool:
        """Whether some are still to be read."""
        return any(scan.state in (Scan.State.WAITING, Scan.State.READING) for scan in self.scans)

    @property
    def says(self) -> list[str]:
        """What a person must know: "waiting", "missing", "failed", "blank", "unread", "more"."""
        told = []
        if self.under_way:
            told.append("waiting" if self.is_installed else "missing")
        told += [state for state in ("failed", "blank") if any(scan.state == state for scan in self.scans)]
        read = [scan for scan in self.scans if scan.state == Scan.State.READ]
        if any(sheet["unread"] for scan in read for sheet in scan.found["sheets"]):
            told.append("unread")
        if any(len(scan.found["sheets"]) < scan.found["pages"] for scan in read):
            told.append("more")
        return told


def shown_of(message: Message | None, points: Iterable[Point]) -> Shown:
    """What the desk shows of a message's scans: one query."""
    if message is None or message.channel in ("ota", "phone") or message.file_id is None:
        return Shown()
    rows = list(Scan.objects.filter(message_id=message.pk).order_by("order"))
    shown = Shown(rows, is_installed=engine.installed())
    points = list(points)
    for row in rows:
        if row.state == Scan.State.READ and row.pictures:
            shown.leaves += _leaves(row, message, points)
    return shown


def _leaves(row: Scan, message: Message, points: list[Point]) -> list[Leaf]:
    part = part_of(row.found)
    leaves = [Leaf(row.order, place, sheet.width, sheet.height) for place, sheet in enumerate(part.scan.sheets, start=1)]
    for leaf, sheet in zip(leaves, part.scan.sheets, strict=True):
        _frame(leaf, sheet)
        leaf.unread = [(left, top, right - left, bottom - top) for left, top, right, bottom in sheet.unread]
    for point in points:
        for place in point.places:
            for sheet_at, box in _joined(scanned.places(part, *span_of(place, message.text))):
                left, top, right, bottom = box
                mark = Mark(point.mark, point.name, left - PAD, top, right - left + 2 * PAD, bottom - top, not point.settled)
                leaves[sheet_at].marks.append(mark)
    return leaves


def _frame(leaf: Leaf, sheet: Sheet) -> None:
    """The page without its empty margins, so that its print is large enough to check."""
    boxes = [*(one.box for one in sheet.prints), *sheet.unread]
    left = max(0, min((box[0] for box in boxes), default=0) - MARGIN)
    top = max(0, min((box[1] for box in boxes), default=0) - MARGIN)
    right = min(sheet.width, max((box[2] for box in boxes), default=sheet.width) + MARGIN)
    bottom = min(sheet.height, max((box[3] for box in boxes), default=sheet.height) + MARGIN)
    leaf.view = f"{left} {top} {right - left} {bottom - top}"
    leaf.is_cropped = (right - left) * (bottom - top) < 0.95 * sheet.width * sheet.height


def _joined(boxes: Iterable[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """Neighbours in one line are one mark."""
    found: list[tuple[int, Box]] = []
    for sheet, box in boxes:
        if found and found[-1][0] == sheet and abs(found[-1][1][1] - box[1]) < (box[3] - box[1]) / 2:
            last = found[-1][1]
            found[-1] = (sheet, (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3])))
        else:
            found.append((sheet, box))
    return found
