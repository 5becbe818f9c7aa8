"""The sheet of a day for programs."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema

from guiju.api.doors import reads
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day
from guiju.briefing.gathering import DaySheet, sheet
from guiju.briefing.printing import one_page
from guiju.house.asking import Asked
from guiju.shelf.wording import local

router = Router(tags=["day sheet"])


class SheetLine(Schema):
    """One thing of the day. `counts`: for how many things it stands; `mark`: important, or a VIP's grade."""

    at: time | None
    what: str
    where: str
    persons: int | None
    note: str
    mark: str
    counts: int


class SheetPart(Schema):
    """What one room has to say."""

    key: str
    label: str
    count: int
    persons: int
    lines: list[SheetLine]


class SheetOut(Schema):
    """The sheet of one day, as far as you may read it."""

    on: date
    parts: list[SheetPart]


def as_out(found: DaySheet) -> dict[str, Any]:
    """The sheet as plain values."""
    return {
        "on": found.on.isoformat(),
        "parts": [
            {
                "key": part.key, "label": part.label, "count": part.count, "persons": part.persons,
                "lines": [
                    {
                        "at": line.clock or None, "what": line.what, "where": line.where, "persons": line.persons, "note": line.note,
                        "mark": line.mark, "counts": line.counts,
                    }
                    for line in part.lines
                ],
            }
            for part in found.parts
        ],
    }


@router.get("", response={200: SheetOut, **PROBLEMS})
@reads("briefing.view")
def read(request: Asked, on: Day | None = None) -> Any:
    """The sheet of a day; today by default."""
    return as_out(sheet(request.actor, on or local(request.now).date()))


@router.get("/paper.pdf", response={200: None, **PROBLEMS})
@reads("briefing.view")
def paper(request: Asked, on: Day | None = None) -> Any:
    """The same on one page of A4."""
    found = sheet(request.actor, on or local(request.now).date())
    return HttpResponse(one_page(found, hotel=request.hotel, actor=request.actor, now=request.now), content_type="application/pdf")
