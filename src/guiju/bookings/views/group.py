"""A group's own page: its dates and terms before it comes, while it is here, what it took and said; its agency's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guiju.bookings import group_queries, records
from guiju.bookings.actions.reconfirming import address_of
from guiju.bookings.actions.settling import HERE
from guiju.bookings.actions.steps import OPEN
from guiju.bookings.group_terms import cells, cost_of_cut, cut_off_ends_at, rooms_named, without
from guiju.bookings.models import Booking
from guiju.bookings.stay import ROOMS, group_dates, lines_of
from guiju.bookings.step_forms import StepForm
from guiju.bookings.views.reading import shown_page, steps_for
from guiju.bookings.words import OUTCOME_NAMES, TOLD_NAMES
from guiju.clients.models import Client
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded, formats
from guiju.rates import queries as rates
from guiju.shelf.errors import Missing

MOST_CUT = 500


@dataclass(frozen=True, slots=True)
class Asking:
    """What fewer rooms would cost, as it was asked on the page."""

    kind: str
    fewer: int
    amount: Any
    said: str


def found_group(request: Asked, pk: Any) -> Booking:
    """A group of this hotel with its names counted and its outcome, or 404."""
    rows = Booking.objects.select_related("hotel", "client", "agreement", "contact", "liaison", "seller", "series", "outcome").prefetch_related(ROOMS)
    booking: Booking = records.with_lines(group_queries.with_names(rows)).pick(request.actor.hotel_id, pk)
    if booking.kind != Booking.Kind.GROUP:
        raise Missing("not a group")
    return booking


@page("bookings.view", methods=("GET",))
def group(request: Asked, pk: Any) -> HttpResponse:
    """The group's dates and terms, what it takes and pays, what it says."""
    return group_page(request, found_group(request, pk))


def group_page(request: Asked, row: Booking, *, form: StepForm | None = None, what: str = "") -> HttpResponse:
    """The page; `form` is a refused step, shown in its place with what is wrong beside its fields."""
    if not hasattr(row, "names"):
        row = found_group(request, row.pk)
    wanted = ["reconfirm", "chase-names", "cut-off"] if row.state in OPEN and row.confirmed_at else []
    wanted += ["add-rooms"] if row.state == Booking.State.ARRIVED else []
    wanted += ["luggage-down", "bill", "settle"] if row.state in HERE else []
    steps = steps_for(request, row, wanted, form, what)
    outcome = getattr(row, "outcome", None)
    if "settle" in steps and form is None:
        took = (outcome.rooms_used, outcome.meals_eaten) if outcome else (_booked(row), None)
        steps["settle"].initial = {"rooms_used": took[0], "meals_eaten": took[1]}
    ends = cut_off_ends_at(row)
    named = rooms_named_in(row)
    return shown_page(request, row, "group", {
        "steps": steps, "dates": group_dates(row), "cut_off_over": ends is not None and request.now >= ends, "rooms": lines_of(row),
        "booked": _booked(row), "unnamed": max(_booked(row) - named, 0), "told": _told(row), "outcome": outcome,
        "because": group_queries.because(outcome) if outcome else "", "opinions": list(row.opinions.order_by("-at", "-id")[:20]),
        "asked": _asked(request, row), "address": address_of(row), "reconfirm_on": row.arrival_on - timedelta(days=3),
        "guest_types": _types(row), "bill": row.details.get("bill"), "down": row.details.get("luggage_down"),
    }, form, what)


def _booked(row: Booking) -> int:
    return sum(line.rooms for line in lines_of(row) if line.use in ("guest", "extra") and line.from_on <= row.arrival_on)


def rooms_named_in(row: Booking) -> int:
    """How many rooms its names fill, two to a room where nothing else is said: without reading the names."""
    beds = max((line.room_type.beds for line in lines_of(row) if line.use == "guest"), default=2)
    names: int = row.names  # type: ignore[attr-defined]  # counted by with_names
    return rooms_named([], beds) + -(-names // max(beds, 1))


def _told(row: Booking) -> list[dict[str, Any]]:
    return [
        {"row": one, "outcome": OUTCOME_NAMES.get(one.outcome, one.outcome), "how": TOLD_NAMES.get(one.how, one.how)}
        for one in row.reconfirmations.order_by("-at", "-id")[:10]
    ]


def _types(row: Booking) -> list[tuple[str, str]]:
    return list({str(line.room_type_id): line.room_type.shown for line in lines_of(row) if line.use == "guest"}.items())


def _asked(request: Asked, row: Booking) -> Asking | None:
    """What so many rooms fewer of a type would cost, asked in the address."""
    kind, text = request.GET.get("type", ""), request.GET.get("fewer", "")
    if kind not in dict(_types(row)) or not text.isdecimal() or not 1 <= int(text) <= MOST_CUT:
        return None
    cost = cost_of_cut(row, without(cells(lines_of(row)), kind, int(text)), now=request.now)
    return Asking(kind, int(text), cost.amount, rates.cost_said(cost))


@page("bookings.view", methods=("GET",))
def checks(request: Asked) -> HttpResponse:
    """The groups of the next day that are gone through before they come, important and agents' groups first (group.pre-arrival)."""
    today = timezone.localtime(request.now).date()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today + timedelta(days=1)
    rows = group_queries.to_check(request.actor.hotel_id, on)
    if request.GET.get("export"):
        return downloaded(request, rows, group_queries.check_columns(), f"checks-{on}")
    known = {"on": on, "rows": rows, "before": on - timedelta(days=1), "after": on + timedelta(days=1), "formats": formats(request)}
    return render(request, "bookings/checks.html", known | {"left": sum(1 for one in rows if one.left)})


@page("bookings.view", methods=("GET",))
def past_groups(request: Asked, pk: Any) -> HttpResponse:
    """An agency's past groups: booked and taken, no-shows, charges, meals, opinions."""
    client = Client.objects.pick(request.actor.hotel_id, pk)
    groups = group_queries.past_groups(client.hotel_id, client.pk, timezone.localtime(request.now).date())
    if request.GET.get("export"):
        return downloaded(request, groups, group_queries.past_columns(), f"groups-{client.number}")
    context = {"client": client, "groups": groups, "record": group_queries.record_of(groups), "formats": formats(request)}
    return render(request, "bookings/past_groups.html", context | {"may_client": request.actor.may("clients.view")})
