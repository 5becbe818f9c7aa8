"""What happens when and where, and what is offered: functions with their halls, lines with their prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.events.actions.steps import OPEN, Errors, changed, complain, for_the_house, need_open, refresh_times
from guiju.events.models import Event, EventFunction, EventLine
from guiju.function_space import actions as halls
from guiju.function_space.models import Style
from guiju.house.facts import DEPARTMENTS
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

LONGEST = timedelta(days=7)
MOST_PERSONS, MOST_TABLES = 20_000, 2_000
FUNCTION = (
    "name", "from_at", "until_at", "hall", "setup_minutes", "turn_minutes", "setup", "decoration", "expected_persons", "expected_tables",
    "spare_tables",
)
LINE = ("function", "part", "menu", "text", "text_en", "details", "department", "basis", "quantity", "price")


@verb("events.edit")
def add_function(event: Event, *, plan: Mapping[str, Any], by: Actor, now: datetime) -> EventFunction:
    """Add a function (`plan`: FUNCTION). Its hall is taken by `take_hall`. Raises Invalid at the field."""
    need_open(event)
    values = _function(event, plan, None, now)
    row = EventFunction(hotel_id=event.hotel_id, event=event, **values)
    row.save(force_insert=True)
    refresh_times(event)
    changed(event, ["functions"], by=by, now=now)
    return row


@verb("events.edit")
def change_function(row: EventFunction, *, plan: Mapping[str, Any], by: Actor, now: datetime) -> EventFunction:
    """Change a function; a hall it has in the diary is moved with it, whole or not at all. Raises HallTaken, Invalid at the field."""
    event = row.event
    need_open(event)
    values = _function(event, plan, row, now)
    fields = [key for key, value in values.items() if getattr(row, key) != value]
    if not fields:
        return row
    if row.diary is not None and row.diary.standing:
        _move_hall(row, values, by=by, now=now)
    for key in fields:
        setattr(row, key, values[key])
    row.save(update_fields=[*fields, "diary"])
    refresh_times(event)
    changed(event, fields, by=by, now=now)
    return row


def _move_hall(row: EventFunction, values: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    diary = row.diary
    if diary is None:
        return
    if values["hall"] is None:
        halls.release(diary, reason=_("The function needs no hall."), by=for_the_house(by), now=now)
        row.diary = None
        return
    row.diary = halls.move(
        diary, hall=values["hall"] if values["hall"].pk != diary.hall_id else None, from_at=values["from_at"], until_at=values["until_at"],
        setup_minutes=values["setup_minutes"], turn_minutes=values["turn_minutes"], by=for_the_house(by), now=now,
    )


def _function(event: Event, plan: Mapping[str, Any], row: EventFunction | None, now: datetime) -> dict[str, Any]:
    """The values of a function. Raises Invalid naming each field."""
    errors: Errors = {}
    got = {key: plan.get(key, getattr(row, key) if row is not None else None) for key in FUNCTION}
    name = " ".join(str(got["name"] or "").split())
    if not 1 <= len(name) <= 60:
        errors["name"] = [_("What is this function called? At most 60 characters.")]
    elif _others(event, row).filter(name=name).exists():
        errors["name"] = [_("Another function of this event has this name.")]
    from_at, until_at = got["from_at"], got["until_at"]
    if from_at is None or until_at is None:
        errors["from_at" if from_at is None else "until_at"] = [_("When?")]
    elif until_at <= from_at:
        errors["until_at"] = [_("It ends after it begins.")]
    elif until_at - from_at > LONGEST:
        errors["until_at"] = [_("Longer than a week: please make several functions.")]
    elif until_at <= now:
        errors["until_at"] = [_("This time has passed.")]
    hall = got["hall"]
    if hall is not None and (hall.hotel_id != event.hotel_id or hall.closed_at is not None):
        errors["hall"] = [_("This hall is not let.")]
    for key in ("setup_minutes", "turn_minutes"):  # the hall's own unless said
        if got[key] is None and hall is not None:
            got[key] = getattr(hall, key)
    numbers = {key: _whole(got[key], key, most, errors) for key, most in (
        ("setup_minutes", 2880), ("turn_minutes", 2880), ("expected_persons", MOST_PERSONS), ("expected_tables", MOST_TABLES), ("spare_tables", 200),
    )}
    if got["setup"] and got["setup"] not in Style.values:
        errors["setup"] = [_("Which set-up?")]
    decoration = " ".join(str(got["decoration"] or "").split())
    if len(decoration) > 300:
        errors["decoration"] = [_("At most %(most)s characters.") % {"most": 300}]
    complain(errors)
    return {"name": name, "from_at": from_at, "until_at": until_at, "hall": hall, "setup": got["setup"] or "", "decoration": decoration, **numbers}


def _others(event: Event, row: EventFunction | None) -> Any:
    rows = EventFunction.objects.of(event.hotel_id).filter(event=event, removed_at__isnull=True)
    return rows.exclude(pk=row.pk) if row is not None else rows


def _whole(value: Any, key: str, most: int, errors: Errors) -> int:
    usual = 60 if key.endswith("minutes") else 0
    number = usual if value is None else int(value)
    if not 0 <= number <= most:
        errors[key] = [_("Between 0 and %(most)s.") % {"most": most}]
    return number


@verb("events.edit")
def drop_function(row: EventFunction, *, reason: str = "", by: Actor, now: datetime) -> EventFunction:
    """The function is not held; its hall is free again, its lines go with it. Dropping twice changes nothing."""
    event = row.event
    need_open(event)
    if not EventFunction.objects.of(row.hotel_id).filter(pk=row.pk, removed_at__isnull=True).update(removed_at=now):
        return row
    row.removed_at = now
    if row.diary is not None and row.diary.standing:
        halls.release(row.diary, reason=reason or _("The function is not held."), by=for_the_house(by), now=now)
    EventLine.objects.of(row.hotel_id).filter(function=row, removed_at__isnull=True).update(removed_at=now)
    refresh_times(event)
    changed(event, ["functions"], by=by, now=now)
    return row


@verb("events.edit")
def take_hall(row: EventFunction, *, option_until_at: datetime | None = None, by: Actor, now: datetime) -> EventFunction:
    """Take the function's hall: as an option until a moment, without one definite. Taking again changes the option.

    Raises HallTaken naming the clash and what is free, Invalid without a hall.
    """
    event = row.event
    need_open(event)
    if row.hall is None:
        raise Invalid(errors={"hall": [_("Which hall?")]})
    house = for_the_house(by)
    if row.diary is not None and row.diary.standing:
        if option_until_at is None:
            row.diary = halls.confirm(row.diary, by=house, now=now)
        else:
            row.diary = halls.extend_option(row.diary, option_until_at=option_until_at, by=house, now=now)
        return row
    row.diary = halls.hold(
        event.hotel, hall=row.hall, from_at=row.from_at, until_at=row.until_at, label=f"{event.number} {event.name}"[:120],
        setup_minutes=row.setup_minutes, turn_minutes=row.turn_minutes, about=event.subject, option_until_at=option_until_at,
        persons=row.persons or None, style=row.setup, handler_id=event.seller_id, by=house, now=now,
    )
    row.save(update_fields=["diary"])
    return row


@verb("events.edit")
def release_hall(row: EventFunction, *, reason: str, by: Actor, now: datetime) -> EventFunction:
    """Give the hall back while the event is not definite. Raises Invalid without a reason, Refusal once definite."""
    if row.event.state == Event.State.DEFINITE:
        raise Refusal(_("The event is definite: move its hall, or drop the function."), code="wrong_state", state=row.event.state)
    if len(reason.strip()) < 2:
        raise Invalid(errors={"reason": [_("Say why.")]})
    if row.diary is not None and row.diary.standing:
        halls.release(row.diary, reason=reason.strip()[:200], by=for_the_house(by), now=now)
        row.diary = None
        row.save(update_fields=["diary"])
    return row


@verb("events.edit")
def add_line(event: Event, *, line: Mapping[str, Any], by: Actor, now: datetime) -> EventLine:
    """Add to the offer (`line`: LINE). With a menu, its name, dishes, basis and price are taken over unless given. Raises Invalid."""
    need_open(event)
    row = EventLine(hotel_id=event.hotel_id, event=event, **_line(event, line, None))
    row.save(force_insert=True)
    changed(event, ["lines"], by=by, now=now)
    return row


@verb("events.edit")
def change_line(row: EventLine, *, line: Mapping[str, Any], by: Actor, now: datetime) -> EventLine:
    """Change a line of the offer; the order follows. Raises Invalid at the field."""
    need_open(row.event)
    if row.removed_at is not None:
        raise Refusal(_("This line was taken out."), code="dropped")
    values = _line(row.event, line, row)
    fields = [key for key, value in values.items() if getattr(row, key) != value]
    if fields:
        for key in fields:
            setattr(row, key, values[key])
        row.save(update_fields=fields)
        changed(row.event, ["lines"], by=by, now=now)
    return row


@verb("events.edit")
def drop_line(row: EventLine, *, by: Actor, now: datetime) -> EventLine:
    """Take a line out of the offer. Twice changes nothing."""
    need_open(row.event, OPEN)
    if EventLine.objects.of(row.hotel_id).filter(pk=row.pk, removed_at__isnull=True).update(removed_at=now):
        row.removed_at = now
        changed(row.event, ["lines"], by=by, now=now)
    return row


def _line(event: Event, line: Mapping[str, Any], row: EventLine | None) -> dict[str, Any]:
    """The values of a line. Raises Invalid naming each field."""
    errors: Errors = {}
    got = {key: line.get(key, getattr(row, key) if row is not None else None) for key in LINE}
    menu = got["menu"]
    if menu is not None:
        if menu.hotel_id != event.hotel_id or not (menu.is_active or (row is not None and row.menu_id == menu.pk)):
            errors["menu"] = [_("This menu is not on offer.")]
        usual = {"part": "menu", "text": menu.name, "text_en": menu.name_en, "details": menu.dishes, "basis": menu.basis, "price": menu.price}
        got = {key: value if value not in (None, "") else usual.get(key, value) for key, value in got.items()}
    function = got["function"]
    if function is not None and (function.event_id != event.pk or function.removed_at is not None):
        errors["function"] = [_("This function is not of this event.")]
    if got["part"] not in EventLine.Part.values:
        errors["part"] = [_("Hall, menu, drinks, equipment or extra?")]
    if got["basis"] not in EventLine.Basis.values:
        errors["basis"] = [_("Charged for what?")]
    elif got["basis"] != "piece" and function is None:
        errors["function"] = [_("For each table or person of which function?")]
    text = " ".join(str(got["text"] or "").split())
    if not 1 <= len(text) <= 120:
        errors["text"] = [_("What is it? At most 120 characters.")]
    text_en, details = " ".join(str(got["text_en"] or "").split()), str(got["details"] or "").strip()
    if len(text_en) > 120:
        errors["text_en"] = [_("At most %(most)s characters.") % {"most": 120}]
    if len(details) > 3000:
        errors["details"] = [_("At most %(most)s characters.") % {"most": 3000}]
    department = got["department"] or "fnb"
    if department not in DEPARTMENTS:
        errors["department"] = [_("Which department?")]
    quantity = _amount(1 if got["quantity"] is None else got["quantity"], "quantity", Decimal(1_000_000), errors)
    price = _amount(got["price"], "price", Decimal(10_000_000), errors)
    complain(errors)
    return {
        "function": function, "part": got["part"], "menu": menu, "text": text, "text_en": text_en, "details": details, "department": department,
        "basis": got["basis"], "quantity": quantity, "price": price,
    }


def _amount(value: Any, key: str, below: Decimal, errors: Errors) -> Decimal:
    if value is None or value == "":
        errors[key] = [_("How much?")]
        return Decimal(0)
    amount = Decimal(str(value))
    if not amount.is_finite() or not 0 <= amount < below or amount != amount.quantize(Decimal("0.01")):
        errors[key] = [_("This is no possible amount.")]
        return Decimal(0)
    return amount
