"""What no point took, and words that change what stands beside them: the points concerned become unsure."""

from __future__ import annotations

import re

from guiju.reading.field import Field
from guiju.reading.lexer import Token
from guiju.reading.page import Page, Span, overlap
from guiju.reading.wording import HANGS_BACK, Wording

CORE = ("arrival", "departure", "rooms", "persons")
TOUCHED = (*CORE, "escorts", "escort_rooms", "payment", "meals", "transport")
# What must have been taken by some point; phones, prices, times, addresses, codes and ages are nobody's.
COUNTING = {
    "rooms": "rooms", "rooms_total": "rooms", "half": "rooms", "room_nights": "rooms", "persons": "persons", "adults": "persons",
    "children": "persons", "nights": "departure", "days": "departure", "bare": "", "pair": "", "sum": "", "approximate": "", "beds": "",
}  # fmt: skip
MOST = 60
TYPED_BEDS = re.compile(r"[大单双](?:人)?床|twin|king|double|queen|single", re.I)


def weigh(page: Page, wording: Wording, fields: dict[str, Field]) -> None:
    """Add the doubts that leftovers and words raise."""
    for token in page.tokens:
        if token.kind == "ticked" and re.match(r"[ \t]*(?:$|[,，;；。\n])", page.text[token.end :]) and page.text[: token.start][-1:] in (" ", "\t"):
            _ticked_behind(page, token, fields)
    left = [token for token in page.tokens if not token.used and (token.kind in COUNTING or _is_ordinal(token))]
    for token in left[:MOST]:
        _leftover(page, token, fields)
    strong = [*wording.negations, *wording.cancels, *wording.changes]
    for span in strong[:MOST]:
        _strong(page, wording, span, fields)
    for items, code in ((left, "leftover"), (strong, "negated"), (wording.opens, "open")):
        if len(items) > MOST:  # no ordinary letter: all of it is for people to read
            for name in CORE:
                fields.setdefault(name, Field(None)).doubts.append(page.doubt(code, 0, 40))
    for span in wording.opens[:MOST]:
        for name in _near(fields, page.clause(span[0]), TOUCHED):
            fields[name].doubts.append(wording.quote("open", span))


def _ticked_behind(page: Page, token: Token, fields: dict[str, Field]) -> None:
    """现付 □ 挂账 ☑: before its word or behind it?"""
    start, end = page.line(token.start)
    if re.search("[□☐▢]", page.text[start:end]):
        for name in _near(fields, (start, end), TOUCHED):
            fields[name].doubts.append(page.doubt("ticks", start, end))


def _near(fields: dict[str, Field], around: Span, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in fields and any(overlap(span, around) for span in fields[name].spans)]


def _is_ordinal(token: Token) -> bool:
    """第三间, 第二晚: one of the rooms or nights apart from the others."""
    return token.kind == "ordinal" and token.text[-1] in "间套晚夜"


def _leftover(page: Page, token: Token, fields: dict[str, Field]) -> None:
    if token.kind == "bare" and token.text.lower() in ("one", "1") and not token.text.isdecimal():
        return  # the English pronoun
    if token.kind == "beds" and not TYPED_BEDS.search(token.text):
        return
    doubt = page.doubt("leftover", max(page.clause(token.start)[0], token.start - 8), min(token.end + 8, page.clause(token.end - 1)[1]))
    named = COUNTING.get(token.kind, "rooms")
    if token.kind == "beds":
        named = "rooms"
    concerned = [named] if named else _near(fields, page.sentence(token.start), CORE)
    if not concerned and _near(fields, (token.start, token.end), ("requests", "tour_code")):
        concerned = ["requests"] if "requests" in fields else []
    for name in concerned or ["arrival", "departure", "rooms"]:
        fields.setdefault(name, Field(None)).doubts.append(doubt)


def _strong(page: Page, wording: Wording, span: Span, fields: dict[str, Field]) -> None:
    start, end = page.sentence(span[0])
    concerned = _near(fields, (start, end), TOUCHED)
    if not concerned and HANGS_BACK.search(page.text, *span) and not _near(fields, span, ("requests", "meals", "transport")):
        concerned = [name for name in CORE if name in fields]
    for name in concerned:
        fields[name].doubts.append(wording.quote("negated", span))
