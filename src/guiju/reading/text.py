"""Free text and fax forms, Chinese and English: what is proposed for each point, where it stands, and what is unsure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiju.reading.dates import Found, nights_in, read_dates
from guiju.reading.numbers import number, spans

Place = tuple[int, int]


@dataclass(slots=True)
class Field:
    """A proposal: its value, whether it is certain, where it stands in the text, and why it is not certain."""

    value: Any
    sure: bool = True
    places: list[Place] = field(default_factory=list)
    why: str = ""


@dataclass(slots=True)
class Reading:
    """What was read: fields by name, the language, fit or group."""

    fields: dict[str, Field]
    lang: str
    kind: str


LABELS: tuple[tuple[str, str], ...] = (
    ("client", r"订房单位|预订单位|发件公司|发件单位|单位名称|客户单位|组团社|旅行社|公司名称|公司|company|agency|account"),
    ("contact", r"订房人|联系人|预订人|发件人|经办人|联络人|contact(?: person)?|booked by|attn"),
    ("phone", r"联系电话|联系方式|电话|手机|tel(?:ephone)?|phone|mobile"),
    ("reply_to", r"传真|e-?mail|邮箱|电子邮件|fax"),
    ("guests", r"入住姓名|宾客姓名|客人姓名|客人名单|住客姓名|姓名|guest(?: name)?s?|name of guests?"),
    ("tour_code", r"团号|计划号|tour code|group code"),
    ("transport", r"航班/车次|航班|车次|交通工具|接送|flight|train|transfer"),
    ("meals", r"用餐|订餐|餐饮安排|meals?"),
    ("payment", r"付款方式|结算方式|付款|结账方式|payment"),
    ("requests", r"特殊要求|备注|其他要求|special requests?|remarks?|notes?"),
)
LABELLED = re.compile(
    r"(?im)(?:^|[\n,，;；。\t]|(?<=\s{2}))[ \t\u3000]{0,8}(?P<label>"
    + "|".join(f"(?P<{name}>{words})" for name, words in LABELS)
    + r")[ \t\u3000]{0,8}[:：][ \t\u3000]{0,8}(?P<value>[^\n]*)"
)
ENDS = re.compile(r"[，,;；。]\s*(?=[\u4e00-\u9fffA-Za-z ]{2,10}[:：])|[ \u3000]{2,8}(?=[\u4e00-\u9fffA-Za-z ]{2,10}[:：])|[，,;；。]?\s*$")
PAYMENTS = (
    ("on_account", r"挂账|挂帐|月结|与我司结|记账|(?:on|to) (?:our |the )?account|city ledger"),
    ("cash", r"现付|现金|前台付|自付|客人自理|pay at (?:the )?hotel|cash"),
    ("transfer", r"转账|汇款|电汇|bank transfer|wire"),
    ("voucher", r"凭单|voucher"),
    ("prepaid", r"预付|prepaid|prepayment"),
)
GROUP = re.compile(r"团队|团号|旅行团|\bgroup\b|\btour\b", re.I)
PERSONS = re.compile(
    r"(?:人数|persons?|guests?|pax)[ \t:：]*(\d{1,4})(?![\d月/.-])|(\d{1,4})[ \t]*(?:人(?!间|民)|位客|名客|persons?\b|pax\b|adults?\b|guests?\b)",
    re.I,
)
ESCORTS = re.compile(r"(?:司陪房|陪同房|司机房|escort rooms?|driver rooms?)[ \t:：]*(\d{1,2})|(\d{1,2})[ \t]*间?[ \t]*(?:司陪房|陪同房|司机房)", re.I)
BLANK = re.compile(r"[_＿]{2,}|…{2,}")
READ_CHARS = 8_000  # four full pages; what stands after them is for people to read, and the original is kept
BOXES = re.compile(r"[□☐]\s*[^\s□☐■☑√✓]*")


def read(text: str, words: Mapping[str, Sequence[str]], today: date) -> Reading:
    """Read a request. `words`: room type code -> how clients write it. Unsure is what has two readings or looks odd."""
    text = text[:READ_CHARS].replace("\xa0", " ")
    lang = "zh-hans" if len(re.findall(r"[\u4e00-\u9fff]", text)) * 6 >= len(text.strip()) or re.search(r"[\u4e00-\u9fff]{4}", text) else "en"
    fields: dict[str, Field] = {}
    _labelled(text, fields)
    arrival = _stay(text, fields, today)
    _rooms(text, words, fields)
    for name, pattern in (("persons", PERSONS), ("escort_rooms", ESCORTS)):
        _count(text, name, pattern, fields)
    _payment(text, fields)
    _odd(fields, today, arrival)
    kind = "group" if GROUP.search(text) or _many(fields) else "fit"
    return Reading(fields, lang, kind)


def _labelled(text: str, fields: dict[str, Field]) -> None:
    seen: dict[str, list[Field]] = {}
    for found in LABELLED.finditer(text):
        name = next(key for key, _words in LABELS if found.group(key))
        start = found.start("value")
        line = found.group("value")[:400]  # no value is longer; patterns on endless lines are what slows readers down
        end = ENDS.search(line)
        value = line[: end.start() if end else None]
        clean = BLANK.sub("", value).strip(" ，,;；。\u3000")
        if clean and not clean.startswith(("□", "☐", "{")):
            seen.setdefault(name, []).append(Field(clean[:200], True, [(start, start + len(value.rstrip()))]))
    for name, given in seen.items():
        one = given[-1] if name in ("client", "contact", "phone", "reply_to") else given[0]
        different = {str(item.value) for item in given}
        if len(different) > 1:
            one = Field(one.value, False, [place for item in given for place in item.places], "more than one in the text")
        fields[name] = one


def _stay(text: str, fields: dict[str, Field], today: date) -> Found | None:
    dates = [one for one in read_dates(text, today) if one.role != "written"]
    arrivals = [one for one in dates if one.role == "arrival"]
    departures = [one for one in dates if one.role == "departure"]
    rest = [one for one in dates if not one.role]
    if not arrivals and len(rest) >= 1:
        arrivals, rest = rest[:1], rest[1:]
    if not departures and rest and len(rest) == 1:
        departures, rest = rest, []
    first = arrivals[0] if arrivals else None
    if first:
        fields["arrival"] = _one(arrivals)
    if departures:
        fields["departure"] = _one(departures)
    nights = nights_in(text)
    if first and nights and len(arrivals) >= 1:
        counted = date.fromordinal(first.on.toordinal() + nights[0])
        if not departures:
            fields["departure"] = Field(counted.isoformat(), first.sure, [nights[1]], "" if first.sure else first.why)
        elif date.fromisoformat(fields["departure"].value) != counted:
            fields["departure"].sure = False
            fields["departure"].why = "the dates and the number of nights do not agree"
    if rest and "departure" in fields and not departures:
        fields["departure"].sure = False
    return first


def _one(found: list[Found]) -> Field:
    days = {one.on for one in found}
    best = found[0]
    why = best.why or ("more than one date in the text" if len(days) > 1 else "")
    return Field(best.on.isoformat(), best.sure and len(days) == 1, [one.place for one in found], why)


def _rooms(text: str, words: Mapping[str, Sequence[str]], fields: dict[str, Field]) -> None:
    known = sorted(((word, code) for code, list_ in words.items() for word in list_ if word), key=lambda pair: -len(pair[0]))
    taken: list[Place] = []
    found: list[tuple[str, int | None, Place]] = []
    for word, code in known:
        pattern = re.escape(word) if re.search(r"[\u4e00-\u9fff]", word) else rf"\b{re.escape(word)}s?\b"
        for hit in re.finditer(pattern, text, re.I):
            if any(start < hit.end() and hit.start() < end for start, end in taken):
                continue
            taken.append((hit.start(), hit.end()))
            count, place = spans(text, hit.start(), hit.end())
            found.append((code, count, place))
    places = [place for _code, _count, place in found]
    rooms: dict[str, int] = {}
    repeated = unsure = False
    for code, count, _place in sorted(found, key=lambda item: item[2]):
        if count is None:
            continue
        repeated |= code in rooms and rooms[code] != count
        rooms[code] = max(rooms.get(code, 0), count)
    if not rooms:
        rooms, places, unsure = _lone_type(text, found, places)
    if rooms:
        why = "the same room type stands there with different numbers" if repeated else "type and number stand apart" if unsure else ""
        fields["rooms"] = Field(rooms, not repeated and not unsure, places, why)
    elif re.search(r"\d+\s*(?:间|rooms?\b)", text, re.I):
        lone = re.search(r"(\d+)\s*(?:间|rooms?\b)", text, re.I)
        assert lone
        fields["rooms"] = Field({"?": int(lone.group(1))}, False, [lone.span()], "which room type?")


def _lone_type(text: str, found: list[tuple[str, int | None, Place]], places: list[Place]) -> tuple[dict[str, int], list[Place], bool]:
    codes = {code for code, _count, _place in found}
    counts = list(re.finditer(r"(?:数量|间数|rooms?)[\s:：]*(\d{1,3})\s*间?|(\d{1,3})\s*间", text, re.I))
    numbers = {int(hit.group(1) or hit.group(2)) for hit in counts}
    if len(codes) == 1 and len(numbers) == 1:
        return {codes.pop(): numbers.pop()}, places + [hit.span() for hit in counts], False
    if len(codes) == 1 and not numbers:
        return {codes.pop(): 1}, places, True
    if codes and numbers:
        return {min(codes): min(numbers)}, places, True
    return {}, places, False


def _count(text: str, name: str, pattern: re.Pattern[str], fields: dict[str, Field]) -> None:
    hits = list(pattern.finditer(text))
    values = [number(next(group for group in hit.groups() if group)) for hit in hits]
    good = [value for value in values if value]
    if good:
        same = len(set(good)) == 1
        fields[name] = Field(good[0], same, [hit.span() for hit in hits], "" if same else "different numbers in the text")


def _payment(text: str, fields: dict[str, Field]) -> None:
    where = fields["payment"].value if "payment" in fields else text
    ticked = re.sub(BOXES, "", where) if re.search(r"[□☐]", where) else where
    hits = [code for code, pattern in PAYMENTS if re.search(pattern, ticked, re.I)]
    if "payment" in fields:
        places = fields["payment"].places
        fields["payment"] = Field(hits[0] if hits else where[:40], len(hits) == 1, places, "" if len(hits) == 1 else "how is it paid?")
    elif len(hits) == 1:
        place = re.search(dict(PAYMENTS)[hits[0]], text, re.I)
        fields["payment"] = Field(hits[0], True, [place.span()] if place else [])


def _many(fields: dict[str, Field]) -> bool:
    rooms = fields["rooms"].value if "rooms" in fields else {}
    return sum(count for count in rooms.values() if isinstance(count, int)) >= 8


def _odd(fields: dict[str, Field], today: date, arrival: Found | None) -> None:
    checks: list[tuple[str, Callable[[], bool], str]] = []
    begin = date.fromisoformat(fields["arrival"].value) if "arrival" in fields else None
    end = date.fromisoformat(fields["departure"].value) if "departure" in fields else None
    if begin:
        checks.append(("arrival", lambda: begin < today, "this day has passed"))
        checks.append(("arrival", lambda: (begin - today).days > 550, "far ahead"))
    if begin and end:
        checks.append(("departure", lambda: end <= begin, "the departure is not after the arrival"))
        checks.append(("departure", lambda: (end - begin).days > 60, "a long stay"))
    for name, wrong, why in checks:
        if wrong():
            fields[name].sure, fields[name].why = False, why
    rooms = fields["rooms"].value if "rooms" in fields else {}
    total = sum(count for count in rooms.values() if isinstance(count, int))
    if total and "persons" in fields and not total / 2 <= fields["persons"].value <= total * 4:
        fields["persons"].sure, fields["persons"].why = False, "persons and rooms do not fit together"
