"""Faxes made from a seed, with what a careful person would read from them: printed, skewed, thinned and speckled as a fax machine leaves them.

Five layouts: our form for individuals, a table, an agency's group fax, a free letter in Chinese, a free letter in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.reading.letters import CLIENTS, EN_CLIENTS, EN_NAMES, MONTHS, NAMES, PHONES, TODAY

FINE = (1728, 2292)  # A4 at 204 × 196 points an inch
LEFT, TOP = 130, 150
ROOM_ZH = {"TWN": ["标准双床房", "标双", "标准双人间"], "KNG": ["高级大床房", "大床房"], "SUI": ["行政套房"]}
ROOM_EN = {"TWN": ["twin rooms", "standard twin rooms"], "KNG": ["superior king rooms", "king rooms"], "SUI": ["executive suites"]}
PAID_ZH = {"on_account": "挂账", "cash": "现付", "transfer": "转账"}
PAID_EN = {"on_account": "on our account", "cash": "guests pay at the hotel", "transfer": "bank transfer"}
GUESTS = ["李慕白", "陈冬", "韩听雨", "魏子衿", "欧阳澜", "周以南", "唐若溪"]


@dataclass
class Fax:
    """One page as it came, and what is true of it."""

    name: str
    layout: str
    lang: str
    page: Image.Image
    truth: dict[str, Any]
    fine: bool = True
    turned: int = 0
    skew: float = 0.0
    lines: list[str] = field(default_factory=list)  # what was printed


@dataclass
class Asked:
    """What the sender wants."""

    at: Random
    english: bool = False
    arrival: date = TODAY
    departure: date = TODAY
    rooms: dict[str, int] = field(default_factory=dict)
    persons: int = 0
    client: str = ""
    contact: str = ""
    phone: str = ""
    payment: str = ""

    def truth(self, *names: str) -> dict[str, Any]:
        known = {
            "arrival": self.arrival.isoformat(), "departure": self.departure.isoformat(), "rooms": dict(self.rooms), "persons": self.persons,
            "client": self.client, "contact": self.contact, "phone": self.phone, "payment": self.payment,
        }  # fmt: skip
        return {name: known[name] for name in names}


ALL = ("client", "contact", "phone", "arrival", "departure", "rooms", "persons", "payment")


def asked(at: Random, english: bool, group: bool = False) -> Asked:
    arrival = TODAY + timedelta(days=at.randint(2, 200))
    codes = at.sample(["TWN", "KNG", "SUI"], 1 if group else at.choice([1, 1, 2]))
    rooms = {code: at.choice([10, 13, 16, 17, 21]) if group else at.choice([1, 2, 3, 4, 6, 7, 8]) for code in codes}
    return Asked(
        at, english, arrival, arrival + timedelta(days=at.choice([1, 2, 3, 4, 7])), rooms, sum(rooms.values()) * at.choice([1, 2]),
        at.choice(EN_CLIENTS if english else CLIENTS), at.choice(EN_NAMES if english else NAMES), at.choice(PHONES), at.choice(list(PAID_ZH)),
    )  # fmt: skip


# The print


@cache
def font(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    spec = find_spec("manimgx_fonts_cjk")
    assert spec is not None and spec.origin is not None
    made = ImageFont.truetype(str(next(Path(spec.origin).parent.glob("*.ttc"))), size, index=2)
    made.set_variation_by_axes([weight])
    return made


class Paper:
    """A white page being printed on."""

    def __init__(self, at: Random, hard: bool = False) -> None:
        self.at, self.image = at, Image.new("L", FINE, 255)
        self.pen, self.y, self.lines = ImageDraw.Draw(self.image), TOP, list[str]()
        self.size = at.choice([22, 24, 26] if hard else [28, 32, 36, 40])
        self.weight = at.choice([250, 300] if hard else [300, 400, 500])

    def line(self, text: str, *, size: int = 0, indent: int = 0, weight: int = 0) -> None:
        size = size or self.size
        self.pen.text((LEFT + indent, self.y), text, font=font(size, weight or self.weight), fill=0)
        self.y += int(size * 1.75)
        self.lines.append(text)

    def head(self, number: str, on: str) -> None:
        """The sending machine's own line."""
        self.pen.text((LEFT, 60), f"{on}  FAX {number}  P.01/01", font=font(26), fill=0)

    def boxes(self, words: list[str], ticked: str) -> None:
        """Boxes to tick, one of them ticked by pen."""
        x, size = LEFT, self.size
        for word in words:
            self.pen.rectangle((x, self.y + 6, x + size - 4, self.y + size + 2), outline=0, width=3)
            if word == ticked:
                self.pen.line((x + 4, self.y + size // 2, x + size // 2 - 2, self.y + size - 2, x + size + 6, self.y), fill=0, width=5)
            self.pen.text((x + size + 8, self.y), word, font=font(size, self.weight), fill=0)
            x += size * 5
        self.y += int(size * 1.75)
        self.lines.append("  ".join(f"{'☑' if word == ticked else '□'}{word}" for word in words))

    def rows(self, rows: list[list[str]], widths: list[int], ruled: bool = True, height: int = 0) -> None:
        """A table, ruled or by columns alone."""
        height = height or int(self.size * 1.9)
        for row in rows:
            x = LEFT
            for text, width in zip(row, widths, strict=True):
                if ruled:
                    self.pen.rectangle((x, self.y, x + width, self.y + height), outline=0, width=2)
                self.pen.text((x + 14, self.y + (height - self.size) // 2 - 6), text, font=font(self.size, self.weight), fill=0)
                x += width
            self.y += height
            self.lines.append("\t".join(row))
        self.y += self.size


def sent(paper: Image.Image, at: Random, *, fine: bool, turned: int, skew: float, noise: float) -> Image.Image:
    """The page as it comes out: scanned a little askew, half as high in the machine's quick mode, in black and white with specks."""
    page = paper.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if not fine:
        page = page.resize((page.width, page.height // 2), Image.Resampling.BOX)
    page = page.filter(ImageFilter.GaussianBlur(0.8 if fine else 0.5))
    grain = Image.frombytes("L", page.size, at.randbytes(page.width * page.height)).filter(ImageFilter.GaussianBlur(0.7))
    page = Image.blend(page, grain, 0.12)
    page = page.point(lambda value: 255 if value > 150 else 0)
    specks = Image.frombytes("L", page.size, at.randbytes(page.width * page.height))
    page.paste(0, mask=specks.point(lambda value: 255 if value < round(256 * noise) else 0))
    if noise > 0.004:
        pen = ImageDraw.Draw(page)
        for _lost in range(at.randrange(3)):  # a line that the telephone lost
            y = at.randrange(page.height)
            pen.line((0, y, page.width, y), fill=255)
    return page.rotate(turned, expand=True).convert("1", dither=Image.Dither.NONE)


def damaged(page: Image.Image, at: Random, spots: int = 25) -> Image.Image:
    """The page with blots and gaps on its print: what stands there may be read as anything."""
    grey = page.convert("L")
    dark = [place for place, value in enumerate(grey.tobytes()) if value < 128]
    pen = ImageDraw.Draw(grey)
    for _spot in range(spots):
        y, x = divmod(at.choice(dark), grey.width)
        wide, high = at.randint(4, 16), at.randint(4, 16 if grey.height > grey.width else 8)
        pen.ellipse((x - wide // 2, y - high // 2, x + wide // 2, y + high // 2), fill=at.choice([0, 255]))
    return grey.convert("1", dither=Image.Dither.NONE)


# The layouts


def _zh(on: date, at: Random) -> str:
    return at.choice([f"{on.year}年{on.month}月{on.day}日", f"{on.year}年{on.month:02d}月{on.day:02d}日", on.isoformat()])


def _en(on: date, at: Random) -> str:
    return at.choice([f"{on.day} {MONTHS[on.month - 1]} {on.year}", f"{MONTHS[on.month - 1]} {on.day}, {on.year}", on.isoformat()])


def _rooms_zh(want: Asked) -> str:
    return "，".join(f"{want.at.choice(ROOM_ZH[code])}{count}间" for code, count in want.rooms.items())


def _rooms_en(want: Asked) -> str:
    return " and ".join(f"{count} {want.at.choice(ROOM_EN[code])}" for code, count in want.rooms.items()).replace("1 twin rooms", "1 twin room")


def form(paper: Paper, want: Asked) -> tuple[str, ...]:
    """Our reservation form for individuals, cells in rules."""
    at = want.at
    paper.line("散客预订单", size=54, indent=480, weight=700)
    if at.random() < 0.5:
        paper.boxes(["新订", "更改", "取消"], "新订")
    paper.y += 20
    paper.rows(
        [
            ["订房单位", want.client, "联系人", want.contact],
            ["电话", want.phone, "付款方式", PAID_ZH[want.payment]],
            ["抵店日期", _zh(want.arrival, at), "离店日期", _zh(want.departure, at)],
            ["人数", f"{want.persons}人", "宾客姓名", at.choice(GUESTS)],
        ],
        [240, 540, 220, 460],
        height=int(paper.size * 2.1),
    )
    paper.rows([["用房", _rooms_zh(want)], ["备注", "请安排安静楼层"]], [240, 1220])
    return ALL


def table(paper: Paper, want: Asked) -> tuple[str, ...]:
    """A covering line and a table of rooms."""
    at = want.at
    if want.english:
        paper.line("Room request", size=50, weight=700)
        for label, value in (("Company", want.client), ("Contact", want.contact), ("Tel", want.phone)):
            paper.line(f"{label}: {value}")
        rows = [["Room type", "Rooms", "Arrival", "Departure"]]
        rows += [[at.choice(ROOM_EN[code]).replace(" rooms", "").title(), str(count), want.arrival.isoformat(), want.departure.isoformat()] for code, count in want.rooms.items()]
        paper.y += 20
        paper.rows(rows, [440, 200, 400, 400])
        paper.line(f"Number of persons: {want.persons}")
        paper.line(f"Payment: {PAID_EN[want.payment]}")
    else:
        paper.line("订房申请", size=50, weight=700)
        for label, value in (("订房单位", want.client), ("联系人", want.contact), ("电话", want.phone)):
            paper.line(f"{label}：{value}")
        rows = [["房型", "间数", "抵店日期", "离店日期"]]
        rows += [[at.choice(ROOM_ZH[code]), str(count), want.arrival.isoformat(), want.departure.isoformat()] for code, count in want.rooms.items()]
        paper.y += 20
        paper.rows(rows, [440, 200, 400, 400])
        paper.line(f"人数：{want.persons}人")
        paper.line(f"付款方式：{PAID_ZH[want.payment]}")
    return ALL


def group(paper: Paper, want: Asked) -> tuple[str, ...]:
    """An agency's group, with a table of meals."""
    at, day = want.at, want.arrival
    if want.english:
        paper.line("GROUP BOOKING", size=50, weight=700)
        rows = [("Agency", want.client), ("Tour code", f"NS{day:%m%d}A"), ("Contact", want.contact), ("Tel", want.phone), ("Number of persons", str(want.persons))]
        rows += [("Arrival", _en(want.arrival, at)), ("Departure", _en(want.departure, at)), ("Rooms", _rooms_en(want)), ("Payment", PAID_EN[want.payment])]
        for label, value in rows:
            paper.line(f"{label}: {value}")
        paper.line("Please confirm by fax.")
    else:
        paper.line("团队预订传真", size=50, weight=700)
        for label, value in (("致", "望澜酒店销售部"), ("组团社", want.client), ("团号", f"XF{day:%m%d}A")):
            paper.line(f"{label}：{value}")
        paper.line(f"联系人：{want.contact}    电话：{want.phone}")
        paper.line(f"抵店日期：{_zh(want.arrival, at)}    离店日期：{_zh(want.departure, at)}")
        paper.line(f"人数：{want.persons}人")
        paper.line(f"用房：{_rooms_zh(want)}")
        paper.line(f"付款方式：{PAID_ZH[want.payment]}")
        paper.line("请书面确认，谢谢！")
    return ALL


def letter_zh(paper: Paper, want: Asked) -> tuple[str, ...]:
    """A letter in sentences."""
    at = want.at
    paper.line("望澜酒店销售部：")
    paper.line(f"我单位客人将于{_zh(want.arrival, at)}入住贵酒店，{_zh(want.departure, at)}离店，", indent=70)
    paper.line(f"请预订{_rooms_zh(want)}，共{want.persons}人。房费{PAID_ZH[want.payment]}。")
    paper.line(f"联系人：{want.contact}，电话：{want.phone}")
    paper.line("请尽快书面确认，谢谢！", indent=70)
    paper.y += 60
    paper.line(want.client, indent=800)
    paper.line("2026年11月26日", indent=800)
    return ("contact", "phone", "arrival", "departure", "rooms", "persons", "payment")


def letter_en(paper: Paper, want: Asked) -> tuple[str, ...]:
    """A letter in English sentences."""
    at = want.at
    paper.line("To: Reservations, Wanglan Hotel")
    paper.line("Dear Sir or Madam,")
    paper.y += 20
    paper.line(f"Please reserve {_rooms_en(want)} for {want.persons} persons.")
    paper.line(f"Arrival: {_en(want.arrival, at)}")
    paper.line(f"Departure: {_en(want.departure, at)}")
    paper.line(f"Payment: {PAID_EN[want.payment]}")
    paper.y += 20
    paper.line("Best regards,")
    paper.line(f"Contact: {want.contact}")
    paper.line(f"Company: {want.client}")
    paper.line(f"Tel: {want.phone}")
    return ALL


LAYOUTS: dict[str, tuple[Callable[[Paper, Asked], tuple[str, ...]], tuple[bool, ...]]] = {
    "form": (form, (False,)), "table": (table, (False, True)), "group": (group, (False, True)), "letter zh": (letter_zh, (False,)), "letter en": (letter_en, (True,)),
}  # fmt: skip


def fax(number: int, seed: int = 20261126, hard: bool = False, spoilt: bool = False) -> Fax:
    """The fax of this number: always the same. A hard one is small, thin, in quick mode and full of specks; a spoilt one has blots."""
    at = Random(f"{seed}/{number}{'/hard' if hard else ''}")
    layout = list(LAYOUTS)[number % len(LAYOUTS)]
    draw, tongues = LAYOUTS[layout]
    turn = number // len(LAYOUTS)
    english = tongues[turn % len(tongues)]
    want = asked(at, english, group=layout == "group")
    paper = Paper(at, hard)
    paper.head(at.choice(PHONES), "2026-11-26 09:12")
    names = draw(paper, want)
    fine = turn % 3 != 1 and not (hard and turn % 2)
    turned = {3: 180, 5: 90, 6: 270}.get(turn % 8, 0)
    skew = round(at.uniform(-2.0, 2.0), 2)
    noise = at.choice([0.02, 0.03, 0.04] if hard else [0.0, 0.004, 0.008, 0.016])
    page = sent(paper.image, at, fine=fine, turned=turned, skew=skew, noise=noise)
    if spoilt:
        page = damaged(page, at)
    return Fax(f"{number:02d} {layout}", layout, "en" if english else "zh", page, want.truth(*names), fine, turned, skew, paper.lines)


def faxes(number: int, hard: bool = False, spoilt: bool = False) -> Iterator[Fax]:
    """The first so many, one after the other."""
    return (fax(one, hard=hard, spoilt=spoilt) for one in range(number))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to a person: blanks in a telephone number or a name are none, and inc is Inc."""
    return ("".join(one.split()).casefold() == "".join(other.split()).casefold()) if isinstance(one, str) and isinstance(other, str) else one == other


def judged(fields: Mapping[str, Any], truth: Mapping[str, Any], told: bool = False) -> dict[str, str]:
    """Each point: right, asked (right, yet marked), marked (wrong and marked), or wrong (nobody was warned). `told`: the page says that
    something on it stayed unread, so that a point that is not there is not missing silently."""
    found = {}
    for name, right in truth.items():
        one = fields.get(name)
        good = one is not None and same(one.value, right)
        if one is None or (one.value is None and one.sure):
            found[name] = "marked" if told else "wrong"
        elif one.sure:
            found[name] = "right" if good else "wrong"
        else:
            found[name] = "asked" if good else "marked"
    return found
