"""Long-stay rooms, and contracts at each stage, made by the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guiju.approvals import actions as approvals
from guiju.house.acting import acting
from guiju.longstay import actions
from guiju.longstay.models import Apartment, LongStay
from guiju.shelf.actor import Actor
from tests.cast import TODAY, Cast
from tests.enquiries.scene import Scene, dress

FROM, UNTIL = date(2026, 12, 1), date(2027, 12, 1)


@dataclass
class House:
    """The dressed hotel with rooms that are let for months."""

    scene: Scene
    rooms: dict[str, Apartment]

    @property
    def cast(self) -> Cast:
        return self.scene.cast

    def by(self, who: str, now: datetime) -> Actor:
        return acting(self.cast.people[who], self.cast.hotel, now=now)

    def step(self, who: str = "lin", clock: str = "10:00", day: date = TODAY) -> dict[str, Any]:
        """by and now."""
        now = self.cast.at(clock, day)
        return {"by": self.by(who, now), "now": now}

    def fresh(self, stay: LongStay) -> LongStay:
        rows = LongStay.objects.select_related("hotel", "apartment__room_type", "client", "seller")
        return rows.get(pk=stay.pk)

    def draft(self, number: str = "1206", day: date = TODAY, **more: Any) -> LongStay:
        """A contract with everything written down."""
        said: dict[str, Any] = {
            "client": self.scene.client, "guest": "小野健", "birthday": date(1979, 12, 21), "address": "高新路 8 号", "contact": "许经理",
            "contact_phone": "0571-5550", "payment": "transfer", "apartment": self.rooms[number], "from_on": FROM, "until_on": UNTIL,
            "rent": Decimal(18600), "prepayment": Decimal(37200), "deposit": Decimal(5000),
        }
        return self.fresh(actions.draft(self.cast.hotel, **{**said, **more}, **self.step(day=day)))

    def ready(self, number: str = "1206", day: date = TODAY, **more: Any) -> LongStay:
        """A contract that may be put up."""
        stay = self.draft(number, day, **more)
        actions.check_credit(stay, nature="外资公司", standing="good", found="往来三年", **self.step("cai", day=day))
        actions.agree_rent(stay, **self.step(day=day))
        actions.acknowledge_terms(stay, by_whom="许经理", **self.step(day=day))
        return self.fresh(stay)

    def in_force(self, number: str = "1206", day: date = TODAY, **more: Any) -> LongStay:
        """A contract approved by both."""
        stay = self.ready(number, day, **more)
        asked = actions.ask_approval(stay, **self.step(day=day))
        for who in ("shen", "lu"):
            asked = approvals.decide(asked, accept=True, **self.step(who, day=day))
        return self.fresh(stay)


def house(cast: Cast) -> House:
    """Three rooms: an apartment on the twelfth floor, a suite on the tenth, a room on the eighth."""
    scene = dress(cast)
    found = House(scene, {})
    for number, floor, unit, rent in (("1206", 12, "apartment", 18600), ("1008", 10, "suite", 15000), ("806", 8, "room", 9000)):
        found.rooms[number] = actions.add_room(
            cast.hotel, number=number, floor=floor, room_type=scene.king, unit=unit, rent=Decimal(rent), **found.step("shen", "08:30")
        )
    return found


def one_of_each(cast: Cast, scene: Scene, now: datetime) -> dict[str, str]:
    """One row of every kind the API names, by the paths that name it."""
    from guiju.logbook import keys
    from guiju.longstay.models import Charge, FinanceCase, GuestOrder, WatchNote
    from guiju.longstay.terms import about

    there = House(scene, {})
    by = there.by("shen", now)
    room = actions.add_room(
        cast.hotel, number="1206", floor=12, room_type=scene.king, unit="apartment", rent=Decimal(18600), by=by, now=now
    )
    there.rooms["1206"] = room
    stay = there.draft()
    asked = scene.came_in(client=scene.client, kind="longstay", rooms={})
    rows = {
        "/longstay/charges": Charge.objects.create(hotel=cast.hotel, longstay=stay, kind="other", due_on=TODAY, text="洗衣", amount=120, at=now),
        "/longstay/cases": FinanceCase.objects.create(
            hotel=cast.hotel, longstay=stay, unpaid_since_on=TODAY, amount=120, asked_at=now, asked_by=cast.people["lin"]
        ),
        "/longstay/orders": GuestOrder.objects.create(
            hotel=cast.hotel, longstay=stay, what="flowers", department="housekeeping", needed_at=now, placed_at=now
        ),
        "/longstay/notes": WatchNote.objects.create(
            hotel=cast.hotel, longstay=stay, sealed=keys.lock(keys.key_of(cast.hotel.pk, about(stay)), "备注"), by_id=cast.people["shen"].pk, at=now
        ),
        "/longstay/rooms": room, "/longstay": stay, "/longstay/recommend": asked,
    }
    return {path: str(row.pk) for path, row in rows.items()}
