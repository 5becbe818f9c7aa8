"""The duty roster: who is the duty person of a department, who is on shift, when the next shift begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from guiju.house.calendars import calendars_of
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Delegation, Person, RosterEntry

ROSTER_SEEN = timedelta(days=14)  # a roster further away says nothing about who works now


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


def holders(hotel_id: UUID, *, person_id: UUID | None = None, post: str = "", department: str = "", at: datetime) -> dict[UUID, str]:
    """Who is meant by a person, a post or a department at a moment, each with the department whose hours count for him."""
    rows = Appointment.objects.of(hotel_id).filter(from_at__lte=at, person__is_active=True).exclude(until_at__lte=at)
    if person_id:
        rows = rows.filter(person_id=person_id)
    else:
        rows = rows.filter(post__in=[post] if post else [key for key, facts in POSTS.items() if facts[0] == department])
    return {person: POSTS[held][0] for person, held in rows.values_list("person_id", "post") if held in POSTS}


def stand_ins(hotel_id: UUID, away: Mapping[UUID, str], at: datetime) -> dict[UUID, str]:
    """Whoever acts for one of them at this moment, in the hours of the department he stands in for."""
    rows = Delegation.objects.of(hotel_id).filter(person_id__in=away, from_at__lte=at, until_at__gt=at)
    return {to: away[person] for person, to in rows.values_list("person_id", "to_id") if to not in away}


def reachable(hotel_id: UUID, people: Mapping[UUID, str], at: datetime) -> tuple[bool, datetime | None]:
    """(whether one of them is working now, when the next of them begins): by the roster, or his department's hours if he is on none."""
    rows = list(
        RosterEntry.objects.of(hotel_id)
        .filter(person_id__in=people, starts_at__lt=at + ROSTER_SEEN, ends_at__gt=at - ROSTER_SEEN)
        .values_list("person_id", "starts_at", "ends_at")
    )
    begins = [at if starts_at <= at else starts_at for _person, starts_at, ends_at in rows if ends_at > at]
    rostered = {person for person, *_ in rows}
    calendar = calendars_of(hotel_id).at(at)
    begins += [calendar.next_open(department, at) for department in {people[one] for one in people if one not in rostered}]
    next_at = min(begins, default=None)
    return next_at is not None and next_at <= at, next_at


def days_without(hotel_id: UUID, department: str, first: date, last: date) -> list[date]:
    """Days of [first, last] on which a department has no duty person."""
    covered = set(
        RosterEntry.objects.of(hotel_id)
        .filter(department=department, is_duty=True, on__gte=first, on__lte=last)
        .values_list("on", flat=True)
    )
    span = (last - first).days + 1
    return [day for day in (first + timedelta(days=n) for n in range(span)) if day not in covered]
