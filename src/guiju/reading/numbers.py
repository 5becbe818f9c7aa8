"""Numbers as people write them in requests, and which number belongs to a room type."""

from __future__ import annotations

import re

DIGITS = {"零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "贰": 2, "三": 3, "叁": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ENGLISH = {
    name: count
    for count, name in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
}
NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十壹贰叁]{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
AFTER = re.compile(rf"[\s:：*×xX房型（(）),-]{{0,4}}(?P<n>{NUMBER})\s*(?:间|套|rooms?\b|rms?\b)?", re.I)
BEFORE = re.compile(rf"(?P<n>{NUMBER})\s*(?:间|套|[*×xX]|rooms?\b)?[\s的]*(?:\w+ ){{0,2}}$", re.I)


def number(text: str) -> int | None:
    """2, 两, 十二, twelve → a number; None for what is none."""
    text = text.strip().lower()
    if text.isdecimal():
        return int(text)
    if text in ENGLISH:
        return ENGLISH[text]
    if not text or any(char not in DIGITS and char != "十" for char in text):
        return None
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        return (DIGITS.get(tens, 1) if tens else 1) * 10 + (DIGITS.get(ones, 0) if ones else 0)
    return DIGITS[text] if len(text) == 1 else None


def spans(text: str, start: int, end: int) -> tuple[int | None, tuple[int, int]]:
    """The number of a room type that stands at [start, end): the one right behind it with a measure, else right before it."""
    tail = text[end : end + 16].split("\n")[0]
    behind = AFTER.match(re.sub(r"^(?:房间?|间)", "", tail))
    cut = len(tail) - len(re.sub(r"^(?:房间?|间)", "", tail))
    head = text[max(0, start - 16) : start].rpartition("\n")[2]
    before = BEFORE.search(head)
    dated = re.compile(r"\s*(?:月|日|/|-\d|号|点|:)")
    if behind and not dated.match(tail[cut + behind.end("n") :]) and (not before or re.search(r"间|套|room|[*×xX:：]", behind.group(), re.I)):
        return number(behind.group("n")), (start, end + cut + behind.end())
    if before and not re.search(r"[月日号:/-]\s*$", head[: before.start("n")] + " "):
        return number(before.group("n")), (start - len(head) + before.start(), end)
    return None, (start, end)
