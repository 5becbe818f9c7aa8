"""Art orders for programs: order, change, cancel; take, show a proof, finish, check, hand over, take down; approve, return, sign for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, Moment, Money, Reason, VersionIn, unpacked
from guiju.artwork import actions, queries
from guiju.artwork.job_paper import job_pdf
from guiju.artwork.models import ArtOrder
from guiju.house.asking import Asked
from guiju.papers.files import keep
from guiju.papers.models import StoredFile
from guiju.shelf.errors import Invalid

router = Router(tags=["art orders"])
Text = Annotated[str, Field(max_length=2000)]
Quantity = Annotated[int, Field(ge=1, le=9999)]
What = Literal[
    "welcome_board", "banner", "sign", "poster", "place_cards", "menu", "invitation", "decoration", "photography", "other"
]


class ArtIn(Given):
    """An art order. `about` is what it is for, as kind:id ("booking:0190…"); `department` one of your own, when you have several."""

    what: What
    about: Annotated[str, Field(max_length=100)] = ""
    title: Annotated[str, Field(max_length=120)] = ""
    text_zh: Text = ""
    text_en: Text = ""
    size: Annotated[str, Field(max_length=60)] = ""
    material: Annotated[str, Field(max_length=60)] = ""
    quantity: Quantity = 1
    place: Annotated[str, Field(max_length=120)] = ""
    from_at: Moment | None = None
    until_at: Moment | None = None
    due_at: Moment
    department: Annotated[str, Field(max_length=30)] = ""


class ArtChange(VersionIn):
    """What changes of it; another text, size or material goes back to proof."""

    item: What | None = None
    title: Annotated[str, Field(max_length=120)] | None = None
    text_zh: Text | None = None
    text_en: Text | None = None
    size: Annotated[str, Field(max_length=60)] | None = None
    material: Annotated[str, Field(max_length=60)] | None = None
    quantity: Quantity | None = None
    place: Annotated[str, Field(max_length=120)] | None = None
    from_at: Moment | None = None
    until_at: Moment | None = None
    due_at: Moment | None = None


class PictureIn(Given):
    """A picture in base64 (png or jpeg), with a remark."""

    picture: Annotated[str, Field(max_length=14_000_000)] = ""
    filename: Annotated[str, Field(max_length=120)] = "picture.jpg"
    remark: Annotated[str, Field(max_length=200)] = ""


class ApproveIn(Given):
    """The hash of the text that was read, as the order gives it."""

    text_hash: Annotated[str, Field(min_length=64, max_length=64)]


class ArtCorrectIn(Given):
    """What is to be corrected."""

    reason: Reason


class MadeIn(Given):
    """What went into the work."""

    used: Annotated[str, Field(max_length=120)] = ""
    cost: Money | None = None


class QualityIn(Given):
    """Good, or what is wrong with it."""

    good: bool
    fault: Annotated[str, Field(max_length=300)] = ""


class ArtOut(Schema):
    """An art order and where it stands."""

    id: UUID
    version: int
    number: str
    state: str
    item: str
    title: str
    about: str
    department: str
    text_zh: str
    text_en: str
    text_hash: str
    worth_a_look: list[str]
    size: str
    material: str
    quantity: int
    place: str
    from_at: datetime | None
    until_at: datetime | None
    due_at: datetime
    ordered_at: datetime
    taken_at: datetime | None
    approved_at: datetime | None
    made_at: datetime | None
    checked_at: datetime | None
    delivered_at: datetime | None
    signed_at: datetime | None
    down_at: datetime | None
    cancelled_at: datetime | None
    worker: str
    used: str
    cost: Decimal | None
    fault: str
    proofs: int


MOMENTS = (
    "from_at", "until_at", "due_at", "ordered_at", "taken_at", "approved_at", "made_at", "checked_at", "delivered_at", "signed_at", "down_at",
    "cancelled_at",
)
PLAIN = (
    "version", "number", "state", "item", "title", "department", "text_zh", "text_en", "text_hash", "size", "material", "quantity", "place", "used",
    "fault",
)


def as_out(row: ArtOrder, proofs: int) -> dict[str, Any]:
    """An art order as programs see it."""
    return {
        **{name: getattr(row, name) for name in PLAIN}, "id": str(row.pk), "about": f"{row.about_kind}:{row.about_id}" if row.about_kind else "",
        **{name: at.isoformat() if (at := getattr(row, name)) else None for name in MOMENTS},
        "worth_a_look": queries.worth_a_look(row.text_zh, row.text_en), "worker": row.worker.name if row.worker else "",
        "cost": str(row.cost) if row.cost is not None else None, "proofs": proofs,
    }


def _fresh(request: Asked, pk: UUID) -> dict[str, Any]:
    row = queries.pick(request.actor, pk)
    return as_out(row, row.proofs.count())


def _kept(request: Asked, data: PictureIn) -> StoredFile | None:
    if not data.picture:
        return None
    raw = unpacked("picture", data.picture)
    try:
        return keep(request.actor.hotel_id, raw, data.filename, kinds=("png", "jpeg"), now=request.now)
    except Invalid as wrong:
        raise Invalid(errors={"picture": wrong.errors["file"]}) from wrong


@router.get("", response={200: list[ArtOut], **PROBLEMS})
@reads("artwork.view")
def listed(
    request: Asked, view: Literal["open", "mine", "standing", "done"] = "open", item: str = Query("", max_length=15),
    q: str = Query("", max_length=80), limit: int = Query(100, ge=1, le=500),
) -> Any:
    """Art orders you may see, soonest due first."""
    rows = queries.listed(request.actor, view, request.now, item=item, text=q).prefetch_related("proofs")
    return [as_out(row, len(row.proofs.all())) for row in rows[:limit]]


@router.post("", response={201: ArtOut, **PROBLEMS})
@writes("artwork.order", 201)
def order(request: Asked, data: ArtIn) -> Any:
    """Order a piece of art work."""
    given = data.dict()
    kind, _colon, key = given.pop("about").partition(":")
    row = actions.order(request.hotel, about=(kind, key) if kind else None, **given, **step_of(request))
    return _fresh(request, row.pk)


@router.get("/{uuid:pk}", response={200: ArtOut, **PROBLEMS})
@reads("artwork.view")
def read(request: Asked, pk: UUID) -> Any:
    """One art order."""
    return _fresh(request, pk)


@router.get("/{uuid:pk}/paper.pdf", response={200: None, **PROBLEMS})
@reads("artwork.view")
def paper(request: Asked, pk: UUID) -> Any:
    """The job paper on A4."""
    row = queries.pick(request.actor, pk)
    return HttpResponse(job_pdf(row, hotel=request.hotel, lang=request.LANGUAGE_CODE), content_type="application/pdf")


@router.patch("/{uuid:pk}", response={200: ArtOut, **PROBLEMS})
@writes("artwork.order")
def change(request: Asked, pk: UUID, data: ArtChange) -> Any:
    """Change it before it is handed over. `from_at` and `until_at` may be null: no such moment."""
    card = data.dict(exclude={"version"}, exclude_unset=True)
    given = {name: value for name, value in card.items() if value is not None or name in ("from_at", "until_at")}
    actions.change(queries.pick(request.actor, pk), card=given, version=version_of(request, data.version), **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/cancel", response={200: ArtOut, **PROBLEMS})
@writes("artwork.order")
def cancel(request: Asked, pk: UUID, data: ArtCorrectIn) -> Any:
    """Cancel it, with a reason."""
    actions.cancel(queries.pick(request.actor, pk), reason=data.reason, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/take", response={200: ArtOut, **PROBLEMS})
@writes("artwork.make")
def take(request: Asked, pk: UUID) -> Any:
    """Take it in hand."""
    actions.take(queries.pick(request.actor, pk), **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/proof", response={200: ArtOut, **PROBLEMS})
@writes("artwork.make")
def proof(request: Asked, pk: UUID, data: PictureIn) -> Any:
    """Show a picture of the layout to whoever ordered it."""
    row = queries.pick(request.actor, pk)
    try:
        actions.show_proof(row, file=_kept(request, data), remark=data.remark, **step_of(request))
    except Invalid as wrong:
        raise Invalid(errors={"picture": [text for texts in wrong.errors.values() for text in texts]}) from wrong
    return _fresh(request, pk)


@router.post("/{uuid:pk}/approve", response={200: ArtOut, **PROBLEMS})
@writes("artwork.order")
def approve(request: Asked, pk: UUID, data: ApproveIn) -> Any:
    """Approve exactly the text that was read."""
    actions.approve_text(queries.pick(request.actor, pk), text_hash=data.text_hash, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/return", response={200: ArtOut, **PROBLEMS})
@writes("artwork.order")
def give_back(request: Asked, pk: UUID, data: ArtCorrectIn) -> Any:
    """Send the proof back, saying what is to be corrected."""
    actions.return_proof(queries.pick(request.actor, pk), reason=data.reason, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/finish", response={200: ArtOut, **PROBLEMS})
@writes("artwork.make")
def finish(request: Asked, pk: UUID, data: MadeIn) -> Any:
    """The work is done; refused by the standard while its text is not approved."""
    actions.finish(queries.pick(request.actor, pk), used=data.used, cost=data.cost, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/check", response={200: ArtOut, **PROBLEMS})
@writes("artwork.check")
def check(request: Asked, pk: UUID, data: QualityIn) -> Any:
    """Look at its quality: good, or a fault."""
    actions.check(queries.pick(request.actor, pk), good=data.good, fault=data.fault, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/deliver", response={200: ArtOut, **PROBLEMS})
@writes("artwork.make")
def deliver(request: Asked, pk: UUID, data: PictureIn) -> Any:
    """Hand it over or hang it, with a photo for the file; refused by the standard before its quality was checked."""
    actions.deliver(queries.pick(request.actor, pk), photo=_kept(request, data), **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/photo", response={200: ArtOut, **PROBLEMS})
@writes("artwork.make")
def photo(request: Asked, pk: UUID, data: PictureIn) -> Any:
    """File a photo of the finished work."""
    actions.file_photo(queries.pick(request.actor, pk), photo=_kept(request, data), **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/sign", response={200: ArtOut, **PROBLEMS})
@writes("artwork.order")
def sign(request: Asked, pk: UUID) -> Any:
    """Accept the finished work."""
    actions.sign_for(queries.pick(request.actor, pk), **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/refuse", response={200: ArtOut, **PROBLEMS})
@writes("artwork.order")
def refuse(request: Asked, pk: UUID, data: ArtCorrectIn) -> Any:
    """Not as ordered: it is put right and handed over again."""
    actions.refuse(queries.pick(request.actor, pk), reason=data.reason, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/down", response={200: ArtOut, **PROBLEMS})
@writes("artwork.make")
def down(request: Asked, pk: UUID) -> Any:
    """It is taken down after use."""
    actions.take_down(queries.pick(request.actor, pk), **step_of(request))
    return _fresh(request, pk)
