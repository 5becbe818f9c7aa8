"""What the feeds show on other rooms' pages."""

from __future__ import annotations

from typing import Any

from guiju.feeds import actions
from guiju.house.asking import Asked
from guiju.house.models import Person


def of_person(request: Asked, person: Person) -> dict[str, Any] | None:
    """On a person's page: that he has a calendar address, when it was used, and the button that ends it."""
    row = actions.of_person(request.hotel.pk, person.pk)
    return {"feed": row} if row is not None else None


def mine(request: Asked, person: Any) -> dict[str, Any] | None:
    """On my profile: where my calendar is."""
    return {"feed": actions.of_person(request.hotel.pk, request.person.pk)}
