"""Long-stay guests of the invented hotel: one pays late, one has a birthday soon, one moved in lately, one contract is being made."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from guiju.approvals import actions as approvals
from guiju.demo.base import ZONE, Stage
from guiju.house.acting import acting
from guiju.logbook.writing import writing
from guiju.longstay import actions
from guiju.longstay.actions.renting import stand
from guiju.longstay.models import Apartment, LongStay
from guiju.papers import actions as papers
from guiju.papers.models import Copy
from guiju.shelf.actor import the_clock

WHO = {"front_desk": "fang", "finance": "cai", "housekeeping": "ke", "fnb": "chen"}
# number, floor, room type, let as, guide rent, what it has
ROOMS = (
    ("1806", 18, "SUI", "apartment", 22000, "双卧带厨，海景"), ("1608", 16, "SUI", "apartment", 20000, "一卧带厨"),
    ("1512", 15, "SUI", "suite", 17500, "套房，会客厅"), ("1206", 12, "DLX", "apartment", 18600, "双卧带厨"),
    ("1015", 10, "DLX", "suite", 14000, "套房"), ("806", 8, "KNG", "room", 9800, "书桌，小冰箱"), ("807", 8, "KNG", "room", 9800, "书桌"),
)


class Tenant:
    """One contract on its way, each step at a moment some days ago."""

    def __init__(self, stage: Stage, rooms: dict[str, Apartment]) -> None:
        self.stage, self.rooms = stage, rooms

    def step(self, who: str, days: int, clock: str = "10:00") -> dict[str, Any]:
        """Who, and when."""
        now = min(self.stage.at(self.stage.today - timedelta(days=days), clock), self.stage.now)
        return {"by": acting(self.stage.people[who], self.stage.hotel, now=now), "now": now}

    def begun(self, days: int, room: str, guest: str, **more: Any) -> LongStay:
        """The card and the terms written down."""
        companies = [one for one in self.stage.clients if one.kind == "company"]
        client = companies[more.pop("company", 0) % len(companies)]
        said: dict[str, Any] = {
            "client": client, "guest": guest, "apartment": self.rooms[room], "rent": self.rooms[room].rent, "prepayment": self.rooms[room].rent * 2,
            "deposit": Decimal(5000), "address": f"{client.name} 行政部", "contact": "许经理", "contact_phone": "0592-5550 3316",
            "payment": "transfer",
        }
        return self.fresh(actions.draft(self.stage.hotel, **{**said, **more}, **self.step("lin", days)))

    def fresh(self, stay: LongStay) -> LongStay:
        """As its row stands."""
        return LongStay.objects.select_related("hotel", "apartment__room_type", "client", "seller").get(pk=stay.pk)

    def ready(self, stay: LongStay, days: int) -> LongStay:
        """Credit checked, rent agreed, payment rules explained."""
        actions.check_credit(stay, nature="外资制造企业", standing="good", found="往来三年，无拖欠", **self.step("cai", days, "11:00"))
        actions.agree_rent(stay, **self.step("lin", days, "11:10"))
        actions.acknowledge_terms(stay, by_whom="许经理", **self.step("lin", days, "11:20"))
        return self.fresh(stay)

    def in_force(self, days: int, room: str, guest: str, months: int = 12, moves_in: int = 3, **more: Any) -> LongStay:
        """Approved by the manager and the general manager, its papers signed for, the card made."""
        first = self.stage.today - timedelta(days=days - moves_in)
        until = more.pop("until_on", first + relativedelta(months=months))
        stay = self.ready(self.begun(days, room, guest, from_on=first, until_on=until, **more), days)
        asked = actions.ask_approval(stay, **self.step("lin", days, "14:00"))
        for who, clock in (("shen", "14:30"), ("lu", "15:00")):
            asked = approvals.decide(asked, accept=True, **self.step(who, days, clock))
        stay = self.fresh(stay)
        actions.print_card(stay, **self.step("lin", days, "15:30"))
        copies = Copy.objects.filter(paper__about_kind="longstay", paper__about_id=str(stay.pk), must_sign=True, signed_at__isnull=True)
        for copy in copies.select_related("paper"):
            papers.sign_for(copy, **self.step(WHO[copy.department], days, "16:10"))
        for order in stay.orders.filter(done_at__isnull=True, needed_at__lte=self.stage.now):
            actions.do_order(order, **self.step("ke", days - moves_in, "13:20"))
        return stay

    def go_round(self, stay: LongStay, until: date) -> None:
        """Each rent that fell due until a day was noticed the morning it did."""
        for charge in stay.charges.filter(due_on__lte=until, kind="rent").order_by("due_on"):
            self.noticed(stay, charge.due_on)

    def noticed(self, stay: LongStay, on: date) -> None:
        """How the rent stood one night."""
        at = self.stage.at(on, "00:10")
        with writing(stay.hotel_id, by=the_clock(stay.hotel_id), now=at):
            stand(self.fresh(stay), at)

    def paid(self, stay: LongStay, days_late: int, but_last: int = 0) -> None:
        """The rents due so far came in so many days late, all but the last few."""
        due = list(stay.charges.filter(due_on__lte=self.stage.today, kind="rent").order_by("due_on"))
        for number, charge in enumerate(due[: len(due) - but_last]):
            on = min(charge.due_on + timedelta(days=days_late + number), self.stage.today)
            days = (self.stage.today - on).days
            actions.pay(stay, amount=charge.amount, on=on, reference=f"电汇 {on:%m%d}", **self.step("cai", days, "09:40"))


def guests(stage: Stage) -> None:
    """Five guests in five states."""
    by = the_clock(stage.hotel.pk)
    laid = stage.hotel.created_at
    rooms = {
        number: actions.add_room(
            stage.hotel, number=number, floor=floor, room_type=stage.types[code], unit=unit, rent=Decimal(rent), remarks=has, by=by, now=laid
        )
        for number, floor, code, unit, rent, has in ROOMS
    }
    tenant = Tenant(stage, rooms)
    _late(tenant)
    _birthday(tenant)
    tenant.paid(tenant.in_force(70, "807", "李文博", nationality="中国", company=2, birthday=date(1990, 4, 12), use="office"), 2)
    tenant.in_force(0, "1806", "安德森夫妇", moves_in=6, nationality="瑞典", company=3, birthday=date(1971, 7, 3), requests="厨房带烤箱；每周换花")
    _making(tenant)
    _lists(tenant)


def _lists(tenant: Tenant) -> None:
    """The list of each month went out on its first day and was signed by four."""
    stage = tenant.stage
    month = (stage.today - timedelta(days=60)).replace(day=1)
    while month <= stage.today:
        at = stage.at(month, "08:05")
        if at <= stage.now:
            actions.each_round(stage.hotel.pk, at)
        month = (month + timedelta(days=32)).replace(day=1)
    for copy in Copy.objects.filter(paper__kind="longstay_list", must_sign=True, signed_at__isnull=True).select_related("paper"):
        days = (stage.today - copy.issued_at.astimezone(ZONE).date()).days
        papers.sign_for(copy, **tenant.step(WHO[copy.department], days, "11:30"))


def _late(tenant: Tenant) -> None:
    """Pays later every month; the oldest rent is a few days short of two months."""
    stage = tenant.stage
    stay = tenant.in_force(
        85, "1206", "小野健", moves_in=2, nationality="日本", birthday=date(1979, 2, 21), habits="花不用菊", requests="厨房带烤箱", company=1,
    )
    first = stay.charges.order_by("due_on").first()
    assert first is not None
    actions.pay(stay, amount=first.amount, on=first.due_on, reference="签约日", **tenant.step("cai", (stage.today - first.due_on).days, "09:00"))
    tenant.go_round(stay, stage.today)
    tenant.noticed(stay, stage.today - timedelta(days=20))
    stay = tenant.fresh(stay)
    for days, text in ((20, "公司付款在批"), (13, "答应月底前付一期"), (6, "同意先催公司，不扰客人")):
        actions.speak(stay, with_whom="蔡正", text=text, **tenant.step("lin", days, "15:20"))


def _birthday(tenant: Tenant) -> None:
    """Somebody whose birthday is in two days: flowers and fruit are ordered."""
    stage = tenant.stage
    day = stage.today + timedelta(days=2)
    born = date(1985, day.month, min(day.day, 28))
    stay = tenant.in_force(64, "1015", "周敏慧", nationality="新加坡", company=4, birthday=born, habits="喜欢白桔梗")
    tenant.paid(stay, 1)
    actions.order_birthday(tenant.fresh(stay), **tenant.step("lin", 0, "08:05"))


def _making(tenant: Tenant) -> None:
    """A contract that finance has looked into and that waits for the rent to be agreed; another one waits for the general manager."""
    today = tenant.stage.today
    stay = tenant.begun(1, "1512", "马丁", nationality="德国", company=5, from_on=today + timedelta(days=20), until_on=today + timedelta(days=385))
    actions.check_credit(stay, nature="德资工程公司", standing="good", found="工商登记，行业协会推荐", **tenant.step("cai", 1, "15:00"))
    other = tenant.begun(
        2, "1608", "崔英姬", nationality="韩国", company=6, birthday=date(1988, 11, 2), from_on=today + timedelta(days=9),
        until_on=today + timedelta(days=192),
    )
    asked = actions.ask_approval(tenant.ready(other, 2), **tenant.step("lin", 1, "16:00"))
    approvals.decide(asked, accept=True, **tenant.step("shen", 1, "16:40"))
