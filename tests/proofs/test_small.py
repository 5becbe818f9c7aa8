"""Small versions of `make prove`: the last room, a retry, a worker that was away at 18:00; each with its control."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client as Browser

from guiju.bookings import actions
from guiju.bookings.models import Booking
from guiju.bookings.shapes import RoomLine
from guiju.config.verifying import verify
from guiju.duties.models import Firing
from guiju.house import tokens
from guiju.logbook import guards
from guiju.logbook.models import EntrySubject
from guiju.logbook.writing import durably, writing
from guiju.rates.models import RackRate
from guiju.rooms.models import RoomNight, RoomType
from guiju.rounds.actions import fire_due
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Busy, NoRoom
from tests.cast import TODAY, Cast, build
from tests.enquiries.scene import Scene, dress

CLIENTS = 8
ROUNDS = 3


@pytest.fixture
def guarded_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the tables were emptied the logbook is append-only again."""
    yield
    with django_db_blocker.unblock():
        guards.install(connection)


@pytest.fixture
def scene(guarded_again: None, transactional_db: None) -> Iterator[Scene]:
    """The dressed hotel in tables that threads see."""
    yield dress(build())
    guards.remove(connection)


def patiently(step: Callable[[], Any]) -> Any:
    """Send the same again when told that the database is busy: SQLite in memory, unlike a file, does not wait for its locks."""
    for _ in range(200):
        try:
            return step()
        except (Busy, OperationalError) as error:
            if not isinstance(error, Busy) and "locked" not in str(error):
                raise
            time.sleep(0.02)
    raise AssertionError("busy for too long")


def draft(cast: Cast, kind: RoomType, name: str, on: date) -> Booking:
    """A guest who wants one room for one night."""
    by, now = cast.actor("lin"), cast.at("10:00")
    with writing(cast.hotel.pk, by=by, now=now):
        return actions.draft_booking(
            cast.hotel, kind="fit_cash", name=name, arrival_on=on, departure_on=on + timedelta(days=1), persons=1,
            rooms=[RoomLine(kind.pk, on, on + timedelta(days=1), 1)], by=by, now=now,
        )


def together(attempts: list[Callable[[], str]]) -> Counter[str]:
    """All at once, each in a thread with its own connection; how many of each answer."""
    gate, answers = threading.Barrier(len(attempts)), []

    def run(attempt: Callable[[], str]) -> None:
        try:
            gate.wait(20)
            answers.append(attempt())
        except Exception as error:
            answers.append(f"{type(error).__name__}: {error}")
        finally:
            line = connection.connection
            connections.close_all()
            if connection.vendor == "sqlite" and line is not None:
                line.close()  # Django leaves a database in memory open, and an open one keeps its locks

    threads = [threading.Thread(target=run, args=(one,)) for one in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return Counter(answers)


def test_the_last_room_has_one_winner(scene: Scene) -> None:
    """booking.no-oversell: eight at once for one room; one has it, seven are told that there is none."""
    cast = scene.cast
    one = RoomType.objects.create(hotel=cast.hotel, code="ONE", name="唯一间", physical=1)
    RackRate.objects.bulk_create(
        RackRate(hotel=cast.hotel, room_type=one, season_kind=kind, amount=500) for kind in ("high", "shoulder", "low")
    )
    by, now = cast.actor("lin"), cast.at("10:00")
    for number in range(ROUNDS):
        on = TODAY + timedelta(days=20 + number)
        rows = [draft(cast, one, f"争 {number} {who}", on) for who in range(CLIENTS)]

        def attempt(row: Booking) -> str:
            def step() -> str:
                with writing(cast.hotel.pk, by=by, now=now):
                    actions.place_hold(Booking.objects.select_related("hotel").get(pk=row.pk), by=by, now=now)
                return "held"

            try:
                return str(patiently(lambda: durably(step)))
            except NoRoom:
                return "no room"

        answers = together([lambda row=row: attempt(row) for row in rows])  # type: ignore[misc]  # a default keeps the row
        assert answers == {"held": 1, "no room": CLIENTS - 1}
        assert RoomNight.objects.get(room_type=one, night=on).held == 1
    assert verify()[1] == []


def test_the_race_shows_a_seller_who_looks_and_then_writes(scene: Scene) -> None:
    """The control: the same race on a table of its own, read and then written, sells one room more than once."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE proof_naive (taken integer NOT NULL)")
        cursor.execute("INSERT INTO proof_naive VALUES (0)")
    looked = threading.Barrier(CLIENTS)

    def attempt() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT taken FROM proof_naive")
            taken = cursor.fetchone()[0]
            looked.wait(20)
            time.sleep(0.01)
            if taken >= 1:
                return "no room"
            cursor.execute("UPDATE proof_naive SET taken = taken + 1")
            return "held"

    try:
        answers = together([attempt] * CLIENTS)
        with connection.cursor() as cursor:
            cursor.execute("SELECT taken FROM proof_naive")
            sold = cursor.fetchone()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE proof_naive")
    assert answers["held"] > 1 and sold > 1


def send(token: str, body: dict[str, Any], key: str) -> tuple[int, str]:
    """One request of a program: status and the id of what was written."""
    answer = Browser().post(
        "/api/v1/bookings", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key} if key else {"Authorization": f"Bearer {token}"},
    )
    if answer.status_code == 503:
        raise Busy("busy")
    return answer.status_code, json.loads(answer.content).get("id", "")


def test_the_same_request_again_writes_nothing_twice(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five at once and one afterwards with the same key are one booking with one answer; without a key they are six."""
    cast = scene.cast
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(tmp_path / "clock"))
    (tmp_path / "clock").write_text(cast.at("10:00").isoformat())
    _row, token = tokens.create(
        cast.hotel, person=cast.people["lin"], name="proof", by=the_clock(cast.hotel.pk, via="cli"), now=cast.at("09:00")
    )
    line = {"room_type": "TWN", "from_on": "2026-12-10", "until_on": "2026-12-11", "rooms": 1}
    stay = {"kind": "fit_cash", "arrival_on": "2026-12-10", "departure_on": "2026-12-11", "persons": 1, "rooms": [line]}
    for key, written in (("proof-key", 1), ("", 6)):
        body = {**stay, "name": f"重发 {key}"}
        seen: list[tuple[int, str]] = []

        def attempt(body: dict[str, Any] = body, key: str = key, seen: list[tuple[int, str]] = seen) -> str:
            seen.append(patiently(lambda: send(token, body, key)))
            return "answered"

        assert together([attempt] * 5) == {"answered": 5}
        seen.append(send(token, body, key))
        assert {status for status, _ in seen} == {201}
        assert len({pk for _, pk in seen}) == written
        assert Booking.objects.filter(name=body["name"].strip()).count() == written


