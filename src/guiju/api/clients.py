"""Clients for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from guiju.api.doors import reads
from guiju.api.problems import PROBLEMS
from guiju.clients.models import Client

router = Router(tags=["clients"])


class ClientOut(Schema):
    """A client as programs see it."""

    id: UUID
    number: str
    version: int
    kind: str
    name: str
    name_en: str
    tier: str
    on_account: bool
    credit_limit: str
    credit_used: str


def as_out(row: Client) -> dict[str, Any]:
    """A client in lists."""
    return {
        "id": str(row.pk), "number": row.number, "version": row.version, "kind": row.kind, "name": row.name,
        "name_en": row.name_en, "tier": row.tier, "on_account": row.on_account, "credit_limit": str(row.credit_limit),
        "credit_used": str(row.credit_used),
    }


@router.get("", response={200: list[ClientOut], **PROBLEMS})
@reads("clients.view")
def find(request: HttpRequest, q: str = Query("", max_length=80), limit: int = Query(50, ge=1, le=200)) -> Any:
    """Clients by part of a name, pinyin initials or number."""
    from guiju.clients.search import search

    hotel_id = request.actor.hotel_id  # type: ignore[attr-defined]
    if not q.strip():
        return [as_out(row) for row in Client.objects.of(hotel_id).filter(merged_into=None).order_by("-created_at", "-id")[:limit]]
    return [as_out(row) for row in search(hotel_id, q, limit)]


@router.get("/{uuid:pk}", response={200: ClientOut, **PROBLEMS})
@reads("clients.view")
def read(request: HttpRequest, pk: UUID) -> Any:
    """One client."""
    return as_out(Client.objects.pick(request.actor.hotel_id, pk))  # type: ignore[attr-defined]
