"""The general manager's letter and card to print."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Missing
from guiju.vip import letters, queries


@page("vip.whole", methods=("GET",))
def letter(request: Asked, pk: Any) -> HttpResponse:
    """The letter (or ?kind=card) in the guest's language, or ?lang=en."""
    plan = queries.pick(request.actor, pk)
    kind, lang = request.GET.get("kind", "letter"), request.GET.get("lang", "") or plan.guest.lang
    if kind not in letters.KINDS or lang not in ("zh-hans", "en"):
        raise Missing("no such letter")
    response = HttpResponse(letters.pdf_of(plan, request.hotel, kind=kind, lang=lang), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{plan.number}-{kind}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
