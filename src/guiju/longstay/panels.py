"""What this room shows on other rooms' pages."""

from __future__ import annotations

from typing import Any

from guiju.house.asking import Asked
from guiju.longstay import queries
from guiju.longstay.models import LongStay


def of_client(request: Asked, client: Any) -> dict[str, Any] | None:
    """On a client's page: the guests of that company who live here, or lived here."""
    rows = LongStay.objects.of(client.hotel_id).filter(client=client).select_related("apartment").order_by("-created_at")[:6]
    found = list(rows)
    return {"longstays": found} if found else None


def of_enquiry(request: Asked, enquiry: Any) -> dict[str, Any] | None:
    """On a long-stay request: what was recommended, and the contract that came of it."""
    if enquiry.kind != "longstay":
        return None
    made = LongStay.objects.of(enquiry.hotel_id).filter(enquiry=enquiry).order_by("-created_at").first()
    return {"recommended": queries.recommendation(enquiry.hotel_id, enquiry.pk), "contract": made}
