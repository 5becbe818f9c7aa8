"""Room types: what the hotel sells, how many of each, and the words clients use for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms.actions.door import day, key
from guiju.rooms.lines import MOST_ROOMS, say_nights
from guiju.rooms.models import RoomNight, RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

FIELDS = ("code", "name", "name_en", "short_name", "words", "physical", "beds", "is_escort", "order")


@verb("rooms.setup")
def add_room_type(hotel: Hotel, *, by: Actor, now: datetime, **values: Any) -> RoomType:
    """Add a room type: code, name, physical (how many rooms); optional name_en, short_name, words, beds,
    is_escort, order.

    Raises Invalid at the field.
    """
    clean = _clean(values)
    _free(hotel.pk, clean, None)
    try:
        with transaction.atomic():
            row = RoomType.objects.create(hotel=hotel, **clean)
    except IntegrityError:
        raise Invalid(errors={"code": [_("This code is in use.")]}) from None
    note("room_type.added", row, code=row.code, physical=row.physical)
    return row


@verb("rooms.setup")
def edit_room_type(room_type: RoomType, *, version: int, by: Actor, now: datetime, **values: Any) -> RoomType:
    """Change a room type. Another number of rooms moves the limits of all nights from today on by the
    difference.

    Raises Conflict when somebody saved since `version`, Invalid at the field (fewer rooms than are taken:
    the nights are
    named), with nothing changed.
    """
    clean = _clean(values, room_type)
    _free(room_type.hotel_id, clean, room_type)
    fields = [name for name in FIELDS if name in clean and clean[name] != getattr(room_type, name)]
    if not fields and version == room_type.version:
        return room_type
    before = RoomType.objects.of(room_type.hotel_id).select_for_update().get(pk=room_type.pk).physical
    try:
        with transaction.atomic():
            room_type.save_from(version, **{name: clean[name] for name in fields})
            if room_type.physical != before and room_type.closed_at is None:
                _move_limits(room_type, room_type.physical - before, today_of(room_type, now))
    except IntegrityError:
        raise Invalid(errors={"code": [_("This code is in use.")]}) from None
    note("room_type.changed", room_type, code=room_type.code, fields=fields)
    return room_type


@verb("rooms.setup")
def close_room_type(room_type: RoomType, *, version: int, by: Actor, now: datetime) -> RoomType:
    """Sell this type no longer. Raises Refusal naming the nights in which rooms of it are still sold or
    held."""
    RoomType.objects.of(room_type.hotel_id).select_for_update().get(pk=room_type.pk)
    today = today_of(room_type, now)
    nights = (
        RoomNight.objects.of(room_type.hotel_id)
        .filter(room_type=room_type, night__gte=today)
        .order_by("night")
    )
    taken = [row.night for row in nights.select_for_update() if row.sold + row.held + row.out_of_order]
    if taken:
        text = _("Rooms of this type are still sold, held or out of order: %(nights)s.") % {
            "nights": say_nights(taken)
        }
        raise Refusal(text, code="room_type_in_use", nights=[night.isoformat() for night in taken])
    room_type.save_from(version, closed_at=now)
    nights.update(sell_limit=0)
    note("room_type.changed", room_type, code=room_type.code, fields=["closed_at"])
    return room_type


@verb("rooms.setup")
def reopen_room_type(room_type: RoomType, *, version: int, by: Actor, now: datetime) -> RoomType:
    """Sell a closed type again, with all its rooms."""
    room_type.save_from(version, closed_at=None)
    nights = RoomNight.objects.of(room_type.hotel_id).filter(
        room_type=room_type, night__gte=today_of(room_type, now)
    )
    nights.update(sell_limit=room_type.physical)
    note("room_type.changed", room_type, code=room_type.code, fields=["closed_at"])
    return room_type


@verb("rooms.setup")
def import_room_types(
    hotel: Hotel, *, rows: Sequence[Mapping[str, Any]], by: Actor, now: datetime
) -> list[RoomType]:
    """Add or change the types of a list, matched by code: all of it or nothing. Raises Invalid naming
    each row."""
    errors: dict[str, list[str]] = {}
    done: list[RoomType] = []
    present = {row.code.casefold(): row for row in RoomType.objects.of(hotel.pk)}
    for number, row in enumerate(rows, 1):
        try:
            found = present.get(str(row.get("code", "")).strip().casefold())
            if found is None:
                found = add_room_type(hotel, by=by, now=now, **row)
            else:
                found = edit_room_type(found, version=found.version, by=by, now=now, **row)
            present[found.code.casefold()] = found
            done.append(found)
        except Invalid as error:
            for name, texts in error.errors.items():
                head = str(getattr(RoomType._meta.get_field(name), "verbose_name", name)) if name in FIELDS else name
                errors.setdefault(_("row {n}").format(n=row.get("_row", number)), []).extend(f"{head}: {text}" for text in texts)
    if errors:
        raise Invalid(errors=errors)
    return done


def today_of(room_type: RoomType, now: datetime) -> date:
    """The hotel's local date."""
    zone = Hotel.objects.values_list("zone", flat=True).get(pk=room_type.hotel_id)
    return now.astimezone(ZoneInfo(zone)).date()


