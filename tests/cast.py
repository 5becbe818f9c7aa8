"""The same hotel and people in every test: 听涛饭店, Shanghai time, Tuesday 24 November 2026.

`cast.actor("lin")` acts; `cast.sign_in(client, "lin")` gives a signed-in browser; `cast.at("10:30")` is a moment of
that day in hotel time. Rooms add their own pieces (`cast.room_types`, `cast.company`) in `dress_*` functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client as Browser

from guiju.house.acting import acting
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Appointment, Department, Hotel, Person, Receiver, RosterEntry, SignedIn
from guiju.shelf.actor import Actor

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 24)
PASSWORD = "correct horse battery"

# sign-in name: (name, posts)
PEOPLE = {
    "shen": ("沈若溪", ("sales_manager",)),
    "lin": ("林一舟", ("business_sales_supervisor",)),
    "he": ("何嘉木", ("group_sales_manager",)),
    "tang": ("唐小满", ("group_sales_supervisor",)),
    "wen": ("闻静", ("sales_clerk",)),
    "gu": ("顾晚", ("pr_manager",)),
    "qiao": ("乔安", ("pr_officer",)),
    "fang": ("方前", ("front_desk",)),
    "fu": ("傅首", ("front_desk_head",)),
    "ma": ("马丽", ("front_cashier",)),
    "bai": ("白账", ("front_cashier_head",)),
    "chen": ("陈味", ("fnb",)),
    "can": ("单厨", ("fnb_head",)),
    "ke": ("柯净", ("housekeeping",)),
    "ku": ("库清", ("housekeeping_head",)),
    "an": ("安保", ("security",)),
    "bao": ("鲍防", ("security_head",)),
    "li": ("黎行", ("bell_desk",)),
    "cai": ("蔡正", ("finance",)),
    "jin": ("金衡", ("finance_head",)),
    "zong": ("宗办", ("gm_office",)),
    "lu": ("陆总", ("gm",)),
    "zhi": ("支夜", ("duty_manager",)),
    "guan": ("管理", ("administrator",)),
}
RECEIVERS = {
    "front_desk": "fang", "front_cashier": "ma", "fnb": "chen", "housekeeping": "ke", "security": "an",
    "pr": "qiao", "gm_office": "zong", "finance": "cai", "bell_desk": "li", "sales": "wen",
}
OFFICE = {day: [["08:30", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
DAILY = {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
HOURS = {"sales": DAILY, "front_desk": ALWAYS, "front_cashier": ALWAYS, "security": ALWAYS, "bell_desk": ALWAYS, "fnb": DAILY, "housekeeping": DAILY}


@dataclass
class Cast:
    """The hotel, its people by sign-in name, and whatever a room's dressing adds."""

    hotel: Hotel
    people: dict[str, Person] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def at(self, clock: str, day: date = TODAY) -> datetime:
        """A moment in hotel time: at("10:30"), at("18:00", day)."""
        return datetime.combine(day, time.fromisoformat(clock), ZONE)

    def actor(self, who: str, *, now: datetime | None = None, **door: Any) -> Actor:
        """The person acting in his posts."""
        return acting(self.people[who], self.hotel, now=now or self.at("10:00"), **door)

    def sign_in(self, who: str, *, now: datetime | None = None) -> Browser:
        """A browser signed in as this person."""
        browser = Browser()
        person, moment = self.people[who], now or self.at("08:00")
        row = SignedIn.objects.create(
            person=person, hotel=self.hotel, session_key=f"test-{who}-{SignedIn.objects.count()}",
            created_at=moment, last_seen_at=moment,
        )
        session = browser.session
        session["signed_in"] = str(row.pk)
        session["epoch"] = person.session_epoch
        session.save()
        return browser


def build() -> Cast:
    """Put the hotel and its people into an empty database."""
    start = datetime(2026, 1, 1, tzinfo=ZONE)
    hotel = Hotel.objects.create(code="tingtao", name="听涛饭店", name_en="Tingtao Hotel", zone=str(ZONE), created_at=start)
    cast = Cast(hotel)
    Department.objects.bulk_create(
        Department(hotel=hotel, key=key, name=zh, name_en=en, hours=HOURS.get(key, OFFICE), order=order)
        for order, (key, (zh, en)) in enumerate(DEPARTMENTS.items())
    )
    for who, (name, posts) in PEOPLE.items():
        person = Person(username=who, name=name, email=f"{who}@tingtao.example")
        person.set_password(PASSWORD)
        person.save()
        cast.people[who] = person
        Appointment.objects.bulk_create(Appointment(hotel=hotel, person=person, post=post, from_at=start) for post in posts)
    Receiver.objects.bulk_create(
        Receiver(hotel=hotel, department=department, person=cast.people[who], from_on=date(2026, 1, 1))
        for department, who in RECEIVERS.items()
    )
    RosterEntry.objects.bulk_create(
        RosterEntry(
            hotel=hotel, department="sales", on=TODAY + timedelta(days=day), person=cast.people["lin"], is_duty=True,
            starts_at=cast.at("08:00", TODAY + timedelta(days=day)), ends_at=cast.at("20:00", TODAY + timedelta(days=day)),
        )
        for day in range(-7, 60)
    )
    return cast
