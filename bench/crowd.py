"""A real installation on the database that was filled: 1 and 8 clients over HTTP, the cold start, the memory of an idle house."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.filling import NOW
from bench.measuring import PAGES, held_bookings, session_of, times_of
from bench.running import House, Program
from bench.stage import key_for

CROWDS = (1, 8)
IDLE_SECONDS = 5


def prepare(stage: Any, each: int) -> dict[str, Any]:
    """What the clients need: sessions, keys, bookings to confirm and copies to sign, enough for both crowds."""
    from guiju.bookings.actions import confirm
    from guiju.bookings.models import Booking
    from guiju.bookings.papers import issue_form
    from guiju.house.acting import acting
    from guiju.logbook.writing import writing
    from guiju.papers.models import Copy

    wanted = each * sum(CROWDS)
    by = acting(stage.people["lin"], stage.hotel, now=NOW)
    for pk in held_bookings(stage, wanted):
        row = Booking.objects.select_related("hotel", "client", "agreement").get(pk=pk)
        with writing(stage.hotel.pk, by=by, now=NOW):
            confirm(row, by=by, now=NOW)
            issue_form(row, by=by, now=NOW)
    copies = Copy.objects.filter(department="front_desk", signed_at__isnull=True, superseded_at__isnull=True).order_by("-id")
    return {
        "session": session_of(stage, "shen"), "lin": key_for(stage, "lin"), "fang": key_for(stage, "fang"),
        "bookings": [str(pk) for pk in held_bookings(stage, wanted)],
        "copies": [str(pk) for pk in copies.values_list("pk", flat=True)[:wanted]],
    }


def together(count: int, each: int, step: Callable[[Any, int], int], line: Callable[[], Any]) -> dict[str, Any]:
    """So many clients at once, each so many times; their times, and whether an answer was not as wished."""
    gate, took, wrong = threading.Barrier(count), [], []

    def client(who: int) -> None:
        own = line()
        gate.wait(60)
        for n in range(each):
            begun = time.perf_counter()
            status = step(own, who * each + n)
            took.append((time.perf_counter() - begun) * 1000)
            if status != 200:
                wrong.append(status)

    threads = [threading.Thread(target=client, args=(who,)) for who in range(count)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {**times_of(took), "a_second": round(len(took) / (time.perf_counter() - begun), 1)}
    return {**found, "wrong_answers": wrong[:10]} if wrong else found


def crowds(house: House, ready: dict[str, Any], each: int) -> dict[str, Any]:
    """Every page and step with one client and with eight."""
    from django.conf import settings

    cookie = f"{settings.SESSION_COOKIE_NAME}={ready['session']}"

    def page(url: str) -> Callable[[Any, int], int]:
        def get(line: Any, _n: int) -> int:
            line.request("GET", url, headers={"Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            return int(answer.status)

        return get

    def browser() -> Any:
        return http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)

    found: dict[str, Any] = {}
    for name, url in PAGES.items():
        quoted = url.replace("机电", "%E6%9C%BA%E7%94%B5")
        together(1, 3, page(quoted), browser)
        found[name] = {str(count): together(count, each, page(quoted), browser) for count in CROWDS}
    for name, who, ids, path in (
        ("confirm", "lin", ready["bookings"], "/bookings/{}/confirm"), ("sign", "fang", ready["copies"], "/papers/copies/{}/sign"),
    ):
        left = list(ids)
        found[name] = {}
        for count in CROWDS:
            own, left = left[: count * each], left[count * each :]

            def step(program: Any, n: int, own: list[str] = own, path: str = path) -> int:
                return int(program.post(path.format(own[n]))[0])

            found[name][str(count)] = together(count, each, step, lambda who=who: Program(house.port, ready[who]))
    return found


def cold_start(house: House) -> float:
    """Seconds from the command to the sign-in page, with the database present."""
    begun = time.monotonic()
    house.start()
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    line.request("GET", "/sign-in/")
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"/sign-in/ answered {answer.status}")
    return time.monotonic() - begun


def idle_memory_mb(house: House) -> float | None:
    """Proportional memory of all processes of the installation, after some seconds in which nothing happened."""
    if house.process is None or not Path("/proc/self/smaps_rollup").exists():
        return None
    time.sleep(IDLE_SECONDS)
    total = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(place.name)) == house.process.pid:
                rolled = (place / "smaps_rollup").read_text()
                total += sum(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:"))
        except (OSError, ValueError):  # gone in the meantime
            continue
    return round(total / 1024, 1)


def installation(folder: Path, server: Any, ready: dict[str, Any], each: int) -> dict[str, Any]:
    """Start the house three times for the cold start, look at its memory, then let the crowds in."""
    house = House(folder, server, GUIJU_CLOCK_FILE=str(folder / "clock"))
    try:
        starts = []
        for _ in range(3):
            house.kill(15)
            starts.append(cold_start(house))
        memory = idle_memory_mb(house)
        return {
            "cold_start_s": [round(one, 2) for one in starts], "idle_pss_mb": memory, "crowds": crowds(house, ready, each),
        }
    finally:
        house.kill()
