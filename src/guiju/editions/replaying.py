"""Drafts among the wordings that can be replayed on the hotel's own past."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.editions.models import Draft
from guiju.history.replay import choosing

SHOWN = 30


def _options(hotel_id: UUID, now: datetime) -> list[tuple[str, str]]:
    """The drafts in work and those that wait: (id, what they are about)."""
    rows = Draft.objects.of(hotel_id).filter(state__in=(*Draft.EDITABLE, Draft.State.PROPOSED)).order_by("-changed_at")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:SHOWN]]


def _texts(hotel_id: UUID, pk: str) -> tuple[str, Mapping[str, str]] | None:
    try:
        row = Draft.objects.of(hotel_id).filter(pk=UUID(pk)).first()
    except ValueError:
        return None
    return (row.title, row.texts) if row else None


def offer_drafts() -> None:
    """Let a draft be replayed before anybody approves it."""
    choosing.sources["draft"] = choosing.Source(lambda label: _("Draft: %(title)s") % {"title": label}, _options, _texts)
