"""The sheet of a day on one page of A4, whatever the day: smaller letters first, then the longest parts are cut to a count."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from guiju.briefing.gathering import DaySheet, Line, Part
from guiju.house.models import Hotel
from guiju.papers.printing import breakable, font_dir
from guiju.shelf import wording
from guiju.shelf.actor import Actor

TEMPLATE = Path(str(files("guiju.briefing"))) / "print" / "day.typ"
WHOLE, ROOMY = 10.5, 80  # points; up to so many lines nothing is cut off at a line's end
SIZES = (9.5, 8.6, 7.8, 7.0)  # points, one line a thing
FIT = {9.5: 96, 8.6: 108, 7.8: 120, 7.0: 134}  # lines of both columns together, headings counted as two: where cutting begins
COLUMN = 88  # millimetres of one column
LONGEST = 400  # half-width signs of a line that may wrap
LEAST = 6  # no part is cut to fewer lines
_lock = Lock()


@cache
def _compiler() -> Any:
    import typst  # 80 MB that a process without printing does not need

    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[font_dir()], ignore_system_fonts=True)


def one_page(sheet: DaySheet, *, hotel: Hotel, actor: Actor, now: datetime) -> bytes:
    """The sheet as PDF: always one page, as large as it fits; what is left out stands there as a count."""
    made = b""
    for size, kept, wrapped in _tries(sheet):
        made = _compiled(_data(sheet, kept, size, wrapped, hotel, actor, now))
        if pages(made) == 1:
            return made
    return made


def _tries(sheet: DaySheet) -> list[tuple[float, int, bool]]:
    """(size of the letters, lines in all, whether a long one may take two): as they get smaller, then fewer."""
    whole = sum(len(part.lines) + 2 for part in sheet.filled)
    found = [(WHOLE, whole, True)] if whole <= ROOMY else []
    found += [(size, whole, False) for size in SIZES if whole <= FIT[size]]
    smallest = SIZES[-1]
    return found + [(smallest, lines, False) for lines in range(min(whole, FIT[smallest]), 20, -6)]


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def shortened_to(parts: list[Part], most: int) -> dict[str, int]:
    """How many lines each part keeps so that all together have at most so many (headings count two): the longest give first."""
    kept = {part.key: len(part.lines) for part in parts}
    while sum(kept.values()) + 2 * len(parts) > most:
        longest = max(kept, key=lambda key: kept[key])
        if kept[longest] <= LEAST:
            break
        kept[longest] -= 1
    return kept


def _data(sheet: DaySheet, most: int, size: float, wrapped: bool, hotel: Hotel, actor: Actor, now: datetime) -> dict[str, Any]:
    english = (translation.get_language() or "").startswith("en")
    local = now.astimezone(ZoneInfo(hotel.zone))
    kept = shortened_to(sheet.filled, most)
    wide = LONGEST if wrapped else int(COLUMN / (size * 0.3528) * 2)  # half-width signs in a line
    return {
        "lang": "en" if english else "zh", "size": size, "wrapped": wrapped, "hotel": hotel.name_en if english and hotel.name_en else hotel.name,
        "title": _("Day sheet"), "day": wording.day(sheet.on, sheet.on) + (f" {sheet.on.year}" if english else f" {sheet.on.year}年"),
        "printed": _("Printed %(at)s by %(who)s") % {"at": f"{local:%Y-%m-%d %H:%M}", "who": actor.name or "Guiju"},
        "parts": [_part(part, kept[part.key], wide) for part in sheet.filled],
        "nothing": _("Nothing on this day: %(parts)s") % {"parts": wording._(", ").join(part.label for part in sheet.empty)} if sheet.empty else "",
    }


def _part(part: Part, kept: int, wide: int) -> dict[str, Any]:
    cut = len(part.lines) > kept
    shown = part.lines[: max(kept - 1, 0)] if cut else part.lines
    left = part.lines[len(shown) :] if cut else []
    persons = sum(line.persons or 0 for line in left if line.counts)
    more = ""
    if left:
        more = _("and %(n)s more") % {"n": len(left)}
        more += _(", %(n)s persons") % {"n": persons} if persons else ""
    counted = str(part.count) if part.count else ""
    return {"label": part.label, "count": counted, "more": more, "lines": [_line(line, wide) for line in shown]}


def _line(line: Line, wide: int) -> dict[str, Any]:
    persons = str(line.persons) if line.persons else ""
    left = wide - 9 - (len(persons) + 2 if persons else 0)
    mark = f"★{line.mark} " if line.mark else ""
    what = shortened(mark + line.what, left)
    rest = shortened(line.rest, left - width(what) - 2) if line.rest and left - width(what) > 8 else ""
    return {"at": line.clock, "what": breakable(what), "rest": breakable(rest), "persons": persons, "strong": bool(line.mark) or line.summary}


def width(text: str) -> int:
    """How wide a text is in half-width signs."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def shortened(text: str, wide: int) -> str:
    """As much of a text as fits on a line."""
    used = 0
    for place, sign in enumerate(text):
        used += width(sign)
        if used > wide:
            return text[: max(place - 1, 0)].rstrip() + "…"
    return text


def _compiled(data: dict[str, Any]) -> bytes:
    with _lock:
        return bytes(_compiler().compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}))
