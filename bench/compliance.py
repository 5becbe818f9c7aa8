"""A million duties of two years, of thirty clauses and twenty people: how long the compliance page takes, and that its figures are right.

`python -m bench.compliance [--engine sqlite|postgresql] [--duties 1000000] [--times 20]`: the database is its own and thrown away.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from bench import engines
from bench import stage as staging
from bench.filling import NOW, Copier, settle
from bench.measuring import browser_of, measure

DAYS = 730
GOAL_MS = 300


def fill(stage: Any, count: int) -> None:
    """Duties of every clause that has a clock, each owned by twenty people in turn; some late, missed, waived, still running."""
    from guiju.duties.models import Duty, Edition

    edition = Edition.objects.of(stage.hotel.pk).first()
    people, by = list(stage.people.values())[:20], Copier()
    clauses = _clauses(stage)
    share = count // (len(clauses) * len(people))
    minutes = f"(10 * 1440 - (n * {(DAYS + 10) * 1440} / {share}))"
    for place, clause in enumerate(clauses):
        for number, person in enumerate(people):
            due, began = by.moment(f"{minutes} + {place * 7 + number}"), by.moment(f"{minutes} + {place * 7 + number} - 30")
            row = Duty(
                hotel=stage.hotel, clause=clause, rule="bench", kind="timed", subject_kind="bench", subject_id="x", edition=edition,
                owner="handler", owner_department="sales" if number % 3 else "front_desk", owner_person_id=person.pk,
                opens_at=NOW, starts_at=NOW, due_at=NOW, because=[],
            )
            took = f"CASE WHEN n % 17 = 0 THEN 45 ELSE 5 + (n * 7 + {place}) % 25 END"
            met = by.moment(f"{minutes} + {place * 7 + number} - 30 + {took}")
            by.copy(
                row, share, id=by.key("a", f"n + {share * (place * len(people) + number)}"),
                subject_id=f"'{place}-{number}-' || n" + ("::text" if by.postgres else ""), opens_at=began, starts_at=began, due_at=due,
                met_at=f"CASE WHEN n % 23 = 0 OR {minutes} > -60 THEN NULL ELSE {met} END",
                met_by_id=f"CASE WHEN n % 23 = 0 OR {minutes} > -60 THEN NULL ELSE t.owner_person_id END",
                waived_at=f"CASE WHEN n % 46 = 0 AND {minutes} < -60 THEN {due} ELSE NULL END",
            )


def _clauses(stage: Any) -> list[str]:
    from guiju.duties.editions import in_force

    edition = in_force(stage.hotel.pk, NOW)
    clauses = edition.standard.clauses.values() if edition else ()
    return [clause.id for clause in clauses if any(rule.due is not None for rule in clause.rules)]


def count_all(stage: Any) -> float:
    """The clock counts all days, round after round; in seconds."""
    from guiju.compliance.actions import count_days
    from guiju.compliance.models import Touched

    begun = time.monotonic()
    while Touched.objects.exists():
        count_days(stage.hotel.pk, NOW)
    return round(time.monotonic() - begun, 1)


def same_as_raw(stage: Any) -> list[str]:
    """The figures of two years beside the same asked of the duties by the database alone."""
    from django.db.models import Count, F, Q

    from guiju.compliance.asking import Ask
    from guiju.compliance.figures import by_clause
    from guiju.compliance.reading import by_day, zone_of
    from guiju.duties.models import Duty
    from guiju.shelf.actor import the_clock

    ask = Ask(stage.today - timedelta(days=DAYS + 30), stage.today + timedelta(days=30))
    found = by_clause(by_day(the_clock(stage.hotel.pk), ask, NOW, zone_of(stage.hotel.pk)).values())
    raw = Duty.objects.of(stage.hotel.pk).values_list("clause").annotate(
        met=Count("id", filter=Q(waived_at__isnull=True, met_at__lte=F("due_at"))),
        met_late=Count("id", filter=Q(waived_at__isnull=True, met_at__gt=F("due_at"))),
        waived=Count("id", filter=Q(waived_at__isnull=False)),
        late=Count("id", filter=Q(waived_at__isnull=True, met_at__isnull=True, due_at__lt=NOW)),
        running=Count("id", filter=Q(waived_at__isnull=True, met_at__isnull=True, due_at__gte=NOW)),
    )
    said = {clause: numbers for clause, *numbers in raw}
    told = {clause: [one.met, one.met_late, one.waived, one.late, one.running] for clause, one in found.items()}
    unequal = [clause for clause in sorted({*said, *told}) if said.get(clause) != told.get(clause)]
    return [f"{clause}: {said.get(clause)} is shown as {told.get(clause)}" for clause in unequal]


def pages(stage: Any, times: int) -> dict[str, Any]:
    """The page as the general manager, a manager and a clerk see it, over a month, a quarter, a year and all of it."""
    from guiju.duties.models import Duty

    year = f"from={stage.today - timedelta(days=364)}&until={stage.today}"
    both = f"from={stage.today - timedelta(days=DAYS)}&until={stage.today}"
    clause = _clauses(stage)[0]
    person = list(stage.people.values())[3].pk
    wanted = {
        "GM, month": ("lu", "/compliance/"), "GM, quarter": ("lu", "/compliance/?period=quarter"), "GM, a year": ("lu", f"/compliance/?{year}"),
        "GM, two years": ("lu", f"/compliance/?{both}"), "GM, quarter, a clause opened": ("lu", f"/compliance/?period=quarter&clause={clause}"),
        "GM, quarter, one department": ("lu", "/compliance/?period=quarter&department=sales"),
        "GM, quarter, one person": ("lu", f"/compliance/?period=quarter&person={person}"),
        "a supervisor, quarter": ("lin", "/compliance/?period=quarter"), "a clerk, quarter": ("wen", "/compliance/?period=quarter"),
        "list of what was late, month": ("lu", "/compliance/list/?status=met_late"),
        "list of one clause, quarter": ("lu", f"/compliance/list/?period=quarter&clause={clause}"),
    }
    found = {}
    for name, (who, url) in wanted.items():
        browser = browser_of(stage, who)
        answer = browser.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")
        found[name] = measured(partial(browser.get, url), times)
    past = Duty.objects.of(stage.hotel.pk).filter(due_at__lt=NOW - timedelta(days=20), due_at__gt=NOW - timedelta(days=23))
    old = past.filter(waived_at__isnull=True).first()
    Duty.objects.filter(pk=old.pk).update(waived_at=NOW)  # type: ignore[union-attr]  # there is one each hour
    browser = browser_of(stage, "lu")
    found["GM, quarter, a closed day changed a moment ago"] = measured(lambda: browser.get("/compliance/?period=quarter"), times)
    return found


def measured(step: Callable[[], Any], times: int) -> dict[str, Any]:
    """As bench.measuring.measure, and the time this process itself worked: what is left of it on a machine with others at work."""
    found, took = measure(step, times), []
    for _ in range(times):
        begun = time.process_time()
        step()
        took.append((time.process_time() - begun) * 1000)
    return {**found, "cpu_ms": round(sorted(took)[len(took) // 2], 1)}


def run(engine: str, count: int, times: int) -> dict[str, Any]:
    """Build, count, measure, prove."""
    staging.begin()
    stage = staging.hotel(NOW, clients=10)
    begun = time.monotonic()
    fill(stage, count)
    built = round(time.monotonic() - begun, 1)
    counted = count_all(stage)
    settle(stage, NOW)
    from guiju.compliance import proving
    from guiju.compliance.models import CountedDay, Tally
    from guiju.duties.models import Duty

    wrong = same_as_raw(stage)
    found = pages(stage, times)
    begun = time.monotonic()
    faults = proving.verify(stage.hotel.pk)
    return {
        "engine": engine, "duties": Duty.objects.count(), "days": CountedDay.objects.count(), "tallies": Tally.objects.count(),
        "built_s": built, "counted_s": counted, "verify_s": round(time.monotonic() - begun, 1), "cores": os.cpu_count(),
        "python": platform.python_version(), "wrong": wrong, "faults": faults[:5], "goal_ms": GOAL_MS, "found": found,
    }


def table(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [
        f"{result['engine']} · {result['duties']} duties, {result['days']} days, {result['tallies']} tallies · {result['cores']} cores · "
        f"load {result['load_at_begin']} → {result['load_at_end']} · counted in {result['counted_s']} s, verified in {result['verify_s']} s"
    ]
    for name, one in result["found"].items():
        lines.append(
            f"  {name:<48} p50 {one['p50_ms']:>7} ms  p95 {one['p95_ms']:>7} ms  own work {one['cpu_ms']:>6} ms  "
            f"{one['queries']:>3} queries"
        )
    lines.append(f"  unequal to the raw count: {result['wrong']}; faults {result['faults']}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(engines.main("compliance", __doc__, counted="duties", many=1_000_000, now=NOW, run=run, table=table))
