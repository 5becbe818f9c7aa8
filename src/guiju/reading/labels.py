"""Labelled lines of faxes, letters and forms: 订房单位：…, Contact: …."""

from __future__ import annotations

import re

from guiju.reading.doubt import Doubt, quoted
from guiju.reading.field import Field
from guiju.reading.page import Page, Span

LABELS: tuple[tuple[str, str], ...] = (
    ("hotel", r"收件公司|收件单位|收件人|致|to"),
    ("client", r"订房单位|预订单位|发件公司|发件单位|单位名称|客户单位|客户名称|客户|单位|组团社|地接社|旅行社|公司名称|公司|company(?: name)?"
        r"|agency|account(?: name)?|client|organi[sz]ation"),
    ("contact", r"订房人|联系人|预订人|发件人|经办人|联络人|contact(?: person| name)?|booked by|attn|from"),
    ("phone", r"联系电话|联系方式|电话号码|电话|手机号码?|手机|tel(?:ephone)?(?: no\.?)?|phone(?: no\.?)?|mobile(?: no\.?)?"),
    ("reply_to", r"传真号码|传真|e-?mail|邮箱|电子邮件|电子邮箱|fax(?: no\.?)?"),
    ("guests", r"入住姓名|入住人姓名|入住人|宾客姓名|客人姓名|客人名单|住客姓名|姓名|guest name(?:\(?s\)?)?|guest|names? of guests?|names?"),
    ("tour_code", r"团号|计划号|tour code|group code"),
    ("transport", r"航班/车次|航班号?|车次|交通工具|交通|接送|接机|flight(?: no\.?)?|train|transport(?:ation)?|transfers?|pick-?up"),
    ("meals", r"用餐|订餐|餐饮安排|餐饮|餐食|膳食|meals?|catering|meal plan"),
    ("payment", r"付款方式|支付方式|结算方式|付款|结账方式|结账|payment(?: method)?|settlement"),
    ("requests", r"特殊要求|备注|其他要求|要求|special requests?|remarks?|notes?|comments?"),
)
NAMES = frozenset({"client", "contact", "guests", "hotel"})
TALK = frozenset({"transport", "meals", "payment"})  # the numbers in them are theirs
_NAMED = "|".join(f"(?P<{name}>{words})" for name, words in LABELS)
_ANY = "|".join(words for _name, words in LABELS)
LABELLED = re.compile(
    rf"(?:^|[\n,，;；。\t (、])[ \t]{{0,4}}(?:[(]?\d{{1,2}}[.、)][ \t]?)?(?:{_NAMED})" + r"[ \t]{0,2}:[ \t]{0,2}(?P<value>[^\n]*)",
    re.I,
)
INNER = re.compile(rf"[\s,，;；。、(]+(?=(?:[\u4e00-\u9fff/]{{1,7}}|[A-Za-z-]{{2,12}}|{_ANY})[ \t]?:)", re.I)
BREAKERS = frozenset(
    {"d_zh", "d_iso", "d_range", "d_us_range", "d_en", "d_us", "d_num", "d_days", "d_day", "near"}
    | {"nights", "persons", "rooms", "rooms_total", "approximate", "sum"}
)
EMPTY = re.compile(r"[_＿.…\-/\s()]*|\{.*\}?|[□☐].*")
NO_VALUE = re.compile(r"同上|同前|待定|待告|另[行附]|见附件|无|暂无|as above|ditto|tb[acd]|n/?a|to be (?:advised|confirmed)|see attached|x{2,}", re.I)
NUMBERS = frozenset({"phone", "long"})


def read_labels(page: Page) -> tuple[dict[str, Field], list[Span], list[tuple[str, Span]]]:
    """(labelled fields, the spans of names where no numbers or rooms are looked for, all labelled values)."""
    seen: dict[str, list[Field]] = {}
    names: list[Span] = []
    values: list[tuple[str, Span]] = []
    at = 0
    while (hit := LABELLED.search(page.text, at)) is not None:
        name = next(key for key, _words in LABELS if hit.group(key))
        start, end = hit.start("value"), _value_end(page, name, hit.start("value"), hit.end("value"))
        at = max(end, hit.start("value"))
        values.append((name, (start, end)))
        if name in NAMES:
            names.append((start, end))
        _use(page, name, start, end)
        made = _field(page, name, start, end)
        if made is not None and name != "hotel":
            seen.setdefault(name, []).append(made)
    return {name: _one(name, given) for name, given in seen.items()}, names, values


