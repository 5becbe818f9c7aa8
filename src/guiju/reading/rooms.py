"""Rooms by type: which number belongs to which room word, and what stands beside them that nobody understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guiju.reading.field import Field
from guiju.reading.lexer import Token
from guiju.reading.numbers import CN, number
from guiju.reading.page import Page, Span

ESCORT = re.compile(r"司陪|陪同|司机|导游|全陪|地陪|领队|escort|driver|guide", re.I)
ESCORT_WORD = r"(?:司陪|陪同|司机|导游|全陪|地陪|领队)(?:人员)?(?:用房|房间?|间)?|\b(?:escorts?|drivers?'?s?|guides?'?s?) ?rooms?\b"
KINDS_ZH = (
    r"单人|双人|三人|四人|家庭|亲子|豪华|商务|行政|高级|海景|湖景|山景|园景|江景|城景|景观|总统|蜜月|钟点|残疾人|复式|连通|圆床|水床|单床|双床"
        r"|三床|榻榻米|特价|经济|精品|尊享|贵宾|主题|加大|迷你|超级"
)
NOUNS_ZH = (
    r"大床|双床|单床|标间|标双|标单|双标|单标|单间|三人间|四人间|双人间|单人间|套房|套间|别墅|公寓|床房|客房|房间|房(?!价|型|号|卡|费|态|务)"
    r"|间(?![夜晚\d])"
)
KINDS_EN = (
    r"deluxe|superior|executive|family|triple|quad(?:ruple)?|single|double|twin|queen|king|studio|junior|presidential|premier|club"
    r"|connecting|accessible|business|economy|(?:sea|ocean|garden|city|lake|mountain)[ -]?view"
)
NOUNS_EN = r"(?:bed)?rooms?|suites?|apartments?|villas?|bedded|size|type|standard|beds?"
PLAIN_WORDS = re.compile(r"房间?|客房|间|床房|rooms?|bedrooms?|bedded|size|type|standard|标准|普通|beds?", re.I)
NOT_ROOMS = re.compile(r"(?:single|double|twin|triple)[ -](?:occupancy|use|sharing|share)|twin-?share|double[ -]check|(?:mr|mrs|ms|miss"
    r"|dr)\.? (?:king|queen)\b|(?:executive|club|business) (?:lounge|floor|trip|travell?ers?|cent(?:er|re)|class)|(?:标准|双人|单人)(?:早|餐)"
        r"|商务(?:中心|楼层)|行政(?:部|楼|酒廊)|会议室", re.I)
NUMBER_ROOM = re.compile(r"(?:\s|的|\bof\b|[x×*\-(\"]|个|间|套|\bnos?\.?|\bunits?\b|non-?smoking|\bsmoking\b|\bquiet\b|\bstandard\b|无烟|安静的?"
    r"|\bplease\b|\bwith\b|\brooms?\b|\btype\b)*", re.I)
ROOM_NUMBER = re.compile(r"(?:\s|房型|型|需要?|要|共|计|用|预留|留|订|预订|[:=x×*\-(/]|数量|间数|\brooms?\b|\bnos?\.?|\bqty\b)*", re.I)
TOTAL_BEFORE = re.compile(r"(?:共计?|合计|总计?|总共|一共|总数|\btotal(?:ling)?|\bin all|\baltogether)(?:[\s:是为用需要订]|客房|房间?数?"
    r"|\bof\b)*$", re.I)
TOTAL_AFTER = re.compile(r"\s?(?:rooms? )?(?:in total|total\b|altogether|in all)", re.I)
MORE_BEFORE = re.compile(r"(?:另外?|再|还|加|增|多|more|another|additional|extra|plus|\+)[\s\w]{0,4}$", re.I)
AMONG = re.compile(r"其中|[(,]\s?(?:含|包括|包含)|\bof which\b|\bincluding\b", re.I)
BETWEEN = re.compile(
    r"(?:[\s,，、:;(的型为是需要订预留请共都均在]|房间?|客房|全部|相邻|朝南|安静|入住"
    r"|\brooms?\b|\btype\b|\bof\b|\bwith\b|\bplease\b|\ball\b|-)*",
    re.I,
)
QUANTITIES = frozenset({"rooms", "rooms_total", "bare", "approximate", "sum", "half", "pair"})


@dataclass(slots=True)
class Word:
    """A room word as it stands, with the hotel's code if it has one."""

    start: int
    end: int
    text: str
    code: str
    strange: str = ""  # what of it the hotel does not know
    weak: bool = False  # a word like “double” that is a room only beside a number
    used: bool = False


