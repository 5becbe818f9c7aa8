"""Agreements for programs: concluded, changed, renewed, ended; their rates and meals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from guiju.api.clients import client_of
from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day, Given, Money, VersionIn, WhyIn, Words
from guiju.house.asking import Asked
from guiju.rates import actions, lists
from guiju.rates.actions.agreements import TERMS, RateGiven
from guiju.rates.actions.importing import AgreementGiven
from guiju.rates.models import Agreement, AgreementRate, MealRate
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

router = Router(tags=["rates"])
Season = Literal["any", "high", "shoulder", "low"]
Weekdays = Annotated[str, Field(pattern="^[0-6]{1,7}$")]
Number = Annotated[str, Field(max_length=30)]


class RateIn(Given):
    """A rate: room type (its code), use, season, weekdays (Monday is 0)."""

    room_type: Annotated[str, Field(max_length=12)]
    amount: Money
    use: Literal["fit", "group", "escort"] = "fit"
    season_kind: Season = "any"
    weekdays: Weekdays = "0123456"
    breakfasts: Annotated[int, Field(ge=0, le=10)] = 0


class Step(Given):
    """A cancellation so many days before costs so many percent of the first night."""

    days_before: Annotated[int, Field(ge=0, le=365)]
    percent: Annotated[int, Field(ge=0, le=100)]


class TermsIn(Given):
    """Terms; what is left out stays as it is, or is as usual."""

    void_on_holidays: bool = True
    group_from_persons: Annotated[int, Field(ge=0, le=999)] = 10
    group_from_rooms: Annotated[int, Field(ge=0, le=999)] = 5
    free_per_persons: Annotated[int, Field(ge=0, le=500)] = 16
    free_cap_beds: Annotated[int, Field(ge=0, le=100)] = 4
    cut_off_days: Annotated[int, Field(ge=0, le=999)] = 7
    hold_hours: Annotated[int, Field(ge=0, le=2000)] = 48
    cancel_days: Annotated[int, Field(ge=0, le=999)] = 3
    cancel_terms: Annotated[list[Step], Field(max_length=50)] = []
    rooming_list_days: Annotated[int, Field(ge=0, le=999)] = 7
    cut_rooms: Annotated[int, Field(ge=0, le=999)] = 5
    cut_rooms_large: Annotated[int, Field(ge=0, le=999)] = 10
    cut_notice_hours: Annotated[int, Field(ge=0, le=999)] = 24
    short_percent: Annotated[int, Field(ge=0, le=100)] = 100
    no_show_percent: Annotated[int, Field(ge=0, le=100)] = 100
    no_show_nights: Annotated[int, Field(ge=0, le=30)] = 1
    extra_rooms: Literal["agreement", "paper", "rack"] = "paper"
    remarks: Words = ""


class AgreementIn(TermsIn):
    """An agreement to conclude; without a number the next of the series is taken."""

    client: UUID
    from_on: Day
    until_on: Day
    number: Number = ""
    rates: Annotated[list[RateIn], Field(max_length=200)] = []


class AgreementsIn(Given):
    """Several agreements: all of them or none."""

    agreements: Annotated[list[AgreementIn], Field(min_length=1, max_length=500)]


class AgreementChange(TermsIn):
    """The dates and terms that are to be different."""

    version: int | None = None
    from_on: Day | None = None
    until_on: Day | None = None


class RatesIn(VersionIn):
    """All rates of an agreement; they replace what stood there."""

    rates: Annotated[list[RateIn], Field(max_length=200)]


class RenewIn(Given):
    """The next period, the rates changed by percent."""

    from_on: Day
    until_on: Day
    number: Number = ""
    percent: Annotated[Decimal, Field(ge=-50, le=50, decimal_places=2)] = Decimal(0)


class MealPriceIn(Given):
    """What a meal of a standard costs."""

    meal: Literal["breakfast", "lunch", "dinner"]
    standard: Annotated[str, Field(min_length=1, max_length=40)]
    per: Literal["head", "table"] = "head"
    amount: Money
    escort_amount: Money = Decimal(0)


class MealOut(Schema):
    """A meal's price."""

    id: UUID
    meal: str
    standard: str
    per: str
    amount: str
    escort_amount: str


class AgreementOut(Schema):
    """An agreement; send `version` back with a change."""

    id: UUID
    number: str
    version: int
    client: UUID
    from_on: date
    until_on: date
    ended: bool
    renews: UUID | None


class AgreementMore(AgreementOut):
    """An agreement with terms, rates and meals."""

    terms: dict[str, Any]
    rates: list[dict[str, Any]]
    meals: list[MealOut]


def as_out(row: Agreement) -> dict[str, Any]:
    """An agreement in lists."""
    return {
        "id": str(row.pk), "number": row.number, "version": row.version, "client": str(row.client_id),
        "from_on": row.from_on.isoformat(), "until_on": row.until_on.isoformat(), "ended": row.ended_at is not None,
        "renews": str(row.renews_id) if row.renews_id else None,
    }


def meal_out(row: MealRate) -> dict[str, Any]:
    """A meal's price as programs see it."""
    return {
        "id": str(row.pk), "meal": row.meal, "standard": row.standard, "per": row.per, "amount": str(row.amount),
        "escort_amount": str(row.escort_amount),
    }


