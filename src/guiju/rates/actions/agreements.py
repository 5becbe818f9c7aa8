"""Agreements: concluded, changed, renewed, ended; their rates and terms (booking.rate-by-agreement)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.clients.models import Client
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates.checks import amount_errors, weekdays_of
from guiju.rates.models import Agreement, AgreementRate, ExtraRooms, MealRate, SeasonKind, Use
from guiju.rates.pricing import RateLine, clash
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

TERMS = (
    "void_on_holidays",
    "group_from_persons",
    "group_from_rooms",
    "free_per_persons",
    "free_cap_beds",
    "cut_off_days",
    "hold_hours",
    "cancel_days",
    "cancel_terms",
    "rooming_list_days",
    "cut_rooms",
    "cut_rooms_large",
    "cut_notice_hours",
    "short_percent",
    "no_show_percent",
    "no_show_nights",
    "extra_rooms",
    "remarks",
)
MOST = {"hold_hours": 2000, "free_per_persons": 500, "free_cap_beds": 100, "short_percent": 100, "no_show_percent": 100, "no_show_nights": 30}


@dataclass(frozen=True, slots=True)
class RateGiven:
    """One rate as it is laid down: room type, use (fit, group, escort), kind of season, weekdays, amount."""

    room_type: RoomType
    amount: Decimal
    use: str = "fit"
    season_kind: str = "any"
    weekdays: str = "0123456"
    breakfasts: int = 0


@verb("rates.edit")
def add_agreement(
    client: Client,
    *,
    from_on: date,
    until_on: date,
    number: str = "",
    rates: Sequence[RateGiven] = (),
    by: Actor,
    now: datetime,
    **terms: Any,
) -> Agreement:
    """Conclude an agreement with a client, valid [from_on, until_on] with both days in it.

    Without a number the next of the series is taken. Raises Invalid at the field (dates, terms, rates), for a
    number in use, and when another agreement of the client holds on some of the days.
    """
    if client.merged_into_id is not None:
        raise Refusal(_("This client was merged into another."), code="merged")
    clean = _clean(terms)
    _check_dates(client, from_on, until_on, None)
    _check_rates(client.hotel_id, rates)
    row = _create(client, number, now, from_on=from_on, until_on=until_on, **clean)
    _write_rates(row, rates)
    note("agreement.in_force", row, client, from_on=from_on, until_on=until_on, number=row.number)
    return row


@verb("rates.edit")
def edit_agreement(agreement: Agreement, *, version: int, by: Actor, now: datetime, **values: Any) -> Agreement:
    """Change dates or terms. Raises Invalid at the field, Conflict after another save, Refusal once ended."""
    _not_ended(agreement)
    changes = _clean({key: value for key, value in values.items() if key in TERMS})
    dates: dict[str, Any] = {key: values[key] for key in ("from_on", "until_on") if key in values}
    merged = {"from_on": agreement.from_on, "until_on": agreement.until_on, **dates}
    if dates:
        _check_dates(agreement.client, merged["from_on"], merged["until_on"], agreement)
    changes.update(dates)
    fields = sorted(key for key, value in changes.items() if value != getattr(agreement, key))
    agreement.save_from(version, **changes)
    if fields:
        note("agreement.changed", agreement, agreement.client, fields=fields)
    return agreement


@verb("rates.edit")
def set_agreement_rates(agreement: Agreement, *, rates: Sequence[RateGiven], version: int, by: Actor, now: datetime) -> Agreement:
    """Replace the rates by these. Raises Invalid naming the row, Conflict after another save, Refusal once
    ended; two rates that price the same night with equal right are refused."""
    _not_ended(agreement)
    _check_rates(agreement.hotel_id, rates)
    agreement.save_from(version)
    AgreementRate.objects.of(agreement.hotel_id).filter(agreement=agreement).delete()
    _write_rates(agreement, rates)
    note("agreement.changed", agreement, agreement.client, fields=["rates"])
    return agreement


@verb("rates.edit")
def renew_agreement(
    agreement: Agreement,
    *,
    from_on: date,
    until_on: date,
    number: str = "",
    percent: Decimal = Decimal(0),
    by: Actor,
    now: datetime,
) -> Agreement:
    """Go on for another period with the same terms, meals and rates, the rates changed by `percent`.

    Rounded to whole yuan. Raises Invalid for dates that overlap or a change beyond 50 percent.
    """
    if not -50 <= percent <= 50:
        raise Invalid(errors={"percent": [_("Between −50 and 50 percent.")]})
    client = agreement.client
    _check_dates(client, from_on, until_on, None)
    terms = {name: getattr(agreement, name) for name in TERMS}
    row = _create(client, number, now, from_on=from_on, until_on=until_on, renews=agreement, **terms)
    factor = 1 + percent / 100
    _write_rates(
        row,
        [
            RateGiven(
                rate.room_type,
                (rate.amount * factor).quantize(Decimal(1)) if percent else rate.amount,
                rate.use,
                rate.season_kind,
                rate.weekdays,
                rate.breakfasts,
            )
            for rate in agreement.rates.select_related("room_type")
        ],
    )
    MealRate.objects.bulk_create(
        MealRate(
            hotel_id=row.hotel_id,
            agreement=row,
            meal=meal.meal,
            standard=meal.standard,
            per=meal.per,
            amount=meal.amount,
            escort_amount=meal.escort_amount,
        )
        for meal in agreement.meal_rates.all()
    )
    note(
        "agreement.renewed",
        row,
        client,
        from_on=from_on,
        until_on=until_on,
        number=row.number,
        renews=str(agreement.pk),
    )
    note("agreement.in_force", row, client, from_on=from_on, until_on=until_on, number=row.number)
    return row


@verb("rates.edit")
def end_agreement(agreement: Agreement, *, reason: str, by: Actor, now: datetime) -> Agreement:
    """End an agreement from today on; what was booked keeps its rates. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why: it goes into the record.")]})
    ended = Agreement.objects.filter(pk=agreement.pk, ended_at__isnull=True).update(ended_at=now, version=F("version") + 1)
    agreement.refresh_from_db()
    if not ended:
        raise Refusal(_("This agreement was ended already."), code="ended")
    note("agreement.ended", agreement, agreement.client, reason=reason.strip())
    return agreement


