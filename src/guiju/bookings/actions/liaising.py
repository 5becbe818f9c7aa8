"""The liaison's and the duty person's part: arrival on time, check-in, leader, send-off; checks; the group met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.bookings.actions.serving import order_service
from guiju.bookings.actions.settling import HERE, keep_opinion
from guiju.bookings.actions.steps import LIVE, move, refuse_state
from guiju.bookings.models import Booking, Difference, Meal
from guiju.bookings.stay import zone_of
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf import wording
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

PRE_ARRIVAL = ("rooms", "meals", "places", "arrival_time", "transfer", "programme")


def _group(booking: Booking, states: tuple[str, ...]) -> None:
    if booking.kind != Booking.Kind.GROUP:
        raise Refusal(_("This step belongs to groups."), code="not_a_group")
    if booking.state not in states:
        refuse_state(booking)


@verb("bookings.liaise")
def record_on_time(booking: Booking, *, on_time: bool, expected_at: datetime | None = None, by: Actor, now: datetime) -> None:
    """The liaison has found out whether the group arrives on time (booking.liaison-normal)."""
    _group(booking, LIVE)
    if expected_at is not None:
        local = expected_at.astimezone(zone_of(booking))
        move(booking, when=LIVE, details={**booking.details, "expected_at": local.isoformat()})
    note("liaison.on_time_known", booking, on_time=on_time)


@verb("bookings.liaise")
def assist_check_in(booking: Booking, *, by: Actor, now: datetime) -> None:
    """The liaison has helped an important group to check in (booking.liaison-important)."""
    _group(booking, (*LIVE, *HERE))
    note("liaison.check_in_assisted", booking)


@verb("bookings.liaise")
def contact_leader(booking: Booking, *, by: Actor, now: datetime) -> None:
    """The liaison has spoken with the leader (booking.liaison-important)."""
    _group(booking, (*LIVE, *HERE))
    note("liaison.leader_contacted", booking)


@verb("bookings.liaise")
def see_off(
    booking: Booking, *, opinions: str, said_by: str = "", marks: Mapping[str, int | None] | None = None, by: Actor, now: datetime
) -> None:
    """The group was seen off and asked for its opinions, which are kept on the booking and its client (booking.liaison-important).

    `marks`: rooms, meals, service from 1 to 5, those that were given. Raises Invalid when nothing was written down:
    "none" is an answer too.
    """
    _group(booking, (*LIVE, *HERE))
    if not opinions.strip():
        raise Invalid(errors={"opinions": [_("What did they say? “None” is an answer too.")]})
    keep_opinion(booking, text=opinions, said_by=said_by, marks=marks, by=by, now=now)
    note("liaison.seen_off", booking, opinions=True)


@verb("bookings.check")
def match_rooms(booking: Booking, *, differences: Sequence[str] = (), by: Actor, now: datetime) -> list[Difference]:
    """The duty person has gone through the rooms with the front desk; what differs is recorded (booking.arrival-check)."""
    return _match(booking, "rooms", differences, by, now)


@verb("bookings.check")
def match_meals(booking: Booking, *, differences: Sequence[str] = (), by: Actor, now: datetime) -> list[Difference]:
    """The duty person has gone through the meals with F&B; what differs is recorded (booking.arrival-check)."""
    return _match(booking, "meals", differences, by, now)


def _match(booking: Booking, about: str, differences: Sequence[str], by: Actor, now: datetime) -> list[Difference]:
    _group(booking, LIVE)
    texts = [text.strip()[:300] for text in differences if text.strip()]
    rows = Difference.objects.bulk_create(
        Difference(hotel_id=booking.hotel_id, booking=booking, about=about, text=text, found_at=now, found_by_id=_person(by))
        for text in texts
    )
    for row in rows:
        note("check.difference_found", ("difference", row.pk), booking, about=about)
    note(f"check.{about}_matched", booking, different=bool(rows))
    return rows


def _person(by: Actor) -> UUID:
    return by.person_id or by.hotel_id


@verb("bookings.check")
def resolve_difference(difference: Difference, *, resolution: str, by: Actor, now: datetime) -> Difference:
    """A difference is settled; how, is written down. Settling again changes nothing."""
    if not resolution.strip():
        raise Invalid(errors={"resolution": [_("How was it settled?")]})
    done = Difference.objects.of(difference.hotel_id).filter(pk=difference.pk, resolved_at__isnull=True).update(
        resolved_at=now, resolved_by_id=_person(by), resolution=resolution.strip()[:300]
    )
    difference.refresh_from_db()
    if done:
        note("check.difference_resolved", ("difference", difference.pk), difference.booking, about=difference.about)
    return difference


@verb("bookings.liaise")
def pre_arrival_check(booking: Booking, *, items: Mapping[str, str], by: Actor, now: datetime) -> tuple[str, ...]:
    """Before arrival everything is gone through with the agency or escort, item by item (group.pre-arrival); what is left.

    `items`: rooms, meals, places, arrival_time, transfer, programme, those that were checked, each with what was found
    ("as ordered" will do). The check is done when all six are. Raises Invalid without any, or for an unknown one.
    """
    _group(booking, LIVE)
    found = {item: str(text).strip()[:200] for item, text in items.items() if str(text).strip()}
    if not found:
        raise Invalid(errors={PRE_ARRIVAL[0]: [_("Checked? Write what was found.")]})
    if unknown := set(found) - set(PRE_ARRIVAL):
        raise Invalid(errors={item: [_("There is no such item.")] for item in sorted(unknown)})
    known = checked_items(booking)
    told = {"at": now.isoformat(), "by": by.name}
    new = {item: {"text": text, **told} for item, text in found.items() if known.get(item, {}).get("text") != text}
    whole = {**known, **new}
    move(booking, when=LIVE, details={**booking.details, "pre_arrival": whole})
    left = tuple(item for item in PRE_ARRIVAL if item not in whole)
    if not left:
        note("group.pre_arrival_checked", booking, items=len(whole))
    return left


def checked_items(booking: Booking) -> dict[str, dict[str, str]]:
    """The items of the pre-arrival check that were gone through: item -> text, at, by."""
    kept = booking.details.get("pre_arrival") or {}
    if "at" in kept:  # written at once, before items were kept one by one
        return {item: {"text": kept[item], "at": kept["at"], "by": kept.get("by", "")} for item in PRE_ARRIVAL if kept.get(item)}
    return {item: kept[item] for item in PRE_ARRIVAL if item in kept}


@dataclass(frozen=True, slots=True)
class Wish:
    """Something the leader asks for on arrival: it becomes a service line of the department."""

    department: str
    text: str
    service: str = "request"
    at: datetime | None = None


@verb("bookings.liaise")
def meet_group(
    booking: Booking, *, meal: Meal | None = None, meal_time: time | None = None, wishes: Sequence[Wish] = (), by: Actor,
    now: datetime,
) -> list[Any]:
    """The leader was met: further wishes become service lines, the meal time is fixed and the restaurant told (group.meet).

    A group with meals still to come needs the meal and its time. Raises Invalid without them.
    """
    _group(booking, (*LIVE, *HERE))
    today = now.astimezone(zone_of(booking)).date()
    ahead = booking.meal_plan.filter(removed_at__isnull=True, on__gte=today).exists()
    if ahead and (meal is None or meal_time is None):
        raise Invalid(errors={"meal_time": [_("When do they eat? The restaurant must know.")]})
    made = []
    if meal is not None and meal_time is not None:
        Meal.objects.of(booking.hotel_id).filter(pk=meal.pk, booking=booking, removed_at__isnull=True).update(time=meal_time)
        words = _("Meal time fixed with the leader: %(on)s %(meal)s %(time)s, %(persons)s persons") % {
            "on": wording.day(meal.on, today, weekday=False), "meal": _(meal.meal), "time": meal_time.strftime("%H:%M"), "persons": meal.persons,
        }
        made.append(order_service(booking, service="meal_time", department="fnb", text=words, by=by, now=now))
    for wish in wishes:
        made.append(
            order_service(
                booking, service=wish.service, department=wish.department, text=wish.text, at=wish.at, by=by, now=now
            )
        )
    note("group.met", booking, meal_time_fixed=meal_time is not None)
    return made


@verb("bookings.service")
def luggage_up(booking: Booking, *, leader_room: str, pieces: int | None = None, by: Actor, now: datetime) -> None:
    """The luggage is on the floor and the leader's room number is noted (group.luggage-leader). Raises Invalid without it."""
    _group(booking, (*LIVE, *HERE))
    if not leader_room.strip():
        raise Invalid(errors={"leader_room": [_("The leader's room number is missing.")]})
    details = {**booking.details, "luggage_pieces": pieces} if pieces is not None else booking.details
    move(booking, when=(*LIVE, *HERE), leader_room=leader_room.strip()[:12], details=details)
    note("group.luggage_up", booking, leader_room=leader_room.strip()[:12])
