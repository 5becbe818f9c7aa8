"""A big hotel by seed: clients, bookings with rooms, nights, counters and ledger, and duties; limits sized to the data."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

# clients, bookings, duties; `small` is for the test suite
SCALES = {
    "small": (300, 300, 300), "1k": (100_000, 1_000, 1_000_000), "100k": (100_000, 100_000, 1_000_000),
    "1m": (100_000, 1_000_000, 1_000_000),
}
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
BATCH = 1000
ENQUIRIES = 40
FAX = (
    "兹有我公司客人{name}一行{persons}人，定于12月{day}日抵店，12月{until}日离店，需标准双人房{rooms}间，"
    "费用由公司挂账。联系人：周敏 电话 021-6400{n:04d}"
)


def batches(rows: Iterator[Any], model: Any) -> None:
    """Write rows a thousand at a time."""
    pile = []
    for row in rows:
        pile.append(row)
        if len(pile) == BATCH:
            model.objects.bulk_create(pile)
            pile = []
    model.objects.bulk_create(pile)


def fill(stage: Any, clients: int, bookings: int, duties: int) -> None:
    """Clients, bookings with their rooms, blocks, nights, counters and ledger, and duties."""
    from guiju.bookings.models import Booking, BookingRooms
    from guiju.clients.models import Client
    from guiju.clients.search import index_all
    from guiju.demo.base import PLACES, TRADES, initials
    from guiju.duties.models import Duty, Edition
    from guiju.rooms.models import Block, BlockNight, InventoryEntry, RoomNight

    rng, hotel = random.Random(7), stage.hotel
    trades = [trade for _kind, names in TRADES for trade in names]
    names = [f"{rng.choice(PLACES)}{rng.choice(trades)}{n:06d}有限公司" for n in range(clients)]
    batches(
        (Client(hotel=hotel, number=f"X{n:06d}", name=name, short_name=name[:4], initials=initials(name[:4]), created_at=NOW)
         for n, name in enumerate(names)), Client,
    )
    index_all(hotel.pk)
    kind = stage.types["TWN"]
    days = max(700, bookings // 150)  # at most 150 arrivals a day: the longer history is what grows
    limit = bookings // days * 3 + 4000  # a stay is at most two nights; the rest is for the steps measured afterwards
    taken: dict[Any, int] = {}
    rows, rooms, blocks, nights, entries = [], [], [], [], []

    def flush() -> None:
        for model, pile in (
            (Booking, rows), (BookingRooms, rooms), (Block, blocks), (BlockNight, nights), (InventoryEntry, entries)
        ):
            model.objects.bulk_create(pile)
            pile.clear()

    for n in range(bookings):
        arrival = stage.today + timedelta(days=n * days // bookings - (days - 350))
        departure = arrival + timedelta(days=1 + n % 2)
        row = Booking(
            hotel=hotel, number=f"X{n:07d}", kind="fit_cash", state="confirmed", name=stage.name(), persons=1,
            arrival_on=arrival, departure_on=departure, seller=stage.people["lin"], total=Decimal(680),
            created_at=NOW - timedelta(minutes=n % 400_000), confirmed_at=NOW,
        )
        rows.append(row)
        rooms.append(BookingRooms(hotel=hotel, booking=row, room_type=kind, from_on=arrival, until_on=departure, rooms=1))
        block = Block(
            hotel=hotel, about_kind="booking", about_id=str(row.pk), label=row.number, state="sold", first_night=arrival,
            last_night=departure - timedelta(days=1), rooms=1, created_at=NOW, updated_at=NOW,
        )
        blocks.append(block)
        for step in range((departure - arrival).days):
            night = arrival + timedelta(days=step)
            taken[night] = taken.get(night, 0) + 1
            nights.append(BlockNight(hotel=hotel, block=block, room_type=kind, night=night, rooms=1))
            entries.append(InventoryEntry(
                hotel=hotel, room_type=kind, night=night, sold=1, source="booking", about_kind="booking",
                about_id=str(row.pk), at=NOW,
            ))
        if len(rows) == BATCH:
            flush()
    flush()
    RoomNight.objects.bulk_create(
        RoomNight(hotel=hotel, room_type=kind, night=night, sold=sold, sell_limit=limit) for night, sold in taken.items()
    )
    edition = Edition.objects.of(hotel.pk).first()
    people = [stage.people[name].pk for name in ("lin", "he", "wen", "tang")]

    def owed(n: int) -> Duty:
        due = NOW + timedelta(minutes=n % 2000 - 60)
        return Duty(
            hotel=hotel, clause="booking.reply-30", rule="reply", kind="timed", subject_kind="bench", subject_id=str(n),
            edition=edition, owner="duty_seller", owner_person_id=people[n % 4], opens_at=due - timedelta(minutes=30),
            starts_at=due - timedelta(minutes=30), due_at=due, met_at=None if n % 200 == 0 else due, because=[],
        )

    batches((owed(n) for n in range(duties)), Duty)


def wait_for_answers(stage: Any) -> None:
    """Requests that wait for an answer, taken in through the program's own door."""
    from django.test import Client as Browser

    from bench.stage import key_for

    token = key_for(stage, "lin")
    for n in range(ENQUIRIES):
        day = 1 + n % 20
        text = FAX.format(name=stage.name(), persons=2 + n, day=day, until=day + 2, rooms=1 + n // 2, n=n)
        answer = Browser().post(
            "/api/v1/enquiries/messages", {"text": text}, content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"bench-{n}"},
        )
        if answer.status_code != 200:
            raise RuntimeError(answer.content[:500])


def settle() -> None:
    """What a long-lived database has: figures for the planner."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
