"""The invented hotel's past month and coming weeks, played through the real verbs in order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from guiju.bookings import actions as bookings
from guiju.bookings.models import Booking
from guiju.bookings.shapes import EscortLine, GuestLine, MealLine, RoomLine
from guiju.clients.models import Client
from guiju.demo.base import GIVEN, SURNAMES, Stage
from guiju.house.acting import acting
from guiju.papers import actions as papers
from guiju.papers.models import Copy, Paper
from guiju.rooms import actions as inventory
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal

RECEIVERS = {
    "front_desk": "fang", "front_cashier": "ma", "fnb": "chen", "housekeeping": "ke", "security": "an", "pr": "qiao",
    "gm_office": "zong", "finance": "cai", "bell_desk": "li", "sales": "wen",
}
OPINIONS = ("早餐品种可再多些", "房间安静，客人满意", "大巴停得远，老人走得累", "没有意见")
GROUPS = ("金色年华", "山海之间", "秋声", "海岸线", "知行", "慢游", "百年", "晨光", "远方", "逐浪")


class Play:
    """A list of things to do at their moments; what lies after now is not played."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.order = stage, count()
        self.todo: list[tuple[datetime, int, Callable[[datetime], Any]]] = []

    def at(self, moment: datetime, step: Callable[[datetime], Any]) -> None:
        """Do this at that moment, unless it lies ahead."""
        if moment <= self.stage.now:
            heapq.heappush(self.todo, (moment, next(self.order), step))

    def run(self) -> None:
        """Everything in order; a step refused by the house (no room, a clause) is simply not done."""
        while self.todo:
            moment, _order, step = heapq.heappop(self.todo)
            try:
                step(moment)
            except Refusal:
                continue

    def who(self, name: str, now: datetime) -> Actor:
        """A demo person acting at a moment."""
        return acting(self.stage.people[name], self.stage.hotel, now=now)


def everything(stage: Stage) -> Play:
    """Walk-ins, individual bookings, groups: about a hundred stays around today."""
    play = Play(stage)
    for offset in range(-26, 24):
        day = stage.today + timedelta(days=offset)
        _walk_ins(play, day)
        for number in range(2 if offset % 3 else 1):
            _individual(play, day, number)
        if offset % 4 == 0 or offset in (1, 3):
            _group(play, day)
    return play


