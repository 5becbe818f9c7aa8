"""What the events room shows on other rooms' pages: titles, search, the day's sheet, an event for an enquiry, a client's events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings.offers import keys_of
from guiju.events.models import Deposit, Event
from guiju.house.asking import Asked
from guiju.papers.models import Copy
from guiju.shelf.actor import Actor
from guiju.shelf.wording import day


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Event id -> (number and name, page)."""
    rows = Event.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "number", "name")
    return {str(pk): (f"{number} {name}", reverse("events:event", args=[pk])) for pk, number, name in rows}


def deposit_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Deposit id -> (event and deposit, where it is received)."""
    rows = Deposit.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "label", "event_id", "event__number", "event__name")
    return {str(pk): (f"{number} {name} {label}", reverse("events:money", args=[event])) for pk, label, event, number, name in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Event id -> its number, without anybody's name."""
    return {str(pk): number for pk, number in Event.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "number")}


def deposit_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Deposit id -> its event's number."""
    rows = Deposit.objects.of(hotel_id).filter(pk__in=keys_of(ids)).values_list("pk", "event__number")
    return {str(pk): number for pk, number in rows}


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Events by number, name or client, newest first."""
    rows = Event.objects.of(actor.hotel_id).filter(
        Q(number__icontains=text) | Q(name__icontains=text) | Q(client__name__icontains=text) | Q(organiser__icontains=text)
    )
    return [
        (f"{row.number} {row.name}", row.on.isoformat(), reverse("events:event", args=[row.pk]), "diary") for row in rows.order_by("-on",
        "-id")[:limit]
    ]


def for_enquiry(request: Asked, enquiry: Any) -> Mapping[str, Any] | None:
    """On a request for a function: the event it became, or the way to open one."""
    if enquiry.kind != "function":
        return None
    rows = list(Event.objects.of(enquiry.hotel_id).filter(enquiry_id=enquiry.pk).order_by("-id")[:5])
    return {"events_of": rows, "events_enquiry": enquiry, "may_open_event": request.actor.may("events.edit")}


def of_client(request: Asked, client: Any) -> Mapping[str, Any] | None:
    """A client's latest events."""
    rows = list(Event.objects.of(client.hotel_id).filter(client=client).order_by("-on", "-id")[:8])
    return {"events_of": rows} if rows else None


def day_sheet(hotel_id: UUID, on: date, actor: Actor) -> list[dict[str, Any]]:
    """For the morning briefing: orders of the day not signed for everywhere, and deposits due."""
    owed = Q(deposits__received_on__isnull=True, deposits__dropped_at__isnull=True, deposits__due_on__lte=on)
    rows = list(
        Event.objects.of(hotel_id).annotate(owed=FilteredRelation("deposits", condition=owed))
        .filter(Q(on=on, state=Event.State.DEFINITE) | Q(owed__isnull=False)).order_by("starts_at", "id", "owed__due_on")
        .values("pk", "number", "name", "on", "state", "starts_at", "owed__pk", "owed__label", "owed__amount", "owed__due_on")
    )
    held = {row["pk"]: row for row in rows if row["on"] == on and row["state"] == Event.State.DEFINITE}
    signed = _signed_orders(hotel_id, [str(pk) for pk in held])
    lines: list[dict[str, Any]] = []
    for pk, row in held.items():
        note = _("The order is not out yet")
        if str(pk) in signed:
            done, needed = signed[str(pk)]
            if done == needed:
                continue
            note = _("%(done)s of %(needed)s have signed the order") % {"done": done, "needed": needed}
        lines.append({
            "at": row["starts_at"], "what": f"{row['number']} {row['name']}", "where": "", "persons": None, "note": note,
            "url": reverse("events:order", args=[pk]),
        })
    for row in sorted((row for row in rows if row["owed__pk"]), key=lambda row: row["owed__due_on"]):
        said = {"label": row["owed__label"], "amount": f"{row['owed__amount']:,.0f}", "on": day(row["owed__due_on"], on, weekday=False)}
        lines.append({
            "at": None, "what": f"{row['number']} {row['name']}", "where": "", "persons": None, "note": _("%(label)s %(amount)s, due %(on)s") % said,
            "url": reverse("events:money", args=[row["pk"]]),
        })
    return lines


def _signed_orders(hotel_id: UUID, events: list[str]) -> dict[str, tuple[int, int]]:
    """Event id -> (signed, to be signed) of the order its departments hold now; none whose order is not out. One query."""
    if not events:
        return {}
    rows = Copy.objects.of(hotel_id).filter(
        Q(must_sign=True) | Q(carried_from__isnull=False), superseded_at__isnull=True, paper__about_kind="event", paper__about_id__in=events,
        paper__kind="event_order", paper__voided_at__isnull=True,
    )
    counted = rows.values("paper__about_id").annotate(needed=Count("id"), left=Count("id", filter=Q(must_sign=True, signed_at__isnull=True)))
    return {row["paper__about_id"]: (row["needed"] - row["left"], row["needed"]) for row in counted.order_by()}
