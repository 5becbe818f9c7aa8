"""Reading: who lives here, which rooms are free, how the rent stands, what is still to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house.calendars import local_day
from guiju.house.settings import settings_of
from guiju.longstay.models import Apartment, Charge, GuestOrder, LongStay, MonthlyList, NightTaken, Recommendation
from guiju.longstay.terms import next_birthday
from guiju.papers.models import Copy, Paper
from guiju.shelf.actor import Actor

State = LongStay.State
LIVE = (State.DRAFT, State.ASKED, State.IN_FORCE)
TWO_MONTHS = 61  # days, for drawing; the clause reckons in months


def free_rooms(hotel_id: UUID, from_on: date, until_on: date, *, unit: str = "", floor: int | None = None, room_type: Any = None) -> list[Apartment]:
    """Numbered rooms nobody has on any night of [from, until): the higher floors first."""
    taken = NightTaken.objects.of(hotel_id).filter(night__gte=from_on, night__lt=until_on).values("apartment_id")
    rows = Apartment.objects.of(hotel_id).filter(closed_at__isnull=True).exclude(pk__in=taken).select_related("room_type")
    for name, value in (("unit", unit), ("floor__gte", floor), ("room_type", room_type)):
        if value:
            rows = rows.filter(**{name: value})
    return list(rows.order_by("-floor", "-number"))


def rooms(hotel_id: UUID, on: date) -> list[tuple[Apartment, LongStay | None]]:
    """Every room with the guest who has it on a day."""
    here = {
        row.apartment_id: row.longstay
        for row in NightTaken.objects.of(hotel_id).filter(night=on).select_related("longstay")
    }
    rows = Apartment.objects.of(hotel_id).select_related("room_type").order_by("closed_at", "-floor", "-number")
    return [(row, here.get(row.pk)) for row in rows]


def stays(hotel_id: UUID, view: str, text: str = "", on: date | None = None) -> QuerySet[LongStay]:
    """Contracts by view: here, late, making, left, all; and part of a guest, company, room or number."""
    rows = LongStay.objects.of(hotel_id).select_related("apartment__room_type", "client", "seller", "hotel")
    if view == "here":
        rows = rows.filter(state=State.IN_FORCE)
    elif view == "late":
        rows = rows.filter(stands_since_on__isnull=False).exclude(state=State.DROPPED)
    elif view == "making":
        rows = rows.filter(state__in=(State.DRAFT, State.ASKED))
    elif view == "left":
        rows = rows.filter(state__in=(State.LEFT, State.DROPPED))
    if text:
        rows = rows.filter(
            Q(guest__icontains=text) | Q(number__icontains=text) | Q(client__name__icontains=text) | Q(apartment__number__startswith=text)
        )
    return rows.order_by("apartment__number", "created_at")  # type: ignore[no-any-return]  # HotelRow's query set is not generic


def unpaid(stay: LongStay, on: date) -> QuerySet[Charge]:
    """What has fallen due and is not paid in full, the oldest first."""
    return (  # type: ignore[no-any-return]  # as above
        Charge.objects.of(stay.hotel_id)
        .filter(longstay=stay, due_on__lte=on, dropped_at__isnull=True, paid__lt=F("amount"))
        .order_by("due_on", "at")
    )


def owed(hotel_id: UUID, ids: Iterable[UUID], on: date) -> dict[UUID, Decimal]:
    """How much each of these owes on a day: one query."""
    rows = Charge.objects.of(hotel_id).filter(longstay__in=list(ids), due_on__lte=on, dropped_at__isnull=True, paid__lt=F("amount"))
    sums = rows.order_by().values_list("longstay_id").annotate(left=Sum(F("amount") - F("paid")))
    return dict(sums)


@dataclass(slots=True)
class LedgerLine:
    """One charge as the ledger shows it: how long it took or takes, and how far the bar goes (0..349)."""

    charge: Charge
    days: int  # from its due day until it was paid, or until today
    is_due: bool
    how: str = ""

    @property
    def is_paid(self) -> bool:
        """Paid in full."""
        return self.charge.paid >= self.charge.amount

    @property
    def late(self) -> bool:
        """Due, and not paid."""
        return self.is_due and not self.is_paid and self.days > 0

    @property
    def reach(self) -> int:
        """Where the bar ends; the mark of two months stands at 351."""
        return min(398, 2 + round(max(0, self.days) * 349 / TWO_MONTHS))

    @property
    def to_two_months(self) -> int:
        """Days until it is two months old."""
        return TWO_MONTHS - self.days


def ledger(stay: LongStay, on: date) -> list[LedgerLine]:
    """The rents and charges of a contract in the order they fall due."""
    rows = Charge.objects.of(stay.hotel_id).filter(longstay=stay, dropped_at__isnull=True).order_by("due_on", "at")
    return [LedgerLine(row, ((row.paid_on or on) - row.due_on).days, row.due_on <= on) for row in rows]


def birthdays(hotel_id: UUID, first: date, days: int) -> list[tuple[date, LongStay]]:
    """Guests in the house whose birthday falls within so many days from a day, the next first."""
    found = []
    for row in stays(hotel_id, "here"):
        day = next_birthday(row, first)
        if day is not None and (day - first).days < days:
            found.append((day, row))
    return sorted(found, key=lambda one: (one[0], one[1].number))


def open_orders(actor: Actor) -> QuerySet[GuestOrder]:
    """Flowers and fruit still to be sent: one's own departments', or all for sales."""
    rows = GuestOrder.objects.of(actor.hotel_id).filter(done_at__isnull=True, dropped_at__isnull=True)
    if not actor.may("longstay.edit"):
        rows = rows.filter(department__in=actor.departments)
    return rows.select_related("longstay__apartment").order_by("needed_at", "department")  # type: ignore[no-any-return]  # as above


def orders_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: orders of my departments that are not done, and whether one is late."""
    rows = list(
        GuestOrder.objects.of(actor.hotel_id)
        .filter(department__in=actor.departments, done_at__isnull=True, dropped_at__isnull=True, needed_at__lte=now + timedelta(days=1))
        .values_list("needed_at", flat=True)[:99]
    )
    return len(rows), any(at < now for at in rows)


