"""Keeping the days counted: what the clock does at each round, so that pages only add up."""

from __future__ import annotations

import time
from collections.abc import Iterator
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
TOGETHER = 5  # days counted in one step: few, because nobody else writes meanwhile (SQLite)


def count_days(hotel_id: UUID, now: datetime, *, budget_seconds: float = BUDGET_SECONDS) -> int:
    """Count again the days on which a duty changed or ran out of time since they were counted; how many. Repeating changes nothing.

    A few days in a short step: their marks are taken away first, then their duties are counted, so that a duty changed
    meanwhile leaves a mark that stays for the next round.
    """
    begun, done = time.monotonic(), 0
    zone = ZoneInfo(Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id))
    for marks, days in _to_count(hotel_id, now, zone):
        done += durably(lambda marks=marks, days=days: _again(hotel_id, days, zone, now, marks))
        if time.monotonic() - begun > budget_seconds:
            break
    return done


def _to_count(hotel_id: UUID, now: datetime, zone: ZoneInfo) -> Iterator[tuple[list[date], list[date]]]:
    """What is to be counted, a few days at a time, the latest first: (days of UTC whose marks this settles, local days)."""
    marked = list(Touched.objects.filter(hotel_id=hotel_id).order_by("-on").values_list("on", flat=True).distinct()[:LISTED])
    for part in _parts(marked):
        yield part, sorted({on for utc in part for on in counting.local_days(utc, zone)})
    rows = CountedDay.objects.of(hotel_id)
    for part in _parts(list(rows.filter(until_at__lte=now).order_by("-on").values_list("on", flat=True)[:LISTED])):
        yield [], sorted(part)
    for part in _parts(list(rows.exclude(zone=str(zone)).order_by("-on").values_list("on", flat=True)[:LISTED])):
        yield [], sorted(counting.around(part))


def _parts(days: list[date]) -> list[list[date]]:
    return [days[place : place + TOGETHER] for place in range(0, len(days), TOGETHER)]


def _again(hotel_id: UUID, days: list[date], zone: ZoneInfo, now: datetime, marks: list[date]) -> int:
    """Count these days in one step, after taking away the marks that this settles."""
    with transaction.atomic():
        rows = _locked(hotel_id, days, zone)
        if marks:
            Touched.objects.filter(hotel_id=hotel_id, on__in=marks).delete()
        found: dict[date, counting.Counted] = {}
        for first, last in counting.spans(days):
            duties = counting.lines(counting.due_between(hotel_id, first, last, zone))
            found.update(counting.count(duties, zone, lambda _on: now))
        Tally.objects.of(hotel_id).filter(on__in=days).delete()
        Tally.objects.bulk_create([one for on, counted in found.items() for one in _tallies(hotel_id, on, counted)], batch_size=500)
        empty = [row.pk for row in rows if row.on not in found]
        if empty:
            CountedDay.objects.filter(pk__in=empty).delete()
        kept = [_told(row, found[row.on], zone) for row in rows if row.on in found]
        CountedDay.objects.bulk_update(kept, ["zone", "since_at", "until_at", "totals", "hidden"])
    return len(days)


def _locked(hotel_id: UUID, days: list[date], zone: ZoneInfo) -> list[CountedDay]:
    """The rows of these days, made where there are none, held until the step ends."""
    CountedDay.objects.bulk_create([CountedDay(hotel_id=hotel_id, on=on, zone=str(zone)) for on in days], ignore_conflicts=True)
    rows = CountedDay.objects.of(hotel_id).filter(on__in=days).order_by("on")
    return list(rows.select_for_update() if connection.vendor == "postgresql" else rows)


def _tallies(hotel_id: UUID, on: date, counted: counting.Counted) -> Iterator[Tally]:
    """A row for each owner, always in the same order."""
    for number, owner in enumerate(sorted(counted.owners, key=lambda owner: tuple(map(str, owner)))):
        yield Tally(
            hotel_id=hotel_id, on=on, number=number, owner_department=owner.department, owner_post=owner.post,
            owner_person_id=owner.person, met_by_id=owner.met_by, visible_to=list(owner.visible_to),
            figures=counting.shown(counted.owners[owner]),
        )


def _told(row: CountedDay, counted: counting.Counted, zone: ZoneInfo) -> CountedDay:
    row.zone, row.since_at, row.until_at = str(zone), counted.since_at, counted.until_at
    row.totals, row.hidden = counting.shown_by_department(counted.totals()), any(owner.visible_to for owner in counted.owners)
    return row
