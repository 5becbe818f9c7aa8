"""Letters made by a seeded grammar, with what a careful person would read from them: plain ones, and ones that lay traps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

TODAY = date(2026, 11, 26)
WORDS = {
    "TWN": ["TWN", "Standard twin", "标准双床房", "标准双人间", "标双", "标间", "双标", "twin"],
    "KNG": ["KNG", "Superior king", "高级大床房", "大床", "king"],
    "SUI": ["SUI", "Executive suite", "行政套房", "套房", "suite"],
    "ESC": ["ESC", "司陪房", "司陪", "escort room"],
}
ZH_WORDS = {"TWN": ["标双", "标间", "标准双床房", "标准双人间", "双标"], "KNG": ["大床", "高级大床房", "大床房"], "SUI": ["套房", "行政套房"]}
EN_WORDS = {"TWN": ["twin", "twin room", "standard twin"], "KNG": ["king", "king room", "superior king"], "SUI": ["suite", "executive suite"]}
CLIENTS = ["东岬机电有限公司", "南屿国际旅行社", "澄湾会展服务有限公司", "鹿鸣登山协会", "北川外事办"]
EN_CLIENTS = ["Solberg Travel", "Harbour Line Ltd", "North Sea Tours", "Ardent Optics Inc"]
NAMES = ["许经理", "潘小姐", "赵晴", "欧阳先生", "魏岚"]
EN_NAMES = ["Maria Lopez", "Ingrid Solberg", "Tom Baker"]
PHONES = ["13955500023", "0592-5550 1234", "0591-87654321", "+86 592 5551234"]
CN = "零一二三四五六七八九"
EN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def cn(number: int) -> str:
    """二十三"""
    if number < 10:
        return CN[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else CN[tens]) + "十" + (CN[ones] if ones else "")


def wide(text: str) -> str:
    return text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})


@dataclass
class Letter:
    """A text and what is true of it. What is not in `truth` is not judged."""

    text: str
    truth: dict[str, Any]
    trap: str = ""
    about: str = "request"


@dataclass
class Wish:
    """What the writer wants."""

    at: Random
    arrival: date = TODAY
    departure: date = TODAY
    rooms: dict[str, int] = field(default_factory=dict)
    persons: int = 0
    client: str = ""
    contact: str = ""
    phone: str = ""
    payment: str = ""

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days

    def truth(self, *names: str) -> dict[str, Any]:
        known = {
            "arrival": self.arrival.isoformat(), "departure": self.departure.isoformat(), "rooms": dict(self.rooms), "persons": self.persons,
            "client": self.client, "contact": self.contact, "phone": self.phone, "payment": self.payment,
        }  # fmt: skip
        return {name: known[name] for name in names}


STAY = ("arrival", "departure", "rooms")


def wish(at: Random, english: bool = False) -> Wish:
    arrival = TODAY + timedelta(days=at.randint(1, 200))
    codes = at.sample(["TWN", "KNG", "SUI"], at.choice([1, 1, 1, 2, 3]))
    rooms = {code: at.choice([1, 1, 2, 3, 5, 8, 10, 12]) for code in codes}
    return Wish(
        at, arrival, arrival + timedelta(days=at.choice([1, 1, 2, 2, 3, 5])), rooms, sum(rooms.values()) * at.choice([1, 2]),
        at.choice(EN_CLIENTS if english else CLIENTS), at.choice(EN_NAMES if english else NAMES), at.choice(PHONES), at.choice(["on_account", "cash", "transfer"]),
    )  # fmt: skip


# How days, rooms and people are written


def zh_day(at: Random, on: date, year: bool = True) -> str:
    sign = at.choice("日日号")
    made = f"{on.month}月{on.day}{sign}"
    style = at.randrange(4)
    if style == 1:
        made = f"{on.month:02d}月{on.day:02d}{sign}"
    elif style == 2:
        made = f"{cn(on.month)}月{cn(on.day)}{sign}"
    if year or (on - TODAY).days > 250:
        made = at.choice([f"{on.year}年{made}", f"{on.year}年{made}", f"{on:%y}年{made}"]) if style != 2 else f"二〇二{CN[on.year % 10]}年{made}"
    if at.random() < 0.12:
        made = f"{on.year}-{on.month:02d}-{on.day:02d}"
    return wide(made) if at.random() < 0.15 else made


def zh_span(at: Random, want: Wish) -> str:
    join = at.choice(["至", "到", "-", "—", "~", "－"])
    one, two = want.arrival, want.departure
    first = zh_day(at, one, at.random() < 0.5)
    if one.month == two.month and at.random() < 0.4 and "-" not in first[:5]:
        return f"{first}{join}{two.day}{at.choice('日号')}"
    return f"{first}{join}{zh_day(at, two, one.year != two.year)}"


def zh_count(at: Random, number: int) -> str:
    return at.choice([str(number), str(number), wide(str(number)), "两" if number == 2 else cn(number)])


def zh_rooms(at: Random, rooms: dict[str, int]) -> str:
    style = at.randrange(5)
    made = []
    for code, number in rooms.items():
        word, count = at.choice(ZH_WORDS[code]), zh_count(at, number)
        made.append([f"{word}{count}间", f"{count}间{word}", f"{word} {number} 间", f"{word}×{number}", f"{word}：{number}间"][style])
    return at.choice(["、", "，", "，"]).join(made)


def en_day(at: Random, on: date, year: bool = True) -> str:
    month = MONTHS[on.month - 1]
    short, th = month[:3], {1: "st", 2: "nd", 3: "rd"}.get(on.day % 10 if on.day not in (11, 12, 13) else 0, "th")
    tail = f" {on.year}" if year or (on - TODAY).days > 250 else ""
    return at.choice(
        [f"{on.day} {month}{tail}", f"{on.day} {short}{tail}", f"{month} {on.day}{',' if tail else ''}{tail}", f"{on.day}{th} {month}{tail}", f"{on.day}{th} of {month}{tail}", f"{short}. {on.day}{th}{',' if tail else ''}{tail}"]
    )


def en_rooms(at: Random, rooms: dict[str, int]) -> str:
    style, made = at.randrange(4), []
    for code, number in rooms.items():
        word = at.choice(EN_WORDS[code])
        many = word + ("s" if number > 1 else "")
        count = EN[number] if number <= 12 and style == 1 else str(number)
        made.append([f"{number} {many}", f"{count} {many}", f"{number} x {word}", f"{word} x {number}"][style])
    return at.choice([", ", " and "]).join(made) if len(made) < 3 else ", ".join(made)


PAY_ZH = {"on_account": ["挂账", "月结"], "cash": ["现付", "前台自付"], "transfer": ["转账", "银行转账"]}
PAY_EN = {"on_account": ["on our account"], "cash": ["cash at the hotel"], "transfer": ["bank transfer"]}


# Plain letters


def zh_fax(at: Random) -> Letter:
    want = wish(at)
    lines = [
        f"{at.choice(['订房单位', '发件公司', '预订单位'])}：{want.client}",
        f"{at.choice(['联系人', '订房人', '发件人'])}：{want.contact}" + (f"  电话：{want.phone}" if at.random() < 0.5 else f"\n电话：{want.phone}"),
        f"{at.choice(['抵店日期', '入住日期', '到店时间', '入住时间'])}：{zh_day(at, want.arrival)}" + at.choice(["", " 14:00", "（下午）"]),
        f"{at.choice(['离店日期', '退房日期', '离店时间'])}：{zh_day(at, want.departure)}" + at.choice(["", f"，共{want.nights}晚"]),
        f"{at.choice(['用房', '房型', '房间'])}：{zh_rooms(at, want.rooms)}",
        f"人数：{want.persons}{at.choice(['', '人', ' 人'])}",
        f"{at.choice(['付款方式', '结算方式'])}：{at.choice(PAY_ZH[want.payment])}",
    ]
    head = at.choice(["", "致：望澜酒店销售部\n", f"传真\n致：望澜酒店\n日期：{TODAY.year}年{TODAY.month}月{TODAY.day}日\n"])
    tail = at.choice(["", "请尽快书面答复。谢谢！\n", "请确认并回传，谢谢！", "如有问题请与我联系。", "地址：厦门市湖滨路88号12楼 邮编：361001\n"])
    return Letter(head + at.choice(["\n", "\r\n"]).join(lines) + "\n" + tail, want.truth(*STAY, "persons", "client", "contact", "phone", "payment"))


def zh_sentence(at: Random) -> Letter:
    want = wish(at)
    start = at.choice(["我司", "您好，我司", "贵酒店：我公司", "您好！我们"])
    ask = at.choice(["需", "需要", "预订", "拟订", "想订"])
    text = at.choice(
        [
            f"{start}{zh_span(at, want)}{ask}{zh_rooms(at, want.rooms)}。",
            f"{start}{ask}{zh_rooms(at, want.rooms)}，{zh_span(at, want)}，{want.persons}人。",
            f"请预留{zh_rooms(at, want.rooms)}，{zh_day(at, want.arrival, False)}入住，{zh_day(at, want.departure, want.departure.year != want.arrival.year)}{at.choice(['离店', '退房', '离开'])}。",
            f"请留{zh_rooms(at, want.rooms)}，{zh_day(at, want.arrival, False)}入住，住{zh_count(at, want.nights)}晚。",
        ]
    )
    signed = f"\n订房单位：{want.client}\n联系人：{want.contact} 电话：{want.phone}"
    truth = want.truth(*STAY, "client", "contact", "phone") | (want.truth("persons") if "人。" in text else {})
    return Letter(text + at.choice(["谢谢！", "请确认。", "盼复。", ""]) + signed, truth)


def zh_chat(at: Random) -> Letter:
    want = wish(at)
    text = at.choice(
        [
            f"你好 {zh_day(at, want.arrival, False)}入住 {zh_day(at, want.departure, want.departure.year != want.arrival.year)}退房 {zh_rooms(at, want.rooms)}",
            f"{zh_span(at, want)} {zh_rooms(at, want.rooms)} 公司：{want.client}",
            f"帮我订{zh_rooms(at, want.rooms)}，{zh_day(at, want.arrival, False)}到，{zh_day(at, want.departure, want.departure.year != want.arrival.year)}走，谢谢",
        ]
    )
    return Letter(text, want.truth(*STAY))


def zh_group(at: Random) -> Letter:
    want = wish(at)
    want.rooms, escorts = {"TWN": at.randint(8, 24)}, at.choice([1, 2])
    want.persons = want.rooms["TWN"] * 2
    span = f"抵店日期：{zh_day(at, want.arrival)} 16:20\n离店日期：{zh_day(at, want.departure)}\n"
    text = (
        f"望澜酒店销售部：\n组团社：{want.client}\n团号：XF{at.randint(1000, 9999)}A\n人数：{want.persons}人\n联系人：{want.contact}  电话：{want.phone}\n{span}"
        f"用房：标准双床房 {want.rooms['TWN']} 间\n司陪房：{escorts} 间\n用餐：{want.arrival.month}月{want.arrival.day}日晚餐 餐标 80 元/人\n付款方式：{PAY_ZH[want.payment][0]}\n请确认。\n"
    )
    truth = want.truth("arrival", "departure", "persons", "client", "contact", "phone", "payment")
    return Letter(text, truth | {"rooms": want.rooms | {"ESC": escorts}, "escort_rooms": escorts})


def en_labelled(at: Random) -> Letter:
    want = wish(at, english=True)
    text = (
        f"{at.choice(['To: Reservations, Wanglan Hotel', 'Dear Reservations,'])}\nCompany: {want.client}\nContact: {want.contact}\nTel: {want.phone}\n"
        f"{at.choice(['Arrival', 'Check-in', 'Arrival date'])}: {en_day(at, want.arrival)}\n{at.choice(['Departure', 'Check-out', 'Departure date'])}: {en_day(at, want.departure)}\n"
        f"{at.choice(['Rooms', 'Room', 'Accommodation'])}: {en_rooms(at, want.rooms)}\n{at.choice(['Persons', 'Pax', 'Guests'])}: {want.persons}\n"
        f"Payment: {at.choice(PAY_EN[want.payment])}\n{at.choice(['Please confirm by return e-mail.', 'Kind regards', 'Many thanks and best regards,'])}\n"
    )
    return Letter(text, want.truth(*STAY, "persons", "client", "contact", "phone", "payment"))


def en_sentence(at: Random) -> Letter:
    want = wish(at, english=True)
    year = at.random() < 0.6
    one, two = en_day(at, want.arrival, year), en_day(at, want.departure, year)
    rooms = en_rooms(at, want.rooms)
    text = at.choice(
        [
            f"Please book {rooms} from {one} to {two} for {want.persons} persons.",
            f"We would like to reserve {rooms}, arriving {one}, departing {two}, {want.persons} guests.",
            f"Kindly reserve {rooms} for our guests, check-in {one}, check-out {two}. {want.persons} pax.",
            f"We need {rooms} for {want.nights} night{'s' if want.nights > 1 else ''} from {one}. {want.persons} persons.",
        ]
    )
    start = at.choice(["Dear Sir or Madam,\n\n", "Hello,\n", "Good morning,\n"])
    return Letter(f"{start}{text}\n\nBest regards,\n{want.contact}\nCompany: {want.client}\nTel: {want.phone}\n", want.truth(*STAY, "persons", "client", "phone"))


PLAIN: tuple[Callable[[Random], Letter], ...] = (zh_fax, zh_sentence, zh_chat, zh_group, en_labelled, en_sentence)


def plain_letters(number: int, seed: int) -> Iterator[Letter]:
    """Everyday letters, each kind in turn."""
    at = Random(seed)
    for place in range(number):
        yield PLAIN[place % len(PLAIN)](at)
