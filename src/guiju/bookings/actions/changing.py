"""One verb changes a booking: dates, rooms, persons, meals, transport, payment, names. It is versioned, priced again,
and moves the block; what was and what is stays in a Change row, which the change notice is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.bookings import lines, pricing
from guiju.bookings.actions import parts
from guiju.bookings.actions.drafting import label_of
from guiju.bookings.actions.steps import LIVE, enquiry_of, for_the_house, refuse_state, tell_names
from guiju.bookings.blocks import as_lines, held_block
from guiju.bookings.checking import Complaints, check_dates, check_meals, check_payer, check_people, check_rooms
from guiju.bookings.group_terms import cost_of_cut, in_both, planned_cells
from guiju.bookings.models import Booking, Change
from guiju.bookings.readiness import on_credit
from guiju.bookings.search import index
from guiju.bookings.shapes import RoomLine, plain
from guiju.bookings.stay import stay, zone_of
from guiju.clients import actions as accounts
from guiju.clients import queries as credit
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates import queries as rates
from guiju.rates.models import Agreement
from guiju.rates.settling import Cost
from guiju.rooms import actions as inventory
from guiju.rooms import queries as availability
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid

PLAIN_FIELDS = (
    "name", "tour_code", "nationality", "persons", "escorts", "arrival_on", "arrival_time", "arrival_by", "departure_on",
    "departure_time", "departure_by", "payment", "payer_split", "collection", "details", "requests", "rate_confidential",
    "contact_id", "is_important", "important_reason",
)
PART_FIELDS = ("rooms", "meals", "guests", "escort_people")
FIELDS = (*PLAIN_FIELDS, *PART_FIELDS)
PRICED = {"arrival_on", "departure_on", "rooms", "meals", "persons", "payment"}


@dataclass(slots=True)
class Plan:
    """A change thought through but not written: old and new values, the new lines and price."""

    booking: Booking
    wanted: Booking  # a copy with the new values
    changed: tuple[str, ...]
    old: dict[str, Any]
    new: dict[str, Any]
    rooms: list[RoomLine]
    price: pricing.Price | None
    types: Mapping[Any, RoomType] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    agreements: tuple[Agreement | None, Agreement | None] = (None, None)

    @property
    def old_arrival(self) -> date:
        """The arrival day as it stands before the change."""
        return self.booking.arrival_on

    @property
    def moves_rooms(self) -> bool:
        """Whether the block in the inventory changes."""
        return "rooms" in self.changed


def think(booking: Booking, fields: Mapping[str, Any], *, now: datetime) -> Plan:
    """What a change would be: checked and priced, nothing written. Raises Invalid naming each field or line."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise Invalid(errors={name: [_("This cannot be changed here.")] for name in sorted(unknown)})
    wanted = _copy(booking)
    for name in PLAIN_FIELDS:
        if name in fields:
            setattr(wanted, name, fields[name])
    present: dict[str, Any] = {
        "rooms": lines.room_shapes(booking), "meals": lines.meal_shapes(booking), "guests": lines.guest_shapes(booking),
        "escort_people": lines.escort_shapes(booking),
    }
    given = {name: list(fields[name]) if name in fields else list(value) for name, value in present.items()}
    if "rooms" not in fields:
        given["rooms"] = moved_rooms(given["rooms"], booking, wanted)
    if "meals" not in fields and wanted.arrival_on != booking.arrival_on:
        shift = wanted.arrival_on - booking.arrival_on
        given["meals"] = [replace(meal, on=meal.on + shift) for meal in given["meals"]]
    if "escort_people" in fields and "escorts" not in fields:
        wanted.escorts = max(wanted.escorts, len(given["escort_people"]))
    types = lines.all_types(booking.hotel_id)
    _check(booking, wanted, given, types, now)
    if wanted.arrival_on != booking.arrival_on:
        wanted.agreement = _agreement(booking, wanted.arrival_on)
    changed = tuple(
        name for name in FIELDS
        if (given[name] != present[name] if name in PART_FIELDS else getattr(wanted, name) != getattr(booking, name))
    )
    price = _price(booking, wanted, given, types, now) if PRICED.intersection(changed) else None
    return Plan(
        booking=booking, wanted=wanted, changed=changed, rooms=given["rooms"], price=price, types=types, parts=given,
        old={name: plain(present.get(name, getattr(booking, name, None))) for name in changed},
        new={name: plain(given.get(name, getattr(wanted, name, None))) for name in changed},
        agreements=(booking.agreement, wanted.agreement),
    )


