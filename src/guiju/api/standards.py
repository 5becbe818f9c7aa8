"""Editions of the standard for programs: files in and out, what each has to read, what carries the duties of a post."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from guiju.api.doors import reads, step_of, writes
from guiju.api.edition_shapes import EditionOut, MineOut, PostDutyOut, ReaderOut, ReadIn, StandardCheckOut, StandardFileIn
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Done, unpacked
from guiju.duties.models import Edition
from guiju.editions import actions, carrying, queries
from guiju.editions.files import unpacked as texts_of
from guiju.editions.views.files import sent
from guiju.house.asking import Asked
from guiju.house.facts import POSTS
from guiju.shelf.errors import Missing

router = Router(tags=["standard"])


@router.get("/editions", response={200: list[EditionOut], **PROBLEMS})
@reads("standard.drafts")
def editions(request: Asked) -> Any:
    """All editions, newest first."""
    return [
        {
            "id": line.row.pk, "number": line.row.number, "effective_at": line.row.effective_at, "in_force": line.in_force, "changed": line.changed,
            "proposed_by": line.proposed_by, "approved_by": line.approved_by, "digest": line.row.digest,
        }
        for line in queries.edition_lines(request.hotel.pk, request.now)
    ]


@router.get("/editions/{uuid:pk}/file")
@reads("standard.view")
def edition_file(request: Asked, pk: UUID, form: Literal["zip", "toml"] = "zip") -> HttpResponse:
    """An edition as a zip of TOML files, or as one."""
    row = Edition.objects.pick(request.actor.hotel_id, pk)
    return sent(row.texts, form, f"{row.standard}-{row.number}")


@router.post("/check", response={200: StandardCheckOut, **PROBLEMS})
@writes("standard.edit")
def check(request: Asked, data: StandardFileIn) -> Any:
    """Look through a file as `guiju standard check` does; nothing is kept."""
    proof = queries.proof_of(texts_of(data.name, unpacked("content", data.content)))
    return {
        "cases_run": proof.run, "problems": [f"{one.file}:{one.line}: {one.message}" for one in proof.problems],
        "failures": [str(one.failure) for one in proof.failing],
    }


@router.get("/mine", response={200: list[MineOut], **PROBLEMS})
@reads("standard.acknowledge")
def mine(request: Asked) -> Any:
    """The clauses of my posts, unread first, with what changed since I last read them (manual.read)."""
    _owed, lines = queries.mine(request.actor, request.now)
    return [
        {
            "clause": one.clause, "text": one.title, "wording": one.wording, "read": one.known, "read_at": one.read_at,
            "changed": [
                {"what": line.what, "old": line.old, "new": line.new} for part in (one.changed.parts if one.changed else ()) for line in part.lines
            ],
        }
        for one in lines
    ]


@router.post("/mine/acknowledge", response={200: Done, **PROBLEMS})
@writes("standard.acknowledge")
def acknowledge(request: Asked, data: ReadIn) -> Any:
    """I have read these clauses in this wording."""
    return {"done": True, "many": actions.acknowledge(request.hotel, clauses=data.clauses, **step_of(request))}


@router.get("/readers", response={200: list[ReaderOut], **PROBLEMS})
@reads("standard.readers")
def readers(request: Asked) -> Any:
    """Who has not read which clauses of his post."""
    return [
        {
            "person": line.person.username, "posts": line.posts, "concerned": len(line.owed.concerned), "unread": list(line.owed.unread),
            "last_at": line.last_at,
        }
        for line in queries.readers(request.actor, request.now)
    ]


@router.get("/posts/{post}", response={200: list[PostDutyOut], **PROBLEMS})
@reads("standard.view")
def post(request: Asked, post: str) -> Any:
    """What the manual gives a post, and what in the system carries it."""
    if post not in POSTS:
        raise Missing("no such post")
    duties, _clauses = carrying.of_post(request.hotel.pk, post, request.now)
    return [
        {
            "id": one.id, "source": one.source, "text": one.text, "training": one.training,
            "carriers": [{"kind": carrier.kind, "name": carrier.name, "url": carrier.url} for carrier in one.carriers],
        }
        for one in duties
    ]
