"""Free text and fax forms, Chinese and English: what is proposed for each point, where it stands, and what is unsure.

The rule: every number, date and quantity of the text is found first, with its place. The points take what is theirs. What
nobody took, what contradicts itself, and words like "not" or "or" beside a point make that point unsure, with the words quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guiju.reading import extras
from guiju.reading.doubt import N_, Doubt, quoted
from guiju.reading.field import Field
from guiju.reading.labels import read_labels
from guiju.reading.leftovers import weigh
from guiju.reading.page import Page
from guiju.reading.people import People
from guiju.reading.rooms import Rooms, latin_codes
from guiju.reading.signs import Plain, plain
from guiju.reading.stay import Stay
from guiju.reading.wording import Wording, split_mail

__all__ = ["Field", "Reading", "read"]
GROUP = re.compile(r"团队|团号|旅行团|团体|\bgroup\b(?! ?(?:ltd|co\b|inc|plc|gmbh))|\btour (?:code|group)\b", re.I)
HEADER = re.compile(r"\b(?:fax|from|to)\b|传真", re.I)
FORMS = {"request": N_("new request"), "modification": N_("change"), "cancellation": N_("cancellation")}
STAYING = re.compile("店|住|离|arriv|depart|check", re.I)
CORE = ("arrival", "departure", "rooms", "persons")
NEEDED = ("client", "arrival", "departure", "rooms")
COMPANY = re.compile(r"[\u4e00-\u9fff()A-Za-z]{2,24}(?:有限(?:责任)?公司|集团|旅行社|国旅|(?<![我贵本该])公司|协会|外事办|研究院|大学)"
    r"|(?-i:[A-Z])[\w&.' -]{2,40} (?:Ltd|Limited|Inc|GmbH|LLC|Co\.|Travel|Tours)\b\.?")
VERBATIM = frozenset({"client", "contact", "guests", "meals", "transport", "requests"})


@dataclass(slots=True)
class Reading:
    """What was read: fields by name, the language, fit or group, and whether it asks, changes or cancels."""

    fields: dict[str, Field]
    lang: str
    kind: str
    form: str = "request"


def read(text: str, words: Mapping[str, Sequence[str]], today: date, subject: str = "") -> Reading:
    """Read a request. `words`: room type code -> how clients write it; `subject` is the mail's. Unsure is what has two readings."""
    whole = plain(text)
    body = whole.text
    letter, earlier = split_mail(body)
    forwarded = not letter.strip()
    letter = body if forwarded else letter
    codes = latin_codes(words)
    page = Page(letter, codes)
    fields = _points(page, words, today)
    wording = Wording(page)
    form, reasons, spans = wording.kind(subject)
    if reasons:
        fields["kind"] = Field(form, spans, reasons)
    weigh(page, wording, fields)
    if form != "request":
        _doubt_all(fields, Doubt("kind", reasons[0].quote if reasons else ""))
    if forwarded:
        _doubt_all(fields, Doubt("quoted"))
    elif earlier.strip():
        _compare(fields, _points(Page(earlier, codes), words, today), "quoted")
    if subject.strip():
        _compare(fields, _points(Page(plain(subject).text, codes), words, today), "subject")
    if whole.cut or page.cut:
        _doubt_all(fields, Doubt("cut"))
    lang = "zh-hans" if len(re.findall(r"[\u4e00-\u9fff]", body)) * 6 >= len(body.strip()) or re.search(r"[\u4e00-\u9fff]{4}", body) else "en"
    kind = "group" if _is_group(page, fields) else "fit"
    return Reading(_finished(fields, whole, text), lang, kind, form)


