"""Lists of rates: agreements, seasons with their gaps, the discount ladder, rates that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from guiju.clients.search import search
from guiju.house.rights import posts_with
from guiju.rates import pricing
from guiju.rates.models import Agreement, Deviation, DiscountStep, Season
from guiju.rates.queries import season_spans
from guiju.shelf.actor import Actor

ENDING_DAYS = 60


def ladder(hotel_id: UUID) -> dict[str, Decimal]:
    """How far each post may go: post -> the lowest share of the looked-up rate, in percent."""
    return dict(DiscountStep.objects.of(hotel_id).values_list("post", "floor_percent"))


def posts_for(steps: dict[str, Decimal], percent: Decimal) -> list[str]:
    """The posts that may decide on a rate of this share of the looked-up one, the least entitled first."""
    deciding = posts_with("rates.decide")
    able = [post for post in deciding if post in steps and steps[post] <= percent]
    return sorted(able, key=lambda post: (-steps[post], deciding.index(post)))


def overlapping_seasons(hotel_id: UUID, from_on: date, until_on: date) -> list[Season]:
    """The seasons that share a night with [from_on, until_on)."""
    rows = Season.objects.of(hotel_id).filter(from_on__lt=until_on, until_on__gt=from_on)
    return list(rows.order_by("from_on"))


def coverage_of(hotel_id: UUID, from_on: date, until_on: date) -> pricing.Coverage:
    """Nights without a season, and nights in two, within [from_on, until_on)."""
    return pricing.coverage(season_spans(hotel_id, from_on, until_on), from_on, until_on)


def agreements(hotel_id: UUID, state: str, text: str, on: date) -> QuerySet[Agreement]:
    """Agreements by state on a day (in_force, ending within 60 days, coming, over, or all) and part of the
    client's name or the number."""
    rows = Agreement.objects.of(hotel_id).select_related("client").order_by("until_on", "number")
    live = Q(ended_at__isnull=True)
    if state == "in_force":
        rows = rows.filter(live, from_on__lte=on, until_on__gte=on)
    elif state == "ending":
        rows = rows.filter(live, from_on__lte=on, until_on__range=(on, on + timedelta(days=ENDING_DAYS)))
    elif state == "coming":
        rows = rows.filter(live, from_on__gt=on)
    elif state == "over":
        rows = rows.filter(~live | Q(until_on__lt=on)).order_by("-until_on", "number")
    if text:
        found = [row.pk for row in search(hotel_id, text, 200)]
        rows = rows.filter(Q(client_id__in=found) | Q(number__icontains=text))
    return rows  # type: ignore[no-any-return]  # HotelRow's query set is not generic


def undecided(hotel_id: UUID) -> QuerySet[Deviation]:
    """Rates that wait for a decision, longest first."""
    rows = Deviation.objects.of(hotel_id).filter(decided_at__isnull=True).select_related("room_type")
    return rows.order_by("asked_at", "id")  # type: ignore[no-any-return]  # as above


def may_decide(deviation: Deviation, steps: dict[str, Decimal], actor: Actor) -> bool:
    """Whether this actor may decide on it: not his own, and his posts go so far."""
    if deviation.asked_by_id == actor.person_id or not actor.may("rates.decide"):
        return False
    able = {*posts_for(steps, deviation.asked * 100 / deviation.looked_up), "gm"}
    return bool(actor.posts.intersection(able))


def waiting_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: how many rates wait for this actor's decision."""
    if not actor.may("rates.decide"):
        return 0, False
    steps = ladder(actor.hotel_id)
    return sum(may_decide(row, steps, actor) for row in undecided(actor.hotel_id)[:200]), False


def season_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Season id -> (name, page)."""
    rows = Season.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "name")
    return {str(pk): (name, reverse("rates:seasons")) for pk, name in rows}


def deviation_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Deviation id -> (room type and rates, page)."""
    rows = Deviation.objects.of(hotel_id).filter(pk__in=list(ids)).select_related("room_type")
    return {
        str(row.pk): (
            f"{row.room_type.shown} {row.looked_up:f} → {row.asked:f}",
            reverse("rates:deviations"),
        )
        for row in rows
    }
