"""Long-stay guests for programs: numbered rooms, flowers and fruit, monthly lists, confidential notes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.longstay_shapes import (
    GuestOrderOut,
    LetRoomIn,
    LetRoomOut,
    MonthlyListOut,
    SeenIn,
    Unit,
    WatchIn,
    WatchOut,
    WatchText,
    let_room,
    order_out,
    stay_of,
)
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import WhyIn
from guiju.house.asking import Asked
from guiju.longstay import actions, confidential, queries
from guiju.longstay.models import Apartment, GuestOrder, MonthlyList, WatchNote
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

router = Router(tags=["longstay"])


def room_values(request: Asked, data: LetRoomIn) -> dict[str, Any]:
    """What was sent of a room, with its type."""
    kind = RoomType.objects.of(request.actor.hotel_id).filter(code=data.room_type).first()
    if kind is None:
        raise Invalid(errors={"room_type": [_("There is no such room type.")]})
    return {**data.dict(exclude={"version"}), "room_type": kind}


@router.get("/rooms", response={200: list[LetRoomOut], **PROBLEMS})
@reads("longstay.view")
def list_rooms(
    request: Asked, from_on: date | None = None, until_on: date | None = None, unit: Unit | None = None, floor: int | None = None
) -> Any:
    """The numbered rooms; with a period those free throughout, the higher floors first."""
    hotel = request.actor.hotel_id
    if from_on and until_on:
        return [let_room(row) for row in queries.free_rooms(hotel, from_on, until_on, unit=unit or "", floor=floor)]
    return [let_room(row) for row in Apartment.objects.of(hotel).select_related("room_type").order_by("-floor", "-number")]


@router.post("/rooms", response={201: LetRoomOut, **PROBLEMS})
@writes("longstay.setup", 201)
def add_room(request: Asked, data: LetRoomIn) -> Any:
    """Put a numbered room on the list."""
    return let_room(actions.add_room(request.hotel, **room_values(request, data), **step_of(request)))


@router.put("/rooms/{uuid:pk}", response={200: LetRoomOut, **PROBLEMS})
@writes("longstay.setup")
def change_room(request: Asked, pk: UUID, data: LetRoomIn) -> Any:
    """Change a room. 409 with both versions when somebody saved before."""
    row = Apartment.objects.pick(request.actor.hotel_id, pk)
    return let_room(actions.edit_room(row, version=version_of(request, data.version), **room_values(request, data), **step_of(request)))


@router.post("/rooms/{uuid:pk}/close", response={200: LetRoomOut, **PROBLEMS})
@writes("longstay.setup")
def close_room(request: Asked, pk: UUID) -> Any:
    """Take a room off the list."""
    return let_room(actions.close_room(Apartment.objects.pick(request.actor.hotel_id, pk), **step_of(request)))


@router.post("/rooms/{uuid:pk}/reopen", response={200: LetRoomOut, **PROBLEMS})
@writes("longstay.setup")
def reopen_room(request: Asked, pk: UUID) -> Any:
    """Put a room back on the list."""
    return let_room(actions.reopen_room(Apartment.objects.pick(request.actor.hotel_id, pk), **step_of(request)))


@router.get("/orders", response={200: list[GuestOrderOut], **PROBLEMS})
@reads("longstay.orders")
def list_orders(request: Asked) -> Any:
    """Flowers and fruit still to be sent: one's own departments'."""
    return [order_out(row) for row in queries.open_orders(request.actor)[:500]]


@router.post("/orders/{uuid:pk}/done", response={200: GuestOrderOut, **PROBLEMS})
@writes("longstay.orders")
def do_order(request: Asked, pk: UUID) -> Any:
    """It stands in the room."""
    return order_out(actions.do_order(GuestOrder.objects.pick(request.actor.hotel_id, pk), **step_of(request)))


@router.post("/orders/{uuid:pk}/drop", response={200: GuestOrderOut, **PROBLEMS})
@writes("longstay.edit")
def drop_order(request: Asked, pk: UUID) -> Any:
    """It is called off."""
    return order_out(actions.drop_order(GuestOrder.objects.pick(request.actor.hotel_id, pk), **step_of(request)))


@router.get("/lists", response={200: list[MonthlyListOut], **PROBLEMS})
@reads("longstay.view")
def list_lists(request: Asked) -> Any:
    """The monthly lists, the newest first, with who has signed."""
    return [_list(one) for one in queries.lists(request.actor.hotel_id)]


def _list(one: dict[str, Any]) -> dict[str, Any]:
    row: MonthlyList = one["list"]
    return {
        "id": str(row.pk), "month": f"{row.month:%Y-%m}", "guests": row.guests, "paper": str(one["paper"].pk) if one["paper"] else None,
        "signed": [copy.department for copy in one["copies"] if copy.signed_at],
        "open": [copy.department for copy in one["copies"] if not copy.signed_at],
    }


@router.post("/lists", response={201: MonthlyListOut, **PROBLEMS})
@writes("longstay.edit", 201)
def issue_list(request: Asked) -> Any:
    """Issue this month's list."""
    row = actions.issue_list(request.hotel, **step_of(request))
    return next(_list(one) for one in queries.lists(row.hotel_id) if one["list"].pk == row.pk)


