"""Groups on their way in the demo hotel: names that are late, a cut that costs, agents who come tomorrow, a series over the winter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from guiju.bookings import actions as bookings
from guiju.bookings import lines
from guiju.bookings.models import Booking
from guiju.bookings.shapes import GuestLine, MealLine, RoomLine
from guiju.clients.models import Client
from guiju.demo.base import GIVEN, SURNAMES, Stage
from guiju.demo.play import RECEIVERS
from guiju.house.acting import acting
from guiju.papers import actions as papers
from guiju.papers.models import Copy
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal


def on_their_way(stage: Stage) -> None:
    """Four groups and a series, each left where somebody has something to do today; what the house refuses is left out."""
    agency = next(one for one in stage.clients if one.kind == "agency" and str(one.pk) in stage.agreements and one.on_account)
    dice = Random(stage.today.toordinal())
    for make in (_names_late, _cut_that_costs, _agents_tomorrow, _asked_once_more, _winter_series):
        try:
            make(stage, agency, dice)
        except Refusal:
            continue


def _by(stage: Stage, who: str, now: datetime) -> dict[str, Any]:
    actor: Actor = acting(stage.people[who], stage.hotel, now=now)
    return {"by": actor, "now": now}


def _group(stage: Stage, client: Client, name: str, arrival: date, rooms: int, names: int, made: datetime, dice: Random, **more: Any) -> Booking:
    """A confirmed group of two nights with dinner, some of its names already here."""
    until, step = arrival + timedelta(days=2), _by(stage, "he", made)
    guests = [GuestLine(dice.choice(SURNAMES) + dice.choice(GIVEN)) for _n in range(names)]
    row = bookings.draft_booking(
        stage.hotel, kind="group", client=client, name=name, arrival_on=arrival, arrival_time=time(15, 40), departure_on=until, persons=rooms * 2,
        rooms=[RoomLine(stage.types["TWN"].pk, arrival, until, rooms)], guests=guests, contact=client.contacts.first(), payment="transfer",
        meals=[MealLine(arrival, "dinner", rooms * 2, time(18, 30), "一楼中餐厅", 2, "80")], arrival_by="大巴", departure_by="大巴", escorts=2,
        **more, **step,
    )
    bookings.place_hold(row, **step)
    bookings.attach_written(row, paper="传真夹 12 号", **step)
    bookings.name_liaison(row, person=stage.people["tang"], **step)
    bookings.confirm(row, **step)
    _paper(stage, _fresh(row), made + timedelta(minutes=40))
    return row


def _paper(stage: Stage, row: Booking, now: datetime) -> None:
    """Its schedule goes out and is signed for within the hour."""
    from guiju.bookings.papers import issue_form

    paper = issue_form(row, **_by(stage, "he", now))
    for copy in Copy.objects.filter(paper=paper, superseded_at__isnull=True, must_sign=True, signed_at__isnull=True):
        papers.sign_for(copy, **_by(stage, RECEIVERS[copy.department], now + timedelta(minutes=25)))


def _names_late(stage: Stage, client: Client, dice: Random) -> None:
    """Half the names are here, their day is over; they were asked for once."""
    made = stage.at(stage.today - timedelta(days=9), "10:20")
    row = _group(stage, client, "丝路雅集", stage.today + timedelta(days=5), 14, 13, made, dice)
    bookings.chase_names(_fresh(row), how="phone", text="计调说今天发", **_by(stage, "tang", stage.at(stage.today - timedelta(days=1), "10:05")))


def _cut_that_costs(stage: Stage, client: Client, dice: Random) -> None:
    """After the cut-off eight rooms fewer were told: three beyond the allowance pay their nights."""
    made = stage.at(stage.today - timedelta(days=12), "15:10")
    row = _fresh(_group(stage, client, "江海联谊", stage.today + timedelta(days=4), 20, 40, made, dice))
    fewer: dict[str, Any] = {
        "rooms": [replace(line, rooms=12) for line in lines.room_shapes(row)], "persons": 24, "guests": lines.guest_shapes(row)[:24],
    }
    now = stage.at(stage.today - timedelta(days=1), "16:20")
    bookings.change(
        row, version=row.version, fields=fewer, reason="报名不足", told_by="计调", told_how="fax", **_by(stage, "he", now)
    )
    for copy in Copy.objects.filter(
        paper__about_id=str(row.pk), superseded_at__isnull=True, must_sign=True, signed_at__isnull=True
    ):
        papers.sign_for(copy, **_by(stage, RECEIVERS[copy.department], now + timedelta(minutes=9)))


def _agents_tomorrow(stage: Stage, client: Client, dice: Random) -> None:
    """Agents who travel themselves come tomorrow: half of it is gone through."""
    made = stage.at(stage.today - timedelta(days=2), "09:40")
    row = _group(stage, client, "同业踩线", stage.today + timedelta(days=1), 6, 12, made, dice, details={"agents": True})
    found = {"rooms": "照订单", "meals": "照订单", "arrival_time": "改 16:10 到"}
    bookings.pre_arrival_check(_fresh(row), items=found, **_by(stage, "tang", stage.now - timedelta(minutes=20)))


def _asked_once_more(stage: Stage, client: Client, dice: Random) -> None:
    """Three days before: nobody answered the telephone this morning."""
    made = stage.at(stage.today - timedelta(days=10), "11:00")
    row = _group(stage, client, "古城画会", stage.today + timedelta(days=3), 9, 18, made, dice)
    bookings.reconfirm(_fresh(row), outcome="no_answer", **_by(stage, "tang", stage.now - timedelta(minutes=40)))


def _winter_series(stage: Stage, client: Client, dice: Random) -> None:
    """Eight Saturdays from one contract; the second was changed, the third cancelled."""
    first = stage.today + timedelta(days=21 + (5 - stage.today.weekday()) % 7)
    dates = [first + timedelta(weeks=n) for n in range(8)]
    rooms = [RoomLine(stage.types["TWN"].pk, first, first + timedelta(days=2), 8)]
    made = stage.at(stage.today - timedelta(days=3), "14:00")
    _series, stays = bookings.create_series(
        stage.hotel, client=client, name="暖冬周末", dates=dates, nights=2, rooms=rooms, persons=16, common={"payment": "transfer"},
        until_at=stage.at(first - timedelta(days=3), "18:00"), **_by(stage, "he", made),
    )
    second = _fresh(stays[1])
    more = [replace(line, rooms=10) for line in lines.room_shapes(second)]
    told: dict[str, Any] = {"told_by": "计调", "told_how": "mail"}
    bookings.change(second, version=second.version, fields={"rooms": more, "persons": 20}, reason="加一部车", **told, **_by(stage, "he", made))
    bookings.cancel(_fresh(stays[2]), reason="当周停团", **told, **_by(stage, "he", made))


def _fresh(row: Booking) -> Booking:
    found: Booking = Booking.objects.select_related("hotel", "client", "agreement", "contact").get(pk=row.pk)
    return found
