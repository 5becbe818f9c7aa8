"""The invented hotel before anybody books: house, people, rooms, seasons, clients and their agreements."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import Argon2PasswordHasher
from pypinyin import Style, lazy_pinyin

from guiju.clients.models import Client, Contact
from guiju.demo.people import PEOPLE
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Appointment, Department, Hotel, Person, Receiver, RosterEntry
from guiju.rates.models import (
    Agreement,
    AgreementRate,
    DiscountStep,
    MealRate,
    RackRate,
    Season,
    VoidDay,
)
from guiju.rooms.models import RoomType

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = {day: [["08:30", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = {day: [["00:00", "24:00"]] for day in (*WEEK, "holiday")}
DAILY = {day: [["08:00", "20:00"]] for day in (*WEEK, "holiday")}
HOURS = {
    "sales": DAILY,
    "front_desk": ALWAYS,
    "front_cashier": ALWAYS,
    "security": ALWAYS,
    "bell_desk": ALWAYS,
    "fnb": DAILY,
    "housekeeping": DAILY,
}
# code, name, English, short, words, rooms, beds, escort room, rack in shoulder season
ROOMS = (
    ("TWN", "标准双床房", "Standard twin", "标双", ["标双", "标间", "双标", "双床", "标准间", "twin", "twn"], 190, 2, False, 680),
    ("KNG", "高级大床房", "Superior king", "大床", ["大床", "单间", "豪华大床", "king", "kng", "double"], 120, 1, False, 720),
    ("DLX", "豪华海景房", "Deluxe sea view", "海景", ["海景", "豪华", "deluxe", "sea view"], 60, 2, False, 980),
    ("SUI", "行政套房", "Executive suite", "套房", ["套房", "套间", "suite"], 24, 1, False, 1880),
    ("ESC", "司陪房", "Escort room", "司陪", ["司陪", "陪同", "司机房", "escort", "driver"], 26, 2, True, 260),
)
PLACES = [
    "东岬",
    "南屿",
    "澄湾",
    "云栖",
    "半山",
    "鹿鸣",
    "青屏",
    "沧浪",
    "芦洲",
    "松涛",
    "白鹭",
    "海曙",
    "长汀",
    "临江",
    "朝晖",
    "望岳",
    "墨池",
    "锦川",
    "石桥",
    "柳荫",
]
TRADES = (
    ("company", ("机电", "生物", "纺织", "精工", "云算", "船务", "光学", "置业", "食品", "医药")),
    ("agency", ("国旅", "假日", "远程旅行社", "风情旅行社")),
    ("government", ("外事办", "商务局")),
)
SURNAMES = [
    "周",
    "吴",
    "郑",
    "王",
    "冯",
    "褚",
    "卫",
    "蒋",
    "韩",
    "杨",
    "朱",
    "秦",
    "许",
    "施",
    "严",
    "华",
    "魏",
    "陶",
    "姜",
    "戚",
    "谢",
    "邹",
    "窦",
    "章",
    "苏",
    "潘",
    "葛",
    "范",
    "彭",
    "郎",
]
GIVEN = [
    "一鸣",
    "若水",
    "知秋",
    "子衿",
    "明远",
    "嘉言",
    "晓棠",
    "思齐",
    "望舒",
    "景行",
    "乐山",
    "怀瑾",
    "清越",
    "听雨",
    "照临",
    "书白",
    "岚",
    "屹",
    "澈",
    "宁",
]


@dataclass
class Stage:
    """The hotel with its people and things by name, for those who play on it."""

    hotel: Hotel
    now: datetime
    rng: random.Random
    people: dict[str, Person] = field(default_factory=dict)
    types: dict[str, RoomType] = field(default_factory=dict)
    clients: list[Client] = field(default_factory=list)
    agreements: dict[str, Agreement] = field(default_factory=dict)  # by client id

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def at(self, day: date, clock: str) -> datetime:
        """A moment of a day in hotel time."""
        return datetime.combine(day, time.fromisoformat(clock), ZONE)

    def name(self) -> str:
        """An invented person's name."""
        return self.rng.choice(SURNAMES) + self.rng.choice(GIVEN)


