"""The duty roster: who works when, who is the duty person."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.house.actions.standing import own_department, works_in
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Appointment, Hotel, Person, RosterEntry
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Line

DAY_HEADS = ("日期", "Date", "Day")
PERSON_HEADS = ("值班人", "姓名", "登录名", "Duty person", "Full name", "Name", "Sign-in name")
FROM_HEADS = ("上班", "开始", "Begins", "From")
UNTIL_HEADS = ("下班", "结束", "Ends", "Until")


def _write(hotel: Hotel, department: str, on: date, person: Person, starts: time, ends: time, duty: bool) -> RosterEntry:
    zone = ZoneInfo(hotel.zone)
    begin = datetime.combine(on, starts, zone)
    end = datetime.combine(on if ends > starts else on + timedelta(days=1), ends, zone)
    rows = RosterEntry.objects.of(hotel.pk).filter(department=department)
    if duty:
        rows.filter(on=on, is_duty=True).delete()
    row, _made = rows.update_or_create(
        hotel=hotel, department=department, person=person, starts_at=begin,
        defaults={"on": on, "ends_at": end, "is_duty": duty},
    )
    if duty:
        note("roster.set", ("roster_day", f"{department}:{on.isoformat()}"), on=on, person=str(person.pk))
    return row


@verb("house.roster")
def set_roster(
    hotel: Hotel, *, department: str, on: date, person: Person, starts: time = time(8), ends: time = time(20),
    duty: bool = True, by: Actor, now: datetime,
) -> RosterEntry:
    """Who works on a day; as the duty person he replaces who stood there (booking.duty-roster).

    `ends` not after `starts` means the next morning. Raises Invalid at the field.
    """
    if department not in DEPARTMENTS:
        raise Invalid(errors={"department": [_("Which department?")]})
    own_department(department, by)
    works_in(hotel, department, person)
    return _write(hotel, department, on, person, starts, ends, duty)


@verb("house.roster")
def clear_roster(hotel: Hotel, *, department: str, on: date, by: Actor, now: datetime) -> None:
    """Nobody is the duty person of the department on this day yet."""
    own_department(department, by)
    if RosterEntry.objects.of(hotel.pk).filter(department=department, on=on, is_duty=True).delete()[0]:
        note("roster.cleared", ("roster_day", f"{department}:{on.isoformat()}"), on=on)


@verb("house.roster")
def import_roster(hotel: Hotel, *, department: str, lines: list[Line], by: Actor, now: datetime) -> int:
    """A roster from a table: day, duty person (name or sign-in name), from, until; all rows or none.

    Raises Invalid naming each wrong row. The same table again changes nothing.
    """
    own_department(department, by)
    if department not in DEPARTMENTS:
        raise Invalid(errors={"department": [_("Which department?")]})
    staff = _staff(hotel.pk, department)
    errors: dict[str, list[str]] = {}
    wanted: dict[date, tuple[Person, time, time]] = {}
    for line in lines:
        found, wrong = _read(line, staff)
        if wrong:
            errors[_("row {n}").format(n=line.number)] = wrong
        elif found[0] in wanted:
            errors[_("row {n}").format(n=line.number)] = [_("This day stands there twice.")]
        else:
            wanted[found[0]] = found[1:]
    if errors:
        raise Invalid(errors=errors)
    zone, changed = ZoneInfo(hotel.zone), 0
    held = {
        row.on: row
        for row in RosterEntry.objects.of(hotel.pk).filter(department=department, is_duty=True, on__in=list(wanted))
    }
    for on, (person, starts, ends) in wanted.items():
        row = held.get(on)
        if row and row.person_id == person.pk and _clock(row.starts_at, zone) == starts and _clock(row.ends_at, zone) == ends:
            continue
        _write(hotel, department, on, person, starts, ends, True)
        changed += 1
    return changed


def _clock(moment: datetime, zone: ZoneInfo) -> time:
    return moment.astimezone(zone).time()


def _staff(hotel_id: UUID, department: str) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    posts = [post for post, (where, _zh, _en) in POSTS.items() if where == department]
    held = Appointment.objects.of(hotel_id).filter(until_at__isnull=True, person__is_active=True, post__in=posts)
    for person in Person.objects.filter(pk__in=held.values("person")):
        for key in {person.name, person.username}:
            found.setdefault(key.casefold(), []).append(person)
    return found


def _first(line: Line, heads: tuple[str, ...]) -> Any:
    return next((line[head] for head in heads if line.get(head) is not None), None)


def _read(line: Line, staff: dict[str, list[Person]]) -> tuple[Any, list[str]]:
    wrong = []
    on = _day(_first(line, DAY_HEADS))
    if on is None:
        wrong.append(_("The day cannot be read (2026-11-30)."))
    said = str(_first(line, PERSON_HEADS) or "").strip()
    people = staff.get(said.casefold(), [])
    if len(people) != 1:
        text = _("Two people are called %(name)s: use the sign-in name.") if people else _("Nobody in this department is called %(name)s.")
        wrong.append(text % {"name": said or "–"})
    starts, ends = _time(_first(line, FROM_HEADS), time(8)), _time(_first(line, UNTIL_HEADS), time(20))
    if starts is None or ends is None:
        wrong.append(_("The time cannot be read (08:00)."))
    return ((on, people[0], starts, ends) if not wrong else None), wrong


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        found = value
    else:
        try:
            found = date.fromisoformat(str(value).replace("/", "-").strip())
        except ValueError:
            return None
    return found if 2000 <= found.year <= 2100 else None


def _time(value: Any, otherwise: time) -> time | None:
    if value is None:
        return otherwise
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    try:
        return time.fromisoformat(str(value).strip().rjust(5, "0"))
    except ValueError:
        return None
