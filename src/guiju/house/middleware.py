"""Who asks, in which hotel, at what moment: set once for the request, from rows, so that a right taken away is gone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.house import tablets
from guiju.house.acting import acting, on_tablet
from guiju.house.delegates import acting_for
from guiju.house.models import SignedIn
from guiju.shelf import clock
from guiju.shelf.memory import known, reading

SEEN_EVERY = timedelta(minutes=5)
TABLET_IDLE = timedelta(minutes=15)  # a shared tablet asks for the PIN again


def address_of(request: HttpRequest) -> str:
    """The client's address: what the hotel's own proxies (GUIJU_PROXIES) say of it, else whoever is on the line.

    Of the addresses in X-Forwarded-For only those added by trusted proxies count: the last one that is none of theirs.
    """
    line = str(request.META.get("REMOTE_ADDR", ""))
    if line in settings.TRUSTED_PROXIES:
        told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
        line = next((one for one in reversed(told) if one and one not in settings.TRUSTED_PROXIES), line)
    return line[:45]


class ActorMiddleware:
    """Sets request.now, .person, .hotel, .actor; all None for a stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = clock.now()
        request.person = request.hotel = request.actor = request.signed_in = None
        self._recognise(request)
        remembering = reading() if request.method in ("GET", "HEAD") else nullcontext()
        with timezone.override(ZoneInfo(request.hotel.zone) if request.hotel else None), remembering:
            if (actor := request.actor) is not None and actor.person_id:
                known(acting_for, set(actor.away), actor.hotel_id, actor.person_id, request.now)
            return self.get_response(request)

    def _recognise(self, request: Any) -> None:
        marker = request.session.get("signed_in") if request.session.session_key else None
        if not marker:
            return
        now = request.now
        row = SignedIn.objects.select_related("person", "hotel").filter(pk=marker, ended_at__isnull=True).first()
        if row is None or not row.person.is_active or request.session.get("epoch") != row.person.session_epoch:
            request.session.flush()
            return
        door = {"now": now, "address": address_of(request)}
        if request.session.get("tablet"):
            tablet = tablets.recognise(request)
            if tablet is None or str(tablet.pk) != request.session["tablet"] or now - row.last_seen_at > TABLET_IDLE:
                SignedIn.objects.filter(pk=row.pk).update(ended_at=now)
                request.session.flush()
                return
            actor = on_tablet(row.person, row.hotel, tablet.department, device=str(tablet.pk), **door)
        else:
            actor = acting(row.person, row.hotel, **door)
        if now - row.last_seen_at > SEEN_EVERY:
            SignedIn.objects.filter(pk=row.pk).update(last_seen_at=now)
        request.person, request.hotel, request.signed_in, request.actor = row.person, row.hotel, row, actor
