"""Codes, dates and amounts in a paper's content, as its reader reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from guiju.house.facts import DEPARTMENTS

# Codes by the key they stand under: (Chinese, English).
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "use": {
        "guest": ("客房", "guests"),
        "escort": ("司陪", "escorts"),
        "free": ("免费", "complimentary"),
        "working": ("工作用房", "working"),
        "extra": ("到店加房", "added on arrival"),
    },
    "gender": {"m": ("男", "M"), "f": ("女", "F")},
    "meal": {"breakfast": ("早餐", "breakfast"), "lunch": ("午餐", "lunch"), "dinner": ("晚餐", "dinner")},
    "style": {"buffet": ("自助", "buffet"), "table": ("桌餐", "set menu")},
    "payment": {
        "cash": ("现付", "cash"),
        "on_account": ("挂账", "on account"),
        "transfer": ("转账", "transfer"),
        "voucher": ("旅行社凭单", "voucher"),
        "prepaid": ("预付", "prepaid"),
        "card": ("信用卡", "card"),
    },
    "guarantee": {
        "deposit": ("押金", "deposit"),
        "card": ("信用卡", "credit card"),
        "written": ("书面", "in writing"),
        "letter": ("书面", "in writing"),
        "prepaid": ("预付", "prepaid"),
        "company": ("单位担保", "by the company"),
    },
    "state": {
        "new": ("新订", "New"),
        "changed": ("更改", "Changed"),
        "cancelled": ("取消", "Cancelled"),
        "waitlist": ("候补", "Waiting list"),
    },
    "kind": {"change": ("更改", "Change"), "cancel": ("取消", "Cancellation")},
    "told_how": {
        "fax": ("传真", "fax"),
        "mail": ("电子邮件", "e-mail"),
        "phone": ("电话", "telephone"),
        "letter": ("信函", "letter"),
        "wechat": ("微信", "WeChat"),
        "front_desk": ("总台", "front desk"),
        "system": ("系统", "system"),
    },
    "department": dict(DEPARTMENTS),
}
# Pairs inside `payer` and `collection`: who pays what, and what is collected on behalf.
PAIRS: dict[str, tuple[str, str]] = {
    "rooms": ("房费", "rooms"),
    "meals": ("餐费", "meals"),
    "incidentals": ("杂费", "incidentals"),
    "escorts": ("司陪房费", "escorts' rooms"),
    "client": ("单位付", "company"),
    "guest": ("客人自付", "guest"),
    "agency": ("旅行社付", "agency"),
    "hotel": ("酒店承担", "hotel"),
    "selling_rate": ("卖价", "selling rate"),
    "due_back": ("返还", "due back"),
    "per": ("每", "per"),
}
SHORT_DAYS = frozenset({"on", "from", "until", "at"})  # columns: the year stands at the top of the form
MONEY_KEYS = frozenset({"total", "charge", "rate"})
VERBATIM = frozenset({"words"})  # as it was written, sign by sign: what is to be made of it is compared with it
SAID_NO = frozenset({"in_time"})  # where "no" is a statement, not an empty field
WEEKDAYS = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
)
# Signs that would turn the reading order round or hide; a name does not need them, a forged paper does.
UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])
WORD = re.compile(r"[a-z_]+")
AMOUNT = re.compile(r"-?\d+(\.\d+)?")


def shown(key: str, value: object, lang: str) -> str:
    """A value as the reader reads it: codes as words, dates as dates, amounts by thousands, line ends as spaces."""
    english = lang.startswith("en")
    if key in VERBATIM:
        return str(value or "")
    if value is True or value is False:
        return _yes_no(value, english) if value or key in SAID_NO else ""
    if value is None or value == "" or value == 0:
        return ""
    if isinstance(value, list | tuple):
        return ("; " if english else "；").join(text for item in value if (text := shown(key, item, lang)))
    if isinstance(value, Mapping):
        value = "；".join(f"{name}: {one}" for name, one in sorted(value.items()) if one not in (None, ""))
    return _shown(key, str(value), english)


def _yes_no(value: bool, english: bool) -> str:
    return (("否", "No"), ("是", "Yes"))[value][english]


@lru_cache(maxsize=4096)
def _shown(key: str, text: str, english: bool) -> str:
    text = " ".join(text.translate(UNSEEN).split())
    words = WORDS.get(key, {}).get(text)
    if words:
        return words[english]
    if key in ("payer", "collection"):
        return _pairs(text, english)
    if key == "meals_text":
        text = WORD.sub(lambda found: WORDS["meal"].get(found[0], (found[0], found[0]))[english], text)
    if key in MONEY_KEYS and AMOUNT.fullmatch(text):
        return f"{Decimal(text):,.2f}".removesuffix(".00")
    return ISO.sub(lambda found: _day(found, english, key in SHORT_DAYS), text)


def _pairs(text: str, english: bool) -> str:
    parts = []
    for part in re.split(r"[；;]\s*", text):
        name, colon, value = part.partition(":")
        if colon and name.strip() in PAIRS:
            name, value = PAIRS[name.strip()][english], value.strip()
            part = f"{name} {PAIRS.get(value, (value, value))[english]}"
        parts.append(part)
    return ("; " if english else "；").join(parts)


def _day(found: re.Match[str], english: bool, short: bool) -> str:
    try:
        on = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return found[0]
    week = WEEKDAYS[on.weekday()][english]
    if english:
        day = f"{week} {on.day} {MONTHS[on.month - 1]}" + ("" if short else f" {on.year}")
    else:
        day = ("" if short else f"{on.year}年") + f"{on.month}月{on.day}日 {week}"
    return f"{day} {found[4]}" if found[4] else day
