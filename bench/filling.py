"""A big hotel by seed: clients, bookings with rooms, nights, counters and ledger, and duties; limits sized to the data.

One row of each table is written by the program's own models; the database multiplies it, so that a million bookings take
minutes. Every constraint and index is there while they are written, and `guiju verify` must find the whole sound afterwards.
"""

from __future__ import annotations

import gc
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
STEP = 100_000  # rows one statement writes
FUTURE_DAYS = 350
ENQUIRIES = 40
FAX = (
    "兹有我公司客人{name}一行{persons}人，定于12月{day}日抵店，12月{until}日离店，需标准双人房{rooms}间，"
    "费用由公司挂账。联系人：周敏 电话 021-6400{n:04d}"
)


class Copier:
    """Multiplies rows inside the database; expressions are SQL in which n is the number of the row."""

    def __init__(self) -> None:
        from django.db import connection

        self.connection, self.postgres = connection, connection.vendor == "postgresql"

    def key(self, letter: str, number: str = "n") -> str:
        """The id of row n of a kind, as this database keeps ids: in order, like those of the program."""
        if self.postgres:
            return f"('01a00000-0000-7000-8{letter * 3}-' || lpad(to_hex({number}), 12, '0'))::uuid"
        return f"'01a00000000070008{letter * 3}' || printf('%012x', {number})"

    def text_key(self, letter: str) -> str:
        """The id of row n as text with dashes: how other rows speak of it."""
        hexed = "lpad(to_hex(n), 12, '0')" if self.postgres else "printf('%012x', n)"
        return f"'01a00000-0000-7000-8{letter * 3}-' || {hexed}"

    def day(self, first: Any, days: str) -> str:
        """So many days after a day."""
        return f"(DATE '{first}' + ({days})::int)" if self.postgres else f"date('{first}', ({days}) || ' days')"

    def moment(self, minutes: str) -> str:
        """So many minutes after NOW."""
        if self.postgres:
            return f"(TIMESTAMPTZ '{NOW.isoformat()}' + ({minutes}) * INTERVAL '1 minute')"
        return f"datetime('{NOW:%Y-%m-%d %H:%M:%S}', ({minutes}) || ' minutes')"

    def numbered(self, letter: str, width: int) -> str:
        """A number people read: the letter and n."""
        return f"'{letter}' || lpad(n::text, {width}, '0')" if self.postgres else f"'{letter}' || printf('%0{width}d', n)"

    def copy(self, row: Any, count: int, **told: str) -> None:
        """Write `count` rows like this one (which goes again), with these columns told by n."""
        quote = self.connection.ops.quote_name
        model, table = type(row), quote(type(row)._meta.db_table)
        row.save(force_insert=True)
        columns = [field.column for field in model._meta.concrete_fields if field.column in told or not self._counted(field)]
        values = ", ".join(told.get(column, f"t.{quote(column)}") for column in columns)
        names = ", ".join(map(quote, columns))
        key = model._meta.pk
        own = key.get_db_prep_value(row.pk, self.connection)
        with self.connection.cursor() as cursor:
            for first in range(0, count, STEP):
                last = min(first + STEP, count) - 1
                series = (
                    f"generate_series({first}, {last}) AS s(n)"
                    if self.postgres
                    else f"(WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s) s"
                )
                statement = f"INSERT INTO {table} ({names}) SELECT {values} FROM {series} CROSS JOIN {table} t WHERE t.{quote(key.column)} = "
                cursor.execute(statement.replace("%", "%%") + "%s", [own])
            cursor.execute(f"DELETE FROM {table} WHERE {quote(key.column)} = %s", [own])

    @staticmethod
    def _counted(field: Any) -> bool:
        return field.get_internal_type() in ("AutoField", "BigAutoField")


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
    """Everything, whatever the engine."""
    _clients(stage, clients)
    _bookings(stage, Copier(), bookings)
    _duties(stage, Copier(), duties)


def _clients(stage: Any, count: int) -> None:
    from guiju.clients.models import Client
    from guiju.clients.search import index_all
    from guiju.demo.base import PLACES, TRADES, initials

    rng, hotel = random.Random(7), stage.hotel
    trades = [trade for _kind, names in TRADES for trade in names]
    names = [f"{rng.choice(PLACES)}{rng.choice(trades)}{n:06d}有限公司" for n in range(count)]
    batches(
        (Client(hotel=hotel, number=f"X{n:06d}", name=name, short_name=name[:4], initials=initials(name[:4]), created_at=NOW)
         for n, name in enumerate(names)), Client,
    )
    index_all(hotel.pk)


