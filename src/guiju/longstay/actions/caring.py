"""Flowers, fruit and the monthly list: ordered, ticked, issued, also by themselves at their time (flowers-suite, monthly-list)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.duties.models import Duty
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import durably, note, writing
from guiju.longstay import papers, queries
from guiju.longstay.actions.renting import stand
from guiju.longstay.models import Apartment, Charge, GuestOrder, LongStay, MonthlyList
from guiju.longstay.terms import moment, next_birthday
from guiju.shelf.actor import Actor, the_clock
from guiju.shelf.errors import Invalid, NotAllowed, Refusal

State = LongStay.State
DEPARTMENT = {"flowers": "housekeeping", "fruit": "fnb"}
LIST = "longstay.monthly-list"


@verb("longstay.edit")
def place_order(
    stay: LongStay, *, what: str, needed_at: datetime, occasion: str = "other", text: str = "", by: Actor, now: datetime
) -> GuestOrder:
    """Order flowers from housekeeping or fruit from F&B for a guest's room by a moment. The same order again is the same order."""
    if stay.state not in (State.ASKED, State.IN_FORCE):
        raise Refusal(_("There is no room to send it to."), code="wrong_state")
    errors = {}
    if what not in GuestOrder.What.values:
        errors["what"] = [_("Flowers or fruit.")]
    if occasion not in GuestOrder.Occasion.values:
        errors["occasion"] = [_("Moving in, birthday or other.")]
    if needed_at < now:
        errors["needed_at"] = [_("That moment has passed.")]
    if errors:
        raise Invalid(errors=errors)
    return _place(stay, what, occasion, needed_at, text, now)


def _place(stay: LongStay, what: str, occasion: str, needed_at: datetime, text: str, now: datetime) -> GuestOrder:
    key = {"hotel_id": stay.hotel_id, "longstay": stay, "what": what, "occasion": occasion, "needed_at": needed_at}
    try:
        with transaction.atomic():
            row: GuestOrder = GuestOrder.objects.create(**key, department=DEPARTMENT[what], text=text.strip()[:200], placed_at=now)
    except IntegrityError:
        known: GuestOrder = GuestOrder.objects.get(**key)
        return known
    note("guest_order.placed", row, stay, what=what, occasion=occasion, department=row.department, needed_at=needed_at)
    return row


def welcome(stay: LongStay, *, now: datetime) -> None:
    """A suite or an apartment gets flowers by the day of moving in (longstay.flowers-suite), within the step that signs the contract."""
    if stay.unit in (Apartment.Unit.SUITE, Apartment.Unit.APARTMENT) and stay.from_on is not None:
        needed = max(moment(stay, stay.from_on, "14:00"), now)
        _place(stay, "flowers", "move_in", needed, "", now)


@verb("longstay.edit")
def order_birthday(stay: LongStay, *, by: Actor, now: datetime) -> list[GuestOrder]:
    """Flowers and fruit for the guest's next birthday, at ten that morning (longstay.monthly-list)."""
    day = next_birthday(stay, queries.today_of(stay.hotel_id, now))
    if day is None:
        raise Invalid(errors={"birthday": [_("The birthday is not known.")]})
    if stay.state != State.IN_FORCE:
        raise Refusal(_("There is no room to send it to."), code="wrong_state")
    needed = moment(stay, day, "10:00")
    return [_place(stay, what, "birthday", needed, "", now) for what in ("flowers", "fruit")]


@verb("longstay.orders")
def do_order(order: GuestOrder, *, by: Actor, now: datetime) -> GuestOrder:
    """It stands in the room: ticked by the department that was asked. Raises NotAllowed for anybody else."""
    if order.department not in by.departments:
        raise NotAllowed("longstay.orders", permission="longstay.orders")
    rows = GuestOrder.objects.filter(pk=order.pk, done_at__isnull=True, dropped_at__isnull=True)
    if rows.update(done_at=now, done_by_id=by.person_id):
        note("guest_order.done", order, ("longstay", str(order.longstay_id)), what=order.what)
    order.refresh_from_db()
    return order


