"""How room types and waiting entries are called and where they lead."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from guiju.rooms.models import RoomType, Waiting


def type_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Room type id -> (name, page)."""
    rows = RoomType.objects.of(hotel_id).filter(pk__in=list(ids))
    return {str(row.pk): (row.shown, reverse("rooms:types")) for row in rows}


def waiting_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Waiting entry id -> (who waits, page)."""
    rows = Waiting.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "label")
    return {str(pk): (label, reverse("rooms:waiting")) for pk, label in rows}
