"""A draft begins from the newest edition or from a file, may take in an edition that was approved meanwhile, or is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.editions import merging
from guiju.editions.models import Draft
from guiju.editions.wordings import newest, standard_of, unchanged
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, Refusal

LONGEST_TITLE = 120


def _title(text: str) -> str:
    text = text.strip()
    if len(text) < 2:
        raise Invalid(errors={"title": [_("Say in a few words what it is about.")]})
    return text[:LONGEST_TITLE]


def _begun(hotel: Hotel, title: str, texts: Mapping[str, str] | None, by: Actor, now: datetime) -> Draft:
    base = newest(hotel.pk)
    if base is None:
        raise Refusal(_("This hotel has no edition yet."), code="no_edition")
    row: Draft = Draft.objects.create(
        hotel=hotel, standard=base.standard, title=title, base=base, texts=dict(texts if texts is not None else base.texts),
        begun_by_id=by.person_id, begun_at=now, changed_at=now,
    )
    note("draft.begun", row, title=title, number=base.number, via="file" if texts is not None else "edition")
    return row


@verb("standard.edit")
def begin_draft(hotel: Hotel, *, title: str, by: Actor, now: datetime) -> Draft:
    """Begin a draft from the edition that was approved last (manual.versions)."""
    return _begun(hotel, _title(title), None, by, now)


@verb("standard.edit")
def import_draft(hotel: Hotel, *, title: str, texts: Mapping[str, str], by: Actor, now: datetime) -> Draft:
    """Begin a draft from the TOML files of an edition. Raises Invalid with file and line of everything that makes no sense."""
    title = _title(title)
    _standard, problems = standard_of(texts)
    if problems:
        raise Invalid(errors={"file": [f"{one.file}:{one.line}: {one.message}" for one in problems]})
    base = newest(hotel.pk)
    if base is not None and unchanged(base.texts, texts):
        raise Refusal(_("This is word for word the latest edition."), code="unchanged")
    return _begun(hotel, title, texts, by, now)


@verb("standard.edit")
def drop_draft(draft: Draft, *, by: Actor, now: datetime) -> None:
    """Give a draft up; it stays on the record."""
    if not Draft.objects.filter(pk=draft.pk, state__in=Draft.EDITABLE).update(state=Draft.State.DROPPED, changed_at=now):
        raise Refusal(_("Only a draft in work can be dropped."), code="draft_closed")
    note("draft.dropped", draft)


@verb("standard.edit")
def take_in_newer(draft: Draft, *, keep: Mapping[str, str], version: int, by: Actor, now: datetime) -> Draft:
    """Put the changes of a draft onto the edition approved meanwhile; `keep` says for each clause that both changed: mine or theirs.

    Raises Conflict while a clause changed on both sides is undecided.
    """
    base = newest(draft.hotel_id, draft.standard)
    if base is None or base.pk == draft.base_id:
        raise Refusal(_("No newer edition was approved."), code="nothing_newer")
    both = merging.changed_twice(draft.base.texts, draft.texts, base.texts)
    undecided = [name for name in both if keep.get(name) not in ("mine", "theirs")]
    if undecided:
        raise Conflict("both changed it", mine={}, theirs={}, clauses=undecided)
    texts = merging.merged(draft.base.texts, draft.texts, base.texts, {name for name in both if keep[name] == "theirs"})
    save(draft, version, {}, texts=texts, base=base, now=now)
    note("draft.taken_in", draft, number=base.number, clauses=both)
    return draft


def save(draft: Draft, version: int, mine: Mapping[str, Any], *, now: datetime, **changes: Any) -> None:
    """Write the draft if nobody saved since `version`. Raises Conflict with both values, Refusal for a draft that is no longer in work."""
    rows = Draft.objects.filter(pk=draft.pk, version=version, state__in=Draft.EDITABLE)
    if rows.update(version=version + 1, changed_at=now, **changes):
        draft.refresh_from_db()
        return
    draft.refresh_from_db()
    if not draft.editable:
        raise Refusal(_("This draft is no longer in work."), code="draft_closed")
    raise Conflict("somebody saved this before you", mine=dict(mine), theirs=dict.fromkeys(mine, ""), version=draft.version)
