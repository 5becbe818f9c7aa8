"""The house's own prices: seasons, rack rates by season and weekday, nights without agreement rates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates.checks import amount_errors, weekdays_of
from guiju.rates.lists import overlapping_seasons
from guiju.rates.models import RackRate, Season, SeasonKind, VoidDay
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

MOST_VOID_NIGHTS = 400


@verb("rates.edit")
def add_season(hotel: Hotel, *, name: str, kind: str, from_on: date, until_on: date, by: Actor, now: datetime) -> Season:
    """Add a season [from_on, until_on). Raises Invalid at the field; a night in two seasons is refused."""
    _check_season(hotel.pk, name, kind, from_on, until_on, None)
    season = Season.objects.create(hotel=hotel, name=name.strip(), kind=kind, from_on=from_on, until_on=until_on)
    note("season.set", season, from_on=from_on, until_on=until_on)
    return season


@verb("rates.edit")
def edit_season(
    season: Season,
    *,
    name: str,
    kind: str,
    from_on: date,
    until_on: date,
    version: int,
    by: Actor,
    now: datetime,
) -> Season:
    """Change a season. Raises Invalid as `add_season`, Conflict after another save."""
    _check_season(season.hotel_id, name, kind, from_on, until_on, season.pk)
    season.save_from(version, name=name.strip(), kind=kind, from_on=from_on, until_on=until_on)
    note("season.set", season, from_on=from_on, until_on=until_on)
    return season


@verb("rates.edit")
def remove_season(season: Season, *, by: Actor, now: datetime) -> None:
    """Take a season away: its nights have no season until another covers them."""
    note("season.removed", season, from_on=season.from_on, until_on=season.until_on)
    season.delete()


def _check_season(hotel_id: UUID, name: str, kind: str, from_on: date, until_on: date, own: UUID | None) -> None:
    errors: dict[str, list[str]] = {}
    if not name.strip():
        errors["name"] = [_("This is needed.")]
    elif len(name.strip()) > 40:
        errors["name"] = [_("At most %(most)s characters.") % {"most": 40}]
    if kind not in SeasonKind.values:
        errors["kind"] = [_("Choose high, shoulder or low.")]
    if until_on <= from_on:
        errors["until_on"] = [_("The end must be after the beginning.")]
    else:
        others = [row for row in overlapping_seasons(hotel_id, from_on, until_on) if row.pk != own]
        if others:
            text = _("Overlaps with %(name)s, %(from)s to %(until)s.")
            values = {"name": others[0].name, "from": others[0].from_on, "until": others[0].until_on}
            errors["from_on"] = [text % values]
    if errors:
        raise Invalid(errors=errors)


@verb("rates.edit")
def set_rack_rate(
    room_type: RoomType,
    *,
    season_kind: str,
    weekdays: str,
    amount: Decimal,
    breakfasts: int = 0,
    by: Actor,
    now: datetime,
) -> RackRate:
    """Lay down the published rate of a room type for a kind of season and weekdays.

    Raises Invalid for no or a negative amount, an unknown season, or weekdays that another rate of the same
    type and season prices with equal right.
    """
    days = weekdays_of(weekdays)
    errors = amount_errors(amount, breakfasts)
    if season_kind not in (*SeasonKind.values, "any"):
        errors["season_kind"] = [_("Choose high, shoulder or low.")]
    if not days:
        errors["weekdays"] = [_("Choose at least one weekday.")]
    if errors:
        raise Invalid(errors=errors)
    rows = RackRate.objects.of(room_type.hotel_id).filter(room_type=room_type, season_kind=season_kind)
    present = rows.filter(weekdays=days).first()
    for other in rows.exclude(weekdays=days):
        if len(other.weekdays) == len(days) and set(other.weekdays) & set(days):
            raise Invalid(errors={"weekdays": [_("Another rate holds on some of these weekdays.")]})
    row, _made = RackRate.objects.update_or_create(
        hotel_id=room_type.hotel_id,
        room_type=room_type,
        season_kind=season_kind,
        weekdays=days,
        defaults={"amount": amount, "breakfasts": breakfasts},
    )
    note(
        "rack_rate.set",
        room_type,
        season=season_kind,
        weekdays=days,
        amount=amount,
        was=present.amount if present else None,
        breakfasts=breakfasts,
    )
    return row


@verb("rates.edit")
def remove_rack_rate(rate: RackRate, *, by: Actor, now: datetime) -> None:
    """Take a published rate away; nights it alone priced cannot be sold until another is laid down."""
    season, days = rate.season_kind, rate.weekdays
    note("rack_rate.removed", rate.room_type, season=season, weekdays=days, was=rate.amount)
    rate.delete()


@verb("rates.edit")
def set_void_days(hotel: Hotel, *, nights: Iterable[date], why: str, by: Actor, now: datetime) -> int:
    """Nights on which agreement rates do not hold (holidays and the day before, fairs); how many are new.

    A night that is on the list already gets the new reason. Raises Invalid for no night, no reason, too many.
    """
    wanted = sorted(set(nights))
    errors: dict[str, list[str]] = {}
    if not wanted:
        errors["nights"] = [_("There is no night.")]
    elif len(wanted) > MOST_VOID_NIGHTS:
        errors["nights"] = [_("At most %(nights)s nights at once.") % {"nights": MOST_VOID_NIGHTS}]
    if not why.strip() or len(why.strip()) > 60:
        errors["why"] = [_("Say why, in at most 60 characters.")]
    if errors:
        raise Invalid(errors=errors)
    text = why.strip()
    rows = VoidDay.objects.of(hotel.pk).filter(on__in=wanted)
    known = set(rows.values_list("on", flat=True))
    rows.exclude(why=text).update(why=text)
    VoidDay.objects.bulk_create(
        [VoidDay(hotel=hotel, on=night, why=text) for night in wanted if night not in known],
        ignore_conflicts=True,
    )
    note("void_day.set", hotel, nights=[night.isoformat() for night in wanted], why=text)
    return len(wanted) - len(known)


@verb("rates.edit")
def remove_void_day(day: VoidDay, *, by: Actor, now: datetime) -> None:
    """Agreement rates hold on this night again."""
    note("void_day.removed", ("hotel", str(day.hotel_id)), night=day.on)
    day.delete()
