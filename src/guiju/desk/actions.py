"""What a person changes about his own desk."""

from __future__ import annotations

from datetime import datetime

from guiju.house.models import Hotel, Person
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor


@verb("desk.profile")
def prefer(
    hotel: Hotel,
    *,
    by: Actor,
    now: datetime,
    lang: str | None = None,
    theme: str | None = None,
    single_keys: bool | None = None,
) -> None:
    """Keep how I like my pages: language, theme, single keys. A taste, not a fact: the logbook hears nothing of it."""
    likings = {"lang": lang, "theme": theme, "single_keys": single_keys}
    changed = {key: value for key, value in likings.items() if value is not None}
    if changed:
        Person.objects.filter(pk=by.person_id).update(**changed)
