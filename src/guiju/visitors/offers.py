"""What the reception of visitors shows elsewhere: titles, search, the day sheet, what I am to acknowledge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.shelf.actor import Actor
from guiju.visitors.models import Visit, VisitPart
from guiju.visitors.queries import seen_by

EXPECTED = (Visit.State.WAITING, Visit.State.APPROVED, Visit.State.CONFIRMED, Visit.State.RECEIVED, Visit.State.REPORTED)


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Visit id -> (number and organisation, its page)."""
    rows = Visit.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number", "organisation")
    return {str(pk): (f"{number} {organisation}", reverse("visitors:visit", args=[pk])) for pk, number, organisation in rows}


def part_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Participant id -> (the visit, its page)."""
    rows = VisitPart.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "visit_id", "visit__number", "visit__organisation")
    return {str(pk): (f"{number} {organisation}", reverse("visitors:visit", args=[visit])) for pk, visit, number, organisation in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Visit id -> its number, without anybody's name."""
    rows = Visit.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number")
    return {str(pk): _("Visit {number}").format(number=number) for pk, number in rows}


def part_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Participant id -> the visit's number."""
    rows = VisitPart.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "visit__number")
    return {str(pk): _("Visit {number}").format(number=number) for pk, number in rows}


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Visits by number or organisation."""
    rows = seen_by(actor).filter(Q(number__icontains=text) | Q(organisation__icontains=text)).order_by("-arrival_at")[:limit]
    return [
        (f"{row.number} {row.organisation}", str(row.get_state_display()), reverse("visitors:visit", args=[row.pk]), "visit") for row in rows
    ]


def to_brief(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: how many briefings I have still to acknowledge, and whether visitors are near."""
    rows = VisitPart.objects.of(actor.hotel_id).filter(
        person_id=actor.person_id, removed_at__isnull=True, briefed_at__isnull=True, asked_at__isnull=False, visit__state=Visit.State.CONFIRMED
    )
    times = list(rows.values_list("visit__arrival_at", flat=True)[:50])
    return len(times), any(at - timedelta(hours=1) < now for at in times)


def day_sheet(hotel_id: UUID, on: date, actor: Actor) -> Iterator[dict[str, Any]]:
    """The visitors of a day for the morning briefing."""
    start = timezone.make_aware(datetime(on.year, on.month, on.day))
    rows = Visit.objects.of(hotel_id).filter(arrival_at__gte=start, arrival_at__lt=start + timedelta(days=1), state__in=EXPECTED)
    for row in rows.order_by("arrival_at", "id"):
        note = " ".join(part for part in (str(row.get_grade_display()), row.host, "" if row.confirmed_at else str(row.get_state_display())) if part)
        yield {
            "at": row.arrival_at, "what": row.organisation, "where": row.meeting_point, "persons": row.persons, "note": note,
            "url": reverse("visitors:visit", args=[row.pk]),
        }
