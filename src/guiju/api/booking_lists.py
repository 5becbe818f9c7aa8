"""Series of groups and saved views of the bookings list for programs."""

from __future__ import annotations

from datetime import time as Clock
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from ninja import Field, Router, Schema

from guiju.api.booking_shapes import BookingOut, brief
from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day, Given, Moment
from guiju.bookings import actions, queries
from guiju.bookings.models import SavedView, Series
from guiju.bookings.shapes import MealLine, RoomLine
from guiju.clients.models import Client
from guiju.house.asking import Asked
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

router = Router(tags=["bookings"])
Few = Annotated[int, Field(ge=1, le=31)]


class SeriesRoomIn(Given):
    """Rooms of a type (its code) on every date, for the whole stay."""

    room_type: str = Field(max_length=20)
    rooms: int = Field(ge=1, le=2000)
    use: Literal["guest", "escort", "free", "working", "extra"] = "guest"


class SeriesMealIn(Given):
    """A meal of every date; day 1 is the arrival day."""

    day: Few
    meal: Literal["breakfast", "lunch", "dinner"]
    persons: int = Field(ge=0, le=5000)
    time: Clock | None = None
    place: str = Field("", max_length=60)
    escorts: int = Field(0, ge=0, le=500)
    standard: str = Field("", max_length=40)
    diet: str = Field("", max_length=120)


class SeriesIn(Given):
    """One contract, many arrival dates, and what is the same for all of them."""

    client: UUID
    name: str = Field(min_length=1, max_length=80)
    dates: list[Day] = Field(min_length=1, max_length=120)
    nights: Annotated[int, Field(ge=1, le=30)]
    persons: int = Field(ge=1, le=5000)
    rooms: list[SeriesRoomIn] = Field(min_length=1, max_length=50)
    meals: list[SeriesMealIn] = Field([], max_length=100)
    until_at: Moment | None = None
    payment: Literal["cash", "on_account", "transfer", "voucher", "prepaid"] = "transfer"
    tour_code: str = Field("", max_length=40)
    nationality: str = Field("", max_length=40)
    requests: str = Field("", max_length=2000)


class SeriesOut(Schema):
    """A series with all its bookings."""

    id: UUID
    number: str
    name: str
    client: UUID
    bookings: list[BookingOut]


class ViewIn(Given):
    """Filters of the bookings list under a name, as they stand in the page's address; for oneself or the department."""

    name: str = Field(min_length=1, max_length=40)
    query: str = Field("", max_length=500)
    share: bool = False


class ViewOut(Schema):
    """A saved view."""

    id: UUID
    name: str
    query: str
    shared_with: str
    mine: bool


def _series(row: Series) -> dict[str, Any]:
    return {
        "id": str(row.pk), "number": row.number, "name": row.name, "client": str(row.client_id),
        "bookings": [brief(stay) for stay in queries.stays_of(row)],
    }


@router.post("/series", response={201: SeriesOut, **PROBLEMS})
@writes("bookings.edit", 201)
def new_series(request: Asked, data: SeriesIn) -> Any:
    """Hold a group on every date, or on none; 409 names the nights that are short."""
    hotel = request.hotel
    types = {row.code: row.pk for row in RoomType.objects.of(hotel.pk)}
    unknown = {f"rooms {n}": ["unknown room type"] for n, line in enumerate(data.rooms, 1) if line.room_type not in types}
    if unknown:
        raise Invalid(errors=unknown)
    first = min(data.dates)
    rooms = [RoomLine(types[line.room_type], first, first + timedelta(days=data.nights), line.rooms, line.use) for line in data.rooms]
    meals = [
        MealLine(first + timedelta(days=one.day - 1), one.meal, one.persons, one.time, one.place, one.escorts, one.standard, diet=one.diet)
        for one in data.meals
    ]
    row, _stays = actions.create_series(
        hotel, client=Client.objects.pick(hotel.pk, data.client), name=data.name, dates=data.dates, nights=data.nights, rooms=rooms, meals=meals,
        persons=data.persons, until_at=data.until_at,
        common={name: getattr(data, name) for name in ("payment", "tour_code", "nationality", "requests")}, **step_of(request),
    )
    return _series(row)


@router.get("/series/{uuid:pk}", response={200: SeriesOut, **PROBLEMS})
@reads("bookings.view")
def one_series(request: Asked, pk: UUID) -> Any:
    """A series with all its bookings in order of arrival."""
    return _series(Series.objects.pick(request.actor.hotel_id, pk))


def _view(request: Asked, row: SavedView) -> dict[str, Any]:
    mine = row.person_id == request.actor.person_id
    return {"id": str(row.pk), "name": row.name, "query": row.query, "shared_with": row.shared_with, "mine": mine}


@router.get("/views", response={200: list[ViewOut], **PROBLEMS})
@reads("bookings.view")
def list_views(request: Asked) -> Any:
    """One's own views and those given to one's department."""
    return [_view(request, row) for row in queries.views_for(request.actor, queries.LIST)]


@router.post("/views", response={201: ViewOut, **PROBLEMS})
@writes("bookings.view", 201)
def save_list_view(request: Asked, data: ViewIn) -> Any:
    """Save a view; the same name again replaces it."""
    actor = request.actor
    share = next(iter(sorted(actor.departments)), "") if data.share else ""
    query = urlencode({name: value for name, value in queries.filters_in(QueryDict(data.query)).items() if value})
    row = actions.save_view(request.hotel, page=queries.LIST, name=data.name, query=query, shared_with=share, **step_of(request))
    return _view(request, row)


@router.post("/views/{uuid:pk}/drop", response={200: ViewOut, **PROBLEMS})
@writes("bookings.view")
def drop_list_view(request: Asked, pk: UUID) -> Any:
    """Remove a view of one's own."""
    row = SavedView.objects.pick(request.actor.hotel_id, pk)
    gone = _view(request, row)
    actions.drop_view(row, **step_of(request))
    return gone