def held_today(cast: Cast, kind: RoomType, names: list[str]) -> list[Booking]:
    """Guests of today whose rooms are held until 18:00."""
    rows = [draft(cast, kind, name, TODAY) for name in names]
    by, now = cast.actor("lin"), cast.at("10:05")
    for row in rows:
        with writing(cast.hotel.pk, by=by, now=now):
            actions.place_hold(row, by=by, now=now)
            actions.confirm(row, by=by, now=now)
    return rows


@pytest.mark.parametrize(("back", "late"), [("18:20:00", True), ("18:00:20", False)])
def test_what_was_due_while_the_worker_was_away_happens_once(scene: Scene, back: str, late: bool) -> None:
    """booking.hold-until: back at 18:20 the holds lapse once and late; there at 18:00 they are not late (the control)."""
    cast = scene.cast
    rows = held_today(cast, scene.king, ["魏岚", "韩明远"])
    now = cast.at(back)
    workers = [lambda: str(fire_due(now))] * 2  # two workers come back
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        assert [work() for work in workers][1] == "0"
    else:
        assert set(together(workers)) <= {str(n) for n in range(100)}  # both at once, and neither fails
    fire_due(now)
    assert set(Booking.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True)) == {"lapsed"}
    lapses = Firing.objects.filter(what="effect:hold.lapse")
    assert [row.late for row in lapses] == [late] * len(rows)
    subjects = EntrySubject.objects.filter(entry__kind="duty.effect_done", kind="booking")
    assert subjects.count() == len(rows)
    twice = [key for key, count in Counter(Firing.objects.values_list("duty_id", "what")).items() if count > 1]
    assert twice == [] and verify()[1] == []


@pytest.mark.parametrize(
    ("fault", "put_off"),
    [(Busy("busy"), False), (OperationalError("database is locked"), False), (ValueError("a fault of the duty itself"), True)],
)
def test_a_busy_database_does_not_put_a_duty_off(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, fault: Exception, put_off: bool
) -> None:
    """A hold is still due in the next second when the database was busy; only a duty that is itself at fault waits five minutes."""
    cast = scene.cast
    (row,) = held_today(cast, scene.king, ["魏岚"])
    now = cast.at("18:00:20")

    def refuse(pk: Any, now: Any) -> int:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr("guiju.rounds.actions.fire", refuse)
        assert fire_due(now) == 0
    fire_due(cast.at("18:00:21"))
    row.refresh_from_db()
    assert (row.state == "lapsed") is not put_off
