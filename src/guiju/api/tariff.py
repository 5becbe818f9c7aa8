"""The house's own prices for programs: seasons, void nights, rack rates, meals; rates that wait for a decision."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from guiju.api.agreements import MealOut, MealPriceIn, Season, Weekdays, meal_out, types_of
from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, AnswerIn, Day, Done, Given, Money, VersionIn
from guiju.house.asking import Asked
from guiju.rates import actions, lists
from guiju.rates.actions.tariff import MOST_VOID_NIGHTS
from guiju.rates.models import Deviation, MealRate, RackRate, VoidDay
from guiju.rates.models import Season as SeasonRow
from guiju.shelf.errors import Invalid

router = Router(tags=["rates"])


class SeasonIn(VersionIn):
    """A season, half-open."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Literal["high", "shoulder", "low"]
    from_on: Day
    until_on: Day


class SeasonOut(Schema):
    """A season; send `version` back with a change."""

    id: UUID
    version: int
    name: str
    kind: str
    from_on: date
    until_on: date


class VoidIn(Given):
    """Nights on which agreement rates do not hold, first and last included."""

    first: Day
    last: Day | None = None
    why: Annotated[str, Field(min_length=1, max_length=60)]


class VoidOut(Schema):
    """A night without agreement rates."""

    id: UUID
    on: date
    why: str


class RackIn(Given):
    """A published rate."""

    room_type: Annotated[str, Field(max_length=12)]
    season_kind: Season = "any"
    weekdays: Weekdays = "0123456"
    amount: Money
    breakfasts: Annotated[int, Field(ge=0, le=10)] = 0


class RackOut(Schema):
    """A published rate."""

    id: UUID
    room_type: str
    season_kind: str
    weekdays: str
    amount: str
    breakfasts: int


class LadderIn(Given):
    """How far a post may go below the looked-up rate, in percent of it; null: not at all."""

    post: Annotated[str, Field(max_length=40)]
    floor: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | None = None


class DeviationOut(Schema):
    """A rate other than the looked-up one, and what became of it."""

    id: UUID
    about: list[str]
    room_type: str
    looked_up: str
    asked: str
    reason: str
    approver_post: str
    approved: bool | None
    words: str


def _season(row: SeasonRow) -> dict[str, Any]:
    return {
        "id": str(row.pk), "version": row.version, "name": row.name, "kind": row.kind, "from_on": row.from_on.isoformat(),
        "until_on": row.until_on.isoformat(),
    }


def _rack(row: RackRate) -> dict[str, Any]:
    return {
        "id": str(row.pk), "room_type": row.room_type.code, "season_kind": row.season_kind, "weekdays": row.weekdays,
        "amount": str(row.amount), "breakfasts": row.breakfasts,
    }


def _deviation(row: Deviation) -> dict[str, Any]:
    return {
        "id": str(row.pk), "about": [row.about_kind, row.about_id], "room_type": row.room_type.code,
        "looked_up": str(row.looked_up), "asked": str(row.asked), "reason": row.reason,
        "approver_post": row.approver_post, "approved": row.approved, "words": row.words,
    }


@router.get("/seasons", response={200: list[SeasonOut], **PROBLEMS})
@reads("rates.view")
def seasons(request: Asked) -> Any:
    """All seasons, in order."""
    return [_season(row) for row in SeasonRow.objects.of(request.actor.hotel_id).order_by("from_on")]


@router.post("/seasons", response={201: SeasonOut, **PROBLEMS})
@writes("rates.edit", 201)
def add_season(request: Asked, data: SeasonIn) -> Any:
    """Add a season; a night in two seasons is refused."""
    values = data.dict(exclude={"version"})
    return _season(actions.add_season(request.hotel, **values, **step_of(request)))


@router.put("/seasons/{uuid:pk}", response={200: SeasonOut, **PROBLEMS})
@writes("rates.edit")
def edit_season(request: Asked, pk: UUID, data: SeasonIn) -> Any:
    """Change a season."""
    row, version = SeasonRow.objects.pick(request.actor.hotel_id, pk), version_of(request, data.version)
    return _season(actions.edit_season(row, version=version, **data.dict(exclude={"version"}), **step_of(request)))


