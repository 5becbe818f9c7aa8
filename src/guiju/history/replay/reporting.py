"""One replay from beginning to end: editions over bookings, the figures of each hotel, and what a draft would change."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from guiju.history.replay import running
from guiju.history.replay.choosing import Chosen
from guiju.history.replay.figures import Handling
from guiju.history.replay.gathering import Gathered
from guiju.history.replay.profile import Profile
from guiju.rulebook import Calendar, Standard
from guiju.rulebook.loading import readable
from guiju.shelf.words import vocabulary

OWN = ("gate", "record", "view", "distributes", "table", "check")
COMPARED = ("opened", "fell_away", "came")


def report(
    chosen: Chosen, gathered: Gathered, calendar: Calendar, *, handling: Handling, profile: Profile, source: str, against: Chosen | None = None,
    processes: int = 2, progress: running.Progress = lambda done, of: None, stop: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """The whole result as plain values. Raises running.Stopped."""
    began = time.monotonic()
    first, last = running.span_of([past for found in gathered.by_hotel.values() for past in found])
    whole = sum(map(len, gathered.by_hotel.values()))
    runs = [one for one in (chosen, against) if one is not None]
    results, machines, standards = [], [], []
    for number, one in enumerate(runs):
        standard = readable(one.texts, vocabulary())[0]
        plan = running.Plan(one.texts, vocabulary(), calendar, profile, of_themselves(standard, handling), first, last)
        found, machine = running.run(
            gathered.by_hotel, plan, processes=processes, stop=stop,
            progress=_shared(progress, number * whole, len(runs) * whole),
        )
        results.append(found)
        machines.append(machine)
        standards.append(standard)
    out = {
        "edition": chosen.told(), "against": against.told() if against else None, "history": gathered.told(source),
        "assumptions": {**profile.told(), "zone": calendar.zone, "hours": calendar.hours, "public_holidays": len(calendar.holidays)},
        "handling": {**asdict(handling), "of_themselves": sorted(self_running(standards[0]))},
        "hotels": [_hotel(name, results[0][name], gathered, standards[0]) for name in sorted(results[0])],
        "clauses": {clause.id: dict(clause.text) for standard in standards for clause in standard.clauses.values()},
    }
    if against is not None:
        out["differences"] = {name: differences(results[1][name], results[0][name]) for name in sorted(results[0])}
    out["machine"] = {
        **{key: machines[0][key] for key in ("processes", "bookings")}, "seconds": round(time.monotonic() - began, 2),
        "peak_mb": max(machine["peak_mb"] for machine in machines),
        "runs": [{"edition": one.label, **machine} for one, machine in zip(runs, machines, strict=True)],
    }
    return out


def _shared(progress: running.Progress, before: int, whole: int) -> running.Progress:
    """Progress of one run as part of several."""
    return lambda done, of: progress(before + done, whole)


def self_running(standard: Standard) -> set[str]:
    """Rules whose duties the clock itself carries out when they are due (a hold that lapses): nobody's time goes into them."""
    return {
        f"{clause.id}/{rule.name}" for clause in standard.clauses.values() for rule in clause.rules if any(when == "due" for when, _ in rule.then)
    }


def of_themselves(standard: Standard, handling: Handling) -> Handling:
    """The handling times with those at none, where nobody said otherwise."""
    none = {name: 0 for name in self_running(standard) if name not in handling.by_clause and name.partition("/")[0] not in handling.by_clause}
    return replace(handling, by_clause={**none, **handling.by_clause})


def _hotel(name: str, figures: Mapping[str, Any], gathered: Gathered, standard: Standard) -> dict[str, Any]:
    stays = gathered.by_hotel[name]
    shown = {
        "cancelled_on_the_arrival_day": sum(past.status == "cancelled" and (past.status_on or past.booked_on) >= past.arrival_on for past in stays),
        "no_shows": sum(past.status == "no_show" for past in stays),
        "no_shows_only_held": sum(past.status == "no_show" and not (past.account or past.group or past.guaranteed) for past in stays),
        "booked_on_the_arrival_day": sum(past.booked_on == past.arrival_on for past in stays),
    }
    asked = {one["clause"] for one in figures["clauses"]}
    return {
        "hotel": name, "rows": sum(past.rows for past in stays), "bookings": len(stays), "groups": sum(past.group for past in stays),
        "days": _days([past.booked_on for past in stays] + [past.departure_on for past in stays]), "shown": shown, **figures,
        "silent": [{"clause": clause.id, "why": _why(clause.rules)} for clause in standard.clauses.values() if clause.id not in asked],
    }


def _days(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days + 1


def _why(rules: Sequence[Any]) -> str:
    """Why a clause opened nothing: it is no duty but a gate, a record or a figure; or the history tells nothing that opens it."""
    return "no_duty" if all(rule.kind in OWN for rule in rules) else "not_told"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What the second wording changes, clause by clause and post by post; what stays the same is left out."""
    clauses = []
    old, new = ({one["clause"]: one for one in found["clauses"]} for found in (before, after))
    for clause in sorted(old.keys() | new.keys()):
        one = {"clause": clause, **{key: [old.get(clause, {}).get(key, 0), new.get(clause, {}).get(key, 0)] for key in COMPARED}}
        one["open_at_once"] = [found[clause]["peak"]["open_at_once"]["duties"] if clause in found else 0 for found in (old, new)]
        one["usual_minutes"] = [old.get(clause, {}).get("usual_minutes"), new.get(clause, {}).get("usual_minutes")]
        one["late_shown"] = [found[clause]["late"]["shown"] if clause in found else 0 for found in (old, new)]
        if any(values[0] != values[1] for key, values in one.items() if key != "clause"):
            clauses.append(one)
    posts = []
    old, new = ({one["post"]: one for one in found["posts"]} for found in (before, after))
    for post in sorted(old.keys() | new.keys()):
        one = {"post": post, "came": [found[post]["came"] if post in found else 0 for found in (old, new)]}
        one |= {key: [found[post]["people"][key] if post in found else 0 for found in (old, new)] for key in ("for_goal", "for_all", "late_with_one")}
        if any(values[0] != values[1] for key, values in one.items() if key != "post"):
            posts.append(one)
    return {"clauses": clauses, "posts": posts}
