"""What the bookings room shows on other rooms' pages and does at its time: titles, search, arrivals, a lapsing hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone

from guiju.bookings import group_queries, queries
from guiju.bookings.models import Booking, Difference, ServiceLine
from guiju.bookings.search import matching
from guiju.house.asking import Asked
from guiju.shelf.actor import Actor


def lapse(subject: tuple[str, str], *, hotel_id: UUID, late: bool, now: datetime) -> None:
    """The clock's effect hold.lapse: the verb is loaded when it is needed, not at start."""
    from guiju.bookings.actions.closing import lapse_effect

    lapse_effect(subject, hotel_id=hotel_id, late=late, now=now)


def keys_of(ids: Iterable[str]) -> list[UUID]:
    """Those of the ids that can be rows at all."""
    found = []
    for text in ids:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue  # a subject another program named: it has no page here
    return found


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Booking id -> (number and name, page)."""
    rows = Booking.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "number", "name")
    return {str(pk): (f"{number} {name}", reverse("bookings:booking", args=[pk])) for pk, number, name in rows}


def service_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Service line id -> (what, where it is dealt with)."""
    rows = ServiceLine.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "text", "booking__number")
    return {str(pk): (f"{number} {text}", reverse("bookings:service_line", args=[pk])) for pk, text, number in rows}


def difference_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Difference id -> (what, where it is settled)."""
    rows = Difference.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "text", "booking__number")
    return {str(pk): (f"{number} {text}", reverse("bookings:difference", args=[pk])) for pk, text, number in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Booking id -> its number, without anybody's name."""
    return {str(pk): number for pk, number in Booking.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "number")}


def service_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Service line id -> its booking's number."""
    return {str(pk): number for pk, number in ServiceLine.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "booking__number")}


def difference_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Difference id -> its booking's number."""
    return {str(pk): number for pk, number in Difference.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "booking__number")}


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Bookings by number, name or tour code, the latest arrival first."""
    rows = Booking.objects.of(actor.hotel_id).filter(pk__in=matching(actor.hotel_id, text, 60))
    return [
        (f"{row.number} {row.name}", row.arrival_on.isoformat(), reverse("bookings:booking", args=[row.pk]), "book")
        for row in rows.order_by("-arrival_on", "-id")[:limit]
    ]


def of_client(request: Asked, client: Any) -> dict[str, Any] | None:
    """A client's latest bookings."""
    rows = group_queries.latest_of(client.hotel_id, client.pk)[:12]
    return {"bookings_of": rows} if rows else None


def groups_of_client(request: Asked, client: Any) -> dict[str, Any] | None:
    """How an agency's latest groups went, and the last of them."""
    past = group_queries.past_among(group_queries.latest_of(client.hotel_id, client.pk), timezone.localtime(request.now).date())
    return {"groups_record": group_queries.record_of(past), "groups_shown": past[:5]} if past else None


def arrivals_today(request: Asked, subject: Any) -> dict[str, Any] | None:
    """Who arrives today."""
    today = timezone.localtime(request.now).date()
    rows = Booking.objects.of(request.actor.hotel_id).filter(
        arrival_on=today, state__in=(Booking.State.CONFIRMED, Booking.State.ARRIVED)
    )
    shown = list(rows.annotate(of_all=Window(Count("*"))).order_by("arrival_time", "id")[:12])
    return {"arriving": shown, "arriving_count": shown[0].of_all if shown else 0}


def arrange_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """How many things my departments have to arrange, and whether any should have been ready by now."""
    needed = queries.needed_at(actor.hotel_id, sorted(actor.departments))
    return len(needed), any(at is not None and at < now for at in needed)
