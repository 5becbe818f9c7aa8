"""A scan read: the same reader as for letters, and a doubt wherever the print was not certain.

The rule holds here as there: a point is right, or it is marked unsure. What makes a point of a scan unsure: a sign in its words or in
the label before them of which the engine was not certain, two readings of the print that differ, letters among digits, ink on the
page of which nothing was read, pages that were not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from guiju.reading import text as letters
from guiju.reading.cards import PAN, SPOKEN_CODE, is_pan
from guiju.reading.doubt import Doubt, quoted
from guiju.reading.field import Field
from guiju.reading.labels import LABELS
from guiju.reading.layout import HEADS, NAMED, Laid, lay_out
from guiju.reading.scan import Box, Print, Run, Scan, covered

CORE = ("arrival", "departure", "rooms", "persons")
SURE, SURE_DIGIT, SURE_LABEL, SURE_ELSEWHERE = 90, 95, 80, 70
MIXED = re.compile(r"\d[OoIlSBZ|]|[OoIl|SBZ]\d")
NUMBERED = frozenset({"phone", "reply_to"})
PLAUSIBLE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|(?:\+?86|0086)(?:1[3-9]\d{9}|\d{9,11})|(?:\+|00)(?!86)\d{8,15}|\d{7,8}")
NAMES = frozenset({"client", "contact", "guests", "tour_code"})
OTHERS = "|".join(words for name, words in LABELS if name not in ("client", "hotel", "guests"))
ENDS_IN_LABEL = re.compile(rf".[:：]|.(?:{OTHERS}|{HEADS})$", re.I)

# A box and its tick are drawn over each other: which it is, is not told by one reading.
KNOWN_LABELS = sorted(
    word
    for words in (*(words for _name, words in LABELS), HEADS)
    for word in re.sub(r"\(\?:[^()]*(?:\([^()]*\)[^()]*)*\)\??|\\.|[?()\[\]]", "", words).split("|")
    if len(word) >= 3
)
BOXES = re.compile(r"[□☐▢■☑☒√✓✔▣]|(?:^|(?<=[\s:：]))[口囗](?=[\u4e00-\u9fff])")
# □新订 ☑更改 □取消 in a line of its own.
_OPTION = (
    r"(?:新订|新增|预订|更改|变更|修改|取消|候补|new(?: booking)?|amend(?:ment|ed)?|chang(?:e|ed)|modif(?:y|ication)"
    r"|cancel(?:lation|led)?|waitlist)单?"
)
OPTIONS = re.compile(rf"(?m)^[^\w\n]*(?:[口囗VM]?{_OPTION}(?:[^\w\n]|[口囗VM](?={_OPTION}))*){{2,}}$", re.I)


@dataclass(slots=True)
class Part:
    """A scan and where its pieces of print stand in the message's text."""

    scan: Scan
    runs: list[Run] = field(default_factory=list)


def append(text: str, scan: Scan) -> tuple[str, Part]:
    """The text with a scan's words after what is there already, and their places in it."""
    laid = lay_out(scan)
    start = f"{text.rstrip()}\n\n" if text.strip() and laid.text else text
    return start + laid.text, Part(scan, [Run(run.start + len(start), run.sheet, run.piece) for run in laid.runs])


def read(text: str, parts: Sequence[Part], words: Mapping[str, Sequence[str]], today: date, *, subject: str = "") -> letters.Reading:
    """Read a message whose words, or some of them, came from scans."""
    options = list(OPTIONS.finditer(text)) if any(part.runs for part in parts) else []
    open_text = text
    for one_line in options:
        open_text = open_text[: one_line.start()] + " " * len(one_line.group()) + open_text[one_line.end() :]
    reading = letters.read(open_text, words, today, subject)
    if options and "kind" not in reading.fields:
        doubts = [Doubt("boxes", quoted(one_line.group())) for one_line in options]
        places = [one_line.span() for one_line in options]
        reading.fields["kind"] = Field(reading.form, doubts=doubts, places=places)
    for name, one in reading.fields.items():
        one.doubts += _doubts(text, parts, name, one)
    _page_doubts(text, parts, reading.fields)
    for one in reading.fields.values():
        one.doubts = list(dict.fromkeys(one.doubts))
    return reading


def certainty(parts: Sequence[Part], one: Field) -> int | None:
    """How certain the least certain sign of a point is (0 to 100); None for one that stands on no page."""
    odds = [
        piece.sure[at]
        for place in one.places
        for piece, first, last in _under(parts, *place)
        for at in range(first, last)
        if not _is_mark(piece.text[at])
    ]
    return min(odds) if odds else None


def places(part: Part, start: int, end: int) -> Iterator[tuple[int, Box]]:
    """Where a span of the text stands: (which sheet, box) of each piece of print."""
    for run, piece, first, last in covered(part.scan, part.runs, start, end):
        yield run.sheet, piece.sign_box(first, last)


