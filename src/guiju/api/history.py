"""Booking history for programs: files of past bookings on their way, totals, pace and pick-up, the mix."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day, Given, Whole, unpacked
from guiju.clients.views.files import today
from guiju.history import actions, figures, files, mix, pace
from guiju.history.models import BadRow, Batch
from guiju.history.reading import said
from guiju.history.views.figures import default_day
from guiju.house.asking import Asked
from guiju.house.doors import answer_once

router = Router(tags=["history"])
MOST_LISTED = 200
Name = Annotated[str, Field(max_length=80)]


class BatchOut(Schema):
    """A file of past bookings: how far it has come and what is in it."""

    id: UUID
    name: str
    state: str
    sha256: str
    version: int
    headings: list[str]
    mapping: dict[str, str]
    options: dict[str, Any]
    done: int
    total: int
    rows: int
    bad_rows: int
    aside_rows: int
    groups: int
    hotels: list[str]
    first_arrival_on: date | None
    last_arrival_on: date | None
    flags: dict[str, int]
    error: str
    received_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


class FileIn(Given):
    """A file in base64 with its name: csv, xlsx, or a zip with one of them."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    content: Annotated[str, Field(min_length=1)]


class ColumnsIn(Given):
    """What the columns mean: field to heading. Where days or words are unclear, the options say how they are meant."""

    mapping: Annotated[dict[Name, Name], Field(max_length=60)]
    hotel: Annotated[str, Field(max_length=80)] = ""
    date_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    words: Annotated[dict[Literal["stayed", "cancelled", "no_show", "booked"], Annotated[str, Field(max_length=300)]], Field(max_length=4)] = {}
    version: Whole | None = None


class BadRowOut(Schema):
    """A row that cannot be taken as it stands: its cells under their headings, and what is wrong by field."""

    row: int
    cells: dict[str, str]
    errors: dict[str, str]
    aside: bool


class CorrectIn(Given):
    """New values of a row, field to text; `everywhere`: also in other rows with the same wrong value."""

    row: Annotated[int, Field(ge=1, le=2_000_000)]
    values: Annotated[dict[Name, Annotated[str, Field(max_length=200)]], Field(max_length=60)]
    everywhere: bool = False


class RowsIn(Given):
    """Which rows; without them all."""

    rows: Annotated[list[Annotated[int, Field(ge=1, le=2_000_000)]], Field(max_length=5000)] | None = None


class CorrectedOut(Schema):
    """How many rows it was."""

    many: int
    bad_rows: int


class TotalOut(Schema):
    """Totals of a hotel of the files: of a month of arrival, a segment or a channel."""

    hotel: str
    arrival_month: str | None = None
    segment: str | None = None
    channel: str | None = None
    bookings: int
    cancelled: int
    no_show: int
    stayed: int
    room_nights: int
    room_revenue: float


class AmountOut(Schema):
    """Bookings, room nights and revenue."""

    bookings: int
    room_nights: int
    revenue: float


class PaceMonthOut(Schema):
    """A month of arrival: on the books, what came in 7 and 30 days, the same time last year, and how that ended."""

    arrival_month: str
    on_the_books: AmountOut
    picked_up_7: AmountOut
    picked_up_30: AmountOut
    last_year: AmountOut | None
    last_year_in_the_end: AmountOut | None


class PaceOut(Schema):
    """Twelve months as they stood at the end of a day."""

    at: date
    months: list[PaceMonthOut]


class CutOut(Schema):
    """A part of the mix; rates in percent."""

    name: str
    bookings: int
    in_groups: int
    cancelled: int
    no_show: int
    stayed: int
    room_nights: int
    room_revenue: float
    cancelled_rate: float | None
    no_show_rate: float | None


class LeadOut(Schema):
    """Bookings made so many days ahead."""

    from_days: int
    until_days: int | None
    bookings: int
    cancelled: int
    no_show: int


class MixOut(Schema):
    """A period of arrivals, cut by segment, channel and lead time."""

    first_month: str
    last_month: str
    segments: list[CutOut]
    channels: list[CutOut]
    lead: list[LeadOut]


