"""What the rates room shows on the page of a client."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from guiju.clients.models import Client
from guiju.clients.views.files import today
from guiju.rates.models import Agreement
from guiju.rates.queries import agreement_of, in_force


def fact(request: HttpRequest, client: Client) -> dict[str, Any]:
    """Until when an agreement holds."""
    on = today(request)
    row = agreement_of(client, on)
    return {"agreement": row, "days": (row.until_on - on).days if row else 0}


def side(request: HttpRequest, client: Client) -> dict[str, Any]:
    """The client's agreements, the newest first."""
    on = today(request)
    rows = Agreement.objects.of(client.hotel_id).filter(client=client).select_related("hotel")
    return {"client": client, "rows": [(row, in_force(row, on)) for row in rows.order_by("-from_on")[:6]]}
