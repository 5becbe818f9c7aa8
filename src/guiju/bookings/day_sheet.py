"""What bookings add to the sheet of a day: arrivals (groups first), departures, who stays, meals of groups, open differences.

All of it is one question to the database. Who sees no bookings reads the groups without a link, and of the individuals
only how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from guiju.bookings.models import Booking, BookingRooms
from guiju.bookings.words import MEAL_NAMES
from guiju.shelf.actor import Actor
from guiju.shelf.memory import once_a_page
from guiju.shelf.registry import DaySheetPart

State = Booking.State
COMING = (State.TENTATIVE, State.CONFIRMED, State.ARRIVED)
MIDNIGHT = time()
GONE = (State.ARRIVED, State.DEPARTED, State.CONFIRMED)
MEAL = ("meal", "time", "place", "persons", "escorts", "standard", "diet")
OF_MEAL = ("eats__pk", *(f"eats__{name}" for name in MEAL))
OF_STAY = (
    "pk", "number", "name", "kind", "state", "persons", "escorts", "is_important", "arrival_on", "arrival_time", "arrival_by", "departure_on",
    "departure_time", "departure_by", "liaison__name", "rooms_now",
)
Line = dict[str, Any]


@dataclass(slots=True)
class Stay:
    """A booking around this day, with its rooms of the night, its meals of the day and what does not agree."""

    row: dict[str, Any]
    meals: dict[Any, dict[str, Any]] = field(default_factory=dict)
    differences: dict[Any, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return self.row[name]

    @property
    def is_group(self) -> bool:
        """Whether its name stands on everybody's sheet."""
        return bool(self.row["kind"] == Booking.Kind.GROUP)


@once_a_page
def _around(hotel_id: UUID, on: date) -> list[Stay]:
    """Everybody who arrives, stays or leaves on this day, with rooms, meals and differences: one query."""
    rows = Booking.objects.of(hotel_id).filter(
        Q(arrival_on=on, state__in=COMING) | Q(departure_on=on, state__in=GONE) | Q(arrival_on__lt=on, departure_on__gt=on, state__in=GONE)
    ).exclude(state=State.TENTATIVE, hold_until_at__isnull=True)
    lines = BookingRooms.objects.filter(booking=OuterRef("pk"), removed_at__isnull=True, from_on__lte=on).order_by()
    tonight = lines.filter(Q(until_on__gt=on) | Q(until_on=on, booking__departure_on=on)).values("booking").annotate(many=Sum("rooms"))
    rows = rows.annotate(
        rooms_now=Subquery(tonight.values("many")),
        eats=FilteredRelation("meal_plan", condition=Q(meal_plan__on=on, meal_plan__removed_at__isnull=True)),
        differs=FilteredRelation("differences", condition=Q(differences__resolved_at__isnull=True)),
    )
    found: dict[Any, Stay] = {}
    for row in rows.order_by("arrival_time", "name", "id").values(*OF_STAY, *OF_MEAL, "differs__pk", "differs__text"):
        stay = found.setdefault(row["pk"], Stay(row))
        if row["eats__pk"]:
            stay.meals[row["eats__pk"]] = {name: row[f"eats__{name}"] for name in MEAL}
        if row["differs__pk"]:
            stay.differences[row["differs__pk"]] = row["differs__text"]
    return list(found.values())


def arrivals(hotel_id: UUID, on: date, actor: Actor) -> Iterator[Line]:
    """Who comes: important groups, groups, then individuals, each by time."""
    rows = [row for row in _around(hotel_id, on) if row.arrival_on == on and row.state in COMING]
    rows.sort(key=lambda row: (not row.is_group, not row.is_important))
    yield from _people(rows, actor, "arrival")


def departures(hotel_id: UUID, on: date, actor: Actor) -> Iterator[Line]:
    """Who leaves: groups first."""
    rows = [row for row in _around(hotel_id, on) if row.departure_on == on and row.state in GONE]
    rows.sort(key=lambda row: (not row.is_group, row.departure_time is None, row.departure_time or MIDNIGHT))
    yield from _people(rows, actor, "departure")