def initials(name: str) -> str:
    """Pinyin initials of a name."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))


class Known(Argon2PasswordHasher):
    """The demo passwords stand on the first page: hashing 26 of them dearly would only make the first start wait."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def house(now: datetime, rng: random.Random) -> Stage:
    """Hotel, departments, people in posts, named receivers and four months of roster."""
    start = now - timedelta(days=120)
    hotel = Hotel.objects.create(
        code="wanglan",
        name="望澜酒店",
        name_en="Wanglan Hotel",
        zone=str(ZONE),
        address="东岬路 18 号",
        phone="0592-5550 0000",
        fax="0592-5550 0001",
        email="sales@wanglan.example",
        wizard_done_at=start,
        created_at=start,
    )
    stage = Stage(hotel, now, rng)
    Department.objects.bulk_create(
        Department(hotel=hotel, key=key, name=zh, name_en=en, hours=HOURS.get(key, OFFICE), order=order)
        for order, (key, (zh, en)) in enumerate(DEPARTMENTS.items())
    )
    known = Known()
    for one in PEOPLE:
        person = Person(username=one.username, name=one.name, name_en=one.name_en, email=f"{one.username}@wanglan.example")
        person.password = known.encode(one.password, known.salt())
        person.save()
        stage.people[one.username] = person
        Appointment.objects.bulk_create(Appointment(hotel=hotel, person=person, post=post, from_at=start) for post in one.posts)
        if one.receives_for:
            Receiver.objects.create(hotel=hotel, department=one.receives_for, person=person, from_on=start.date())
    _roster(stage)
    return stage


def _roster(stage: Stage) -> None:
    sellers = [stage.people[name] for name in ("lin", "tang", "lin", "wen", "lin", "tang", "lin")]
    rows = []
    for days in range(-45, 75):
        day = stage.today + timedelta(days=days)
        if days == 11:
            continue  # a day with arrivals and nobody on duty, so that the warning can be seen
        rows.append(
            RosterEntry(
                hotel=stage.hotel,
                department="sales",
                on=day,
                person=sellers[day.weekday()],
                is_duty=True,
                starts_at=stage.at(day, "08:00"),
                ends_at=stage.at(day, "20:00"),
            )
        )
    RosterEntry.objects.bulk_create(rows)


def rooms_and_rates(stage: Stage) -> None:
    """Room types, seasons of three years, rack rates, meals, days without agreement rates, the discount ladder."""
    hotel = stage.hotel
    for order, (code, name, name_en, short, words, physical, beds, escort, rack) in enumerate(ROOMS):
        row = RoomType.objects.create(
            hotel=hotel,
            code=code,
            name=name,
            name_en=name_en,
            short_name=short,
            words=words,
            physical=physical,
            beds=beds,
            is_escort=escort,
            order=order,
        )
        stage.types[code] = row
        RackRate.objects.bulk_create(
            RackRate(hotel=hotel, room_type=row, season_kind=kind, amount=Decimal(round(rack * factor)), breakfasts=2)
            for kind, factor in (("high", 1.3), ("shoulder", 1.0), ("low", 0.8))
        )
    for year in range(stage.today.year - 1, stage.today.year + 2):
        for name, kind, first, last in (
            ("冬季", "low", (1, 1), (4, 1)),
            ("春季", "shoulder", (4, 1), (7, 1)),
            ("夏季", "high", (7, 1), (9, 1)),
            ("秋季", "shoulder", (9, 1), (12, 1)),
            ("岁末", "low", (12, 1), (13, 1)),
        ):
            until = date(year + 1, 1, 1) if last[0] == 13 else date(year, *last)
            Season.objects.create(hotel=hotel, name=name, kind=kind, from_on=date(year, *first), until_on=until)
        VoidDay.objects.bulk_create(
            VoidDay(hotel=hotel, on=date(year, *day), why=why)
            for day, why in (((4, 30), "劳动节前一日"), ((5, 1), "劳动节"), ((9, 30), "国庆前一日"), ((10, 1), "国庆节"))
        )
    MealRate.objects.bulk_create(
        MealRate(hotel=hotel, meal=meal, standard=standard, amount=Decimal(amount), escort_amount=Decimal(30))
        for meal, standard, amount in (
            ("breakfast", "自助", 58),
            ("lunch", "80", 80),
            ("dinner", "80", 80),
            ("lunch", "100", 100),
            ("dinner", "120", 120),
        )
    )
    DiscountStep.objects.bulk_create(
        DiscountStep(hotel=hotel, post=post, floor_percent=Decimal(percent))
        for post, percent in (
            ("business_sales_supervisor", 95),
            ("group_sales_supervisor", 95),
            ("group_sales_manager", 90),
            ("business_sales_manager", 90),
            ("sales_manager", 80),
            ("gm", 50),
        )
    )


