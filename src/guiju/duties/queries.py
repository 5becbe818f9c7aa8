"""Reading duties: their status as it is now, mine, my people's, and the figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from guiju.duties.models import Duty
from guiju.house.delegates import acting_for
from guiju.rulebook import Status, status
from guiju.shelf.actor import Actor

SOON = timedelta(hours=1)


SPARE = 50  # rows read beyond a limit, for those that one may not know of


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


def open_of(
    actor: Actor, now: datetime, *, started_by: datetime | None = None, everyone: bool = False, first: int | None = None
) -> QuerySet[Duty]:
    """What this person (or all his posts and departments) still owes: each way to owe by an index of its own.

    One condition with OR would read every open duty of the hotel. With `first` only so many of each way are looked at,
    those due soonest: enough for a list of that length.
    """
    stands = Q(met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True)
    if started_by is not None:
        stands &= Q(starts_at__lte=started_by)
    people: set[UUID] = {actor.person_id} if actor.person_id else set()
    if actor.person_id:
        people |= acting_for(actor.hotel_id, actor.person_id, now)
    posts, departments = Q(owner_post__in=actor.posts), Q(owner_department__in=actor.departments)
    if not everyone:
        posts, departments = posts & Q(owner_person_id__isnull=True), departments & Q(owner_person_id__isnull=True, owner_post="")
    ways = [way for way, any_of in ((Q(owner_person_id__in=people), people), (posts, actor.posts), (departments, actor.departments)) if any_of]
    if not ways:
        return Duty.objects.none()
    keys: list[QuerySet[Duty, Any]] = [Duty.objects.filter(stands & way, hotel_id=actor.hotel_id).values("pk") for way in ways]
    if first is not None:  # the slice is wrapped: not every database takes one inside a union
        keys = [Duty.objects.filter(pk__in=way.order_by("due_at", "id")[:first]).values("pk") for way in keys]
    return Duty.objects.filter(pk__in=keys[0].union(*keys[1:]), hotel_id=actor.hotel_id)


def seen_by(actor: Actor, rows: QuerySet[Duty], now: datetime, order: str, limit: int) -> list[Duty]:
    """The first of the rows that this person may know of, with their status: one query, a second where some are hidden from him."""
    plain = rows.defer("escalations", "effects", "next_firing_at", "reassigned_at", "met_entry_id").order_by(order, "id")  # what only the clock reads
    found = list(plain[:limit])
    seen = [duty for duty in found if not duty.visible_to or actor.posts.intersection(duty.visible_to)]
    if len(found) == limit and len(seen) < limit:
        found = list(plain[: limit + SPARE])
        seen = [duty for duty in found if not duty.visible_to or actor.posts.intersection(duty.visible_to)]
    for duty in seen[:limit]:
        duty.status = status(duty, now).value  # type: ignore[attr-defined]  # as with_status annotates it
    return seen[:limit]


def my_open(actor: Actor, now: datetime, limit: int = 100) -> list[Duty]:
    """What I owe, most urgent first."""
    rows = open_of(actor, now, started_by=now + timedelta(days=7), first=limit + SPARE)
    return seen_by(actor, rows, now, "due_at", limit)


def duties_of(hotel_id: UUID, subject: tuple[str, str], now: datetime) -> list[Duty]:
    """All duties of one subject with their status."""
    rows = Duty.objects.of(hotel_id).filter(subject_kind=subject[0], subject_id=str(subject[1]))
    return list(with_status(rows, now).order_by("due_at"))