@router.delete("/seasons/{uuid:pk}", response={200: Done, **PROBLEMS})
@writes("rates.edit")
def remove_season(request: Asked, pk: UUID) -> Any:
    """Take a season away."""
    actions.remove_season(SeasonRow.objects.pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE


@router.get("/void-days", response={200: list[VoidOut], **PROBLEMS})
@reads("rates.view")
def void_days(request: Asked) -> Any:
    """Nights on which agreement rates do not hold."""
    rows = VoidDay.objects.of(request.actor.hotel_id).order_by("on")
    return [{"id": str(row.pk), "on": row.on.isoformat(), "why": row.why} for row in rows]


@router.post("/void-days", response={200: Done, **PROBLEMS})
@writes("rates.edit")
def set_void_days(request: Asked, data: VoidIn) -> Any:
    """Lay down nights on which agreement rates do not hold; `many` of them are new."""
    days = ((data.last or data.first) - data.first).days
    if not 0 <= days < MOST_VOID_NIGHTS:
        raise Invalid(errors={"last": [_("The last night must be within a year after the first.")]})
    nights = [data.first + timedelta(days=n) for n in range(days + 1)]
    return {"done": True, "many": actions.set_void_days(request.hotel, nights=nights, why=data.why, **step_of(request))}


@router.delete("/void-days/{uuid:pk}", response={200: Done, **PROBLEMS})
@writes("rates.edit")
def remove_void_day(request: Asked, pk: UUID) -> Any:
    """Agreement rates hold on this night again."""
    actions.remove_void_day(VoidDay.objects.pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE


@router.get("/rack", response={200: list[RackOut], **PROBLEMS})
@reads("rates.view")
def rack(request: Asked) -> Any:
    """The published rates."""
    rows = RackRate.objects.of(request.actor.hotel_id).select_related("room_type").order_by("room_type__order", "season_kind", "weekdays")
    return [_rack(row) for row in rows]


@router.post("/rack", response={200: RackOut, **PROBLEMS})
@writes("rates.edit")
def set_rack_rate(request: Asked, data: RackIn) -> Any:
    """Lay down a published rate; the same room type, season and weekdays again replace it."""
    row = types_of(request).get(data.room_type)
    if row is None:
        raise Invalid(errors={"room_type": ["unknown room type"]})
    return _rack(actions.set_rack_rate(row, **data.dict(exclude={"room_type"}), **step_of(request)))


@router.delete("/rack/{uuid:pk}", response={200: Done, **PROBLEMS})
@writes("rates.edit")
def remove_rack_rate(request: Asked, pk: UUID) -> Any:
    """Take a published rate away."""
    actions.remove_rack_rate(RackRate.objects.select_related("room_type").pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE


@router.get("/meals", response={200: list[MealOut], **PROBLEMS})
@reads("rates.view")
def meals(request: Asked) -> Any:
    """The house's own meals."""
    rows = MealRate.objects.of(request.actor.hotel_id).filter(agreement=None)
    return [meal_out(row) for row in rows.order_by("meal", "standard")]


@router.post("/meals", response={200: MealOut, **PROBLEMS})
@writes("rates.edit")
def set_meal(request: Asked, data: MealPriceIn) -> Any:
    """Lay down what a meal of a standard costs without an agreement."""
    return meal_out(actions.set_meal_rate(request.hotel, **data.dict(), **step_of(request)))


@router.delete("/meals/{uuid:pk}", response={200: Done, **PROBLEMS})
@writes("rates.edit")
def remove_meal(request: Asked, pk: UUID) -> Any:
    """Take a meal's price away, the house's own or an agreement's."""
    actions.remove_meal_rate(MealRate.objects.select_related("agreement").pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE


@router.get("/ladder", response={200: dict[str, str], **PROBLEMS})
@reads("rates.view")
def ladder(request: Asked) -> Any:
    """How far each post may go below the looked-up rate: post, percent of it."""
    return {post: str(floor) for post, floor in lists.ladder(request.actor.hotel_id).items()}


@router.post("/ladder", response={200: Done, **PROBLEMS})
@writes("rates.edit")
def set_ladder(request: Asked, data: LadderIn) -> Any:
    """Say how far a post may go."""
    actions.set_ladder(request.hotel, **data.dict(), **step_of(request))
    return DONE


@router.get("/deviations", response={200: list[DeviationOut], **PROBLEMS})
@reads("rates.view")
def deviations(request: Asked) -> Any:
    """Rates that wait for a decision, longest first; they are asked for on a booking."""
    return [_deviation(row) for row in lists.undecided(request.actor.hotel_id)[:200]]


@router.post("/deviations/{uuid:pk}/decide", response={200: DeviationOut, **PROBLEMS})
@writes("rates.decide")
def decide(request: Asked, pk: UUID, data: AnswerIn) -> Any:
    """Approve or refuse a rate, as far as the ladder lets your posts go."""
    row = Deviation.objects.select_related("room_type").pick(request.actor.hotel_id, pk)
    return _deviation(actions.decide_deviation(row, **data.dict(), **step_of(request)))
