"""Arrival, departure and nights: which day is for what, and whether they agree."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from guiju.reading.dates import Day, days_of, fits, near_day, resolve, settle_order, weekday_of
from guiju.reading.field import Field
from guiju.reading.lexer import MONTHS, Token
from guiju.reading.numbers import number
from guiju.reading.page import Page

ARRIVE = re.compile(
    r"抵店|抵达|抵离?|到店|到达|入住|来店|进店|到(?=[,，。;；\s]|$)|check(?:ing)?[- ]?in\b|\barriv(?:e|es|al|ing)\b|\barr\b\.?|\beta\b|\bfrom\b"
        r"|自|从|\bin(?= ?[:§])", re.I
)
LEAVE = re.compile(
    r"离店|退房|离开|离|走|退(?=[,，。;；\s]|$)|住[到至]|check(?:ing)?[- ]?out\b|\bdepart(?:s|ure|ing)?\b|\bdep\b\.?|\betd\b|\bleav(?:e|es|ing)\b"
        r"|\bstay(?:ing)? (?:until|till?|to)\b|\bout(?= ?[:§])", re.I
)
OTHER = re.compile(
    r"有效|截[止至]|期限|最晚|保留|留房|留至|合同|协议|签[订署约发]|生日|出生|入职|餐|宴|会议|开会|年会|婚|活动|付款|支付|汇款|到账|转账|来函"
        r"|来电|来信|传真|函|通话"
    r"|[发收]件|填表|落订|制表|下单|发送|已发送|日期|航班|车次|起飞|上次"
    r"|valid|expir|deadline|option|cut-?off|\bhold|release|\bsent\b|\bdate\b|\bdated\b|letter|\bfax|birthday|\bborn\b|meeting|conference|wedding"
        r"|dinner|lunch|breakfast"
    r"|\bevent|\bpay|invoice|flight",
    re.I,
)
BY = re.compile(r"\b(?:until|by|before|no later than)\W{0,3}(?:the\W)?$", re.I)
LABEL = re.compile(r"\s?(?:日期|时间|日|date|time)?\s?:", re.I)  # belongs to the day behind it
PRE_ONLY, POST_ONLY = frozenset({"from", "自", "从", "in", "out", "住到", "住至"}), frozenset({"到"})
PRE_GAP = re.compile(r"(?:日期|时间|由|日|店|于|是|为|在|我们|客人|\bon\b|\bthe\b|\bdates?\b|\bday\b|\btime\b|\bat\b|\bis\b|\bwill be\b|\bhotel\b"
    r"|\b(?:morning|afternoon|evening|night)\b|\bof\b|[:\s(=\-])*", re.I)
POST_GAP = re.compile(r"(?:[\s()§]|上午|下午|中午|晚上?|早上?|前|左右|约|的|我们|\bin the (?:morning|afternoon|evening)\b|\bat\b)*", re.I)
JOIN = re.compile(
    r"(?:[\s()§]|入住|抵店|到店|起|开始|上午|下午|中午|晚上?|早上?|住|check[- ]?in)*"
    r"(?P<sign>-{1,2}|~|直?到|至|→|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b)\s?:?\s?(?:the )?(?:[\s()§]|离店|退房)*",
    re.I,
)
BEFORE_DAY = re.compile(r"\s?(?:\([^)]{1,6}\))?\s?(?:之前|以前|前|止|截止)")
AFTER_DAY = re.compile(r"\s?(?:之后|以后|后)")
SMALL_HOURS = re.compile(r"凌晨|半夜|after midnight|early (?:hours|morning)", re.I)
# what follows replaces what stood before
MOVED = re.compile(r"改[为成至到签期]|更正|[延换变][至到成为]|推迟|提前|\bnow\b|\bbecomes?\b|\bnew\b", re.I)
GREETING = re.compile(r"快乐|愉快|happy|merry|greetings", re.I)


class Stay:
    """Reads the days of a page."""

    def __init__(self, page: Page, today: date) -> None:
        self.page, self.today = page, today
        self.claimed: set[int] = set()
        self.arrival, self.departure = Field(None), Field(None)
        self.soft = page.masked  # days of the week say nothing about what a date is for
        for token in page.tokens:
            if token.kind == "weekday":
                self.soft = self.soft[: token.start] + " " * (token.end - token.start) + self.soft[token.end :]
        self.days = self._days()

    # Which day is for what

    def _days(self) -> list[Day]:
        found: list[Day] = []
        for token in self.page.tokens:
            if token.used:
                continue
            day: list[Day] = days_of(token)
            if token.kind in ("near", "weekday", "pair", "bare"):
                day = [one for one in [self._loose(token, found)] if one is not None]
            found += day
        for place, one in enumerate(found):
            before = found[place - 1] if place else None
            after = found[place + 1] if place + 1 < len(found) else None
            if before is not None and not one.joined:
                self._join(before, one)
            one.role = one.role or self._role(one, before, after)
            if one.joined and not one.role and before is not None and before.role == "other":
                one.role = "other"
        settle_order(found)
        last: Day | None = None
        for one in found:
            if one.token.kind == "near" and one.on is None and one.day is None:
                made = near_day(one.token, last, self.today)
                one.on = made.on if made else None
            resolve(one, last, self.today)
            if self._is_written(one):
                one.role = "other"
            if one.role != "other" and one.on is not None:
                last = one
            one.token.used = one.token.used or ("date" if one.role == "other" else "stay")
        return found

    def _loose(self, token: Token, found: list[Day]) -> Day | None:
        """What is a day only where it stands: tomorrow, Friday, 12-6 after “arrival”, the 8 of 12月6日-8."""
        made = Day(token.start, token.end, token)
        if token.kind == "near":
            return made
        before = found[-1] if found else None
        if token.kind == "bare":
            gap = self.page.masked[before.end : token.start] if before else ""
            if before is None or token.count is None or not 1 <= token.count <= 31 or not re.fullmatch(r"\s?[-~至到]\s?", gap):
                return None
            if re.match(r"\s?(?:[一-鿿]|[x×*]|twin|king|double|room)", self.page.text[token.end :], re.I):
                return None
            made.day, made.joined = token.count, True
            return made
        if token.kind == "weekday":
            return self._weekday(made, before)
        first, _sign, second = re.sub(r"\s", "", token.text).replace("~", "-").partition("-")
        if not (1 <= int(first) <= 12 and 1 <= int(second) <= 31) or not self._role(made, before, None):
            return None
        made.month, made.day, made.sign = int(first), int(second), "-"
        made.doubts.append("order")
        return made

    def _weekday(self, made: Day, before: Day | None) -> Day | None:
        wanted = weekday_of(made.token.text)
        if not self._role(made, before, None) or self._beside(made):
            return None
        made.doubts.append("vague")
        if wanted is not None:
            made.on = self.today + timedelta(days=(wanted - self.today.weekday()) % 7 + (7 if re.match(r"下|next", made.token.text, re.I) else 0))
        return made

    def _beside(self, made: Day) -> bool:
        """Whether a date stands right beside this day of the week."""
        text = self.page.masked
        return bool(re.search(r"§[\s(,]{0,2}$", text[: made.start][-4:]) or re.match(r"[\s),]{0,2}§", text[made.end :][:4]))

    def _join(self, before: Day, one: Day) -> None:
        gap = self.page.masked[before.end : one.start]
        hit = JOIN.fullmatch(gap) if len(gap) < 60 else None
        if hit is None:
            return
        inside = {token.kind for token in self.page.between(before.end, one.start)}
        if not inside <= {"weekday", "time", "near"}:
            return
        one.joined = True
        if re.fullmatch("through|thru", hit.group("sign"), re.I):
            one.doubts.append("inclusive")

    def _role(self, one: Day, before: Day | None, after: Day | None) -> str:
        text = self.soft
        start, _end = self.page.around(one.start)
        start = max(start, before.end if before else 0)
        _start, end = self.page.around(max(one.end - 1, one.start))
        end = min(end, after.start) if after else end
        before_it = not one.joined and BEFORE_DAY.match(text, one.end) is not None
        for way in ("pre", "post"):
            role = self._beside_word(text, start, end, one, way)
            if role:
                one.doubts += ["open"] if before_it else []
                return role
        if before_it:
            return "other"
        if AFTER_DAY.match(text, one.end):
            one.doubts.append("open")
        whole, _end = self.page.around(one.start)
        by = not one.joined and BY.search(text[max(whole, one.start - 20) : one.start])
        if by and by.group().lower().startswith("until") and not re.search("cancel|free", text[whole : one.start], re.I):
            by = None  # a stay may last until then
        if by or OTHER.search(text, max(whole, one.start - 60), one.start) or OTHER.search(text, one.end, min(end, one.end + 30)):
            return "other"
        return "arrival" if one.token.text.lower() in ("今晚", "明晚", "tonight") else ""

    def _beside_word(self, text: str, start: int, end: int, one: Day, way: str) -> str:
        span = (start, min(one.start + 1, len(text))) if way == "pre" else (one.end, end)
        hits = [(hit, role) for role, words in (("arrival", ARRIVE), ("departure", LEAVE)) for hit in words.finditer(text, *span)]
        wrong_side = POST_ONLY if way == "pre" else PRE_ONLY
        hits = [pair for pair in hits if pair[0].group().lower() not in wrong_side]
        hits.sort(key=lambda pair: pair[0].start(), reverse=way == "pre")
        for hit, role in hits[:1]:
            gap = text[hit.end() : one.start] if way == "pre" else text[one.end : hit.start()]
            if way == "post" and LABEL.match(text, hit.end()):
                continue
            if hit.group().lower() in PRE_ONLY and OTHER.search(text, max(0, hit.start() - 12), hit.start()):
                return "other"
            if hit.start() in self.claimed or not (PRE_GAP if way == "pre" else POST_GAP).fullmatch(gap):
                continue
            if one.token.kind not in ("weekday", "pair"):
                self.claimed.add(hit.start())
            return role
        return ""

    def _is_written(self, one: Day) -> bool:
        """A lone day on a line of its own that is today or lately: the letter's date."""
        if one.role or one.on is None or one.joined or not self.today - timedelta(days=40) <= one.on <= self.today:
            return False
        start, end = self.page.line(one.start)
        return not self.page.masked[start:end].strip(" \t§,.()") and not any(
            token is not one.token and token.kind != "weekday" and token.kind != "time" for token in self.page.between(start, end)
        )

    # What follows for arrival and departure

    def read(self) -> tuple[Field, Field]:
        """Arrival and departure, each with its doubts."""
        days = [one for one in self.days if one.role != "other"]
        spans, used = self._spans(days)
        arrivals = [one for one in days if one.role == "arrival" and id(one) not in used] + [one for one, _two in spans]
        departures = [one for one in days if one.role == "departure" and id(one) not in used] + [two for _one, two in spans]
        rest = [one for one in days if not one.role and id(one) not in used]
        self._take(self.arrival, arrivals)
        self._take(self.departure, departures)
        if spans and len({(one.on, two.on) for one, two in spans}) > 1:
            self._both("stays", spans[-1][0].start, spans[-1][1].end)
        self._rest(rest)
        self._nights()
        self._weekdays()
        self._loose_words()
        self._sane()
        return self.arrival, self.departure

    def _spans(self, days: list[Day]) -> tuple[list[tuple[Day, Day]], set[int]]:
        spans, used = [], set()
        for one, two in pairwise(days):
            if not two.joined or id(one) in used:
                continue
            if one.role == "departure" or two.role == "arrival":
                self._both("role", one.start, two.end)
                continue
            spans.append((one, two))
            used |= {id(one), id(two)}
        return spans, used

    def _take(self, into: Field, found: list[Day]) -> None:
        for one in found:
            into.spans.append((one.start, one.end))
            into.doubts += [self.page.doubt(code, one.start, one.end) for code in one.doubts]
            if one.on is None and not one.doubts:
                into.doubts.append(self.page.doubt("vague", one.start, one.end))
        days = [one.on for one in found if one.on is not None]
        moved = len(found) > 1 and MOVED.search(self.page.text, found[0].end, found[-1].start)
        into.value = days[-1 if moved else 0].isoformat() if days else None
        if len(set(days)) > 1 or (days and len(days) < len(found)):
            into.doubts.append(self.page.doubt("several", found[-1].start, found[-1].end))

    def _rest(self, rest: list[Day]) -> None:
        known = {self.arrival.value, self.departure.value}
        rest = [one for one in rest if one.on is None or one.on.isoformat() not in known]
        if rest and not self.arrival.spans:
            self._take(self.arrival, rest[:1])
            if not (self._told_by_nights(rest) or self._told_by_rooms(rest)):
                self.arrival.doubts.append(self.page.doubt("role", rest[0].start, rest[0].end))
            rest = rest[1:]
            if rest and not self.departure.spans:
                self._take(self.departure, rest[:1])
                self.departure.doubts.append(self.page.doubt("role", rest[0].start, rest[0].end))
                rest = rest[1:]
        elif rest and not self.departure.spans:
            self._take(self.departure, rest[:1])
            self._both("role", rest[0].start, rest[0].end)
            rest = rest[1:]
        for one in rest:
            self._both("impossible" if "impossible" in one.doubts else "leftover", one.start, one.end)

    def _told_by_nights(self, rest: list[Day]) -> bool:
        """A lone day with a number of nights is the arrival; so is one that many nights before the departure."""
        nights = self._counted("nights")
        if len(rest) != 1 or len(nights) != 1:
            return False
        if not self.departure.spans:
            return True
        on = rest[0].on
        return on is not None and bool(self.departure.value) and (date.fromisoformat(self.departure.value) - on).days == nights[0].count

    def _told_by_rooms(self, rest: list[Day]) -> bool:
        """A lone day right beside the rooms, when another day is the departure: 12月6日标双2间，8日退房."""
        if len(rest) != 1 or len(self.departure.spans) != 1:
            return False
        return any(token.kind == "rooms" for token in self.page.between(*self.page.clause(rest[0].start)))

    def _counted(self, kind: str) -> list[Token]:
        found = [token for token in self.page.tokens if token.kind == kind and not (token.used and token.used != "nights")]
        return [token for token in found if not re.match(r"\s?(?:房费|费|的?(?:违约|定金)|'?s? (?:charge|deposit|penalty|rate"
            r"|fee))", self.page.text[token.end :], re.I)]

    def _nights(self) -> None:
        nights, days = self._counted("nights"), self._counted("days")
        for token in (*nights, *days):
            token.used = "nights"
        begin = date.fromisoformat(self.arrival.value) if self.arrival.value else None
        counts = {token.count for token in nights}
        if nights and (len(counts) > 1 or None in counts):
            self.departure.doubts.append(self.page.doubt("nights", nights[-1].start, nights[-1].end))
        if not nights and not days:
            return
        first = (nights or days)[0]
        length = first.count or 0
        if first.kind == "days" and not re.search("天|day", first.text):
            length *= 7 if re.search("周|星期|week", first.text) else 30
        if not self.departure.spans and begin is not None and 0 < length < 400:
            self.departure.value = (begin + timedelta(days=length)).isoformat()
            self.departure.spans.append((first.start, first.end))
            self.departure.leans_on = "arrival"
            self.departure.doubts += [self.page.doubt("days", first.start, first.end)] if first.kind == "days" else []
        elif self.departure.value and begin is not None:
            real = (date.fromisoformat(self.departure.value) - begin).days
            odd = any(token.count != real for token in nights) or (not nights and real not in (length, length - 1))
            if odd:
                self._both("nights", first.start, first.end)

    def _weekdays(self) -> None:
        for token in self.page.tokens:
            if token.kind != "weekday" or token.used:
                continue
            token.used = "weekday"
            wanted = weekday_of(token.text)
            between = [(one, self.page.text[min(one.end, token.end) : max(one.start, token.start)]) for one in self.days]
            beside = [one for one, gap in between if re.fullmatch(r"[\s(),日号]{0,3}", gap)]
            for one in beside:
                if one.on is not None and one.on.weekday() != wanted and one.role != "other":
                    into = self.departure if one.on.isoformat() == self.departure.value else self.arrival
                    into.doubts.append(self.page.doubt("weekday", min(one.start, token.start), max(one.end, token.end)))
            clause = self.page.around(token.start)
            if not beside and not BEFORE_DAY.match(self.page.text, token.end) and not OTHER.search(self.page.masked, *clause):
                self._both("vague", token.start, token.end)

    def _loose_words(self) -> None:
        months = {value[5:7].lstrip("0") for value in (self.arrival.value, self.departure.value) if value}
        for token in self.page.tokens:
            if token.used or token.kind not in ("vague", "month"):
                continue
            token.used = "date"
            start, end = self.page.around(token.start)
            if token.kind == "month" and (re.fullmatch(r"may|mar(?:ch)?|20\d\d\s?年度?", token.text, re.I) or _month_of(token) in months):
                continue
            greeted = GREETING.search(self.page.text, start, end)
            if greeted or self._fits(token) or OTHER.search(self.page.masked, start, end):
                continue
            self._both("vague", token.start, token.end)
        for one in self.days:
            clause = self.page.around(one.start)
            if (one.start, one.end) in self.arrival.spans and (SMALL_HOURS.search(self.page.text, *clause) or self._early(clause)):
                self.arrival.doubts.append(self.page.doubt("small_hours", *clause))

    def _fits(self, token: Token) -> bool:
        """Whether a loose word like 年底 or 下周 only says again what the dates say."""
        if not (self.arrival.value and self.departure.value) or self.arrival.doubts or self.departure.doubts:
            return False
        return fits(token.text, date.fromisoformat(self.arrival.value), self.today)

    def _early(self, clause: tuple[int, int]) -> bool:
        times = [token for token in self.page.between(*clause) if token.kind == "time"]
        return any(re.match(r"0?[0-5]:", token.text) and not re.search("p", token.text, re.I) for token in times)

    def _both(self, code: str, start: int, end: int) -> None:
        doubt = self.page.doubt(code, start, end)
        self.arrival.doubts.append(doubt)
        self.departure.doubts.append(doubt)

    def _sane(self) -> None:
        begin = date.fromisoformat(self.arrival.value) if self.arrival.value else None
        end = date.fromisoformat(self.departure.value) if self.departure.value else None
        for into, on in ((self.arrival, begin), (self.departure, end)):
            if on is None:
                into.doubts += [] if into.doubts else [self.page.doubt("missing", 0, 0)]
            elif on < self.today:
                into.doubts.append(self.page.doubt("past", *into.spans[0]))
            elif (on - self.today).days > 550:
                into.doubts.append(self.page.doubt("far", *into.spans[0]))
        if begin and end and end <= begin:
            self._both("before_arrival", *self.departure.spans[0])
        if begin and end and (end - begin).days > 60:
            self.departure.doubts.append(self.page.doubt("long_stay", *self.departure.spans[0]))


def _month_of(token: Token) -> str:
    hit = re.search(r"([\d一二三四五六七八九十]+)\s?月", token.text)
    return str(number(hit.group(1))) if hit else str(MONTHS.get(token.text[:3].lower(), 0))
