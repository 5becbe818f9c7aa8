"""Who acts for whom while he is away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from guiju.house.models import Delegation
from guiju.shelf.memory import once_a_page


def delegated_to(hotel_id: UUID, person_id: UUID, now: datetime) -> QuerySet[Delegation]:
    """The delegations to this person at this moment."""
    rows: QuerySet[Delegation] = Delegation.objects.of(hotel_id).filter(to_id=person_id, from_at__lte=now, until_at__gt=now)
    return rows


@once_a_page
def acting_for(hotel_id: UUID, person_id: UUID, now: datetime) -> set[UUID]:
    """The people this person acts for at this moment."""
    return set(delegated_to(hotel_id, person_id, now).values_list("person_id", flat=True))