def _copy(booking: Booking) -> Booking:
    twin = Booking.__new__(Booking)
    twin.__dict__.update({key: value for key, value in booking.__dict__.items() if key != "_prefetched_objects_cache"})
    twin._state = copy(booking._state)  # its own cache of related rows: another agreement here is not one there
    twin._state.fields_cache = dict(booking._state.fields_cache)
    return twin


def moved_rooms(rooms: Sequence[RoomLine], old: Booking, new: Booking) -> list[RoomLine]:
    """Room lines when only the dates move: the same length shifts them; else lines over the whole stay follow it."""
    if (old.arrival_on, old.departure_on) == (new.arrival_on, new.departure_on):
        return list(rooms)
    shift = new.arrival_on - old.arrival_on
    if new.departure_on - old.departure_on == shift:
        return [replace(line, from_on=line.from_on + shift, until_on=line.until_on + shift) for line in rooms]
    out = []
    for line in rooms:
        from_on = new.arrival_on if line.from_on == old.arrival_on else max(line.from_on, new.arrival_on)
        until_on = new.departure_on if line.until_on == old.departure_on else min(line.until_on, new.departure_on)
        if until_on > from_on:
            out.append(replace(line, from_on=from_on, until_on=until_on))
    return out


def _check(booking: Booking, wanted: Booking, given: dict[str, Any], types: Mapping[Any, RoomType], now: datetime) -> None:
    complaints = Complaints()
    dates = {"arrival_on": wanted.arrival_on, "departure_on": wanted.departure_on}
    moved = wanted.arrival_on != booking.arrival_on
    today = now.astimezone(zone_of(booking)).date() if moved else None
    complaints.unless(bool(wanted.name.strip()), "name", _("The name is missing."))
    complaints.unless(1 <= wanted.persons <= 5000, "persons", _("How many persons?"))
    if booking.state == Booking.State.ARRIVED:
        complaints.unless(not moved, "arrival_on", _("They are here already."))
    check_payer(booking.kind, wanted.payment, booking.client, complaints)
    check_dates(**dates, today=today, complaints=complaints)
    check_rooms(given["rooms"], types, **dates, complaints=complaints)
    check_meals(given["meals"], **dates, complaints=complaints)
    check_people(given["guests"], given["escort_people"], types, complaints)
    complaints.raise_any()


def _agreement(booking: Booking, arrival_on: date) -> Agreement | None:
    """The agreement of the new arrival day: the same while it is in force, else the client's of that day, or none."""
    if booking.agreement is not None and rates.in_force(booking.agreement, arrival_on):
        return booking.agreement
    return rates.agreement_of(booking.client, arrival_on) if booking.client is not None else None


def _price(
    booking: Booking, wanted: Booking, given: dict[str, Any], types: Mapping[Any, RoomType], now: datetime
) -> pricing.Price:
    return pricing.price(
        booking.hotel_id, kind=booking.kind, client=booking.client, agreement=wanted.agreement, rooms=given["rooms"],
        meals=given["meals"], persons=wanted.persons, types=types, decision=booking.decision,
        today=now.astimezone(zone_of(booking)).date(), deviations=pricing.asked_amounts(booking),
    )


