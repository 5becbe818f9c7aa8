"""Clients from a table: one line a client; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.clients.actions.records import add_client
from guiju.clients.models import Client
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid


@verb("clients.edit")
def import_clients(hotel: Hotel, *, rows: Sequence[tuple[int, Mapping[str, Any]]], by: Actor, now: datetime) -> list[Client]:
    """Open files for all these clients, (row number, fields), or for none. Raises Invalid naming each row."""
    errors: dict[str, list[str]] = {}
    made: list[Client] = []
    for number, values in rows:
        try:
            made.append(add_client(hotel, by=by, now=now, **dict(values)))
        except Invalid as wrong:
            where = _("row {n}").format(n=number)
            errors[where] = [text for texts in wrong.errors.values() for text in texts]
    if errors:
        raise Invalid(errors=errors)
    return made
