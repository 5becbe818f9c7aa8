"""Who is asking, in which hotel, at what moment: set once for the request, from rows, so that a right taken away is gone at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.house.acting import acting
from guiju.house.models import SignedIn
from guiju.shelf import clock

SEEN_EVERY = timedelta(minutes=5)


def address_of(request: HttpRequest) -> str:
    """The client's address as this server sees it (a proxy must be configured to pass it on)."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


class ActorMiddleware:
    """Sets request.now, .person, .hotel, .actor; all None for a stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.person = request.hotel = request.actor = request.signed_in = None  # type: ignore[attr-defined]
        self._recognise(request)
        hotel = request.hotel  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(hotel.zone) if hotel else None):
            return self.get_response(request)

    def _recognise(self, request: HttpRequest) -> None:
        marker = request.session.get("signed_in") if request.session.session_key else None
        if not marker:
            return
        now = request.now  # type: ignore[attr-defined]
        row = SignedIn.objects.select_related("person", "hotel").filter(pk=marker, ended_at__isnull=True).first()
        if row is None or not row.person.is_active or request.session.get("epoch") != row.person.session_epoch:
            request.session.flush()
            return
        if now - row.last_seen_at > SEEN_EVERY:
            SignedIn.objects.filter(pk=row.pk).update(last_seen_at=now)
        request.person, request.hotel, request.signed_in = row.person, row.hotel, row  # type: ignore[attr-defined]
        request.actor = acting(row.person, row.hotel, now=now, address=address_of(request))  # type: ignore[attr-defined]
