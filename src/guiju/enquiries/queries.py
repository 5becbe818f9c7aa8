"""Reading requests: the queue by time left, what competes, who may be the same client, today's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, Max, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from guiju.bookings.models import Booking
from guiju.clients.models import Client
from guiju.duties.models import Duty
from guiju.duties.queries import standing, with_status
from guiju.enquiries import saying
from guiju.enquiries.models import Enquiry, Message, Reply
from guiju.house.models import Hotel
from guiju.rooms.lines import Cell, nights_between
from guiju.rooms.queries import Competing, open_types
from guiju.shelf.actor import Actor

QUEUE = (Enquiry.State.OPEN, Enquiry.State.BOOKED)
MOST = 200
REPLY_CLAUSE = "booking.reply-30"
DEAD = (Booking.State.CANCELLED, Booking.State.LAPSED, Booking.State.NO_SHOW)


@dataclass(slots=True)
class Waiting:
    """A request in the queue with its most urgent duty, and whether an answer is on its way."""

    enquiry: Enquiry
    duty: Duty | None
    reply: Reply | None

    @property
    def on_its_way(self) -> bool:
        """A mail in the outbox, or a fax whose receipt is not entered yet: it meets nothing so far."""
        return self.reply is not None and self.reply.sent_at is None


def unanswered(hotel_id: UUID) -> QuerySet[Enquiry]:
    """Requests that still wait for an answer."""
    rows: QuerySet[Enquiry] = Enquiry.objects.of(hotel_id).filter(state__in=QUEUE, answered_at__isnull=True)
    return rows


def queue(hotel_id: UUID, now: datetime, *, channel: str = "") -> list[Waiting]:
    """What waits for an answer, by time left; two queries whatever the number, a third when an answer is on its way."""
    rows = unanswered(hotel_id).select_related("client", "handler", "message")
    rows = rows.annotate(has_unsent=Exists(Reply.objects.filter(enquiry=OuterRef("pk"), sent_at__isnull=True)))
    if channel:
        rows = rows.filter(channel=channel)
    enquiries = list(rows.order_by("received_at", "id")[:MOST])
    duties = duties_by_enquiry(hotel_id, enquiries, now)
    under_way = _under_way(hotel_id, [row for row in enquiries if row.has_unsent])  # type: ignore[attr-defined]  # annotated above
    found = [Waiting(row, duties.get(str(row.pk)), under_way.get(row.pk)) for row in enquiries]
    far = now + timedelta(days=36500)
    return sorted(found, key=lambda item: (item.duty.due_at if item.duty else far, item.enquiry.received_at))


def duties_by_enquiry(hotel_id: UUID, enquiries: Iterable[Enquiry], now: datetime) -> dict[str, Duty]:
    """The duty that runs for each of these requests: the reply's where there is one, else the most urgent."""
    ids = [str(row.pk) for row in enquiries]
    if not ids:
        return {}
    rows = standing(Duty.objects.of(hotel_id).filter(subject_kind="enquiry", subject_id__in=ids))
    found: dict[str, Duty] = {}
    for duty in with_status(rows.defer("because", "escalations", "effects"), now).order_by("due_at", "id"):
        known = found.get(duty.subject_id)
        if known is None or (duty.clause == REPLY_CLAUSE and known.clause != REPLY_CLAUSE):
            found[duty.subject_id] = duty
    return found


def _under_way(hotel_id: UUID, enquiries: list[Enquiry]) -> dict[UUID, Reply]:
    if not enquiries:
        return {}
    rows = (
        Reply.objects.of(hotel_id)
        .filter(enquiry__in=enquiries, sent_at__isnull=True)
        .select_related("letter")
    )
    return {row.enquiry_id: row for row in rows if _still_going(row)}


def _still_going(reply: Reply) -> bool:
    return reply.letter is None or reply.letter.state in ("waiting", "sending")


