"""kill -9 under load: nothing acknowledged is lost, nothing is half-written, no retry doubles."""

from __future__ import annotations

import http.client
import random
import threading
import time
import uuid
from datetime import date, timedelta
from typing import Any

from bench.running import House, Program, stay

CLIENTS = 4
HALF = {
    "bookings without rooms": (
        "SELECT count(*) FROM bookings_booking b WHERE NOT EXISTS"
        " (SELECT 1 FROM bookings_bookingrooms r WHERE r.booking_id = b.id)"
    ),
    "bookings without a logbook entry": (
        "SELECT count(*) FROM bookings_booking b WHERE NOT EXISTS (SELECT 1 FROM logbook_entrysubject s"
        " WHERE s.kind = 'booking' AND s.subject_id = {id})"
    ),
    "blocks without nights": (
        "SELECT count(*) FROM rooms_block b WHERE b.state <> 'released' AND NOT EXISTS"
        " (SELECT 1 FROM rooms_blocknight n WHERE n.block_id = b.id)"
    ),
    "counters that are not their ledger": (
        "SELECT count(*) FROM rooms_roomnight n WHERE n.held <> (SELECT coalesce(sum(e.held), 0) FROM rooms_inventoryentry e"
        " WHERE e.room_type_id = n.room_type_id AND e.night = n.night)"
    ),
    "counters of sold rooms that are not their ledger": (
        "SELECT count(*) FROM rooms_roomnight n WHERE n.sold <> (SELECT coalesce(sum(e.sold), 0) FROM rooms_inventoryentry e"
        " WHERE e.room_type_id = n.room_type_id AND e.night = n.night)"
    ),
    "names booked twice": "SELECT count(*) FROM (SELECT name FROM bookings_booking GROUP BY name HAVING count(*) > 1) d",
}


