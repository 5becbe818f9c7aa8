"""A text laid out for reading: its tokens, its sentences and clauses, and what stands between two places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice

from guiju.reading.doubt import Doubt, quoted
from guiju.reading.lexer import Token, tokens

MOST_TOKENS = 1_000  # no letter has more numbers; what stands after them is for people to read
REACH = 60  # no word farther away than this speaks of a number
TAKEN = "§"  # stands in the masked text for a sign of a token
STOP = r"(?<!\bapprox)(?<!\bno)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bdr)(?<!\bincl)(?<!\bmax)(?<!\bmin)(?<!\barr)(?<!\bdep)(?<!\btel)(?<!\bqty)\.(?=\s|$)"
SENTENCE_ENDS = re.compile(rf"[。;!?！？；\n]|{STOP}", re.I)
CLAUSE_ENDS = re.compile(rf"[。;!?！？；\n,、，|]|{STOP}", re.I)
WORD = r"[^\s□☐▢■☑☒√✓✔▣\[\],，;；。:()]"
# An option nobody ticked: the box before its word, or right behind it (标双□ 大床☑).
BEHIND = rf"{WORD}{{1,8}}[□☐▢](?=[\s,，;；。]|$)"
UNTICKED = re.compile(rf"{BEHIND}|(?:[□☐▢]|\[[ ]{{0,3}}\])[ \t]?{WORD}{{0,12}}")
GLUED = re.compile(r"([A-Za-z]{2,12})[-_]?(\d{1,3})")
Span = tuple[int, int]


def _uncoded(token: Token, room_codes: frozenset[str]) -> Token:
    """TWN2 is no code but two rooms."""
    hit = GLUED.fullmatch(token.text) if token.kind in ("code", "flight") else None
    if hit is None or hit.group(1).lower() not in room_codes:
        return token
    return Token("bare", token.start + hit.start(2), token.end, hit.group(2), int(hit.group(2)))


class Page:
    """One letter (without what is quoted below it), with everything found in it."""

    def __init__(self, text: str, room_codes: frozenset[str] = frozenset()) -> None:
        found = tokens(text)
        self.cut = len(found) > MOST_TOKENS
        text = text[: found[MOST_TOKENS].start] if self.cut else text
        self.text = text
        self.tokens = [_uncoded(token, room_codes) for token in found[:MOST_TOKENS]]
        self._starts = [token.start for token in self.tokens]
        self.open_text = UNTICKED.sub(lambda hit: " " * len(hit.group()), text)  # without the options nobody ticked
        self.masked = self._masked()
        self._sentence_ends = [hit.end() for hit in SENTENCE_ENDS.finditer(self.masked)]
        self._clause_ends = [hit.end() for hit in CLAUSE_ENDS.finditer(self.masked)]

    def _masked(self) -> str:
        parts, at = [], 0
        for token in self.tokens:
            parts.append(self.text[at : token.start])
            parts.append(TAKEN * (token.end - token.start))
            at = token.end
            if token.kind == "weekday" and self.text[at : at + 1] == ",":  # Wednesday, 9 December: no clause ends here
                parts.append(" ")
                at += 1
        return "".join([*parts, self.text[at:]])

    def _within(self, ends: list[int], at: int) -> Span:
        place = bisect_right(ends, at)
        return (ends[place - 1] if place else 0, ends[place] if place < len(ends) else len(self.text))

    def sentence(self, at: int) -> Span:
        """The sentence or line around a place."""
        return self._within(self._sentence_ends, at)

    def clause(self, at: int) -> Span:
        """The part between commas around a place."""
        return self._within(self._clause_ends, at)

    def around(self, at: int) -> Span:
        """The clause around a place, as far as words reach."""
        start, end = self.clause(at)
        return (max(start, at - REACH), min(end, at + REACH))

    def line(self, at: int) -> Span:
        """The line around a place."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return (start, end if end >= 0 else len(self.text))

    def between(self, start: int, end: int) -> Iterable[Token]:
        """The tokens inside a span."""
        found = islice(self.tokens, bisect_left(self._starts, start), bisect_right(self._starts, end))
        return (token for token in found if token.end <= end)

    def doubt(self, code: str, start: int, end: int) -> Doubt:
        """A doubt with the words that raised it."""
        return Doubt(code, quoted(self.text[start:end]))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a place."""
    return one[0] < other[1] and other[0] < one[1]