def late_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: guests who pay late."""
    count = LongStay.objects.of(actor.hotel_id).filter(state=State.IN_FORCE, late_since_on__isnull=False).count()
    return count, bool(count)


def recommendation(hotel_id: UUID, enquiry_id: Any) -> Recommendation | None:
    """The latest rooms recommended on a request."""
    return Recommendation.objects.of(hotel_id).filter(enquiry_id=enquiry_id).order_by("-at").first()  # type: ignore[no-any-return]  # as above


def papers_of(stay: LongStay) -> list[tuple[Paper, list[Copy]]]:
    """The papers of a contract with the copies that must be signed: two queries."""
    papers = list(Paper.objects.of(stay.hotel_id).filter(about_kind="longstay", about_id=str(stay.pk), voided_at__isnull=True).order_by("created_at"))
    copies: dict[UUID, list[Copy]] = {}
    for copy in Copy.objects.of(stay.hotel_id).filter(paper__in=papers, superseded_at__isnull=True).order_by("number") if papers else ():
        if copy.must_sign or copy.carried_from_id:
            copies.setdefault(copy.paper_id, []).append(copy)
    return [(paper, copies.get(paper.pk, [])) for paper in papers]


def lists(hotel_id: UUID) -> list[dict[str, Any]]:
    """The monthly lists, the newest first, each with its paper and who has signed: three queries."""
    rows = list(MonthlyList.objects.of(hotel_id).order_by("-month")[:24])
    papers = {
        row.about_id: row
        for row in Paper.objects.of(hotel_id).filter(about_kind="monthly_list", about_id__in=[str(row.pk) for row in rows])
    }
    copies: dict[UUID, list[Copy]] = {}
    current = Copy.objects.of(hotel_id).filter(paper__in=papers.values(), superseded_at__isnull=True, archive=False)
    for copy in current.order_by("number"):
        copies.setdefault(copy.paper_id, []).append(copy)
    found = []
    for row in rows:
        paper = papers.get(str(row.pk))
        found.append({"list": row, "paper": paper, "copies": copies.get(paper.pk, []) if paper else []})
    return found


def grace(hotel_id: UUID) -> int:
    """After how many days an unpaid rent counts as late."""
    return int(settings_of(hotel_id, "longstay.late_days")["longstay.late_days"])


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Contract id -> (room and guest, page)."""
    rows = LongStay.objects.of(hotel_id).filter(pk__in=_keys(ids)).values_list("pk", "number", "guest", "apartment__number")
    return {
        str(pk): (" ".join(part for part in (number, room, guest) if part), reverse("longstay:stay", args=[pk]))
        for pk, number, guest, room in rows
    }


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Contract id -> its number, without anybody's name."""
    rows = LongStay.objects.of(hotel_id).filter(pk__in=_keys(ids)).values_list("pk", "number")
    return {str(pk): number for pk, number in rows}


def order_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Order id -> (room and what, where it is ticked)."""
    rows = GuestOrder.objects.of(hotel_id).filter(pk__in=_keys(ids)).select_related("longstay__apartment")
    return {
        str(row.pk): (f"{row.longstay.room} {row.get_what_display()} ({row.get_occasion_display()})", reverse("longstay:orders") + f"#o-{row.pk}")
        for row in rows
    }


def list_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Monthly list id -> (month, page)."""
    rows = MonthlyList.objects.of(hotel_id).filter(pk__in=_keys(ids)).values_list("pk", "month")
    return {str(pk): (_("Long-stay guests %(month)s") % {"month": f"{month:%Y-%m}"}, reverse("longstay:lists")) for pk, month in rows}


def watch_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Confidential note id -> (never whom it is about, its page)."""
    return {str(pk): (_("Confidential note"), reverse("longstay:watch", args=[pk])) for pk in _keys(ids)}


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Long-stay guests by name, room, company or number, for the command palette."""
    return [
        (f"{row.room} {row.guest}".strip(), row.client.name if row.client else row.number, reverse("longstay:stay", args=[row.pk]), "bed")
        for row in stays(actor.hotel_id, "all", text)[:limit]
    ]


def today_of(hotel_id: UUID, now: datetime) -> date:
    """The day it is in the hotel."""
    return local_day(hotel_id, now)


def _keys(ids: Iterable[str]) -> list[UUID]:
    found = []
    for text in ids:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue
    return found
