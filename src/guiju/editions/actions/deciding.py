"""One proposes an edition with the day from which it holds; another approves it or returns it with a reason (manual.versions)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.duties import actions as standing
from guiju.duties.editions import digest_of
from guiju.duties.gates import gate
from guiju.duties.models import Edition
from guiju.editions.models import Draft
from guiju.editions.wordings import changed_clauses, newest, run_cases, standard_of, unchanged
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, NotAllowed, Refusal


def _holds(draft: Draft) -> bool:
    """Whether `standard check` has nothing to say about it."""
    _standard, problems = standard_of(draft.texts)
    return not problems and all(one.holds for one in run_cases(draft.texts))


def _cases_hold(draft: Draft) -> None:
    if not _holds(draft):
        raise Refusal(_("Some cases of this draft do not hold, or something in it makes no sense."), code="cases_fail")


def _current(draft: Draft) -> Edition:
    """The edition it began from, if that is still the newest; two who decide at once wait here. Raises Conflict otherwise."""
    Edition.objects.select_for_update().filter(pk=draft.base_id).values_list("pk", flat=True).first()
    latest = newest(draft.hotel_id, draft.standard)
    if latest is None or latest.pk != draft.base_id:
        number = latest.number if latest else 0
        raise Conflict(
            "a newer edition was approved", mine={_("begun from edition"): str(draft.base.number)}, theirs={_("begun from edition"): str(number)},
            version=draft.version,
        )
    return latest


def _ahead(effective_at: datetime | None, last: Edition, now: datetime) -> None:
    """Raise Invalid unless the moment lies ahead and after every edition that is approved already."""
    if effective_at is None or effective_at < now:
        raise Invalid(errors={"effective_at": [_("An edition cannot begin in the past.")]})
    if effective_at <= last.effective_at:
        raise Invalid(errors={"effective_at": [_("Edition {number} begins later; this one begins after it.").format(number=last.number)]})


@verb("standard.edit")
def propose(draft: Draft, *, effective_at: datetime, version: int, by: Actor, now: datetime) -> Draft:
    """Ask the general manager to put a draft in force from a moment on.

    Raises Invalid for a moment in the past, GateRefused or Refusal when cases fail, Conflict when a newer edition was approved meanwhile.
    """
    if by.person_id is None:
        raise NotAllowed("propose", permission="standard.edit")
    last = _current(draft)
    changed = changed_clauses(draft.base.texts, draft.texts)
    if unchanged(draft.base.texts, draft.texts):
        raise Refusal(_("This is word for word the latest edition."), code="unchanged")
    _ahead(effective_at, last, now)
    needs = {"cases_hold": _holds(draft), "effective_ahead": effective_at >= now}
    gate(draft.hotel_id, "edition.propose", draft.subject, attrs={"changed": len(changed)}, needs=needs, now=now)
    _cases_hold(draft)
    rows = Draft.objects.filter(pk=draft.pk, version=version, state__in=Draft.EDITABLE)
    if not rows.update(
        version=version + 1, state=Draft.State.PROPOSED, effective_at=effective_at, proposed_by_id=by.person_id, proposed_at=now,
        changed_at=now, words="", decided_by_id=None, decided_at=None,
    ):
        _moved_on(draft)
    draft.refresh_from_db()
    note("draft.proposed", draft, effective_at=effective_at, digest=digest_of(draft.texts))
    tell(
        draft.hotel_id, text="A new edition of the standard waits for approval: %(title)s", key=f"draft:{draft.pk}:{draft.version}", now=now,
        post="gm", values={"title": draft.title}, url=f"/editions/drafts/{draft.pk}/",
    )
    return draft


def _moved_on(draft: Draft) -> None:
    draft.refresh_from_db()
    if draft.editable:
        raise Conflict("somebody saved this before you", mine={}, theirs={}, version=draft.version)
    raise Refusal(_("This draft is no longer in work."), code="draft_closed")


@verb("standard.edit")
def take_back(draft: Draft, *, by: Actor, now: datetime) -> Draft:
    """Take a proposal back into work before it is decided."""
    if not Draft.objects.filter(pk=draft.pk, state=Draft.State.PROPOSED).update(state=Draft.State.OPEN, changed_at=now):
        raise Refusal(_("It does not wait for approval."), code="not_proposed")
    note("draft.taken_back", draft)
    draft.refresh_from_db()
    return draft


def _proposed(draft: Draft, version: int) -> None:
    if draft.state != Draft.State.PROPOSED:
        raise Refusal(_("It does not wait for approval."), code="not_proposed")
    if draft.version != version:
        raise Conflict("it was proposed anew", mine={}, theirs={}, version=draft.version)


@verb("standard.approve")
def approve(draft: Draft, *, version: int, by: Actor, now: datetime) -> Edition:
    """Put a proposed edition in force from its day on; running duties keep theirs. Never by the person who proposed it."""
    _proposed(draft, version)
    last = _current(draft)
    other = by.person_id is not None and by.person_id != draft.proposed_by_id
    needs = {
        "another_person": other, "cases_hold": _holds(draft), "effective_ahead": draft.effective_at is not None and draft.effective_at >= now,
    }
    changed = changed_clauses(draft.base.texts, draft.texts)
    gate(draft.hotel_id, "edition.approve", draft.subject, attrs={"changed": len(changed)}, needs=needs, now=now)
    if not other:
        raise Refusal(_("Whoever proposed an edition does not approve it."), code="same_person")
    _cases_hold(draft)
    _ahead(draft.effective_at, last, now)
    assert draft.effective_at is not None
    edition = standing.adopt(
        draft.hotel, texts=dict(draft.texts), effective_at=draft.effective_at, by=by, now=now, standard=draft.standard
    )
    rows = Draft.objects.filter(pk=draft.pk, version=version, state=Draft.State.PROPOSED)
    if not rows.update(
        version=version + 1, state=Draft.State.APPROVED, decided_by_id=by.person_id, decided_at=now, changed_at=now, edition=edition
    ):
        raise Conflict("it was decided meanwhile", mine={}, theirs={}, version=draft.version)
    note("draft.approved", draft, number=edition.number, effective_at=edition.effective_at)
    _tell_proposer(draft, text="The general manager has approved: %(title)s", now=now)
    draft.refresh_from_db()
    return edition


@verb("standard.approve")
def return_draft(draft: Draft, *, reason: str, version: int, by: Actor, now: datetime) -> Draft:
    """Give a proposed edition back with a reason; it can be worked at again."""
    reason = reason.strip()
    if len(reason) < 2:
        raise Invalid(errors={"reason": [_("A reason is needed.")]})
    _proposed(draft, version)
    rows = Draft.objects.filter(pk=draft.pk, version=version, state=Draft.State.PROPOSED)
    if not rows.update(
        version=version + 1, state=Draft.State.RETURNED, words=reason[:300], decided_by_id=by.person_id, decided_at=now, changed_at=now
    ):
        raise Conflict("it was decided meanwhile", mine={}, theirs={}, version=draft.version)
    note("draft.returned", draft, reason=reason[:300])
    _tell_proposer(draft, text="The general manager has returned: %(title)s", now=now)
    draft.refresh_from_db()
    return draft


def _tell_proposer(draft: Draft, *, text: str, now: datetime) -> None:
    tell(
        draft.hotel_id, text=text, key=f"draft:{draft.pk}:{draft.version}:answer", now=now, person_id=draft.proposed_by_id,
        values={"title": draft.title}, url=f"/editions/drafts/{draft.pk}/",
    )
