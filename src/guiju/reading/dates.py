"""Dates of a stay as clients write them, with what each is for and whether it is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from guiju.reading.numbers import number

MONTHS = {name: place for place, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
NEAR = {"今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "today": 0, "tonight": 0, "tomorrow": 1}
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
PATTERNS = (
    ("ymd", re.compile(r"(?<!\d)(20\d\d)\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*(?:日|号)?")),
    ("md", re.compile(r"(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*(?:日|号)?")),
    ("en", re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH}),?\s*(20\d\d)?", re.I)),
    ("us", re.compile(rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d),?\s*(20\d\d)?", re.I)),
    ("slash", re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])")),
    ("near", re.compile("|".join(NEAR), re.I)),
    ("tail", re.compile(r"(?:至|到|-|–|—|~)\s*(\d{1,2})\s*(?:日|号)")),
)
ARRIVE = re.compile(r"抵店|抵达|到店|入住|到达|来店|arriv|check[- ]?in|\bfrom\b|自", re.I)
LEAVE = re.compile(r"离店|退房|离开|depart|check[- ]?out|\bto\b|\buntil\b|至$|到$|[-–—~]$", re.I)
WRITTEN = re.compile(
    r"发件日期|收件日期|填表日期|落订|签发|制表|date of (?:fax|letter)|^\s*(?:日期|date)\s*[:：]?\s*$|生日|出生|入职|用餐|晚餐|午餐|早餐|餐", re.I
)
NIGHTS = re.compile(
    r"(?:(?:共|住|for|stay(?:ing)?|x)\s{0,4})?(\d{1,2}|[一二两三四五六七八九十]{1,2}|one|two|three|four|five|six|seven)\s*(?:晚|夜|nights?\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in the text."""

    on: date
    role: str  # arrival | departure | written | ""
    sure: bool
    why: str
    place: tuple[int, int]


def _of(year: int | None, month: int, day: int, today: date) -> tuple[date | None, bool]:
    """(the date, whether its year was given): without one the next such day from today is meant."""
    if year is not None:
        try:
            return date(year, month, day), True
        except ValueError:
            return None, True
    for guess in (today.year, today.year + 1):
        try:
            on = date(guess, month, day)
        except ValueError:
            continue
        if on >= today:
            return on, False
    return None, False


def read_dates(text: str, today: date) -> list[Found]:
    """Every date in order of the text; one that cannot be (30 February) or that has two readings is not sure."""
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    last: date | None = None
    hits = sorted(
        ((hit, kind) for kind, pattern in PATTERNS for hit in pattern.finditer(text)),
        key=lambda pair: (pair[0].start(), -(pair[0].end() - pair[0].start())),
    )
    for hit, kind in hits:
        if any(start < hit.end() and hit.start() < end for start, end in taken):
            continue
        on, sure, why = _read(kind, hit, today, last)
        if on is None:
            continue
        taken.append(hit.span())
        last = on
        found.append(Found(on, _role(text, hit.start()), sure, why, hit.span()))
    return found


def _read(kind: str, hit: re.Match[str], today: date, last: date | None) -> tuple[date | None, bool, str]:
    if kind == "near":
        return today + timedelta(days=NEAR[hit.group().lower()]), True, ""
    if kind == "tail":
        return _tail(int(hit.group(1)), last)
    if kind == "ymd":
        on, _given = _of(int(hit.group(1)), int(hit.group(2)), int(hit.group(3)), today)
        return on, True, ""
    if kind == "slash":
        first, second = int(hit.group(1)), int(hit.group(2))
        month, day = (first, second) if first <= 12 else (second, first)
        on, _given = _of(None, month, day, today) if 1 <= month <= 12 else (None, False)
        return on, False, "day and month may be the other way round"
    if kind == "md":
        year, month, day = None, int(hit.group(1)), int(hit.group(2))
    else:
        name, number_, given = (hit.group(2), hit.group(1), hit.group(3)) if kind == "en" else hit.groups()
        year, month, day = int(given) if given else None, MONTHS[name[:3].lower()], int(number_)
    on, given_year = _of(year, month, day, today)
    far = on is not None and not given_year and (on - today).days > 300
    return on, not far, "the year is not given" if far else ""


def _tail(day: int, last: date | None) -> tuple[date | None, bool, str]:
    if last is None:
        return None, False, ""
    for month in (last.month, last.month % 12 + 1):
        year = last.year + (1 if month < last.month else 0)
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if on > last:
            return on, True, ""
    return None, False, ""


def _role(text: str, start: int) -> str:
    line = re.split(r"[\n，,。;；]", text[max(0, start - 40) : start])[-1]
    whole = text[:start].rpartition("\n")[2]
    if WRITTEN.search(line):
        return "written"
    for role, pattern in (("departure", LEAVE), ("arrival", ARRIVE)):
        hits = list(pattern.finditer(line.rstrip(" :：\u3000(（")))
        if hits:
            return role
    after = text[start : start + 24].split("\n")[0]
    if re.match(r"\S*?(?:日|号|\d)\s*(?:抵|入住|到店)", after):
        return "arrival"
    if re.match(r"\S*?(?:日|号|\d)\s*(?:离|退房)", after):
        return "departure"
    return "written" if WRITTEN.search(whole) and not ARRIVE.search(whole) else ""


def nights_in(text: str) -> tuple[int, tuple[int, int]] | None:
    """The number of nights and where it stands, when the text says one number only."""
    hits = [(number(hit.group(1)), hit.span()) for hit in NIGHTS.finditer(text)]
    good = [(count, place) for count, place in hits if count]
    return good[0] if good and len({count for count, _place in good}) == 1 else None