# How it is done


def _not_ended(agreement: Agreement) -> None:
    if agreement.ended_at is not None:
        raise Refusal(_("This agreement was ended already."), code="ended")


def _create(client: Client, number: str, now: datetime, **values: Any) -> Agreement:
    wanted = number.strip()
    if len(wanted) > 30:
        raise Invalid(errors={"number": [_("At most %(most)s characters.") % {"most": 30}]})
    try:
        with transaction.atomic():
            row: Agreement = Agreement.objects.create(
                hotel_id=client.hotel_id,
                client=client,
                number=wanted or _next(client.hotel_id, now),
                created_at=now,
                **values,
            )
    except IntegrityError:
        raise Invalid(errors={"number": [_("This number is in use.")]}) from None
    return row


def _next(hotel_id: UUID, now: datetime) -> str:
    """The next number of the series that no imported agreement has."""
    while True:
        number = next_number(hotel_id, "A", now=now)
        if not Agreement.objects.of(hotel_id).filter(number=number).exists():
            return number


def _check_dates(client: Client, from_on: date, until_on: date, own: Agreement | None) -> None:
    if until_on < from_on:
        raise Invalid(errors={"until_on": [_("The end must be after the beginning.")]})
    others = Agreement.objects.of(client.hotel_id).filter(client=client, from_on__lte=until_on, until_on__gte=from_on)
    zone = ZoneInfo(client.hotel.zone)
    for other in others.exclude(pk=own.pk) if own else others:
        if other.ended_at is not None and other.ended_at.astimezone(zone).date() <= from_on:
            continue
        text = _("Agreement %(number)s holds from %(from)s to %(until)s. End it first, or choose other days.")
        values = {"number": other.number, "from": other.from_on, "until": other.until_on}
        raise Invalid(errors={"from_on": [text % values]})


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(TERMS)
    if unknown:
        raise Invalid(errors={name: [_("There is no such term.")] for name in sorted(unknown)})
    clean, errors = dict(values), {}
    for name, value in clean.items():
        if name in ("void_on_holidays", "remarks"):
            continue
        if name == "extra_rooms":
            if value not in ExtraRooms.values:
                errors[name] = [_("The agreement's rate, with the agency's paper, or the rack rate?")]
            continue
        if name == "cancel_terms":
            problem = _wrong_steps(value)
            if problem:
                errors[name] = [problem]
            continue
        most = MOST.get(name, 999)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            errors[name] = [_("A whole number from %(least)s to %(most)s.") % {"least": 0, "most": most}]
    if errors:
        raise Invalid(errors=errors)
    return clean