def latin_codes(words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Room words in Latin letters: those that may stand glued to a number."""
    return frozenset(word.lower() for list_ in words.values() for word in list_ if word.isascii() and word.isalpha())


class Rooms:
    """Reads the rooms of a page."""

    def __init__(self, page: Page, words: Mapping[str, Sequence[str]], names: Sequence[Span]) -> None:
        self.page = page
        self.known = {_key(word): code for code, list_ in words.items() for word in list_ if word}
        self.field, self.escorts = Field(None), Field(None)
        self.rooms: dict[str, int] = {}
        self.guest_rooms = 0
        self.words = self._words(names)
        self.numbers = [token for token in self._numbers() if not token.used]

    def _words(self, names: Sequence[Span]) -> list[Word]:
        latin = [word for word in self.known if word.isascii()]
        other = [word for word in self.known if not word.isascii()]
        by_length = sorted((re.escape(word) for word in other), key=len, reverse=True)
        by_length += sorted((rf"(?<![A-Za-z]){re.escape(word)}(?:e?s)?(?![A-Za-z])" for word in latin), key=len, reverse=True)
        pattern = "|".join(
            [NOT_ROOMS.pattern.join(("(?P<no>", ")"))]
            + (["(?P<own>" + "|".join(by_length) + ")"] if by_length else [])
            + [f"(?P<escort>{ESCORT_WORD})", rf"(?P<noun>{NOUNS_ZH}|\b(?:{NOUNS_EN})\b)", rf"(?P<kind>{KINDS_ZH}|\b(?:{KINDS_EN})s?\b|标准|普通)"]
        )
        taken = bytearray(len(self.page.text))
        for start, end in (*names, *((one.start, one.end) for one in self.page.tokens if one.kind not in ("bare", "ticked", "unticked"))):
            taken[start:end] = b"\1" * (end - start)
        groups: list[list[re.Match[str]]] = []
        for hit in re.finditer(pattern, self.page.open_text, re.I):
            if hit.lastgroup == "no" or any(taken[hit.start() : hit.end()]):
                continue
            if groups and self.page.text[groups[-1][-1].end() : hit.start()] in ("", " ", "-") and not self._apart(groups[-1][-1], hit):
                groups[-1].append(hit)
            else:
                groups.append([hit])
        return [word for word in map(self._word, groups) if word is not None]

    def _apart(self, one: re.Match[str], two: re.Match[str]) -> bool:
        """标双 大床: two words with a blank between, each with a code."""
        return one.end() < two.start() and "own" in (one.lastgroup,) and two.lastgroup == "own" and not one.group().isascii()

    def _word(self, hits: list[re.Match[str]]) -> Word | None:
        start, end = hits[0].start(), hits[-1].end()
        text = self.page.text[start:end]
        codes = list(dict.fromkeys(self.known[_key(hit.group(), self.known)] for hit in hits if hit.lastgroup == "own"))
        escort = any(hit.lastgroup == "escort" for hit in hits)
        strange = [hit.group() for hit in hits if hit.lastgroup in ("kind", "noun") and not PLAIN_WORDS.fullmatch(hit.group())]
        if len(codes) == 1:
            return Word(start, end, text, codes[0], text if strange else "")
        if codes:
            return Word(start, end, text, codes[-1], text)
        if escort:
            return Word(start, end, text, "")
        if not strange:
            return None
        return Word(start, end, text, "", text, weak=not any(hit.lastgroup == "noun" for hit in hits))

    def _numbers(self) -> list[Token]:
        found = [token for token in self.page.tokens if token.kind in QUANTITIES]
        for word in self.words:  # 标双二, 两标双: numbers without a measure count only right beside a room word
            for pattern, at in ((rf"\s?[:]?\s?({CN})(?=[\s,，。;；、)和及与]|$)", word.end), (rf"(?:^|[\s,，。;；、(和及与要订留需])({CN})\s?$", -1)):
                text = self.page.masked[word.end : word.end + 8] if at >= 0 else self.page.masked[max(0, word.start - 8) : word.start]
                hit = re.match(pattern, text) if at >= 0 else re.search(pattern, text)
                if hit and not any(token.start == (at if at >= 0 else max(0, word.start - 8)) + hit.start(1) for token in found):
                    base = at if at >= 0 else max(0, word.start - 8)
                    found.append(Token("bare", base + hit.start(1), base + hit.end(1), hit.group(1), number(hit.group(1))))
            single = re.search(r"(?<![A-Za-z])(an?) $", self.page.masked[max(0, word.start - 4) : word.start])
            if single and not word.text.lower().endswith("s"):
                found.append(Token("bare", word.start - 1 - len(single.group(1)), word.start - 1, single.group(1), 1))
        return sorted(found, key=lambda token: token.start)

    # Pairing

    def read(self) -> tuple[Field, Field]:
        """Rooms by code, and rooms for drivers and escorts."""
        pairs, open_words, open_numbers = self._pairs()
        self._people_words(open_words)
        for word, token in pairs:
            self._count(word, token)
        first = min((min(word.start, token.start) for word, token in pairs), default=None)
        left = [token for token in open_numbers if not self._is_total(token, first, bool(pairs))]
        left = self._lone(left, [word for word in open_words if not word.used], bool(pairs))
        for token in left:
            if token.kind != "bare" and token.kind != "pair":
                self._leftover(token, bool(pairs))
        for word in open_words:
            if not (word.used or word.weak or (word.code in self.rooms and not word.strange)):
                self._doubt("no_number", word.start, word.end)
        if AMONG.search(self.page.text) and pairs:
            self._among(pairs)
        self._finish()
        return self.field, self.escorts

    def _pairs(self) -> tuple[list[tuple[Word, Token]], list[Word], list[Token]]:
        items: list[Word | Token] = sorted([*self.words, *self.numbers], key=lambda item: item.start)
        chains: list[list[Word | Token]] = []
        for item in items:
            if chains and self._linked(chains[-1][-1], item):
                chains[-1].append(item)
            else:
                chains.append([item])
        pairs, open_words, open_numbers = [], [], []
        for chain in chains:
            made = _alternating(chain)
            if made is None and len(chain) > 1:
                self._doubt("apart", chain[0].start, chain[-1].end)
            pairs += made or []
            done = {id(item) for pair in made or [] for item in pair}
            open_words += [item for item in chain if isinstance(item, Word) and id(item) not in done]
            open_numbers += [item for item in chain if isinstance(item, Token) and id(item) not in done]
        return pairs, open_words, open_numbers

    def _linked(self, one: Word | Token, two: Word | Token) -> bool:
        gap = self.page.masked[one.end : two.start]
        if isinstance(one, Token) and isinstance(two, Word) and one.kind == "bare" and _is_people(two.text):
            return False  # 1 全陪, 2 guides
        if isinstance(one, Token) and isinstance(two, Word):
            return (one.kind != "rooms_total" or gap.strip() in ("", "的")) and NUMBER_ROOM.fullmatch(gap) is not None and "\n" not in gap
        if isinstance(one, Word) and isinstance(two, Token):
            return two.kind != "rooms_total" and ROOM_NUMBER.fullmatch(gap) is not None and "\n" not in gap
        return isinstance(one, Word) and isinstance(two, Word) and re.fullmatch(r"\s?/?\s?", gap) is not None and "\n" not in gap

    def _count(self, word: Word, token: Token) -> None:
        word.used, token.used = True, "rooms"
        span = (min(word.start, token.start), max(word.end, token.end))
        escort = ESCORT.search(word.text) is not None
        into = self.escorts if escort else self.field
        into.spans.append(span)
        before = len(into.doubts)
        if token.kind in ("approximate", "half", "pair", "sum") or token.count is None or re.search(r"\d\.\d", token.text):
            into.doubts.append(self.page.doubt("sum" if token.kind == "sum" else "approximate", *span))
        count = token.count or 0
        if count > 999:
            into.doubts.append(self.page.doubt("leftover", *span))
            return
        if word.strange:
            into.doubts.append(self.page.doubt("unknown_room", *span))
        if escort:
            self._escort(word, token, count, span, before)
        else:
            self.guest_rooms += count
        code = word.code or ("" if escort else word.text.strip())
        if not code:
            return
        if code in self.rooms:
            self._doubt("twice", *span)
        if count or code in self.rooms:
            self.rooms[code] = count

    def _escort(self, word: Word, token: Token, count: int, span: Span, before: int) -> None:
        if token.kind == "bare" and _is_people(word.text):
            self.escorts.doubts.append(self.page.doubt("no_type", *span))  # rooms or people?
        self.escorts.value = (self.escorts.value or 0) + count
        if word.code:
            self.field.spans.append(span)
            self.field.doubts += self.escorts.doubts[before:]

    def _people_words(self, open_words: list[Word]) -> None:
        """司陪 2 人 counts people, not rooms."""
        for word in open_words:
            people = [token for token in self.page.tokens if token.kind in ("persons", "adults")]
            beside = any(0 <= token.start - word.end <= 2 or 0 <= word.start - token.end <= 2 for token in people)
            inside = re.match(r"\s?:?\s?(?:人数|人|名|员)", self.page.text[word.end :])
            if _is_people(word.text) and (beside or inside or re.search(r"\d\s?(?:名|位|个)?$", self.page.text[: word.start][-4:])):
                word.used = True

    def _is_total(self, token: Token, first: int | None, paired: bool) -> bool:
        if not paired or token.kind in ("approximate", "half", "pair", "bare", "sum") or token.count is None:
            return False
        before, after = self.page.text[max(0, token.start - 14) : token.start], self.page.text[token.end : token.end + 14]
        more = MORE_BEFORE.search(before)
        marked = token.kind == "rooms_total" or TOTAL_BEFORE.search(before) or TOTAL_AFTER.match(after) or (first is not None and token.start < first)
        if more or not marked:
            return False
        token.used = "rooms"
        self.field.spans.append((token.start, token.end))
        if token.count not in (self.guest_rooms, self.guest_rooms + (self.escorts.value or 0)):
            self._doubt("total", max(0, token.start - 2), token.end)
        return True

    def _lone(self, left: list[Token], words: list[Word], paired: bool) -> list[Token]:
        """One type and one number that stand apart: 房型：标双 … 数量：2 间."""
        counts = [token for token in left if token.kind in ("rooms", "rooms_total")]
        typed = [word for word in words if word.code and not word.strange and not word.weak]
        if paired or not counts or not typed or any(token not in counts and token.kind not in ("bare", "pair") for token in left):
            return left
        codes, numbers = {word.code for word in typed}, {token.count for token in counts}
        first, last = sorted(((counts[0].start, counts[0].end), (typed[0].start, typed[0].end)))
        near = BETWEEN.fullmatch(self.page.masked[first[1] : last[0]]) is not None
        labelled = near or all(token.kind == "rooms_total" for token in counts)
        for token in counts:
            token.used = "rooms"
        for word in typed:
            word.used = True
        self.field.spans += sorted([(token.start, token.end) for token in counts] + [(word.start, word.end) for word in typed])
        self.rooms[typed[-1].code] = counts[-1].count or 0
        self.guest_rooms = counts[-1].count or 0
        if len(codes) > 1 or len(numbers) > 1 or None in numbers:
            self._doubt("several", counts[-1].start, counts[-1].end)
        elif len(counts) > 1 or len(typed) > 1:
            self._doubt("twice", counts[-1].start, counts[-1].end)
        elif not labelled or len(typed) != len(words):
            self._doubt("apart", counts[-1].start, counts[-1].end)
        return [token for token in left if token not in counts]

    def _leftover(self, token: Token, paired: bool) -> None:
        start, _end = self.page.clause(token.start)
        if token.kind == "sum" and re.search(r"人|pax|persons?|guests?", self.page.text[max(start, token.start - 6) : token.end], re.I):
            return
        if token.kind == "approximate" and not re.search(r"间|个|rooms?|rms?|units?", token.text, re.I):
            return
        token.used = "rooms"
        self.field.spans.append((token.start, token.end))
        self._doubt("leftover" if paired else "no_type", max(start, token.start - 8), token.end)
        if not paired and not self.rooms:
            self.rooms["?"] = token.count or 0

    def _among(self, pairs: list[tuple[Word, Token]]) -> None:
        for hit in AMONG.finditer(self.page.text):
            start, end = self.page.sentence(hit.start())
            if any(start <= word.start < hit.start() for word, _token in pairs) and any(hit.end() <= word.start < end for word, _token in pairs):
                self._doubt("total", hit.start(), min(end, hit.end() + 12))

    def _doubt(self, code: str, start: int, end: int) -> None:
        self.field.doubts.append(self.page.doubt(code, start, end))

    def _finish(self) -> None:
        self.field.value = self.rooms or None
        if not self.rooms and not self.field.doubts:
            self.field.doubts.append(self.page.doubt("missing", 0, 0))
        if not self.field.spans:
            self.field.spans += [(word.start, word.end) for word in self.words if not word.weak and not ESCORT.search(word.text)]


def _alternating(chain: list[Word | Token]) -> list[tuple[Word, Token]] | None:
    """Pairs of a run like 标双2间大床1间 or 2间标双1间大床; None when it does not come out even."""
    if len(chain) % 2 or any(isinstance(one, Word) == isinstance(two, Word) for one, two in pairwise(chain)):
        return None
    pairs = []
    for one, two in zip(chain[::2], chain[1::2], strict=True):
        word, token = (one, two) if isinstance(one, Word) else (two, one)
        assert isinstance(word, Word) and isinstance(token, Token)
        pairs.append((word, token))
    return pairs


def _is_people(text: str) -> bool:
    """司陪 or guide alone may be people; 司陪房 is a room."""
    return ESCORT.search(text) is not None and not re.search(r"房|间|room", text, re.I)


def _key(word: str, known: Mapping[str, str] | None = None) -> str:
    """A room word as it is looked up: small letters; a plural as its singular."""
    key = word.casefold()
    if known is None or key in known:
        return key
    return key[:-1] if key[:-1] in known else key[:-2]