def _under(parts: Sequence[Part], start: int, end: int) -> Iterator[tuple[Print, int, int]]:
    for part in parts:
        for _run, piece, first, last in covered(part.scan, part.runs, start, end):
            yield piece, first, last


def _doubts(text: str, parts: Sequence[Part], name: str, one: Field) -> list[Doubt]:
    found: list[Doubt] = []
    for start, end in one.places:
        if not any(True for _one in _under(parts, start, end)):
            continue  # words that were text already
        found += _faint(text, parts, start, end)
        line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
        if BOXES.search(line):
            found.append(Doubt("boxes", quoted(line)))
        said = text[start:end]
        if name in NUMBERED and "@" not in said:
            digits = re.sub(r"[^\d+]", "", said)
            if not PLAUSIBLE.fullmatch(digits) or MIXED.search(said):
                found.append(Doubt("digits", quoted(said)))
        elif name in NAMES and ENDS_IN_LABEL.search(said):
            found.append(Doubt("value", quoted(said)))
        elif name in CORE and MIXED.search(said):
            found.append(Doubt("digits", quoted(said)))
    return found


def _faint(text: str, parts: Sequence[Part], start: int, end: int) -> list[Doubt]:
    """What of the words, and of the label before them in their line, is not certain."""
    found: list[Doubt] = []
    for piece, first, last in _under(parts, start, end):
        weak = [at for at in range(first, last) if _is_weak(piece, at)]
        if weak and piece.second:
            found.append(Doubt("two_readings", quoted(f"{piece.text} / {piece.second}")))
        elif weak:
            found.append(Doubt("faint", quoted(piece.text[first:last])))
    line = text.rfind("\n", 0, start) + 1
    for piece, first, last in _under(parts, max(line, start - 40), start):
        if any(piece.sure[at] < SURE_LABEL and not _is_mark(piece.text[at]) for at in range(first, last)):
            found.append(Doubt("faint", quoted(piece.text[first:last])))
    return found


def _is_weak(piece: Print, at: int) -> bool:
    sign = piece.text[at]
    if _is_mark(sign):
        return False
    return piece.sure[at] < (SURE_DIGIT if sign.isdigit() else SURE)


def _is_mark(sign: str) -> bool:
    """Blanks and marks say nothing by themselves; those between digits do (2-3 is not 23)."""
    return sign.isspace() or sign in ",，、;；:：.。!！?？()（）\"“”"


def _page_doubts(text: str, parts: Sequence[Part], fields: dict[str, Field]) -> None:
    """What stayed unread, or is not certain beside the points, may say anything: the points that matter are for a person to look at."""
    reasons = [Doubt("unread", quoted(words)) for words in _uncertain_elsewhere(parts, fields)]
    if any(sheet.unread for part in parts for sheet in part.scan.sheets):
        reasons.append(Doubt("unread"))
    if any(len(part.scan.sheets) < part.scan.pages for part in parts):
        reasons.append(Doubt("cut"))
    for name in CORE:
        if name in fields:
            fields[name].doubts += reasons


def _uncertain_elsewhere(parts: Sequence[Part], fields: Mapping[str, Field]) -> list[str]:
    """Words of no point that are hardly legible: 取消 may stand there."""
    places = [place for one in fields.values() for place in one.places]
    found = []
    for part in parts:
        for run in part.runs:
            piece = part.scan.sheets[run.sheet].prints[run.piece]
            used = any(start < run.start + len(piece.text) and run.start < end for start, end in places)
            faint = any(piece.sure[at] < SURE_ELSEWHERE and not _is_mark(sign) for at, sign in enumerate(piece.text))
            if not used and (faint or _is_nearly_a_label(piece.text)):
                found.append(piece.text)
    return found[:3]


def _is_nearly_a_label(words: str) -> bool:
    """抵店白期, Contect: a label with a sign misread, or without its colon, has lost its point."""
    label, colon, _value = words.replace("：", ":").partition(":")
    if not colon and len(words) <= 40 and any(label.casefold().startswith(known) and label.casefold() != known for known in KNOWN_LABELS):
        return True
    label = label.strip().casefold()
    if NAMED.fullmatch(label) or not (colon or len(label) <= 8) or not 3 <= len(label) <= 20:
        return False
    return bool(get_close_matches(label, KNOWN_LABELS, 1, 0.74))


# Card numbers


def strike_out(scan: Scan) -> bool:
    """Strike card numbers and check codes out of the print, sign by sign; whether there were any."""
    laid = lay_out(scan)
    spans = [found.span() for found in PAN.finditer(laid.text) if is_pan(found.group())]
    keep = [(start + 4, end - 4) for start, end in spans] + [found.span(2) for found in SPOKEN_CODE.finditer(laid.text)]
    for start, end in keep:
        for _run, piece, first, last in covered(scan, laid.runs, start, end):
            piece.text = piece.text[:first] + re.sub(r"\d", "*", piece.text[first:last]) + piece.text[last:]
            piece.second = ""
    return bool(keep)


__all__ = ["Laid", "Part", "append", "certainty", "places", "read", "strike_out"]
