"""The duty roster: who is the duty person of a department, who is on shift, when the next shift begins."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from guiju.house.models import Person, RosterEntry


def duty_person(hotel_id: UUID, department: str, at: datetime) -> Person | None:
    """The duty person of a department at a moment; otherwise the one whose duty begins next within a day."""
    rows = RosterEntry.objects.of(hotel_id).filter(department=department, is_duty=True, ends_at__gt=at)
    row = (
        rows.filter(starts_at__lt=at + timedelta(days=1), person__is_active=True)
        .select_related("person")
        .order_by("starts_at", "id")
        .first()
    )
    return row.person if row else None


def on_shift(hotel_id: UUID, person_id: UUID, at: datetime) -> bool:
    """Whether this person is working now; somebody who is on no roster at all counts as reachable."""
    rows = RosterEntry.objects.of(hotel_id).filter(person_id=person_id)
    if rows.filter(starts_at__lte=at, ends_at__gt=at).exists():
        return True
    return not rows.filter(starts_at__lt=at + timedelta(days=14), ends_at__gt=at - timedelta(days=14)).exists()


def next_shift_start(hotel_id: UUID, person_id: UUID, at: datetime) -> datetime | None:
    """When this person's next shift begins; None when none is planned."""
    rows = RosterEntry.objects.of(hotel_id).filter(person_id=person_id, starts_at__gt=at)
    return rows.order_by("starts_at").values_list("starts_at", flat=True).first()


def days_without(hotel_id: UUID, department: str, first: date, last: date) -> list[date]:
    """Days of [first, last] on which a department has no duty person."""
    covered = set(
        RosterEntry.objects.of(hotel_id)
        .filter(department=department, is_duty=True, on__gte=first, on__lte=last)
        .values_list("on", flat=True)
    )
    span = (last - first).days + 1
    return [day for day in (first + timedelta(days=n) for n in range(span)) if day not in covered]
