"""A day with arriving groups and nobody on duty is noted some days ahead (booking.duty-roster)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from guiju.bookings.models import Booking
from guiju.house.models import Hotel
from guiju.house.roster import days_without
from guiju.house.settings import setting
from guiju.logbook.models import EntrySubject
from guiju.logbook.writing import durably, note, writing
from guiju.shelf.actor import the_clock


def watch(hotel_id: UUID, now: datetime) -> int:
    """Note each such day once; how many were noted now."""
    zone = ZoneInfo(Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id))
    today = now.astimezone(zone).date()
    bare = days_without(hotel_id, "sales", today, today + timedelta(days=int(setting(hotel_id, "roster.warn_days"))))
    if not bare:
        return 0
    coming: dict[str, int] = {}
    rows = Booking.objects.of(hotel_id).filter(kind=Booking.Kind.GROUP, state=Booking.State.CONFIRMED, arrival_on__in=bare)
    for on in rows.values_list("arrival_on", flat=True):
        coming[on.isoformat()] = coming.get(on.isoformat(), 0) + 1
    subjects = [f"sales:{day}" for day in coming]
    known = set(
        EntrySubject.objects.filter(
            hotel_id=hotel_id, kind="roster_day", subject_id__in=subjects, entry__kind="roster.day_without"
        ).values_list("subject_id", flat=True)
    )
    fresh = [day for day in coming if f"sales:{day}" not in known]

    def step() -> int:
        with writing(hotel_id, by=the_clock(hotel_id), now=now):
            for day in bare:
                if day.isoformat() in fresh:
                    note("roster.day_without", ("roster_day", f"sales:{day.isoformat()}"), on=day, arrivals=coming[day.isoformat()])
        return len(fresh)

    return durably(step) if fresh else 0