def _walk_ins(play: Play, day: date) -> None:
    stage = play.stage
    rooms = stage.rng.randint(40, 120)

    def enter(now: datetime) -> None:
        inventory.sold_elsewhere(
            stage.hotel, source="pms", reference=f"PMS-{day:%m%d}", label="PMS",
            lines=[
                inventory.Line(stage.types["TWN"], day, day + timedelta(days=1), rooms),
                inventory.Line(stage.types["KNG"], day, day + timedelta(days=1), rooms // 2),
            ],
            by=play.who("fu", now), now=now,
        )

    play.at(stage.at(day - timedelta(days=5), "09:10"), enter)


def _client(stage: Stage, kind: str) -> Client:
    fitting = [one for one in stage.clients if one.kind == kind and str(one.pk) in stage.agreements and one.on_account]
    return stage.rng.choice(fitting)


def _individual(play: Play, day: date, number: int) -> None:
    stage, rng = play.stage, play.stage.rng
    on_account = rng.random() < 0.6
    nights, rooms = rng.choice((1, 1, 2, 2, 3)), rng.choice((1, 1, 2, 3))
    code = rng.choice(("TWN", "KNG", "KNG", "DLX"))
    made_at = stage.at(day - timedelta(days=rng.randint(1, 12)), f"{rng.randint(9, 17):02d}:{rng.randint(0, 59):02d}")
    client = _client(stage, "company") if on_account else None
    guest = stage.name()
    written, guaranteed = rng.random() < 0.97, rng.random() < 0.5

    def make(now: datetime) -> None:
        by = play.who("lin", now)
        booking = bookings.draft_booking(
            stage.hotel, kind="on_account" if on_account else "fit_cash", client=client, name=guest, arrival_on=day,
            contact=client.contacts.first() if client and (day.day + number) % 9 else None,  # now and then nobody wrote down who called
            departure_on=day + timedelta(days=nights), persons=rooms,
            rooms=[RoomLine(stage.types[code].pk, day, day + timedelta(days=nights), rooms)], by=by, now=now,
        )
        bookings.place_hold(booking, by=by, now=now)
        if on_account and written:
            bookings.attach_written(booking, paper="传真夹 11 号", by=by, now=now)
        if not on_account and guaranteed:
            bookings.guarantee(booking, how="信用卡", by=by, now=now)
        bookings.confirm(booking, by=by, now=now)
        if on_account:
            play.at(now + timedelta(minutes=12), lambda at: _paper(play, booking, "lin", at))
        _stay(play, booking, nights)

    play.at(made_at, make)


def _group(play: Play, day: date) -> None:
    stage, rng = play.stage, play.stage.rng
    client = _client(stage, "agency")
    nights, rooms, important = rng.choice((1, 2, 2)), rng.randint(8, 24), rng.random() < 0.3
    until, persons = day + timedelta(days=nights), rooms * 2
    made_at = stage.at(day - timedelta(days=rng.randint(6, 18)), f"{rng.randint(9, 16):02d}:{rng.randint(0, 59):02d}")
    name = f"{rng.choice(GROUPS)}{day:%m%d}团"
    meals = [
        MealLine(day + timedelta(days=n), meal, persons, stage.at(day, clock).time(), "一楼中餐厅", 2, "80")
        for n in range(nights) for meal, clock in (("dinner", "18:30"),)
    ] + [MealLine(until, "lunch", persons, stage.at(day, "12:00").time(), "一楼中餐厅", 2, "80")]

    by_train, others = day.day % 3 > 0, Random(day.toordinal())
    guests = [GuestLine(others.choice(SURNAMES) + others.choice(GIVEN)) for _n in range(persons)] if day.day % 5 else []  # a list that never came

    def make(now: datetime) -> None:
        by = play.who("he", now)
        booking = bookings.draft_booking(
            stage.hotel, kind="group", client=client, name=name, tour_code=f"WL{day:%y%m%d}", arrival_on=day,
            arrival_time=stage.at(day, "15:40").time(), departure_on=until, persons=persons, escorts=2, payment="transfer",
            rooms=[
                RoomLine(stage.types["TWN"].pk, day, until, rooms),
                RoomLine(stage.types["ESC"].pk, day, until, 1, "escort"),
            ],
            meals=meals, guests=guests, contact=client.contacts.first(), arrival_by="G1623 次" if by_train else "大巴",
            departure_by="" if day.day % 7 == 0 else "大巴",
            escort_people=[EscortLine("leader", stage.name(), "13955500001"), EscortLine("driver", stage.name(), "13955500002")],
            by=by, now=now,
        )
        bookings.place_hold(booking, by=by, now=now)
        bookings.attach_written(booking, paper="传真夹 11 号", by=by, now=now)
        bookings.name_liaison(booking, person=stage.people["tang"], by=by, now=now)
        if important:
            bookings.mark_important(booking, reason="省旅游局推介团", by=by, now=now)
        bookings.confirm(booking, by=by, now=now)
        play.at(now + timedelta(minutes=40), lambda at: _paper(play, booking, "he", at))
        _stay(play, booking, nights)

    play.at(made_at, make)


def _paper(play: Play, booking: Booking, who: str, now: datetime) -> None:
    from guiju.bookings.papers import issue_form

    booking.refresh_from_db()
    paper = issue_form(booking, by=play.who(who, now), now=now)
    _signatures(play, paper, now)


def _signatures(play: Play, paper: Paper, now: datetime) -> None:
    for copy in Copy.objects.filter(paper=paper, superseded_at__isnull=True, must_sign=True, signed_at__isnull=True):
        minutes = play.stage.rng.choice((6, 11, 18, 25, 40, 75, 140))
        if play.stage.rng.random() < 0.03:
            minutes = 60 * 20  # one forgets; it stays on the record
        play.at(now + timedelta(minutes=minutes), lambda at, pk=copy.pk, to=copy.department: _sign(play, pk, to, at))


def _sign(play: Play, pk: Any, department: str, now: datetime) -> None:
    papers.sign_for(Copy.objects.get(pk=pk), by=play.who(RECEIVERS[department], now), now=now)


def _stay(play: Play, booking: Booking, nights: int) -> None:
    stage = play.stage

    def again(verb: Callable[..., Any], **more: Any) -> Callable[[datetime], Any]:
        return lambda now: verb(Booking.objects.get(pk=booking.pk), by=play.who("fang", now), now=now, **more)

    arrives = stage.at(booking.arrival_on, f"{stage.rng.randint(14, 17)}:{stage.rng.randint(10, 59)}")
    if booking.kind == Booking.Kind.GROUP:
        _look_after(play, booking, arrives)
    play.at(arrives, again(bookings.mark_arrived))
    play.at(stage.at(booking.departure_on, "11:20"), again(bookings.mark_departed))


def _look_after(play: Play, booking: Booking, arrives: datetime) -> None:
    """What the liaison does for a group; now and then one step is late."""
    stage = play.stage
    day = booking.arrival_on

    def liaise(verb: Callable[..., Any], who: str = "tang", **more: Any) -> Callable[[datetime], Any]:
        return lambda now: verb(Booking.objects.get(pk=booking.pk), by=play.who(who, now), now=now, **more)

    dice = Random(day.toordinal())
    play.at(stage.at(day - timedelta(days=3), "10:40"), liaise(bookings.reconfirm, outcome="as_agreed", spoke_with="旅行社计调"))
    if not booking.guests.exists():  # a list that never came: asked for, and the rooms kept all the same
        play.at(stage.at(day - timedelta(days=6), "10:15"), liaise(bookings.chase_names, how="phone", text="计调说尽快"))
        play.at(stage.at(day - timedelta(days=7), "16:30"), liaise(bookings.decide_cut_off, "he", reason="旅行社保证成团"))
    took = max(booking.persons // 2 - dice.choice((0, 0, 0, 1, 2)), 1)
    eaten = booking.persons * ((booking.departure_on - day).days + 1) - dice.choice((0, 2, 6))
    play.at(stage.at(booking.departure_on, "14:10"), liaise(bookings.settle, "he", rooms_used=took, meals_eaten=eaten))
    looked = {"rooms": "照订单", "meals": "照订单", "places": "照订单", "arrival": "已与导游确认", "transfer": "不需要", "programme": "已确认"}
    play.at(stage.at(day - timedelta(days=1), "15:00"), lambda now: _pre_arrival(play, booking, looked, now))
    play.at(stage.at(day, "09:20"), liaise(bookings.match_rooms, "lin"))
    play.at(stage.at(day, "09:35"), liaise(bookings.match_meals, "lin"))
    play.at(stage.at(day, "10:10"), liaise(bookings.record_on_time, on_time=True))
    play.at(arrives + timedelta(minutes=5), lambda now: _meet(play, booking, now))
    play.at(arrives + timedelta(minutes=25), liaise(bookings.luggage_up, leader_room=f"{stage.rng.randint(8, 21)}06"))
    play.at(arrives + timedelta(minutes=30), liaise(bookings.assist_check_in))
    play.at(arrives + timedelta(minutes=32), liaise(bookings.contact_leader))
    play.at(stage.at(booking.departure_on, "11:00"), liaise(bookings.see_off, opinions=dice.choice(OPINIONS), said_by="领队"))


def _pre_arrival(play: Play, booking: Booking, looked: dict[str, str], now: datetime) -> None:
    from guiju.bookings.actions.liaising import PRE_ARRIVAL

    items = {item: looked.get(item, "已查") for item in PRE_ARRIVAL}
    bookings.pre_arrival_check(Booking.objects.get(pk=booking.pk), items=items, by=play.who("tang", now), now=now)


def _meet(play: Play, booking: Booking, now: datetime) -> None:
    fresh = Booking.objects.get(pk=booking.pk)
    meal = fresh.meal_plan.filter(removed_at__isnull=True, on__gte=now.date()).order_by("on", "time").first()
    bookings.meet_group(
        fresh, meal=meal, meal_time=meal.time if meal else None, by=play.who("tang", now), now=now
    )
