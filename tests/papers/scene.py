"""Papers to issue: contents made by hand, as the bookings room builds them, and a hotel with its standard in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiju.duties.actions import adopt_shipped
from guiju.papers import actions
from guiju.papers.models import Copy, Paper
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7
from tests.cast import Cast

RESERVATION: dict[str, Any] = {
    "booking": "B2611001",
    "booked_on": "2026-11-24",
    "client": "东岬港务集团有限公司",
    "agreement": "A-2026-031",
    "contact": "赵晴",
    "phone": "021-5550-1234",
    "guest": "黎曼",
    "persons": 2,
    "nationality": "中国",
    "arrival": "2026-11-26 17:30 MU512",
    "departure": "2026-11-28",
    "hold_until": "2026-11-26 18:00",
    "payment": "on_account",
    "payer": "incidentals: guest；rooms: client",
    "requests": "高层，安静",
    "total": "1,920",
    "confidential": False,
    "issued_by": "林一舟",
    "rooms": [
        {
            "type": "豪华大床房",
            "from": "2026-11-26",
            "until": "2026-11-28",
            "rooms": 1,
            "use": "guest",
            "rate": "960",
        }
    ],
    "meals": [],
}
GROUP: dict[str, Any] = {
    "booking": "G2611007",
    "booked_on": "2026-11-20",
    "client": "沐野国际旅行社",
    "agreement": "A-2026-007",
    "contact": "秦岚",
    "phone": "13800001111",
    "group": "江南秋色",
    "tour_code": "MY-1126",
    "nationality": "新加坡",
    "persons": 38,
    "escorts": 3,
    "important": True,
    "reason": "省旅游局考察团",
    "arrival": "2026-11-26 17:30 大巴",
    "departure": "2026-11-28 08:30 大巴",
    "leader": "周敏 13811112222",
    "guides": "秦岚 13800001111",
    "liaison": "林一舟",
    "free_beds": 2,
    "wake_up": "27日 06:30",
    "luggage": "28日 07:45",
    "payment": "on_account",
    "payer": "meals: client；rooms: client",
    "requests": "8 层两间须相连",
    "total": "30,960",
    "issued_by": "唐小满",
    "rooms": [
        {
            "type": "标准双床房",
            "from": "2026-11-26",
            "until": "2026-11-28",
            "rooms": 18,
            "use": "guest",
            "rate": "480",
        },
        {
            "type": "标准双床房",
            "from": "2026-11-26",
            "until": "2026-11-28",
            "rooms": 2,
            "use": "escort",
            "rate": "240",
        },
    ],
    "meals": [
        {
            "on": "2026-11-26",
            "meal": "dinner",
            "time": "18:30",
            "place": "百合厅",
            "persons": 38,
            "escorts": 3,
            "standard": "80 元/人",
            "style": "table",
            "diet": "素食 1 位",
        },
        {
            "on": "2026-11-27",
            "meal": "breakfast",
            "time": "07:00",
            "place": "西餐厅",
            "persons": 38,
            "escorts": 3,
            "standard": "含",
            "style": "buffet",
            "diet": "",
        },
    ],
    "services": [{"department": "bell_desk", "text": "行李 40 件", "at": "2026-11-26 17:30"}],
    "guests": [
        {"name": f"客人{number:02d}", "share": str(number // 2), "room": "", "remarks": ""}
        for number in range(38)
    ],
}
LETTER: dict[str, Any] = {
    "to": "Muye Travel",
    "attention": "Ms Qin",
    "fax": "021-5550-9999",
    "booking": "G2611007",
    "guest": "Autumn South",
    "tour_code": "MY-1126",
    "arrival": "2026-11-26 17:30",
    "departure": "2026-11-28",
    "meals_text": "2026-11-26 dinner 18:30",
    "payment": "transfer",
    "hold_until": "2026-11-26 18:00",
    "guarantee": "",
    "cancellation": "Free until 3 days before.",
    "total": "30,960",
    "remarks": "",
    "issued_by": "唐小满",
    "lang": "en",
    "rooms": GROUP["rooms"],
}
NOTICE: dict[str, Any] = {
    "original": "T2611007",
    "original_revision": 1,
    "kind": "change",
    "group": "江南秋色",
    "client": "沐野国际旅行社",
    "arrival": "2026-11-26 17:30",
    "departure": "2026-11-28 08:30",
    "reason": "人数增加",
    "told_by": "秦岚",
    "told_how": "fax",
    "told_at": "2026-11-24 10:40",
    "in_time": True,
    "charge": "",
    "issued_by": "唐小满",
    "items": [
        {"field": "11月26日 晚餐 要求", "old": "素食 1 位", "new": "素食 2 位", "departments": ["fnb"]},
        {"field": "叫醒", "old": "27日 06:30", "new": "27日 06:00", "departments": ["front_desk"]},
    ],
}


@dataclass
class Scene:
    """The hotel with its standard in force, and papers put out by verbs."""

    cast: Cast

    def at(self, clock: str) -> datetime:
        """A moment of the day."""
        return self.cast.at(clock)

    def by(self, who: str, clock: str, **door: Any) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.cast.actor(who, now=self.at(clock), **door), "now": self.at(clock)}

    def attrs(self, **more: Any) -> dict[str, Any]:
        """What decides about receivers: an ordinary group of the day after tomorrow without meals."""
        return {
            "important": False,
            "meals": False,
            "collection": False,
            "same_day_arrival": False,
            "arrival_at": datetime.fromisoformat("2026-11-26T17:30:00+08:00"),
            **more,
        }

    def group(self, clock: str = "10:00", *, content: dict[str, Any] | None = None, **attrs: Any) -> Paper:
        """A group schedule."""
        paper: Paper = actions.issue(
            self.cast.hotel,
            kind="group_schedule",
            about=("booking", str(uuid7())),
            title="江南秋色",
            content=content or GROUP,
            attrs=self.attrs(**attrs),
            needs={"liaison_named": True},
            **self.by("tang", clock),
        )
        return paper

    def reservation(self, clock: str = "10:00", **attrs: Any) -> Paper:
        """A reservation form."""
        paper: Paper = actions.issue(
            self.cast.hotel,
            kind="reservation_form",
            about=("booking", str(uuid7())),
            title="黎曼",
            content=RESERVATION,
            attrs=self.attrs(**attrs),
            **self.by("lin", clock),
        )
        return paper

    def copy(self, paper: Paper, department: str) -> Copy:
        """The copy a department holds now."""
        found: Copy = paper.copies.get(department=department, superseded_at__isnull=True)
        return found


def dress(cast: Cast) -> Scene:
    """Put the shipped standard in force."""
    hotel = cast.hotel
    adopt_shipped(hotel, effective_at=hotel.created_at, by=the_clock(hotel.pk), now=cast.at("00:01"))
    return Scene(cast)
