"""Mailboxes for programs: how each stands, setting up, changing, trying; nothing here waits for a mail server."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, VersionIn
from guiju.house.asking import Asked
from guiju.mailroom import actions, queries
from guiju.mailroom.models import Mailbox

router = Router(tags=["mailboxes"])


class MailboxIn(Given):
    """A mailbox's card. The password is kept sealed and never given back; or `secret_from` names the variable that holds it."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    host: Annotated[str, Field(min_length=1, max_length=200)]
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Annotated[str, Field(min_length=1, max_length=200)]
    secret: Annotated[str, Field(max_length=500)] = ""
    secret_from: Annotated[str, Field(max_length=80)] = ""
    folder: Annotated[str, Field(max_length=200)] = "INBOX"
    after: Literal["keep", "move"] = "keep"
    move_to: Annotated[str, Field(max_length=200)] = ""
    every_seconds: Annotated[int, Field(ge=10, le=3600)] = 60
    idle: bool = False


class MailboxChange(VersionIn):
    """What changes of it; another server, sign-in name or encryption needs the password again."""

    name: Annotated[str, Field(max_length=60)] | None = None
    host: Annotated[str, Field(max_length=200)] | None = None
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["tls", "starttls", "none"] | None = None
    user: Annotated[str, Field(max_length=200)] | None = None
    secret: Annotated[str, Field(max_length=500)] = ""
    secret_from: Annotated[str, Field(max_length=80)] | None = None
    folder: Annotated[str, Field(max_length=200)] | None = None
    after: Literal["keep", "move"] | None = None
    move_to: Annotated[str, Field(max_length=200)] | None = None
    every_seconds: Annotated[int, Field(ge=10, le=3600)] | None = None
    idle: bool | None = None


class SwitchIn(Given):
    """On or off."""

    on: bool


class MailboxOut(Schema):
    """A mailbox: state off, well, waiting (no look yet), silent (nobody looks) or trouble with its code and words."""

    id: UUID
    version: int
    kind: str
    name: str
    host: str
    port: int
    security: str
    user: str
    folder: str
    after: str
    move_to: str
    every_seconds: int
    idle: bool
    state: str
    last_success_at: datetime | None
    error_code: str
    error: str
    error_at: datetime | None
    tried: str
    tried_at: datetime | None


class PieceOut(Schema):
    """A piece of mail or a file, and what became of it."""

    mailbox: str
    arrived_at: datetime
    done_at: datetime | None
    state: str
    why: str
    enquiries: list[str]


def _out(row: Mailbox, now: datetime) -> dict[str, Any]:
    plain = ("version", "kind", "name", "host", "port", "security", "user", "folder", "after", "move_to", "every_seconds", "idle", "error_code")
    running = queries.is_being_tried(row, now)
    return {
        **{field: getattr(row, field) for field in plain}, "id": str(row.pk), "state": queries.state_of(row, now),
        "last_success_at": row.succeeded_at.isoformat() if row.succeeded_at else None, "error": queries.said(row.error_code),
        "error_at": row.error_at.isoformat() if row.error_at else None, "tried": "running" if running else row.try_code,
        "tried_at": row.try_done_at.isoformat() if row.try_done_at and not running else None,
    }


def _row(request: Asked, pk: UUID) -> Mailbox:
    row: Mailbox = Mailbox.objects.select_related("hotel").pick(request.actor.hotel_id, pk)
    return row


@router.get("", response={200: list[MailboxOut], **PROBLEMS})
@reads("mailroom.view")
def listed(request: Asked) -> Any:
    """The hotel's mailboxes and its fax folder."""
    return [_out(one.mailbox, request.now) for one in queries.standings(request.actor.hotel_id, request.now)]


@router.get("/pieces", response={200: list[PieceOut], **PROBLEMS})
@reads("enquiries.view")
def pieces(request: Asked, limit: int = Query(50, ge=1, le=200)) -> Any:
    """What became of the latest mail, newest first."""
    return [
        {
            "mailbox": one.item.mailbox.name, "arrived_at": one.item.arrived_at.isoformat(), "state": one.item.state, "why": one.why,
            "done_at": one.item.done_at.isoformat() if one.item.done_at else None, "enquiries": one.item.enquiries,
        }
        for one in queries.latest(request.actor.hotel_id, most=limit)
    ]


@router.post("", response={201: MailboxOut, **PROBLEMS})
@writes("mailroom.setup", 201)
def set_up(request: Asked, data: MailboxIn) -> Any:
    """Set up a mailbox: what comes into it from now on is taken in."""
    card = data.dict(exclude={"secret"})
    return _out(actions.set_up_mailbox(request.hotel, card=card, secret=data.secret, **step_of(request)), request.now)


@router.get("/{uuid:pk}", response={200: MailboxOut, **PROBLEMS})
@reads("mailroom.view")
def read(request: Asked, pk: UUID) -> Any:
    """One mailbox."""
    return _out(_row(request, pk), request.now)


@router.patch("/{uuid:pk}", response={200: MailboxOut, **PROBLEMS})
@writes("mailroom.setup")
def change(request: Asked, pk: UUID, data: MailboxChange) -> Any:
    """Change its card."""
    card = {name: value for name, value in data.dict(exclude={"secret", "version"}, exclude_unset=True).items() if value is not None}
    row = actions.change_mailbox(_row(request, pk), card=card, secret=data.secret, version=version_of(request, data.version), **step_of(request))
    return _out(row, request.now)


@router.post("/{uuid:pk}/switch", response={200: MailboxOut, **PROBLEMS})
@writes("mailroom.setup")
def switch(request: Asked, pk: UUID, data: SwitchIn) -> Any:
    """Look into it or not."""
    return _out(actions.switch_mailbox(_row(request, pk), on=data.on, **step_of(request)), request.now)


@router.post("/{uuid:pk}/close", response={200: MailboxOut, **PROBLEMS})
@writes("mailroom.setup")
def close(request: Asked, pk: UUID) -> Any:
    """Remove it; what came from it stays."""
    return _out(actions.close_mailbox(_row(request, pk), **step_of(request)), request.now)


@router.post("/{uuid:pk}/try", response={200: MailboxOut, **PROBLEMS})
@writes("mailroom.try")
def try_it(request: Asked, pk: UUID) -> Any:
    """Have the worker try it; `tried` says what came of it a moment later."""
    return _out(actions.ask_to_try(_row(request, pk), **step_of(request)), request.now)


@router.post("/{uuid:pk}/look", response={200: MailboxOut, **PROBLEMS})
@writes("mailroom.try")
def look(request: Asked, pk: UUID) -> Any:
    """Have the worker look into it now."""
    return _out(actions.look_soon(_row(request, pk), **step_of(request)), request.now)