def _pick(request: Asked, pk: UUID) -> Batch:
    found: Batch = Batch.objects.pick(request.actor.hotel_id, pk)
    return found


def _batch(batch: Batch) -> dict[str, Any]:
    names = (
        "name", "state", "sha256", "version", "headings", "mapping", "options", "done", "total", "rows", "bad_rows", "aside_rows", "groups",
        "first_arrival_on", "last_arrival_on", "flags", "received_at", "applied_at", "undone_at",
    )
    shown = {name: getattr(batch, name) for name in names}
    return {"id": str(batch.pk), "hotels": batch.past_hotels, "error": said(batch.said) if batch.said else "", **shown}


@router.get("/batches", response={200: list[BatchOut], **PROBLEMS})
@reads("history.view")
def batches(request: Asked) -> Any:
    """The files that were sent, newest first."""
    return [_batch(batch) for batch in Batch.objects.of(request.actor.hotel_id).order_by("-received_at", "-id")[:MOST_LISTED]]


@router.post("/batches", response={201: BatchOut, **PROBLEMS})
@reads("history.import")
def receive(request: Asked, data: FileIn) -> HttpResponse:
    """Send a file; its columns are guessed. The same file again is told (409, `already_imported`), not doubled."""
    content = unpacked("content", data.content)
    table = files.open_table(content, data.name)  # before the step begins: nobody waits for a file to be opened

    def step() -> HttpResponse:
        batch = actions.receive(request.hotel, data=content, name=data.name, table=table, **step_of(request))
        return JsonResponse(_batch(batch), status=201)

    return answer_once(request, step)


@router.get("/batches/{uuid:pk}", response={200: BatchOut, **PROBLEMS})
@reads("history.view")
def batch(request: Asked, pk: UUID) -> Any:
    """One file."""
    return _batch(_pick(request, pk))


@router.put("/batches/{uuid:pk}/columns", response={200: BatchOut, **PROBLEMS})
@writes("history.import")
def columns(request: Asked, pk: UUID, data: ColumnsIn) -> Any:
    """Say what the columns mean; the worker then looks the file through."""
    options = {"hotel": data.hotel, "date_order": data.date_order, "words": dict(data.words)}
    return _batch(actions.name_columns(_pick(request, pk), mapping=data.mapping, options=options, version=data.version, **step_of(request)))


@router.get("/batches/{uuid:pk}/rows", response={200: list[BadRowOut], **PROBLEMS})
@reads("history.view")
def bad_rows(request: Asked, pk: UUID, after: int = Query(0, ge=0, le=2_000_000)) -> Any:
    """Rows with errors and rows set aside, 200 at a time: those after row `after`."""
    found = _pick(request, pk)
    rows = BadRow.objects.of(found.hotel_id).filter(batch=found, row_number__gt=after).order_by("row_number")[:MOST_LISTED]
    return [
        {
            "row": row.row_number, "aside": row.aside, "errors": {key: said(error) for key, error in row.errors.items()},
            "cells": {heading: cell for heading, cell in zip(found.headings, row.cells, strict=False) if heading},
        }
        for row in rows
    ]


@router.post("/batches/{uuid:pk}/correct", response={200: CorrectedOut, **PROBLEMS})
@writes("history.import")
def correct(request: Asked, pk: UUID, data: CorrectIn) -> Any:
    """Put a row right; while it is still wrong nothing changes (422 by field)."""
    found = _pick(request, pk)
    many = actions.correct_row(found, row_number=data.row, values=data.values, everywhere=data.everywhere, **step_of(request))
    return {"many": many, "bad_rows": found.bad_rows}


@router.post("/batches/{uuid:pk}/set-aside", response={200: CorrectedOut, **PROBLEMS})
@writes("history.import")
def set_aside(request: Asked, pk: UUID, data: RowsIn) -> Any:
    """Leave rows with errors out of this batch."""
    found = _pick(request, pk)
    return {"many": actions.set_aside(found, row_numbers=data.rows, **step_of(request)), "bad_rows": found.bad_rows}


