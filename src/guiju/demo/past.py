"""Two years of invented past bookings and what is on the books for the months to come, read in as a file like any other."""

from __future__ import annotations

import random
from datetime import date, timedelta

from guiju.demo.base import PLACES, Stage
from guiju.history import actions, work
from guiju.history.files import open_table
from guiju.house.acting import acting

ROWS = 4200
BACK, AHEAD = 760, 210  # days
SEASON = (0.6, 0.7, 0.75, 0.9, 1.05, 1.1, 1.5, 1.6, 1.0, 1.2, 0.8, 0.6)  # by month: a house by the sea
HEADS = "酒店,预订日期,到店日期,离店日期,房数,成人,儿童,房型,市场,渠道,旅行社,公司,餐食,房价,担保,状态,取消日期"
# market, channel, share, days booked ahead (usual), cancelled, rooms at most, rate of a standard twin
MARKETS = (
    ("协议公司", "电话", 30, 9, 0.11, 2, 560),
    ("线上平台", "平台", 24, 18, 0.24, 2, 610),
    ("散客", "官网", 14, 12, 0.15, 2, 640),
    ("旅行社散客", "邮件", 12, 26, 0.17, 3, 430),
    ("旅行社团队", "传真", 10, 58, 0.2, 26, 390),
    ("会议", "邮件", 7, 44, 0.14, 30, 480),
    ("政府", "电话", 3, 6, 0.06, 3, 450),
)
TYPES = (("标准双床房", 1.0), ("高级大床房", 1.08), ("豪华海景房", 1.5), ("行政套房", 2.7))


def history(stage: Stage) -> None:
    """The sales manager read the file in a few days ago; it is in force."""
    at = stage.now - timedelta(days=3)
    by = acting(stage.people["shen"], stage.hotel, now=at)
    data = _file(stage.hotel.name, stage.today, random.Random(20))
    name = f"历史订单-{stage.today:%Y%m}.csv"
    batch = actions.receive(stage.hotel, data=data, name=name, table=open_table(data, name), by=by, now=at)
    actions.name_columns(batch, mapping=batch.mapping, options=batch.options, by=by, now=at)
    work.run(batch.pk, lambda: at)
    actions.apply_batch(batch, by=by, now=at)
    work.run(batch.pk, lambda: at)


def _file(hotel: str, today: date, dice: random.Random) -> bytes:
    lines = [HEADS]
    while len(lines) <= ROWS:
        line = _row(hotel, today, dice)
        if line:
            lines.append(line)
    return ("\n".join(lines) + "\n").encode()


def _row(hotel: str, today: date, dice: random.Random) -> str:
    market, channel, _share, ahead, cancelled, most, rate = dice.choices(MARKETS, weights=[one[2] for one in MARKETS])[0]
    days = dice.randrange(-BACK, AHEAD)
    arrival = today + timedelta(days=days)
    growth = 1 + (days + BACK) / (BACK + AHEAD) * 0.12  # the house does a little better each year
    booked = arrival - timedelta(days=min(round(dice.expovariate(1 / ahead)), 330))
    if dice.random() * 1.85 > SEASON[arrival.month - 1] * growth or booked > today:
        return ""
    room, dearer = dice.choices(TYPES, weights=(9, 6, 3, 1))[0]
    nights = dice.choices((1, 2, 3, 4, 5), weights=(5, 6, 3, 1, 1))[0]
    rooms = 1 if most < 4 and dice.random() < 0.8 else dice.randrange(1, most + 1)
    status, left = ("离店", "") if days < 0 else ("已确认", "")
    if dice.random() < cancelled:
        left_on = booked + timedelta(days=dice.randrange(0, max((arrival - booked).days, 1)))
        if left_on <= today:
            status, left = "取消", str(left_on)
    elif days < 0 and dice.random() < 0.02:
        status = "未到"
    place = dice.choice(PLACES)
    agent = f"{place}国旅" if market.startswith("旅行社") else ("海角网" if channel == "平台" else "")
    company = f"{place}实业" if market in ("协议公司", "会议") else ""
    price = round(rate * dearer * (0.85 + 0.3 * SEASON[arrival.month - 1]) * growth / 10) * 10
    return ",".join(map(str, (
        hotel, booked, arrival, arrival + timedelta(days=nights), rooms, rooms * dice.choice((1, 1, 2)), dice.choice((0, 0, 0, 1)), room, market,
        channel, agent, company, "含早", price, "担保" if market == "会议" else "", status, left,
    )))
