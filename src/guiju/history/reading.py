"""One row of a file as a past booking, or what is wrong with it field by field. Odd but possible values are kept and flagged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.history import groups

EMPTY = {"", "null", "na", "n/a", "#n/a", "none", "-", "--", "nan", "无", "空"}
EARLIEST, LATEST = date(1980, 1, 1), date(2099, 12, 31)
MOST_NIGHTS, MOST_ROOMS, MOST_PEOPLE, MOST_LEAD = 730, 2000, 9999, 3650
TEXTS = {
    "room_type": 40, "segment": 40, "channel": 40, "agent": 80, "company": 80,
    "customer_type": 40, "meal": 20, "country": 40, "deposit": 40,
}
STATUS_WORDS = {
    "stayed": ("checkout", "checkedout", "stayed", "departed", "completed", "inhouse", "checkedin", "checkin", "o", "离店", "已离店",
               "退房", "已退房", "已入住", "在住", "入住", "完成", "已完成", "已结账", "结账"),
    "cancelled": ("canceled", "cancelled", "cancel", "cxl", "x", "取消", "已取消", "作废"),
    "no_show": ("noshow", "ns", "未到", "应到未到", "未抵店", "未入住", "noshow未到"),
    "booked": ("booked", "reserved", "confirmed", "guaranteed", "definite", "expected", "预订", "已预订", "预定", "已确认", "确认", "在订", "待入住"),
}
YES, NO = {"1", "yes", "y", "true", "t", "是", "有", "√"}, {"0", "no", "n", "false", "f", "否", "无", ""}
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept",
         "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}
MONTHS |= {name: number for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)}
DATE_ORDERS = ("ymd", "dmy", "mdy")

# The flags: possible, kept, and worth knowing.
FLAGS = {
    "zero_nights": N_("stay of no nights"),
    "no_guests": N_("no guests"),
    "negative_rate": N_("rate below zero"),
    "children_unknown": N_("number of children unknown"),
    "booked_late": N_("booked after arrival"),
    "cancelled_unknown": N_("day of cancelling unknown"),
    "cancelled_early": N_("cancelled before it was booked"),
}

Said = dict[str, Any]  # {"text": msgid, "values": {...}}: said in the reader's language when it is shown


class Wrong(Exception):
    """What is wrong with one value."""

    def __init__(self, text: str, /, **values: Any) -> None:
        super().__init__(text)
        self.said: Said = {"text": text, "values": values}


def said(error: Said) -> str:
    """What is wrong, in the reader's language."""
    text = error["text"]
    return _(text) % error["values"] if error.get("values") else _(text)


