"""The function diary of a busy year: twenty halls, twenty thousand functions. How long a day, a week, a month and a year take to open.

`python -m bench.diary [--engine sqlite|postgresql] [--functions 20000] [--times 20]`: the database is its own and thrown away.
"""

from __future__ import annotations

import os
import platform
import random
import sys
import time
from datetime import date, timedelta
from functools import partial
from typing import Any

from bench import engines
from bench import stage as staging
from bench.compliance import measured
from bench.filling import NOW, settle
from bench.measuring import browser_of

DAYS = 365
GOAL_MS = 200
LANES = 18  # halls of one section; two more combine three of them each
HOURS = ((8, 2), (11, 2), (14, 3), (18, 4))  # begins, lasts: with half an hour before and after


def twenty_halls(stage: Any) -> tuple[list[Any], list[Any]]:
    """Eighteen halls and two ballrooms, made of three of them each."""
    from guiju.function_space.actions import add_hall
    from guiju.function_space.models import FunctionSlot, Hall, HallSection
    from guiju.shelf.actor import the_clock

    FunctionSlot.objects.all().delete()
    HallSection.objects.all().delete()
    Hall.objects.all().delete()
    by = the_clock(stage.hotel.pk, via="cli")
    given = {"setup_minutes": 30, "turn_minutes": 30, "by": by, "now": stage.hotel.created_at}
    small = [add_hall(stage.hotel, code=f"H{n:02d}", name=f"厅 {n}", capacity={"banquet": 60 + n}, order=n, **given) for n in range(LANES)]
    large = [
        add_hall(stage.hotel, code=f"W{n}", name=f"大厅 {n}", capacity={"banquet": 300}, order=50 + n, parts=small[3 * n : 3 * n + 3], **given)
        for n in range(2)
    ]
    return small, large


