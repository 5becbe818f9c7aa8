"""The house for programs: the hotel's card, receivers, roster, calendar, hours, settings."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from guiju.api.clients import person_named
from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.people import Username
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Day, Done, Given, VersionIn, Whole
from guiju.house import actions
from guiju.house.actions.founding import FIELDS
from guiju.house.actions.working_days import DAYS, read_spans, write_spans
from guiju.house.asking import Asked
from guiju.house.calendars import latest_content
from guiju.house.models import Department, Receiver, RosterEntry
from guiju.house.receivers import named
from guiju.house.settings import SETTINGS, settings_of
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.tables import Line

router = Router(tags=["house"])
DepartmentKey = Annotated[str, Field(min_length=1, max_length=30)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class HotelIn(Given):
    """The hotel's card as it stands on its papers."""

    name: Annotated[str, Field(max_length=80)] = ""
    name_en: Annotated[str, Field(max_length=80)] = ""
    zone: Annotated[str, Field(max_length=40)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    fax: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=254)] = ""


class HotelOut(HotelIn):
    """The hotel's card, and whether its first steps are done."""

    code: str
    currency: str
    setup_done: bool


class ReceiverIn(Given):
    """Who signs for a department."""

    department: DepartmentKey
    person: Username
    deputy: bool = False
    from_on: Day | None = None
    until_on: Day | None = None


class ReceiverOut(Schema):
    """A named receiver or deputy."""

    id: UUID
    department: str
    person: str
    deputy: bool
    from_on: date
    until_on: date | None


class DutyIn(Given):
    """Who is a department's duty person on a day, and when; `ends` not after `starts` is the next morning."""

    on: Day
    person: Username
    starts: time = time(8)
    ends: time = time(20)


class RosterIn(DutyIn):
    """A day of a department's roster."""

    department: DepartmentKey


class RosterAll(Given):
    """Several days of a department: all of them or none."""

    department: DepartmentKey
    days: Annotated[list[DutyIn], Field(min_length=1, max_length=1000)]


class DayIn(Given):
    """A day of a department."""

    department: DepartmentKey
    on: Day


class RosterOut(Schema):
    """A duty person."""

    department: str
    on: date
    person: str
    starts_at: datetime
    ends_at: datetime


class CalendarIn(Given):
    """The whole working calendar; `base` is the revision it starts from."""

    base: Whole
    holidays: dict[Day, Annotated[str, Field(min_length=1, max_length=40)]]
    makeup: Annotated[list[Day], Field(max_length=2000)]
    years: Annotated[list[Year], Field(max_length=101)]


class CalendarOut(Schema):
    """The working calendar in force: its revision, holidays, make-up working days, years that are published."""

    number: int
    holidays: dict[str, str]
    makeup: list[str]
    years: list[int]


class YearIn(Given):
    """A year whose public holidays are to be taken as published."""

    year: Year


class HoursIn(VersionIn):
    """Working hours by day (mon … sun, holiday), as in "08:30-12:00, 13:00-18:00"; a day left out is closed."""

    hours: dict[str, Annotated[str, Field(max_length=200)]]


class HoursOut(Schema):
    """A department's working hours; send `version` back with a change."""

    key: str
    version: int
    name: str
    name_en: str
    hours: dict[str, str]


class SettingIn(Given):
    """One setting and its new value."""

    key: Annotated[str, Field(max_length=60)]
    value: bool | int | float | str | list[str]


def _hotel(request: Asked) -> dict[str, Any]:
    row = request.hotel
    row.refresh_from_db()
    return {
        **{name: getattr(row, name) for name in FIELDS}, "code": row.code, "currency": row.currency,
        "setup_done": row.wizard_done_at is not None,
    }


@router.get("/hotel", response={200: HotelOut, **PROBLEMS})
@reads("house.setup")
def hotel(request: Asked) -> Any:
    """The hotel's card."""
    return _hotel(request)


@router.patch("/hotel", response={200: HotelOut, **PROBLEMS})
@writes("house.setup")
def change_hotel(request: Asked, data: HotelIn) -> Any:
    """Change the hotel's card."""
    actions.change_hotel(request.hotel, card=data.dict(exclude_unset=True), **step_of(request))
    return _hotel(request)


@router.post("/hotel/finish-setup", response={200: HotelOut, **PROBLEMS})
@writes("house.setup")
def finish_setup(request: Asked) -> Any:
    """The first steps are done."""
    actions.finish_setup(request.hotel, **step_of(request))
    return _hotel(request)


def _receiver(row: Receiver) -> dict[str, Any]:
    return {
        "id": str(row.pk), "department": row.department, "person": row.person.username, "deputy": row.is_deputy,
        "from_on": row.from_on.isoformat(), "until_on": row.until_on.isoformat() if row.until_on else None,
    }


def _today(request: Asked) -> date:
    return timezone.localtime(request.now).date()


@router.get("/receivers", response={200: list[ReceiverOut], **PROBLEMS})
@reads("house.receivers")
def receivers(request: Asked) -> Any:
    """Who signs for which department today."""
    rows = named(request.hotel.pk, _today(request)).select_related("person").order_by("department", "is_deputy", "id")
    return [_receiver(row) for row in rows]


@router.post("/receivers", response={200: ReceiverOut, **PROBLEMS})
@writes("house.receivers")
def name_receiver(request: Asked, data: ReceiverIn) -> Any:
    """Name who signs for a department (booking.named-receivers)."""
    values = {**data.dict(), "person": person_named(request, data.person, "person"), "from_on": data.from_on or _today(request)}
    return _receiver(actions.name_receiver(request.hotel, **values, **step_of(request)))


