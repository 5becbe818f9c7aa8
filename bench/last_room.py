"""64 clients for the last room: one wins a round, the others are told 409; a naive seller in the same harness oversells."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.running import House, Program, stay
from bench.stage import LAST

PROCESSES, THREADS = 4, 16
CLIENTS = PROCESSES * THREADS
Attempt = Callable[[int], tuple[int, float]]


def judge(statuses: list[int], sold: int) -> list[str]:
    """What is wrong with one round: winners, losers' answers, rooms sold of one."""
    counts = Counter(statuses)
    faults = []
    if counts[200] != 1:
        faults.append(f"{counts[200]} winners")
    if any(status >= 500 or status == 0 for status in statuses):
        faults.append(f"server errors or no answer: {dict(counts)}")
    if set(counts) - {200, 409}:
        faults.append(f"other answers: {dict(counts)}")
    if sold != 1:
        faults.append(f"{sold} sold of one")
    return faults


def _client(port: int, token: str, nights: list[date], barrier: Any, results: Any, who: int) -> None:
    program = Program(port, token)
    for night in nights:
        status, booking = program.post("/bookings", stay(f"争 {who}", night, night + timedelta(days=1), LAST))
        draft, key, begun, repeated = status, str(uuid.uuid4()), 0.0, 0
        barrier.wait(300)
        begun = time.monotonic()
        if draft == 201:
            status, _ = program.post(f"/bookings/{booking['id']}/hold", {}, key)
        took = time.monotonic() - begun
        if status == 200:  # the winner sends the same once more, then confirms
            repeated, _ = program.post(f"/bookings/{booking['id']}/hold", {}, key)
            confirmed, _ = program.post(f"/bookings/{booking['id']}/confirm", {})
            status = 200 if (repeated, confirmed) == (200, 200) else confirmed
        results.put((night.isoformat(), status, took))
        barrier.wait(300)


def _crowd(port: int, token: str, nights: list[date], barrier: Any, results: Any, first: int) -> None:
    threads = [
        threading.Thread(target=_client, args=(port, token, nights, barrier, results, first + n)) for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def race(house: House, said: dict[str, str], rounds: int, first_round: int) -> dict[str, Any]:
    """So many rounds on nights of their own; faults by round, times of the losers and winners."""
    start = date.fromisoformat(said["today"]) + timedelta(days=20 + first_round)
    nights = [start + timedelta(days=n) for n in range(rounds)]
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(CLIENTS), context.Queue()
    crowd = [
        context.Process(target=_crowd, args=(house.port, said["token"], nights, barrier, results, n * THREADS))
        for n in range(PROCESSES)
    ]
    for one in crowd:
        one.start()
    answers: dict[str, list[int]] = defaultdict(list)
    times = []
    for _ in range(rounds * CLIENTS):
        night, status, took = results.get(timeout=600)
        answers[night].append(status)
        times.append(took)
    for one in crowd:
        one.join()
    with_connection = house.connect()
    rows = with_connection.execute(
        "SELECT n.night, n.sold, n.held FROM rooms_roomnight n JOIN rooms_roomtype t ON t.id = n.room_type_id"
        f" WHERE t.code = '{LAST}'"
    ).fetchall()
    with_connection.close()
    sold = {str(night): sold + held for night, sold, held in rows}
    faults = {night: found for night, got in answers.items() if (found := judge(got, sold.get(night, 0)))}
    times.sort()
    return {
        "rounds": rounds, "clients": CLIENTS, "sold": sum(sold.get(night.isoformat(), 0) for night in nights),
        "winners": sum(got.count(200) for got in answers.values()), "losers_409": sum(got.count(409) for got in answers.values()),
        "answers_5xx": sum(status >= 500 for got in answers.values() for status in got), "faults": faults,
        "p50_ms": round(times[len(times) // 2] * 1000), "p95_ms": round(times[int(len(times) * 0.95)] * 1000),
    }


def naive(database: str | None, folder: Path, rounds: int = 3) -> dict[str, Any]:
    """The control: a seller that looks and then writes, judged by the same judge. It must be caught."""

    def connect() -> Any:
        if database:
            import psycopg

            return psycopg.connect(database, autocommit=True)
        return sqlite3.connect(folder / "naive.sqlite3", isolation_level=None, timeout=60)

    table = connect()
    table.execute("CREATE TABLE IF NOT EXISTS proof_naive (round integer PRIMARY KEY, taken integer NOT NULL)")
    caught, most = 0, 0
    for number in range(rounds):
        table.execute(f"INSERT INTO proof_naive VALUES ({number}, 0)")
        gate, statuses = threading.Barrier(CLIENTS), []

        def attempt(number: int = number, gate: threading.Barrier = gate, statuses: list[int] = statuses) -> None:
            line = connect()
            gate.wait(60)
            taken = line.execute(f"SELECT taken FROM proof_naive WHERE round = {number}").fetchone()[0]
            time.sleep(0.02)
            if taken < 1:
                line.execute(f"UPDATE proof_naive SET taken = taken + 1 WHERE round = {number}")
            statuses.append(200 if taken < 1 else 409)
            line.close()

        threads = [threading.Thread(target=attempt) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sold = table.execute(f"SELECT taken FROM proof_naive WHERE round = {number}").fetchone()[0]
        caught += bool(judge(statuses, sold))
        most = max(most, sold)
    table.execute("DROP TABLE proof_naive")
    table.close()
    return {"rounds": rounds, "caught": caught, "most_sold_of_one": most}
