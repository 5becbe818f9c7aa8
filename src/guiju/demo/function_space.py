"""Ten halls, a ballroom among them that divides in three, and a month of functions in all states, by the real verbs."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from guiju.demo.base import SURNAMES, Stage
from guiju.demo.play import Play
from guiju.function_space import actions
from guiju.function_space.models import Function, Hall
from guiju.house.acting import acting
from guiju.shelf.errors import Refusal

# code, name, English, parts, m², ceiling, banquet, theatre, classroom, boardroom, half day, day, evening, set-up, clearing, remarks
HALLS: tuple[tuple[Any, ...], ...] = (
    ("BH-A", "百合厅A", "Lily Room A", "", 180, "5.2", 120, 160, 90, None, 5000, 9000, 6000, 60, 60, "活动隔断，可与 B 连通"),
    ("BH-B", "百合厅B", "Lily Room B", "", 180, "5.2", 120, 160, 90, None, 5000, 9000, 6000, 60, 60, "活动隔断，两侧可连通"),
    ("BH-C", "百合厅C", "Lily Room C", "", 240, "5.2", 160, 220, 120, None, 6000, 11000, 8000, 60, 60, "带固定舞台"),
    ("BH-AB", "百合厅A+B", "Lily Rooms A and B", "BH-A,BH-B", 360, "5.2", 240, 340, 200, None, 9000, 16000, 11000, 60, 60, ""),
    ("BH", "百合厅", "Lily Ballroom", "BH-A,BH-B,BH-C", 600, "5.2", 420, 600, 340, None, 15000, 26000, 18000, 90, 90, "全厅，舞台，可进车展示"),
    ("WH", "望海厅", "Sea View Hall", "", 420, "4.6", 300, 420, 240, None, 10000, 18000, 13000, 90, 60, "临海，自然光"),
    ("DG", "多功能厅", "Multi-function Room", "", 150, "3.2", 100, 130, 72, 40, 3000, 5500, 3500, 30, 30, "层高 3.2 米，无舞台"),
    ("GB", "贵宾厅", "VIP Dining Room", "", 60, "3.0", 14, None, None, None, 1500, 2600, 2000, 30, 30, "独立备餐间"),
    ("LT", "澜亭会议室", "Lanting Meeting Room", "", 70, "2.9", None, 60, 36, 24, 1600, 2800, None, 30, 30, ""),
    ("SF", "松风会议室", "Songfeng Meeting Room", "", 45, "2.9", None, 30, 18, 16, 1000, 1800, None, 15, 15, "固定投影"),
)
STYLES = ("banquet", "theatre", "classroom", "boardroom")
# hall, from, until, what for, style, persons
KINDS: tuple[tuple[str, str, str, str, str, int], ...] = (
    ("LT", "09:00", "12:00", "季度例会", "boardroom", 18), ("DG", "09:00", "11:30", "新员工培训", "classroom", 48),
    ("BH-A", "11:30", "14:00", "答谢午宴", "banquet", 80), ("WH", "09:30", "12:00", "年会", "theatre", 260),
    ("GB", "11:30", "13:30", "商务午宴", "banquet", 10), ("BH-B", "17:30", "20:30", "婚宴", "banquet", 110),
    ("WH", "18:00", "21:00", "答谢晚宴", "banquet", 220), ("SF", "14:00", "17:00", "评审会", "boardroom", 12),
    ("BH", "17:30", "21:00", "婚宴", "banquet", 380), ("GB", "17:30", "20:00", "家宴", "banquet", 12),
    ("BH-C", "13:30", "17:00", "产品发布会", "theatre", 180), ("DG", "18:00", "20:30", "生日宴", "banquet", 80),
    ("BH-AB", "13:30", "16:30", "论坛", "theatre", 260), ("LT", "14:00", "17:30", "董事会", "boardroom", 20),
)
PRIVATE = ("婚宴", "生日宴", "家宴")


def halls(stage: Stage) -> dict[str, Hall]:
    """The halls; code -> hall."""
    begun = stage.hotel.created_at
    by = acting(stage.people["shen"], stage.hotel, now=stage.now)
    found: dict[str, Hall] = {}
    for order, (code, name, name_en, parts, area, height, *more) in enumerate(HALLS):
        capacity = {style: persons for style, persons in zip(STYLES, more[:4], strict=True) if persons}
        half, day, evening, setup, turn, remarks = more[4:]
        found[code] = actions.add_hall(
            stage.hotel, code=code, name=name, name_en=name_en, area=area, height=height, capacity=capacity, rate_half_day=half, rate_day=day,
            rate_evening=evening, setup_minutes=setup, turn_minutes=turn, remarks=remarks, order=order,
            parts=[found[part] for part in parts.split(",") if part], by=by, now=begun,
        )
    return found


def month(play: Play) -> None:
    """Functions of a month: options confirmed, moved, given back, lapsed at their time; those ahead still open."""
    stage = play.stage
    there = halls(stage)
    for offset in range(-10, 21):
        day = stage.today + timedelta(days=offset)
        for number in range(5 if abs(offset) < 4 else 3 if day.weekday() >= 4 else 2):
            _function(play, there, day, (offset * 5 + number * 3) % len(KINDS), offset * 7 + number)


def _function(play: Play, there: dict[str, Hall], day: date, kind: int, number: int) -> None:
    stage, (code, begins, ends, what, style, persons) = play.stage, KINDS[kind]
    chance = Random(number)  # its own, so that the other parts of the demo hotel stay as they are
    whose = f"{chance.choice(SURNAMES)}府" if what in PRIVATE else f"{chance.choice(stage.clients).name[:6]} "
    label = whose + what
    made = stage.at(day - timedelta(days=4 + number % 9), f"{9 + number % 8:02d}:{15 * (number % 4):02d}")
    if made >= stage.now:
        made = stage.now - timedelta(minutes=30 + number % 60)
    option = number % 3 == 0
    until = min(stage.at(made.astimezone(stage.at(day, "12:00").tzinfo).date() + timedelta(days=3), "18:00"), stage.at(day, begins))

    def make(now: datetime) -> None:
        by = play.who("lin" if number % 2 else "he", now)
        row = actions.hold(
            stage.hotel, hall=there[code], from_at=stage.at(day, begins), until_at=stage.at(day, ends), label=label, persons=persons,
            style=style, option_until_at=until if option and until > now else None, by=by, now=now,
        )
        if row.state == "option" and number % 9:  # every third option is left to lapse
            play.at(until - timedelta(hours=5), lambda at: actions.confirm(Function.objects.get(pk=row.pk), by=play.who("lin", at), now=at))
        if number % 11 == 5:
            play.at(now + timedelta(days=1), lambda at: _give_back(play, row, at))

    play.at(made, make)


def _give_back(play: Play, row: Function, now: datetime) -> None:
    actions.release(Function.objects.get(pk=row.pk), reason="客户改期", by=play.who("lin", now), now=now)


def today(stage: Stage) -> None:
    """As it stands now: an option that ends this evening, a wedding over the whole ballroom, a hall under repair, three who wait."""
    now, there = stage.now, {hall.code: hall for hall in Hall.objects.of(stage.hotel.pk)}
    by, day = acting(stage.people["lin"], stage.hotel, now=now), stage.today

    def at(days: int, clock: str) -> datetime:
        return stage.at(day + timedelta(days=days), clock)

    ends = stage.at(day, "18:00")
    if ends <= now + timedelta(minutes=10):
        ends = at(1, "10:00")
    wanted = (
        ("BH-A", 2, "17:30", "20:30", "望潮商会 晚宴", 96, ends), ("BH", 23, "17:00", "21:00", "孙府婚宴", 300, None),
        ("WH", 8, "18:00", "21:00", "海岳药业 晚宴", 240, at(3, "18:00")),
    )
    for code, days, begins, until, label, persons, option in wanted:
        with suppress(Refusal):
            actions.hold(
                stage.hotel, hall=there[code], from_at=at(days, begins), until_at=at(days, until), label=label, persons=persons, style="banquet",
                option_until_at=option, by=by, now=now,
            )
    can = acting(stage.people["can"], stage.hotel, now=now)
    repairs = [(days, code, reason) for days in (1, 2, 3) for code, reason in (("SF", "投影检修"), ("LT", "更换地毯"), ("DG", "音响检修"))]
    for days, code, reason in repairs:  # the first that is in nobody's way
        with suppress(Refusal):
            times = {"from_at": at(days, "08:00"), "until_at": at(days, "18:00")}
            actions.put_out_of_order(stage.hotel, hall=there[code], reason=reason, **times, by=can, now=now)
            break
    for code, days, label, persons in (("BH-A", 2, "衡川机电 年会", 100), ("BH-AB", 2, "陈府订婚", 200), ("WH", 8, "宁府寿宴", 220)):
        evening: dict[str, Any] = {"from_at": at(days, "17:30"), "until_at": at(days, "20:30")}
        actions.wait_for(stage.hotel, hall=there[code], label=label, persons=persons, **evening, by=by, now=now)
    _came_free(stage, there["GB"], now)


def _came_free(stage: Stage, hall: Hall, now: datetime) -> None:
    """One who waits could have the hall: it was given back a moment ago, and her seller is to answer."""
    by = acting(stage.people["lin"], stage.hotel, now=now)
    for days in range(4, 12):
        times: dict[str, Any] = {
            "from_at": stage.at(stage.today + timedelta(days=days), "17:30"), "until_at": stage.at(stage.today + timedelta(days=days), "20:00"),
        }
        with suppress(Refusal):
            row = actions.hold(stage.hotel, hall=hall, label="东岬港务 家宴", persons=12, **times, by=by, now=now)
            actions.wait_for(stage.hotel, hall=hall, label="沐野 商务宴请", persons=10, **times, by=by, now=now)
            actions.release(row, reason="客户改期", by=by, now=now)
            return
