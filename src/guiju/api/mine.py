"""A person's own desk for programs: likings, sessions, who acts for me."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema

from guiju.api.clients import person_named
from guiju.api.doors import reads, step_of, writes
from guiju.api.people import Username
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, Given, Moment
from guiju.desk.actions import prefer
from guiju.house import actions
from guiju.house.asking import Asked
from guiju.house.models import Delegation, SignedIn
from guiju.shelf.errors import Missing

router = Router(tags=["me"])
NO_SESSION = UUID(int=0)  # a program has none of its own


class Me(Schema):
    """Who this token acts as, in which hotel, with which posts and rights."""

    username: str
    name: str
    hotel: str
    posts: list[str]
    rights: list[str]
    lang: str
    theme: str
    single_keys: bool


class LikingsIn(Given):
    """How I like my pages."""

    lang: Literal["zh-hans", "en"] | None = None
    theme: Literal["auto", "light", "dark"] | None = None
    single_keys: bool | None = None


class SessionOut(Schema):
    """A browser in which I am signed in."""

    id: UUID
    address: str
    agent: str
    created_at: datetime
    last_seen_at: datetime


class DelegateIn(Given):
    """Who acts for me, from when until when."""

    to: Username
    from_at: Moment
    until_at: Moment


class DelegateOut(Schema):
    """Somebody who acts for me."""

    id: UUID
    to: str
    from_at: datetime
    until_at: datetime


def _me(request: Asked) -> dict[str, Any]:
    person, actor = request.person, request.actor
    person.refresh_from_db()
    return {
        "username": person.username, "name": person.name, "hotel": request.hotel.code, "posts": sorted(actor.posts),
        "rights": sorted(actor.permissions), "lang": person.lang, "theme": person.theme, "single_keys": person.single_keys,
    }


@router.get("", response={200: Me, **PROBLEMS})
@reads("desk.profile")
def me(request: Asked) -> Any:
    """Who this token acts as."""
    return _me(request)


@router.patch("", response={200: Me, **PROBLEMS})
@writes("desk.profile")
def like(request: Asked, data: LikingsIn) -> Any:
    """Change my language, theme or single keys."""
    prefer(request.hotel, **data.dict(exclude_unset=True), **step_of(request))
    return _me(request)


@router.get("/sessions", response={200: list[SessionOut], **PROBLEMS})
@reads("house.sessions")
def sessions(request: Asked) -> Any:
    """Where I am signed in."""
    rows = SignedIn.objects.filter(person=request.person, ended_at__isnull=True).order_by("-last_seen_at")[:200]
    return [
        {
            "id": str(row.pk), "address": row.address, "agent": row.agent, "created_at": row.created_at.isoformat(),
            "last_seen_at": row.last_seen_at.isoformat(),
        }
        for row in rows
    ]


@router.post("/sessions/{uuid:pk}/end", response={200: Done, **PROBLEMS})
@writes("house.sessions")
def end_session(request: Asked, pk: UUID) -> Any:
    """End one of my sessions; somebody else's is not found."""
    if not SignedIn.objects.filter(pk=pk, person=request.person).exists():
        raise Missing("no such session")
    return {"done": True, "many": actions.revoke_session(request.hotel, session=pk, **step_of(request))}


@router.post("/sessions/end", response={200: Done, **PROBLEMS})
@writes("house.sessions")
def end_sessions(request: Asked) -> Any:
    """End all my sessions."""
    return {"done": True, "many": actions.revoke_other_sessions(request.hotel, present=NO_SESSION, **step_of(request))}


def _delegate(row: Delegation) -> dict[str, Any]:
    return {"id": str(row.pk), "to": row.to.username, "from_at": row.from_at.isoformat(), "until_at": row.until_at.isoformat()}


@router.get("/delegates", response={200: list[DelegateOut], **PROBLEMS})
@reads("house.sessions")
def delegates(request: Asked) -> Any:
    """Who acts for me, the latest first."""
    rows = Delegation.objects.of(request.hotel.pk).filter(person=request.person).select_related("to").order_by("-from_at")
    return [_delegate(row) for row in rows[:50]]


@router.post("/delegates", response={201: DelegateOut, **PROBLEMS})
@writes("house.sessions", 201)
def name_delegate(request: Asked, data: DelegateIn) -> Any:
    """While I am away, somebody acts for me."""
    to = person_named(request, data.to, "to")
    return _delegate(actions.name_delegate(request.hotel, to=to, from_at=data.from_at, until_at=data.until_at, **step_of(request)))


@router.post("/delegates/{uuid:pk}/end", response={200: Done, **PROBLEMS})
@writes("house.sessions")
def end_delegation(request: Asked, pk: UUID) -> Any:
    """I am back."""
    actions.end_delegation(Delegation.objects.pick(request.hotel.pk, pk), **step_of(request))
    return DONE
