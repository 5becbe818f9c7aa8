"""What the history knows; only of batches that are applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.urls import reverse

from guiju.history.models import Batch, PastBooking, PastGroup
from guiju.history.shapes import Past
from guiju.house.models import Hotel

CHUNK = 2000
FIELDS = (
    "past_hotel",
    "row_number",
    "booked_on",
    "arrival_on",
    "departure_on",
    "nights",
    "rooms",
    "adults",
    "children",
    "babies",
    "room_type",
    "segment",
    "channel",
    "agent",
    "company",
    "customer_type",
    "meal",
    "country",
    "rate",
    "deposit",
    "status",
    "status_on",
)
ORDERS = {"booked": ("booked_on", "arrival_on", "row_number"), "arrival": ("arrival_on", "booked_on", "row_number")}


def applied(hotel: Hotel) -> list[UUID]:
    """The batches that make up this hotel's history, in the order they were applied."""
    batches = Batch.objects.of(hotel.pk).filter(state=Batch.State.APPLIED)
    return list(batches.order_by("applied_at", "pk").values_list("pk", flat=True))


def past_bookings(hotel: Hotel, batch: Batch | None = None, *, order: str = "booked") -> Iterator[Past]:
    """The past bookings one by one, by the day they were made (or `order="arrival"`), without holding them all in memory.

    Of one applied batch, or of all; a batch that is not applied has none.
    """
    ids = [pk for pk in applied(hotel) if batch is None or pk == batch.pk]
    groups = set(PastGroup.objects.of(hotel.pk).filter(batch_id__in=ids).values_list("batch_id", "likeness"))
    rows = PastBooking.objects.of(hotel.pk).filter(batch_id__in=ids).order_by(*ORDERS[order])
    flagged: dict[str, frozenset[str]] = {}
    for *plain, repeated, flags, likeness, batch_id in rows.values_list(*FIELDS, "repeated", "flags", "likeness", "batch_id").iterator(CHUNK):
        words = flagged.get(flags)
        if words is None:
            words = flagged[flags] = frozenset(flags.split())
        yield Past(*plain, likeness if (batch_id, likeness) in groups else None, repeated, words)  # type: ignore[call-arg]  # the fields in their order


def overlapping(batch: Batch) -> list[Batch]:
    """Other applied batches with arrivals of the same hotels in the same time: perhaps the same bookings in another file."""
    if batch.first_arrival_on is None or batch.last_arrival_on is None:
        return []
    rows = Batch.objects.of(batch.hotel_id).filter(
        state=Batch.State.APPLIED, first_arrival_on__lte=batch.last_arrival_on, last_arrival_on__gte=batch.first_arrival_on
    )
    return [other for other in rows.exclude(pk=batch.pk) if set(other.past_hotels) & set(batch.past_hotels)]


def titles(hotel_id: UUID, ids: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """A batch by the name of its file."""
    rows = Batch.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "name")
    return {str(pk): (name, reverse("history:file", args=[pk])) for pk, name in rows}
