"""Series groups: one contract, many dates; all bookings of it are made or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guiju.bookings.actions.drafting import draft_booking, place_hold
from guiju.bookings.models import Booking, Series
from guiju.bookings.shapes import EscortLine, MealLine, RoomLine
from guiju.clients.models import Client
from guiju.house.models import Hotel
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.rates import queries as rates
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NoRoom

MOST_DATES = 120


@verb("bookings.edit")
def create_series(
    hotel: Hotel,
    *,
    client: Client,
    name: str,
    dates: Sequence[date],
    nights: int,
    rooms: Sequence[RoomLine],
    persons: int,
    meals: Sequence[MealLine] = (),
    escort_people: Sequence[EscortLine] = (),
    common: Mapping[str, Any] | None = None,
    until_at: datetime | None = None,
    by: Actor,
    now: datetime,
) -> tuple[Series, list[Booking]]:
    """Make one held group booking for each arrival date, whole or not at all.

    `rooms` and `meals` are written for the first date and moved along; `until_at` is until when all are held, without one
    the usual time of each. Raises NoRoom with the nights of every date that
    is short (nothing is kept), Invalid for no or doubled dates.
    """
    errors: dict[str, list[str]] = {}
    if not dates or len(dates) > MOST_DATES:
        errors["dates"] = [_("Between one and %(most)s arrival dates.") % {"most": MOST_DATES}]
    if len(set(dates)) != len(dates):
        errors["dates"] = [_("A date stands twice in the list.")]
    if not name.strip():
        errors["name"] = [_("The name is missing.")]
    if not 1 <= nights <= 30:
        errors["nights"] = [_("Between 1 and 30 nights.")]
    if errors:
        raise Invalid(errors=errors)
    first = min(dates)
    series = Series.objects.create(
        hotel=hotel, client=client, agreement=rates.agreement_of(client, first), name=name.strip()[:80], created_at=now,
        number=next_number(hotel.pk, "S", now=now, zone=hotel.zone),
    )
    made, shortage = [], []
    for number, arrival_on in enumerate(sorted(dates), start=1):
        booking = draft_booking(
            hotel, kind=Booking.Kind.GROUP, client=client, name=f"{name.strip()} {number}"[:120], arrival_on=arrival_on,
            departure_on=arrival_on + timedelta(days=nights), rooms=[moved(line, arrival_on - first) for line in rooms],
            meals=[moved(line, arrival_on - first) for line in meals], persons=persons, escort_people=escort_people,
            series=series, **dict(common or {}), by=by, now=now,
        )
        try:
            place_hold(booking, until_at=until_at, by=by, now=now)
        except NoRoom as short:
            shortage += list(short.details.get("shortage", []))
        made.append(booking)
    if shortage:
        raise NoRoom(_("Not every date has the rooms; nothing was booked."), shortage=shortage)
    return series, made


def moved(line: Any, by_days: timedelta) -> Any:
    """A room or meal line so many days later."""
    if isinstance(line, RoomLine):
        return replace(line, from_on=line.from_on + by_days, until_on=line.until_on + by_days)
    return replace(line, on=line.on + by_days)
