"""Checklists for programs: my department's items of today, those of one thing, tick with proof, withdraw."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, unpacked
from guiju.checklists import actions, queries
from guiju.checklists.models import Tick
from guiju.checklists.words import bare
from guiju.duties.models import Duty
from guiju.house.asking import Asked
from guiju.papers.files import keep
from guiju.shelf.errors import Missing

router = Router(tags=["checklists"])


class ChecklistItemOut(Schema):
    """One item of a checklist and where it stands; `tick` is there when it is done."""

    id: UUID
    about_kind: str
    about_id: str
    clause: str
    rule: str
    item: str
    name: str
    proof: str
    department: str
    due_at: datetime
    done_at: datetime | None
    done_by: str
    value: str
    tick: UUID | None
    may_tick: bool


class ItemTickIn(Given):
    """The proof an item asks for: a value, a photo in base64 (png or jpeg); `reason` when it is another department's."""

    value: Annotated[str, Field(max_length=200)] = ""
    photo: Annotated[str, Field(max_length=14_000_000)] = ""
    filename: Annotated[str, Field(max_length=120)] = "photo.jpg"
    reason: Annotated[str, Field(max_length=200)] = ""


class ItemUndoIn(Given):
    """Why it is withdrawn; needed after five minutes."""

    reason: Annotated[str, Field(max_length=200)] = ""


def _out(one: queries.Item) -> dict[str, Any]:
    tick = one.tick
    return {
        "id": str(one.duty.pk), "about_kind": one.duty.subject_kind, "about_id": one.duty.subject_id, "clause": one.duty.clause,
        "rule": one.duty.rule, "item": one.item, "name": one.name, "proof": one.proof, "department": one.duty.owner_department,
        "due_at": one.duty.due_at.isoformat(), "done_at": one.duty.met_at.isoformat() if one.duty.met_at else None,
        "done_by": tick.done_by_name if tick else "", "value": tick.value if tick else "", "tick": str(tick.pk) if tick else None,
        "may_tick": one.may_tick,
    }


def _seen(request: Asked, pk: UUID) -> Duty:
    found: Duty = Duty.objects.pick(request.actor.hotel_id, pk)
    if not queries.is_item(found) or not queries.sees(request.actor, found):
        raise Missing("no such item")
    return found


def _again(request: Asked, duty: Duty) -> dict[str, Any]:
    duty.refresh_from_db()
    return _out(queries.item_of(request.actor, duty, request.now))


@router.get("", response={200: list[ChecklistItemOut], **PROBLEMS})
@reads("checklists.view")
def mine(request: Asked) -> Any:
    """What my departments have to do today, what is overdue, what they did today."""
    return [_out(one) for one in queries.of_today(request.actor, request.now)]


@router.get("/items/{uuid:pk}", response={200: ChecklistItemOut, **PROBLEMS})
@reads("checklists.view")
def read(request: Asked, pk: UUID) -> Any:
    """One item."""
    return _out(queries.item_of(request.actor, _seen(request, pk), request.now))


@router.post("/items/{uuid:pk}/tick", response={200: ChecklistItemOut, **PROBLEMS})
@writes("checklists.tick")
def tick(request: Asked, pk: UUID, data: ItemTickIn) -> Any:
    """Say that it is done."""
    duty = _seen(request, pk)
    photo = keep(duty.hotel_id, unpacked("photo", data.photo), data.filename, kinds=("png", "jpeg"), now=request.now) if data.photo else None
    actions.tick(
        request.hotel, subject=(duty.subject_kind, duty.subject_id), clause=duty.clause, rule=duty.rule, item=bare(duty.occurrence),
        value=data.value, photo=photo, reason=data.reason, **step_of(request),
    )
    return _again(request, duty)


@router.post("/ticks/{uuid:pk}/undo", response={200: ChecklistItemOut, **PROBLEMS})
@writes("checklists.tick")
def undo(request: Asked, pk: UUID, data: ItemUndoIn) -> Any:
    """Withdraw a tick: within five minutes freely, later with a reason."""
    row: Tick = Tick.objects.pick(request.actor.hotel_id, pk)
    duty = actions.duty_of(row)
    if duty is None or not queries.sees(request.actor, duty):
        raise Missing("no such tick")
    actions.untick(row, reason=data.reason, **step_of(request))
    return _again(request, duty)


@router.get("/of", response={200: list[ChecklistItemOut], **PROBLEMS})
@reads("checklists.view")
def of_one(request: Asked, kind: str = Query(max_length=30), about: str = Query(max_length=60)) -> Any:
    """The items of one thing (kind vip, booking, event …) that I may see."""
    return [_out(one) for one in queries.items_of(request.actor, [(kind, about)], request.now)]