def _wrong_steps(steps: Any) -> str:
    try:
        days = [int(step["days_before"]) for step in steps]
        shares = [Decimal(str(step["percent"])) for step in steps]
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return _("Each step names the days before arrival and the percent.")
    if len(set(days)) != len(days):
        return _("A day stands there twice.")
    if any(not 0 <= day <= 365 for day in days) or any(not 0 <= one <= 100 for one in shares):
        return _("Days between 0 and 365, percent between 0 and 100.")
    return ""


def _check_rates(hotel_id: Any, rates: Sequence[RateGiven]) -> None:
    errors: dict[str, list[str]] = {}
    for number, rate in enumerate(rates, 1):
        found = [text for texts in _rate_errors(hotel_id, rate).values() for text in texts]
        if found:
            errors[f"rates.{number}"] = found
    if errors:
        raise Invalid(errors=errors)
    both = (
        clash(
            [
                RateLine(
                    str(rate.room_type.pk),
                    rate.use,
                    rate.season_kind,
                    weekdays_of(rate.weekdays),
                    rate.amount,
                )
                for rate in rates
            ]
        )
        if _same_right(rates)
        else None
    )
    if both:
        name = next(rate.room_type.shown for rate in rates if str(rate.room_type.pk) == both[0].room_type_id)
        text = _("Two rates of %(type)s hold on the same nights.") % {"type": name}
        raise Invalid(errors={"rates": [text]})


def _same_right(rates: Sequence[RateGiven]) -> bool:
    """Whether two rates with equally many weekdays could meet: only then it is unclear which holds."""
    seen: dict[tuple[Any, str, str, int], set[str]] = {}
    for rate in rates:
        days = weekdays_of(rate.weekdays)
        key = (rate.room_type.pk, rate.use, rate.season_kind, len(days))
        if seen.setdefault(key, set()) & set(days):
            return True
        seen[key] |= set(days)
    return False


def _rate_errors(hotel_id: Any, rate: RateGiven) -> dict[str, list[str]]:
    errors = amount_errors(rate.amount, rate.breakfasts, free=rate.use == Use.ESCORT)
    if rate.room_type.hotel_id != hotel_id:
        errors["room_type"] = [_("There is no such room type.")]
    if rate.use not in Use.values:
        errors["use"] = [_("The use is fit, group or escort.")]
    if rate.season_kind not in (*SeasonKind.values, "any"):
        errors["season_kind"] = [_("Choose high, shoulder or low.")]
    if not weekdays_of(rate.weekdays):
        errors["weekdays"] = [_("Choose at least one weekday.")]
    return errors


def _write_rates(agreement: Agreement, rates: Sequence[RateGiven]) -> None:
    AgreementRate.objects.bulk_create(
        AgreementRate(
            hotel_id=agreement.hotel_id,
            agreement=agreement,
            room_type=rate.room_type,
            use=rate.use,
            season_kind=rate.season_kind,
            weekdays=weekdays_of(rate.weekdays),
            amount=rate.amount,
            breakfasts=rate.breakfasts,
        )
        for rate in rates
    )


__all__ = [
    "RateGiven",
    "add_agreement",
    "edit_agreement",
    "end_agreement",
    "renew_agreement",
    "set_agreement_rates",
]