@router.post("/batches/{uuid:pk}/take-back", response={200: CorrectedOut, **PROBLEMS})
@writes("history.import")
def take_back(request: Asked, pk: UUID, data: RowsIn) -> Any:
    """Rows set aside are to be put right after all."""
    found = _pick(request, pk)
    return {"many": actions.take_back(found, row_numbers=data.rows, **step_of(request)), "bad_rows": found.bad_rows}


@router.post("/batches/{uuid:pk}/apply", response={200: BatchOut, **PROBLEMS})
@writes("history.import")
def apply(request: Asked, pk: UUID) -> Any:
    """Let the worker put the whole file in force."""
    return _batch(actions.apply_batch(_pick(request, pk), **step_of(request)))


@router.post("/batches/{uuid:pk}/undo", response={200: BatchOut, **PROBLEMS})
@writes("history.import")
def undo(request: Asked, pk: UUID) -> Any:
    """Take the whole batch out of the history."""
    return _batch(actions.undo_batch(_pick(request, pk), **step_of(request)))


@router.post("/batches/{uuid:pk}/drop", response={200: BatchOut, **PROBLEMS})
@writes("history.import")
def drop(request: Asked, pk: UUID) -> Any:
    """Give up a file that is not in force."""
    return _batch(actions.drop_batch(_pick(request, pk), **step_of(request)))


@router.get("/totals", response={200: list[TotalOut], **PROBLEMS}, exclude_unset=True)
@reads("history.view")
def totals(request: Asked, by: Literal["month", "segment", "channel"] = "month") -> Any:
    """Bookings, cancelled, no-shows, stayed; room nights and revenue of those who stayed: a line a hotel of the files."""
    return [figures.reported(line, by) for line in figures.totals(request.hotel, by)]


@router.get("/pace", response={200: PaceOut, **PROBLEMS})
@reads("history.view")
def pace_of(request: Asked, at: Day | None = None, hotel: str = Query("", max_length=80)) -> Any:
    """On the books by month of arrival at the end of a day, against the same time last year, and the pick-up."""
    reach = pace.reach(request.hotel)
    day = at or (default_day(reach, today(request)) if reach else today(request))
    lines = pace.pace(request.hotel, day, past_hotel=hotel) if reach else []
    return {"at": day, "months": [
        {
            "arrival_month": f"{line.month_on:%Y-%m}", "on_the_books": _amount(line.now), "picked_up_7": _amount(line.week),
            "picked_up_30": _amount(line.month), "last_year": _amount(line.before) if line.before else None,
            "last_year_in_the_end": _amount(line.ended) if line.ended else None,
        }
        for line in lines
    ]}


def _amount(amount: pace.Amount) -> dict[str, Any]:
    return {"bookings": amount.bookings, "room_nights": amount.room_nights, "revenue": float(amount.revenue)}


@router.get("/mix", response={200: MixOut, **PROBLEMS})
@reads("history.view")
def mix_of(request: Asked, first: Day, last: Day, hotel: str = Query("", max_length=80)) -> Any:
    """Segments, channels and lead time of the arrivals from the month of `first` to that of `last`."""
    from_, to = pace.month_of(first), pace.month_of(last)
    found = mix.mix(request.hotel, from_, to, hotel)
    return {
        "first_month": f"{from_:%Y-%m}", "last_month": f"{to:%Y-%m}",
        "segments": [_cut(line) for line in found.segments], "channels": [_cut(line) for line in found.channels],
        "lead": [
            {"from_days": one.first, "until_days": one.until, "bookings": one.bookings, "cancelled": one.cancelled, "no_show": one.no_show}
            for one in found.leads
        ],
    }


def _cut(line: figures.Line) -> dict[str, Any]:
    rates = {name: None if (rate := getattr(line, name)) is None else float(rate) for name in ("cancelled_rate", "no_show_rate")}
    return {
        "name": str(line.key), "bookings": line.bookings, "in_groups": line.grouped, "cancelled": line.cancelled, "no_show": line.no_show,
        "stayed": line.stayed, "room_nights": line.room_nights, "room_revenue": float(line.revenue), **rates,
    }
