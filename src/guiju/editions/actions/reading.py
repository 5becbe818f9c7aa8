"""Acknowledging clauses in the wording one has read (manual.read)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from guiju.editions.models import Acknowledgement
from guiju.editions.posts import posts_held
from guiju.editions.reading import owed_by
from guiju.editions.wordings import wordings_of
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal


@verb("standard.acknowledge")
def acknowledge(hotel: Hotel, *, clauses: Mapping[str, str], by: Actor, now: datetime) -> int:
    """I have read these clauses, in this wording (clause id -> hash of the wording); how many were new.

    Raises Invalid for a clause that does not concern my posts, Refusal when its wording changed while I read.
    """
    if by.person_id is None:
        raise NotAllowed("acknowledge", permission="standard.acknowledge")
    if not clauses:
        raise Invalid(errors={"clauses": [_("Choose what you have read.")]})
    held = posts_held(hotel.pk, now, person_id=by.person_id)
    owed = owed_by(hotel.pk, held).get(by.person_id)
    if owed is None:
        raise Invalid(errors={"clauses": [_("No clause concerns your posts.")]})
    strange = [name for name in clauses if name not in owed.concerned]
    if strange:
        raise Invalid(errors={"clauses": [_("These clauses do not concern your posts: {names}").format(names=", ".join(strange[:5]))]})
    worded = wordings_of(owed.edition.texts)
    if any(worded[name] != wording for name, wording in clauses.items()):
        raise Refusal(_("The wording changed while you read. Read it once more."), code="reworded")
    fresh = [name for name in owed.unread if name in clauses]
    Acknowledgement.objects.bulk_create(
        [
            Acknowledgement(
                hotel=hotel, person_id=by.person_id, clause=name, wording=worded[name], edition=owed.edition, at=now
            )
            for name in fresh
        ],
        ignore_conflicts=True,
    )
    if fresh:
        note("standard.acknowledged", ("reading", by.person_id), clauses=fresh, edition=owed.edition.number)
    if fresh and len(fresh) == len(owed.unread):
        note("standard.read_through", ("reading", by.person_id), edition=owed.edition.number)
    return len(fresh)
