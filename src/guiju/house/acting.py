"""Who is asking: turns a signed-in person, a token or a tablet into an Actor with the posts held right now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, F, Q, UUIDField, Value
from django.db.models.functions import Cast

from guiju.house.delegates import delegated_to
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Hotel, Person
from guiju.house.rights import permissions_of
from guiju.shelf.actor import Actor


def acting(person: Person, hotel: Hotel | UUID, *, now: datetime, via: str = "page", address: str = "",
           device: str = "", scopes: frozenset[str] | None = None) -> Actor:
    """The person in his posts of this hotel at this moment, with whom he acts for; without a post he may do nothing. One query."""
    hotel_id = hotel.pk if isinstance(hotel, Hotel) else hotel
    nobody, no_post = Cast(Value(None), UUIDField()), Value("", CharField())
    held = Appointment.objects.of(hotel_id).filter(Q(until_at__isnull=True) | Q(until_at__gt=now), person=person, from_at__lte=now)
    found = list(
        held.annotate(held=F("post"), whom=nobody).values_list("held", "whom").union(
            delegated_to(hotel_id, person.pk, now).annotate(held=no_post, whom=F("person_id")).values_list("held", "whom"), all=True
        )
    )
    posts = frozenset(post for post, whom in found if whom is None)
    allowed = permissions_of(posts)
    return Actor(
        hotel_id=hotel_id, person_id=person.pk, name=person.name, posts=posts,
        departments=frozenset(POSTS[post][0] for post in posts if post in POSTS),
        permissions=allowed if scopes is None else allowed & scopes, via=via, address=address, device=device,
        away=frozenset(whom for _post, whom in found if whom is not None),
    )


ON_TABLET = frozenset({"papers.view", "papers.sign"})


def on_tablet(
    person: Person, hotel: Hotel, department: str, *, now: datetime, address: str, device: str, via: str = "tablet"
) -> Actor:
    """The person at his department's shared tablet (or at a copy's link, via "phone"): only this department, only reading and signing."""
    whole = acting(person, hotel, now=now, via=via, address=address, device=device)
    here = whole.departments & {department}
    return replace(
        whole, departments=here, posts=frozenset(post for post in whole.posts if POSTS[post][0] in here),
        permissions=whole.permissions & ON_TABLET if here else frozenset(),
    )
