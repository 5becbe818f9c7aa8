"""Card numbers in what comes in: found by their check digit, shown with their middle struck out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MOST_CHARS = 2_000_000  # what is longer is not searched: it is sealed as if a number stood in it
GAP = r"[ \-.\u00a0\u2009\u202f\u3000\t\u2010-\u2015]?"
PAN = re.compile(rf"(?<![\d+])(?:\d{GAP}){{12,18}}\d(?!\d)")
ISSUED = re.compile(r"2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3(?:[04-9])|[4569]")  # how numbers of the card schemes begin
# What the standard messages call a card's number and its check code, as attributes and as elements.
ATTRIBUTES = re.compile(r"""((?:CardNumber|SeriesCode|CVV2?|CVC2?)\s{0,5}=\s{0,5})(["'])([^"'<]{0,400})\2""", re.I)
ELEMENTS = re.compile(r"(<(?:[\w.-]{1,40}:)?(?:CardNumber|SeriesCode|PlainText|CVV2?|CVC2?|MagneticStripe)\b[^<>]{0,400}>)([^<]{1,400})(?=<)", re.I)
SPOKEN_CODE = re.compile(r"((?:CVV2?|CVC2?|安全码|校验码|security code)\D{0,6})(\d{3,4})(?!\d)", re.I)


def luhn(digits: str) -> bool:
    """The check digit of card numbers."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def is_pan(text: str) -> bool:
    """Whether these digits are a card number: length, first digits, check digit; no identity card, no telephone."""
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    if not 13 <= len(digits) <= 19 or not ISSUED.match(digits) or len(set(digits)) == 1 or not luhn(digits):
        return False
    return not (len(digits) == 18 and re.fullmatch(r"[1-6]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}", digits))


def mask_pans(text: str) -> str:
    """Card numbers with their middle struck out; other long numbers stay as they are."""

    def struck(found: re.Match[str]) -> str:
        given = found.group()
        if not is_pan(given):
            return given
        digits = "".join(str(int(char)) for char in given if char.isdecimal())
        return f"{digits[:4]} **** {digits[-4:]}"

    return PAN.sub(struck, SPOKEN_CODE.sub(lambda found: found.group(1) + "*" * len(found.group(2)), text))


def mask_marked(text: str) -> str:
    """A message in XML with what it calls card numbers and check codes struck out, and every other card number in it."""
    text = ATTRIBUTES.sub(lambda found: f"{found.group(1)}{found.group(2)}{_ends(found.group(3))}{found.group(2)}", text)
    return mask_pans(ELEMENTS.sub(lambda found: found.group(1) + _ends(found.group(2)), text))


def _ends(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 13:
        return f"{digits[:4]} **** {digits[-4:]}"
    return "****" if value.strip() else value


def mask_all(value: Any) -> Any:
    """The same value with card numbers struck out wherever they stand in it."""
    if isinstance(value, str):
        return mask_pans(value)
    if isinstance(value, Mapping):
        return {key: mask_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(item) for item in value]
    return value


def holds_card(text: str) -> bool:
    """Whether a card number, or what a message marks as one, stands in this text; one too long to be searched counts as if."""
    return len(text) > MOST_CHARS or mask_marked(text) != text
