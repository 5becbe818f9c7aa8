"""People and their posts for programs; tokens and tablets."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.clients import person_named
from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, Given
from guiju.house import actions, tokens
from guiju.house.actions.imports import HEADS
from guiju.house.asking import Asked
from guiju.house.models import ApiToken, Appointment, Person, Tablet
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.tables import Line

router = Router(tags=["house"])
Username = Annotated[str, Field(min_length=1, max_length=60)]
Post = Annotated[str, Field(min_length=1, max_length=40)]


class CardIn(Given):
    """A person's card."""

    name_en: Annotated[str, Field(max_length=60)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class PersonIn(CardIn):
    """A new person with posts."""

    username: Username
    name: Annotated[str, Field(min_length=1, max_length=60)]
    posts: Annotated[list[Post], Field(min_length=1, max_length=20)]


class PeopleIn(Given):
    """Several new people: all of them or nobody."""

    people: Annotated[list[PersonIn], Field(min_length=1, max_length=1000)]


class CardChange(CardIn):
    """The fields that are to be different, and the version they start from."""

    version: int | None = None
    name: Annotated[str, Field(max_length=60)] = ""


class PostIn(Given):
    """A post, by its key."""

    post: Post


class PersonOut(Schema):
    """A person; send `version` back with a change."""

    id: UUID
    version: int
    username: str
    name: str
    name_en: str
    email: str
    phone: str
    active: bool
    posts: list[str]


class Newcomer(PersonOut):
    """A new person with a one-time password, shown once."""

    one_time_password: str | None


class OneTime(Schema):
    """A one-time password, shown once."""

    one_time_password: str | None


class TokenIn(Given):
    """A token: for whom (oneself when left out), with which scopes (within one's own), for how long."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    person: Username | None = None
    scopes: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=1, max_length=200)]
    days: Literal[30, 90, 365] = 90


class TokenOut(Schema):
    """A token; its text is shown once."""

    id: UUID
    name: str
    person: str
    scopes: list[str]
    expires_at: datetime | None
    revoked: bool
    text: str | None = None


class TabletIn(Given):
    """A shared tablet of a department."""

    department: Annotated[str, Field(max_length=30)]
    name: Annotated[str, Field(min_length=1, max_length=60)]


class TabletOut(Schema):
    """A tablet; `text` is for the cookie guiju_tablet of its browser and is shown once."""

    id: UUID
    department: str
    name: str
    text: str | None = None


def _out(person: Person, posts: list[str]) -> dict[str, Any]:
    plain = ("version", "username", "name", "name_en", "email", "phone")
    return {"id": str(person.pk), **{name: getattr(person, name) for name in plain}, "active": person.is_active, "posts": posts}


def _with_posts(request: Asked, person: Person) -> dict[str, Any]:
    person.refresh_from_db()
    held = Appointment.objects.of(request.actor.hotel_id).filter(person=person, until_at__isnull=True).order_by("from_at", "id")
    return _out(person, list(held.values_list("post", flat=True)))


def person_of(request: Asked, pk: UUID) -> Person:
    """Somebody who has or had a post in this hotel, or 404."""
    row = Person.objects.filter(pk=pk, appointments__hotel=request.hotel).distinct().first()
    if row is None:
        raise Missing("no such person")
    return row


@router.get("/people", response={200: list[PersonOut], **PROBLEMS})
@reads("house.people")
def people(request: Asked) -> Any:
    """Everybody with a post."""
    held: dict[UUID, list[str]] = {}
    rows = Appointment.objects.of(request.actor.hotel_id).filter(until_at__isnull=True).order_by("from_at", "id")
    for person_id, post in rows.values_list("person_id", "post"):
        held.setdefault(person_id, []).append(post)
    return [_out(person, held[person.pk]) for person in Person.objects.filter(pk__in=held).order_by("username")]


@router.post("/people", response={201: Newcomer, **PROBLEMS})
@writes("house.people", 201, secret="one_time_password")
def add(request: Asked, data: PersonIn) -> Any:
    """Add a person with posts; the answer has a one-time password, to be changed at the first sign-in."""
    person, word = actions.add_person(request.hotel, **data.dict(), **step_of(request))
    return {**_with_posts(request, person), "one_time_password": word}


@router.post("/people/import", response={201: list[Newcomer], **PROBLEMS})
@writes("house.people", 201, secret="one_time_password")
def import_people(request: Asked, data: PeopleIn) -> Any:
    """Add several people, or nobody when one of them is wrong; who is there already changes nothing."""
    lines = [
        Line(number, {HEADS[key][0]: ";".join(value) if key == "posts" else value for key, value in one.dict().items()})
        for number, one in enumerate(data.people, 1)
    ]
    added = actions.import_people(request.hotel, lines=lines, **step_of(request))
    return [{**_with_posts(request, person), "one_time_password": word} for person, word in added]


@router.patch("/people/{uuid:pk}", response={200: PersonOut, **PROBLEMS})
@writes("house.people")
def change(request: Asked, pk: UUID, data: CardChange) -> Any:
    """Correct a person's name, e-mail or telephone; 409 with both when somebody saved before."""
    person, card = person_of(request, pk), data.dict(exclude_unset=True, exclude={"version"})
    actions.change_person(request.hotel, person=person, version=version_of(request, data.version), card=card, **step_of(request))
    return _with_posts(request, person)


@router.post("/people/{uuid:pk}/appoint", response={200: PersonOut, **PROBLEMS})
@writes("house.people")
def appoint(request: Asked, pk: UUID, data: PostIn) -> Any:
    """Give a person a post from now."""
    person = person_of(request, pk)
    actions.appoint(request.hotel, person=person, post=data.post, **step_of(request))
    return _with_posts(request, person)


@router.post("/people/{uuid:pk}/relieve", response={200: PersonOut, **PROBLEMS})
@writes("house.people")
def relieve(request: Asked, pk: UUID, data: PostIn) -> Any:
    """Take a post from a person."""
    person = person_of(request, pk)
    actions.relieve(request.hotel, person=person, post=data.post, **step_of(request))
    return _with_posts(request, person)


@router.post("/people/{uuid:pk}/reset-password", response={200: OneTime, **PROBLEMS})
@writes("house.people", secret="one_time_password")
def reset_password(request: Asked, pk: UUID) -> Any:
    """Give a person a one-time password; all his sessions end."""
    return {"one_time_password": actions.reset_password(request.hotel, person=person_of(request, pk), **step_of(request))}


@router.post("/people/{uuid:pk}/remove-second-step", response={200: PersonOut, **PROBLEMS})
@writes("house.people")
def remove_second_step(request: Asked, pk: UUID) -> Any:
    """Take a lost device's second step away; it is set up anew at the next sign-in."""
    person = person_of(request, pk)
    actions.remove_totp(request.hotel, person=person, **step_of(request))
    return _with_posts(request, person)


@router.post("/people/{uuid:pk}/end-sessions", response={200: Done, **PROBLEMS})
@writes("house.people")
def end_sessions(request: Asked, pk: UUID) -> Any:
    """End every session of a person."""
    return {"done": True, "many": actions.revoke_sessions_of(request.hotel, person=person_of(request, pk), **step_of(request))}


@router.post("/people/{uuid:pk}/disable", response={200: PersonOut, **PROBLEMS})
@writes("house.people")
def disable(request: Asked, pk: UUID) -> Any:
    """Nobody signs in with this account any more."""
    person = person_of(request, pk)
    actions.disable_person(request.hotel, person=person, **step_of(request))
    return _with_posts(request, person)


def _token(row: ApiToken, text: str | None = None) -> dict[str, Any]:
    return {
        "id": str(row.pk), "name": row.name, "person": row.person.username, "scopes": row.scopes,
        "expires_at": row.expires_at.isoformat() if row.expires_at else None, "revoked": row.revoked_at is not None, "text": text,
    }


@router.get("/tokens", response={200: list[TokenOut], **PROBLEMS})
@reads("house.tokens")
def token_list(request: Asked) -> Any:
    """One's own keys for programs, the newest first; an administrator's program sees everybody's."""
    return [_token(row) for row in tokens.visible(request.actor)[:200]]


@router.post("/tokens", response={201: TokenOut, **PROBLEMS})
@writes("house.tokens", 201, secret="text")
def make_token(request: Asked, data: TokenIn) -> Any:
    """Make a token of one's own; a program gives no scope that it has not itself."""
    beyond = sorted(set(data.scopes) - request.actor.permissions)
    if beyond:
        raise Invalid(errors={"scopes": [f"beyond your own: {', '.join(beyond)}"]})
    whose = person_named(request, data.person, "person") if data.person else request.person
    row, text = tokens.create(request.hotel, person=whose, name=data.name, scopes=data.scopes, days=data.days, **step_of(request))
    return _token(row, text)


@router.post("/tokens/{uuid:pk}/revoke", response={200: TokenOut, **PROBLEMS})
@writes("house.tokens")
def revoke_token(request: Asked, pk: UUID) -> Any:
    """End a token at once."""
    row = tokens.visible(request.actor).pick(request.actor.hotel_id, pk)
    tokens.revoke(row, **step_of(request))
    row.refresh_from_db()
    return _token(row)


def _tablet(row: Tablet, text: str | None = None) -> dict[str, Any]:
    return {"id": str(row.pk), "department": row.department, "name": row.name, "text": text}


@router.get("/tablets", response={200: list[TabletOut], **PROBLEMS})
@reads("house.tablets")
def tablet_list(request: Asked) -> Any:
    """The departments' tablets."""
    rows = Tablet.objects.of(request.actor.hotel_id).filter(revoked_at__isnull=True).order_by("department", "enrolled_at")
    return [_tablet(row) for row in rows]


@router.post("/tablets", response={201: TabletOut, **PROBLEMS})
@writes("house.tablets", 201, secret="text")
def enroll_tablet(request: Asked, data: TabletIn) -> Any:
    """Enrol a tablet of a department; its text goes into that browser and is shown once."""
    row, text = actions.enroll_tablet(request.hotel, department=data.department, name=data.name, **step_of(request))
    return _tablet(row, text)


@router.post("/tablets/{uuid:pk}/revoke", response={200: Done, **PROBLEMS})
@writes("house.tablets")
def revoke_tablet(request: Asked, pk: UUID) -> Any:
    """This device is no tablet of the house any more."""
    actions.revoke_tablet(Tablet.objects.pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE
