"""Receivers and settings."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.utils.translation import gettext as _

from guiju.house.actions.standing import own_department, plain, works_in
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Hotel, Person, Receiver, Setting
from guiju.house.settings import SETTINGS
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid


@verb("house.receivers")
def name_receiver(
    hotel: Hotel, *, department: str, person: Person, deputy: bool = False, from_on: date, until_on: date | None = None,
    by: Actor, now: datetime,
) -> Receiver:
    """Name who signs for a department, or his deputy (booking.named-receivers). Raises Invalid at the field.

    Somebody who signs for it already keeps his row, with the new dates.
    """
    if department not in DEPARTMENTS:
        raise Invalid(errors={"department": [_("Which department?")]})
    if until_on is not None and until_on < from_on:
        raise Invalid(errors={"until_on": [_("Until must be after from.")]})
    own_department(department, by)
    works_in(hotel, department, person)
    standing = Receiver.objects.of(hotel.pk).filter(department=department, person=person)
    row = standing.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).first()
    if row is None:
        row = Receiver(hotel=hotel, department=department, person=person, from_on=from_on)
    elif (row.is_deputy, row.until_on) == (deputy, until_on) and row.from_on <= from_on:
        return row
    row.from_on, row.until_on, row.is_deputy = min(row.from_on, from_on), until_on, deputy
    row.save()
    note(
        "receiver.named", ("department", department), department=department, deputy=deputy, from_on=from_on,
        personal={"person": (f"person:{person.pk}", person.name)},
    )
    return row


@verb("house.receivers")
def remove_receiver(receiver: Receiver, *, by: Actor, now: datetime) -> None:
    """This person signs no longer for the department, from today."""
    own_department(receiver.department, by)
    yesterday = now.astimezone(ZoneInfo(receiver.hotel.zone)).date() - timedelta(days=1)
    rows = Receiver.objects.filter(pk=receiver.pk).filter(Q(until_on__isnull=True) | Q(until_on__gt=yesterday))
    if rows.update(until_on=yesterday):
        note(
            "receiver.removed", ("department", receiver.department), department=receiver.department,
            personal={"person": (f"person:{receiver.person_id}", receiver.person.name)},
        )


@verb("house.settings")
def change_setting(hotel: Hotel, *, key: str, value: Any, by: Actor, now: datetime) -> None:
    """Change one number or choice of this hotel; the logbook keeps who and when. Raises Invalid for a wrong value."""
    spec = SETTINGS.get(key)
    if spec is None:
        raise Invalid(errors={key: [_("There is no such setting.")]})
    if key.startswith("security."):
        by.require("house.setup")
    clean = _clean(spec.kind, spec.choices, key, value)
    row, made = Setting.objects.get_or_create(hotel=hotel, key=key, defaults={"value": clean})
    if not made:
        if row.value == clean:
            return
        Setting.objects.filter(pk=row.pk).update(value=clean, version=F("version") + 1)
    note("setting.changed", hotel, key=key, text=str(clean))


def _clean(kind: str, choices: tuple[str, ...], key: str, value: Any) -> Any:
    if kind == "yesno":
        return _yesno(key, value)
    if kind == "number":
        return _number(key, value)
    if kind == "clock":
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(value), re.ASCII):
            raise Invalid(errors={key: [_("A time like 18:00, please.")]})
        return str(value)
    if kind == "choice":
        if value not in choices:
            raise Invalid(errors={key: [_("Choose one of the list.")]})
        return value
    if kind == "list":
        items = [item for item in (value if isinstance(value, list) else [value]) if item]
        if not all(isinstance(item, str) and item in DEPARTMENTS for item in items):
            raise Invalid(errors={key: [_("Which department?")]})
        return list(dict.fromkeys(items))
    return plain(str(value), 300)


def _yesno(key: str, value: Any) -> bool:
    """What a page or program sends for yes and no; a page's empty tick box sends nothing."""
    said = str(value).lower()
    if said in ("true", "on", "yes", "1"):
        return True
    if said in ("false", "off", "no", "0", ""):
        return False
    raise Invalid(errors={key: [_("Yes or no, please.")]})


def _number(key: str, value: Any) -> int | float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise Invalid(errors={key: [_("A number, please.")]}) from None
    if not 0 <= number <= 100_000:  # false for "nan" too
        raise Invalid(errors={key: [_("Between 0 and 100,000.")]})
    return int(number) if number == int(number) else number
