"""How many come: guests, children, drivers and escorts."""

from __future__ import annotations

import re

from guiju.reading.field import Field
from guiju.reading.lexer import Token
from guiju.reading.page import Page

ESCORT = r"(?:司陪(?:人员)?|陪同(?:人员)?|司机|导游|全陪|地陪|领队|drivers?|guides?|escorts?|tour leaders?)"
ESCORT_BEFORE = re.compile(rf"{ESCORT}\s?:?\s?$", re.I)
ESCORT_AFTER = re.compile(rf"\s?(?:的|名|位|个)?{ESCORT}(?!房|用房|间|'?s? rooms?)", re.I)
ESCORT_COUNT = re.compile(r"\s?:?\s?(?:人数:?)?\s?$")
EACH_BEFORE = re.compile(r"(?:每间?房?|每个?房间|\bper room|\beach room)\s?(?:住|has|with|for)?\s?$", re.I)
EACH_AFTER = re.compile(r"\s?(?:每间|/\s?间|一间|per room|each\b|in each)", re.I)
AMONG = re.compile(r"\s?[(,]?\s?(?:含|包括|包含|其中|除|不含|\bincl|\bplus\b|\bexcl|\+)", re.I)
MEAL = re.compile(r"(?<!含)(?:[早午晚中正]餐|用餐|餐标|宴|桌)|\b(?:dinner|lunch|breakfast|banquet)\b", re.I)
LABELLED = re.compile(r"人数|no\.? of|number of|persons?\s?:|pax\s?:|guests?\s?:", re.I)


class People:
    """Reads the people of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.persons, self.escorts = Field(None), Field(None)

    def read(self) -> tuple[Field, Field]:
        """Guests, and drivers and escorts."""
        meals: list[Token] = []
        counted: list[Token] = []
        for token in self.page.tokens:
            if token.used or token.kind not in ("persons", "adults", "bare"):
                continue
            if self._is_escort(token):
                self._escort(token)
            elif token.kind == "persons" and self._is_each(token):
                self._each(token)
            elif token.kind == "persons":
                clause = self.page.around(token.start)
                (meals if MEAL.search(self.page.text, *clause) and not LABELLED.search(token.text) else counted).append(token)
        self._persons(counted)
        self._grown_and_small(counted)
        self._sums()
        for token in meals:
            token.used = "meals"
            if not counted and self.persons.value is None:
                self._take(token)
                self.persons.doubts.append(self.page.doubt("role", token.start, token.end))
        return self.persons, self.escorts

    def _around(self, token: Token) -> tuple[str, str]:
        return self.page.text[max(0, token.start - 12) : token.start], self.page.text[token.end : token.end + 16]

    def _is_escort(self, token: Token) -> bool:
        before, after = self._around(token)
        if token.kind == "bare":
            labelled = re.search(rf"{ESCORT}\s?:\s?$", before, re.I) and not re.match(r"\s?(?:间|rooms?)", after)
            return bool(ESCORT_AFTER.match(after) or labelled)
        return bool(ESCORT_BEFORE.search(before) or ESCORT_AFTER.match(after))

    def _escort(self, token: Token) -> None:
        token.used = "escorts"
        self.escorts.value = (self.escorts.value or 0) + (token.count or 0)
        self.escorts.spans.append((token.start, token.end))
        if token.count is None:
            self.escorts.doubts.append(self.page.doubt("approximate", token.start, token.end))

    def _is_each(self, token: Token) -> bool:
        before, after = self._around(token)
        return bool(EACH_BEFORE.search(before) or EACH_AFTER.match(after))

    def _each(self, token: Token) -> None:
        token.used = "persons"
        self.persons.spans.append((token.start, token.end))
        self.persons.doubts.append(self.page.doubt("approximate", *self.page.clause(token.start)))

    def _take(self, token: Token) -> None:
        token.used = token.used or "persons"
        self.persons.value = token.count if self.persons.value is None else self.persons.value
        self.persons.spans.append((token.start, token.end))
        if token.count is None or not token.count:
            self.persons.doubts.append(self.page.doubt("approximate", token.start, token.end))

    def _persons(self, counted: list[Token]) -> None:
        if not counted:
            return
        counts = [token.count for token in counted]
        biggest = max(counted, key=lambda token: token.count or 0)
        rest = [token.count or 0 for token in counted if token is not biggest]
        self._take(biggest)
        for token in counted:
            if token is not biggest:
                self._take(token)
            if AMONG.match(self.page.text, token.end):
                self.persons.doubts.append(self.page.doubt("sum", token.start, min(len(self.page.text), token.end + 10)))
            if re.search(r"(?:男|女|\bmen|\bwomen|males?|females?)\s?:?\s?$", self.page.text[: token.start][-9:], re.I) and len(counted) < 3:
                self.persons.doubts.append(self.page.doubt("sum", max(0, token.start - 2), token.end))
        if len(counted) > 1 and len(set(counts)) == 1 and not any(LABELLED.search(token.text) for token in counted):
            self.persons.doubts.append(self.page.doubt("twice", counted[-1].start, counted[-1].end))
        if len(set(counts)) > 1 and sum(rest) != biggest.count:
            self.persons.doubts.append(self.page.doubt("several", counted[-1].start, counted[-1].end))

    def _grown_and_small(self, counted: list[Token]) -> None:
        adults = [token for token in self.page.tokens if token.kind == "adults" and not token.used]
        small = [token for token in self.page.tokens if token.kind == "children" and not token.used]
        total = sum(token.count or 0 for token in (*adults, *small))
        for token in (*adults, *small):
            token.used = "persons"
            self.persons.spans.append((token.start, token.end))
        if small or (adults and counted and self.persons.value != total):
            last = (small or adults)[-1]
            self.persons.doubts.append(self.page.doubt("children" if small else "several", last.start, last.end))
        if adults and not counted:
            self.persons.value = total
            if len({token.count for token in adults}) > 1 or len(adults) > 1:
                self.persons.doubts.append(self.page.doubt("several", adults[-1].start, adults[-1].end))

    def _sums(self) -> None:
        for token in self.page.tokens:
            if token.used or token.kind not in ("sum", "approximate"):
                continue
            before, _after = self._around(token)
            if not re.search(r"人|位|名|pax|persons?|people|guests?", token.text, re.I) and not re.search(r"(?:人数|团队|一行|pax|persons?"
                r"|guests?)\s?:?\s?$", before, re.I):
                continue
            self._take(token)
            self.persons.doubts.append(self.page.doubt("sum" if token.kind == "sum" else "approximate", token.start, token.end))