@verb("bookings.edit")
def change(
    booking: Booking, *, version: int, fields: Mapping[str, Any], reason: str = "", told_by: str = "", told_how: str = "",
    told_at: datetime | None = None, charged: bool = True, by: Actor, now: datetime,
) -> Change | None:
    """Change a booking; None when nothing is different.

    Rooms that a group cuts after its cut-off are charged by its agreement's terms; `charged` is no where the house itself
    lets them go.

    `fields`: any of changing.FIELDS; `rooms`, `meals`, `guests`, `escort_people` are whole lists of shapes. A change of
    dates alone moves rooms and meals with it. Raises Conflict with both values when somebody saved since `version`,
    NoRoom (nothing changed), Invalid, Refusal "wrong_state" or "credit". Implements booking.change-notice,
    group.change-notify: its papers follow in the same step.
    """
    fresh = Booking.objects.of(booking.hotel_id).select_related("hotel", "client", "agreement").get(pk=booking.pk)
    if fresh.version != version:
        raise _conflict(fresh, fields)
    if fresh.state not in LIVE:
        refuse_state(fresh)
    plan = think(fresh, fields, now=now)
    if not plan.changed:
        booking.refresh_from_db()
        return None
    cost = cost_of(plan, now=now) if charged else None
    _write(plan, version, now)
    _move_block(plan, by=by, now=now)
    _settle_credit(fresh, by=by, now=now)
    if plan.agreements[0] != plan.agreements[1]:  # the dates brought another agreement, or none
        numbers = [one.number if one else "" for one in plan.agreements]
        plan.changed, plan.old["agreement"], plan.new["agreement"] = (*plan.changed, "agreement"), *numbers
    if cost is not None and cost.amount:
        plan.new["charge_zh"], plan.new["charge_en"] = in_both(cost)
    row = Change.objects.create(
        hotel_id=fresh.hotel_id, booking=fresh, fields=list(plan.changed), old=plan.old, new=plan.new,
        reason=reason.strip()[:200], told_by=told_by.strip()[:80], told_how=told_how, told_at=told_at, at=now,
        by_id=by.person_id, charge=cost.amount if cost else Decimal(0),
    )
    note("booking.changed", fresh, enquiry_of(fresh), text=reason.strip(), **stay(fresh, fields=list(plan.changed)))
    if fresh.kind == Booking.Kind.GROUP and fresh.confirmed_at and {"guests", "persons"}.intersection(plan.changed):
        tell_names(fresh, len(plan.parts["guests"]))
    from guiju.bookings.papers import follow_change  # papers stand on the same steps

    follow_change(fresh, row, by=by, now=now)
    booking.refresh_from_db()
    return row


def _conflict(fresh: Booking, fields: Mapping[str, Any]) -> Conflict:
    theirs = {name: plain(getattr(fresh, name)) for name in fields if name in PLAIN_FIELDS}
    readers = {
        "rooms": lines.room_shapes, "meals": lines.meal_shapes, "guests": lines.guest_shapes,
        "escort_people": lines.escort_shapes,
    }
    theirs |= {name: plain(readers[name](fresh)) for name in fields if name in readers}
    return Conflict(
        _("Somebody saved this booking before you."), mine=plain(dict(fields)), theirs=theirs, version=fresh.version
    )