def fill(stage: Any, count: int) -> int:
    """Functions of a year, each with its quarters of an hour, without a clash; one in twelve an option."""
    from guiju.function_space.models import Function, FunctionSlot, HallSection
    from guiju.function_space.spans import Span

    small, large = twenty_halls(stage)
    rng, first = random.Random(1), stage.today - timedelta(days=DAYS // 2)
    places = [(day, hour, lasts, hall) for day in range(DAYS) for hour, lasts in HOURS for hall in small]
    combined = [(day, 18, 4, hall) for day in range(0, DAYS, 4) for hall in large]
    blocked = {(day, 18, part.pk) for day, _hour, _lasts, hall in combined for part in small[3 * large.index(hall) : 3 * large.index(hall) + 3]}
    places = [place for place in places if (place[0], place[1], place[3].pk) not in blocked]
    chosen = combined + rng.sample(places, min(len(places), max(0, count - len(combined))))
    sections: dict[Any, list[Any]] = {}
    for hall, section in HallSection.objects.of(stage.hotel.pk).values_list("hall_id", "section_id"):
        sections.setdefault(hall, []).append(section)
    rows, slots = [], []
    for number, (day, hour, lasts, hall) in enumerate(chosen):
        start = stage.at(first + timedelta(days=day), f"{hour:02d}:00")
        span = Span(start, start + timedelta(hours=lasts), 30, 30)
        option = number % 12 == 0 and span.from_at > NOW
        row = Function(
            hotel=stage.hotel, hall=hall, about_kind="function", about_id=str(number), label=f"宴会 {number}", persons=20 + number % 200,
            style="banquet", state="option" if option else "definite", option_until_at=span.from_at if option else None, from_at=span.from_at,
            until_at=span.until_at,
            setup_minutes=30, turn_minutes=30, taken_from_at=span.taken_from_at, taken_until_at=span.taken_until_at, created_at=NOW, updated_at=NOW,
        )
        rows.append(row)
        taken = [(section, slot) for section in sections[hall.pk] for slot in span.slots]
        slots += [FunctionSlot(hotel=stage.hotel, section_id=section, slot=slot, function=row) for section, slot in taken]
    Function.objects.bulk_create(rows, batch_size=2000)
    FunctionSlot.objects.bulk_create(slots, batch_size=5000)
    return len(slots)


def pages(stage: Any, times: int) -> dict[str, Any]:
    """Each view as the sales manager sees it, and taking a hall through the same door."""
    today = stage.today
    wanted = {
        "a day": f"/functions/?view=day&on={today + timedelta(days=9)}", "a week": f"/functions/?view=week&on={today + timedelta(days=9)}",
        "a month": f"/functions/?view=month&on={today + timedelta(days=9)}", "the year": f"/functions/?view=year&on={today}",
        "a day of half a year ago": f"/functions/?view=day&on={today - timedelta(days=170)}",
        "rooms and halls, 14 days": f"/functions/rooms?days=14&on={today}",
        "a hall asked for, with its day": f"/functions/new?hall=H03&from={today + timedelta(days=9)}T19:00",
    }
    found = {}
    browser = browser_of(stage, "shen")
    for name, url in wanted.items():
        answer = browser.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")
        found[name] = measured(partial(browser.get, url), times) | {"kilobytes": round(len(answer.content) / 1000)}
    return found


def taking(stage: Any, times: int) -> dict[str, Any]:
    """Taking the combined hall, and being refused: the verb with its duties and the logbook."""
    from guiju.function_space import actions
    from guiju.function_space.models import Hall
    from guiju.house.acting import acting

    by, hall = acting(stage.people["lin"], stage.hotel, now=NOW), Hall.objects.get(code="W0")
    days = iter(range(400, 400 + 3 * times + 5))

    def take(day: date, label: str) -> None:
        actions.hold(stage.hotel, hall=hall, from_at=stage.at(day, "18:30"), until_at=stage.at(day, "22:30"), label=label, by=by, now=NOW)

    def refused() -> None:
        try:
            take(stage.today + timedelta(days=400), "别家")
        except actions.HallTaken:
            return
        raise RuntimeError("let twice")

    taken = measured(lambda: take(stage.today + timedelta(days=next(days)), "婚宴"), times)
    return {"take a hall of three sections (verb)": taken, "be refused, with what else is free (verb)": measured(refused, times)}


def run(engine: str, count: int, times: int) -> dict[str, Any]:
    """Build, measure, prove."""
    staging.begin()
    stage = staging.hotel(NOW, clients=10)
    begun = time.monotonic()
    slots = fill(stage, count)
    built = round(time.monotonic() - begun, 1)
    settle(stage, NOW)
    from guiju.function_space import queries
    from guiju.function_space.models import Function, Hall

    many = Function.objects.count()
    found = pages(stage, times) | taking(stage, times)
    begun = time.monotonic()
    faults = queries.verify(stage.hotel.pk)
    return {
        "engine": engine, "functions": many, "halls": Hall.objects.count(), "quarters": slots, "built_s": built,
        "verify_s": round(time.monotonic() - begun, 1), "cores": os.cpu_count(), "python": platform.python_version(), "faults": faults[:5],
        "goal_ms": GOAL_MS, "found": found,
    }


def table(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [
        f"{result['engine']} · {result['functions']} functions in {result['halls']} halls, {result['quarters']} quarters of an hour · "
        f"{result['cores']} cores · load {result['load_at_begin']} → {result['load_at_end']} · verified in {result['verify_s']} s"
    ]
    for name, one in result["found"].items():
        times = f"p50 {one['p50_ms']:>7} ms  p95 {one['p95_ms']:>7} ms  own work {one['cpu_ms']:>6} ms"
        lines.append(f"  {name:<44} {times}  {one['queries']:>3} queries")
    lines.append(f"  faults {result['faults']}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(engines.main("diary", __doc__, counted="functions", many=20_000, now=NOW, run=run, table=table))
