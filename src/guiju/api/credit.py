"""Credit on account for programs: asked by one, decided by another; overdue accounts and chasing them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema

from guiju.api.clients import ClientMore, client_of, whole
from guiju.api.doors import reads, step_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import AnswerIn, Day, Given, Money, Reason
from guiju.clients import actions
from guiju.clients.models import CreditRequest
from guiju.house.asking import Asked

router = Router(tags=["clients"])


class CreditIn(Given):
    """The right and limit asked for."""

    on_account: bool = True
    limit: Annotated[Decimal, Field(ge=0, lt=10_000_000_000, decimal_places=2)]
    days: Annotated[int, Field(ge=0, le=365)] = 30
    reason: Reason


class CreditOut(Schema):
    """What is asked for a client's credit, and what became of it."""

    id: UUID
    client: UUID
    on_account: bool
    limit: str
    days: int
    reason: str
    approved: bool | None
    words: str


class OverdueIn(Given):
    """Since when the account is overdue, and how much."""

    since_on: Day
    amount: Money


class ChaseIn(Given):
    """How the client was asked to pay, and what was promised."""

    how: Literal["call", "visit", "letter", "mail", "chat"]
    promise_on: Day | None = None
    words: Annotated[str, Field(max_length=1000)] = ""


def _out(row: CreditRequest) -> dict[str, Any]:
    return {
        "id": str(row.pk), "client": str(row.client_id), "on_account": row.on_account, "limit": str(row.limit),
        "days": row.days, "reason": row.reason, "approved": row.approved, "words": row.words,
    }


@router.get("/credit", response={200: list[CreditOut], **PROBLEMS})
@reads("clients.view")
def asked(request: Asked) -> Any:
    """What waits for a decision, longest first."""
    rows = CreditRequest.objects.of(request.actor.hotel_id).filter(decided_at__isnull=True)
    return [_out(row) for row in rows.order_by("asked_at")[:200]]


@router.post("/{uuid:pk}/credit", response={201: CreditOut, **PROBLEMS})
@writes("clients.ask_credit", 201)
def ask(request: Asked, pk: UUID, data: CreditIn) -> Any:
    """Ask for the right to book on account with a limit, or that it be taken away; somebody else decides."""
    return _out(actions.ask_credit(client_of(request, pk), **data.dict(), **step_of(request)))


@router.post("/credit/{uuid:pk}/decide", response={200: CreditOut, **PROBLEMS})
@writes("clients.credit")
def decide(request: Asked, pk: UUID, data: AnswerIn) -> Any:
    """Approve or refuse what another person asked for."""
    row = CreditRequest.objects.select_related("client").pick(request.actor.hotel_id, pk)
    return _out(actions.decide_credit(row, **data.dict(), **step_of(request)))


@router.post("/{uuid:pk}/overdue", response={200: ClientMore, **PROBLEMS})
@writes("clients.overdue")
def overdue(request: Asked, pk: UUID, data: OverdueIn) -> Any:
    """Finance says the account is overdue (booking.collect-debts)."""
    actions.mark_overdue(client_of(request, pk), **data.dict(), **step_of(request))
    return whole(client_of(request, pk))


@router.post("/{uuid:pk}/overdue/clear", response={200: ClientMore, **PROBLEMS})
@writes("clients.overdue")
def clear(request: Asked, pk: UUID) -> Any:
    """The debt is paid."""
    actions.clear_overdue(client_of(request, pk), **step_of(request))
    return whole(client_of(request, pk))


@router.post("/{uuid:pk}/chase", response={200: ClientMore, **PROBLEMS})
@writes("clients.chase")
def chase(request: Asked, pk: UUID, data: ChaseIn) -> Any:
    """Note that the client was asked to pay."""
    actions.record_chase(client_of(request, pk), **data.dict(), **step_of(request))
    return whole(client_of(request, pk))
