"""Papers for programs: what my department has to sign, a paper with its sign-off, sign, object, PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Router, Schema

from guiju.api.doors import reads, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, Moment, unpacked
from guiju.house.asking import Asked
from guiju.papers import actions, queries
from guiju.papers.files import keep
from guiju.papers.models import Copy, Paper
from guiju.papers.sheets import pdf_of
from guiju.papers.views import may_see
from guiju.shelf.errors import Missing

router = Router(tags=["papers"])


class CopyOut(Schema):
    """One copy and where it stands."""

    id: UUID
    paper: UUID
    number: str
    kind: str
    revision: int
    department: str
    copy_number: int
    of: int
    must_sign: bool
    archive: bool
    issued_at: datetime
    delivered_at: datetime | None
    signed_at: datetime | None
    objected_at: datetime | None
    superseded_at: datetime | None


class PaperOut(Schema):
    """A paper with the copies of its latest revision that you may see."""

    id: UUID
    number: str
    kind: str
    title: str
    revision: int
    voided_at: datetime | None
    content: dict[str, Any]
    content_hash: str
    copies: list[CopyOut]


class QuestionIn(Given):
    """What is unclear."""

    reason: str = Field(min_length=1, max_length=300)


class AnswerQuestionIn(Given):
    """The answer to a department's question."""

    answer: str = Field(min_length=1, max_length=300)


class OnPaperIn(Given):
    """A signature given on paper: who, when, and a photo of it in base64 (png or jpeg)."""

    name: str = Field(min_length=1, max_length=60)
    at: Moment
    photo: str = Field("", max_length=14_000_000)
    filename: str = Field("photo.jpg", max_length=120)


def as_out(copy: Copy) -> dict[str, Any]:
    """A copy as programs see it."""
    moments = ("issued_at", "delivered_at", "signed_at", "objected_at", "superseded_at")
    return {
        "id": str(copy.pk), "paper": str(copy.paper_id), "number": copy.paper.number, "kind": copy.paper.kind,
        "revision": copy.revision.number, "department": copy.department, "copy_number": copy.number, "of": copy.of,
        "must_sign": copy.must_sign, "archive": copy.archive,
        **{name: at.isoformat() if (at := getattr(copy, name)) else None for name in moments},
    }


def _copy(request: Asked, pk: UUID) -> Copy:
    actor = request.actor
    copy = Copy.objects.select_related("paper", "revision").pick(actor.hotel_id, pk)
    if not may_see(actor, copy.department):
        raise Missing("no such copy")
    return copy


def _fresh(request: Asked, pk: UUID) -> dict[str, Any]:
    return as_out(_copy(request, pk))


@router.get("/inbox", response={200: list[CopyOut], **PROBLEMS})
@reads("papers.view")
def inbox(request: Asked) -> Any:
    """What my departments have still to sign for, oldest first."""
    return [as_out(copy) for copy in queries.waiting_for(request.actor, request.now)]


@router.get("/{uuid:pk}", response={200: PaperOut, **PROBLEMS})
@reads("papers.view")
def read(request: Asked, pk: UUID) -> Any:
    """A paper as issued last, with its sign-off."""
    actor = request.actor
    paper: Paper = Paper.objects.pick(actor.hotel_id, pk)
    rows = paper.copies.filter(revision__number=paper.latest).select_related("paper", "revision").order_by("number")
    copies = [copy for copy in rows if may_see(actor, copy.department)]
    if not copies:
        raise Missing("no such paper")
    revision = copies[0].revision
    return {
        "id": str(paper.pk), "number": paper.number, "kind": paper.kind, "title": paper.title, "revision": paper.latest,
        "voided_at": paper.voided_at.isoformat() if paper.voided_at else None, "content": revision.content,
        "content_hash": revision.content_hash, "copies": [as_out(copy) for copy in copies],
    }


@router.get("/{uuid:pk}/pdf", response={200: None, **PROBLEMS})
@reads("papers.view")
def pdf(request: Asked, pk: UUID) -> Any:
    """All copies you may see as one PDF."""
    actor = request.actor
    paper: Paper = Paper.objects.pick(actor.hotel_id, pk)
    rows = paper.copies.filter(revision__number=paper.latest).select_related("paper", "revision").order_by("number")
    copies = [copy for copy in rows if may_see(actor, copy.department)]
    if not copies:
        raise Missing("no such paper")
    return HttpResponse(pdf_of(copies, hotel=request.hotel, lang="zh-hans"), content_type="application/pdf")


@router.post("/copies/{uuid:pk}/sign", response={200: CopyOut, **PROBLEMS})
@writes("papers.sign")
def sign(request: Asked, pk: UUID) -> Any:
    """Sign for a copy, as its department's named receiver."""
    actions.sign_for(_copy(request, pk), by=request.actor, now=request.now)
    return _fresh(request, pk)


@router.post("/copies/{uuid:pk}/undo", response={200: CopyOut, **PROBLEMS})
@writes("papers.sign")
def undo(request: Asked, pk: UUID) -> Any:
    """Withdraw a signature given a few minutes ago."""
    actions.undo_signature(_copy(request, pk), by=request.actor, now=request.now)
    return _fresh(request, pk)


@router.post("/copies/{uuid:pk}/question", response={200: CopyOut, **PROBLEMS})
@writes("papers.sign")
def question(request: Asked, pk: UUID, data: QuestionIn) -> Any:
    """Send a copy back with a question."""
    actions.object_to(_copy(request, pk), reason=data.reason, by=request.actor, now=request.now)
    return _fresh(request, pk)


@router.post("/copies/{uuid:pk}/remind", response={200: CopyOut, **PROBLEMS})
@writes("papers.remind")
def remind(request: Asked, pk: UUID) -> Any:
    """Remind a department."""
    actions.remind(_copy(request, pk), by=request.actor, now=request.now)
    return _fresh(request, pk)


@router.post("/copies/{uuid:pk}/answer", response={200: CopyOut, **PROBLEMS})
@writes("papers.issue")
def answer(request: Asked, pk: UUID, data: AnswerQuestionIn) -> Any:
    """Answer a department's question; the copy waits for its signature again."""
    actions.answer_objection(_copy(request, pk), answer=data.answer, by=request.actor, now=request.now)
    return _fresh(request, pk)


@router.post("/copies/{uuid:pk}/deliver", response={200: CopyOut, **PROBLEMS})
@writes("papers.issue")
def deliver(request: Asked, pk: UUID) -> Any:
    """Note that a printed copy was handed over."""
    actions.deliver(_copy(request, pk), by=request.actor, now=request.now)
    return _fresh(request, pk)


@router.post("/copies/{uuid:pk}/on-paper", response={200: CopyOut, **PROBLEMS})
@writes("papers.backfill")
def on_paper(request: Asked, pk: UUID, data: OnPaperIn) -> Any:
    """Enter a signature given on paper, with a photo."""
    copy, now = _copy(request, pk), request.now
    photo = keep(copy.hotel_id, unpacked("photo", data.photo), data.filename, kinds=("png", "jpeg"), now=now) if data.photo else None
    actions.backfill(copy, name=data.name, at=data.at, photo=photo, by=request.actor, now=now)
    return _fresh(request, pk)
