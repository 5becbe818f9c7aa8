"""One way of writing for every sign, with the place of each in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass

READ_CHARS = 8_000  # four full pages; what stands after them is for people to read, and the original is kept

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = {ord(sign): " " for sign in "\u3000\xa0\u2002\u2003\u2009\u200b\u200c\u200d\ufeff\x0b\x0c"}
_DASHES = {ord(sign): "-" for sign in "–—―−‐‑‒－─"} | {ord(sign): "~" for sign in "～〜∼﹣"}
_QUOTES = {0x2019: "'", 0x2018: "'", ord("\r"): "\n"}
# The commonest words of traditional writing that matter here; each is one sign for one sign.
_OLD = (
    "間雙離後號單訂預電話傳標準個為從點車團員數請與記賬帳轉現結陪導遊機領隊總計兩貳參萬錢價變狀週禮務處"
    "貴層樓廳廠會議報網開關進備註訊聯繫無別換減廢錯誤歲頁幾續長縮調內須還舊簽約門臨時間確認團體餐飲費執"
)
_NEW = (
    "间双离后号单订预电话传标准个为从点车团员数请与记账账转现结陪导游机领队总计两贰叁万钱价变状周礼务处"
    "贵层楼厅厂会议报网开关进备注讯联系无别换减废错误岁页几续长缩调内须还旧签约门临时间确认团体餐饮费执"
)
_TRADITIONAL = dict(zip(map(ord, _OLD), _NEW, strict=True))
_PLAIN = {**_WIDE, **_SPACES, **_DASHES, **_QUOTES, **_TRADITIONAL, ord("："): ":", ord("￥"): "¥", ord("﹕"): ":"}


_BLANKS = re.compile(r"[ \t]{2,}")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain, and where each of its signs stands in the original."""

    text: str
    places: tuple[int, ...]
    cut: bool

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text as a span of the original."""
        return (self.places[start], self.places[end - 1] + 1)


def plain(text: str) -> Plain:
    """Full-width digits, dashes and traditional signs written plainly; a run of blanks is one tab."""
    whole = text[: READ_CHARS * 4].translate(_PLAIN)
    out: list[str] = []
    places: list[int] = []
    at = 0
    for run in _BLANKS.finditer(whole):
        out.append(whole[at : run.start()])
        places.extend(range(at, run.start()))
        out.append("\t")
        places.append(run.start())
        at = run.end()
    out.append(whole[at:])
    places.extend(range(at, len(whole)))
    made = "".join(out)
    return Plain(made[:READ_CHARS], tuple(places[:READ_CHARS]), bool(made[READ_CHARS:].strip() or text[READ_CHARS * 4 :].strip()))
