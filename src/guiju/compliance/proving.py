"""Proof at any hour that the counted days are what their duties say, and that nothing changes a duty without marking its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from guiju.compliance import counting, marks
from guiju.compliance.models import CountedDay, Tally, Touched
from guiju.compliance.reading import zone_of
from guiju.duties.models import Duty


def verify(hotel_id: UUID) -> list[str]:
    """What is wrong: a counted day that differs from its duties though nothing marked it, duties of a day never counted or marked."""
    zone = zone_of(hotel_id)
    faults = [f"compliance: the mark of changed days is missing: {name}" for name in marks.missing(connection)]
    touched = Touched.objects.filter(hotel_id=hotel_id).values_list("on", flat=True).distinct()
    elsewhere = CountedDay.objects.of(hotel_id).exclude(zone=str(zone)).values_list("on", flat=True)
    stale = {on for marked in touched for on in counting.local_days(marked, zone)} | counting.around(elsewhere)
    kept = {row.on: row for row in CountedDay.objects.of(hotel_id) if row.on not in stale}
    for on, counted in _counted_again(hotel_id, zone, kept):
        row = kept.pop(on, None)
        if row is None and on not in stale:
            faults.append(f"compliance: {on}: has duties, was not counted and is not marked")
        elif row is not None and not _same(row, counted):
            faults.append(f"compliance: {on}: the counted day differs from its duties")
    faults += [f"compliance: {on}: was counted and has no duties" for on in sorted(kept)]
    return faults


def _counted_again(hotel_id: UUID, zone: ZoneInfo, kept: dict[date, CountedDay]) -> Iterator[tuple[date, counting.Counted]]:
    """Every day with duties, counted from them as it stood when it was counted; a month at a time."""
    first = _edge(hotel_id, zone, "due_at")
    last = _edge(hotel_id, zone, "-due_at")
    while first is not None and last is not None and first <= last:
        until = first + timedelta(days=31)
        duties = counting.lines(counting.due_between(hotel_id, first, until, zone))
        yield from sorted(counting.count(duties, zone, _moments(kept, zone)).items())
        first = _edge(hotel_id, zone, "due_at", since=until)


def _edge(hotel_id: UUID, zone: ZoneInfo, order: str, since: date | None = None) -> date | None:
    """The first (or last) day with a duty that counts."""
    rows = Duty.objects.of(hotel_id).filter(kind__in=counting.COUNTED)
    if since is not None:
        rows = rows.filter(due_at__gte=counting.midnight(since, zone))
    found = rows.order_by(order).values_list("due_at", flat=True).first()
    return found.astimezone(zone).date() if found else None


def _moments(kept: dict[date, CountedDay], zone: ZoneInfo) -> Callable[[date], datetime]:
    """A moment at which a counted day's figures hold."""

    def at(on: date) -> datetime:
        row = kept.get(on)
        if row is not None and row.since_at is not None:
            return row.since_at
        if row is not None and row.until_at is not None:
            return row.until_at - counting.TICK
        return counting.midnight(on, zone)

    return at


def _same(row: CountedDay, counted: counting.Counted) -> bool:
    tallies = {
        counting.Owner(one.owner_department, one.owner_post, one.owner_person_id, one.met_by_id, tuple(one.visible_to)): one.figures
        for one in Tally.objects.of(row.hotel_id).filter(on=row.on)
    }
    return (
        row.totals == counting.shown_by_department(counted.totals()) and (row.since_at, row.until_at) == (counted.since_at, counted.until_at)
        and row.hidden == any(owner.visible_to for owner in counted.owners)
        and tallies == {owner: counting.shown(figures) for owner, figures in counted.owners.items()}
    )