def staying(hotel_id: UUID, on: date, actor: Actor) -> Iterator[Line]:
    """Who came before and stays: the groups by name, all together as one line."""
    rows = [row for row in _around(hotel_id, on) if row.arrival_on < on < row.departure_on]
    if not rows:
        return
    yield {
        "at": None, "where": "", "note": "", "url": "", "summary": True, "counts": len(rows),
        "persons": sum(row.persons + row.escorts for row in rows),
        "what": ngettext("%(n)s booking", "%(n)s bookings", len(rows)) % {"n": len(rows)} + _(", ") + _rooms(sum(_many(row) for row in rows)),
    }
    for line in _people([row for row in rows if row.is_group], actor, ""):
        yield {**line, "counts": 0}  # the line above counts it


def meals(hotel_id: UUID, on: date, actor: Actor) -> Iterator[Line]:
    """The meals of groups by time, those without a time last."""
    eaten = [(meal, stay) for stay in _around(hotel_id, on) for meal in stay.meals.values()]
    for meal, stay in sorted(eaten, key=lambda one: (one[0]["time"] is None, one[0]["time"] or MIDNIGHT, one[1].name)):
        yield {
            "at": meal["time"], "what": f"{MEAL_NAMES.get(meal['meal'], meal['meal'])} {stay.name}", "where": meal["place"],
            "persons": meal["persons"] + meal["escorts"], "note": " ".join(one for one in (meal["standard"], meal["diet"]) if one),
            "url": _url(stay, actor),
        }


def differences(hotel_id: UUID, on: date, actor: Actor) -> Iterator[Line]:
    """What did not agree with a booking of this day and is not settled."""
    for stay in _around(hotel_id, on):
        for text in stay.differences.values():
            yield {"at": None, "what": text, "where": "", "persons": None, "note": f"{stay.number} {stay.name}", "url": _url(stay, actor)}


def _people(rows: list[Stay], actor: Actor, which: str) -> Iterator[Line]:
    sees = actor.may("bookings.view")
    shown = rows if sees else [row for row in rows if row.is_group]
    for row in shown:
        by = getattr(row, f"{which}_by") if which else ""
        met_by = _("met by %(who)s") % {"who": row.liaison__name} if which == "arrival" and row.liaison__name else ""
        unsure = _("not confirmed") if row.state == State.TENTATIVE else ""
        there = _("has arrived") if which == "arrival" and row.state == State.ARRIVED else ""
        gone = _("has left") if which == "departure" and row.state == State.DEPARTED else ""
        yield {
            "at": getattr(row, f"{which}_time") if which else None, "what": row.name, "where": _rooms(_many(row)),
            "persons": row.persons + row.escorts, "note": " ".join(one for one in (by, met_by, unsure, there, gone) if one), "url": _url(row, actor),
            "mark": _("important") if row.is_important else "", "group": row.is_group,
        }
    rest = [row for row in rows if row not in shown]
    if rest:
        yield {
            "at": None, "what": ngettext("%(n)s individual", "%(n)s individuals", len(rest)) % {"n": len(rest)},
            "where": _rooms(sum(map(_many, rest))),
            "persons": sum(row.persons + row.escorts for row in rest), "note": "", "url": "", "summary": True, "counts": len(rest),
        }


def _many(row: Stay) -> int:
    return int(row.rooms_now or 0)


def _rooms(many: int) -> str:
    return ngettext("%(n)s room", "%(n)s rooms", many) % {"n": many} if many else ""


def _url(row: Stay, actor: Actor) -> str:
    return reverse("bookings:booking", args=[row.pk]) if actor.may("bookings.view") else ""


PARTS = (
    DaySheetPart("arrivals", pgettext_lazy("day sheet", "Arrivals"), 10, "bookings.expected", arrivals),
    DaySheetPart("staying", pgettext_lazy("day sheet", "Staying"), 22, "bookings.expected", staying),
    DaySheetPart("departures", pgettext_lazy("day sheet", "Departures"), 24, "bookings.expected", departures),
    DaySheetPart("meals", pgettext_lazy("day sheet", "Meals of groups"), 60, "bookings.briefed", meals),
    DaySheetPart("differences", pgettext_lazy("day sheet", "Open differences"), 70, "bookings.briefed", differences),
)