def _move_limits(room_type: RoomType, by: int, today: date) -> None:
    """Move the limits of the nights from today on, locked in their order; Invalid names those that have
    too much taken."""
    nights = RoomNight.objects.of(room_type.hotel_id).filter(room_type=room_type, night__gte=today)
    rows = list(nights.order_by("night").select_for_update())
    over = [row.night for row in rows if row.sold + row.held + row.out_of_order > row.sell_limit + by]
    if over:
        text = _("More rooms are sold, held or out of order: %(nights)s.") % {"nights": say_nights(over)}
        raise Invalid(errors={"physical": [text]})
    sql = "UPDATE rooms_roomnight SET sell_limit = sell_limit + %s WHERE hotel_id = %s AND room_type_id = %s AND night = %s"
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                sql, [[by, key(room_type.hotel_id), key(room_type.pk), day(row.night)] for row in rows]
            )


def _clean(values: Mapping[str, Any], present: RoomType | None = None) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    clean = {name: values[name] for name in FIELDS if name in values}
    for name, most in (("code", 12), ("name", 40), ("name_en", 40), ("short_name", 12)):
        if name in clean:
            clean[name] = str(clean[name] or "").strip()
            if len(clean[name]) > most:
                errors[name] = [_("At most %(most)s characters.") % {"most": most}]
    for name in ("code", "name"):
        if not clean.get(name, getattr(present, name, "")):
            errors[name] = [_("This is needed.")]
    for name, least, most in (("physical", 0, MOST_ROOMS), ("beds", 1, 20), ("order", 0, 999)):
        if name not in clean and not (name == "physical" and present is None):
            continue
        number = _number(clean.get(name))
        if number is None or not least <= number <= most:
            errors[name] = [_("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}]
        else:
            clean[name] = number
    if "words" in clean:
        clean["words"] = words_from(clean["words"])
    if "is_escort" in clean:
        clean["is_escort"] = bool(clean["is_escort"])
    if errors:
        raise Invalid(errors=errors)
    return clean


def _number(value: Any) -> int | None:
    try:
        number = int(str(value).strip() or "x") if not isinstance(value, float) else int(value)
    except (ValueError, OverflowError):
        return None
    return None if isinstance(value, float) and value != number else number


def words_from(value: Any) -> list[str]:
    """The words clients use, from a list or a text with commas, 、 or line ends; each once."""
    parts: Iterable[Any] = (
        value
        if isinstance(value, list | tuple)
        else str(value or "")
        .replace("、", ",")
        .replace("，", ",")
        .replace("\n", ",")
        .replace(";", ",")
        .replace("；", ",")
        .split(",")
    )
    return list(dict.fromkeys(text[:40] for text in (str(part).strip() for part in parts) if text))[:60]


def _free(hotel_id: Any, clean: Mapping[str, Any], present: RoomType | None) -> None:
    """A code or word must mean one room type only: reading a message must never have to guess."""
    others = [row for row in RoomType.objects.of(hotel_id) if present is None or row.pk != present.pk]
    errors: dict[str, list[str]] = {}
    if any(row.code.casefold() == str(clean.get("code", "")).casefold() for row in others):
        errors["code"] = [_("This code is in use.")]
    taken = {
        str(word).casefold(): row.name
        for row in others
        if row.closed_at is None
        for word in (row.code, row.name, row.name_en, row.short_name, *row.words)
        if word
    }
    for name in ("name", "words"):
        said = clean.get(name, [])
        for word in [said] if isinstance(said, str) else said:
            if str(word).casefold() in taken:
                text = _("“%(word)s” already means %(type)s.") % {
                    "word": word,
                    "type": taken[str(word).casefold()],
                }
                errors.setdefault(name, []).append(text)
    if errors:
        raise Invalid(errors=errors)
