"""A client's name as people look for it: part of it, its initials, what it shares with another name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import product
from typing import Any

MOST_READINGS = 8
# What says nothing about who it is: the forms of companies, offices and agencies
FORMS = (
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "分公司",
    "公司",
    "集团",
    "股份",
    "国际旅行社",
    "旅行社",
    "国际",
    "控股",
    "实业",
    "companylimited",
    "coltd",
    "limited",
    "company",
    "ltd",
    "inc",
    "corp",
    "group",
)


def plain(text: str) -> str:
    """Letters, figures and characters only, width and case folded: what is compared when searching."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def pairs(text: str) -> list[str]:
    """Neighbouring characters two by two, each pair once; a single character is itself."""
    if len(text) < 2:
        return [text] if text else []
    return list(dict.fromkeys(text[place : place + 2] for place in range(len(text) - 1)))


def token(piece: str) -> str:
    """A piece as every tokeniser keeps it whole, whatever script it is in."""
    return "z".join(f"{ord(sign):x}" for sign in piece)


def tokens(fields: Iterable[str]) -> list[str]:
    """What a row is indexed by: each character and each pair of neighbours of each field."""
    found: dict[str, None] = {}
    for field in fields:
        text = plain(field)
        found.update(dict.fromkeys(token(sign) for sign in text))
        found.update(dict.fromkeys(token(pair) for pair in pairs(text)))
    return list(found)


def wanted(text: str) -> list[str]:
    """The tokens that a row must have to hold this text."""
    return [token(pair) for pair in pairs(plain(text))]


def initials_of(name: str) -> str:
    """Pinyin initials of a name; characters read in several ways give several, separated by blanks."""
    from pypinyin import Style, pinyin

    signs = plain(name)
    if not signs or signs.isascii():
        return ""
    style: Any = {"style": Style.FIRST_LETTER, "errors": lambda rest: list(rest)}
    in_words = [one[0] for one in pinyin(signs, **style)]
    choices: list[list[str]] = []
    many = 1
    for sign, usual in zip(signs, in_words, strict=True):
        ways = [usual, *pinyin(sign, heteronym=True, **style)[0]]
        letters = list(dict.fromkeys(way[:1].lower() for way in ways if way))
        if many * len(letters) > MOST_READINGS:
            letters = letters[:1]
        many *= max(1, len(letters))
        choices.append(letters or [""])
    found = dict.fromkeys("".join(way) for way in product(*choices))
    return " ".join(found)[:200]


def core(name: str) -> str:
    """The part of a name that says who it is, without the form of the company."""
    text = plain(name)
    for form in FORMS:
        text = text.replace(form, "")
    return text or plain(name)


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: the share of neighbouring pairs their cores have in common."""
    first, second = core(one), core(other)
    if first == second:
        return 1.0
    mine, theirs = set(pairs(first)), set(pairs(second))
    if not mine or not theirs:
        return 0.0
    shared = len(mine & theirs)
    return max(2 * shared / (len(mine) + len(theirs)), 0.9 if _within(first, second) else 0.0)


def _within(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return len(short) >= 3 and short in long
