"""Reading duties: their status as it is now, mine, my people's, and the figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from guiju.duties.models import Duty
from guiju.house.delegates import acting_for
from guiju.rulebook import Status
from guiju.shelf.actor import Actor

SOON = timedelta(hours=1)


def with_status(rows: QuerySet[Duty], now: datetime, soon: timedelta = SOON) -> QuerySet[Duty]:
    """Each row with `status` computed for `now`: the same answer as rulebook.status (a property test holds them equal)."""
    return rows.annotate(
        status=Case(
            When(waived_at__lte=now, then=Value(Status.WAIVED.value)),
            When(Q(met_at__lte=now) & Q(met_at__lte=F("due_at")), then=Value(Status.MET.value)),
            When(met_at__lte=now, then=Value(Status.MET_LATE.value)),
            When(Q(ended_at__lte=now) & Q(ended_at__lte=F("due_at")), then=Value(Status.SUPERSEDED.value)),
            When(ended_at__lte=now, then=Value(Status.MISSED.value)),
            When(missed_at__lt=now, then=Value(Status.MISSED.value)),
            When(due_at__lt=now, then=Value(Status.LATE.value)),
            When(starts_at__gt=now, then=Value(Status.PLANNED.value)),
            When(due_at__lte=now + soon, then=Value(Status.SOON.value)),
            default=Value(Status.OPEN.value),
            output_field=CharField(),
        )
    )


def standing(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """Duties that still want something: not met, not ended, not waived."""
    return rows.filter(met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True)


def visible(rows: QuerySet[Duty], actor: Actor) -> QuerySet[Duty]:
    """Without the duties that only named posts may know of. An empty list means everybody."""
    hidden = [
        pk
        for pk, posts in rows.exclude(visible_to=[]).values_list("pk", "visible_to")
        if not actor.posts.intersection(posts)
    ]
    return rows.exclude(pk__in=hidden) if hidden else rows


def owed_by(actor: Actor, now: datetime) -> Q:
    """Which duties are this person's: by name (his own and those he acts for), by post, by department without a name."""
    people: set[UUID] = {actor.person_id} if actor.person_id else set()
    if actor.person_id:
        people |= acting_for(actor.hotel_id, actor.person_id, now)
    return (
        Q(owner_person_id__in=people)
        | Q(owner_post__in=actor.posts, owner_person_id__isnull=True)
        | Q(owner_post="", owner_department__in=actor.departments, owner_person_id__isnull=True)
    )


def my_open(actor: Actor, now: datetime, limit: int = 200) -> list[Duty]:
    """What I owe, most urgent first."""
    rows = standing(Duty.objects.of(actor.hotel_id).filter(owed_by(actor, now), starts_at__lte=now + timedelta(days=7)))
    return list(with_status(visible(rows, actor), now).order_by("due_at", "id")[:limit])


def duties_of(hotel_id: UUID, subject: tuple[str, str], now: datetime) -> list[Duty]:
    """All duties of one subject with their status."""
    rows = Duty.objects.of(hotel_id).filter(subject_kind=subject[0], subject_id=str(subject[1]))
    return list(with_status(rows, now).order_by("due_at"))