def accounts(stage: Stage, count: int = 60) -> None:
    """Clients with contacts; most with an agreement in force, companies mostly on account."""
    taken: set[str] = set()
    for number in range(1, count + 1):
        kind, trades = TRADES[0] if number % 3 else TRADES[1] if number % 4 else TRADES[2]
        name = _client_name(stage, kind, trades, taken)
        client = Client.objects.create(
            hotel=stage.hotel,
            number=f"C{number:04d}",
            kind=kind,
            name=name,
            short_name=name[:4],
            initials=initials(name),
            tier="ABC"[min(2, number // 15)],
            phone=f"0592-555{number:05d}",
            fax=f"0592-556{number:05d}",
            email=f"booking{number}@client.example",
            seller=stage.people["lin" if kind == "company" else "he"],
            on_account=kind != "agency" or number % 2 == 0,
            credit_limit=Decimal(200_000 if number < 40 else 60_000),
            created_at=stage.now - timedelta(days=110),
        )
        stage.clients.append(client)
        Contact.objects.create(
            hotel=stage.hotel,
            client=client,
            name=stage.name(),
            title="经理",
            phone=f"139555{number:05d}",
            email=client.email,
        )
        if number % 8:
            _agreement(stage, client, number)


def _client_name(stage: Stage, kind: str, trades: tuple[str, ...], taken: set[str]) -> str:
    while True:
        place, trade = stage.rng.choice(PLACES), stage.rng.choice(trades)
        name = f"{place}{trade}" + {"company": "有限公司", "agency": "", "government": ""}[kind]
        if name not in taken:
            taken.add(name)
            return name


def _agreement(stage: Stage, client: Client, number: int) -> None:
    year = stage.today.year
    row = Agreement.objects.create(
        hotel=stage.hotel,
        number=f"XY{year}-{number:03d}",
        client=client,
        from_on=date(year, 1, 1),
        until_on=date(year + 1, 12, 31) if number % 9 else stage.today + timedelta(days=9),
        cancel_terms=[{"days_before": 2, "percent": 50}, {"days_before": 0, "percent": 100}],
        created_at=stage.now - timedelta(days=100),
    )
    stage.agreements[str(client.pk)] = row
    rates = []
    for code, *_rest, escort, rack in ROOMS:
        for use in ("escort",) if escort else ("fit", "group"):
            share = Decimal("0.55") if use == "group" else Decimal("0.5") if use == "escort" else Decimal("0.68")
            rates.append(
                AgreementRate(
                    hotel=stage.hotel,
                    agreement=row,
                    room_type=stage.types[code],
                    use=use,
                    amount=(Decimal(rack) * share).quantize(Decimal(1)),
                    breakfasts=0 if use == "escort" else 2,
                )
            )
    AgreementRate.objects.bulk_create(rates)
    MealRate.objects.bulk_create(
        MealRate(hotel=stage.hotel, agreement=row, meal=meal, standard="80", amount=Decimal(72), escort_amount=Decimal(20))
        for meal in ("lunch", "dinner")
    )
