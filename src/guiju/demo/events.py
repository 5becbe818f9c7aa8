"""Menus of the house and events in all states: an option, a definite conference with its order half signed, a wedding whose file is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from guiju.approvals import actions as approvals
from guiju.approvals.models import Approval
from guiju.artwork import actions as artwork
from guiju.demo.base import Stage
from guiju.demo.play import RECEIVERS
from guiju.events import actions
from guiju.events.models import Event, EventFunction, Menu
from guiju.function_space.models import Hall
from guiju.house.acting import acting
from guiju.papers import actions as papers
from guiju.papers.models import Copy, Paper
from guiju.shelf.errors import Refusal

# name, English, table or person, price, dishes
MENUS = (
    ("百年好合宴", "Wedding menu, a hundred years", "table", 3888,
        "八味冷碟\n龙虾两吃\n清蒸东星斑\n鲍汁扣海参\n金牌烤乳猪\n莲子百合羹\n四喜点心\n时令鲜果"),
    ("龙凤呈祥宴", "Wedding menu, dragon and phoenix", "table", 5288,
        "十味冷碟\n澳洲龙虾\n清蒸老虎斑\n佛跳墙\n红烧鲍鱼\n鸡汁燕窝羹\n六喜点心\n鲜果盘"),
    ("福寿宴", "Birthday menu", "table", 2688, "六味冷碟\n寿桃\n清蒸鲈鱼\n红烧蹄髈\n长寿面\n时蔬\n鲜果"),
    ("商务午宴", "Business lunch", "person", 168, "冷盘\n例汤\n主菜二选一\n时蔬\n甜品"),
    ("会议自助午餐", "Conference buffet lunch", "person", 128, "冷热菜二十四款\n汤两款\n点心水果"),
    ("会议茶歇", "Coffee break", "person", 38, "咖啡红茶\n曲奇三款\n水果两款"),
)


@dataclass
class Part:
    """One function as the demo plans it: name, halls to try in turn, from, until, style, persons, tables."""

    name: str
    halls: Sequence[str]
    begins: str
    ends: str
    style: str
    persons: int
    tables: int = 0
    menu: str = ""


class Scene:
    """Hands for the demo people at a moment."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.moment = stage, stage.now
        self.halls = {hall.code: hall for hall in Hall.objects.of(stage.hotel.pk)}
        self.menus: dict[str, Menu] = {}

    def step(self, who: str = "lin") -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": acting(self.stage.people[who], self.stage.hotel, now=self.moment), "now": self.moment}

    def open(self, ago: int, card: dict[str, Any], day: date, parts: Sequence[Part], who: str = "lin") -> Event:
        """An event written down so many days ago, with its functions, menus and halls (definite where not said otherwise)."""
        self.moment = self.stage.at(self.stage.today - timedelta(days=ago), "10:20")
        event = actions.open_event(self.stage.hotel, card={"on": day, **card}, **self.step(who))
        for part in parts:
            row = actions.add_function(event, plan={
                "name": part.name, "from_at": self.stage.at(day, part.begins), "until_at": self.stage.at(day, part.ends), "setup": part.style,
                "expected_persons": part.persons, "expected_tables": part.tables, "hall": self.halls[part.halls[0]],
            }, **self.step(who))
            if part.menu:
                actions.add_line(event, line={"function": row, "menu": self.menus[part.menu]}, **self.step(who))
        return Event.objects.get(pk=event.pk)

    def take(self, event: Event, halls: Mapping[str, Sequence[str]], until: datetime | None = None, who: str = "lin") -> None:
        """Each function's hall: the first of its list that is free."""
        for row in EventFunction.objects.filter(event=event).order_by("from_at"):
            for code in halls[row.name]:
                try:
                    if row.hall != self.halls[code]:
                        row = actions.change_function(row, plan={"hall": self.halls[code]}, **self.step(who))
                    actions.take_hall(row, option_until_at=until, **self.step(who))
                    break
                except Refusal:
                    continue  # taken: the next one

    def definite(self, event: Event, how: str, who: str = "lin") -> Event:
        """The client agreed."""
        event = Event.objects.get(pk=event.pk)
        return actions.confirm_event(event, agreed_how=how, **self.step(who))

    def out(self, event: Event, who: str = "lin", signed: Sequence[str] = ()) -> None:
        """The order out, signed by the general manager where it has to be, then by these departments."""
        event = Event.objects.get(pk=event.pk)
        if actions.steps_of(event, self.moment):
            actions.ask_gm(event, **self.step(who))
            asked = Approval.objects.get(about_kind="event", about_id=str(event.pk), state=Approval.State.WAITING)
            approvals.decide(asked, accept=True, **self.step("lu"))
        paper: Paper = actions.issue_order(Event.objects.get(pk=event.pk), **self.step(who))
        for copy in Copy.objects.filter(paper=paper, must_sign=True, superseded_at__isnull=True):
            if not signed or copy.department in signed:
                self.moment += timedelta(minutes=7)
                papers.sign_for(copy, **self.step(RECEIVERS[copy.department]))


