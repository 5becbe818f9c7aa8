"""Looking rates up: the price of nights, meals, free beds, cancellation, and until when rooms are held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.clients.models import Client
from guiju.house.models import Hotel
from guiju.house.settings import setting
from guiju.rates import pricing
from guiju.rates.models import (
    Agreement,
    AgreementRate,
    MealRate,
    RackRate,
    Season,
    SeasonKind,
    VoidDay,
)
from guiju.rates.settling import Cost, GroupTerms
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid, Refusal

CENT = Decimal("0.01")
HOLD_WHEN_PAST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NightRate:
    """What one night costs and why (`basis`); `agreement_id` only where the agreement's own rate was used."""

    night: date
    amount: Decimal
    basis: str
    breakfasts: int
    agreement_id: UUID | None
    void_reason: str | None
    basis_zh: str = ""
    basis_en: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The nights of one room of a type, each priced once, as looked up on `quoted_on`."""

    lines: tuple[NightRate, ...]
    total: Decimal
    quoted_on: date


@dataclass(frozen=True, slots=True)
class MealPrice:
    """What a meal costs: for a guest and for an escort, per head or per table."""

    amount: Decimal
    escort_amount: Decimal
    per: str
    agreement_id: UUID | None


@dataclass(frozen=True, slots=True)
class StayFacts:
    """What a cancellation charge is reckoned from: arrival, all rooms' first night, whether guaranteed."""

    arrival_on: date
    first_night_amount: Decimal
    guaranteed: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """What a cancellation costs, and whether it came in time."""

    amount: Decimal
    percent: Decimal
    in_time: bool
    basis: str


class PriceBook:
    """A client's prices for a range of nights, loaded once (five queries) and asked as often as wanted."""

    def __init__(
        self,
        hotel_id: UUID,
        *,
        client: Client | None,
        nights: Sequence[date],
        agreement: Agreement | None = None,
    ) -> None:
        self.hotel_id = hotel_id
        first, last = min(nights), max(nights)
        agreements = [agreement] if agreement else _agreements(hotel_id, client, first, last)
        self.tariff = pricing.Tariff(
            agreements=_terms(hotel_id, agreements),
            rack=[_line(rate, "rack") for rate in RackRate.objects.of(hotel_id)],
            seasons=season_spans(hotel_id, first, last + timedelta(days=1)),
            void_days=dict(VoidDay.objects.of(hotel_id).filter(on__range=(first, last)).values_list("on", "why")),
        )

    def quote(self, room_type: RoomType, use: str, nights: Sequence[date], *, today: date) -> Quote:
        """One room of this type for these nights; raises Refusal ("no_rate") naming room type and night."""
        lines = tuple(self._night(room_type, use, night) for night in sorted(nights))
        return Quote(lines, sum((line.amount for line in lines), Decimal(0)), today)

    def _night(self, room_type: RoomType, use: str, night: date) -> NightRate:
        try:
            priced = self.tariff.price(str(room_type.pk), use, night)
        except pricing.NoRate as missing:
            raise _no_rate(room_type, missing) from missing
        used = priced.source == "agreement"
        agreement_id = UUID(priced.terms.id) if used and priced.terms else None
        both = []
        for lang in ("zh-hans", "en"):  # kept with a booking in both languages, whoever priced it
            with override(lang):
                both.append(_basis(priced))
        return NightRate(night, priced.amount, _basis(priced), priced.breakfasts, agreement_id, priced.void_reason, *both)


def quote(
    hotel_id: UUID,
    *,
    client: Client | None,
    agreement: Agreement | None = None,
    room_type: RoomType,
    use: str,
    nights: list[date],
    today: date,
) -> Quote:
    """The price of one room, night by night: the agreement in force, else (or on void days) the rack rate.

    Implements booking.rate-by-agreement. `use` is fit, group or escort. With `agreement` only that one is
    looked at, otherwise the client's in force on each night. Raises Refusal ("no_rate") naming room type and
    night when nothing prices it, Invalid for no nights, a night twice, or an unknown use.
    """
    _check_nights(nights, use)
    book = PriceBook(hotel_id, client=client, nights=nights, agreement=agreement)
    return book.quote(room_type, use, nights, today=today)


def _check_nights(nights: Sequence[date], use: str) -> None:
    if not nights:
        raise Invalid(errors={"nights": [_("There is no night to price.")]})
    if len(set(nights)) != len(nights):
        raise Invalid(errors={"nights": [_("A night stands twice in the list.")]})
    if use not in ("fit", "group", "escort"):
        raise Invalid(errors={"use": [_("The use is fit, group or escort.")]})