class RowReader:
    """Reads rows of one layout: built once a file, then called for each row."""

    def __init__(self, headings: Sequence[str], mapping: Mapping[str, str], options: Mapping[str, Any]) -> None:
        places = {heading: place for place, heading in reversed(list(enumerate(headings)))}
        self.at = {key: places[heading] for key, heading in mapping.items() if heading in places}
        self.order = str(options.get("date_order") or "ymd")
        self.hotel = str(options.get("hotel") or "")
        self.words = status_words(options.get("words") or {})
        self.texts = [(key, most) for key, most in TEXTS.items() if key in self.at]
        self.no_texts = dict.fromkeys((key for key in TEXTS if key not in self.at), "")
        self.wide = len(headings)

    def read(self, cells: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Said]]:
        """(values of a PastBooking, errors by field); with errors the values are not to be used."""
        errors: dict[str, Said] = {}
        values: dict[str, Any] = {}
        flags: list[str] = []

        def take(key: str, read: Callable[[], Any]) -> Any:
            try:
                return read()
            except Wrong as wrong:
                errors[key] = wrong.said
                return None

        values["past_hotel"] = take("hotel", lambda: self._hotel(cells))
        arrival = take("arrival_on" if "arrival_on" in self.at else "arrival_day", lambda: self._arrival(cells))
        nights = take(self._nights_key(), lambda: self._nights(cells, arrival))
        booked = take("booked_on" if "booked_on" in self.at else "lead_days", lambda: self._booked(cells, arrival))
        for key in ("adults", "children", "babies"):
            values[key] = take(key, partial(self._people, cells, key, flags))
        values["rooms"] = take("rooms", lambda: self._number(cells, "rooms", 1, MOST_ROOMS)) if "rooms" in self.at else 1
        values["rate"] = take("rate", lambda: self._rate(cells))
        values["status"] = take("status" if "status" in self.at else "cancelled", lambda: self._status(cells))
        values["status_on"] = take("status_on", lambda: self._status_on(cells, values["status"]))
        values["repeated"] = take("repeated", lambda: self._yes(cells, "repeated")) if "repeated" in self.at else False
        for key, most in self.texts:
            values[key] = take(key, partial(self._words, cells, key, most))
        if len(cells) > self.wide and any(text_of(cell) for cell in cells[self.wide:]):
            errors["hotel"] = {"text": N_("There is a value beyond the last heading."), "values": {}}
        if errors:
            return {}, errors
        values.update(self.no_texts, arrival_on=arrival, nights=nights, booked_on=booked, departure_on=arrival + timedelta(days=nights))
        self._flag(values, flags)
        values["flags"] = " ".join(flags)
        values["likeness"] = groups.likeness(values)
        return values, {}

    def _cell(self, cells: Sequence[Any], key: str) -> Any:
        place = self.at.get(key)
        return cells[place] if place is not None and place < len(cells) else None

    def _hotel(self, cells: Sequence[Any]) -> str:
        name = text_of(self._cell(cells, "hotel")) if "hotel" in self.at else self.hotel
        if not name:
            raise Wrong(N_("The hotel is missing."))
        if len(name) > 80:
            raise Wrong(N_("At most %(most)s characters."), most=80)
        return name

    def _arrival(self, cells: Sequence[Any]) -> date:
        if "arrival_on" in self.at:
            return self._date(cells, "arrival_on")
        year = self._number(cells, "arrival_year", EARLIEST.year, LATEST.year)
        day = self._number(cells, "arrival_day", 1, 31)
        return date_of(year, month_of(text_of(self._cell(cells, "arrival_month"))), day)

    def _nights_key(self) -> str:
        return next((key for key in ("departure_on", "nights") if key in self.at), "week_nights")

    def _nights(self, cells: Sequence[Any], arrival: date | None) -> int:
        key = self._nights_key()
        if key == "nights":
            return self._number(cells, "nights", 0, MOST_NIGHTS)
        if key == "week_nights":
            return self._number(cells, "weekend_nights", 0, MOST_NIGHTS) + self._number(cells, "week_nights", 0, MOST_NIGHTS)
        departure = self._date(cells, "departure_on")
        if arrival is None:
            return 0
        nights = (departure - arrival).days
        if nights < 0:
            raise Wrong(N_("Departure is before arrival."))
        if nights > MOST_NIGHTS:
            raise Wrong(N_("At most %(most)s."), most=MOST_NIGHTS)
        return nights

    def _booked(self, cells: Sequence[Any], arrival: date | None) -> date | None:
        if "booked_on" in self.at:
            return self._date(cells, "booked_on")
        lead = self._number(cells, "lead_days", -30, MOST_LEAD)
        return arrival - timedelta(days=lead) if arrival else None

    def _people(self, cells: Sequence[Any], key: str, flags: list[str]) -> int:
        if key not in self.at:
            return 0
        text = text_of(self._cell(cells, key))
        if not text:
            if key == "children":
                flags.append("children_unknown")
            return 0
        return whole(text, 0, MOST_PEOPLE)

    def _number(self, cells: Sequence[Any], key: str, least: int, most: int) -> int:
        return whole(text_of(self._cell(cells, key)), least, most)

    def _date(self, cells: Sequence[Any], key: str) -> date:
        return day_of(self._cell(cells, key), self.order)

    def _rate(self, cells: Sequence[Any]) -> Decimal:
        return money_of(text_of(self._cell(cells, "rate")))

    def _status(self, cells: Sequence[Any]) -> str:
        if "status" not in self.at:
            return "cancelled" if self._yes(cells, "cancelled") else "stayed"
        text = text_of(self._cell(cells, "status"))
        if not text:
            raise Wrong(N_("The status is missing."))
        found = self.words.get(re.sub(r"[\W_]+", "", text.casefold()))
        if found is None:
            raise Wrong(N_("%(word)s is no status known here. Say under Columns what it means, or change it."), word=text[:40])
        return found

    def _status_on(self, cells: Sequence[Any], status: str | None) -> date | None:
        for key in ("cancelled_on", "status_on") if status == "cancelled" else ("status_on",):
            if key in self.at and text_of(self._cell(cells, key)):
                return self._date(cells, key)
        return None

    def _yes(self, cells: Sequence[Any], key: str) -> bool:
        text = text_of(self._cell(cells, key)).casefold()
        if text in YES:
            return True
        if text in NO:
            return False
        raise Wrong(N_("Say yes or no (1 or 0)."))

    def _words(self, cells: Sequence[Any], key: str, most: int) -> str:
        text = text_of(self._cell(cells, key))
        if len(text) > most:
            raise Wrong(N_("At most %(most)s characters."), most=most)
        return text

    def _flag(self, values: dict[str, Any], flags: list[str]) -> None:
        if not values["nights"]:
            flags.append("zero_nights")
        if "adults" in self.at and not values["adults"] + values["children"] + values["babies"]:
            flags.append("no_guests")
        if values["rate"] < 0:
            flags.append("negative_rate")
        if values["booked_on"] > values["arrival_on"]:
            flags.append("booked_late")
        if values["status"] == "cancelled":
            if values["status_on"] is None:
                flags.append("cancelled_unknown")
            elif values["status_on"] < values["booked_on"]:
                flags.append("cancelled_early")