def _write(plan: Plan, version: int, now: datetime) -> None:
    booking, changed = plan.booking, set(plan.changed)
    values = {name: getattr(plan.wanted, name) for name in PLAIN_FIELDS if name in changed}
    values["escorts"] = plan.wanted.escorts
    values["agreement"] = plan.wanted.agreement
    if plan.price is not None:
        values |= {"total": plan.price.total, "free_beds": plan.price.free_beds}
    if booking.hold_until_at is not None and "arrival_on" in changed:  # the hold stands on its day before or of arrival
        moved = booking.hold_until_at + (plan.wanted.arrival_on - plan.old_arrival)
        values["hold_until_at"] = moved if moved > now else booking.hold_until_at
    booking.save_from(version, **values)
    if changed & {"name", "tour_code"}:
        index(plan.wanted)
    priced = plan.price is not None
    parts.remove(
        booking, rooms="rooms" in changed or priced, meals="meals" in changed or priced, guests="guests" in changed,
        escorts="escort_people" in changed, now=now,
    )
    if plan.price is not None:
        parts.write_rooms(booking, plan.rooms, plan.price, plan.types)
        parts.write_meals(booking, plan.parts["meals"], plan.price)
    if "guests" in changed:
        parts.write_guests(booking, plan.parts["guests"])
    if "escort_people" in changed:
        parts.write_escorts(booking, plan.parts["escort_people"])


def _move_block(plan: Plan, *, by: Actor, now: datetime) -> None:
    block = held_block(plan.booking)
    if block is not None and (plan.moves_rooms or "name" in plan.changed):
        inventory.change(
            block, as_lines(plan.rooms, plan.types), label=label_of(plan.booking),
            until_at=plan.booking.hold_until_at, by=for_the_house(by), now=now,
        )


def _settle_credit(booking: Booking, *, by: Actor, now: datetime) -> None:
    """Credit follows the new total once it was taken (at confirmation)."""
    if booking.client is None or booking.state == Booking.State.TENTATIVE:
        return
    house, wanted = for_the_house(by), on_credit(booking)
    taken = credit.credit_taken(booking.client, booking.subject)
    if wanted > taken:
        accounts.take_credit(booking.client, amount=wanted - taken, about=booking.subject, by=house, now=now)
    elif wanted < taken:
        accounts.give_back_credit(booking.client, amount=taken - wanted, about=booking.subject, by=house, now=now)


@dataclass(frozen=True, slots=True)
class Night:
    """What a change does to one room type in one night: left before and after."""

    room_type: RoomType
    night: date
    before: int
    after: int


def effect_on_rooms(plan: Plan) -> list[Night]:
    """Availability before and after, for each night and type that would move: shown before anything is saved."""
    if not plan.moves_rooms or held_block(plan.booking) is None:
        return []
    old, new = _count(lines.room_shapes(plan.booking)), _count(plan.rooms)
    cells = {cell for cell in old | new if old.get(cell, 0) != new.get(cell, 0)}
    if not cells:
        return []
    left = availability.lefts(plan.booking.hotel_id, sorted(cells, key=str), dict(plan.types))
    rows = [
        Night(plan.types[kind], night, left[kind, night], left[kind, night] + old.get((kind, night), 0) - new.get((kind, night), 0))
        for kind, night in cells
    ]
    return sorted(rows, key=lambda row: (row.night, row.room_type.order, row.room_type.code))


def _count(rooms: Sequence[RoomLine]) -> dict[tuple[Any, date], int]:
    wanted: dict[tuple[Any, date], int] = {}
    for line in rooms:
        for number in range((line.until_on - line.from_on).days):
            cell = (line.room_type_id, line.from_on + timedelta(days=number))
            wanted[cell] = wanted.get(cell, 0) + line.rooms
    return wanted


def cost_of(plan: Plan, *, now: datetime) -> Cost | None:
    """What the rooms cut by this change cost a group by its agreement's terms; None where no rooms are cut."""
    booking = plan.booking
    if booking.kind != Booking.Kind.GROUP or not plan.moves_rooms or plan.price is None:
        return None
    moved = plan.wanted.arrival_on - plan.old_arrival
    cost = cost_of_cut(booking, planned_cells(plan.rooms, plan.price.nightly), moved=moved, now=now)
    return None if cost.code == "not_fewer" and not cost.amount else cost


def price_before_after(plan: Plan) -> tuple[Decimal, Decimal]:
    """The total as it is and as it would be."""
    return plan.booking.total, plan.price.total if plan.price is not None else plan.booking.total
