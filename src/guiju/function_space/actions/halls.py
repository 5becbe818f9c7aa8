"""Halls: what the house lets, how large, for how many, at which rate, and which of them divide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiju.function_space.models import QUARTER, Function, Hall, HallSection, Section, Style
from guiju.function_space.spans import MOST_MINUTES
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, Refusal

TEXTS = (("code", 12), ("name", 40), ("name_en", 40), ("remarks", 200))
AMOUNTS = {"area": (1, "99999"), "height": (1, "99"), "rate_half_day": (2, "9999999"), "rate_day": (2, "9999999"), "rate_evening": (2, "9999999")}
MINUTES = ("setup_minutes", "turn_minutes")
FIELDS = (*(name for name, _most in TEXTS), *AMOUNTS, *MINUTES, "capacity", "order")
MOST_PERSONS = 99999


@verb("function_space.setup")
def add_hall(hotel: Hotel, *, parts: Sequence[Hall] = (), by: Actor, now: datetime, **values: Any) -> Hall:
    """Add a hall: code, name; optional name_en, area, height, capacity {style: persons}, rates, set-up, clearing, remarks, order.

    `parts`: the halls it combines, so that it takes all of their sections; without them it is a room of its own.
    Raises Invalid at the field.
    """
    clean = _clean(values)
    _free_code(hotel, clean, None)
    sections = _sections_of(hotel, parts)
    try:
        with transaction.atomic():
            row = Hall.objects.create(hotel=hotel, **clean)
    except IntegrityError:
        raise Invalid(errors={"code": [_("This code is in use.")]}) from None
    if not sections:
        sections = [Section.objects.create(hotel=hotel, created_at=now).pk]
    HallSection.objects.bulk_create([HallSection(hotel=hotel, hall=row, section_id=section) for section in sections])
    note("hall.added", row, code=row.code, sections=len(sections))
    return row


@verb("function_space.setup")
def edit_hall(hall: Hall, *, version: int, parts: Sequence[Hall] | None = None, by: Actor, now: datetime, **values: Any) -> Hall:
    """Change a hall. Its parts change only while nothing is booked in it. Raises Conflict, Invalid at the field, Refusal "hall_in_use"."""
    present = Hall.objects.of(hall.hotel_id).select_for_update().get(pk=hall.pk)
    clean = _clean(values, present)
    _free_code(hall.hotel, clean, hall)
    fields = sorted(name for name in clean if clean[name] != getattr(present, name))
    regrouped = parts is not None and _regroup(present, parts, now)
    if not fields and not regrouped and version == present.version:
        return present
    try:
        with transaction.atomic():
            hall.save_from(version, **{name: clean[name] for name in fields}, **({"parts_changed_at": now} if regrouped else {}))
    except IntegrityError:
        raise Invalid(errors={"code": [_("This code is in use.")]}) from None
    note("hall.changed", hall, code=hall.code, fields=[*fields, *(["parts"] if regrouped else [])])
    return hall


@verb("function_space.setup")
def close_hall(hall: Hall, *, version: int, by: Actor, now: datetime) -> Hall:
    """Let this hall no longer. Raises Refusal "hall_in_use" naming what is still booked in it."""
    present = Hall.objects.of(hall.hotel_id).select_for_update().get(pk=hall.pk)
    _unbooked(present, now)
    hall.save_from(version, closed_at=now)
    note("hall.changed", hall, code=hall.code, fields=["closed_at"])
    return hall


@verb("function_space.setup")
def reopen_hall(hall: Hall, *, version: int, by: Actor, now: datetime) -> Hall:
    """Let a closed hall again."""
    hall.save_from(version, closed_at=None)
    note("hall.changed", hall, code=hall.code, fields=["closed_at"])
    return hall


@verb("function_space.setup")
def import_halls(hotel: Hotel, *, rows: Sequence[Mapping[str, Any]], by: Actor, now: datetime) -> list[Hall]:
    """Add or change the halls of a list, matched by code; `parts` are codes. All of it or nothing: raises Invalid naming each row."""
    errors: dict[str, list[str]] = {}
    done: list[Hall] = []
    present = {row.code.casefold(): row for row in Hall.objects.of(hotel.pk)}
    whole = sorted(enumerate(rows, 1), key=lambda item: bool(item[1].get("parts")))  # the parts before what they make up
    for number, row in whole:
        values = {name: row[name] for name in FIELDS if name in row}
        try:
            parts = [_named(present, code) for code in row.get("parts") or ()]
            there = present.get(str(row.get("code", "")).strip().casefold())
            if there is None:
                there = add_hall(hotel, parts=parts, by=by, now=now, **values)
            else:
                there = edit_hall(there, version=there.version, parts=parts if parts else None, by=by, now=now, **values)
            present[there.code.casefold()] = there
            done.append(there)
        except Refusal as error:
            told = error.errors.items() if isinstance(error, Invalid) else [("", [error.message])]
            for name, texts in told:
                head = f"{_label(name)}: " if name else ""
                errors.setdefault(_("row {n}").format(n=row.get("_row", number)), []).extend(head + text for text in texts)
    if errors:
        raise Invalid(errors=errors)
    return done


def _named(present: Mapping[str, Hall], code: str) -> Hall:
    found = present.get(str(code).strip().casefold())
    if found is None:
        raise Invalid(errors={"parts": [_("There is no hall with the code %(code)s.") % {"code": code}]})
    return found


def _label(name: str) -> str:
    names = {field.name: field for field in Hall._meta.fields}
    return str(names[name].verbose_name) if name in names else name


def _sections_of(hotel: Hotel, parts: Iterable[Hall]) -> list[Any]:
    """The sections of all parts, in their fixed order."""
    asked = list(parts)
    if any(part.hotel_id != hotel.pk for part in asked):
        raise Missing("no such hall")
    if len(asked) == 1:
        raise Invalid(errors={"parts": [_("One hall alone combines nothing: choose two or more, or none.")]})
    ids = HallSection.objects.of(hotel.pk).filter(hall__in=asked).values_list("section_id", flat=True)
    return sorted(set(ids))


def _regroup(hall: Hall, parts: Sequence[Hall], now: datetime) -> bool:
    """Give a combined hall other parts; False when they are the same already. A room of its own stays one."""
    links = HallSection.objects.of(hall.hotel_id).filter(hall=hall)
    before = set(links.values_list("section_id", flat=True))
    if any(part.pk == hall.pk for part in parts):
        raise Invalid(errors={"parts": [_("A hall is no part of itself.")]})
    wanted = set(_sections_of(hall.hotel, parts))
    if not wanted and len(before) == 1:
        return False
    if wanted == before:
        return False
    _unbooked(hall, now)
    if not wanted:
        wanted = {Section.objects.create(hotel_id=hall.hotel_id, created_at=now).pk}
    elif len(before) == 1 and HallSection.objects.of(hall.hotel_id).filter(section_id__in=before).exclude(hall=hall).exists():
        raise Invalid(errors={"parts": [_("This hall is itself a part of another one.")]})
    links.exclude(section_id__in=wanted).delete()
    HallSection.objects.bulk_create([HallSection(hotel_id=hall.hotel_id, hall=hall, section_id=pk) for pk in sorted(wanted - before)])
    return True


def _unbooked(hall: Hall, now: datetime) -> None:
    booked = Function.objects.of(hall.hotel_id).filter(hall=hall, over_at__isnull=True, taken_until_at__gt=now).order_by("from_at")
    labels = list(booked.values_list("label", flat=True)[:5])
    if labels:
        text = _("%(hall)s is still booked: %(list)s.") % {"hall": hall.shown, "list": _("; ").join(labels)}
        raise Refusal(text, code="hall_in_use", functions=labels)


def _free_code(hotel: Hotel, clean: Mapping[str, Any], present: Hall | None) -> None:
    others = Hall.objects.of(hotel.pk).exclude(pk=present.pk if present else None)
    if "code" in clean and others.filter(code__iexact=clean["code"]).exists():
        raise Invalid(errors={"code": [_("This code is in use.")]})


def _clean(values: Mapping[str, Any], present: Hall | None = None) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    clean: dict[str, Any] = {}
    for name, most in TEXTS:
        if name in values:
            clean[name] = str(values[name] or "").strip()
            if len(clean[name]) > most:
                errors[name] = [_("At most %(most)s characters.") % {"most": most}]
    for name in ("code", "name"):
        if not clean.get(name, getattr(present, name, "")):
            errors[name] = [_("This is needed.")]
    for name, (places, largest) in AMOUNTS.items():
        if name in values:
            try:
                clean[name] = _amount(values[name], places, Decimal(largest))
            except (InvalidOperation, ValueError):
                errors[name] = [_("A number of at most %(most)s.") % {"most": largest}]
    for name in MINUTES:
        if name in values:
            number = _whole(values[name])
            if number is None or not 0 <= number <= MOST_MINUTES or number % QUARTER:
                errors[name] = [_("Quarters of an hour, at most a day.")]
            clean[name] = number
    if "order" in values:
        number = _whole(values["order"])
        if number is None or not 0 <= number <= 999:
            errors["order"] = [_("A whole number from %(least)s to %(most)s.") % {"least": 0, "most": 999}]
        clean["order"] = number
    if "capacity" in values:
        clean["capacity"] = _capacity(values["capacity"] or {}, errors)
    if errors:
        raise Invalid(errors=errors)
    return clean


def _capacity(given: Mapping[str, Any], errors: dict[str, list[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for style, value in given.items():
        if value in (None, "", 0):
            continue
        number = _whole(value)
        if style not in Style.values:
            errors["capacity"] = [_("There is no such set-up style.")]
        elif number is None or not 0 < number <= MOST_PERSONS:
            errors[f"capacity_{style}"] = [_("A whole number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_PERSONS}]
        else:
            found[style] = number
    return found


def _whole(value: Any) -> int | None:
    try:
        number = Decimal(str(value).strip())
        return int(number) if number == number.to_integral_value() else None
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _amount(value: Any, places: int, largest: Decimal) -> Decimal | None:
    if value is None or str(value).strip() == "":
        return None
    amount = Decimal(str(value).strip())
    if not amount.is_finite() or not 0 <= amount <= largest:
        raise ValueError(value)
    return amount.quantize(Decimal(1).scaleb(-places))
