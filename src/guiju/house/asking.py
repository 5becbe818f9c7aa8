"""What a page gets: a request that knows who asks, in which hotel, at what moment (house.middleware sets it)."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from guiju.house.models import Hotel, Person, SignedIn
from guiju.shelf.actor import Actor


class Asked(HttpRequest):
    """A request of somebody who has signed in."""

    actor: Actor
    hotel: Hotel
    person: Person
    signed_in: SignedIn
    now: datetime
    LANGUAGE_CODE: str
