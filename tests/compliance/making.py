"""Duties made by hand, and their figures counted again in the plainest way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from guiju.compliance.asking import Ask
from guiju.compliance.figures import Figure, by_clause
from guiju.compliance.reading import between, by_day, zone_of
from guiju.duties.models import Duty, Edition
from guiju.rulebook import Status, status
from guiju.shelf.actor import Actor
from guiju.shelf.ids import uuid7
from tests.cast import Cast

COUNTED = ("timed", "cadence", "notice", "check")


def duty(cast: Cast, due_at: datetime, **told: Any) -> Duty:
    """A duty of lin's under the half hour, as it would be stored."""
    told.setdefault("owner_person_id", cast.people["lin"].pk)
    told.setdefault("starts_at", due_at - timedelta(minutes=30))
    told.setdefault("clause", "booking.reply-30")
    told.setdefault("subject_id", str(uuid7()))
    return Duty(
        **{
            "hotel": cast.hotel, "rule": "reply", "kind": "timed", "subject_kind": "bench", "owner": "handler", "owner_department": "sales",
            "edition": Edition.objects.first() or edition(cast), "opens_at": told["starts_at"], "due_at": due_at, **told,
        }
    )


def edition(cast: Cast) -> Edition:
    return Edition.objects.create(hotel=cast.hotel, number=1, effective_at=cast.hotel.created_at, approved_at=cast.hotel.created_at, texts={}, digest="")


def plain(figure: Figure) -> dict[str, Any]:
    """A figure as the recount below says it."""
    return {
        "counts": {name: getattr(figure, name) for name in ("met", "met_late", "missed", "late", "running", "waived", "superseded")},
        "median": figure.median_minutes, "ninetieth": figure.ninetieth_minutes, "limit": figure.limit_minutes,
    }


def counted(actor: Actor, ask: Ask, now: datetime) -> dict[str, dict[str, Any]]:
    """The figures that the pages show, by clause."""
    days = by_day(actor, ask, now, zone_of(actor.hotel_id))
    return {clause: plain(figure) for clause, figure in by_clause(between(days, ask.first, ask.last)).items()}


def recounted(duties: Iterable[Any], ask: Ask, now: datetime, zone: Any) -> dict[str, dict[str, Any]]:
    """The same from duties (stored or derived), one by one, by the formulas of the statistics module."""
    names = {Status.OPEN: "running", Status.SOON: "running", Status.PLANNED: "running"}
    found: dict[str, tuple[Counter[str], list[int], list[int]]] = {}
    for one in duties:
        if one.kind not in COUNTED or not ask.first <= one.due_at.astimezone(zone).date() < ask.last:
            continue
        counts, used, limits = found.setdefault(one.clause, (Counter(), [], []))
        how = status(one, now)
        counts[names.get(how, how.value)] += 1
        if how in (Status.MET, Status.MET_LATE):
            used.append(max(0, int((one.met_at - one.starts_at).total_seconds() // 60)))
            limits.append(max(0, int((one.due_at - one.starts_at).total_seconds() // 60)))
    return {
        clause: {
            "counts": {name: counts[name] for name in ("met", "met_late", "missed", "late", "running", "waived", "superseded")},
            "median": round(median(used), 1) if used else None,
            "ninetieth": (round(quantiles(used, n=10, method="inclusive")[8], 1) if len(used) > 1 else float(used[0])) if used else None,
            "limit": round(median(limits), 1) if limits else None,
        }
        for clause, (counts, used, limits) in found.items()
    }


def seen_by(cast: Cast, who: str, duties: Iterable[Duty]) -> list[Duty]:
    """Which duties this person's figures are made of, said once more by hand."""
    actor = cast.actor(who)
    leads = any(post.endswith(("_head", "_manager", "_supervisor")) for post in actor.posts)
    everything = bool({"gm", "sales_manager", "duty_manager"} & actor.posts)

    def his(one: Duty) -> bool:
        if one.visible_to and not actor.posts & set(one.visible_to):
            return False
        if everything or one.met_by_id == actor.person_id or one.owner_person_id == actor.person_id:
            return True
        if leads and one.owner_department in actor.departments:
            return True
        if one.owner_person_id is not None:
            return False
        return one.owner_post in actor.posts or (one.owner_post == "" and one.owner_department in actor.departments)

    return [one for one in duties if his(one)]


def person(cast: Cast, who: str | None) -> UUID | None:
    return cast.people[who].pk if who else None
