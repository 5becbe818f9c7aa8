"""Reading plans: what this person may see of them, lists, what a guest's earlier stays were."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from guiju.papers.models import Copy
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing
from guiju.vip.models import VipGuest, VipPlan

State = VipPlan.State
OVER = (State.DEPARTED, State.CANCELLED)


def sees_whole(actor: Actor) -> bool:
    """Whether this person sees whole plans: those who make and approve them. A department sees what was sent to it."""
    return actor.may("vip.whole") and actor.via not in ("tablet", "phone")


def held(actor: Actor) -> QuerySet[Copy, Any]:
    """The plans (ids as text) of which a copy went to this person's departments."""
    rows = Copy.objects.of(actor.hotel_id).filter(
        paper__kind="vip_plan", department__in=actor.departments, revision__number=F("paper__latest"), paper__voided_at__isnull=True
    )
    found: QuerySet[Copy, Any] = rows.values_list("paper__about_id", flat=True)
    return found


def seen_by(actor: Actor) -> QuerySet[VipPlan]:
    """The plans this person may open: all of them, or those that were sent to his department."""
    rows: QuerySet[VipPlan] = VipPlan.objects.of(actor.hotel_id).select_related("guest", "keeper")
    return rows if sees_whole(actor) else rows.filter(pk__in=[UUID(pk) for pk in held(actor)])


def pick(actor: Actor, pk: Any) -> VipPlan:
    """The plan, for whom it concerns; for everybody else it is not there."""
    found: VipPlan = VipPlan.objects.select_related("guest", "keeper").pick(actor.hotel_id, pk)
    if not sees_whole(actor) and str(found.pk) not in set(held(actor)):
        raise Missing("no such plan")
    return found


def pick_guest(actor: Actor, pk: Any) -> VipGuest:
    """The file of a VIP."""
    found: VipGuest = VipGuest.objects.pick(actor.hotel_id, pk)
    return found


def listed(actor: Actor, *, which: str = "", text: str = "", today: date) -> QuerySet[VipPlan]:
    """Plans as the list shows them: coming and in house (the default), over, or all; by name or number."""
    rows = seen_by(actor)
    if which == "over":
        rows = rows.filter(state__in=OVER).order_by("-arrival_on", "-id")
    elif which == "all":
        rows = rows.order_by("-arrival_on", "-id")
    else:
        rows = rows.exclude(state__in=OVER).order_by("arrival_on", "arrival_at", "id")
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(guest__name__icontains=text) | Q(guest__name_en__icontains=text))
    return rows


def of_day(actor: Actor, on: date) -> list[VipPlan]:
    """Who arrives, is here or leaves on a day."""
    rows = seen_by(actor).filter(arrival_on__lte=on, departure_on__gte=on).exclude(state__in=(State.CANCELLED, State.DRAFT, State.ASKED))
    return list(rows.order_by("arrival_on", "arrival_at", "id")[:100])


def guests_like(hotel_id: UUID, text: str, limit: int = 8) -> list[VipGuest]:
    """Guests whose name holds the text."""
    if not text.strip():
        return []
    rows = VipGuest.objects.of(hotel_id).filter(Q(name__icontains=text.strip()) | Q(name_en__icontains=text.strip()))
    return list(rows.order_by("name", "id")[:limit])


def stays_of(guest: VipGuest) -> list[VipPlan]:
    """The guest's stays, latest first."""
    return list(VipPlan.objects.of(guest.hotel_id).filter(guest=guest).select_related("keeper").order_by("-arrival_on", "-id")[:50])
