"""A list with its filters under a name: for oneself, or given to the department."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.bookings.models import SavedView
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed

MOST_VIEWS = 30


@verb("bookings.view")
def save_view(hotel: Hotel, *, page: str, name: str, query: str, shared_with: str = "", by: Actor, now: datetime) -> SavedView:
    """Save the filters under a name; the same name again replaces them. Raises Invalid without a name or with too many."""
    name = " ".join(name.split())
    mine = SavedView.objects.of(hotel.pk).filter(person_id=by.person_id, page=page)
    if not name or len(name) > 40:
        raise Invalid(errors={"name": [_("A name of at most 40 characters, please.")]})
    if len(query) > 500:
        raise Invalid(errors={"name": [_("These filters are too long to keep.")]})
    if shared_with and shared_with not in by.departments:
        raise Invalid(errors={"share": [_("You can give it to your own department only.")]})
    if mine.exclude(name=name).count() >= MOST_VIEWS:
        raise Invalid(errors={"name": [_("At most %(most)s views; remove one first.") % {"most": MOST_VIEWS}]})
    view, _made = SavedView.objects.update_or_create(
        hotel_id=hotel.pk, person_id=by.person_id, page=page, name=name, defaults={"query": query, "shared_with": shared_with}
    )
    return view


@verb("bookings.view")
def drop_view(view: SavedView, *, by: Actor, now: datetime) -> None:
    """Remove a view of one's own; those who had it given lose it too."""
    if view.person_id != by.person_id:
        raise NotAllowed(_("Only who made a view removes it."), permission="bookings.view")
    view.delete()