def several(stage: Stage) -> None:
    """The menus, then five events."""
    scene = Scene(stage)
    scene.moment = stage.at(stage.today - timedelta(days=40), "09:30")
    for name, name_en, basis, price, dishes in MENUS:
        card = {"name": name, "name_en": name_en, "basis": basis, "price": Decimal(price), "dishes": dishes}
        scene.menus[name] = actions.add_menu(stage.hotel, card=card, **scene.step("shen"))
    _yesterday(scene)
    _next_week(scene)
    _option(scene)
    _annual_dinner(scene)
    _last_season(scene)
    scene.moment = stage.now


def _yesterday(scene: Scene) -> None:
    """A wedding that took place yesterday: how many came is known, its file is due in two days."""
    stage, day = scene.stage, scene.stage.today - timedelta(days=1)
    card = {"name": "沈顾婚宴", "kind": "wedding", "contact": "沈先生", "phone": "139 5550 0188", "occasion": "婚礼",
        "requests": "清真两桌；新娘更衣室一间",
            "parking": "门前留二十个车位", "security": "电梯口一人引导", "flowers": "主桌鲜花、签到台花", "payment": "当晚结清", "signers": "沈先生",
            "service_percent": 10}
    halls = {"婚宴": ("WH", "BH", "BH-AB", "BH-C")}
    event = scene.open(26, card, day, [Part("婚宴", halls["婚宴"], "18:00", "21:30", "banquet", 200, 20, "百年好合宴")])
    actions.add_line(event, line={"function": event.functions.get(), "part": "drinks", "text": "软饮畅饮", "basis": "person", "price": Decimal(28)},
        **scene.step())
    actions.add_line(event, line={"part": "equipment", "text": "LED 屏", "basis": "piece", "price": Decimal(2000)}, **scene.step())
    actions.quote(Event.objects.get(pk=event.pk), valid_until_on=stage.today - timedelta(days=15), **scene.step())
    scene.take(event, halls)
    deposit = actions.agree_deposit(event, label="订金", amount=Decimal(20000), due_on=stage.today - timedelta(days=20), **scene.step())
    event = scene.definite(event, "婚宴合同 W-118")
    scene.moment = stage.at(stage.today - timedelta(days=21), "15:10")
    actions.receive_deposit(deposit, amount=Decimal(20000), receipt="SJ-20417", how="转账", **scene.step("cai"))
    scene.moment = stage.at(day - timedelta(days=9), "09:40")
    artwork.order(
        stage.hotel, about=event, what="welcome_board", title=event.name, text_zh="沈顾联姻 百年好合", size="80×180 cm", place="大堂",
            from_at=event.starts_at, until_at=event.ends_at,
        due_at=stage.at(day - timedelta(days=1), "09:00"), **scene.step(),
    )
    scene.out(event)
    scene.moment = stage.at(day - timedelta(days=4), "16:00")
    row = event.functions.get()
    actions.guarantee(Event.objects.get(pk=event.pk), counts={row.pk: (210, 21)}, **scene.step())
    for copy in Copy.objects.filter(paper__about_id=str(event.pk), must_sign=True, superseded_at__isnull=True, signed_at__isnull=True):
        scene.moment += timedelta(minutes=12)
        papers.sign_for(copy, **scene.step(RECEIVERS[copy.department]))
    scene.moment = stage.at(day, "22:10")
    actions.took_place(Event.objects.get(pk=event.pk), counts={row.pk: (216, 22)}, **scene.step())


def _next_week(scene: Scene) -> None:
    """A conference with a lunch: definite, the order out, half of the departments have signed."""
    stage, day = scene.stage, scene.stage.today + timedelta(days=6)
    client = next(one for one in stage.clients if one.kind == "company")
    card = {"name": f"{client.short_name or client.name[:6]}渠道大会", "kind": "conference", "client": client, "contact": "秦女士",
        "phone": "0579 5550 2290",
            "occasion": "年度渠道大会", "requests": "签到台放在二楼电梯口", "parking": "大巴两辆停北广场", "staff_meals": "会务组 6 份",
            "driver_meals": "司机 2 份", "payment": "挂账"}
    halls = {"大会": ("DG", "BH-A", "BH-B", "BH-C"), "午餐": ("BH-C", "BH-B", "BH-A", "WH")}
    event = scene.open(8, card, day, [
        Part("大会", halls["大会"], "09:00", "11:30", "theatre", 96), Part("午餐", halls["午餐"], "11:45", "13:30", "banquet", 96, 0, "会议自助午餐"),
    ])
    first = EventFunction.objects.get(event=event, name="大会")
    for line in (
        {"part": "hall", "text": "会场半天", "basis": "piece", "price": Decimal(5500), "function": first},
        {"part": "menu", "menu": scene.menus["会议茶歇"], "function": first},
        {"part": "equipment", "text": "投影与幕布", "text_en": "Projector and screen", "basis": "piece", "price": Decimal(800), "function": first},
        {"part": "equipment", "text": "无线话筒", "basis": "piece", "quantity": Decimal(4), "price": Decimal(100), "function": first},
    ):
        actions.add_line(event, line=line, **scene.step())
    actions.quote(Event.objects.get(pk=event.pk), valid_until_on=stage.today, **scene.step())
    scene.take(event, halls)
    event = scene.definite(event, "会议协议 2026-31")
    scene.moment = stage.at(stage.today - timedelta(days=1), "10:05")
    artwork.order(
        stage.hotel, about=event, what="banner", title=event.name, text_zh="年度渠道大会", size="8×0.9 m", place="会场主席台",
            from_at=event.starts_at, until_at=event.ends_at,
        due_at=stage.at(day - timedelta(days=1), "09:00"), **scene.step(),
    )
    scene.out(event, signed=("fnb", "front_desk", "housekeeping", "bell_desk"))


