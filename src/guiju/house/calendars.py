"""The hotel's working calendar as the rulebook sees it: departments' hours, holidays, make-up working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guiju.house.models import CalendarRevision, Department, Hotel
from guiju.rulebook import Calendar, Calendars

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=8)
def _china(year: int) -> tuple[dict[date, str], frozenset[date]]:
    """Public holidays and make-up working days of a year in mainland China; empty when not published."""
    import holidays

    try:
        found = holidays.country_holidays("CN", years=year, language="zh_CN")
        rest = dict(found.items())
    except (NotImplementedError, ValueError):
        return {}, frozenset()
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    return (_with_weekends(rest, worked) if worked else rest), worked


def _with_weekends(rest: dict[date, str], worked: frozenset[date]) -> dict[date, str]:
    """A weekend that touches a public holiday belongs to it, as the published list of the year says (Oct 1 to 7)."""
    whole = dict(rest)
    for step in (timedelta(days=1), timedelta(days=-1)):
        for day in sorted(rest, reverse=step.days < 0):
            near = day + step
            while near.weekday() >= 5 and near not in worked and near not in whole and near.year == day.year:
                whole[near] = whole[day]
                near += step
    return whole


def public_days(years: tuple[int, ...]) -> tuple[dict[date, str], frozenset[date], frozenset[int]]:
    """(holidays by date, make-up working days, years that are published)."""
    rest: dict[date, str] = {}
    makeup: set[date] = set()
    published = set()
    for year in years:
        found, worked = _china(year)
        rest.update(found)
        makeup |= worked
        if worked:
            published.add(year)
    return rest, frozenset(makeup), frozenset(published)


def content_of(hotel_id: UUID, years: tuple[int, ...]) -> dict[str, Any]:
    """What a first calendar revision says: the departments' hours and the published public holidays."""
    rest, makeup, published = public_days(years)
    return {
        "holidays": {day.isoformat(): name for day, name in sorted(rest.items())},
        "makeup": [day.isoformat() for day in sorted(makeup)],
        "years": sorted(published),
        "hours": dict(Department.objects.of(hotel_id).values_list("key", "hours")),
    }


def latest_content(hotel_id: UUID, now: datetime) -> tuple[int, dict[str, Any]]:
    """(number, content) of the newest revision; number 0 and the built-in content while there is none."""
    row = CalendarRevision.objects.of(hotel_id).order_by("-number").values_list("number", "content").first()
    return row or (0, content_of(hotel_id, tuple(range(now.year - 1, now.year + 2))))


@lru_cache(maxsize=256)
def _parsed(pk: UUID, from_at: datetime, zone: str) -> Calendar:
    content = CalendarRevision.objects.values_list("content", flat=True).get(pk=pk)
    return _calendar(content, from_at, zone)


def _calendar(content: dict[str, Any], from_at: datetime, zone: str) -> Calendar:
    return Calendar(
        from_at=from_at, zone=zone, hours=content.get("hours", {}),
        holidays={date.fromisoformat(day): name for day, name in content.get("holidays", {}).items()},
        makeup=frozenset(date.fromisoformat(day) for day in content.get("makeup", ())),
        years=frozenset(content.get("years", ())),
    )


def calendars_of(hotel_id: UUID) -> Calendars:
    """Every revision of the hotel's calendar, oldest first; revisions never change, so each is parsed once."""
    rows = list(
        CalendarRevision.objects.of(hotel_id).order_by("from_at", "number").values_list("pk", "from_at", "hotel__zone")
    )
    if rows:
        return Calendars([_parsed(*row) for row in rows])
    zone = Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id)
    return Calendars([_calendar(content_of(hotel_id, (2025, 2026, 2027)), LONG_AGO, zone)])


def local_day(hotel_id: UUID, now: datetime) -> date:
    """Which day it is in the hotel: between midnight and eight in Shanghai it is still yesterday in UTC."""
    zone = Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id)
    return now.astimezone(ZoneInfo(zone)).date()