@router.post("/{uuid:pk}/notes", response={201: WatchOut, **PROBLEMS})
@writes("longstay.watch", 201)
def note_watch(request: Asked, pk: UUID, data: WatchIn) -> Any:
    """Write a confidential note; for the posts the standard names only."""
    confidential.require(request.actor, request.now)
    return _watch(actions.note_watch(stay_of(request, pk), text=data.text, **step_of(request)))


def _watch(row: WatchNote) -> dict[str, Any]:
    return {"id": str(row.pk), "closed": row.closed_at is not None}


def _note(request: Asked, pk: UUID) -> WatchNote:
    confidential.require(request.actor, request.now)
    return WatchNote.objects.pick(request.actor.hotel_id, pk)  # type: ignore[no-any-return]  # HotelRow's query set is not generic


@router.get("/{uuid:pk}/notes", response={200: list[WatchOut], **PROBLEMS})
@reads("longstay.watch")
def list_watches(request: Asked, pk: UUID) -> Any:
    """The open notes on a guest, without their text."""
    confidential.require(request.actor, request.now)
    return [_watch(row) for row in confidential.notes_on(request.actor.hotel_id, stay_of(request, pk).pk)]


@router.get("/notes/{uuid:pk}", response={200: WatchText, **PROBLEMS})
@reads("longstay.watch")
def open_watch(request: Asked, pk: UUID) -> Any:
    """Open a note; that it was opened is written down."""
    row = _note(request, pk)
    return {**_watch(row), "text": actions.open_watch(row, **step_of(request))}


@router.post("/notes/{uuid:pk}/told", response={200: WatchOut, **PROBLEMS})
@writes("longstay.watch")
def tell_watch(request: Asked, pk: UUID) -> Any:
    """Housekeeping or security knows and watches."""
    return _watch(actions.tell_watch(_note(request, pk), **step_of(request)))


@router.post("/notes/{uuid:pk}/seen", response={200: WatchOut, **PROBLEMS})
@writes("longstay.watch")
def observe(request: Asked, pk: UUID, data: SeenIn) -> Any:
    """Note what was seen."""
    return _watch(actions.observe(_note(request, pk), text=data.text, **step_of(request)))


@router.post("/notes/{uuid:pk}/close", response={200: WatchOut, **PROBLEMS})
@writes("longstay.watch")
def close_watch(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """There is nothing to watch any more."""
    row = _note(request, pk)
    actions.close_watch(row, reason=data.reason, **step_of(request))
    row.refresh_from_db()
    return _watch(row)