def waiting_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: how many wait for an answer, and whether any of their duties is late."""
    ids = [str(pk) for pk in unanswered(actor.hotel_id).values_list("pk", flat=True)[:MOST]]
    late = bool(ids) and (
        standing(Duty.objects.of(actor.hotel_id))
        .filter(subject_kind="enquiry", subject_id__in=ids, due_at__lt=now)
        .exists()
    )
    return len(ids), late


@dataclass(frozen=True, slots=True)
class AnsweredToday:
    """The foot of the queue: answers today, the quickest and the slowest."""

    number: int
    quickest: timedelta | None
    slowest: timedelta | None

    @property
    def minutes(self) -> tuple[int, int]:
        """The quickest and the slowest in whole minutes."""
        quickest, slowest = self.quickest or timedelta(), self.slowest or timedelta()
        return int(quickest.total_seconds() // 60), int(slowest.total_seconds() // 60)


def answered_today(hotel: Hotel, now: datetime) -> AnsweredToday:
    """How many requests were answered today, one query."""
    start = now.astimezone(ZoneInfo(hotel.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    took = ExpressionWrapper(F("answered_at") - F("received_at"), output_field=DurationField())
    rows = (
        Enquiry.objects.of(hotel.pk).filter(answered_at__gte=start, answered_at__lte=now).annotate(took=took)
    )
    found = rows.aggregate(number=Count("pk"), quickest=Min("took"), slowest=Max("took"))
    return AnsweredToday(found["number"], found["quickest"], found["slowest"])


def live_booking(enquiry: Enquiry) -> Booking | None:
    """The booking this request became, unless it was cancelled or lapsed."""
    rows = Booking.objects.of(enquiry.hotel_id).filter(enquiry_id=enquiry.pk).exclude(state__in=DEAD)
    found: Booking | None = (
        rows.select_related("hotel", "client", "agreement").order_by("-created_at").first()
    )
    return found


def replies_of(enquiry: Enquiry) -> list[Reply]:
    """The replies to a request, newest first."""
    rows = Reply.objects.of(enquiry.hotel_id).filter(enquiry=enquiry).select_related("letter", "by")
    return list(rows.order_by("-created_at", "-id")[:20])


def heard_of(enquiry: Enquiry) -> list[Message]:
    """What came back on a request: the client's letters, machines' answers and reports, newest first."""
    rows = Message.objects.of(enquiry.hotel_id).filter(answers=enquiry).select_related("seen_by")
    return list(rows.order_by("-received_at", "-id")[:20])


def likely_clients(enquiry: Enquiry, most: int = 5) -> list[Client]:
    """Client files that may be this sender: same name or part of it, fax, telephone, address (one query)."""
    name, reply_to = enquiry.client_name.strip(), enquiry.reply_to.strip()
    asked = Q()
    if len(name) >= 2:
        asked |= Q(name__icontains=name) | Q(name_en__iexact=name) | Q(short_name__iexact=name)
        asked |= Q(name__istartswith=name[:4]) if len(name) > 4 else Q()
    if "@" in reply_to:
        asked |= Q(email__iexact=reply_to) | Q(contacts__email__iexact=reply_to)
    elif reply_to:
        asked |= Q(fax=reply_to) | Q(phone=reply_to)
    if not asked:
        return []
    rows = Client.objects.of(enquiry.hotel_id).filter(asked, merged_into__isnull=True)
    return list(rows.distinct().order_by("number")[:most])


def same_request(enquiry: Enquiry, most: int = 5) -> list[Enquiry]:
    """Other open requests for the same arrival by the same client or name: perhaps sent twice."""
    if enquiry.arrival_on is None:
        return []
    who = Q(client_name=enquiry.client_name) if enquiry.client_name else Q()
    if enquiry.client_id:
        who |= Q(client_id=enquiry.client_id)
    if not who:
        return []
    rows = (
        Enquiry.objects.of(enquiry.hotel_id).filter(who, arrival_on=enquiry.arrival_on).exclude(pk=enquiry.pk)
    )
    return list(
        rows.exclude(state__in=(Enquiry.State.WITHDRAWN, Enquiry.State.MERGED)).order_by("received_at")[:most]
    )


def others_wanting(
    hotel_id: UUID, scarce: Mapping[Cell, int], exclude: tuple[str, str] | None
) -> list[Competing]:
    """Open requests without held rooms that want some of these nights: for the availability's "who else"."""
    nights = [night for _kind, night in scarce]
    if not nights:
        return []
    types = {row.code: row for row in open_types(hotel_id)}
    rows = Enquiry.objects.of(hotel_id).filter(
        state__in=(Enquiry.State.OPEN, Enquiry.State.ANSWERED),
        arrival_on__lte=max(nights),
        departure_on__gt=min(nights),
    )
    found = []
    for row in rows.order_by("received_at")[:MOST]:
        if row.subject == exclude:
            continue
        found += list(_wants(row, types, scarce))
    return found


def _wants(row: Enquiry, types: Mapping[str, Any], scarce: Mapping[Cell, int]) -> Iterable[Competing]:
    assert row.arrival_on and row.departure_on
    for code, number in row.rooms.items():
        kind = types.get(code)
        if kind is None or not str(number).isdecimal():
            continue
        nights = tuple(
            night for night in nights_between(row.arrival_on, row.departure_on) if (kind.pk, night) in scarce
        )
        if nights:
            label = f"{row.number} {row.client_name or row.contact_name}".strip()
            yield Competing(row.subject, label, kind, nights, int(number), None, "enquiry")


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """For the palette: requests by number, client or contact."""
    types, today = open_types(actor.hotel_id), timezone.localdate()
    rows = Enquiry.objects.of(actor.hotel_id).filter(
        Q(number__icontains=text) | Q(client_name__icontains=text) | Q(contact_name__icontains=text)
    )
    return [
        (
            f"{row.number} {row.client_name}".strip(),
            saying.summary(row, types, today),
            reverse("enquiries:enquiry", args=[row.pk]),
            "enq",
        )
        for row in rows.order_by("-received_at")[:limit]
    ]


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Request id -> its number, without anybody's name."""
    return {str(pk): number for pk, number in Enquiry.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number")}


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Request id -> (number and client, page)."""
    rows = list(Enquiry.objects.of(hotel_id).filter(pk__in=list(ids)))
    types, today = open_types(hotel_id) if rows else [], timezone.localdate()
    return {
        str(row.pk): (
            f"{row.client_name or row.number} {saying.summary(row, types, today)}".strip(),
            reverse("enquiries:enquiry", args=[row.pk]),
        )
        for row in rows
    }


def message_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Message id -> (subject line or sender, the page of its request)."""
    rows = Message.objects.of(hotel_id).filter(pk__in=list(ids)).select_related("answers").prefetch_related("enquiries")
    found = {}
    for row in rows:
        enquiry = next(iter(row.enquiries.all()), None) or row.answers
        url = reverse("enquiries:enquiry", args=[enquiry.pk]) if enquiry else ""
        found[str(row.pk)] = (row.subject_line or row.sender or row.form, url)
    return found
