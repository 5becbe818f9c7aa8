"""What long stays add to the sheet of a day: whose birthday it is (longstay.monthly-list), who moves in and who moves out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.longstay.models import LongStay
from guiju.longstay.terms import next_birthday
from guiju.shelf.actor import Actor


def of_day(hotel_id: UUID, on: date, actor: Actor) -> Iterator[dict[str, Any]]:
    """Birthdays of the guests in the house, moving in, moving out: one query."""
    rows = LongStay.objects.of(hotel_id).filter(state=LongStay.State.IN_FORCE).filter(Q(from_on__lte=on) | Q(from_on__isnull=True))
    for row in rows.filter(Q(until_on__gte=on) | Q(until_on__isnull=True)).select_related("apartment").order_by("number"):
        said = [
            words for words, fits in (
                (_("birthday"), row.until_on != on and next_birthday(row, on) == on), (_("moves in"), row.from_on == on),
                (_("moves out"), row.until_on == on),
            ) if fits
        ]
        if said:
            yield {
                "at": None, "what": row.guest, "where": row.apartment.number if row.apartment else "", "persons": None, "note": " ".join(said),
                "url": reverse("longstay:stay", args=[row.pk]),
            }
