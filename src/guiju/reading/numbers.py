"""Numbers as people write them in requests: 2, ２, 两, 二十, 廿五, twelve."""

from __future__ import annotations

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
DIGITS |= {sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
ENGLISH = {
    name: count
    for count, name in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "a": 1, "an": 1}
CN = "[零〇一二两三四五六七八九十廿卅百壹贰叁肆伍陆柒捌玖拾]{1,5}"
EN = (
    r"\b(?:one|two|three|four(?:teen)?|five|six(?:teen)?|seven(?:teen)?|eight(?:een)?|nine(?:teen)?|ten|eleven|twelve"
    r"|thirteen|fifteen|twenty|thirty|forty|fifty)\b"
)
NUM = rf"(?:(?<![\d.])\d{{1,4}}(?![\d])|{CN}|{EN})"


def number(text: str) -> int | None:
    """2, 两, 十二, 廿五, 一百二十, twelve → a number; None for what is none (两三, 几)."""
    text = text.strip().lower()
    if text.isascii() and text.isdecimal():
        return int(text)
    if text in ENGLISH:
        return ENGLISH[text]
    text = text.replace("拾", "十").replace("廿", "二十").replace("卅", "三十")
    if not text or any(char not in DIGITS and char not in "十百" for char in text):
        return None
    hundreds, has_hundred, rest = text.rpartition("百")
    if has_hundred:
        tail = number(rest.lstrip("零〇")) if rest.strip("零〇") else 0
        lead = _digit(hundreds)
        return None if tail is None or lead is None or (rest and rest[0] not in "零〇" and len(rest) == 1) else lead * 100 + tail
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        lead, tail = _digit(tens) if tens else 1, _digit(ones) if ones else 0
        return None if lead is None or tail is None else lead * 10 + tail
    return _digit(text)


def _digit(text: str) -> int | None:
    return DIGITS.get(text) if len(text) == 1 else None


def year(text: str) -> int | None:
    """2026, 26, 二〇二六 → 2026; None for what is no year of this century."""
    digits = "".join(str(DIGITS[char]) if char in DIGITS else char for char in text)
    if not digits.isdecimal() or len(digits) not in (2, 4):
        return None
    found = int(digits) + (2000 if len(digits) == 2 else 0)
    return found if 2000 <= found < 2100 else None