def agreement_of(client: Client | None, on: date) -> Agreement | None:
    """The client's agreement in force on this day; the latest begun where two are."""
    if client is None:
        return None
    found = _agreements(client.hotel_id, client, on, on)
    return next((row for row in found if in_force(row, on)), None)


def in_force(agreement: Agreement, on: date) -> bool:
    """Whether the agreement holds on this day (hotel time): within its dates and not ended before."""
    if not agreement.from_on <= on <= agreement.until_on:
        return False
    return agreement.ended_at is None or on < ended_on(agreement)


def ended_on(agreement: Agreement) -> date:
    """The day the agreement was ended, in hotel time; from that day on it does not hold."""
    assert agreement.ended_at is not None
    return agreement.ended_at.astimezone(ZoneInfo(agreement.hotel.zone)).date()


def _agreements(hotel_id: UUID, client: Client | None, first: date, last: date) -> list[Agreement]:
    if client is None:
        return []
    return list(
        Agreement.objects.of(hotel_id)
        .filter(client_id=client.pk, from_on__lte=last, until_on__gte=first)
        .select_related("hotel")
        .order_by("-from_on", "-id")
    )


def _terms(hotel_id: UUID, agreements: Sequence[Agreement]) -> list[pricing.Terms]:
    lines: dict[UUID, list[pricing.RateLine]] = {row.pk: [] for row in agreements}
    if lines:
        for rate in AgreementRate.objects.of(hotel_id).filter(agreement_id__in=lines):
            lines[rate.agreement_id].append(_line(rate, rate.use))
    return [
        pricing.Terms(
            id=str(row.pk),
            number=row.number,
            from_on=row.from_on,
            until_on=row.until_on,
            ended_on=ended_on(row) if row.ended_at else None,
            void_on_holidays=row.void_on_holidays,
            lines=tuple(lines[row.pk]),
        )
        for row in agreements
    ]


def _line(rate: Any, use: str) -> pricing.RateLine:
    return pricing.RateLine(str(rate.room_type_id), use, rate.season_kind, rate.weekdays, rate.amount, rate.breakfasts)


def season_spans(hotel_id: UUID, from_on: date, until_on: date) -> list[pricing.SeasonSpan]:
    """The seasons that touch [from_on, until_on), by date."""
    rows = Season.objects.of(hotel_id).filter(from_on__lt=until_on, until_on__gt=from_on).order_by("from_on")
    return [pricing.SeasonSpan(row.kind, row.name, row.from_on, row.until_on) for row in rows]


def _basis(priced: pricing.Priced) -> str:
    season = priced.season.name if priced.season else _("no season")
    number = priced.terms.number if priced.terms else ""
    if priced.source == "agreement":
        return _("Agreement %(number)s, %(season)s") % {"number": number, "season": season}
    if priced.source == "rack_void":
        why = {"number": number, "why": priced.void_reason}
        return _("Rack rate: agreement %(number)s does not hold on %(why)s") % why
    if priced.source == "rack_not_listed":
        return _("Rack rate, %(season)s: not in agreement %(number)s") % {
            "number": number,
            "season": season,
        }
    return _("Rack rate, %(season)s") % {"season": season}


def _no_rate(room_type: RoomType, missing: pricing.NoRate) -> Refusal:
    values = {"room_type": room_type.name, "night": missing.night.isoformat()}
    if missing.season is None:
        text = _("There is no rate for %(room_type)s, night of %(night)s: no season covers it.") % values
    else:
        values["season"] = str(SeasonKind(missing.season.kind).label)
        text = _("There is no rate for %(room_type)s, night of %(night)s (%(season)s).") % values
    return Refusal(text, code="no_rate", room_type=str(room_type.pk), night=missing.night)


def meal_price(hotel_id: UUID, *, meal: str, standard: str, agreement: Agreement | None = None) -> MealPrice:
    """What a meal of this standard costs by the agreement, else by the house.

    Refusal "no_meal_rate" if neither names it.
    """
    rows = MealRate.objects.of(hotel_id).filter(meal=meal, standard=standard.strip())
    row = rows.filter(agreement_id=agreement.pk).first() if agreement else None
    row = row or rows.filter(agreement__isnull=True).first()
    if row is None:
        text = _("There is no rate for %(meal)s at the standard “%(standard)s”.")
        values = {"meal": _(meal), "standard": standard}
        raise Refusal(text % values, code="no_meal_rate", meal=meal, standard=standard)
    return MealPrice(row.amount, row.escort_amount, row.per, row.agreement_id)


