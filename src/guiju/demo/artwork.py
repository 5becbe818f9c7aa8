"""Art orders under way: one nobody took yet, a proof to be read, one sent back, one done, a banner that hangs, photos of this morning."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from guiju.artwork import actions
from guiju.artwork.models import ArtOrder
from guiju.bookings.models import Booking
from guiju.demo.base import Stage
from guiju.house.acting import acting
from guiju.papers.files import keep
from guiju.papers.models import StoredFile
from guiju.papers.printing import font_dir
from guiju.shelf.errors import Refusal

RED, INK, GREEN = (176, 42, 24), (13, 83, 82), (42, 106, 65)


def orders(stage: Stage) -> None:
    """Six orders in six states, by the people whose work it is."""
    coming = list(Booking.objects.of(stage.hotel.pk).filter(kind="group", state="confirmed", arrival_on__gte=stage.today).order_by("arrival_on")[:2])
    groups: list[Any] = [*coming, None, None][:2]
    _earlier(stage)
    for step in (_fresh, _to_read, _returned, _done, _hanging, _photos):
        try:
            step(stage, groups)
        except Refusal:  # on a day on which the standard refuses it there is simply no such order
            continue


def _order(stage: Stage, who: str, ago: int, about: Any = None, **card: Any) -> ArtOrder:
    at = stage.now - timedelta(minutes=ago)
    return actions.order(stage.hotel, about=about, **card, by=acting(stage.people[who], stage.hotel, now=at), now=at)


def _by(stage: Stage, who: str, ago: int) -> dict[str, Any]:
    at: datetime = stage.now - timedelta(minutes=ago)
    return {"by": acting(stage.people[who], stage.hotel, now=at), "now": at}


def _next(stage: Stage, clock: str, days: int = 0) -> datetime:
    """The next time the clock says this, at least two hours away; so many days later."""
    at = stage.at(stage.today, clock)
    return (at if at > stage.now + timedelta(hours=2) else at + timedelta(days=1)) + timedelta(days=days)


def _name(about: Any, otherwise: str) -> str:
    return about.name if about is not None else otherwise


def _earlier(stage: Stage) -> None:
    """What events of the past weeks ordered was made, hung, signed for and taken down again."""
    for row in ArtOrder.objects.of(stage.hotel.pk).filter(due_at__lte=stage.now, state=ArtOrder.State.ORDERED):
        begun, ready = row.ordered_at, min(row.due_at, stage.now) - timedelta(minutes=40)
        orderer = next((one.username for one in stage.people.values() if one.pk == row.ordered_by_id), "lin")

        def by(who: str, at: datetime) -> dict[str, Any]:
            return {"by": acting(stage.people[who], stage.hotel, now=at), "now": at}

        try:
            actions.take(row, **by("hua", begun + timedelta(minutes=15)))
            if row.worded:
                ago = round((stage.now - begun) / timedelta(minutes=1)) - 90
                actions.show_proof(row, file=_drawn(stage, row.text_zh or row.text_en, INK, ago), **by("hua", begun + timedelta(minutes=90)))
                actions.approve_text(row, text_hash=row.text_hash, **by(orderer, begun + timedelta(minutes=130)))
            actions.finish(row, **by("hua", max(ready, begun + timedelta(minutes=150))))
            actions.check(row, good=True, **by("mei", max(ready, begun + timedelta(minutes=155))))
            actions.deliver(row, **by("hua", max(ready, begun + timedelta(minutes=160))))
            actions.sign_for(row, **by(orderer, max(ready, begun + timedelta(minutes=160)) + timedelta(minutes=20)))
            if row.until_at and row.until_at < stage.now:
                actions.take_down(row, **by("hua", min(stage.now, row.until_at + timedelta(hours=11))))
        except Refusal:
            continue


def _fresh(stage: Stage, groups: list[Any]) -> None:
    name = _name(groups[0], "省旅游局推介团")
    _order(
        stage, "he", 12, groups[0], what="welcome_board", title=name, text_zh=f"热烈欢迎\n{name}", text_en="Welcome to Wanglan Hotel",
        size="80 × 180 cm", material="KT 板", place="大堂正门内", due_at=_next(stage, "11:00"), from_at=_next(stage, "13:00", 1),
        until_at=_next(stage, "20:00", 2),
    )


def _to_read(stage: Stage, groups: list[Any]) -> None:
    text = "东岬机电 2026 年度答谢会"
    row = _order(
        stage, "lin", 150, what="banner", title="东岬机电答谢会", text_zh=f"热烈祝贺{text}圆满举行", text_en="Dongjia Annual Dinner 2026",
        size="8 × 0.7 m", material="热转印布", place="海晏厅主席台上方",
        due_at=_next(stage, "15:00", 1), from_at=_next(stage, "16:00", 2), until_at=_next(stage, "21:00", 3),
    )
    actions.take(row, **_by(stage, "hua", 140))
    actions.show_proof(row, file=_drawn(stage, row.text_zh, RED, 25), remark="红底白字，宋体", **_by(stage, "hua", 25))


def _returned(stage: Stage, groups: list[Any]) -> None:
    name = _name(groups[1], "江南秋色团")
    row = _order(
        stage, "he", 300, groups[1], what="place_cards", title=name, text_zh="领队席\n司陪席", text_en="Tour leader\nEscorts", size="9 × 20 cm",
        material="铜版纸 250 克", quantity=12, place="一楼中餐厅", due_at=_next(stage, "10:00", 1),
    )
    actions.take(row, **_by(stage, "hua", 290))
    actions.show_proof(row, file=_drawn(stage, "领队席", INK, 200), **_by(stage, "hua", 200))
    actions.return_proof(row, reason="英文一行漏了 Tour 的 u", **_by(stage, "he", 180))


def _done(stage: Stage, groups: list[Any]) -> None:
    row = _order(
        stage, "chen", 1500, what="menu", title="冬至宴", text_zh="冬至宴\n羊肉煲 · 桂圆汤圆 · 八宝饭", text_en="Winter solstice dinner", size="A5",
        quantity=40, material="特种纸", place="海晏厅", due_at=_next(stage, "17:00"),
    )
    actions.take(row, **_by(stage, "hua", 1490))
    actions.show_proof(row, file=_drawn(stage, "冬至宴", GREEN, 1400), **_by(stage, "hua", 1400))
    actions.approve_text(row, text_hash=row.text_hash, **_by(stage, "can", 1380))
    actions.finish(row, used="特种纸 22 张", cost=Decimal("66.00"), **_by(stage, "hua", 70))
    actions.check(row, good=True, **_by(stage, "mei", 40))


def _hanging(stage: Stage, groups: list[Any]) -> None:
    row = _order(
        stage, "qiao", 3000, what="banner", title="冬季美食节", text_zh="望澜冬季美食节", text_en="Winter Food Festival", size="6 × 0.7 m",
        material="布", place="大堂二楼回廊",
        due_at=stage.now - timedelta(hours=20), from_at=stage.now - timedelta(hours=19), until_at=stage.now + timedelta(days=9),
    )
    actions.take(row, **_by(stage, "hua", 2985))
    actions.show_proof(row, file=_drawn(stage, row.text_zh, RED, 2900), **_by(stage, "hua", 2900))
    actions.approve_text(row, text_hash=row.text_hash, **_by(stage, "qiao", 2880))
    actions.finish(row, used="布 6.5 米", cost=Decimal("130.00"), **_by(stage, "hua", 1600))
    actions.check(row, good=True, **_by(stage, "mei", 1590))
    actions.deliver(row, photo=_drawn(stage, row.text_zh, RED, 1300, wall=True), **_by(stage, "hua", 1300))
    actions.sign_for(row, **_by(stage, "qiao", 1270))


def _photos(stage: Stage, groups: list[Any]) -> None:
    row = _order(
        stage, "gu", 240, what="photography", title="旅行社考察团合影", place="正门台阶", due_at=_next(stage, "14:00"),
    )
    actions.take(row, **_by(stage, "mei", 225))


def _drawn(stage: Stage, text: str, colour: tuple[int, int, int], ago: int, *, wall: bool = False) -> StoredFile:
    """A layout as an art worker would show it: the text white on its ground; `wall`: as it hangs."""
    rows = text.split("\n")
    page = Image.new("RGB", (1200, 300 + 120 * (len(rows) - 1)), (226, 220, 208) if wall else colour)
    pen = ImageDraw.Draw(page)
    if wall:
        pen.rectangle((60, 70, 1140, page.height - 90), fill=colour)
    font = _font(76)
    for number, row in enumerate(rows):
        size = min(76, int(76 * 1040 / max(1, font.getlength(row))))
        fitted = font if size == 76 else _font(size)
        pen.text((600, page.height / 2 + (number - (len(rows) - 1) / 2) * 110), row, font=fitted, fill="white", anchor="mm")
    out = io.BytesIO()
    page.save(out, "PNG")
    return keep(stage.hotel.pk, out.getvalue(), "layout.png", kinds=("png",), now=stage.now - timedelta(minutes=ago))


def _font(size: int) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(str(next(Path(font_dir()).glob("*.tt[cf]"))), size, index=2)  # the third face is simplified Chinese
    made.set_variation_by_axes([600])
    return made