@verb("longstay.edit")
def drop_order(order: GuestOrder, *, by: Actor, now: datetime) -> GuestOrder:
    """It is not wanted after all. Raises Refusal once it was sent."""
    if not GuestOrder.objects.filter(pk=order.pk, done_at__isnull=True, dropped_at__isnull=True).update(dropped_at=now):
        raise Refusal(_("It was sent, or called off, already."), code="wrong_state")
    note("guest_order.dropped", order, ("longstay", str(order.longstay_id)), what=order.what)
    order.refresh_from_db()
    return order


@verb("longstay.edit")
def issue_list(hotel: Hotel, *, month: date | None = None, by: Actor, now: datetime) -> MonthlyList:
    """Issue the list of a month (by default this one) to the departments; once it is out, it is the same list.

    Raises Refusal without long-stay guests, Invalid for a month to come.
    """
    today = queries.today_of(hotel.pk, now)
    first = (month or today).replace(day=1)
    if first > today:
        raise Invalid(errors={"month": [_("That month is still to come.")]})
    known: MonthlyList | None = MonthlyList.objects.of(hotel.pk).filter(month=first).first()
    if known is not None:
        return known
    guests = list(queries.stays(hotel.pk, "here"))
    if not guests:
        raise Refusal(_("There are no long-stay guests."), code="nobody")
    row: MonthlyList = MonthlyList.objects.create(hotel=hotel, month=first, guests=len(guests), issued_at=now)
    papers.put_out_list(row, guests, by=by, now=now)
    note("longstay.listed", ("hotel", str(hotel.pk)), row, month=f"{first:%Y-%m}", guests=len(guests))
    return row


# What happens by itself


def each_round(hotel_id: UUID, now: datetime) -> None:
    """At each round of the clock: rents that fell due, birthdays that come near, the list of the month. A repeat changes nothing."""
    if not LongStay.objects.of(hotel_id).filter(state__in=(State.IN_FORCE, State.LEFT)).exists():
        return
    by = the_clock(hotel_id)
    for stay in _to_stand(hotel_id, now):
        _quietly(stay.hotel_id, by, now, lambda stay=stay: stand(stay, now))
    rows = Duty.objects.of(hotel_id).filter(clause=LIST, met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True, starts_at__lte=now)
    for rule, subject, occurrence in rows.values_list("rule", "subject_id", "occurrence"):
        if rule.startswith("birthday"):
            guest = LongStay.objects.of(hotel_id).select_related("hotel", "apartment").filter(pk=subject, state=State.IN_FORCE).first()
            if guest is not None and guest.birthday is not None:
                _quietly(hotel_id, by, now, lambda guest=guest: order_birthday(guest, by=by, now=now))
        elif rule == "list":
            month = _month(occurrence)
            if not MonthlyList.objects.of(hotel_id).filter(month=month).exists():
                hotel = Hotel.objects.get(pk=hotel_id)
                _quietly(hotel_id, by, now, lambda hotel=hotel, month=month: issue_list(hotel, month=month, by=by, now=now))


def _month(occurrence: str) -> date:
    return date.fromisoformat(f"{occurrence[:7]}-01")


def _to_stand(hotel_id: UUID, now: datetime) -> list[LongStay]:
    """Whose rent fell due since it was last looked at, or is unpaid for longer than the days of grace."""
    today = queries.today_of(hotel_id, now)
    unpaid = Charge.objects.of(hotel_id).filter(due_on__lte=today, dropped_at__isnull=True, paid__lt=F("amount"))
    fresh = unpaid.filter(longstay__stands_since_on__isnull=True)
    late = LongStay.objects.of(hotel_id).filter(
        stands_since_on__lt=today - timedelta(days=queries.grace(hotel_id)), late_since_on__isnull=True, state__in=(State.IN_FORCE, State.LEFT)
    )
    rows = LongStay.objects.of(hotel_id).select_related("hotel")
    return list(rows.filter(pk__in=fresh.values("longstay_id"))) + list(late.select_related("hotel"))


def _quietly(hotel_id: UUID, by: Actor, now: datetime, step: Any) -> None:
    """One step of the clock's own; what the house refuses (nobody to sign, no guest) stays for a person to do."""

    def attempt() -> None:
        with writing(hotel_id, by=by, now=now):
            step()

    try:
        durably(attempt)
    except Refusal:
        return