def whole(row: Agreement) -> dict[str, Any]:
    """An agreement with everything laid down in it."""
    rates = AgreementRate.objects.of(row.hotel_id).filter(agreement=row).select_related("room_type").order_by("id")
    return {
        **as_out(row), "terms": {name: getattr(row, name) for name in TERMS},
        "rates": [
            {
                "room_type": rate.room_type.code, "use": rate.use, "season_kind": rate.season_kind,
                "weekdays": rate.weekdays, "amount": str(rate.amount), "breakfasts": rate.breakfasts,
            }
            for rate in rates
        ],
        "meals": [meal_out(meal) for meal in MealRate.objects.of(row.hotel_id).filter(agreement=row).order_by("meal", "standard")],
    }


def agreement_of(request: Asked, pk: UUID) -> Agreement:
    """The agreement of this hotel, or 404."""
    row: Agreement = Agreement.objects.select_related("client", "client__hotel").pick(request.actor.hotel_id, pk)
    return row


def types_of(request: Asked) -> dict[str, RoomType]:
    """The hotel's room types by code."""
    return {row.code: row for row in RoomType.objects.of(request.actor.hotel_id)}


def given(request: Asked, rates: list[RateIn]) -> list[RateGiven]:
    """Rates as the verbs take them. Raises Invalid naming a rate of an unknown room type."""
    types = types_of(request)
    unknown = {f"rates.{number}": ["unknown room type"] for number, rate in enumerate(rates, 1) if rate.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    return [RateGiven(**{**rate.dict(), "room_type": types[rate.room_type]}) for rate in rates]


def _said(data: TermsIn, *but: str) -> dict[str, Any]:
    return {key: value for key, value in data.dict(exclude_unset=True).items() if key not in but and value is not None}


@router.get("", response={200: list[AgreementOut], **PROBLEMS})
@reads("rates.view")
def listing(
    request: Asked, state: Literal["in_force", "ending", "coming", "over", "all"] = "in_force",
    q: str = Query("", max_length=80), client: UUID | None = None, limit: int = Query(50, ge=1, le=200),
) -> Any:
    """Agreements, the first to end on top."""
    rows = lists.agreements(request.actor.hotel_id, state, q.strip(), timezone.localtime(request.now).date())
    return [as_out(row) for row in (rows.filter(client=client) if client else rows)[:limit]]


@router.post("", response={201: AgreementMore, **PROBLEMS})
@writes("rates.edit", 201)
def add(request: Asked, data: AgreementIn) -> Any:
    """Conclude an agreement with a client."""
    row = actions.add_agreement(
        client_of(request, data.client), rates=given(request, data.rates), **_said(data, "client", "rates"), **step_of(request)
    )
    return whole(row)


@router.post("/import", response={201: list[AgreementOut], **PROBLEMS})
@writes("rates.edit", 201)
def import_agreements(request: Asked, data: AgreementsIn) -> Any:
    """Conclude several agreements, or none when one of them is wrong; a known one is left as it is."""
    rows = [
        AgreementGiven(
            number, client_of(request, one.client), one.number, one.from_on, one.until_on,
            _said(one, "client", "number", "from_on", "until_on", "rates"), given(request, one.rates), [number] * len(one.rates),
        )
        for number, one in enumerate(data.agreements, 1)
    ]
    return [as_out(row) for row in actions.import_agreements(request.hotel, agreements=rows, **step_of(request))]


@router.get("/{uuid:pk}", response={200: AgreementMore, **PROBLEMS})
@reads("rates.view")
def read(request: Asked, pk: UUID) -> Any:
    """One agreement with terms, rates and meals."""
    return whole(agreement_of(request, pk))


@router.patch("/{uuid:pk}", response={200: AgreementMore, **PROBLEMS})
@writes("rates.edit")
def change(request: Asked, pk: UUID, data: AgreementChange) -> Any:
    """Change dates or terms; 409 with both when somebody saved before."""
    row, version = agreement_of(request, pk), version_of(request, data.version)
    return whole(actions.edit_agreement(row, version=version, **_said(data, "version"), **step_of(request)))


@router.put("/{uuid:pk}/rates", response={200: AgreementMore, **PROBLEMS})
@writes("rates.edit")
def set_rates(request: Asked, pk: UUID, data: RatesIn) -> Any:
    """Replace the rates of an agreement."""
    row, version = agreement_of(request, pk), version_of(request, data.version)
    return whole(actions.set_agreement_rates(row, rates=given(request, data.rates), version=version, **step_of(request)))


@router.post("/{uuid:pk}/renew", response={201: AgreementMore, **PROBLEMS})
@writes("rates.edit", 201)
def renew(request: Asked, pk: UUID, data: RenewIn) -> Any:
    """Go on for another period with the same terms, meals and rates."""
    return whole(actions.renew_agreement(agreement_of(request, pk), **data.dict(), **step_of(request)))


@router.post("/{uuid:pk}/end", response={200: AgreementMore, **PROBLEMS})
@writes("rates.edit")
def end(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """End an agreement from today on; what was booked keeps its rates."""
    return whole(actions.end_agreement(agreement_of(request, pk), reason=data.reason, **step_of(request)))


@router.post("/{uuid:pk}/meals", response={200: MealOut, **PROBLEMS})
@writes("rates.edit")
def set_meal(request: Asked, pk: UUID, data: MealPriceIn) -> Any:
    """Lay down what a meal costs by this agreement."""
    row = agreement_of(request, pk)
    return meal_out(actions.set_meal_rate(request.hotel, agreement=row, **data.dict(), **step_of(request)))