def _bookings(stage: Any, by: Copier, count: int) -> None:
    """One twin room for one or two nights each, at most 150 arrivals a day: the longer history is what grows."""
    from guiju.bookings.models import Booking, BookingRooms
    from guiju.bookings.search import index_all
    from guiju.rooms.models import Block, BlockNight, InventoryEntry, RoomNight

    hotel, kind = stage.hotel, stage.types["TWN"]
    days = max(2 * FUTURE_DAYS, count // 150)
    first = stage.today - timedelta(days=days - FUTURE_DAYS)
    comes = by.day(first, f"n * {days} / {count}" if not by.postgres else f"n::bigint * {days} / {count}")
    stays = f"n * {days} / {count} + 1 + n % 2" if not by.postgres else f"n::bigint * {days} / {count} + 1 + n % 2"
    goes = by.day(first, stays)
    booking = Booking(
        hotel=hotel, number="X", kind="fit_cash", state="confirmed", name=stage.name(), persons=1, arrival_on=first,
        departure_on=first + timedelta(days=1), seller=stage.people["lin"], total=Decimal(680), created_at=NOW, confirmed_at=NOW,
    )
    by.copy(
        booking, count, id=by.key("b"), number=by.numbered("X", 8), arrival_on=comes, departure_on=goes, created_at=by.moment("-(n % 400000)"),
    )
    index_all(hotel.pk)
    anchor = Booking.objects.of(hotel.pk).order_by("arrival_on", "id")[0]
    by.copy(
        BookingRooms(hotel=hotel, booking=anchor, room_type=kind, from_on=first, until_on=first + timedelta(days=1), rooms=1), count,
        id=by.key("c"), booking_id=by.key("b"), from_on=comes, until_on=goes,
    )
    by.copy(
        Block(
            hotel=hotel, about_kind="booking", about_id="x", label="x", state="sold", first_night=first, last_night=first, rooms=1,
            created_at=NOW, updated_at=NOW,
        ), count, id=by.key("d"), about_id=by.text_key("b"), label=by.numbered("X", 8), first_night=comes,
        last_night=by.day(first, stays.removesuffix("+ 1 + n % 2") + "+ n % 2"),
    )
    block = Block.objects.of(hotel.pk).order_by("id")[0]
    # night k of the stays: the first of all of them, then the second of every other one
    for nights, number, shift in ((count, "n", "0"), (count // 2, "(2 * n + 1)", "1")):
        place = f"{number}::bigint * {days} / {count} + {shift}" if by.postgres else f"{number} * {days} / {count} + {shift}"
        night = by.day(first, place)
        letter = "e" if shift == "0" else "f"
        by.copy(
            BlockNight(hotel=hotel, block=block, room_type=kind, night=first - timedelta(days=9), rooms=1), nights,
            id=by.key(letter), block_id=by.key("d", number), night=night,
        )
        about = by.text_key("b").replace("(n)", f"({number})") if by.postgres else by.text_key("b").replace(", n)", f", {number})")
        by.copy(
            InventoryEntry(hotel=hotel, room_type=kind, night=first, sold=1, source="booking", about_kind="booking", about_id="x", at=NOW),
            nights, id=by.key("a" if shift == "0" else "9"), about_id=about, night=night,
        )
    taken: dict[Any, int] = {}
    for n in range(count):
        for k in range(1 + n % 2):
            night_on = first + timedelta(days=n * days // count + k)
            taken[night_on] = taken.get(night_on, 0) + 1
    limit = max(taken.values()) + 2000  # the rest is for the steps measured afterwards
    batches((RoomNight(hotel=hotel, room_type=kind, night=night, sold=sold, sell_limit=limit) for night, sold in taken.items()), RoomNight)


def _duties(stage: Any, by: Copier, count: int) -> None:
    """Of four people, one in two hundred still open, some late; the others met in the course of four years."""
    from guiju.duties.models import Duty, Edition

    edition = Edition.objects.of(stage.hotel.pk).first()
    share = count // 4
    for number, name in enumerate(("lin", "he", "wen", "tang")):
        minutes = "CASE WHEN n % 200 = 0 THEN n % 2000 - 60 ELSE -8 * n END"
        due, opened = by.moment(minutes), by.moment(f"{minutes} - 30")
        row = Duty(
            hotel=stage.hotel, clause="booking.reply-30", rule="reply", kind="timed", subject_kind="bench", subject_id="x", edition=edition,
            owner="duty_seller", owner_person_id=stage.people[name].pk, opens_at=NOW, starts_at=NOW, due_at=NOW, because=[],
        )
        by.copy(
            row, share, id=by.key("0123"[number]), subject_id=f"'{number}-' || n" if not by.postgres else f"'{number}-' || n::text",
            opens_at=opened, starts_at=opened, due_at=due, met_at=f"CASE WHEN n % 200 = 0 THEN NULL ELSE {due} END",
        )


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


def settle(stage: Any, now: datetime) -> None:
    """What a long-lived database has: its days counted, and figures for the planner (the worker sees to both)."""
    from django.db import connection

    from guiju.compliance.actions import count_days
    from guiju.compliance.models import Touched

    while Touched.objects.exists():
        count_days(stage.hotel.pk, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    gc.collect()
    gc.freeze()  # the remains of the filling are no part of what is measured; a house, too, freezes what it has loaded (config.wsgi)
