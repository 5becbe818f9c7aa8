"""A fax for the demo's desk: drawn here, its words known from the drawing, so that the first start reads no scan."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from guiju.papers.printing import font_dir
from guiju.reading.scan import Print, Scan, Sheet

WIDE, HIGH = 1240, 1000
SIZE = 34
COLUMNS = ((60, 250), (250, 690), (690, 870), (870, 1190))
PEN_BLUR = 66  # how certain the number was read that the fax machine smudged


def fax(client: str, arrival: date, seed: random.Random) -> tuple[bytes, Scan]:
    """(the page as it came, what was read on it): a booking form in Chinese, one of its numbers smudged."""
    leaves = arrival + timedelta(days=2)
    rows = [
        ["订房单位", client, "联系人", "许经理"],
        ["抵店日期", _day(arrival), "离店日期", _day(leaves)],
        ["用房", "标准双床房 6 间", "人数", "12 人"],
        ["宾客姓名", "韩明远 等", "付款方式", "挂账"],
        ["电话", "0592-5550 1234", "备注", "请安排同一楼层"],
    ]
    page = Image.new("L", (WIDE, HIGH), 255)
    pen = ImageDraw.Draw(page)
    font = _font(SIZE)
    prints = [_put(pen, "订 房 单", 520, 60, _font(48))]
    top = 170
    for row in rows:
        for (left, right), words in zip(COLUMNS, row, strict=True):
            pen.rectangle((left, top, right, top + 76), outline=0, width=2)
            prints.append(_put(pen, words, left + 16, top + 14, font))
        top += 76
    prints.append(_put(pen, "请尽快书面确认，谢谢！", 70, top + 50, font))
    _smudge(pen, next(one for one in prints if one.text == "12 人"))
    return _as_faxed(page, seed), Scan(1, [Sheet(1, WIDE, HIGH, prints)])


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _font(size: int) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(str(next(Path(font_dir()).glob("*.tt[cf]"))), size, index=2)  # the third face is simplified Chinese
    made.set_variation_by_axes([400])
    return made


def _put(pen: ImageDraw.ImageDraw, words: str, left: int, top: int, font: ImageFont.FreeTypeFont) -> Print:
    """Print words, and say where each sign stands."""
    pen.text((left, top), words, font=font, fill=0)
    ends = [round(font.getlength(words[:at])) for at in range(len(words) + 1)]
    middles = [left + (one + two) // 2 for one, two in pairwise(ends)]
    size = round(font.size)
    return Print(words, (left - 4, top + size // 8, left + ends[-1] + 4, top + size + size // 2), [99] * len(words), middles)


def _smudge(pen: ImageDraw.ImageDraw, one: Print) -> None:
    _left, top, _right, bottom = one.box
    at = one.middles[1]
    pen.line((at - 12, (top + bottom) // 2 + 3, at + 12, (top + bottom) // 2 - 1), fill=0, width=4)
    pen.ellipse((at + 6, bottom - 20, at + 13, bottom - 13), fill=0)
    one.sure[0], one.sure[1], one.second = 91, PEN_BLUR, one.text.replace("12", "18")


def _as_faxed(page: Image.Image, seed: random.Random) -> bytes:
    """Black and white with a few specks."""
    pen = ImageDraw.Draw(page)
    for _speck in range(700):
        pen.point((seed.randrange(WIDE), seed.randrange(HIGH)), fill=0)
    out = io.BytesIO()
    page.point(lambda value: 255 if value > 140 else 0).convert("1").save(out, "PNG")
    return out.getvalue()
