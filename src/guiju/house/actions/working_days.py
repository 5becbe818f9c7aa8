"""The working calendar: public holidays, make-up working days, the departments' hours. Each change is a revision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.house.actions.standing import own_department, plain
from guiju.house.calendars import latest_content, public_days
from guiju.house.models import CalendarRevision, Department, Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–—~至]\s*(24:00|([01]?\d|2[0-3]):([0-5]\d))", re.ASCII)


def read_spans(text: str) -> list[list[str]]:
    """Working time of a day as people write it: "08:30-12:00, 13:00-18:00"; empty means closed. Raises Invalid."""
    spans = []
    for part in re.split(r"[,，;；、]\s*", text.strip()):
        if not part:
            continue
        match = SPAN.fullmatch(part.strip())
        if match is None:
            raise Invalid(errors={"hours": [_("Write times like 08:30-12:00, 13:00-18:00.")]})
        begins, ends = (one.rjust(5, "0") for one in (f"{match[1]}:{match[2]}", match[3]))
        spans.append([begins, ends])
    if len(spans) > 6:
        raise Invalid(errors={"hours": [_("At most six spans a day.")]})
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1] or earlier[1] <= earlier[0]:
            raise Invalid(errors={"hours": [_("The times overlap or stand in the wrong order.")]})
    return spans


def write_spans(spans: Iterable[Iterable[str]]) -> str:
    """The same, as people read it."""
    return ", ".join("–".join(span) for span in spans)


def _new_revision(hotel: Hotel, content: dict[str, Any], base: int, now: datetime) -> CalendarRevision:
    try:
        with transaction.atomic():
            row = CalendarRevision.objects.create(hotel=hotel, number=base + 1, from_at=now, content=content)
    except IntegrityError:
        raise Conflict(_("Somebody changed the calendar before you."), version=base + 1) from None
    note("calendar.changed", hotel, revision=row.number)
    return row


@verb("house.setup")
def change_calendar(
    hotel: Hotel, *, holidays: Mapping[date, str], makeup: Iterable[date], years: Iterable[int], base: int,
    by: Actor, now: datetime,
) -> CalendarRevision:
    """A new revision of the calendar, in force from now; what was due before is judged by the one then in force.

    `base` is the revision it started from: Conflict when somebody else made one since. Raises Invalid for a day
    that is both holiday and make-up working day.
    """
    worked = frozenset(makeup)
    both = sorted(worked & set(holidays))
    if both:
        raise Invalid(errors={"makeup": [_("Both holiday and working day: %(day)s") % {"day": both[0].isoformat()}]})
    _number, content = latest_content(hotel.pk, now)
    content = {
        **content, "holidays": {day.isoformat(): plain(name, 40) for day, name in sorted(holidays.items())},
        "makeup": [day.isoformat() for day in sorted(worked)], "years": sorted(set(years)),
    }
    return _new_revision(hotel, content, base, now)


@verb("house.setup")
def take_published_year(hotel: Hotel, *, year: int, by: Actor, now: datetime) -> CalendarRevision:
    """Take the public holidays and make-up working days of a year as published. Raises Invalid while it is not."""
    rest, worked, published = public_days((year,))
    if year not in published:
        raise Invalid(errors={"year": [_("The holidays of %(year)s are not published yet.") % {"year": year}]})
    number, content = latest_content(hotel.pk, now)
    mark = f"{year}-"
    holidays = {day: name for day, name in content.get("holidays", {}).items() if not day.startswith(mark)}
    holidays |= {day.isoformat(): name for day, name in rest.items()}
    makeup = {day for day in content.get("makeup", ()) if not day.startswith(mark)} | {day.isoformat() for day in worked}
    content = {
        **content, "holidays": dict(sorted(holidays.items())), "makeup": sorted(makeup),
        "years": sorted({*content.get("years", ()), year}),
    }
    return _new_revision(hotel, content, number, now)


@verb("house.roster")
def change_hours(
    department: Department, *, hours: Mapping[str, list[list[str]]], version: int, by: Actor, now: datetime
) -> None:
    """A department's working hours by weekday, and on public holidays; a new revision of the calendar from now.

    Raises Conflict when somebody saved since `version`, Invalid for an unknown day.
    """
    own_department(department.key, by)
    if set(hours) - set(DAYS):
        raise Invalid(errors={"hours": [_("Which day?")]})
    clean = {day: hours[day] for day in DAYS if hours.get(day) or (day == "holiday" and day in hours)}
    if clean == department.hours:
        return
    hotel = department.hotel
    number, content = latest_content(hotel.pk, now)
    department.save_from(version, hours=clean)
    content = {**content, "hours": {**content.get("hours", {}), department.key: clean}}
    note("department.hours", ("department", department.key), department=department.key)
    _new_revision(hotel, content, number, now)
