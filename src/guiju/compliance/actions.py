"""Keeping the days counted: what the clock does at each round, so that pages only add up."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from guiju.compliance import counting
from guiju.compliance.models import CountedDay, Tally, Touched
from guiju.house.models import Hotel
from guiju.logbook.writing import durably

BUDGET_SECONDS = 1.0  # of one round: a long past is counted in several, the pages count the rest themselves
LISTED = 400


def count_days(hotel_id: UUID, now: datetime, *, budget_seconds: float = BUDGET_SECONDS) -> int:
    """Count again the days on which a duty changed or ran out of time since they were counted; how many. Repeating changes nothing.

    Each day (of UTC: its two local days) in a short step of its own: its marks are taken away first, then its duties are
    counted, so that a duty changed meanwhile leaves a mark that stays for the next round.
    """
    begun, done = time.monotonic(), 0
    zone = ZoneInfo(Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id))
    touched = list(Touched.objects.filter(hotel_id=hotel_id).order_by("-on").values_list("on", flat=True).distinct()[:LISTED])
    for on in touched:
        done += durably(lambda on=on: _again(hotel_id, counting.local_days(on, zone), zone, now, marks=on))
        if time.monotonic() - begun > budget_seconds:
            return done
    for days in _run_out(hotel_id, now, zone):
        done += durably(lambda days=days: _again(hotel_id, days, zone, now))
        if time.monotonic() - begun > budget_seconds:
            break
    return done


def _run_out(hotel_id: UUID, now: datetime, zone: ZoneInfo) -> list[list[date]]:
    """Days whose counts hold no longer by themselves; and those counted in another zone, with their neighbours."""
    rows = CountedDay.objects.of(hotel_id)
    ended = rows.filter(until_at__lte=now).order_by("-on").values_list("on", flat=True)[:LISTED]
    elsewhere = rows.exclude(zone=str(zone)).order_by("-on").values_list("on", flat=True)[:LISTED]
    return [[on] for on in ended] + [sorted(counting.around([on])) for on in elsewhere]


def _again(hotel_id: UUID, days: list[date], zone: ZoneInfo, now: datetime, *, marks: date | None = None) -> int:
    """Count these days in one step; `marks` is the day of UTC whose marks this settles."""
    with transaction.atomic():
        rows = _locked(hotel_id, days, zone)
        if marks is not None:
            Touched.objects.filter(hotel_id=hotel_id, on=marks).delete()
        found: dict[date, counting.Counted] = {}
        for first, last in counting.spans(days):
            duties = counting.lines(counting.due_between(hotel_id, first, last, zone))
            found.update(counting.count(duties, zone, lambda _on: now))
        Tally.objects.of(hotel_id).filter(on__in=days).delete()
        for row in rows:
            _keep(row, found.get(row.on) or counting.Counted(), zone)
    return len(days)


def _locked(hotel_id: UUID, days: Iterable[date], zone: ZoneInfo) -> list[CountedDay]:
    """The rows of these days, made where there are none, held until the step ends."""
    CountedDay.objects.bulk_create([CountedDay(hotel_id=hotel_id, on=on, zone=str(zone)) for on in days], ignore_conflicts=True)
    rows = CountedDay.objects.of(hotel_id).filter(on__in=days).order_by("on")
    return list(rows.select_for_update() if connection.vendor == "postgresql" else rows)


def _keep(row: CountedDay, counted: counting.Counted, zone: ZoneInfo) -> None:
    if not counted.owners:
        row.delete()
        return
    owners = sorted(counted.owners, key=lambda owner: tuple(map(str, owner)))
    Tally.objects.bulk_create([
        Tally(
            hotel_id=row.hotel_id, on=row.on, number=number, owner_department=owner.department, owner_post=owner.post,
            owner_person_id=owner.person, met_by_id=owner.met_by, visible_to=list(owner.visible_to),
            figures=counting.shown(counted.owners[owner]),
        )
        for number, owner in enumerate(owners)
    ])
    row.zone, row.since_at, row.until_at = str(zone), counted.since_at, counted.until_at
    row.totals, row.hidden = counting.shown(counted.totals()), any(owner.visible_to for owner in owners)
    row.save()
