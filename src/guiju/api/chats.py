"""Robots of group chats for programs: what the page does, without ever giving an address back."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, Given, VersionIn
from guiju.house.asking import Asked
from guiju.notices import actions
from guiju.notices.models import Robot

router = Router(tags=["house"])
When = Literal["once", "digest", "never"]


class RobotIn(Given):
    """A robot of a group chat: whom it tells what, and its address with the key, which is sealed and never given back."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    vendor: Literal["wecom", "dingtalk", "feishu"]
    department: Annotated[str, Field(max_length=30)] = ""
    address: Annotated[str, Field(min_length=1, max_length=500)]
    secret: Annotated[str, Field(max_length=200)] = ""
    lang: Literal["zh-hans", "en"] = "zh-hans"
    plain: bool = False
    personal: bool = True
    late: When = "once"
    soon: When = "once"
    other: When = "digest"
    digest_at: time = time(8, 30)


class RobotChangeIn(VersionIn):
    """What changes about a robot; a new address comes with its secret."""

    name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    vendor: Literal["wecom", "dingtalk", "feishu"] | None = None
    department: Annotated[str, Field(max_length=30)] | None = None
    address: Annotated[str, Field(max_length=500)] | None = None
    secret: Annotated[str, Field(max_length=200)] | None = None
    lang: Literal["zh-hans", "en"] | None = None
    plain: bool | None = None
    personal: bool | None = None
    late: When | None = None
    soon: When | None = None
    other: When | None = None
    digest_at: time | None = None


class RobotOut(Schema):
    """A robot and where it stands."""

    id: UUID
    version: int
    name: str
    vendor: str
    department: str
    host: str
    signed: bool
    lang: str
    plain: bool
    personal: bool
    late: str
    soon: str
    other: str
    digest_at: str
    sent_at: datetime | None
    stopped_at: datetime | None
    wait_until_at: datetime | None
    last_error: str


def _out(row: Robot) -> dict[str, Any]:
    moments = {name: at.isoformat() if (at := getattr(row, name)) else None for name in ("sent_at", "stopped_at", "wait_until_at")}
    plain = ("version", "name", "vendor", "department", "host", "signed", "lang", "plain", "personal", "late", "soon", "other", "last_error")
    return {"id": str(row.pk), "digest_at": f"{row.digest_at:%H:%M}", **{name: getattr(row, name) for name in plain}, **moments}


def _row(request: Asked, pk: UUID) -> Robot:
    found: Robot = Robot.objects.select_related("hotel").pick(request.hotel.pk, pk)
    return found


@router.get("/robots", response={200: list[RobotOut], **PROBLEMS})
@reads("notices.robots")
def robots(request: Asked) -> Any:
    """The robots of group chats and where each stands."""
    return [_out(row) for row in Robot.objects.of(request.hotel.pk).filter(ended_at__isnull=True).order_by("department", "name")[:200]]


@router.post("/robots", response={201: RobotOut, **PROBLEMS})
@writes("notices.robots", 201)
def add_robot(request: Asked, data: RobotIn) -> Any:
    """Set up a robot."""
    return _out(actions.add_robot(request.hotel, given=data.dict(), **step_of(request)))


@router.patch("/robots/{uuid:pk}", response={200: RobotOut, **PROBLEMS})
@writes("notices.robots")
def change_robot(request: Asked, pk: UUID, data: RobotChangeIn) -> Any:
    """Change a robot; 409 with both when somebody saved before."""
    given = {name: value for name, value in data.dict(exclude_unset=True).items() if name != "version" and value is not None}
    return _out(actions.change_robot(_row(request, pk), given=given, version=version_of(request, data.version), **step_of(request)))


@router.post("/robots/{uuid:pk}/try", response={200: Done, **PROBLEMS})
@writes("notices.robots")
def try_robot(request: Asked, pk: UUID) -> Any:
    """Let it say a word; whether it got through stands in its row a moment later."""
    actions.try_robot(_row(request, pk), **step_of(request))
    return DONE


@router.post("/robots/{uuid:pk}/end", response={200: Done, **PROBLEMS})
@writes("notices.robots")
def end_robot(request: Asked, pk: UUID) -> Any:
    """It tells nothing any more; its address is forgotten."""
    actions.end_robot(_row(request, pk), **step_of(request))
    return DONE