class Diary:
    """What the clients were told, kept outside the server."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.drafted: dict[str, str] = {}  # booking id: name
        self.held: set[str] = set()
        self.confirmed: set[str] = set()
        self.open: list[tuple[str, str, Any]] = []  # (key, path, body) sent and never answered
        self.strange: list[str] = []


def client(house: House, token: str, diary: Diary, stop: threading.Event, arrival: date) -> None:
    """Draft, hold and confirm until the server is gone."""
    program = Program(house.port, token)
    while not stop.is_set():
        name = f"断 {uuid.uuid4()}"
        steps: list[tuple[str, Any]] = [("/bookings", stay(name, arrival, arrival + timedelta(days=1), "TWN"))]
        for path, body in steps:
            key = str(uuid.uuid4())
            try:
                status, answer = program.post(path, body, key)
            except (OSError, http.client.HTTPException):
                with diary.lock:
                    diary.open.append((key, path, body))
                return
            with diary.lock:
                if status == 201:
                    diary.drafted[answer["id"]] = name
                    steps.append((f"/bookings/{answer['id']}/hold", {}))
                elif status == 200 and path.endswith("/hold"):
                    diary.held.add(answer["id"])
                    steps.append((f"/bookings/{answer['id']}/confirm", {}))
                elif status == 200:
                    diary.confirmed.add(answer["id"])
                elif status != 409:
                    diary.strange.append(f"{path}: {status}")


def check(line: Any, diary: Diary, sqlite: bool) -> list[str]:
    """Everything that is lost, halved or doubled, read through the driver."""

    def plain(value: Any) -> str:
        return str(uuid.UUID(str(value)))

    kept = {plain(row[0]) for row in line.execute("SELECT id FROM bookings_booking").fetchall()}
    blocks = {
        plain(row[0])
        for row in line.execute("SELECT about_id FROM rooms_block WHERE about_kind = 'booking' AND state IN ('held', 'sold')").fetchall()
    }
    confirmed = {
        plain(row[0]) for row in line.execute("SELECT id FROM bookings_booking WHERE confirmed_at IS NOT NULL").fetchall()
    }
    faults = [f"acknowledged booking lost: {pk}" for pk in set(diary.drafted) - kept]
    faults += [f"acknowledged hold lost: {pk}" for pk in diary.held - blocks]
    faults += [f"acknowledged confirmation lost: {pk}" for pk in diary.confirmed - confirmed]
    dashed = "lower(substr(b.id,1,8)||'-'||substr(b.id,9,4)||'-'||substr(b.id,13,4)||'-'||substr(b.id,17,4)||'-'||substr(b.id,21))"
    for what, query in HALF.items():
        count = line.execute(query.replace("{id}", dashed if sqlite else "b.id::text")).fetchone()[0]
        if count:
            faults.append(f"{what}: {count}")
    return faults


def control(line: Any, diary: Diary, sqlite: bool) -> dict[str, bool]:
    """The check must notice: a row taken away (and rolled back again), a booking that never was."""
    noticed = {}
    pk = next(iter(diary.drafted))
    given = pk.replace("-", "") if sqlite else pk
    for what, query in (
        ("a booking's rooms deleted", f"DELETE FROM bookings_bookingrooms WHERE booking_id = '{given}'"),
        ("a hold's nights deleted", f"DELETE FROM rooms_blocknight WHERE block_id IN (SELECT id FROM rooms_block WHERE about_id = '{pk}')"),
        ("a counter moved", "UPDATE rooms_roomnight SET held = held + 1 WHERE held > 0"),
    ):
        line.execute("BEGIN") if sqlite else None
        line.execute(query)
        noticed[what] = bool(check(line, diary, sqlite))
        line.execute("ROLLBACK") if sqlite else line.rollback()
    ghost = Diary()
    ghost.drafted[str(uuid.uuid4())] = "ghost"
    noticed["an acknowledged booking missing"] = bool(check(line, ghost, sqlite))
    return noticed


def kills(house: House, said: dict[str, str], count: int, seconds: float, seed: int) -> dict[str, Any]:
    """So many kills, or as many as fit into the seconds."""
    rng, diary, faults, starts = random.Random(seed), Diary(), [], [house.start()]
    until, done, retried, doubled = time.monotonic() + seconds, 0, 0, 0
    first = date.fromisoformat(said["today"]) + timedelta(days=20)
    while done < count and time.monotonic() < until:
        stop = threading.Event()
        threads = [
            threading.Thread(target=client, args=(house, said["token"], diary, stop, first + timedelta(days=done * 4 % 300 + n % 4)))
            for n in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(rng.uniform(0.05, 1.5))
        house.crash()
        stop.set()
        for thread in threads:
            thread.join()
        done += 1
        starts.append(house.start())
        program = Program(house.port, said["token"])
        unanswered, diary.open = diary.open, []
        for key, path, body in unanswered:
            one, first_answer = program.post(path, body, key)
            two, second_answer = program.post(path, body, key)
            retried += 1
            if one == 201:
                diary.drafted[first_answer["id"]] = body["name"]
            if one in (200, 201) and (one, first_answer.get("id")) != (two, second_answer.get("id")):
                doubled += 1
        with_line = house.connect()
        faults += [f"kill {done}: {fault}" for fault in check(with_line, diary, not house.database)]
        with_line.close()
    house.kill()
    verified = house.guiju("verify")
    line = house.connect()
    if not house.database:
        whole = line.execute("PRAGMA integrity_check").fetchone()[0]
        faults += [] if whole == "ok" else [f"integrity_check: {whole[:200]}"]
    noticed = control(line, diary, not house.database) if diary.drafted else {}
    line.close()
    starts.sort()
    return {
        "kills": done, "acknowledged": len(diary.drafted), "holds": len(diary.held), "confirmations": len(diary.confirmed),
        "unanswered_retried": retried,
        "doubled": doubled, "faults": faults[:20], "strange_answers": diary.strange[:20],
        "verify": verified.stdout.strip()[-300:], "verify_exit": verified.returncode, "control_noticed": noticed,
        "ready_p50_s": round(starts[len(starts) // 2], 2), "ready_p95_s": round(starts[int(len(starts) * 0.95)], 2),
    }