def _value_end(page: Page, name: str, start: int, end: int) -> int:
    end = min(end, start + 400)  # no value is longer
    while start < end and page.text[start] in " \t":
        start += 1
    if start == end:
        return end
    inner = INNER.search(page.text, start, min(len(page.text), end + 14))
    if inner and inner.start() < end:
        end = inner.start()
    if name in NAMES or name in ("phone", "reply_to"):
        stops = [token.start for token in page.between(start, end) if token.kind in BREAKERS or (token.kind == "phone" and name in NAMES)]
        tab = page.text.find("\t", start + 1, end)
        stops += [tab] if tab > 0 and name != "guests" else []
        end = min([end, *stops])
    return end


def _use(page: Page, name: str, start: int, end: int) -> None:
    for token in page.between(start, end):
        if token.used:
            continue
        reached = name in ("phone", "reply_to") and token.kind in ("bare", "long", "phone", "pair", "code", "mail")
        if name in NAMES or reached or name == "tour_code":
            token.used = "name"
        elif name in TALK and token.kind not in ("rooms", "rooms_total", "nights", "ticked", "unticked"):
            token.used = name


def _field(page: Page, name: str, start: int, end: int) -> Field | None:
    value = page.text[start:end].strip(" \t,，;；。、(")
    if name == "payment" and value[:1] in ("□", "☐", "▢") and not page.open_text[start:end].strip(" ;；,，。"):
        return Field(None, [(start, end)], [Doubt("unticked", quoted(value))])
    if not value or (EMPTY.fullmatch(value) and name != "payment") or (name in NAMES and value.isdecimal()):
        return None
    lead = page.text.find(value, start)
    made = Field(value[:200], [(lead, lead + len(value))])
    if name in ("phone", "reply_to"):
        kinds = [token for token in page.between(start, end) if token.kind in (*NUMBERS, "mail", "bare", "pair")]
        if len(kinds) == 1:
            made.value, made.spans = kinds[0].text.strip(), [(kinds[0].start, kinds[0].end)]
        if len(kinds) != 1 or kinds[0].kind in ("bare", "pair"):
            made.doubts.append(Doubt("value", quoted(value)))
    if name == "tour_code":
        made.value = re.split(r"[\s,，;；。]", value)[0][:40]
    names_itself = name in NAMES and (NO_VALUE.fullmatch(value) or (name != "guests" and re.search(r"\d{3,}", value)))
    if names_itself or (name == "contact" and (len(value) > 40 or re.search(r"[\d,，;；、/]|或|\bor\b|\band\b", value))):
        made.doubts.append(Doubt("value", quoted(value)))
    broken = any(token.start <= end + 1 and token.end > end and token.kind in BREAKERS for token in page.between(end - 1, end + 30))
    if name in NAMES and broken and "\n" not in page.text[end : end + 1]:
        made.doubts.append(Doubt("value", quoted(page.text[start : end + 10])))  # something else follows on its line
    if name in NAMES and re.search(r"[(](?:暂|待)|或者|\btb[acd]\b|待定", value, re.I):
        made.doubts.append(Doubt("open", quoted(value)))
    return made


def _one(name: str, given: list[Field]) -> Field:
    one = given[-1]
    different = {str(item.value) for item in given}
    if len(different) > 1:
        if name in ("requests", "meals", "transport", "guests"):
            one = Field("; ".join(dict.fromkeys(str(item.value) for item in given))[:200])
        spans = [span for item in given for span in item.spans]
        return Field(one.value, spans, [*one.doubts, Doubt("several", quoted(" / ".join(sorted(different))))])
    return Field(one.value, [span for item in given for span in item.spans], one.doubts)
