"""What the enquiries show on other rooms' pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from guiju.enquiries.models import Enquiry


def where_from(request: HttpRequest, booking: Any) -> Mapping[str, Any] | None:
    """On a booking: the request it came from."""
    if not booking.enquiry_id:
        return None
    rows = Enquiry.objects.of(booking.hotel_id).select_related("message", "handler")
    enquiry = rows.filter(pk=booking.enquiry_id).first()
    return {"enquiry": enquiry} if enquiry is not None else None
