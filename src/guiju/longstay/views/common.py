"""What the pages of this room share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from guiju.house.asking import Asked
from guiju.longstay.models import LongStay


def step_of(request: Asked) -> dict[str, Any]:
    """Who and when, for a verb."""
    return {"by": request.actor, "now": request.now}


def pick(request: Asked, pk: UUID) -> LongStay:
    """The contract of this hotel with everything its page names, or 404."""
    rows = LongStay.objects.select_related("hotel", "apartment__room_type", "client", "seller", "enquiry")
    return rows.pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined,no-any-return]  # HotelRow's query set is not generic


def to_stay(pk: Any, place: str = "stay") -> HttpResponse:
    """To the contract's page."""
    return HttpResponseRedirect(reverse(f"longstay:{place}", args=[pk]))


def today(request: Asked) -> Any:
    """The day it is in the hotel."""
    return timezone.localtime(request.now).date()  # set by the middleware
