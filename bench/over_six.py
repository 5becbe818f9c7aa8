"""The worker is down over 18:00: what was due then happens once when it is back, and is marked late."""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bench.running import GUIJU, House, Program, stay

ZONE = ZoneInfo("Asia/Shanghai")
FIRED = (
    "SELECT f.duty_id, f.what, f.due_at, f.late, d.subject_id FROM duties_firing f JOIN duties_duty d ON d.id = f.duty_id"
)


def judge(rows: list[tuple[Any, ...]], bookings: list[str], late: bool) -> list[str]:
    """What is wrong with the firings of these bookings' holds and duties."""
    lapses = Counter(row[4] for row in rows if row[1] == "effect:hold.lapse")
    faults = [f"hold of {pk} lapsed {lapses[pk]} times" for pk in bookings if lapses[pk] != 1]
    twice = [key for key, count in Counter((row[0], row[1]) for row in rows).items() if count > 1]
    faults += [f"fired twice: {key}" for key in twice]
    mine = [row for row in rows if row[4] in bookings and row[1] == "effect:hold.lapse"]
    return faults + [f"late is {row[3]}" for row in mine if bool(row[3]) is not late]


def day(house: House, said: dict[str, str], on: date, *, worker_back: str, late: bool, count: int) -> dict[str, Any]:
    """Bookings of the day held until 18:00, no worker until `worker_back`, then two at once and a third."""
    clock = house.folder / "clock"
    clock.write_text(datetime.combine(on, time(10), ZONE).isoformat())
    house.start()
    program, made = Program(house.port, said["token"]), []
    for n in range(count):
        status, booking = program.post("/bookings", stay(f"六点 {on} {n}", on, on + timedelta(days=1), "KNG"))
        for step in ("hold", "confirm"):
            if status in (200, 201):
                status, _ = program.post(f"/bookings/{booking['id']}/{step}", {})
        made.append(booking.get("id", f"no answer: {status}"))
    house.kill()
    clock.write_text(datetime.combine(on, time.fromisoformat(worker_back), ZONE).isoformat())
    both = [subprocess.Popen([*GUIJU, "worker", "--once"], env=house.environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    codes = [one.wait(120) for one in both]
    house.guiju("worker", "--once")
    line = house.connect()
    rows = [tuple(row) for row in line.execute(FIRED).fetchall()]
    states = {
        str(row[0]): row[1] for row in line.execute("SELECT name, state FROM bookings_booking WHERE name LIKE '六点 %'").fetchall()
    }
    waiting = line.execute("SELECT count(*) FROM duties_duty WHERE next_firing_at <= ?".replace("?", "%s" if house.database else "?"),
                           (datetime.combine(on, time.fromisoformat(worker_back), ZONE).astimezone(ZoneInfo("UTC"))
                            .strftime("%Y-%m-%d %H:%M:%S+00" if house.database else "%Y-%m-%d %H:%M:%S"),)).fetchone()[0]
    line.close()
    faults = judge(rows, made, late)
    faults += [f"{name} is {state}" for name, state in states.items() if str(on) in name and state != "lapsed"]
    if waiting:
        faults.append(f"{waiting} duties still wait for the clock")
    mine = [row for row in rows if row[4] in made]
    return {
        "bookings": len(made), "worker_back": worker_back, "firings": len(mine), "late": sum(bool(row[3]) for row in mine),
        "worker_exits": codes, "faults": faults,
        "control_noticed": {
            "a firing written twice": bool(judge([*rows, *mine[:1]], made, late)),
            "a firing missing": bool(judge([row for row in rows if row[4] != made[0]], made, late)),
            "the other lateness": bool(judge(rows, made, not late)),
        },
    }


def over_six(house: House, said: dict[str, str], count: int) -> dict[str, Any]:
    """A day with the worker down from before 18:00 until 18:20, and a day with it there at 18:00."""
    today = date.fromisoformat(said["today"])
    return {
        "down": day(house, said, today, worker_back="18:20", late=True, count=count),
        "there": day(house, said, today + timedelta(days=1), worker_back="18:00:20", late=False, count=count),
    }