@router.post("/receivers/{uuid:pk}/remove", response={200: Done, **PROBLEMS})
@writes("house.receivers")
def remove_receiver(request: Asked, pk: UUID) -> Any:
    """This person signs no longer for the department."""
    row = Receiver.objects.select_related("hotel", "person").pick(request.actor.hotel_id, pk)
    actions.remove_receiver(row, **step_of(request))
    return DONE


def _duty(row: RosterEntry) -> dict[str, Any]:
    return {
        "department": row.department, "on": row.on.isoformat(), "person": row.person.username,
        "starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat(),
    }


@router.get("/roster", response={200: list[RosterOut], **PROBLEMS})
@reads("house.roster")
def roster(request: Asked, department: str, from_on: Day, until_on: Day) -> Any:
    """The duty persons of a department in [from_on, until_on)."""
    rows = RosterEntry.objects.of(request.hotel.pk).filter(department=department, is_duty=True, on__gte=from_on, on__lt=until_on)
    return [_duty(row) for row in rows.select_related("person").order_by("on")[:800]]


@router.post("/roster", response={200: RosterOut, **PROBLEMS})
@writes("house.roster")
def set_roster(request: Asked, data: RosterIn) -> Any:
    """Say who is the duty person on a day (booking.duty-roster)."""
    values = {**data.dict(), "person": person_named(request, data.person, "person")}
    return _duty(actions.set_roster(request.hotel, **values, **step_of(request)))


@router.post("/roster/clear", response={200: Done, **PROBLEMS})
@writes("house.roster")
def clear_roster(request: Asked, data: DayIn) -> Any:
    """Nobody is the duty person of the department on this day yet."""
    actions.clear_roster(request.hotel, **data.dict(), **step_of(request))
    return DONE


@router.post("/roster/import", response={200: Done, **PROBLEMS})
@writes("house.roster")
def import_roster(request: Asked, data: RosterAll) -> Any:
    """A whole roster; `many` days were new or changed."""
    lines = [
        Line(number, {"Date": one.on, "Sign-in name": one.person, "From": one.starts, "Until": one.ends})
        for number, one in enumerate(data.days, 1)
    ]
    return {"done": True, "many": actions.import_roster(request.hotel, department=data.department, lines=lines, **step_of(request))}


def _calendar(request: Asked) -> dict[str, Any]:
    number, content = latest_content(request.hotel.pk, request.now)
    return {
        "number": number, "holidays": content.get("holidays", {}), "makeup": list(content.get("makeup", ())),
        "years": list(content.get("years", ())),
    }


@router.get("/calendar", response={200: CalendarOut, **PROBLEMS})
@reads("house.roster")
def calendar(request: Asked) -> Any:
    """The working calendar in force."""
    return _calendar(request)


@router.put("/calendar", response={200: CalendarOut, **PROBLEMS})
@writes("house.setup")
def change_calendar(request: Asked, data: CalendarIn) -> Any:
    """A new revision of the calendar; 409 when somebody made one since `base`."""
    actions.change_calendar(request.hotel, **data.dict(), **step_of(request))
    return _calendar(request)


@router.post("/calendar/take", response={200: CalendarOut, **PROBLEMS})
@writes("house.setup")
def take_year(request: Asked, data: YearIn) -> Any:
    """Take a year's public holidays and make-up working days as published."""
    actions.take_published_year(request.hotel, year=data.year, **step_of(request))
    return _calendar(request)


def _hours(row: Department) -> dict[str, Any]:
    said = {day: write_spans(spans).replace("–", "-") for day, spans in row.hours.items()}
    return {"key": row.key, "version": row.version, "name": row.name, "name_en": row.name_en, "hours": said}


@router.get("/departments", response={200: list[HoursOut], **PROBLEMS})
@reads("house.roster")
def departments(request: Asked) -> Any:
    """The departments with their working hours."""
    return [_hours(row) for row in Department.objects.of(request.hotel.pk).order_by("order")]


@router.put("/departments/{slug:key}/hours", response={200: HoursOut, **PROBLEMS})
@writes("house.roster")
def change_hours(request: Asked, key: str, data: HoursIn) -> Any:
    """Change a department's working hours; 409 with both when somebody saved before."""
    row = Department.objects.of(request.hotel.pk).select_related("hotel").filter(key=key).first()
    if row is None:
        raise Missing("no such department")
    wanted: dict[str, list[list[str]]] = {}
    errors: dict[str, list[str]] = {}
    for day, text in data.hours.items():
        try:
            if day not in DAYS:
                raise Invalid(errors={"hours": [_("Which day?")]})
            wanted[day] = read_spans(text)
        except Invalid as wrong:
            errors[f"hours.{day}"[:80]] = wrong.errors["hours"]
    if errors:
        raise Invalid(errors=errors)
    actions.change_hours(row, hours=wanted, version=version_of(request, data.version), **step_of(request))
    row.refresh_from_db()
    return _hours(row)


@router.get("/settings", response={200: dict[str, Any], **PROBLEMS})
@reads("house.settings")
def settings_list(request: Asked) -> Any:
    """Every number the standard leaves to the hotel."""
    return settings_of(request.hotel.pk, *SETTINGS)


@router.post("/settings", response={200: dict[str, Any], **PROBLEMS})
@writes("house.settings")
def change_setting(request: Asked, data: SettingIn) -> Any:
    """Change one setting; the logbook keeps who and when."""
    actions.change_setting(request.hotel, key=data.key, value=data.value, **step_of(request))
    return settings_of(request.hotel.pk, *SETTINGS)
