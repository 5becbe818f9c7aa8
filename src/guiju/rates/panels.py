"""What the rates room shows on the page of a client."""

from __future__ import annotations

from typing import Any

from guiju.clients.models import Client
from guiju.clients.views.files import today
from guiju.house.asking import Asked
from guiju.rates.models import Agreement
from guiju.rates.queries import in_force

SHOWN = 6


def _agreements(request: Asked, client: Client) -> list[tuple[Agreement, bool]]:
    """The client's agreements, the newest first, and whether each holds today; read once a page."""
    kept: Any = request
    if not hasattr(kept, "client_agreements"):
        on = today(request)
        rows = Agreement.objects.of(client.hotel_id).filter(client=client).select_related("hotel")
        kept.client_agreements = [(row, in_force(row, on)) for row in rows.order_by("-from_on", "-id")]
    return kept.client_agreements  # type: ignore[no-any-return]  # kept on the request


def fact(request: Asked, client: Client) -> dict[str, Any]:
    """Until when an agreement holds."""
    row = next((row for row, holds in _agreements(request, client) if holds), None)
    return {"agreement": row, "days": (row.until_on - today(request)).days if row else 0}


def side(request: Asked, client: Client) -> dict[str, Any]:
    """The client's latest agreements."""
    return {"client": client, "rows": _agreements(request, client)[:SHOWN]}