def status_words(further: Mapping[str, str]) -> dict[str, str]:
    """Word of the file -> status; `further` (status -> words separated by commas) goes before what is known anyway."""
    found = {word: status for status, words in STATUS_WORDS.items() for word in words}
    for status, text in further.items():
        if status in STATUS_WORDS:
            found.update({re.sub(r"[\W_]+", "", word.casefold()): status for word in re.split(r"[,,;;、\n]", str(text)) if word.strip()})
    return found


def text_of(cell: Any) -> str:
    """A cell as trimmed text; what means "nothing" in exports (NULL, NA, -) is empty."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.strip()
        if text.startswith(("'=", "'+", "'-", "'@")):  # as our own tables keep it from being taken for a formula
            text = text[1:]
    elif isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    elif isinstance(cell, datetime):
        text = cell.date().isoformat()
    else:
        text = str(cell)
    return "" if text.casefold() in EMPTY else text


@lru_cache(4096)
def whole(text: str, least: int, most: int) -> int:
    """A whole number within its bounds."""
    if not text:
        raise Wrong(N_("A number is missing."))
    if not re.fullmatch(r"[+-]?\d{1,9}(?:\.0+)?", text):
        raise Wrong(N_("%(text)s is no whole number."), text=text[:40])
    number = int(text.partition(".")[0])
    if number < least:
        raise Wrong(N_("At least %(least)s."), least=least)
    if number > most:
        raise Wrong(N_("At most %(most)s."), most=most)
    return number


@lru_cache(32768)
def money_of(text: str) -> Decimal:
    """An amount with at most four decimals, also as 1,234.50, 1.234,50 or with a sign of money before it."""
    bare = re.sub(r"[\s¥¥€$£]|RMB|CNY|EUR|元", "", text)
    if not bare:
        raise Wrong(N_("The rate is missing."))
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}", bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e-?\d{1,2})?", bare, re.IGNORECASE):
        raise Wrong(N_("%(text)s is no amount."), text=text[:40])
    try:
        amount = Decimal(bare)
        exact = amount.quantize(Decimal("0.0001"))
    except InvalidOperation as error:
        raise Wrong(N_("%(text)s is no amount."), text=text[:40]) from error
    if abs(exact) >= 10_000_000:
        raise Wrong(N_("At most %(most)s."), most="9,999,999")
    if exact != amount and abs(exact - amount) > Decimal("0.0000001"):  # tables keep 98.7 as 98.69999999999999
        raise Wrong(N_("At most four decimals."))
    return exact


@lru_cache(512)
def month_of(text: str) -> int:
    """A month by its number or name."""
    bare = text.casefold().removesuffix("月").rstrip(".")
    if bare.isdigit() and 1 <= int(bare) <= 12:
        return int(bare)
    if bare in MONTHS:
        return MONTHS[bare]
    raise Wrong(N_("%(text)s is no month."), text=text[:40]) if text else Wrong(N_("The month is missing."))


@lru_cache(8192)
def date_of(year: int, month: int, day: int) -> date:
    """A day that is in the calendar."""
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise Wrong(N_("There is no such day: %(text)s."), text=f"{year}-{month}-{day}") from error
    return _within(found)


def _within(found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise Wrong(N_("%(text)s is too far away."), text=found.isoformat())
    return found


def day_of(cell: Any, order: str) -> date:
    """A day as tables and texts write it; `order` decides 3/4/2025."""
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    return _day(text_of(cell), order)


@lru_cache(16384)
def _day(text: str, order: str) -> date:
    if not text:
        raise Wrong(N_("The day is missing."))
    bare = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$", "", text)
    if match := re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", bare):
        return date_of(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", bare):
        return date_of(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", bare):
        return date_of(int(match[3]), month_of(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", bare):
        first, second = int(match[1]), int(match[2])
        day, month = (second, first) if order == "mdy" else (first, second)
        return date_of(int(match[3]), month, day)
    if re.fullmatch(r"\d{5}(\.\d+)?", bare):  # a table's own count of days
        return _within(date(1899, 12, 30) + timedelta(days=int(float(bare))))
    raise Wrong(N_("%(text)s is no day, such as 2026-11-24."), text=text[:40])


def date_order(samples: Sequence[str]) -> str:
    """What 3/4/2025 means in this file: told by a part above 12, otherwise day before month."""
    for text in samples:
        if match := re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}", text):
            if int(match[1]) > 12:
                return "dmy"
            if int(match[2]) > 12:
                return "mdy"
    return "dmy" if any(re.match(r"\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", text) for text in samples) else "ymd"
