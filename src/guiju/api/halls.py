"""Halls for programs: what the house lets."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, Money, VersionIn
from guiju.function_space import actions
from guiju.function_space.models import Hall, Style
from guiju.function_space.queries import Halls, halls_of
from guiju.house.asking import Asked
from guiju.shelf.errors import Invalid

router = Router(tags=["function space"])
Code = Annotated[str, Field(min_length=1, max_length=12)]
Minutes = Annotated[int, Field(ge=0, le=1440, multiple_of=15)]
Metres = Annotated[Money, Field(lt=100_000)]
Persons = Annotated[int, Field(ge=1, le=99999)]


class HallFields(Given):
    """A hall; `parts` are the codes of the halls it combines, `capacity` persons for each set-up style."""

    name_en: Annotated[str, Field(max_length=40)] = ""
    area: Metres | None = None
    height: Annotated[Money, Field(lt=100)] | None = None
    capacity: dict[Style, Persons] = {}
    rate_half_day: Annotated[Money, Field(lt=10_000_000)] | None = None
    rate_day: Annotated[Money, Field(lt=10_000_000)] | None = None
    rate_evening: Annotated[Money, Field(lt=10_000_000)] | None = None
    setup_minutes: Minutes = 60
    turn_minutes: Minutes = 60
    remarks: Annotated[str, Field(max_length=200)] = ""
    order: Annotated[int, Field(ge=0, le=999)] = 100
    parts: Annotated[list[Code], Field(max_length=40)] = []


class HallIn(HallFields):
    """A new hall."""

    code: Code
    name: Annotated[str, Field(min_length=1, max_length=40)]


class HallsIn(Given):
    """Several halls, matched by code: all of them or none."""

    halls: Annotated[list[HallIn], Field(min_length=1, max_length=200)]


class HallChange(HallFields):
    """The fields that are to be different, and the version they start from."""

    version: int | None = None
    code: Annotated[str, Field(max_length=12)] = ""
    name: Annotated[str, Field(max_length=40)] = ""


class HallOut(Schema):
    """A hall; send `version` back with a change."""

    id: UUID
    version: int
    code: str
    name: str
    name_en: str
    area: str | None
    height: str | None
    capacity: dict[str, int]
    rate_half_day: str | None
    rate_day: str | None
    rate_evening: str | None
    setup_minutes: int
    turn_minutes: int
    remarks: str
    order: int
    parts: list[str]
    closed: bool


def hall_named(request: Asked, code: str, where: str = "hall") -> Hall:
    """A hall by code. Raises Invalid at the field."""
    row: Hall | None = Hall.objects.of(request.actor.hotel_id).filter(code=code).first()
    if row is None:
        raise Invalid(errors={where: ["unknown hall"]})
    return row


def _out(row: Hall, halls: Halls) -> dict[str, Any]:
    plain = ("version", "code", "name", "name_en", "capacity", "setup_minutes", "turn_minutes", "remarks", "order")
    amounts = ("area", "height", "rate_half_day", "rate_day", "rate_evening")
    return {
        "id": str(row.pk), **{name: getattr(row, name) for name in plain},
        **{name: None if getattr(row, name) is None else str(getattr(row, name)) for name in amounts},
        "parts": [part.code for part in halls.smallest(row.pk)], "closed": row.closed_at is not None,
    }


def _shown(request: Asked, row: Hall) -> dict[str, Any]:
    halls = halls_of(request.actor.hotel_id)
    return _out(halls.by_id[row.pk], halls)


def _parts(request: Asked, codes: list[str]) -> list[Hall]:
    return [hall_named(request, code, "parts") for code in codes]


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    if "capacity" in given:
        given["capacity"] = {str(Style(style)): persons for style, persons in given["capacity"].items()}
    return given


@router.get("", response={200: list[HallOut], **PROBLEMS})
@reads("function_space.view")
def listing(request: Asked) -> Any:
    """All halls in their order, closed ones too."""
    halls = halls_of(request.actor.hotel_id)
    return [_out(row, halls) for row in halls.all]


@router.post("", response={201: HallOut, **PROBLEMS})
@writes("function_space.setup", 201)
def add(request: Asked, data: HallIn) -> Any:
    """Add a hall."""
    values = _plain(data.dict(exclude_unset=True, exclude={"parts"}))
    return _shown(request, actions.add_hall(request.hotel, parts=_parts(request, data.parts), **values, **step_of(request)))


@router.post("/import", response={200: list[HallOut], **PROBLEMS})
@writes("function_space.setup")
def import_halls(request: Asked, data: HallsIn) -> Any:
    """Add or change several halls."""
    rows = [_plain(one.dict(exclude_unset=True)) for one in data.halls]
    done = actions.import_halls(request.hotel, rows=rows, **step_of(request))
    halls = halls_of(request.actor.hotel_id)
    return [_out(halls.by_id[row.pk], halls) for row in done]


@router.patch("/{uuid:pk}", response={200: HallOut, **PROBLEMS})
@writes("function_space.setup")
def change(request: Asked, pk: UUID, data: HallChange) -> Any:
    """Change a hall; its parts only while nothing is booked in it."""
    values = _plain(data.dict(exclude_unset=True, exclude={"version", "parts"}))
    parts = _parts(request, data.parts) if "parts" in data.model_fields_set else None
    row = Hall.objects.select_related("hotel").pick(request.actor.hotel_id, pk)
    return _shown(request, actions.edit_hall(row, version=version_of(request, data.version), parts=parts, **values, **step_of(request)))


@router.post("/{uuid:pk}/close", response={200: HallOut, **PROBLEMS})
@writes("function_space.setup")
def close(request: Asked, pk: UUID, data: VersionIn) -> Any:
    """Let this hall no longer."""
    row = Hall.objects.pick(request.actor.hotel_id, pk)
    return _shown(request, actions.close_hall(row, version=version_of(request, data.version), **step_of(request)))


@router.post("/{uuid:pk}/reopen", response={200: HallOut, **PROBLEMS})
@writes("function_space.setup")
def reopen(request: Asked, pk: UUID, data: VersionIn) -> Any:
    """Let a closed hall again."""
    row = Hall.objects.pick(request.actor.hotel_id, pk)
    return _shown(request, actions.reopen_hall(row, version=version_of(request, data.version), **step_of(request)))