def free_beds(agreement: Agreement | None, paying_persons: int) -> int:
    """Free beds of a group: one per so many paying persons, up to a cap; without agreement none."""
    if agreement is None:
        return 0
    return pricing.free_beds(paying_persons, agreement.free_per_persons, agreement.free_cap_beds)


def cancellation_charge(agreement: Agreement | None, stay: StayFacts, cancelled_on: date) -> Charge:
    """What cancelling on this day costs by the terms: a share of the first night of all rooms.

    Without agreement only a guaranteed booking cancelled on the arrival day or later pays the first night.
    """
    days_left = (stay.arrival_on - cancelled_on).days
    if agreement is None:
        percent = Decimal(100) if stay.guaranteed and days_left <= 0 else Decimal(0)
        basis = _("Without agreement: a guaranteed booking pays the first night from the arrival day on")
    else:
        steps = [(int(step["days_before"]), Decimal(str(step["percent"]))) for step in agreement.cancel_terms]
        percent = pricing.cancellation_percent(days_left, agreement.cancel_days, steps)
        basis = _("Agreement %(number)s: free until %(days)s days before arrival") % {
            "number": agreement.number,
            "days": agreement.cancel_days,
        }
    amount = (stay.first_night_amount * percent / 100).quantize(CENT, ROUND_HALF_UP)
    in_time = percent == 0 if agreement is None else days_left >= agreement.cancel_days
    return Charge(amount, percent, in_time, basis)


def cut_off_on(agreement: Agreement | None, arrival_on: date) -> date | None:
    """The day on which unnamed rooms go back to the house; None without agreement."""
    return arrival_on - timedelta(days=agreement.cut_off_days) if agreement else None


def group_terms(agreement: Agreement | None) -> GroupTerms | None:
    """The terms that a group's cuts and no-shows are reckoned from; None without agreement."""
    if agreement is None:
        return None
    return GroupTerms(
        agreement.number, agreement.cut_off_days, agreement.cut_rooms, agreement.cut_rooms_large, agreement.cut_notice_hours,
        agreement.short_percent, agreement.no_show_percent, agreement.no_show_nights,
    )


def cost_said(cost: Cost) -> str:
    """Why it costs what it costs, in the reader's language."""
    values = {
        "number": cost.number, "short": cost.short, "free": cost.free, "charged": cost.short - cost.free, "percent": cost.percent,
        "nights": cost.nights,
    }
    texts = {
        "no_terms": _("No agreement names terms for it: no charge"),
        "before_cut_off": _("Agreement %(number)s: before the cut-off rooms may be cut without charge"),
        "not_fewer": _("Not fewer rooms than guaranteed: no charge"),
        "within_allowance": _("Agreement %(number)s: %(short)s fewer is within the allowance"),
        "beyond_allowance": _("Agreement %(number)s: %(short)s fewer, %(free)s free of charge, %(charged)s charged %(percent)s%% of their nights"),
        "late": _("Agreement %(number)s: told too late for the allowance, %(short)s charged %(percent)s%% of their nights"),
        "all_came": _("All rooms were taken"),
        "no_show": _no_show(cost),
    }
    return texts[cost.code] % values


def _no_show(cost: Cost) -> str:
    if not cost.number:
        return _("Guaranteed: not taken %(short)s, charged the first night")
    if cost.nights == 1:
        return _("Agreement %(number)s: not taken %(short)s, charged %(percent)s%% of the first night")
    return _("Agreement %(number)s: not taken %(short)s, charged %(percent)s%% of the first %(nights)s nights")


def rooming_list_on(agreement: Agreement | None, arrival_on: date) -> date | None:
    """The day by which the rooming list must be here; None without agreement."""
    return arrival_on - timedelta(days=agreement.rooming_list_days) if agreement else None


def hold_until(agreement: Agreement | None, arrival_on: date, now: datetime, hotel: Hotel) -> datetime:
    """Until when rooms are held (booking.hold-until): the hotel's clock on the arrival day, in hotel time.

    With an agreement its hold hours from now, but not beyond that clock. When the clock of the arrival day
    has already struck, one hour from now, so that a late caller is not refused.
    """
    clock = time.fromisoformat(setting(hotel.pk, "hold.default_clock"))
    last = datetime.combine(arrival_on, clock, ZoneInfo(hotel.zone))
    if agreement is not None:
        last = min(last, now + timedelta(hours=agreement.hold_hours))
    return last if last > now else now + HOLD_WHEN_PAST


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Agreement id -> (number and client, page)."""
    rows = Agreement.objects.of(hotel_id).filter(pk__in=list(ids)).select_related("client")
    return {str(row.pk): (f"{row.number} {row.client.name}", reverse("rates:agreement", args=[row.pk])) for row in rows}
