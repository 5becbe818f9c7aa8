"""Days as clients write them: which day is meant, and what leaves it open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from guiju.reading.lexer import MONTHS, Token
from guiju.reading.numbers import number, year

NEAR = {
    "今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "大后天": 3,
    "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2,
}  # fmt: skip
FOLLOWING = re.compile(r"次日|翌日|第二天|隔天|(?:next|following) day", re.I)
WEEKDAYS = {sign: place for place, sign in enumerate("一二三四五六日")} | {"天": 6}
WEEKDAYS |= {name: place for place, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
LISTED = re.compile(r"and|&|/", re.I)
THROUGH = re.compile(r"through|thru", re.I)


@dataclass(slots=True)
class Day:
    """A day in the text. Until it is resolved only its parts are known."""

    start: int
    end: int
    token: Token
    year: int | None = None
    month: int | None = None
    day: int | None = None
    swapped: tuple[int, int] | None = None  # (month, day) the other way round
    sign: str = ""
    on: date | None = None
    role: str = ""
    months_on: int | None = None  # this month or the next one, as it is said
    joined: bool = False  # the end of a span that the day before begins
    doubts: list[str] = field(default_factory=list)


def days_of(token: Token) -> list[Day]:
    """The day or days of a token; none when it is no day."""
    part = token.parts
    if token.kind == "d_zh":
        return [_day(token, year(part["zy"]) if "zy" in part else None, number(part["zm"]), number(part["zd"]))]
    if token.kind in ("d_iso", "d_compact"):
        letter = "i" if token.kind == "d_iso" else "c"
        found = _day(token, int(part[f"{letter}y"]), int(part[f"{letter}m"]), int(part[f"{letter}d"]))
        found.doubts += ["unlabelled"] if token.kind == "d_compact" else []
        found.sign = "iso"
        return [found]
    if token.kind in ("d_range", "d_us_range"):
        return _pair(token, *("ra", "rb", "rm", "ry", "rj") if token.kind == "d_range" else ("ua", "ub", "um", "uy", "uj"))
    if token.kind in ("d_en", "d_us"):
        given = part.get("ey") or part.get("e2") or part.get("e3") or part.get("sy")
        name = part.get("em") or part.get("eg") or part["sm"]
        return [_day(token, year(given) if given else None, MONTHS[name[:3].lower()], int(part.get("ed") or part["sd"]))]
    if token.kind in ("d_num", "d_md"):
        return [_numeric(token, part)]
    if token.kind == "d_next":
        found = _day(token, None, None, number(part["xd"]))
        found.months_on = 1 if part["xw"][0] in "下次" else 0
        return [found]
    if token.kind == "d_days":
        first, second = _day(token, None, None, number(part["dp"])), _day(token, None, None, number(part["dq"]))
        first.end, second.start, second.joined = token.start + len(part["dp"]), token.end - len(part["dq"]) - 1, True
        return [first, second]
    if token.kind == "d_day":
        return [_day(token, None, None, number(part.get("dd") or part["od"]))]
    return []


def _day(token: Token, given: int | None, month: int | None, day: int | None) -> Day:
    return Day(token.start, token.end, token, given, month, day if day is not None else 0)


def _pair(token: Token, first: str, second: str, month: str, given: str, join: str) -> list[Day]:
    part = token.parts
    place = MONTHS[part[month][:3].lower()]
    whole = year(part[given]) if given in part else None
    one, two = _day(token, whole, place, int(part[first])), _day(token, whole, place, int(part[second]))
    middle = token.text.lower().find(part[join].lower(), len(part[first]) if join == "rj" else len(part[month]))
    one.end, two.start, two.joined = token.start + max(middle, 1), token.start + max(middle, 1) + 1, True
    if LISTED.fullmatch(part[join]) or THROUGH.fullmatch(part[join]):
        two.doubts.append("inclusive")
        one.doubts += ["inclusive"] if LISTED.fullmatch(part[join]) else []
    if one.day and two.day and two.day < one.day:
        one.doubts.append("month")
        one.month = place - 1 or 12
    return [one, two]


def _numeric(token: Token, part: Mapping[str, str]) -> Day:
    full = token.kind == "d_num"
    first, second = int(part["na" if full else "ma"]), int(part["nb" if full else "mb"])
    given = year(part["ny"]) if full else None
    found = _day(token, given, None, None)
    found.sign = part["ns" if full else "ms"]
    readings = [(month, day) for month, day in ((first, second), (second, first)) if 1 <= month <= 12 and 1 <= day <= 31]
    if full and len(part["ny"]) == 2:
        found.doubts.append("order")
    if not readings:
        found.month, found.day = 0, 0
        return found
    by_day = full and found.sign == "."
    found.month, found.day = readings[-1] if by_day else readings[0]
    if len(set(readings)) == 2:
        found.swapped = readings[0] if by_day else readings[-1]
    return found


def settle_order(days: list[Day]) -> None:
    """Day or month first: told by another date of the same hand, else open, with the shorter stay proposed."""
    open_ = [one for one in days if one.swapped]
    clear = [one for one in days if one.sign and not one.swapped and one.token.kind in ("d_num", "d_md") and one.month != one.day]
    for one in open_:
        before = _before(days, one)
        if before is not None and before.sign == "iso" and one.joined and one.token.kind == "d_md":
            one.swapped = None
            continue
        same = {_month_first(other) for other in clear if other.sign == one.sign}
        if len(same) == 1:
            if same != {_month_first(one)}:
                assert one.swapped
                one.month, one.day = one.swapped
            one.swapped = None
    for one, two in pairwise(open_):
        if one.swapped and two.swapped and one.month != two.month and one.day == two.day:
            one.month, one.day, one.swapped = *one.swapped, (one.month, one.day)
            two.month, two.day, two.swapped = *two.swapped, (two.month, two.day)
    for one in open_:
        one.doubts += ["order"] if one.swapped else []


def _before(days: list[Day], one: Day) -> Day | None:
    place = days.index(one)
    return days[place - 1] if place else None


def _month_first(one: Day) -> bool:
    part = one.token.parts
    return one.month == int(part.get("na") or part["ma"])


def resolve(one: Day, last: Day | None, today: date) -> None:
    """Say which day is meant: without a year the next such day, without a month the next after the one before it."""
    if one.on is not None or one.day is None:
        return
    if one.months_on is not None:
        place = today.month - 1 + one.months_on
        one.on = _date(today.year + place // 12, place % 12 + 1, one.day)
        one.doubts += [] if one.on else ["impossible"]
        return
    if one.month is None:
        _of_the_month(one, last, today)
        return
    if one.year is not None:
        one.on = _date(one.year, one.month, one.day)
        if one.swapped and one.on is not None and one.on < today:
            one.on = _date(one.year, *one.swapped) or one.on
        one.doubts += [] if one.on else ["impossible"]
        return
    base = last.on if last is not None and last.on is not None and (one.joined or one.role == "departure") else today
    for guess in range(base.year, base.year + 5):
        on = _date(guess, one.month, one.day)
        if on is not None and on >= base:
            one.on = on
            break
    if one.on is None or (one.month, one.day) == (2, 29):
        one.doubts.append("impossible" if _date(2028, one.month, one.day) is None else "year")
    elif (one.on - today).days > 300:
        one.doubts.append("year")


def _of_the_month(one: Day, last: Day | None, today: date) -> None:
    base = last.on if last is not None else None
    if base is None:
        base = today
        one.doubts.append("month")
    elif last is not None and "month" in last.doubts:
        one.doubts.append("month")
    assert one.day is not None
    for ahead in range(3):
        place = base.month - 1 + ahead
        on = _date(base.year + place // 12, place % 12 + 1, one.day)
        if on is not None and (on > base or (on == base and last is None)):
            one.on = on
            break
        if on is None and ahead == 0 and last is not None:
            one.doubts.append("impossible")  # 31日 after 9月28日: the month the writer meant has no such day
    if one.on is None:
        one.doubts.append("impossible")
    elif last is not None and one.on.month != base.month and not one.joined:
        one.doubts.append("month")


def _date(given: int, month: int, day: int) -> date | None:
    try:
        return date(given, month, day)
    except ValueError:
        return None


def weekday_of(text: str) -> int | None:
    """The day of the week a word names; None for a weekend."""
    word = text.strip(" .").lower()
    key = word[-1] if word[-1] in WEEKDAYS else word.replace("this ", "").replace("next ", "").replace("coming ", "")[:3]
    return WEEKDAYS.get(key)


def near_day(token: Token, last: Day | None, today: date) -> Day | None:
    """Tomorrow, the day after; None for a day that hangs on nothing."""
    found = Day(token.start, token.end, token)
    if FOLLOWING.search(token.text):
        if last is None or last.on is None:
            return None
        found.on = last.on + timedelta(days=1)
        return found
    ahead = NEAR.get(token.text.lower())
    if ahead is None:
        return None
    found.on = today + timedelta(days=ahead)
    return found


def fits(word: str, on: date, today: date) -> bool:
    """Whether a loose word like 年底 or next week only says again what a day says."""
    word = word.lower()
    monday = today - timedelta(days=today.weekday())
    weeks = {"本周": 0, "这周": 0, "this week": 0, "下周": 1, "next week": 1}
    months = {"本月": 0, "this month": 0, "下月": 1, "下个月": 1, "next month": 1}
    if word in weeks:
        return monday + timedelta(days=7 * weeks[word]) <= on < monday + timedelta(days=7 * weeks[word] + 7)
    if word in months:
        return (on.year - today.year) * 12 + on.month - today.month == months[word]
    known = {
        "年底": on.month == 12,
        "年末": on.month == 12,
        "月底": on.day >= 24,
        "月末": on.day >= 24,
        "月初": on.day <= 8,
        "上旬": on.day <= 11,
        "元旦": (on.month, on.day) in ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2)),
        "明年": on.year == today.year + 1,
        "next year": on.year == today.year + 1,
        "christmas": on.month == 12 and 20 <= on.day <= 27,
    }
    return known.get(word, False)
