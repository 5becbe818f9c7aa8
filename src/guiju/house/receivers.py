"""Who may sign for a department (booking.named-receivers)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from guiju.house.models import Receiver
from guiju.shelf.actor import Actor


def named(hotel_id: UUID, on: date) -> QuerySet[Receiver]:
    """The receivers and deputies in force on a day."""
    rows = Receiver.objects.of(hotel_id).filter(from_on__lte=on, person__is_active=True)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


def may_sign(actor: Actor, department: str, on: date) -> bool:
    """Whether this person is the named receiver or deputy of the department on this day."""
    if actor.person_id is None or (actor.via in ("tablet", "phone") and department not in actor.departments):
        return False
    return bool(named(actor.hotel_id, on).filter(department=department, person_id=actor.person_id).exists())


def departments_without(hotel_id: UUID, departments: Iterable[str], on: date) -> list[str]:
    """Which of these departments have nobody who may sign on this day."""
    wanted = list(dict.fromkeys(departments))
    have = set(named(hotel_id, on).filter(department__in=wanted).values_list("department", flat=True))
    return [department for department in wanted if department not in have]