def _option(scene: Scene) -> None:
    """A birthday banquet: quoted, its hall an option until tomorrow."""
    stage, day = scene.stage, scene.stage.today + timedelta(days=19)
    halls = {"寿宴": ("BH-A", "BH-B", "BH-C", "DG")}
    card = {"name": "韩老先生八十寿宴", "kind": "birthday", "organiser": "韩府", "contact": "韩明远", "phone": "138 5550 0921",
        "occasion": "八十寿辰"}
    event = scene.open(2, card, day, [Part("寿宴", halls["寿宴"], "17:30", "20:30", "banquet", 80, 8, "福寿宴")])
    actions.quote(Event.objects.get(pk=event.pk), valid_until_on=stage.today + timedelta(days=5), remarks="十桌以上赠寿桃", **scene.step())
    scene.take(event, halls, until=stage.at(stage.today + timedelta(days=1), "18:00"))


def _annual_dinner(scene: Scene) -> None:
    """A large dinner: definite, the second deposit late, its order waits for the general manager."""
    stage, day = scene.stage, scene.stage.today + timedelta(days=15)
    client = [one for one in stage.clients if one.kind == "company"][1]
    halls = {"晚宴": ("BH", "WH", "BH-AB", "BH-C")}
    card = {"name": f"{client.short_name or client.name[:6]}年会晚宴", "kind": "banquet", "client": client, "contact": "吴经理",
        "phone": "0579 5550 4410",
            "occasion": "公司年会", "requests": "舞台右侧留乐队位置", "service_percent": 10}
    event = scene.open(12, card, day, [Part("晚宴", halls["晚宴"], "18:00", "21:00", "banquet", 260, 26, "龙凤呈祥宴")])
    actions.quote(Event.objects.get(pk=event.pk), valid_until_on=stage.today, **scene.step())
    scene.take(event, halls)
    first = actions.agree_deposit(event, label="首期三成", amount=Decimal(41000), due_on=stage.today - timedelta(days=8), **scene.step())
    actions.agree_deposit(event, label="二期", amount=Decimal(40000), due_on=stage.today - timedelta(days=1), **scene.step())
    event = scene.definite(event, "宴会合同 Y-52")
    scene.moment = stage.at(stage.today - timedelta(days=9), "11:00")
    actions.receive_deposit(first, amount=Decimal(41000), receipt="SJ-20433", how="转账", **scene.step("cai"))
    scene.moment = stage.now - timedelta(minutes=50)
    actions.ask_gm(Event.objects.get(pk=event.pk), **scene.step())


def _last_season(scene: Scene) -> None:
    """A client appreciation of some weeks ago in the clerk's library; its time comes round, the client is to be asked."""
    stage, day = scene.stage, scene.stage.today - timedelta(days=24)
    client = next(one for one in stage.clients if one.kind == "agency")
    card = {"name": f"{client.short_name or client.name[:6]}同业答谢会", "kind": "reception", "client": client, "contact": "方女士",
        "occasion": "季度同业答谢", "requests": "需签到背景板"}
    halls = {"答谢会": ("BH-C", "BH-B", "BH-A", "WH")}
    event = scene.open(36, card, day, [Part("答谢会", halls["答谢会"], "14:00", "17:00", "cocktail", 48, 0, "会议茶歇")])
    scene.take(event, halls)
    event = scene.definite(event, "确认函 3-07")
    scene.moment = stage.at(day - timedelta(days=6), "10:00")
    actions.guarantee(Event.objects.get(pk=event.pk), counts={event.functions.get().pk: (48, 0)}, **scene.step())
    scene.out(event)
    scene.moment = stage.at(day, "17:30")
    actions.took_place(Event.objects.get(pk=event.pk), counts={event.functions.get().pk: (45, 0)}, **scene.step())
    scene.moment = stage.at(day + timedelta(days=1), "11:00")
    report = {"opinions": "场地好，茶歇补得慢", "problems": "四点后咖啡断了一刻钟", "bill_number": "ZD-0712", "rivals": "湖滨大酒店",
        "again_on": stage.today + timedelta(days=95)}
    actions.file_event(Event.objects.get(pk=event.pk), report=report, **scene.step())
    scene.moment = stage.at(day + timedelta(days=2), "09:30")
    actions.archive_event(Event.objects.get(pk=event.pk), place="大型活动柜 2-14", **scene.step("wen"))
