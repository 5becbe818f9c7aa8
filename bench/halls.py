"""64 clients for one hall, and for halls that share a section: one wins a round, the others are told 409 and what is in the way.

A naive house in the same harness, which looks and then writes, lets the hall twice.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
import uuid
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.last_room import CLIENTS, PROCESSES, THREADS
from bench.running import House, Program
from bench.stage import COMBINED

KINDS = ("one hall", "combined halls")
Answer = tuple[str, int, float, str, str]  # round, status, seconds, the winner's id or the label in the way, what else was wrong


def judge(statuses: list[int], standing: int, named: list[str]) -> list[str]:
    """What is wrong with one round: winners, losers' answers, functions that stand, losers who were not told what is in the way."""
    counts = Counter(statuses)
    faults = []
    if counts[201] != 1:
        faults.append(f"{counts[201]} winners")
    if any(status >= 500 or status == 0 for status in statuses):
        faults.append(f"server errors or no answer: {dict(counts)}")
    if set(counts) - {201, 409}:
        faults.append(f"other answers: {dict(counts)}")
    if standing != 1:
        faults.append(f"{standing} functions in one hall")
    if len(set(named)) > 1 or "" in named:
        faults.append(f"told of {sorted(set(named))}")
    return faults


def wanted(day: date, kind: str, who: int) -> dict[str, Any]:
    """All want the same hall at the same hour, or halls that share a section at hours that meet."""
    hall = COMBINED[who % len(COMBINED)] if kind == KINDS[1] else COMBINED[0]
    start = 18 * 60 + (15 * (who % 7) if kind == KINDS[1] else 0)
    clock = [f"{day}T{minutes // 60:02d}:{minutes % 60:02d}:00+08:00" for minutes in (start, start + 180)]
    return {"hall": hall, "from_at": clock[0], "until_at": clock[1], "label": f"争 {who}"}


def _client(port: int, token: str, rounds: list[tuple[date, str]], barrier: Any, results: Any, who: int) -> None:
    program = Program(port, token)
    program.post("/functions", {})  # the line is open before the race
    for day, kind in rounds:
        asked, key = wanted(day, kind, who), str(uuid.uuid4())
        barrier.wait(300)
        begun = time.monotonic()
        try:
            status, answer = program.post("/functions", asked, key)
        except OSError:
            status, answer = 0, {}
        took, told, wrong = time.monotonic() - begun, "", ""
        if status == 201:  # the winner sends the same once more: the same function
            again, same = program.post("/functions", asked, key)
            told = asked["label"]
            wrong = "" if (again, same.get("id")) == (201, answer["id"]) else f"repeated: {again}"
        elif status == 409:
            told = "; ".join(one["label"] for one in answer.get("clash", ()))
            wrong = "" if answer.get("code") == "hall_taken" and answer.get("free") else f"no offer: {answer.get('code')}"
        results.put((day.isoformat(), status, took, told, wrong))
        barrier.wait(300)


def _crowd(port: int, token: str, rounds: list[tuple[date, str]], barrier: Any, results: Any, first: int) -> None:
    threads = [threading.Thread(target=_client, args=(port, token, rounds, barrier, results, first + n)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def race(house: House, said: dict[str, str], rounds: int, first_round: int) -> dict[str, Any]:
    """So many rounds on days of their own, one hall and combined halls in turn; faults by round, times."""
    start = date.fromisoformat(said["today"]) + timedelta(days=20 + first_round)
    days = [(start + timedelta(days=n), KINDS[(first_round + n) % 2]) for n in range(rounds)]
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(CLIENTS), context.Queue()
    crowd = [
        context.Process(target=_crowd, args=(house.port, said["token"], days, barrier, results, n * THREADS)) for n in range(PROCESSES)
    ]
    for one in crowd:
        one.start()
    answers: dict[str, list[Answer]] = defaultdict(list)
    for _ in range(rounds * CLIENTS):
        found: Answer = results.get(timeout=600)
        answers[found[0]].append(found)
    for one in crowd:
        one.join()
    standing = _standing(house)
    faults: dict[str, list[str]] = {}
    for day, kind in days:
        got = answers[day.isoformat()]
        wrong = judge([one[1] for one in got], standing.get(day.isoformat(), 0), [one[3] for one in got])
        wrong += sorted({one[4] for one in got if one[4]})
        if wrong:
            faults[f"{day} {kind}"] = wrong
    times = sorted(one[2] for got in answers.values() for one in got)
    every = [one[1] for got in answers.values() for one in got]
    return {
        "rounds": rounds, "clients": CLIENTS, "sold": sum(standing.get(day.isoformat(), 0) for day, _kind in days),
        "winners": every.count(201), "losers_409": every.count(409), "answers_5xx": sum(status >= 500 for status in every),
        "combined_rounds": sum(kind == KINDS[1] for _day, kind in days), "faults": faults,
        "p50_ms": round(times[len(times) // 2] * 1000), "p95_ms": round(times[int(len(times) * 0.95)] * 1000),
    }


def _standing(house: House) -> dict[str, int]:
    """Functions that stand, by their day in Shanghai (they begin in the evening: the day is the same in UTC)."""
    line = house.connect()
    rows = line.execute("SELECT from_at FROM function_space_function WHERE over_at IS NULL").fetchall()
    line.close()
    return dict(Counter(str(row[0])[:10] for row in rows))


def naive(database: str | None, folder: Path, rounds: int = 3) -> dict[str, Any]:
    """The control: a house that looks for what is in the way, finds nothing and writes; judged by the same judge. It must be caught."""

    def connect() -> Any:
        if database:
            import psycopg

            return psycopg.connect(database, autocommit=True)
        return sqlite3.connect(folder / "naive-halls.sqlite3", isolation_level=None, timeout=60)

    table = connect()
    table.execute("CREATE TABLE IF NOT EXISTS proof_naive_halls (round integer NOT NULL, begins integer NOT NULL, ends integer NOT NULL)")
    caught, most = 0, 0
    for number in range(rounds):
        gate, statuses = threading.Barrier(CLIENTS), []

        def attempt(who: int, number: int = number, gate: threading.Barrier = gate, statuses: list[int] = statuses) -> None:
            line = connect()
            begins = 1080 + 15 * (who % 7)
            gate.wait(60)
            there = f"SELECT count(*) FROM proof_naive_halls WHERE round = {number} AND begins < {begins + 180} AND ends > {begins}"
            taken = line.execute(there).fetchone()[0]
            time.sleep(0.02)
            if not taken:
                line.execute(f"INSERT INTO proof_naive_halls VALUES ({number}, {begins}, {begins + 180})")
            statuses.append(409 if taken else 201)
            line.close()

        threads = [threading.Thread(target=attempt, args=(who,)) for who in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        standing = table.execute(f"SELECT count(*) FROM proof_naive_halls WHERE round = {number}").fetchone()[0]
        caught += bool(judge(statuses, standing, ["x"]))
        most = max(most, standing)
    table.execute("DROP TABLE proof_naive_halls")
    table.close()
    return {"rounds": rounds, "caught": caught, "most_in_one_hall": most}
