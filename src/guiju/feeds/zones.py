"""A time zone as a calendar program wants it (RFC 5545, 3.6.5), made from the zone's own rules.

Each change of the clock stands with its onset as the clock showed it before the change: the library's own would give the
hour after it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

HOUR = timedelta(hours=1)


def changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[datetime]:
    """The moments (UTC, to the second) at which the zone's clock is put, between two moments."""
    found, here = [], first
    while here < last:
        there = min(here + 24 * HOUR, last)
        if _rule(zone, here) != _rule(zone, there):
            low, high = here, there
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if _rule(zone, middle) == _rule(zone, low) else (low, middle)
            found.append(high.replace(microsecond=0))
        here = there
    return found


def _rule(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def component(name: str, first_year: int, years: int = 4) -> Timezone:
    """The VTIMEZONE of these years: the rule at their beginning, and each change since."""
    zone = ZoneInfo(name)
    first = datetime(first_year, 1, 1, tzinfo=UTC)
    found = Timezone()
    found.add("TZID", name)
    offset = first.astimezone(zone).utcoffset() or timedelta(0)
    found.add_component(_observance(zone, first, offset))
    for moment in changes(zone, first, first.replace(year=first_year + years)):
        before = (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta(0)
        found.add_component(_observance(zone, moment, before))
    return found


def _observance(zone: ZoneInfo, moment: datetime, before: timedelta) -> Component:
    local = moment.astimezone(zone)
    one: Component = TimezoneDaylight() if local.dst() else TimezoneStandard()
    one.add("DTSTART", (moment + before).replace(tzinfo=None))
    one.add("TZOFFSETFROM", before)
    one.add("TZOFFSETTO", local.utcoffset() or timedelta(0))
    one.add("TZNAME", local.tzname() or str(zone))
    return one