def _points(page: Page, words: Mapping[str, Sequence[str]], today: date) -> dict[str, Field]:
    """The points of a page, doubts of their own included."""
    _headers(page)
    fields, names, _values = read_labels(page)
    rooms = Rooms(page, words, names)
    stay = Stay(page, today)
    fields["rooms"], escort_rooms = rooms.read()
    fields["arrival"], fields["departure"] = stay.read()
    persons, escorts = People(page).read()
    for name, one in (("escort_rooms", escort_rooms), ("persons", persons), ("escorts", escorts)):
        if one.value is not None or one.doubts:
            fields[name] = one
    for name, pattern, kinds in (("meals", extras.MEALS, MEAL_NUMBERS), ("transport", extras.TRANSPORT, ROAD_NUMBERS)):
        if name not in fields and (said := extras.in_passing(page, pattern, kinds, name)) is not None:
            fields[name] = said
    both = (*fields["arrival"].doubts, *fields["departure"].doubts)
    fields["rooms"].doubts += [doubt for doubt in both if doubt.code in ("stays", "leftover", "several")][:1]  # which rooms for which nights?
    if "phone" not in fields and (phone := extras.phone_in_passing(page)) is not None:
        fields["phone"] = phone
    paid = extras.payment(page, fields.get("payment"))
    if paid is not None:
        fields["payment"] = paid
    _client(page, fields)
    _misfit(page, fields, rooms.guest_rooms)
    return fields


MEAL_NUMBERS = frozenset({"bare", "measured", "price", "time", "pair", "percent"})
ROAD_NUMBERS = frozenset({"bare", "measured", "time", "code", "flight"})


def _headers(page: Page) -> None:
    """A fax machine's own line: number, clock and page are nobody's."""
    at = 0
    while at < len(page.text):
        start, end = page.line(at)
        inside = list(page.between(start, end))
        kinds = {token.kind for token in inside}
        clear = not kinds & {"rooms", "rooms_total", "persons", "nights"}
        named = "page" in kinds or HEADER.search(page.text, start, end)
        if clear and named and "time" in kinds and kinds & {"page", "phone"} and not STAYING.search(page.text, start, end):
            for token in inside:
                token.used = "header"
        at = end + 1


def _client(page: Page, fields: dict[str, Field]) -> None:
    if "client" in fields:
        return
    for hit in COMPANY.finditer(page.text):
        if re.search(r"(?:致|收件[^\n]{0,6}|to|dear)\s?:?\s?$", page.text[: hit.start()][-10:], re.I):
            continue
        fields["client"] = Field(hit.group().strip(), [hit.span()], [Doubt("unlabelled", quoted(hit.group()))])
        return
    fields["client"] = Field(None, [], [Doubt("missing")])


def _misfit(page: Page, fields: dict[str, Field], rooms: int) -> None:
    persons = fields.get("persons")
    if rooms and persons is not None and persons.value and not rooms / 2 <= persons.value <= rooms * 4:
        persons.doubts.append(Doubt("misfit", quoted(page.text[slice(*persons.spans[0])])))


def _doubt_all(fields: dict[str, Field], doubt: Doubt) -> None:
    for name in CORE:
        if name in fields:
            fields[name].doubts.append(doubt)


def _compare(fields: dict[str, Field], other: dict[str, Field], code: str) -> None:
    """What the subject or the earlier mail says otherwise, or alone, must be looked at."""
    for name in CORE:
        theirs = other.get(name)
        if theirs is None or (theirs.value is None and not theirs.spans):
            continue
        mine = fields.setdefault(name, Field(None))
        if mine.value is None:
            mine.value = theirs.value
        elif mine.value == theirs.value:
            continue
        mine.doubts.append(Doubt(code, quoted(_said(theirs.value))))


def _said(value: object) -> str:
    return ", ".join(f"{key} × {count}" for key, count in value.items()) if isinstance(value, dict) else str(value or "")


def _is_group(page: Page, fields: dict[str, Field]) -> bool:
    rooms = fields["rooms"].value or {}
    if sum(rooms.values()) >= 8:
        return True
    skip = [page.line(start) for name in ("client", "contact") for start, _end in (fields[name].spans if name in fields else [])]
    return any(not any(start <= hit.start() < end for start, end in skip) for hit in GROUP.finditer(page.open_text))


def _finished(fields: dict[str, Field], whole: Plain, text: str) -> dict[str, Field]:
    """Places in the original, and verbatim values in the client's own signs."""
    for name, one in fields.items():
        if one.leans_on:
            one.doubts += fields[one.leans_on].doubts
        one.doubts = list(dict.fromkeys(one.doubts))
        one.places = sorted({whole.place(start, end) for start, end in one.spans if 0 <= start < end <= len(whole.places)})
        if name in VERBATIM and len(one.places) == 1 and one.value:
            own = " ".join(text[slice(*one.places[0])].split()).strip(" ,，;；。、.")
            one.value = own[:200] or one.value
    return fields
