"""Bookings to look at and change: a hotel with rates, an agency and a company, and hands that post to the room's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.test import Client as Browser

from guiju.bookings import actions
from guiju.bookings.models import Booking
from guiju.bookings.papers import issue_form
from guiju.bookings.shapes import MealLine, RoomLine
from guiju.clients.search import index_all
from guiju.rates.models import MealRate
from guiju.rooms.models import RoomType
from tests.cast import TODAY, Cast
from tests.enquiries.scene import Scene

ARRIVAL = date(2026, 12, 6)


@dataclass
class Room:
    """The dressed hotel, its clock, and bookings made by its people."""

    scene: Scene
    clock: Path

    @property
    def cast(self) -> Cast:
        return self.scene.cast

    @property
    def twin(self) -> RoomType:
        return self.scene.twin

    def at(self, clock: str, day: date = TODAY) -> datetime:
        """Move the clock."""
        moment = self.cast.at(clock, day)
        self.clock.write_text(moment.isoformat())
        return moment

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock.read_text())

    def by(self, who: str = "he") -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.cast.actor(who, now=self.now), "now": self.now}

    def browser(self, who: str = "he") -> Browser:
        """A browser signed in as this person."""
        return self.cast.sign_in(who, now=self.now)

    def group(self, *, arrival: date = ARRIVAL, nights: int = 2, rooms: int = 6, meals: bool = True, name: str = "金色年华", **more: Any) -> Booking:
        """A group of the agreement client, written down."""
        until = arrival + timedelta(days=nights)
        dinner = MealLine(arrival, "dinner", rooms * 2, standard="80", place="百合厅")
        return actions.draft_booking(
            self.cast.hotel, kind="group", name=name, client=more.pop("client", self.scene.client), arrival_on=arrival, departure_on=until,
            persons=rooms * 2, rooms=[RoomLine(self.twin.pk, arrival, until, rooms)], meals=[dinner] if meals else [], payment="transfer",
            **more, **self.by(),
        )

    def confirmed(self, **more: Any) -> Booking:
        """A group that is held, on written basis, with a liaison, confirmed."""
        row = self.group(**more)
        actions.place_hold(row, **self.by())
        actions.attach_written(row, paper="传真夹 11 号", **self.by())
        actions.name_liaison(row, person=self.cast.people["tang"], **self.by())
        return actions.confirm(row, **self.by())

    def issued(self, **more: Any) -> Booking:
        """A confirmed group whose schedule is out."""
        row = self.confirmed(**more)
        issue_form(row, **self.by())
        row.refresh_from_db()
        return row

    def cash(self, *, arrival: date = ARRIVAL, name: str = "黎曼", **more: Any) -> Booking:
        """An individual paying cash, without agreement."""
        until = arrival + timedelta(days=1)
        return actions.draft_booking(
            self.cast.hotel, kind="fit_cash", name=name, arrival_on=arrival, departure_on=until, persons=1,
            rooms=[RoomLine(self.twin.pk, arrival, until, 1)], **more, **self.by("lin"),
        )

    def url(self, booking: Booking, tail: str = "") -> str:
        """A page of a booking."""
        return f"/bookings/{booking.pk}/{tail}"


def open_room(scene: Scene, clock: Path) -> Room:
    """The room at 10:00 of 24 November 2026."""
    hotel = scene.cast.hotel
    for meal in ("lunch", "dinner"):
        MealRate.objects.create(hotel=hotel, meal=meal, standard="80", amount=Decimal(80), escort_amount=Decimal(30))
    index_all(hotel.pk)
    room = Room(scene, clock)
    room.at("10:00")
    return room


def fields(**more: Any) -> dict[str, Any]:
    """What the page for a new group posts."""
    return {
        "kind": "group", "client": "C26-0001", "name": "金色年华", "persons": "12", "arrival_on": "2026-12-06", "departure_on": "2026-12-08",
        "payment": "transfer", **more,
    }


def rows(part: str, *filled: dict[str, Any], blank: dict[str, Any] | None = None) -> dict[str, Any]:
    """Rows of rooms, meals or escorts as the page posts them, with an empty one at the end."""
    listed = [*filled, *([blank] if blank is not None else [])]
    return {f"{part}-{number}-{name}": value for number, row in enumerate(listed) for name, value in row.items()}
