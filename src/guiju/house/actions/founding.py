"""A new hotel: its departments, its calendar, its first administrator, and what other rooms give it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _

from guiju.house.actions.people import add_person
from guiju.house.actions.standing import plain
from guiju.house.calendars import content_of
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import CalendarRevision, Department, Hotel, Person
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note, writing
from guiju.shelf import registry
from guiju.shelf.actor import Actor, the_clock
from guiju.shelf.errors import Invalid

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = {day: [["08:30", "12:00"], ["13:00", "18:00"]] for day in WEEK[:5]}
SERVICE = {day: [["08:00", "20:00"]] for day in (*WEEK, "holiday")}
ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in (*WEEK, "holiday")}
HOURS = {
    "sales": SERVICE, "fnb": SERVICE, "housekeeping": SERVICE, "front_desk": ROUND_THE_CLOCK,
    "front_cashier": ROUND_THE_CLOCK, "security": ROUND_THE_CLOCK, "bell_desk": ROUND_THE_CLOCK,
}


def create_hotel(
    *, code: str, name: str, name_en: str = "", zone: str = "Asia/Shanghai", admin_username: str = "admin", now: datetime
) -> tuple[Hotel, Person, str]:
    """Found a hotel with departments, calendar and one administrator; no demo data, no default password.

    Returns (hotel, administrator, his one-time password). Raises Invalid for a code in use or an unknown zone.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid(errors={"zone": [_("There is no such time zone.")]}) from None
    if not code or slugify(code) != code or Hotel.objects.filter(code=code).exists():
        raise Invalid(errors={"code": [_("Small letters and figures; not in use yet.")]})
    hotel = Hotel(code=code, name=name.strip()[:80], name_en=name_en.strip()[:80], zone=zone, created_at=now)
    by = the_clock(hotel.pk, via="cli")
    with writing(hotel.pk, by=by, now=now):
        hotel.save(force_insert=True)
        note("hotel.created", hotel, zone=zone)
        Department.objects.bulk_create(
            Department(hotel=hotel, key=key, name=zh, name_en=en, hours=HOURS.get(key, OFFICE), order=order)
            for order, (key, (zh, en)) in enumerate(DEPARTMENTS.items())
        )
        years = tuple(range(now.year - 1, now.year + 2))
        CalendarRevision.objects.create(
            hotel=hotel, number=1, from_at=now - timedelta(days=1), content=content_of(hotel.pk, years)
        )
        for hook in registry.on_hotel_created:
            hook(hotel, by, now)
        person, password = add_person(
            hotel, username=admin_username, name=_("Administrator"), posts=("administrator",), by=by, now=now
        )
    return hotel, person, password


FIELDS = ("name", "name_en", "zone", "address", "phone", "fax", "email")


@verb("house.setup")
def change_hotel(hotel: Hotel, *, card: dict[str, str], by: Actor, now: datetime) -> None:
    """The hotel's names, time zone and addresses as they stand on its papers. Raises Invalid at the field."""
    clean = {key: plain(card[key], 300) for key in FIELDS if key in card}
    errors: dict[str, list[str]] = {}
    if not clean.get("name", hotel.name):
        errors["name"] = [_("The name is missing.")]
    try:
        ZoneInfo(clean.get("zone", hotel.zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        errors["zone"] = [_("There is no such time zone.")]
    for key, value in clean.items():
        longest = getattr(Hotel._meta.get_field(key), "max_length", None) or 200
        if len(value) > longest:
            errors[key] = [_("At most %(n)s signs.") % {"n": longest}]
    if clean.get("email"):
        try:
            validate_email(clean["email"])
        except ValidationError:
            errors["email"] = [_("This is no e-mail address.")]
    if errors:
        raise Invalid(errors=errors)
    changed = [key for key, value in clean.items() if getattr(hotel, key) != value]
    if changed:
        Hotel.objects.filter(pk=hotel.pk).update(**{key: clean[key] for key in changed})
        hotel.refresh_from_db()
        note("hotel.changed", hotel, fields=changed)


@verb("house.setup")
def finish_setup(hotel: Hotel, *, by: Actor, now: datetime) -> None:
    """The first steps are done; the wizard is not shown at sign-in any more."""
    if Hotel.objects.filter(pk=hotel.pk, wizard_done_at__isnull=True).update(wizard_done_at=now):
        hotel.refresh_from_db()
        note("setup.finished", hotel)
