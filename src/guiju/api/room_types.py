"""Room types for programs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, VersionIn
from guiju.house.asking import Asked
from guiju.rooms import actions
from guiju.rooms.models import RoomType

router = Router(tags=["rooms"])
Word = Annotated[str, Field(max_length=40)]


class TypeFields(Given):
    """A room type; `words` are the ways clients write it."""

    name_en: Word = ""
    short_name: Annotated[str, Field(max_length=12)] = ""
    words: Annotated[list[Word], Field(max_length=60)] = []
    beds: Annotated[int, Field(ge=1, le=20)] = 2
    is_escort: bool = False
    order: Annotated[int, Field(ge=0, le=999)] = 100


class RoomTypeIn(TypeFields):
    """A new room type."""

    code: Annotated[str, Field(min_length=1, max_length=12)]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    physical: Annotated[int, Field(ge=0, le=9999)]


class RoomTypesIn(Given):
    """Several room types, matched by code: all of them or none."""

    types: Annotated[list[RoomTypeIn], Field(min_length=1, max_length=200)]


class TypeChange(TypeFields):
    """The fields that are to be different, and the version they start from."""

    version: int | None = None
    code: Annotated[str, Field(max_length=12)] = ""
    name: Word = ""
    physical: Annotated[int, Field(ge=0, le=9999)] = 0


class RoomTypeOut(Schema):
    """A room type; send `version` back with a change."""

    id: UUID
    version: int
    code: str
    name: str
    name_en: str
    short_name: str
    words: list[str]
    physical: int
    beds: int
    is_escort: bool
    order: int
    closed: bool


def _out(row: RoomType) -> dict[str, Any]:
    plain = ("version", "code", "name", "name_en", "short_name", "words", "physical", "beds", "is_escort", "order")
    return {"id": str(row.pk), **{name: getattr(row, name) for name in plain}, "closed": row.closed_at is not None}


def _type(request: Asked, pk: UUID) -> RoomType:
    row: RoomType = RoomType.objects.pick(request.actor.hotel_id, pk)
    return row


@router.get("", response={200: list[RoomTypeOut], **PROBLEMS})
@reads("rooms.view")
def listing(request: Asked) -> Any:
    """All room types in their order, closed ones too."""
    return [_out(row) for row in RoomType.objects.of(request.actor.hotel_id)]


@router.post("", response={201: RoomTypeOut, **PROBLEMS})
@writes("rooms.setup", 201)
def add(request: Asked, data: RoomTypeIn) -> Any:
    """Add a room type."""
    return _out(actions.add_room_type(request.hotel, **data.dict(exclude_unset=True), **step_of(request)))


@router.post("/import", response={200: list[RoomTypeOut], **PROBLEMS})
@writes("rooms.setup")
def import_types(request: Asked, data: RoomTypesIn) -> Any:
    """Add or change several room types."""
    rows = [one.dict(exclude_unset=True) for one in data.types]
    return [_out(row) for row in actions.import_room_types(request.hotel, rows=rows, **step_of(request))]


@router.patch("/{uuid:pk}", response={200: RoomTypeOut, **PROBLEMS})
@writes("rooms.setup")
def change(request: Asked, pk: UUID, data: TypeChange) -> Any:
    """Change a room type; another number of rooms moves the limits of all nights from today on."""
    values = data.dict(exclude_unset=True, exclude={"version"})
    return _out(actions.edit_room_type(_type(request, pk), version=version_of(request, data.version), **values, **step_of(request)))


@router.post("/{uuid:pk}/close", response={200: RoomTypeOut, **PROBLEMS})
@writes("rooms.setup")
def close(request: Asked, pk: UUID, data: VersionIn) -> Any:
    """Sell this type no longer."""
    return _out(actions.close_room_type(_type(request, pk), version=version_of(request, data.version), **step_of(request)))


@router.post("/{uuid:pk}/reopen", response={200: RoomTypeOut, **PROBLEMS})
@writes("rooms.setup")
def reopen(request: Asked, pk: UUID, data: VersionIn) -> Any:
    """Sell a closed type again."""
    return _out(actions.reopen_room_type(_type(request, pk), version=version_of(request, data.version), **step_of(request)))
